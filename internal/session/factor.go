package session

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

const (
	recoveryCodes = 10
	recoveryHalf  = 5 // signs of each half of a code, of five bits each
	enrolLife     = 30 * time.Minute
)

// Factors is what somebody has beside the password.
type Factors struct {
	App       time.Time // since when an application makes codes; zero: none
	AppUsed   time.Time
	Passkeys  int
	CodesLeft int // recovery codes that were not used
	CodesMade time.Time
}

// Any reports whether a sign-in asks for more than the password.
func (f Factors) Any() bool { return !f.App.IsZero() || f.Passkeys > 0 }

// Factors tells what the actor has.
func (s *Sessions) Factors(ctx context.Context) (Factors, error) {
	who, err := own(ctx)
	if err != nil {
		return Factors{}, err
	}
	var f Factors
	err = s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		f, err = selectFactors(ctx, tx, who.Person)
		return err
	})
	if err != nil {
		return Factors{}, fmt.Errorf("read the factors of %s: %w", who.Person, err)
	}
	return f, nil
}

// own is the actor, who is signed in and looks with the own eyes.
func own(ctx context.Context) (school.Actor, error) {
	who, err := signedIn(ctx)
	if err == nil && who.PreviewOnly {
		err = fault.New(fault.Forbidden, "")
	}
	return who, err
}

// Enrolment is a secret that an application is about to learn. Nothing is kept of it until a first code was given.
type Enrolment struct {
	Sealed  string // carried by the form; half an hour, for this person alone
	Picture string // QR code, a data URL
	Address string // what the picture says, for an application on the same telephone
	Key     string // for those who copy it by hand, in groups of four
}

type enrolled struct {
	Secret string    `json:"s"`
	Until  time.Time `json:"u"`
}

func enrolLabel(who school.PersonID) string { return "totp enrolment of " + who.String() }
func totpLabel(who uuid.UUID) string        { return "totp of " + who.String() }

// Enrol draws a secret for the actor. issuer is the name that the application shows; sealed, when a form comes back with
// it, shows the same secret again.
func (s *Sessions) Enrol(ctx context.Context, issuer, sealed string) (Enrolment, error) {
	who, err := own(ctx)
	if err != nil {
		return Enrolment{}, err
	}
	secret, ok := s.enrolling(who.Person, sealed)
	if !ok {
		secret = newTOTPSecret()
		body, err := json.Marshal(enrolled{secret, s.db.Now().Add(enrolLife)})
		if err != nil {
			return Enrolment{}, fmt.Errorf("write an enrolment: %w", err)
		}
		sealed = base64.RawURLEncoding.EncodeToString(s.vault.seal(body, enrolLabel(who.Person)))
	}
	e := Enrolment{Sealed: sealed, Key: inFours(secret), Address: totpAddress(secret, issuer, who.Name)}
	e.Picture, err = picture(e.Address)
	return e, err
}

// enrolling reads back a secret that Enrol drew for somebody a moment ago.
func (s *Sessions) enrolling(who school.PersonID, sealed string) (string, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(sealed)
	if err != nil || len(sealed) > 1000 {
		return "", false
	}
	body, err := s.vault.open(raw, enrolLabel(who))
	if err != nil {
		return "", false
	}
	var e enrolled
	if json.Unmarshal(body, &e) != nil || !e.Until.After(s.db.Now()) {
		return "", false
	}
	return e.Secret, true
}

