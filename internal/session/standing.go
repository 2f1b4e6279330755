package session

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/mail"
	"elyco/internal/school"
)

// AccountStanding is how an account stands, for those who help its owner.
type AccountStanding struct {
	Person  school.PersonID
	Login   string
	State   string    // pending, active, blocked; empty: there is no account yet
	SeenAt  time.Time // of the last sign-in; zero: never
	Coded   time.Time // when the code that serves was given out; zero: none does
	Reason  string    // why it is blocked
	Address string    // shown e-mail address; empty: none
}

// Standings reads how the accounts of people stand, in one query. People without an account are left out.
func (s *Sessions) Standings(ctx context.Context, people []school.PersonID) (map[school.PersonID]AccountStanding, error) {
	var list []AccountStanding
	err := s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		list, err = selectStandings(ctx, tx, people)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read how accounts stand: %w", err)
	}
	out := make(map[school.PersonID]AccountStanding, len(list))
	for _, a := range list {
		out[a.Person] = a
	}
	return out, nil
}

const longestReason = 300

// Block closes somebody's account, ends every sign-on and application password of it, and keeps why. The caller has made
// sure that the actor may. One's own account and one that is blocked already are a Conflict; the fault names the field
// "reason".
func (s *Sessions) Block(ctx context.Context, who school.PersonID, space school.ScopeID, reason string) error {
	reason = strings.Join(strings.Fields(reason), " ")
	if reason == "" || utf8.RuneCountInString(reason) > longestReason {
		return fault.Field("reason", "Dites pourquoi, en 300 caractères au plus. La personne pourra le lire en le demandant.")
	}
	return s.standing(ctx, who, space, "blocked", "account.block", func(ctx context.Context, tx db.Tx) (bool, error) {
		return blockAccount(ctx, tx, who, reason)
	})
}

// Unblock opens a blocked account again, as it was: with its password, or waiting for its first code.
func (s *Sessions) Unblock(ctx context.Context, who school.PersonID, space school.ScopeID) error {
	return s.standing(ctx, who, space, "unblocked", "account.unblock", func(ctx context.Context, tx db.Tx) (bool, error) {
		return unblockAccount(ctx, tx, who)
	})
}

func (s *Sessions) standing(ctx context.Context, who school.PersonID, space school.ScopeID, kind, action string, change func(context.Context, db.Tx) (bool, error)) error {
	by, err := signedIn(ctx)
	if err != nil {
		return err
	}
	if by.Person == who {
		return fault.New(fault.Conflict, "C’est votre propre compte : quelqu’un d’autre doit le faire.")
	}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		changed, err := change(ctx, tx)
		if err != nil {
			return err
		}
		if !changed {
			return fault.New(fault.Conflict, "Ce compte vient d’être modifié par quelqu’un d’autre. Rechargez la page.")
		}
		if kind == "blocked" {
			if err := endAll(ctx, tx, school.Actor{Person: who}); err != nil {
				return err
			}
		}
		if err := insertEvent(ctx, tx, Event{Person: who, Author: by.Person, Name: by.Name, Space: space, Kind: kind}); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: by.Person, Action: action, Subject: who.String(), Detail: map[string]any{"space": int64(space)}})
	})
	if err != nil {
		return fmt.Errorf("change how the account of %s stands: %w", who, err)
	}
	s.apps.forget(who)
	return nil
}

// Addresses gives the address at which each of some people may be written to: the one they have shown, or else the one that
// the directory holds.
func (s *Sessions) Addresses(ctx context.Context, tx db.Tx, people []school.PersonID) (map[school.PersonID]mail.Recipient, error) {
	return selectAddresses(ctx, tx, people)
}

// AddressesOf is Addresses, in a transaction of its own.
func (s *Sessions) AddressesOf(ctx context.Context, people []school.PersonID) (out map[school.PersonID]mail.Recipient, err error) {
	err = s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		out, err = selectAddresses(ctx, tx, people)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read addresses: %w", err)
	}
	return out, nil
}

// Returned finds out which addresses sent a letter back for good, in the space of ctx and those above it.
func (s *Sessions) Returned(ctx context.Context, addresses []string) (found map[string]mail.Bounce, err error) {
	err = s.db.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		found, err = mail.Bounced(ctx, tx, addresses)
		return err
	})
	return found, err
}
