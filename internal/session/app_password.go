package session

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// Purpose is what an application password opens, and nothing else: none signs in to the pages.
type Purpose string

// ForDocuments opens documents in a file manager.
const ForDocuments Purpose = "webdav"

// AppPassword is a password of one device or program, as its owner sees it in a list.
type AppPassword struct {
	ID        uuid.UUID `bun:"id"`
	Name      string    `bun:"name"` // "Ordinateur de la salle 12"
	Purpose   Purpose   `bun:"purpose"`
	CreatedAt time.Time `bun:"created_at"`
	ExpiresAt time.Time `bun:"expires_at,nullzero"` // zero: none
	UsedAt    time.Time `bun:"used_at,nullzero"`    // zero: never
	Network   string    `bun:"used_network"`        // of the last use, shortened
}

// AppAsk is what somebody says to make an application password. ID comes with the form: sending it twice makes one.
type AppAsk struct {
	ID       uuid.UUID
	Name     string
	Purpose  Purpose
	Until    time.Time // zero: no end
	Password string    // the account's own, given again
}

const (
	longestName     = 60 // letters
	mostPasswords   = 20 // of one person
	longestValidity = 366 * 24 * time.Hour
)

// The alphabet has no sign that could be taken for another one, and thirty-two of them: five bits each.
const (
	signs   = "abcdefghijkmnpqrstuvwxyz23456789"
	groups  = 4
	inGroup = 5
)

// SetKey gives the sessions the secret that application passwords are hashed with and factors are sealed with: the same on
// every replica. Until then it is a random one, and both last as long as the process.
func (s *Sessions) SetKey(key []byte) { s.apps.key, s.vault = key, newVault(key) }

// newSecret draws twenty signs of five bits each, in groups that one can copy by hand.
func newSecret() string {
	var raw [groups * inGroup]byte
	rand.Read(raw[:]) // never fails
	var out strings.Builder
	for i, b := range raw {
		if i > 0 && i%inGroup == 0 {
			out.WriteByte('-')
		}
		out.WriteByte(signs[b%32])
	}
	return out.String()
}

// plainSecret takes away what people add when they copy: dashes, blanks, capitals. It is empty for what cannot be one of
// ours, which then costs no query.
func plainSecret(typed string) string {
	if len(typed) > 4*groups*inGroup {
		return ""
	}
	plain := strings.Map(func(r rune) rune {
		if r == '-' || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, typed)
	if len(plain) != groups*inGroup || strings.Trim(plain, signs) != "" {
		return ""
	}
	return plain
}

// hashSecret is what is kept of a secret.
func (a *apps) hashSecret(plain string) []byte {
	mac := hmac.New(sha256.New, a.key)
	mac.Write([]byte("application password:" + plain))
	return mac.Sum(nil)
}

// AppPasswords lists the actor's, the latest first; those that have ended are among them for a month.
func (s *Sessions) AppPasswords(ctx context.Context) ([]AppPassword, error) {
	who, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	var list []AppPassword
	err = s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		list, err = selectAppPasswords(ctx, tx, who.Person)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the application passwords of %s: %w", who.Person, err)
	}
	return list, nil
}

// Entry is what somebody writes into a program that asks for it.
type Entry struct{ Login, Secret string }

// NewAppPassword makes an application password and returns it, once: it cannot be read again. The account's password is
// asked for, because an open session may be somebody else's. The faults name the fields "name", "until" and "password";
// too many tries are a *Throttled, and a form that was sent before is a Conflict.
func (s *Sessions) NewAppPassword(ctx context.Context, ask AppAsk) (Entry, error) {
	who, err := signedIn(ctx)
	if err != nil {
		return Entry{}, err
	}
	if who.PreviewOnly {
		return Entry{}, fault.New(fault.Forbidden, "")
	}
	if err := ask.check(s.db.Now()); err != nil {
		return Entry{}, err
	}
	a, err := s.confirm(ctx, who, ask.Password, "password")
	if err != nil {
		return Entry{}, err
	}
	secret := newSecret()
	hash := s.apps.hashSecret(plainSecret(secret))
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		switch made, n, err := insertAppPassword(ctx, tx, who.Person, ask, hash); {
		case err != nil:
			return err
		case n >= mostPasswords:
			return fault.New(fault.Invalid, "Vous avez déjà vingt mots de passe d’application. Retirez-en un dont vous ne vous servez plus.")
		case !made:
			return fault.New(fault.Conflict, "Ce mot de passe d’application existe déjà, et il ne peut pas être affiché une deuxième fois. Si vous ne l’avez pas noté, retirez-le et créez-en un autre.")
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: who.Person, Action: "account.app_password", Subject: ask.ID.String(),
			Detail: map[string]any{"purpose": string(ask.Purpose)}})
	})
	if err != nil {
		return Entry{}, fmt.Errorf("make an application password of %s: %w", who.Person, err)
	}
	return Entry{Login: a.login, Secret: secret}, nil
}

func (a *AppAsk) check(now time.Time) error {
	wrong := fault.Fields{}
	a.Name = strings.Join(strings.Fields(a.Name), " ")
	switch {
	case a.Name == "":
		wrong.Add("name", "Donnez un nom : celui de l’appareil où vous vous en servirez.")
	case utf8.RuneCountInString(a.Name) > longestName || strings.ContainsFunc(a.Name, unicode.IsControl):
		wrong.Add("name", "Choisissez un nom plus court : 60 caractères au plus.")
	}
	switch {
	case a.Until.IsZero():
	case !a.Until.After(now):
		wrong.Add("until", "Cette date est passée : choisissez une fin à venir, ou aucune.")
	case a.Until.Sub(now) > longestValidity:
		wrong.Add("until", "Choisissez une date dans l’année qui vient, ou aucune.")
	}
	if a.Password == "" || utf8.RuneCountInString(a.Password) > longestPassword {
		wrong.Add("password", "Écrivez le mot de passe de votre compte.")
	}
	if a.Purpose != ForDocuments || a.ID == uuid.Nil {
		wrong.Add("purpose", "Rechargez la page et recommencez.")
	}
	return wrong.OrNil()
}

// EndAppPassword ends one of the actor's application passwords, at once on this replica and within a moment on the others;
// another person's is NotFound.
func (s *Sessions) EndAppPassword(ctx context.Context, id uuid.UUID) error {
	who, err := signedIn(ctx)
	if err != nil {
		return err
	}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		n, err := deleteAppPassword(ctx, tx, who.Person, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Missing()
		}
		return recordEnd(ctx, tx, who, id.String())
	})
	if err != nil {
		return fmt.Errorf("end an application password of %s: %w", who.Person, err)
	}
	s.apps.forget(who.Person)
	return nil
}

func recordEnd(ctx context.Context, tx db.Tx, who school.Actor, subject string) error {
	if err := tx.Notify(ctx, endedChannel, who.Person.String()); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Entry{Actor: who.Person, Action: "account.app_password_end", Subject: subject})
}

// endAll ends every application password of somebody, within a transaction of the academy. The caller forgets what is
// remembered of them once it has committed.
func endAll(ctx context.Context, tx db.Tx, who school.Actor) error {
	n, err := deleteAppPasswords(ctx, tx, who.Person)
	if err != nil || n == 0 {
		return err
	}
	return recordEnd(ctx, tx, who, who.Person.String())
}
