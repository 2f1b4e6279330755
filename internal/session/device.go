package session

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/mail"
	"elyco/internal/school"
)

const (
	noticeLife = 30 * 24 * time.Hour // while its link locks the account
	mostShown  = 10
)

// Notice tells that somebody signed in with a browser that had not been seen before.
type Notice struct {
	ID      uuid.UUID `bun:"id"`
	Device  string    `bun:"device"`
	Network string    `bun:"network"`
	At      time.Time `bun:"at"`
}

// Recognise notes with which browser a sign-on was opened; mark is that of DeviceMark. A browser that is new to somebody who
// has others leaves a notice. tell writes it to the owner, in the same transaction of the academy, where an address is shown
// to be the owner's. The first browser of an account leaves no notice.
func (s *Sessions) Recognise(ctx context.Context, o Opened, mark Token, tell func(ctx context.Context, tx db.Tx, n Notice, to mail.Recipient) error) error {
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		id := school.NewID()
		told, err := recognise(ctx, tx, o.SignOn, mark, id)
		if err != nil || !told {
			return err
		}
		n, to, err := selectTold(ctx, tx, id)
		if err != nil || to.Address == "" {
			return err
		}
		return tell(ctx, tx, n, to)
	})
	if err != nil {
		return fmt.Errorf("recognise the browser of sign-on %s: %w", o.SignOn, err)
	}
	return nil
}

// Accompany notes that the browser of a sign-on, which came by a ticket, is the person's on this host too.
func (s *Sessions) Accompany(ctx context.Context, o Opened, mark Token) error {
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error { return accompany(ctx, tx, o.SignOn, mark) })
	if err != nil {
		return fmt.Errorf("recognise the browser of sign-on %s: %w", o.SignOn, err)
	}
	return nil
}

// Alerted reports whether the actor should look at the account: a browser signed in that is newer than the one of this
// request. Whoever holds the new one is not asked, and cannot answer.
func Alerted(ctx context.Context) bool {
	s := StandingOf(ctx)
	return !Actor(ctx).PreviewOnly && s.AlertedAt.After(s.DeviceSince)
}

// Notices lists what the actor has not answered and may: the latest first.
func (s *Sessions) Notices(ctx context.Context) ([]Notice, error) {
	who, err := own(ctx)
	if err != nil || !Alerted(ctx) {
		return nil, err
	}
	var list []Notice
	err = s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		list, err = selectNotices(ctx, tx, who.Person, StandingOf(ctx).DeviceSince)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the new browsers of %s: %w", who.Person, err)
	}
	return list, nil
}

// AnswerNotice says that it was the actor. Another person's notice, or one that is older than the browser that answers, is
// NotFound.
func (s *Sessions) AnswerNotice(ctx context.Context, id uuid.UUID) error {
	who, err := own(ctx)
	if err != nil {
		return err
	}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		n, err := answerNotice(ctx, tx, who.Person, id, StandingOf(ctx).DeviceSince)
		if err == nil && n == 0 {
			err = fault.Missing()
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("answer a notice of %s: %w", who.Person, err)
	}
	return nil
}

// NoticeKey is what the link of a notice carries, so that its reader can lock the account without signing in. It is drawn
// from the id under the program's secret, and kept nowhere.
func (s *Sessions) NoticeKey(id uuid.UUID) string {
	return base64.RawURLEncoding.EncodeToString(s.vault.digest("not me", id.String()))
}

// NoticeStands reports whether the link of a notice can still lock an account.
func (s *Sessions) NoticeStands(ctx context.Context, id uuid.UUID, key string) (bool, error) {
	if !hmac.Equal([]byte(key), []byte(s.NoticeKey(id))) {
		return false, nil
	}
	var stands bool
	err := s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		_, found, err := selectNoticed(ctx, tx, id)
		stands = found
		return err
	})
	if err != nil {
		return false, fmt.Errorf("read a notice: %w", err)
	}
	return stands, nil
}

// LockByNotice locks the account that a notice is about: whoever has the link was written to. A forged, late or used link is
// NotFound.
func (s *Sessions) LockByNotice(ctx context.Context, id uuid.UUID, key string) error {
	if !hmac.Equal([]byte(key), []byte(s.NoticeKey(id))) {
		return fault.Missing()
	}
	var who school.PersonID
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		person, found, err := selectNoticed(ctx, tx, id)
		if err != nil {
			return err
		}
		if !found {
			return fault.Missing()
		}
		who = school.PersonID{UUID: person}
		return lock(ctx, tx, who)
	})
	if err != nil {
		return fmt.Errorf("lock an account by its notice: %w", err)
	}
	s.apps.forget(who)
	return nil
}

// Lock closes the actor's account: signed out everywhere, the password, the factors and the application passwords forgotten.
// Nobody signs in until the account is given back, with a new password.
func (s *Sessions) Lock(ctx context.Context) error {
	who, err := own(ctx)
	if err != nil {
		return err
	}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error { return lock(ctx, tx, who.Person) })
	if err != nil {
		return fmt.Errorf("lock the account of %s: %w", who.Person, err)
	}
	s.apps.forget(who.Person)
	return nil
}

func lock(ctx context.Context, tx db.Tx, who school.PersonID) error {
	if err := lockAccount(ctx, tx, who); err != nil {
		return err
	}
	if err := deleteSignOns(ctx, tx, who, uuid.Nil); err != nil {
		return err
	}
	if err := endAll(ctx, tx, school.Actor{Person: who}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Entry{Actor: who, Action: "account.lock", Subject: who.String()})
}
