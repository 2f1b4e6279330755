package session

import (
	"context"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Opened is a session just opened on one host. The token goes into that host's cookie and nowhere else.
type Opened struct {
	Token  Token
	Person school.PersonID
	SignOn uuid.UUID
	Path   string // where the person wanted to go, when a ticket brought them

	// Half is set instead of Token when the password was right and a factor is awaited: GiveFactor takes it.
	Half Token
	// UsedCode: a recovery code was used, and CodesLeft remain.
	UsedCode  bool
	CodesLeft int
}

const longestPassword = 256

// CleanLogin writes a login the way it is stored.
func CleanLogin(login string) string { return strings.ToLower(strings.TrimSpace(login)) }

// errRefused is the one answer for an unknown login, a wrong password and a blocked account.
func errRefused() error {
	return fault.New(fault.Invalid, "Identifiant ou mot de passe incorrect. Vérifiez les majuscules et recommencez.")
}

// SignIn opens a sign-on by password, with its session on the host of t. Device and Network give the last two
// arguments. The answer and the time it takes are the same whether the account does not exist, is blocked or has
// another password: an Invalid fault. After ten evaluated tries of an account it is a *Throttled, and when too many
// people sign in at once a Busy fault. Who has a factor gets a half-open sign-in, which opens nothing. The sign-on that ctx's actor already has ends: a token is never taken over.
func (s *Sessions) SignIn(ctx context.Context, t *tenant.Tenant, login, password, device, network string) (Opened, error) {
	if err := Admits(t); err != nil {
		return Opened{}, err
	}
	if s.hasher.crowded() {
		return Opened{}, errCrowded()
	}
	login = CleanLogin(login)
	if login == "" || len(login) > 200 || utf8.RuneCountInString(password) > longestPassword {
		return Opened{}, errRefused()
	}
	a, err := s.try(ctx, func(ctx context.Context, tx db.Tx) (attempt, error) { return tryLogin(ctx, tx, login, network) })
	if err != nil {
		return Opened{}, err
	}
	if err := s.pause(ctx, slowdown(a.failures)); err != nil {
		return Opened{}, err
	}
	ok, stale, err := s.hasher.verify(ctx, password, a.phc)
	if err != nil {
		return Opened{}, err
	}
	if !ok {
		return Opened{}, s.refuse(ctx, network)
	}
	o := opening{signOn: school.NewID(), person: a.person, host: t.ID, token: newToken(), device: device, network: network,
		subject: accountSubject(login), phc: a.phc, supersede: Actor(ctx).SignOn}
	if stale {
		if o.freshPHC, err = s.hasher.hash(ctx, password); err != nil {
			return Opened{}, err
		}
	}
	if a.factor {
		return s.openHalf(ctx, o)
	}
	return s.open(ctx, o)
}

// Admits fails with Suspended for a space that lets nobody in. The academy is always open: it is where administrators reopen others.
func Admits(t *tenant.Tenant) error {
	if t.LetsIn() || t.Kind == tenant.KindAcademy {
		return nil
	}
	return fault.New(fault.Suspended, "Cet espace est fermé pour le moment : il n’est pas possible de s’y connecter.")
}

// try takes one of the account's tries, or fails with *Throttled.
func (s *Sessions) try(ctx context.Context, take func(context.Context, db.Tx) (attempt, error)) (attempt, error) {
	var a attempt
	var now time.Time
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		now = tx.Now()
		a, err = take(ctx, tx)
		return err
	})
	if err != nil {
		return attempt{}, fmt.Errorf("count a try: %w", err)
	}
	if !a.allowed {
		return attempt{}, &Throttled{After: a.lastAt.Add(window).Sub(now)}
	}
	return a, nil
}

func (s *Sessions) refuse(ctx context.Context, network string) error {
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error { return countNetworkFailure(ctx, tx, network) })
	if err != nil {
		return fmt.Errorf("count a failed try: %w", err)
	}
	return errRefused()
}

func (s *Sessions) open(ctx context.Context, o opening) (Opened, error) {
	var ok bool
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		ok, err = open(ctx, tx, o)
		return err
	})
	if err != nil {
		return Opened{}, fmt.Errorf("open a sign-on of %s: %w", o.person, err)
	}
	if !ok {
		return Opened{}, errRefused()
	}
	return Opened{Token: o.token, Person: school.PersonID{UUID: o.person}, SignOn: o.signOn}, nil
}
