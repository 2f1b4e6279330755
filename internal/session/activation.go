package session

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// The ways by which a code reaches its owner.
const (
	OnSheet = "sheet" // printed with those of a class
	ByMail  = "mail"
	ByHand  = "hand" // shown on a page, to be copied or printed
)

// codeLife is a summer: sheets that are given at the end of June serve at the start of the year.
const codeLife = 90 * 24 * time.Hour

// Issue asks for codes. Space is where they are given out; Renew also gives one to who has one that still serves, which then
// serves no more; Reset also to who has a password already. Work names the work that asks, unless it is nil: done again after it was
// interrupted, it makes anew what nobody has read, and leaves the codes of others alone.
type Issue struct {
	Space  school.ScopeID
	People []school.PersonID
	Via    string
	Renew  bool
	Reset  bool
	Work   uuid.UUID
}

// Draft is a code that was drawn and is not kept yet: it opens nothing before Keep. Code is empty for who gets none, because
// the account is open already, is blocked, or has a code that still serves; State is that of the account.
type Draft struct {
	Person school.PersonID
	Login  string
	State  string
	Code   Code
}

// Draw opens the accounts that are missing and draws the codes, in the order of the people. People without a person of the
// directory are left out.
func (s *Sessions) Draw(ctx context.Context, i Issue) ([]Draft, error) {
	var rows []codeRow
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		if err := openAccounts(ctx, tx, i.People); err != nil {
			return err
		}
		rows, err = selectForCodes(ctx, tx, i)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("draw activation codes: %w", err)
	}
	by := map[uuid.UUID]codeRow{}
	for _, r := range rows {
		by[r.Person] = r
	}
	var drafts []Draft
	for _, p := range i.People {
		r, known := by[p.UUID]
		if !known {
			continue
		}
		d := Draft{Person: p, Login: r.Login, State: r.State}
		if (r.State == "pending" || i.Reset && r.State == "active") && (i.Renew || !r.Coded) {
			d.Code = newCode()
		}
		drafts = append(drafts, d)
	}
	return drafts, nil
}

// Keep makes the codes serve, in place of those from before; what happens beside it in the same transaction of the academy is
// for also, which may be nil. The actor of ctx gave them out; a job names the person in by.
func (s *Sessions) Keep(ctx context.Context, by school.PersonID, i Issue, drafts []Draft, also func(ctx context.Context, tx db.Tx) error) error {
	drafts = slices.DeleteFunc(slices.Clone(drafts), func(d Draft) bool { return d.Code == "" })
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		if err := upsertCodes(ctx, tx, s.apps, by, i, drafts, tx.Now().Add(codeLife)); err != nil {
			return err
		}
		if also == nil {
			return nil
		}
		return also(ctx, tx)
	})
	if err != nil {
		return fmt.Errorf("keep activation codes: %w", err)
	}
	return nil
}

// Newcomer is whose account a code opens, as a page may tell somebody who typed it: no more than what stands on the sheet.
type Newcomer struct {
	Given string
	Space school.ScopeID // where the code was given out
	Login string
	Reset bool // the account was open before
}

func errNoCode() error {
	return fault.Field("code", "Ce code n’est pas valable. Il a peut-être déjà servi, ou un code plus récent le remplace. Demandez-en un autre à votre établissement.")
}

// Meet tells whose account a code opens. A code that is none, was used or has ended is an Invalid fault on the field "code",
// and counts for the network: after two hundred in a quarter of an hour its answers come slowly, and never is anybody kept
// out, for a whole school may stand behind one address.
func (s *Sessions) Meet(ctx context.Context, c Code, network string) (Newcomer, error) {
	n, _, err := s.meet(ctx, c, network)
	return n, err
}

func (s *Sessions) meet(ctx context.Context, c Code, network string) (Newcomer, met, error) {
	var m met
	err := s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		m, err = findCode(ctx, tx, s.apps.hashCode("activation", string(c)), network)
		return err
	})
	if err != nil {
		return Newcomer{}, met{}, fmt.Errorf("read an activation code: %w", err)
	}
	if err := s.pause(ctx, slowdown(m.failures)); err != nil {
		return Newcomer{}, met{}, err
	}
	if m.person == uuid.Nil {
		if err := s.refuse(ctx, network); !fault.Is(err, fault.Invalid) {
			return Newcomer{}, met{}, err
		}
		return Newcomer{}, met{}, errNoCode()
	}
	return Newcomer{Given: m.given, Space: m.space, Login: m.login, Reset: m.state == "active"}, m, nil
}

