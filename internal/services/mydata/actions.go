package mydata

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/privacy"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// Subject finds whose data the actor asks for: the actor's own when child is "", else those of a minor child whom the actor
// follows. It refuses with NotFound any other person, and with Forbidden a child who is of age.
func (r *Room) Subject(ctx context.Context, asked string) (Subject, error) {
	actor := session.Actor(ctx)
	if asked == "" {
		s := Subject{Person: actor.Person, Name: actor.Name, Own: true}
		for _, t := range service.Spaces(ctx, r.registry, actor) {
			if t.Kind != tenant.KindAcademy {
				s.Spaces = append(s.Spaces, t)
			}
		}
		s.Spaces = append(s.Spaces, r.registry.Academy())
		return s, nil
	}
	id, err := uuid.Parse(asked)
	if err != nil {
		return Subject{}, fault.Missing()
	}
	for _, c := range childrenOf(actor) {
		if c.ID.UUID == id {
			return r.childSubject(ctx, c)
		}
	}
	return Subject{}, fault.Missing()
}

func (r *Room) childSubject(ctx context.Context, c child) (Subject, error) {
	var born who
	err := r.db.Batch(tenant.Enter(ctx, r.registry.Academy()), func(b *db.Batch) { queueWho(b, &born, c.ID) })
	if err != nil {
		return Subject{}, fmt.Errorf("read the age of a child: %w", err)
	}
	if ofAge(born.Birth, directory.Day(r.db.NowIn(ctx))) {
		return Subject{}, fault.New(fault.Forbidden, words.T(ctx, "mydata.of_age", "name", c.Name))
	}
	s := Subject{Person: c.ID, Name: c.Name}
	for _, id := range c.Spaces {
		if t := r.registry.ByID(id); t != nil && t.LetsIn() {
			s.Spaces = append(s.Spaces, t)
		}
	}
	s.Spaces = append(s.Spaces, r.registry.Academy())
	return s, nil
}

// space finds one of the subject's spaces by its number.
func (s Subject) space(id int64) (*tenant.Tenant, error) {
	for _, t := range s.Spaces {
		if int64(t.ID) == id {
			return t, nil
		}
	}
	return nil, fault.Missing()
}

// desk is the space whose people answer for what t says: the academy keeps identities in the name of the schools.
func (s Subject) desk(t *tenant.Tenant) *tenant.Tenant {
	if t.Kind == tenant.KindAcademy {
		return s.Spaces[0]
	}
	return t
}

// Overview is what the spaces of a subject hold.
type Overview struct {
	Subject Subject
	Spaces  []SpaceData
}

// SpaceData is what one space says of somebody, and what its services hold.
type SpaceData struct {
	Space  *tenant.Tenant
	Fields []Field
	Held   []privacy.Held
}

// Overview reads what every space of the subject holds, all at once, with one round trip for each.
func (r *Room) Overview(ctx context.Context, s Subject) (Overview, error) {
	identities := make([]identity, len(s.Spaces))
	held, err := r.house.Held(ctx, s.Person, s.Spaces, func(i int, b *db.Batch) { queueIdentity(b, &identities[i], s, s.Spaces[i]) })
	if err != nil {
		return Overview{}, err
	}
	o := Overview{Subject: s}
	for i, t := range s.Spaces {
		o.Spaces = append(o.Spaces, SpaceData{Space: t, Fields: identities[i].fields(ctx), Held: held[i]})
	}
	return o, nil
}

// Held reads what one service holds about the subject in one of the subject's spaces.
func (r *Room) Held(ctx context.Context, s Subject, space int64, room string) (SpaceData, []Part, error) {
	t, err := s.space(space)
	if err != nil {
		return SpaceData{}, nil, err
	}
	one, found := r.house.Find(room)
	if !found {
		return SpaceData{}, nil, fault.Missing()
	}
	values, err := r.house.Export(tenant.Enter(ctx, t), one, s.Person)
	if err != nil {
		return SpaceData{}, nil, err
	}
	parts, err := partsOf(values)
	return SpaceData{Space: t, Held: []privacy.Held{{Holding: one}}}, parts, err
}

// journal reads a month of who looked at the subject in every space, all at once.
func (r *Room) journal(ctx context.Context, s Subject, f privacy.JournalFilter) ([]privacy.Entries, error) {
	pages := make([]privacy.Entries, len(s.Spaces))
	err := service.Each(ctx, len(s.Spaces), func(ctx context.Context, i int) error {
		var take func() privacy.Entries
		err := r.db.Batch(tenant.Enter(ctx, s.Spaces[i]), func(b *db.Batch) { take = privacy.QueueJournal(b, s.Person, f) })
		if err != nil {
			return fmt.Errorf("read who looked at a person: %w", err)
		}
		pages[i] = take()
		return nil
	})
	return pages, err
}
