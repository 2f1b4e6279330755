package session

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

const (
	longestVisit  = 30 // minutes
	longestAsking = 500
	shortestWhy   = 10
)

// Visited is whom support may look at a space for.
type Visited struct {
	Person school.PersonID
	Name   string
	Spaces []school.ScopeID // where the person is a member
}

// Visit is one look of support at a space as somebody sees it.
type Visit struct {
	ID      uuid.UUID
	Person  string // the name
	Author  string // who looked; empty once that person has left
	Space   school.ScopeID
	Reason  string
	BegunAt time.Time
	EndsAt  time.Time
	EndedAt time.Time // zero: it ended by itself, or lasts
}

// Lasts reports whether a visit can still be entered.
func (v Visit) Lasts(now time.Time) bool { return v.EndedAt.IsZero() && v.EndsAt.After(now) }

// Over is when a visit ended, or will.
func (v Visit) Over() time.Time {
	if v.EndedAt.IsZero() {
		return v.EndsAt
	}
	return v.EndedAt
}

// visitable reports whether support may see with somebody's eyes. Nobody of the health staff, of the academy or of a
// collectivity is visited, and nobody who administers a space: what they see is about others, or opens doors.
func visitable(everywhere []school.Membership) bool {
	for _, m := range everywhere {
		if m.Admin || m.Profile == school.Health || m.Profile == school.AcademyAgent || m.Profile == school.Collectivity {
			return false
		}
	}
	return len(everywhere) > 0
}

func errNotVisitable() error {
	return fault.Field("login", "Cette personne administre un espace, ou voit des informations réservées : l’assistance ne peut pas prendre sa place.")
}

// FindVisited looks up whom a login belongs to. The fault names the field "login".
func (s *Sessions) FindVisited(ctx context.Context, login string) (Visited, error) {
	var v Visited
	login = CleanLogin(login)
	if login == "" || len(login) > 200 {
		return v, fault.Field("login", "Écrivez l’identifiant de la personne, tel qu’elle l’écrit pour se connecter.")
	}
	var p passport
	err := s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		p, err = selectVisited(ctx, tx, login)
		return err
	})
	if err != nil {
		return v, fmt.Errorf("find whom support may visit: %w", err)
	}
	if !p.found {
		return v, fault.Field("login", "Personne n’a cet identifiant, ou son compte n’est pas ouvert.")
	}
	actor, err := p.actor()
	if err != nil {
		return v, err
	}
	if !visitable(actor.Everywhere) || actor.Person == Actor(ctx).Person {
		return v, errNotVisitable()
	}
	return Visited{Person: actor.Person, Name: actor.Name, Spaces: actor.Scopes()}, nil
}

// VisitAsk is what support says to look at a space for somebody. ID comes with the form: sending it twice makes one visit.
type VisitAsk struct {
	ID      uuid.UUID
	Login   string
	Space   school.ScopeID
	Reason  string
	Minutes int
}

func (a *VisitAsk) check() error {
	wrong := fault.Fields{}
	a.Reason = strings.Join(strings.Fields(a.Reason), " ")
	if n := utf8.RuneCountInString(a.Reason); n < shortestWhy || n > longestAsking {
		wrong.Add("reason", "Dites en quelques mots pourquoi : la personne le lira.")
	}
	if a.Minutes < 1 || a.Minutes > longestVisit {
		wrong.Add("minutes", "Choisissez une durée de trente minutes au plus.")
	}
	if a.ID == uuid.Nil {
		wrong.Add("login", "Rechargez la page et recommencez.")
	}
	return wrong.OrNil()
}

// BeginVisit opens a visit of the actor, who is of the academy's support: its time runs from now. The faults name the fields
// of the form.
func (s *Sessions) BeginVisit(ctx context.Context, ask VisitAsk) error {
	by, err := own(ctx)
	if err != nil {
		return err
	}
	if err := ask.check(); err != nil {
		return err
	}
	who, err := s.FindVisited(ctx, ask.Login)
	if err != nil {
		return err
	}
	if !slices.Contains(who.Spaces, ask.Space) {
		return fault.Field("space", "Choisissez un des espaces de la personne.")
	}
	err = s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		made, err := insertVisit(ctx, tx, by, who, ask)
		if err != nil || !made {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: by.Person, Action: "support.begin", Subject: who.Person.String(),
			Detail: map[string]any{"visit": ask.ID, "space": int64(ask.Space), "minutes": ask.Minutes}})
	})
	if err != nil {
		return fmt.Errorf("begin a visit of support: %w", err)
	}
	return nil
}

