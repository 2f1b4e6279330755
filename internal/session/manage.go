package session

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// listed bounds the list of sign-ons that a page shows.
const listed = 50

// SignOn is one place where a person is signed on.
type SignOn struct {
	ID        uuid.UUID `bun:"id"`
	Device    string    `bun:"device"`  // "Firefox sur Windows"
	Network   string    `bun:"network"` // shortened
	CreatedAt time.Time `bun:"created_at"`
	SeenAt    time.Time `bun:"seen_at"`
	Current   bool      `bun:"-"` // the one that asks
}

func signedIn(ctx context.Context) (school.Actor, error) {
	a := Actor(ctx)
	if !a.SignedIn() {
		return a, fault.New(fault.SignIn, "")
	}
	return a, nil
}

// List gives the actor's sign-ons that still run, the last used first.
func (s *Sessions) List(ctx context.Context) ([]SignOn, error) {
	a, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	var list []SignOn
	err = s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		list, err = selectSignOns(ctx, tx, a.Person)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the sign-ons of %s: %w", a.Person, err)
	}
	for i := range list {
		list[i].Current = list[i].ID == a.SignOn
	}
	return list, nil
}

// SignOut ends the actor's sign-on on every host at once. A visitor is already out.
func (s *Sessions) SignOut(ctx context.Context) error {
	a := Actor(ctx)
	if !a.SignedIn() {
		return nil
	}
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		_, err := deleteSignOn(ctx, tx, a.Person, a.SignOn)
		return err
	})
	if err != nil {
		return fmt.Errorf("sign %s out: %w", a.Person, err)
	}
	return nil
}

// Extent says which sign-ons SignOutEverywhere ends.
type Extent int

// The two extents.
const (
	Everything Extent = iota // this sign-on too
	Others                   // all but the one that asks
)

// SignOutEverywhere ends the actor's sign-ons, on every device and host, and the application passwords too when apps
// says so.
func (s *Sessions) SignOutEverywhere(ctx context.Context, e Extent, apps bool) error {
	a, err := signedIn(ctx)
	if err != nil {
		return err
	}
	var but uuid.UUID
	if e == Others {
		but = a.SignOn
	}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		if err := deleteSignOns(ctx, tx, a.Person, but); err != nil {
			return err
		}
		if apps {
			if err := endAll(ctx, tx, a); err != nil {
				return err
			}
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "account.sign_out_everywhere", Subject: a.Person.String()})
	})
	if err != nil {
		return fmt.Errorf("sign %s out everywhere: %w", a.Person, err)
	}
	s.apps.forget(a.Person)
	return nil
}

// Revoke ends one of the actor's own sign-ons; another person's is NotFound.
func (s *Sessions) Revoke(ctx context.Context, id uuid.UUID) error {
	a, err := signedIn(ctx)
	if err != nil {
		return err
	}
	var n int64
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		n, err = deleteSignOn(ctx, tx, a.Person, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("end a sign-on of %s: %w", a.Person, err)
	}
	if n == 0 {
		return fault.Missing()
	}
	return nil
}

// SetComfort keeps how the actor wants every page to look, on every device.
func (s *Sessions) SetComfort(ctx context.Context, c school.Comfort) error {
	a, err := signedIn(ctx)
	if err != nil {
		return err
	}
	if err := CheckComfort(c); err != nil {
		return err
	}
	body, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("write the comfort settings: %w", err)
	}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error { return updateComfort(ctx, tx, a.Person, body) })
	if err != nil {
		return fmt.Errorf("keep the comfort settings of %s: %w", a.Person, err)
	}
	return nil
}

// ChangePassword replaces the actor's password and ends every other sign-on, and the application passwords too when apps
// says so. The faults name the fields "old" and "new"; the present password may be tried ten times, then it is a
// *Throttled.
func (s *Sessions) ChangePassword(ctx context.Context, old, fresh string, apps bool) error {
	who, err := signedIn(ctx)
	if err != nil {
		return err
	}
	a, err := s.confirm(ctx, who, old, "old")
	if err != nil {
		return err
	}
	if words := weakness(fresh, old, a.login, a.name); words != "" {
		return fault.Field("new", words)
	}
	phc, err := s.hasher.hash(ctx, fresh)
	if err != nil {
		return err
	}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		if err := replacePassword(ctx, tx, who, a.phc, phc); err != nil || !apps {
			return err
		}
		return endAll(ctx, tx, who)
	})
	if err != nil {
		return fmt.Errorf("change the password of %s: %w", who.Person, err)
	}
	s.apps.forget(who.Person)
	return nil
}

// confirm takes one of the tries that somebody has to give the present password again; field names it in the fault.
func (s *Sessions) confirm(ctx context.Context, who school.Actor, password, field string) (attempt, error) {
	a, err := s.try(ctx, func(ctx context.Context, tx db.Tx) (attempt, error) { return tryPerson(ctx, tx, who.Person) })
	if err != nil {
		return attempt{}, err
	}
	ok, _, err := s.hasher.verify(ctx, password, a.phc)
	if err == nil && !ok {
		err = fault.Field(field, "Ce n’est pas votre mot de passe actuel.")
	}
	return a, err
}

func replacePassword(ctx context.Context, tx db.Tx, who school.Actor, old, fresh string) error {
	ok, err := updatePassword(ctx, tx, who.Person, old, fresh)
	if err != nil {
		return err
	}
	if !ok {
		return fault.New(fault.Conflict, "Votre mot de passe vient d’être changé ailleurs. Rien n’a été modifié.")
	}
	if err := deleteSignOns(ctx, tx, who.Person, who.SignOn); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Entry{Actor: who.Person, Action: "account.password", Subject: who.Person.String()})
}
