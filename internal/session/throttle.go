package session

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"elyco/internal/fault"
	"elyco/internal/words"
)

const (
	tries  = 10               // evaluated per account
	window = 15 * time.Minute // without a try, after which the count starts again
	// A school of a thousand behind one address mistypes some tens of passwords in a quarter of an hour.
	patience = 200
	slowest  = 3 * time.Second
)

// The account is counted by what was typed, known or not, and hashed: people type passwords in the wrong field.
func accountSubject(login string) string {
	sum := sha256.Sum256([]byte(login))
	return "a:" + hex.EncodeToString(sum[:16])
}

// The network is counted in fixed windows of its own, because a large one never stays quiet for long enough.
func networkSubject(network string, now time.Time) string {
	return fmt.Sprintf("n:%s:%d", network, now.Unix()/int64(window.Seconds()))
}

// slowdown is how long a try waits when its network failed n times in this window. It never refuses: a whole school
// may stand behind one address.
func slowdown(n int) time.Duration {
	if n <= patience {
		return 0
	}
	return min(time.Duration(n-patience)*10*time.Millisecond, slowest)
}

// pause waits, or fails with Busy when too many wait already.
func (s *Sessions) pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return nil
	}
	select {
	case s.slowed <- struct{}{}:
		defer func() { <-s.slowed }()
	default:
		return errCrowded()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Throttled says that an account, existing or not, was tried too often. It is a Busy fault with a sentence.
type Throttled struct {
	After time.Duration // until tries are looked at again
}

func (t *Throttled) Error() string { return "session: too many tries" }

// Unwrap gives the fault that a page can show.
func (t *Throttled) Unwrap() error {
	minutes := max(1, int((t.After+time.Minute-1)/time.Minute))
	unit := "minutes"
	if minutes == 1 {
		unit = "minute"
	}
	return fault.New(fault.Busy, fmt.Sprintf("Trop d’essais avec cet identifiant. Pour le protéger, attendez %s %s, puis réessayez.", words.Number(minutes), unit))
}