// ConfirmApp keeps the secret of an enrolment once its application has given a first code, and returns fresh recovery
// codes. An application that was there before serves no more. The fault names the field "code"; too many tries are a
// *Throttled.
func (s *Sessions) ConfirmApp(ctx context.Context, sealed, code string) ([]string, error) {
	who, err := own(ctx)
	if err != nil {
		return nil, err
	}
	secret, ok := s.enrolling(who.Person, sealed)
	if !ok {
		return nil, fault.Field("code", "Cette page est restée ouverte trop longtemps. Effacez ce compte de votre application, puis lisez la nouvelle image.")
	}
	if err := s.countFactorTry(ctx, who.Person.UUID); err != nil {
		return nil, err
	}
	step, ok := stepOf(secret, digits(code), s.db.Now())
	if !ok {
		return nil, fault.Field("code", "Ce code ne convient pas. Attendez le suivant, et vérifiez que l’heure de votre téléphone est réglée automatiquement.")
	}
	codes := newRecoveryCodes()
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		if err := upsertTOTP(ctx, tx, who.Person, s.vault.seal([]byte(secret), totpLabel(who.Person.UUID)), step); err != nil {
			return err
		}
		if err := replaceRecoveryCodes(ctx, tx, who.Person, s.digests(who.Person.UUID, codes)); err != nil {
			return err
		}
		if err := noteFactors(ctx, tx, who.Person, who.SignOn); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: who.Person, Action: "account.factor_app", Subject: who.Person.String()})
	})
	if err != nil {
		return nil, fmt.Errorf("keep the application of %s: %w", who.Person, err)
	}
	return codes, nil
}

// EndApp forgets the actor's application, and the recovery codes with the last factor. keep refuses, with Conflict, to forget
// the last factor.
func (s *Sessions) EndApp(ctx context.Context, keep bool) error {
	who, err := own(ctx)
	if err != nil {
		return err
	}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		n, err := deleteTOTP(ctx, tx, who.Person)
		if err != nil || n == 0 {
			return err
		}
		left, err := selectFactors(ctx, tx, who.Person)
		if err != nil {
			return err
		}
		if keep && !left.Any() {
			return errLastFactor()
		}
		if err := noteFactors(ctx, tx, who.Person, who.SignOn); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: who.Person, Action: "account.factor_app_end", Subject: who.Person.String()})
	})
	if err != nil {
		return fmt.Errorf("forget the application of %s: %w", who.Person, err)
	}
	return nil
}

func errLastFactor() error {
	return fault.New(fault.Conflict, "Votre rôle demande une deuxième vérification, et c’est la seule que vous ayez. Ajoutez-en une autre d’abord.")
}

// NewRecoveryCodes replaces the actor's recovery codes and returns the new ones, once: they cannot be read again. Who has
// no factor needs none: a Conflict.
func (s *Sessions) NewRecoveryCodes(ctx context.Context) ([]string, error) {
	who, err := own(ctx)
	if err != nil {
		return nil, err
	}
	codes := newRecoveryCodes()
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		f, err := selectFactors(ctx, tx, who.Person)
		if err != nil {
			return err
		}
		if !f.Any() {
			return fault.New(fault.Conflict, "Les codes de secours remplacent une application ou une clé d’accès : ajoutez-en une d’abord.")
		}
		if err := replaceRecoveryCodes(ctx, tx, who.Person, s.digests(who.Person.UUID, codes)); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: who.Person, Action: "account.recovery_codes", Subject: who.Person.String()})
	})
	if err != nil {
		return nil, fmt.Errorf("replace the recovery codes of %s: %w", who.Person, err)
	}
	return codes, nil
}

// newRecoveryCodes draws codes that one can write down: "k7m2p-x4h9d".
func newRecoveryCodes() []string {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		plain := plainSecret(newSecret())[:2*recoveryHalf]
		codes[i] = plain[:recoveryHalf] + "-" + plain[recoveryHalf:]
	}
	return codes
}

// plainCode takes away what people add when they copy a code; it is empty for what cannot be one.
func plainCode(typed string) string {
	plain := strings.Map(func(r rune) rune {
		if r == '-' || unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, typed)
	if len(plain) != 2*recoveryHalf || strings.Trim(plain, signs) != "" {
		return ""
	}
	return plain
}

// digits takes the blanks away that applications show in the middle of a code.
func digits(typed string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '-' {
			return -1
		}
		return r
	}, typed)
}

func (s *Sessions) digests(who uuid.UUID, codes []string) [][]byte {
	out := make([][]byte, len(codes))
	for i, c := range codes {
		out[i] = s.vault.digest("recovery code of "+who.String(), plainCode(c))
	}
	return out
}
