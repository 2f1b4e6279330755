package session

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

const (
	halfLife  = 10 * time.Minute // to find the telephone
	halfTries = 5                // then the password is asked for again
)

// half is a sign-in whose password was right and whose factor is awaited.
type half struct {
	person   uuid.UUID
	host     school.ScopeID
	device   string
	network  string
	subject  string // whose failures are forgotten in the end
	sum      []byte // of the stored password that was matched
	phc      string // the stored password now
	totp     []byte // sealed; nothing without an application
	lastStep int64
}

func passwordSum(phc string) []byte {
	sum := sha256.Sum256([]byte(phc))
	return sum[:]
}

// openHalf keeps that a password was right, in a row that no request finds a session by.
func (s *Sessions) openHalf(ctx context.Context, o opening) (Opened, error) {
	phc := o.phc
	if o.freshPHC != "" {
		phc = o.freshPHC
	}
	token := newToken()
	h := half{person: o.person, host: o.host, device: o.device, network: o.network, subject: o.subject, sum: passwordSum(phc)}
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		if o.freshPHC != "" {
			if err := refreshPassword(ctx, tx, o.person, o.phc, o.freshPHC); err != nil {
				return err
			}
		}
		return insertHalf(ctx, tx, token, h)
	})
	if err != nil {
		return Opened{}, fmt.Errorf("open half a sign-on of %s: %w", o.person, err)
	}
	return Opened{Half: token, Person: school.PersonID{UUID: o.person}}, nil
}

// Waits is what a half-open sign-in waits for.
type Waits struct {
	Still        bool // it waits at all
	App, Passkey bool // beside a recovery code
}

// HalfOpen tells what a half-open sign-in of the host of t still waits for.
func (s *Sessions) HalfOpen(ctx context.Context, t *tenant.Tenant, token Token) (w Waits, err error) {
	if !token.plausible() {
		return Waits{}, nil
	}
	err = s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		w, err = halfStands(ctx, tx, token, t.ID)
		return err
	})
	if err != nil {
		return Waits{}, fmt.Errorf("read a half-open sign-in: %w", err)
	}
	return w, nil
}

const wrongFactor = "Ce code ne convient pas, ou il a déjà servi. Attendez que votre application affiche le suivant, puis recommencez."

func errWrongFactor() error { return fault.New(fault.Invalid, wrongFactor) }

// GiveFactor opens the sign-on that a password left half open: with a code of the application or a recovery code. A
// half-open sign-in that is unknown, late, of another host or tried too often is NotFound, and the password is asked for
// again. A wrong code, or one that was used before, is Invalid; after ten tries of one person it is a *Throttled.
func (s *Sessions) GiveFactor(ctx context.Context, t *tenant.Tenant, token Token, code string) (Opened, error) {
	if err := Admits(t); err != nil {
		return Opened{}, err
	}
	if !token.plausible() {
		return Opened{}, fault.Missing()
	}
	var h half
	var wait *Throttled
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		var found bool
		var err error
		if h, found, err = takeHalf(ctx, tx, token, t.ID); err != nil {
			return err
		}
		if !found || !bytes.Equal(h.sum, passwordSum(h.phc)) {
			return fault.Missing()
		}
		wait, err = takeFactorTry(ctx, tx, h.person)
		return err
	})
	if err != nil {
		return Opened{}, fmt.Errorf("take up a half-open sign-in: %w", err)
	}
	if wait != nil {
		return Opened{}, wait
	}
	p, err := s.weigh(h.person, h.totp, h.lastStep, code)
	if err != nil {
		return Opened{}, err
	}
	return s.openWhole(ctx, h, token, p)
}

// given is a factor that was given, and what makes it used up.
type given struct {
	step int64
	hash []byte // of a recovery code, instead
}

// weigh compares what was typed with what the person has. It is Invalid for what cannot be right.
func (s *Sessions) weigh(who uuid.UUID, sealed []byte, lastStep int64, typed string) (given, error) {
	if code := digits(typed); sixDigits(code) && len(sealed) > 0 {
		secret, err := s.vault.open(sealed, totpLabel(who))
		if err != nil {
			return given{}, fmt.Errorf("read the application of %s: %w", who, err)
		}
		if step, ok := stepOf(string(secret), code, s.db.Now()); ok && step > lastStep {
			return given{step: step}, nil
		}
		return given{}, errWrongFactor()
	}
	if code := plainCode(typed); code != "" {
		return given{hash: s.digests(who, []string{code})[0]}, nil
	}
	return given{}, errWrongFactor()
}

// use takes a factor so that it serves no second time; left is how many recovery codes remain after one was used.
func (p given) use(ctx context.Context, tx db.Tx, who uuid.UUID) (left int, err error) {
	var ok bool
	if p.hash != nil {
		ok, left, err = useCode(ctx, tx, who, p.hash)
	} else {
		ok, err = useStep(ctx, tx, who, p.step)
	}
	if err == nil && !ok {
		err = errWrongFactor()
	}
	return left, err
}

func (s *Sessions) openWhole(ctx context.Context, h half, token Token, p given) (Opened, error) {
	o := opening{signOn: school.NewID(), person: h.person, host: h.host, token: newToken(), device: h.device, network: h.network,
		subject: h.subject, phc: h.phc, supersede: Actor(ctx).SignOn}
	out := Opened{Token: o.token, Person: school.PersonID{UUID: o.person}, SignOn: o.signOn, UsedCode: p.hash != nil}
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		if out.CodesLeft, err = p.use(ctx, tx, h.person); err != nil {
			return err
		}
		if err := deleteHalf(ctx, tx, token); err != nil {
			return err
		}
		ok, err := open(ctx, tx, o)
		if err == nil && !ok {
			err = errRefused()
		}
		return err
	})
	if err != nil {
		return Opened{}, fmt.Errorf("open a sign-on of %s: %w", o.person, err)
	}
	return out, nil
}

// takeFactorTry takes one of the tries that a person has to give a factor, on however many devices; what it returns says
// how long to wait when there is none left.
func takeFactorTry(ctx context.Context, tx db.Tx, who uuid.UUID) (*Throttled, error) {
	allowed, lastAt, err := countFactor(ctx, tx, who)
	if err != nil || allowed {
		return nil, err
	}
	return &Throttled{After: lastAt.Add(window).Sub(tx.Now())}, nil
}

func (s *Sessions) countFactorTry(ctx context.Context, who uuid.UUID) error {
	var wait *Throttled
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		wait, err = takeFactorTry(ctx, tx, who)
		return err
	})
	if err != nil {
		return fmt.Errorf("count a try of a factor: %w", err)
	}
	if wait != nil {
		return wait
	}
	return nil
}
