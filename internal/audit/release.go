package audit

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"time"

	"elyco/internal/school"
)

// release is up to which seal the entries of a scope were let go, all of them written before a day. The zero release lets
// go of nothing.
type release struct {
	Scope  school.ScopeID
	Number int64
	Before time.Time
	At     time.Time
	Mark   []byte
}

// mark is what only the program can make of a release and of the seal that it ends with.
func (k key) mark(r release, link []byte) []byte {
	h := hmac.New(sha256.New, k[:])
	put(h, []byte("elyco audit release 1"), number(int64(r.Scope)), number(r.Number), number(r.Before.UnixMicro()), number(r.At.UnixMicro()), link)
	return h.Sum(nil)
}

// ends reports whether the release is the program's own and ends with this seal.
func (k key) ends(r release, s seal) bool {
	return r.Number == s.Number && s.At.Before(r.Before) && hmac.Equal(r.Mark, k.mark(r, s.Link))
}

// Retain has the keeper let go of entries once they are older than what months tells; 0 keeps them all. It is called once,
// before Follow.
func (k *Keeper) Retain(months func() int) { k.months = months }

// Release lets go of a scope's sealed entries that were written before a day, as far as whole seals reach: the seals stay,
// and Verify goes on holding to them all that is left. It returns how many entries went. Entries of the year before the
// last daily head are never let go.
func (k *Keeper) Release(ctx context.Context, scope school.ScopeID, before time.Time) (int64, error) {
	n, err := letGo(ctx, k.db, k.key, scope, before.Truncate(time.Microsecond), k.db.NowIn(ctx).Truncate(time.Microsecond))
	if err != nil {
		return 0, fmt.Errorf("let go of the old trail of %d: %w", scope, err)
	}
	return n, nil
}

// releaseAll lets go of what is old everywhere.
func (k *Keeper) releaseAll(ctx context.Context, scopes []school.ScopeID) error {
	const least = 12
	months := 0
	if k.months != nil {
		months = k.months()
	}
	if months <= 0 {
		return nil
	}
	before := k.db.NowIn(ctx).AddDate(0, -max(months, least), 0)
	for _, id := range scopes {
		if _, err := k.Release(ctx, id, before); err != nil {
			return err
		}
	}
	return nil
}
