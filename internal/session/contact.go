package session

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/mail"
	"elyco/internal/school"
)

// ContactKind is one of the ways to reach somebody outside the pages.
type ContactKind string

// The kinds.
const (
	Email ContactKind = "email"
	Phone ContactKind = "phone"
)

// Contact is an address or a number, with the day on which its owner showed it to be the own one; without a day it waits for
// its code, and is Spent once no code that was sent can show it any more.
type Contact struct {
	Kind       ContactKind
	Value      string
	VerifiedAt time.Time
	Spent      bool
}

// Proof is a code on its way to an address, as a letter tells it.
type Proof struct {
	Contact
	Person school.PersonID
	Name   string // of the person
	Code   string // six figures
	Old    string // the shown address that the new one takes the place of; empty for none
}

const (
	proofTime  = 30 * time.Minute
	proofTries = 5
	proofsSent = 5 // in a window, to one account
)

// CleanContact writes an address or a number the way it is stored, or says on the field named after the kind what is wrong.
func CleanContact(k ContactKind, typed string) (string, error) {
	if k == Phone {
		clean, err := mail.CleanPhone(typed)
		if err != nil {
			return "", fault.Field("phone", "Écrivez un numéro de téléphone portable, par exemple 06 12 34 56 78.")
		}
		return clean, nil
	}
	clean, err := mail.CleanAddress(typed)
	if errors.Is(err, mail.ErrAddress) {
		return "", fault.Field("email", "Cette adresse e-mail n’est pas complète. Exemple : prenom.nom@exemple.fr")
	}
	return clean, err
}

// Contacts lists the actor's: those that are shown, then those that wait for their code.
func (s *Sessions) Contacts(ctx context.Context) ([]Contact, error) {
	who, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	var list []Contact
	err = s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		list, err = selectContacts(ctx, tx, who.Person)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the contacts of %s: %w", who.Person, err)
	}
	return list, nil
}

// ProveContact keeps an address or a number until its owner types the code that tell sends there, in the same transaction of
// the academy. One that is shown already stays until then. Five codes go out in a quarter of an hour; then it is a
// *Throttled. The fault names the field of the kind.
func (s *Sessions) ProveContact(ctx context.Context, k ContactKind, typed string, tell func(ctx context.Context, tx db.Tx, p Proof) error) error {
	who, err := signedIn(ctx)
	if err != nil {
		return err
	}
	value, err := CleanContact(k, typed)
	if err != nil {
		return err
	}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		allowed, err := tryProof(ctx, tx, who.Person)
		if err != nil {
			return err
		}
		if !allowed {
			return &Throttled{After: window}
		}
		return s.ProveOwn(ctx, tx, who.Person, k, value, tell)
	})
	if err != nil {
		return fmt.Errorf("send a code to a contact of %s: %w", who.Person, err)
	}
	return nil
}

// ProveOwn is ProveContact for somebody who is just being signed on, in that transaction. value is what CleanContact gave.
func (s *Sessions) ProveOwn(ctx context.Context, tx db.Tx, who school.PersonID, k ContactKind, value string, tell func(ctx context.Context, tx db.Tx, p Proof) error) error {
	p := Proof{Contact: Contact{Kind: k, Value: value}, Person: who, Code: figures()}
	var err error
	if p.Name, p.Old, err = upsertCheck(ctx, tx, p, s.proofHash(p), tx.Now().Add(proofTime)); err != nil {
		return err
	}
	return tell(ctx, tx, p)
}

func (s *Sessions) proofHash(p Proof) []byte {
	return s.apps.hashCode("contact", strings.Join([]string{p.Person.String(), string(p.Kind), p.Value, p.Code}, "\x00"))
}

// figures draws six.
func figures() string {
	var out strings.Builder
	for out.Len() < 6 {
		var b [1]byte
		rand.Read(b[:]) // never fails
		if b[0] < 250 {
			out.WriteByte('0' + b[0]%10)
		}
	}
	return out.String()
}

// ConfirmContact takes the code that was sent. The contact then counts as shown, and the one before it is gone; changed tells
// its owner of that, at the old address, in the same transaction of the academy. A wrong code, or the fifth wrong one, is
// an Invalid fault on the field "code".
func (s *Sessions) ConfirmContact(ctx context.Context, space school.ScopeID, k ContactKind, code string, changed func(ctx context.Context, tx db.Tx, p Proof) error) error {
	who, err := signedIn(ctx)
	if err != nil {
		return err
	}
	code = strings.Join(strings.Fields(code), "")
	var wrong error
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		p, hash, tries, err := takeCheck(ctx, tx, who.Person, k)
		if err != nil {
			return err
		}
		p.Code = code
		switch {
		case hash == nil || tries > proofTries:
			wrong = fault.Field("code", "Ce code n’est plus valable. Demandez-en un autre.")
			return nil // the try is counted
		case !hmac.Equal(hash, s.proofHash(p)) && tries == proofTries:
			wrong = fault.Field("code", "Ce n’est pas le bon code, et c’était le dernier essai. Demandez-en un autre.")
			return nil
		case !hmac.Equal(hash, s.proofHash(p)):
			wrong = fault.Field("code", "Ce n’est pas le bon code. Relisez le dernier message reçu.")
			return nil
		}
		if err := settleContact(ctx, tx, p); err != nil {
			return err
		}
		if err := mail.Mended(ctx, tx, who.Person.UUID, p.Value); err != nil {
			return err
		}
		if err := insertEvent(ctx, tx, Event{Person: who.Person, Author: who.Person, Space: space, Kind: string(k)}); err != nil {
			return err
		}
		err = audit.Record(ctx, tx, audit.Entry{Actor: who.Person, Action: "account.contact", Subject: who.Person.String(), Detail: map[string]any{"kind": string(k)}})
		if err != nil || p.Old == "" || p.Old == p.Value {
			return err
		}
		return changed(ctx, tx, p)
	})
	if err != nil {
		return fmt.Errorf("confirm a contact of %s: %w", who.Person, err)
	}
	return wrong
}

// DropContact takes an address or a number away, shown or not. changed tells its owner, at the address that goes.
func (s *Sessions) DropContact(ctx context.Context, space school.ScopeID, k ContactKind, changed func(ctx context.Context, tx db.Tx, p Proof) error) error {
	who, err := signedIn(ctx)
	if err != nil {
		return err
	}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		name, old, err := deleteContact(ctx, tx, who.Person, k)
		if err != nil || old == "" {
			return err
		}
		if err := insertEvent(ctx, tx, Event{Person: who.Person, Author: who.Person, Space: space, Kind: string(k)}); err != nil {
			return err
		}
		err = audit.Record(ctx, tx, audit.Entry{Actor: who.Person, Action: "account.contact", Subject: who.Person.String(), Detail: map[string]any{"kind": string(k)}})
		if err != nil {
			return err
		}
		return changed(ctx, tx, Proof{Contact: Contact{Kind: k}, Person: who.Person, Name: name, Old: old})
	})
	if err != nil {
		return fmt.Errorf("drop a contact of %s: %w", who.Person, err)
	}
	return nil
}
