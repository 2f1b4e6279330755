package session

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/mail"
	"elyco/internal/school"
)

const (
	recoveryLife    = 30 * time.Minute
	recoveries      = 3  // that one account may ask for in a window
	mostOfAddress   = 10 // accounts that share an address and are told of at once
	longestRecovery = 254
)

// Recovering is somebody who asked for a way back, as a letter tells it.
type Recovering struct {
	Person  school.PersonID
	Space   school.ScopeID // where it was asked
	Given   string
	Login   string
	Address string
	Token   Token // of the link; only its hash is kept
}

// AskRecovery takes the wish of somebody who does not know the password any more, by login or by address. It does the same
// for everybody, known or not, and knows nothing itself: later, which runs in the same transaction, enqueues the job that
// calls Recover. What is no login and no address is an Invalid fault on the field "who". After three wishes in a quarter of
// an hour nothing more is sent for them, and the answer is still the same.
func (s *Sessions) AskRecovery(ctx context.Context, space school.ScopeID, asked, network string, later func(ctx context.Context, tx db.Tx, id uuid.UUID) error) error {
	asked = strings.ToLower(strings.TrimSpace(asked))
	if asked == "" || utf8.RuneCountInString(asked) > longestRecovery || strings.ContainsFunc(asked, unicode.IsControl) {
		return fault.Field("who", "Écrivez votre identifiant ou votre adresse e-mail.")
	}
	id := school.NewID()
	var wait int
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		allowed, failures, err := tryRecovery(ctx, tx, asked, network)
		wait = failures
		if err != nil || !allowed {
			return err
		}
		if err := insertRecovery(ctx, tx, id, asked, space); err != nil {
			return err
		}
		return later(ctx, tx, id)
	})
	if err != nil {
		return fmt.Errorf("take a wish to recover an account: %w", err)
	}
	return s.pause(ctx, slowdown(wait))
}

// Recover finds whose accounts a wish means and hands each to tell, in the transaction of the academy that keeps their links. An
// address that nobody has shown to be the own one leads nowhere. A wish is answered once.
func (s *Sessions) Recover(ctx context.Context, id uuid.UUID, tell func(ctx context.Context, tx db.Tx, r Recovering) error) error {
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		found, err := takeRecovery(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, r := range found {
			r.Token = newToken()
			if err := insertLink(ctx, tx, r, tx.Now().Add(recoveryLife)); err != nil {
				return err
			}
			if err := tell(ctx, tx, r); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("answer a wish to recover an account: %w", err)
	}
	return nil
}

func errNoLink() error {
	return fault.New(fault.NotFound, "Ce lien n’est plus valable : il sert une seule fois, pendant trente minutes. Demandez-en un autre.")
}

// MeetLink tells the given name and the login behind a recovery link; one that is none, was used or has ended is NotFound. It
// does not use the link up, because mail servers look at links before people do.
func (s *Sessions) MeetLink(ctx context.Context, token Token) (given, login string, err error) {
	m, err := s.meetLink(ctx, token)
	return m.given, m.login, err
}

func (s *Sessions) meetLink(ctx context.Context, token Token) (m met, err error) {
	if !token.plausible() {
		return met{}, errNoLink()
	}
	err = s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		m, err = findLink(ctx, tx, token)
		return err
	})
	if err != nil {
		return met{}, fmt.Errorf("read a recovery link: %w", err)
	}
	if m.person == uuid.Nil {
		return met{}, errNoLink()
	}
	return m, nil
}

// FinishRecovery uses a link up and sets the password: every sign-on and application password of the account ends, and so do
// its other links. also runs in the same transaction of the academy, with the addresses that are told of it. The person then
// signs in on the page, where a second factor is asked for. The fault names the field "new".
func (s *Sessions) FinishRecovery(ctx context.Context, space school.ScopeID, token Token, fresh string, also func(ctx context.Context, tx db.Tx, to mail.Recipient) error) error {
	if s.hasher.crowded() {
		return errCrowded()
	}
	m, err := s.meetLink(ctx, token)
	if err != nil {
		return err
	}
	if words := weakness(fresh, "", m.login, m.name); words != "" {
		return fault.Field("new", words)
	}
	phc, err := s.hasher.hash(ctx, fresh)
	if err != nil {
		return err
	}
	who := school.PersonID{UUID: m.person}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		address, used, err := useLink(ctx, tx, token, who, phc)
		if err != nil {
			return err
		}
		if !used {
			return errNoLink()
		}
		if err := s.afterNewPassword(ctx, tx, who, space, "recovered", "account.recover"); err != nil || address == "" {
			return err
		}
		return also(ctx, tx, mail.Recipient{Person: who.UUID, Name: m.name, Address: address})
	})
	if err != nil {
		return fmt.Errorf("recover the account of %s: %w", who, err)
	}
	s.apps.forget(who)
	return nil
}
