package audience

import (
	"context"
	"fmt"
	"slices"
	"time"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Estimate is how many people a choice reaches.
type Estimate struct {
	People         int
	Establishments int
	AsOf           time.Time // when the people were counted; zero: this instant
}

// Count says how many persons, each counted once, hold a key of the choice, and in how many establishments. An
// establishment counts its members this instant; a space above reads the figures of the last count. It runs in the
// scope of from, which ctx must be in.
func Count(ctx context.Context, d *db.DB, from *tenant.Tenant, a Audience) (Estimate, error) {
	if err := a.check(from); err != nil {
		return Estimate{}, err
	}
	if a.Whole {
		a = Audience{Whole: true}
	}
	spaces := a.Spaces(from)
	e := Estimate{Establishments: countEstablishments(spaces)}
	var found bool
	err := d.Batch(ctx, func(b *db.Batch) {
		if from.Kind == tenant.KindEstablishment {
			queueCountHere(b, a, d.NowIn(ctx), &e.People, &found)
			return
		}
		queueCountBelow(b, a, spaces, &e.People, &e.AsOf, &found)
	})
	if err != nil {
		return Estimate{}, fmt.Errorf("count an audience of %d: %w", from.ID, err)
	}
	return e, nil
}

func countEstablishments(spaces []*tenant.Tenant) int {
	n := 0
	for _, t := range spaces {
		if t.Kind == tenant.KindEstablishment {
			n++
		}
	}
	return n
}

// Choices is what an author in a space may choose from.
type Choices struct {
	From     *tenant.Tenant
	Profiles []school.Profile
	Levels   []string
	Classes  []school.ClassRef
	Groups   []school.GroupRef
	Places   Places
}

// ChoicesOf reads what the author may choose from in the space from, which ctx must be in.
func ChoicesOf(ctx context.Context, d *db.DB, from *tenant.Tenant) (Choices, error) {
	c := Choices{From: from, Profiles: school.SchoolProfiles(), Places: PlacesOf(from)}
	if from.Kind != tenant.KindEstablishment {
		c.Profiles = append(c.Profiles, school.Collectivity)
		if from.Kind == tenant.KindAcademy {
			c.Profiles = append(c.Profiles, school.AcademyAgent)
		}
	}
	var rows []choiceRow
	err := d.Batch(ctx, func(b *db.Batch) {
		if from.Kind == tenant.KindEstablishment {
			queueChoicesHere(b, d.NowIn(ctx), &rows)
			return
		}
		queueLevelsBelow(b, &c.Levels)
	})
	if err != nil {
		return Choices{}, fmt.Errorf("read what %d may address: %w", from.ID, err)
	}
	for _, r := range rows {
		if r.Kind == "group" {
			c.Groups = append(c.Groups, school.GroupRef{ID: school.GroupID{UUID: r.ID}, Name: r.Name})
			continue
		}
		c.Classes = append(c.Classes, school.ClassRef{ID: school.ClassID{UUID: r.ID}, Name: r.Name, Level: r.Level})
		if r.Level != "" && !slices.Contains(c.Levels, r.Level) {
			c.Levels = append(c.Levels, r.Level)
		}
	}
	return c, nil
}

// Allows refuses classes, groups and levels that are not among the choices, so that a form sent by hand addresses
// nobody outside.
func (c Choices) Allows(a Audience) error {
	if err := a.check(c.From); err != nil {
		return err
	}
	for _, id := range a.Classes {
		if c.className(id) == "" {
			return notOffered()
		}
	}
	for _, id := range a.Groups {
		if c.groupName(id) == "" {
			return notOffered()
		}
	}
	for _, l := range a.Levels {
		if !slices.Contains(c.Levels, l) {
			return notOffered()
		}
	}
	for _, p := range a.Profiles {
		if !slices.Contains(c.Profiles, p) {
			return notOffered()
		}
	}
	return nil
}

func (c Choices) className(id school.ClassID) string {
	for _, k := range c.Classes {
		if k.ID == id {
			return k.Name
		}
	}
	return ""
}

func (c Choices) groupName(id school.GroupID) string {
	for _, g := range c.Groups {
		if g.ID == id {
			return g.Name
		}
	}
	return ""
}
