package people

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/search"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// sight says whom the actor of ctx sees; nobody is a refusal.
func (r *Room) sight(actor school.Actor) (sight, error) {
	reach, may := r.policy.For(actor, "people", "read")
	if !may {
		return sight{}, fault.New(fault.Forbidden, "")
	}
	return sightOf(actor, reach), nil
}

// sightOf says whom the actor sees with a reach.
func sightOf(a school.Actor, reach policy.Reach) sight {
	switch reach {
	case policy.Establishment, policy.Collectivity, policy.Academy:
		return sight{Everybody: true}
	}
	return near(a, reach == policy.Classes)
}

// veil is what the actor of ctx sees of people in the space of ctx.
func (r *Room) veil(ctx context.Context) veil {
	actor := session.Actor(ctx)
	return r.veilOf(tenant.From(ctx), actor.Person, actor.Here)
}

// List reads one page of the address book and the classes by which it can be narrowed.
func (r *Room) List(ctx context.Context, f Filter) (Page, []classRow, error) {
	s, err := r.sight(session.Actor(ctx))
	if err != nil {
		return Page{}, nil, err
	}
	from, err := readCursor(f.After)
	if err != nil {
		return Page{}, nil, err
	}
	today := directory.Day(r.db.NowIn(ctx))
	v := r.veil(ctx)
	var rows []row
	var classes []classRow
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueList(b, &rows, today, s, v, search.Parse(f.Text).Names(), f, from, pageSize+1)
		if len(v.withClasses()) > 0 {
			queueClasses(b, &classes, today, s.Everybody, s.classIDs())
		}
	})
	if err != nil {
		return Page{}, nil, fmt.Errorf("read the address book: %w", err)
	}
	p := Page{People: v.over(gather(rows))}
	if len(p.People) > pageSize {
		p.People = p.People[:pageSize]
		last := p.People[pageSize-1]
		p.Next = base64.RawURLEncoding.EncodeToString([]byte(last.ID.String() + last.folded))
	}
	return p, classes, nil
}

func readCursor(cursor string) (after, error) {
	if cursor == "" {
		return after{}, nil
	}
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil || len(raw) < 36 || len(raw) > 600 || strings.ContainsRune(string(raw), 0) {
		return after{}, fault.Missing()
	}
	id, err := uuid.Parse(string(raw[:36]))
	if err != nil {
		return after{}, fault.Missing()
	}
	return after{folded: strings.ToValidUTF8(string(raw[36:]), ""), person: id}, nil
}

// Find reads one person whom the actor sees.
func (r *Room) Find(ctx context.Context, id school.PersonID) (Person, error) {
	s, err := r.sight(session.Actor(ctx))
	if err != nil {
		return Person{}, err
	}
	var rows []row
	v := r.veil(ctx)
	err = r.db.Batch(ctx, func(b *db.Batch) { queuePerson(b, &rows, directory.Day(r.db.NowIn(ctx)), s, v, id) })
	if err != nil {
		return Person{}, fmt.Errorf("read a person: %w", err)
	}
	people := v.over(gather(rows))
	if len(people) == 0 {
		return Person{}, fault.Missing()
	}
	return people[0], r.reach(ctx, &people[0])
}

// reach adds how one reaches somebody and the day of birth, which the academy keeps, where the reader sees them.
func (r *Room) reach(ctx context.Context, p *Person) error {
	if !p.email && !p.birth {
		return nil
	}
	academy := db.WithScope(ctx, db.NewScope(int64(school.Academy)))
	var email *string
	var born *time.Time
	var known bool
	err := r.db.Batch(academy, func(b *db.Batch) { queueReach(b, &known, p.ID, &email, &born) })
	if err != nil {
		return fmt.Errorf("read how to reach a person: %w", err)
	}
	if p.email && email != nil {
		p.Email = *email
	}
	if p.birth && born != nil {
		p.Birth = *born
	}
	return nil
}

// Search is the room's part of the search box: people by the beginnings of their names.
func (r *Room) Search(ctx context.Context, b *db.Batch, who service.Reader, q search.Query, limit int) func() []service.Item {
	var rows []row
	reach, may := r.policy.For(who.Actor, "people", "read")
	if !may || reach == policy.Self {
		return func() []service.Item { return nil }
	}
	v := r.veilOf(who.Tenant, who.Actor.Person, who.Memberships)
	queueList(b, &rows, directory.Day(r.db.NowIn(ctx)), sightOf(who.Actor, reach), v, q.Names(), Filter{}, after{}, limit)
	return func() []service.Item {
		people := v.over(gather(rows))
		items := make([]service.Item, 0, len(people))
		for _, p := range people {
			items = append(items, service.Item{ID: "people:" + p.ID.String(), Scope: who.Tenant.ID, Title: p.Name(),
				Summary: describe(ctx, p), URL: r.registry.URL(who.Tenant, "/people/"+p.ID.String())})
		}
		return items
	}
}
