package session

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"elyco/internal/db"
	"elyco/internal/fault"
)

func TestRefusalsAreAlike(t *testing.T) {
	f := setup(t)
	known, blocked := f.person(HashPassword(goodPassword)), f.person(HashPassword(goodPassword))
	f.exec(`update account set state = 'blocked' where login = $1`, blocked)
	for _, tc := range [][2]string{{known, "autre chose que cela"}, {"nobody.here", goodPassword}, {blocked, goodPassword}, {"", goodPassword},
		{known, strings.Repeat("x", 5000)}, {"' or 1=1 --", "x"}} {
		_, err := f.signIn(tc[0], tc[1])
		if err == nil || err.Error() != errRefused().Error() || fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: got %v", tc[0], err)
		}
	}
	if _, err := f.SignIn(t.Context(), f.space(5), known, goodPassword, "", ""); !fault.Is(err, fault.Suspended) {
		t.Errorf("suspended: got %v", err)
	}
}

func TestRefusalsCostTheSame(t *testing.T) {
	f := setup(t)
	known, blocked := f.person(HashPassword(goodPassword)), f.person(HashPassword(goodPassword))
	f.exec(`update account set state = 'blocked' where login = $1`, blocked)
	for _, login := range []string{known, blocked, "nobody.at.all"} {
		var stats db.Stats
		if _, err := f.SignIn(db.WithStats(t.Context(), &stats), f.space(3), login, "faux mot de passe", "", "203.0.113.0/24"); !fault.Is(err, fault.Invalid) {
			t.Fatal(err)
		}
		if stats.Statements.Load() != 6 || stats.RoundTrips.Load() != 6 {
			t.Errorf("%s: %d statements in %d round trips", login, stats.Statements.Load(), stats.RoundTrips.Load())
		}
	}
	start := time.Now()
	if ok, _, err := f.hasher.verify(t.Context(), "x", ""); ok || err != nil || time.Since(start) < 2*time.Millisecond {
		t.Errorf("an unknown account was answered without a derivation: %v %v after %v", ok, err, time.Since(start))
	}
}

func evaluate(f fixture, login string, n int) (evaluated, throttled int64) {
	var looked, sent atomic.Int64
	var all sync.WaitGroup
	gate := make(chan struct{}, 8)
	for i := range n {
		gate <- struct{}{}
		all.Go(func() {
			defer func() { <-gate }()
			_, err := f.signIn(login, fmt.Sprintf("mauvais essai %d", i))
			var wait *Throttled
			switch {
			case errors.As(err, &wait):
				sent.Add(1)
			case fault.Is(err, fault.Invalid):
				looked.Add(1)
			default:
				f.t.Errorf("try %d: %v", i, err)
			}
		})
	}
	all.Wait()
	return looked.Load(), sent.Load()
}

func TestThrottle(t *testing.T) {
	f := setup(t)
	login := f.person(cheap())
	for _, who := range []string{login, "no.such.person"} {
		if looked, sent := evaluate(f, who, 500); looked != tries || sent != 500-tries {
			t.Errorf("%s: %d evaluated, %d sent away; want %d and %d", who, looked, sent, tries, 500-tries)
		}
	}
	_, err := f.signIn(login, goodPassword)
	var wait *Throttled
	if !errors.As(err, &wait) || !fault.Is(err, fault.Busy) {
		t.Fatalf("the right password during the wait: %v", err)
	}
	var said *fault.Error
	if !errors.As(err, &said) || !strings.Contains(said.Words, "15 minutes") {
		t.Errorf("the sentence: %v", said)
	}
	f.ahead(window + time.Second)
	if _, err := f.signIn(login, goodPassword); err != nil {
		t.Errorf("after the wait: %v", err)
	}
	for range tries - 1 {
		f.signIn(login, "raté")
	}
	if _, err := f.signIn(login, goodPassword); err != nil {
		t.Errorf("the tenth try, right: %v", err)
	}
	if looked, _ := evaluate(f, login, tries); looked != tries {
		t.Errorf("success did not start the count again: %d evaluated", looked)
	}
}

func TestClassBehindOneAddress(t *testing.T) {
	f := setup(t)
	var logins []string
	for range 35 {
		logins = append(logins, f.person(cheap()))
	}
	err := f.house.db.Write(academy(t.Context()), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into sign_in_failure (subject, failures, last_at) values (?, 250, ?)`,
			networkSubject("198.51.100.0/24", tx.Now()), tx.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	var in atomic.Int64
	var all sync.WaitGroup
	for _, login := range logins {
		all.Go(func() {
			if _, err := f.SignIn(t.Context(), f.space(3), login, goodPassword, "", "198.51.100.0/24"); err != nil {
				t.Error(err)
				return
			}
			in.Add(1)
		})
	}
	all.Wait()
	if in.Load() != 35 {
		t.Errorf("%d of 35 signed in", in.Load())
	}
}