// VisitOf is a visit of the actor that lasts, on the host of its space; any other is NotFound.
func (s *Sessions) VisitOf(ctx context.Context, id uuid.UUID) (Visit, school.PersonID, error) {
	by, err := signedIn(ctx)
	if err != nil {
		return Visit{}, school.PersonID{}, err
	}
	if by.PreviewOnly {
		return Visit{}, school.PersonID{}, fault.Missing()
	}
	var v Visit
	var p passport
	err = s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		v, p, err = selectVisit(ctx, tx, id, by)
		return err
	})
	if err != nil {
		return v, school.PersonID{}, fmt.Errorf("read a visit of support: %w", err)
	}
	if !p.found {
		return v, school.PersonID{}, fault.Missing()
	}
	return v, school.PersonID{UUID: p.person}, nil
}

// EnterVisit has the actor look at the space of the request through a visit, from the next request on.
func (s *Sessions) EnterVisit(ctx context.Context, v Visit, who school.PersonID) error {
	return s.BeginPreview(ctx, Preview{ID: v.ID, Name: v.Person, As: "au nom de " + v.Person, Visits: who, Until: v.EndsAt})
}

// LeaveVisit ends the visit that runs, for good; without one it does nothing.
func (s *Sessions) LeaveVisit(ctx context.Context) error {
	look, running := Looking(ctx)
	if !running || !look.Support() {
		return nil
	}
	if err := s.EndPreview(ctx, look.By); err != nil {
		return err
	}
	err := s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error {
		if err := endVisit(ctx, tx, look.ID, look.By.Person); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: look.By.Person, Action: "support.leave", Subject: look.Visits.String()})
	})
	if err != nil {
		return fmt.Errorf("end a visit of support: %w", err)
	}
	return nil
}

// Visits lists the looks of support at what the actor sees, the latest first.
func (s *Sessions) Visits(ctx context.Context) ([]Visit, error) {
	who, err := own(ctx)
	if err != nil {
		return nil, err
	}
	return s.visits(ctx, who.Person)
}

// AllVisits lists the looks of support, the latest first.
func (s *Sessions) AllVisits(ctx context.Context) ([]Visit, error) {
	return s.visits(ctx, school.PersonID{})
}

func (s *Sessions) visits(ctx context.Context, of school.PersonID) (list []Visit, err error) {
	err = s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		list, err = selectVisits(ctx, tx, of)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the visits of support: %w", err)
	}
	return list, nil
}

// visitor is the actor through whom support looks: the person, who may write nothing. It is false when the visit has ended or
// is not by's, or when the person may no longer be visited.
func (s *Sessions) visitor(ctx context.Context, p Preview, by school.Actor) (school.Actor, bool, error) {
	var found passport
	err := s.db.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		_, found, err = selectVisit(ctx, tx, p.ID, by)
		return err
	})
	if err != nil || !found.found || found.person != p.Visits.UUID {
		return school.Actor{}, false, err
	}
	actor, err := found.actor()
	if err != nil || !visitable(actor.Everywhere) {
		return school.Actor{}, false, err
	}
	actor = actor.In(by.Scope)
	actor.PreviewOnly, actor.Comfort = true, by.Comfort
	return actor, len(actor.Here) > 0, nil
}

// passport is what is read of somebody to act as them.
type passport struct {
	found  bool
	person uuid.UUID
	name   string
	body   []byte
}

func (p passport) actor() (school.Actor, error) {
	a := school.Actor{Scope: school.Academy, Person: school.PersonID{UUID: p.person}, Name: p.name}
	if err := json.Unmarshal(p.body, &a.Everywhere); err != nil {
		return a, fmt.Errorf("read the passport of %s: %w", p.person, err)
	}
	return a, nil
}

// VisitPath is where, on the host of a space, a visit is entered.
func VisitPath(id uuid.UUID) string { return "/support/enter/" + id.String() }

// LeaveVisitPath is where the form posts that ends a visit.
const LeaveVisitPath = "/support/leave"

// Support reports whether somebody of the academy's support looks, as one person.
func (p Preview) Support() bool { return p.Visits != school.PersonID{} }

// closedToSupport are the rooms of which support sees nothing: one's own account, and what is held about oneself.
func closedToSupport(path string) bool {
	for _, room := range []string{"/account", "/mydata", "/sign-"} {
		if strings.HasPrefix(path, room) {
			return true
		}
	}
	return false
}

// SupportLooks reports whether support looks in ctx, to whom what is sensitive stays closed.
func SupportLooks(ctx context.Context) bool {
	look, running := Looking(ctx)
	return running && look.Support()
}

// SpaceOf is the space of a visit as pages name it.
func SpaceOf(r *tenant.Registry, v Visit) string {
	if t := r.ByID(v.Space); t != nil {
		return t.Name
	}
	return ""
}
