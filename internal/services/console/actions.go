package console

import (
	"context"
	"fmt"
	"slices"
	"time"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/theme"
	"elyco/internal/words"
)

// Identity reads what the space says of itself.
func (r *Room) Identity(ctx context.Context) (tenant.Own, error) {
	var o tenant.Own
	err := r.DB.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		o, err = tenant.ReadOwn(ctx, tx)
		return err
	})
	return o, err
}

// Present writes what the space says of itself. The portal shows it at once, on every replica.
func (r *Room) Present(ctx context.Context, o tenant.Own) error {
	t := tenant.From(ctx)
	if err := checkIdentity(o); err != nil {
		return err
	}
	err := r.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		before, err := tenant.ReadOwn(ctx, tx)
		if err != nil {
			return err
		}
		if err := tenant.Present(ctx, tx, unsaid(o, before, t)); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: session.Actor(ctx).Person, Action: "console.present"})
	})
	if err != nil {
		return err
	}
	return r.Registry.Load(ctx)
}

// optional lists the rooms about which an establishment decides.
func (r *Room) optional() []service.Service {
	return slices.DeleteFunc(slices.Clone(r.rooms), func(s service.Service) bool { return s.Always || !s.Has(tenant.KindEstablishment) })
}

// Decisions reads what is noted about every service, with the names of who noted it.
func (r *Room) Decisions(ctx context.Context) (map[string]Decision, map[school.PersonID]string, error) {
	var list []Decision
	if err := r.DB.Batch(ctx, func(b *db.Batch) { queueDecisions(b, &list) }); err != nil {
		return nil, nil, fmt.Errorf("read the decisions about services: %w", err)
	}
	noted := map[string]Decision{}
	var people []school.PersonID
	for _, d := range list {
		noted[d.Service] = d
		people = append(people, d.By)
	}
	names, err := r.people.Names(ctx, people)
	return noted, names, err
}

// Decide opens or closes a service, as the board decided. Everybody of the space sees it at once, on every replica. Besides
// Invalid and Conflict it answers NotFound for a room about which nobody decides.
func (r *Room) Decide(ctx context.Context, d Decision) error {
	t := tenant.From(ctx)
	optional := r.optional()
	i := slices.IndexFunc(optional, func(s service.Service) bool { return s.Name == d.Service })
	if i < 0 {
		return fault.Missing()
	}
	if above := t.ClosedBy(d.Service); above != nil && d.Open {
		return fault.Field("open", above.Name+" a fermé ce service pour tous ses établissements : il ne peut pas être ouvert ici.")
	}
	if err := d.check(directory.Day(r.DB.NowIn(ctx))); err != nil {
		return err
	}
	err := r.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error { return decide(ctx, tx, t, optional, d) })
	if err != nil {
		return err
	}
	return r.Registry.Load(ctx)
}

func decide(ctx context.Context, tx db.Tx, t *tenant.Tenant, optional []service.Service, d Decision) error {
	on, chosen, err := tenant.OpenServices(ctx, tx)
	if err != nil {
		return err
	}
	if !chosen {
		// What was on without a decision stays on.
		on = slices.Clone(t.Services)
		if len(on) == 0 {
			for _, s := range optional {
				on = append(on, s.Name)
			}
		}
	}
	if err := tenant.ChooseServices(ctx, tx, d.apply(on)); err != nil {
		return err
	}
	actor := session.Actor(ctx).Person
	written, err := writeDecision(ctx, tx, actor, d)
	if err != nil {
		return fmt.Errorf("note the decision about %s: %w", d.Service, err)
	}
	if !written {
		return fault.New(fault.Conflict, "Une autre personne vient de noter une décision sur ce service. Rechargez la page pour la voir.")
	}
	title := ""
	for _, o := range optional {
		if o.Name == d.Service {
			title = words.T(ctx, o.Title)
		}
	}
	if d.Open {
		return d.record(ctx, tx, "console.open_service", title)
	}
	return d.record(ctx, tx, "console.close_service", title)
}

func (d Decision) record(ctx context.Context, tx db.Tx, action, title string) error {
	return audit.Record(ctx, tx, audit.Entry{Actor: session.Actor(ctx).Person, Action: action, Subject: d.Service, Title: title,
		Detail: map[string]any{"decided_on": d.DecidedOn.Format(time.DateOnly)}})
}

// Standing looks at how far the opening of the space has come.
func (r *Room) Standing(ctx context.Context) (standing, []counts, error) {
	t := tenant.From(ctx)
	s := standing{Presented: t.Presentation != "", Reachable: t.Address != "" && t.ContactPhone != "", Legal: t.ContactEmail != ""}
	today := directory.Day(r.DB.NowIn(ctx))
	var found bool
	var people []counts
	var decisions []Decision
	var worn func() []theme.Version
	err := r.DB.Batch(ctx, func(b *db.Batch) {
		queueCounts(b, &people, today)
		queueClassCount(b, &found, &s.Classes, today)
		queueDecisions(b, &decisions)
		worn = theme.QueueWorn(b, t)
	})
	if err != nil {
		return s, nil, fmt.Errorf("look at the opening of a space: %w", err)
	}
	s.Decisions = len(decisions)
	s.Dressed = slices.ContainsFunc(worn(), func(v theme.Version) bool { return v.Scope == t.ID })
	for _, c := range people {
		if c.Profile == school.Head {
			s.Heads = c.People
		}
	}
	administrators, err := r.people.Administrators(ctx)
	if err != nil {
		return s, nil, err
	}
	s.Administrators = len(administrators)
	cal, err := r.calendars.Today(ctx)
	if err != nil {
		return s, nil, err
	}
	s.Terms = len(cal.Terms)
	news, err := r.News.PublicNews(ctx, 1)
	s.News = len(news) > 0
	return s, people, err
}

// Open makes an opening space an open one. It refuses with Invalid while the checklist is not done, and with Conflict a space
// that is not opening.
func (r *Room) Open(ctx context.Context) error {
	t, actor := tenant.From(ctx), session.Actor(ctx)
	s, _, err := r.Standing(ctx)
	if err != nil {
		return err
	}
	steps := s.steps()
	if done(steps) < len(steps) {
		return fault.New(fault.Invalid, "Il reste des étapes à faire avant d’ouvrir l’espace. Elles sont dans la liste de la console.")
	}
	err = tenant.Decide(ctx, r.DB, tenant.Decision{Space: t.ID, From: tenant.Opening, To: tenant.Open,
		Reason: "L’établissement a rempli la liste d’ouverture.", By: actor.Person, ByName: actor.Name})
	if err != nil {
		return err
	}
	return r.Registry.Load(ctx)
}
