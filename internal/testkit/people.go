package testkit

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Person is somebody of the territory.
type Person struct {
	ID     school.PersonID
	Given  string
	Family string
	Login  string
}

// Name is how pages call the person.
func (p Person) Name() string { return p.Given + " " + p.Family }

// Option says something of a person to make.
type Option func(d *draft)

type draft struct {
	Person
	password string
	blocked  bool
	joins    []join
}

type join struct {
	in       *tenant.Tenant
	profile  school.Profile
	admin    bool
	ended    bool
	sections []string
	classes  []school.ClassID
	groups   []school.GroupID
	children []Person
}

// Tie says something of a membership.
type Tie func(j *join)

// In makes the person a member of a space.
func In(space *tenant.Tenant, profile school.Profile, ties ...Tie) Option {
	return func(d *draft) {
		j := join{in: space, profile: profile}
		for _, tie := range ties {
			tie(&j)
		}
		d.joins = append(d.joins, j)
	}
}

// Named gives the person a name of the test's choice.
func Named(given, family string) Option { return func(d *draft) { d.Given, d.Family = given, family } }

// Password lets the person sign in by the page; it costs some twenty milliseconds.
func Password(password string) Option { return func(d *draft) { d.password = password } }

// Blocked closes the person's account.
func Blocked() Option { return func(d *draft) { d.blocked = true } }

// Admin delegates the administration of the space.
func Admin() Tie { return func(j *join) { j.admin = true } }

// Ended makes the membership one of the past.
func Ended() Tie { return func(j *join) { j.ended = true } }

// Edits entrusts sections of a collectivity.
func Edits(sections ...string) Tie { return func(j *join) { j.sections = sections } }

// OfClass ties the membership to classes.
func OfClass(classes ...school.ClassID) Tie { return func(j *join) { j.classes = classes } }

// OfGroup ties the membership to teaching groups.
func OfGroup(groups ...school.GroupID) Tie { return func(j *join) { j.groups = groups } }

// Of makes a guardian follow children, who are pupils of the same space.
func Of(children ...Person) Tie { return func(j *join) { j.children = children } }

// NewPerson makes a person with an account, in one transaction, and issues the passport.
func (w *Territory) NewPerson(t testing.TB, options ...Option) Person {
	t.Helper()
	n := w.people.Add(1)
	d := draft{Person: Person{ID: school.PersonID{UUID: school.NewID()}, Given: "Camille", Family: fmt.Sprintf("Moreau-%d", n),
		Login: fmt.Sprintf("camille.moreau%d", n)}}
	for _, o := range options {
		o(&d)
	}
	err := w.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		if err := d.account(ctx, tx); err != nil {
			return err
		}
		for _, j := range d.joins {
			if err := j.write(ctx, tx, d.Person); err != nil {
				return err
			}
		}
		_, err := tx.Exec(ctx, `select issue_passports($1)`, []uuid.UUID{d.ID.UUID})
		return err
	})
	if err != nil {
		t.Fatalf("make a person: %v", err)
	}
	return d.Person
}

// Reissue issues passports again, after a test changed memberships by itself.
func (w *Territory) Reissue(t testing.TB, people ...Person) {
	t.Helper()
	w.Exec(t, `select issue_passports($1)`, uuids(people))
}

func (d draft) account(ctx context.Context, tx pgx.Tx) error {
	if _, err := tx.Exec(ctx, `insert into person (tenant_id, id, given_name, family_name) values (1, $1, $2, $3)`,
		d.ID.UUID, d.Given, d.Family); err != nil {
		return err
	}
	hash, state := "", "active"
	if d.password != "" {
		hash = session.HashPassword(d.password)
	}
	if d.blocked {
		state = "blocked"
	}
	_, err := tx.Exec(ctx, `insert into account (tenant_id, person_id, login, password_hash, state) values (1, $1, $2, $3, $4)`,
		d.ID.UUID, d.Login, hash, state)
	return err
}

func (j join) write(ctx context.Context, tx pgx.Tx, p Person) error {
	if j.sections == nil {
		j.sections = []string{}
	}
	var b pgx.Batch
	b.Queue(`insert into membership (tenant_id, person_id, profile, given_name, family_name, admin, sections, starts_on, ends_on)
		values ($1, $2, $3, $4, $5, $6, $7, current_date - 30, case when $8 then current_date - 1 end)`,
		j.in.ID, p.ID.UUID, string(j.profile), p.Given, p.Family, j.admin, j.sections, j.ended)
	for _, c := range j.classes {
		b.Queue(`insert into class_member (tenant_id, class_id, person_id, profile) values ($1, $2, $3, $4)`, j.in.ID, c.UUID, p.ID.UUID, string(j.profile))
	}
	for _, g := range j.groups {
		b.Queue(`insert into group_member (tenant_id, group_id, person_id, profile) values ($1, $2, $3, $4)`, j.in.ID, g.UUID, p.ID.UUID, string(j.profile))
	}
	for _, c := range j.children {
		b.Queue(`insert into guardianship (tenant_id, child_id, guardian_id, tie) values ($1, $2, $3, 'parent')`, j.in.ID, c.ID.UUID, p.ID.UUID)
	}
	return tx.SendBatch(ctx, &b).Close()
}

// Actor is the person as a session in a space shows it.
func (w *Territory) Actor(t testing.TB, in *tenant.Tenant, p Person) school.Actor {
	t.Helper()
	a := school.Actor{Person: p.ID}
	var body []byte
	err := w.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		return tx.QueryRow(ctx, `select name, body from passport where tenant_id = 1 and person_id = $1`, p.ID.UUID).Scan(&a.Name, &body)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, &a.Everywhere); err != nil {
		t.Fatal(err)
	}
	return a.In(in.ID)
}
