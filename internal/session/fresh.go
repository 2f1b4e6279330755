package session

import (
	"context"
	"fmt"
	"time"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// Standing is what a request knows of its sign-on beside who acts.
type Standing struct {
	FactorSince time.Time // since when the person has a factor beside the password; zero: none
	FactorAsked time.Time // since when the person is told to have one; zero: never
	ProvedAt    time.Time // when the password or a factor was last given
	DeviceSince time.Time // from when the browser was known
	AlertedAt   time.Time // of the latest new browser that nobody answered for; zero: none
}

type standingKey struct{}

// StandingOf returns what is known of the sign-on of ctx; the zero value without one.
func StandingOf(ctx context.Context) Standing {
	s, _ := ctx.Value(standingKey{}).(Standing)
	return s
}

// Fresh reports whether the actor gave the password or a factor within that time. Who looks through a preview is nobody and
// can change nothing: there is nothing to prove.
func (s *Sessions) Fresh(ctx context.Context, within time.Duration) bool {
	if Actor(ctx).PreviewOnly {
		return true
	}
	return StandingOf(ctx).ProvedAt.After(s.db.Now().Add(-within))
}

// Prove takes the actor's password as proof that it is still the same person. The fault names the field "password"; too
// many tries are a *Throttled.
func (s *Sessions) Prove(ctx context.Context, password string) error {
	who, err := own(ctx)
	if err != nil {
		return err
	}
	if password == "" || len(password) > 4*longestPassword {
		return fault.Field("password", "Écrivez le mot de passe de votre compte.")
	}
	if _, err := s.confirm(ctx, who, password, "password"); err != nil {
		return err
	}
	return s.noteProof(ctx, who, func(context.Context, db.Tx) error { return nil })
}

// ProveByFactor takes a code of the actor's application, or a recovery code, instead. The fault names the field "code".
func (s *Sessions) ProveByFactor(ctx context.Context, code string) error {
	who, err := own(ctx)
	if err != nil {
		return err
	}
	var wait *Throttled
	var sealed []byte
	var lastStep int64
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		if wait, err = takeFactorTry(ctx, tx, who.Person.UUID); err != nil || wait != nil {
			return err
		}
		sealed, lastStep, err = selectTOTP(ctx, tx, who.Person.UUID)
		return err
	})
	switch {
	case err != nil:
		return fmt.Errorf("read the factors of %s: %w", who.Person, err)
	case wait != nil:
		return wait
	}
	g, err := s.weigh(who.Person.UUID, sealed, lastStep, code)
	if err == nil {
		err = s.noteProof(ctx, who, func(ctx context.Context, tx db.Tx) error {
			_, err := g.use(ctx, tx, who.Person.UUID)
			return err
		})
	}
	if fault.Is(err, fault.Invalid) {
		return fault.Field("code", wrongFactor)
	}
	return err
}

func (s *Sessions) noteProof(ctx context.Context, who school.Actor, use func(context.Context, db.Tx) error) error {
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		if err := use(ctx, tx); err != nil {
			return err
		}
		return prove(ctx, tx, who)
	})
	if err != nil {
		return fmt.Errorf("note that %s proved to be there: %w", who.Person, err)
	}
	return nil
}

// AskFactor notes that the actor was told to have a factor, from which the days of grace count. It is noted once.
func (s *Sessions) AskFactor(ctx context.Context, who school.PersonID) error {
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error { return updateAsked(ctx, tx, who) })
	if err != nil {
		return fmt.Errorf("note that %s must have a factor: %w", who, err)
	}
	return nil
}
