package demo

import (
	"bufio"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// openSession is a session to write, with the secret that a browser would hold.
type openSession struct {
	id      uuid.UUID
	person  uuid.UUID
	scope   school.ScopeID
	profile string
	token   string
}

func (s openSession) hash() []byte {
	sum := sha256.Sum256([]byte(s.token))
	return sum[:]
}

// Sessions signs in n people, pupils, guardians and teachers of every establishment in turn, for measures under load.
// It writes to out a line for each: token, host, profile, separated by tabs. The tokens are as secret as any: they open
// the accounts. It reports how many it opened, fewer than n when there are fewer people.
func Sessions(ctx context.Context, d *db.DB, reg *tenant.Registry, n int, out io.Writer) (int, error) {
	list, err := drawSessions(ctx, d, n)
	if err != nil {
		return 0, fmt.Errorf("draw who is signed in: %w", err)
	}
	w := bufio.NewWriter(out)
	for i := range list {
		var raw [32]byte
		rand.Read(raw[:]) // never fails
		list[i].id, list[i].token = school.NewID(), base64.RawURLEncoding.EncodeToString(raw[:])
		fmt.Fprintf(w, "%s\t%s\t%s\n", list[i].token, reg.ByID(list[i].scope).Host(), list[i].profile)
	}
	if err := saveSessions(ctx, d, list); err != nil {
		return 0, fmt.Errorf("write sessions: %w", err)
	}
	if err := w.Flush(); err != nil {
		return 0, fmt.Errorf("write the list of sessions: %w", err)
	}
	return len(list), nil
}
