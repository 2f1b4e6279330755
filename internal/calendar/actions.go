package calendar

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/setting"
	"elyco/internal/tenant"
)

const zoneSetting = "calendar.zone"

// Settings declares what the levels of the territory decide about calendars.
func Settings() []setting.Def {
	return []setting.Def{{Name: zoneSetting, Title: "calendar.zone", Help: "calendar.zone_help", Group: "calendar.group", Kind: setting.Choice,
		Choices: []setting.Option{{Value: string(ZoneA), Label: "calendar.zone_a"}, {Value: string(ZoneB), Label: "calendar.zone_b"}, {Value: string(ZoneC), Label: "calendar.zone_c"}},
		Default: setting.Value{Text: string(ZoneB)}}}
}

// Calendars answers about the school years of the context's space.
type Calendars struct {
	db   *db.DB
	book *setting.Book
}

// New makes the calendars of the house.
func New(d *db.DB, b *setting.Book) *Calendars { return &Calendars{d, b} }

// On is the calendar of the school year of a day. A space that has no such year gives the one that starts in that September,
// with the nil id, for which nothing is decided.
func (c *Calendars) On(ctx context.Context, day time.Time) (Calendar, error) {
	day = directory.Day(day)
	cal := Calendar{Zone: Zone(c.book.Text(tenant.From(ctx), zoneSetting))}
	err := c.db.Batch(ctx, func(b *db.Batch) { queueYear(b, &cal, day) })
	if err != nil {
		return Calendar{}, fmt.Errorf("read the calendar: %w", err)
	}
	if cal.Year.ID == uuid.Nil {
		cal.Year = directory.YearAt(day)
	}
	cal.Holidays = PublicHolidays(cal.Year.StartsOn, cal.Year.EndsOn)
	cal.Vacations, cal.Published = Vacations(cal.Zone, cal.Year.StartsOn, cal.Year.EndsOn)
	return cal, nil
}

// Today is the calendar of the present school year.
func (c *Calendars) Today(ctx context.Context) (Calendar, error) { return c.On(ctx, c.db.NowIn(ctx)) }

// SetYear sets the first and the last day of the school year of the context's space that the id names, or opens it when
// there is none; by is who decides. Terms and days off that would leave it are refused with Invalid.
func (c *Calendars) SetYear(ctx context.Context, by school.PersonID, id uuid.UUID, from, to time.Time) error {
	if err := CheckYear(from, to); err != nil {
		return err
	}
	year := directory.Year{ID: id, Label: directory.YearAt(from).Label, StartsOn: directory.Day(from), EndsOn: directory.Day(to)}
	return c.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		stray, err := strays(ctx, tx, year)
		if err != nil {
			return fmt.Errorf("read what a year holds: %w", err)
		}
		if stray != "" {
			return fault.Field("ends_on", "« "+stray+" » sortirait de l’année. Changez d’abord ses dates.")
		}
		if err := writeYear(ctx, tx, year); err != nil {
			if db.Constraint(err) != "" {
				return fault.New(fault.Conflict, "Cette année scolaire existe déjà. Rechargez la page.")
			}
			return fmt.Errorf("write a school year: %w", err)
		}
		return record(ctx, tx, by, "calendar.set_year", year.ID, map[string]any{"from": year.StartsOn.Format(time.DateOnly), "to": year.EndsOn.Format(time.DateOnly)})
	})
}

// SetTerms replaces the terms of a school year of the context's space. Terms keep their ids, because reports point at them;
// those that are not in the list go away.
func (c *Calendars) SetTerms(ctx context.Context, by school.PersonID, year uuid.UUID, terms []Term) error {
	return c.change(ctx, year, func(ctx context.Context, tx db.Tx, y directory.Year) error {
		if err := CheckTerms(y, terms); err != nil {
			return err
		}
		if err := writeTerms(ctx, tx, y.ID, terms); err != nil {
			return fmt.Errorf("write the terms: %w", err)
		}
		return record(ctx, tx, by, "calendar.set_terms", y.ID, map[string]any{"terms": len(terms)})
	})
}

// SetDaysOff replaces the days on which the context's space closes in a school year.
func (c *Calendars) SetDaysOff(ctx context.Context, by school.PersonID, year uuid.UUID, days []DayOff) error {
	return c.change(ctx, year, func(ctx context.Context, tx db.Tx, y directory.Year) error {
		if err := CheckDaysOff(y, days); err != nil {
			return err
		}
		if err := writeDaysOff(ctx, tx, y.ID, days); err != nil {
			return fmt.Errorf("write the days off: %w", err)
		}
		return record(ctx, tx, by, "calendar.set_days_off", y.ID, map[string]any{"days": len(days)})
	})
}

// change runs fn on a year that is locked until the transaction ends: its limits stay what was checked.
func (c *Calendars) change(ctx context.Context, id uuid.UUID, fn func(context.Context, db.Tx, directory.Year) error) error {
	return c.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		year, err := lockYear(ctx, tx, id)
		if db.NoRows(err) {
			return fault.New(fault.Invalid, "Enregistrez d’abord les dates de l’année scolaire.")
		}
		if err != nil {
			return fmt.Errorf("take a school year: %w", err)
		}
		return fn(ctx, tx, year)
	})
}

func record(ctx context.Context, tx db.Tx, by school.PersonID, action string, year uuid.UUID, detail map[string]any) error {
	return audit.Record(ctx, tx, audit.Entry{Actor: by, Action: action, Subject: year.String(), Detail: detail})
}
