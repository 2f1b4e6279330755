package directory

import (
	"context"
	"fmt"
	"time"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// AddMembership makes a person of the academy a member of the context's space, or a member again; by is who decides. It
// refuses with Invalid a profile or dates that cannot be, with NotFound a person whom the academy does not know, and with
// Conflict a membership that exists and has not ended.
func (d *Directory) AddMembership(ctx context.Context, by school.PersonID, m Membership) error {
	if m.StartsOn.IsZero() {
		m.StartsOn = d.today(ctx)
	}
	if err := m.check(tenant.From(ctx).Kind); err != nil {
		return err
	}
	given, family, err := d.personNames(ctx, m.Person)
	if err != nil {
		return err
	}
	return d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		added, err := insertMembership(ctx, tx, m, given, family)
		if err != nil {
			return fmt.Errorf("add a membership of %s: %w", m.Person, err)
		}
		if !added {
			return fault.New(fault.Conflict, "Cette personne a déjà ce profil dans cet espace.")
		}
		return settle(ctx, tx, by, m, "directory.add_membership")
	})
}

// EndMembership ends a membership of the context's space on a day, today for the zero time; the person remains a member
// until that day is over. One that has not begun goes away. NotFound when there is none.
func (d *Directory) EndMembership(ctx context.Context, by, person school.PersonID, p school.Profile, lastDay time.Time) error {
	if lastDay.IsZero() {
		lastDay = d.today(ctx)
	}
	return d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		found, err := endMembership(ctx, tx, person, p, Day(lastDay))
		if err != nil {
			return fmt.Errorf("end a membership of %s: %w", person, err)
		}
		if !found {
			return fault.Missing()
		}
		return settle(ctx, tx, by, Membership{Person: person, Profile: p, EndsOn: Day(lastDay)}, "directory.end_membership")
	})
}

// settle leaves the trail, and has the passports issued anew whenever the membership's dates change them.
func settle(ctx context.Context, tx db.Tx, by school.PersonID, m Membership, action string) error {
	err := audit.Record(ctx, tx, audit.Entry{Actor: by, Action: action, Subject: m.Person.String(),
		Detail: map[string]any{"profile": m.Profile, "admin": m.Admin}})
	if err != nil {
		return err
	}
	for _, at := range m.moments(tx.Now()) {
		if err := reissueAt(ctx, tx, at, m.Person); err != nil {
			return err
		}
	}
	return nil
}

// personNames asks the academy, where people are kept.
func (d *Directory) personNames(ctx context.Context, person school.PersonID) (given, family string, err error) {
	academy := db.WithScope(ctx, db.NewScope(int64(school.Academy)))
	var found bool
	err = d.db.Batch(academy, func(b *db.Batch) { queuePerson(b, &found, person, &given, &family) })
	if err != nil {
		return "", "", fmt.Errorf("read the names of %s: %w", person, err)
	}
	if !found {
		return "", "", fault.Missing()
	}
	return given, family, nil
}