// Activation is what somebody gives with a code.
type Activation struct {
	Code     Code
	Password string
	Charter  bool
	Device   string
	Network  string

	// Also is done in the same transaction of the academy: letters, contacts. It may be nil.
	Also func(ctx context.Context, tx db.Tx, who school.PersonID) error
}

// Activate uses a code up: the account gets the password, every sign-on and application password that it had ends, and who
// comes for the first time is signed on at t. Who had the account before signs in on the page, where a second factor is
// asked for: the token is then empty. The faults name the fields "code", "new" and "charter".
func (s *Sessions) Activate(ctx context.Context, t *tenant.Tenant, a Activation) (Opened, error) {
	if err := Admits(t); err != nil {
		return Opened{}, err
	}
	if s.hasher.crowded() {
		return Opened{}, errCrowded()
	}
	_, m, err := s.meet(ctx, a.Code, a.Network)
	if err != nil {
		return Opened{}, err
	}
	wrong := fault.Fields{}
	if words := weakness(a.Password, "", m.login, m.name); words != "" {
		wrong.Add("new", words)
	}
	if !a.Charter {
		wrong.Add("charter", "Lisez la charte, puis cochez la case pour l’accepter.")
	}
	if err := wrong.OrNil(); err != nil {
		return Opened{}, err
	}
	phc, err := s.hasher.hash(ctx, a.Password)
	if err != nil {
		return Opened{}, err
	}
	who := school.PersonID{UUID: m.person}
	o := opening{signOn: school.NewID(), person: m.person, host: t.ID, token: newToken(), device: a.Device, network: a.Network,
		subject: accountSubject(m.login), phc: phc, supersede: Actor(ctx).SignOn}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		first, err := redeemCode(ctx, tx, s.apps.hashCode("activation", string(a.Code)), phc)
		if err != nil {
			return err
		}
		if first == nil {
			return errNoCode()
		}
		if *first {
			err = s.afterNewPassword(ctx, tx, who, m.space, "activated", "account.activate")
		} else {
			err = s.afterNewPassword(ctx, tx, who, m.space, "reset", "account.reset")
		}
		if err != nil {
			return err
		}
		if a.Also != nil {
			if err := a.Also(ctx, tx, who); err != nil {
				return err
			}
		}
		if !*first {
			o.token = ""
			return nil
		}
		ok, err := open(ctx, tx, o)
		if err == nil && !ok {
			err = errNoCode()
		}
		return err
	})
	if err != nil {
		return Opened{}, fmt.Errorf("activate an account: %w", err)
	}
	s.apps.forget(who)
	return Opened{Token: o.token, Person: who, SignOn: o.signOn}, nil
}

// afterNewPassword ends whatever the old password had opened, and writes down what happened.
func (s *Sessions) afterNewPassword(ctx context.Context, tx db.Tx, who school.PersonID, space school.ScopeID, kind, action string) error {
	if err := deleteSignOns(ctx, tx, who, uuid.Nil); err != nil {
		return err
	}
	if err := endAll(ctx, tx, school.Actor{Person: who}); err != nil {
		return err
	}
	if err := forgetFailures(ctx, tx, who); err != nil {
		return err
	}
	if err := insertEvent(ctx, tx, Event{Person: who, Author: who, Space: space, Kind: kind}); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Entry{Actor: who, Action: action, Subject: who.String()})
}

// Event is something that was done with an account, by its owner or by somebody else.
type Event struct {
	Person school.PersonID
	Author school.PersonID
	Name   string // of the author, where it is not the owner
	Space  school.ScopeID
	Kind   string
	At     time.Time
}

// Events lists what happened to the actor's account, the latest first.
func (s *Sessions) Events(ctx context.Context) ([]Event, error) {
	who, err := signedIn(ctx)
	if err != nil {
		return nil, err
	}
	var list []Event
	err = s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		list, err = selectEvents(ctx, tx, who.Person)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list what happened to the account of %s: %w", who.Person, err)
	}
	return list, nil
}
