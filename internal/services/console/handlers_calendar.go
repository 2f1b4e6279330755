package console

import (
	"fmt"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/calendar"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/web"
	"elyco/internal/words"
)

// typedYear is what was typed in the forms of the calendar and refused; nil parts show what is stored.
type typedYear struct {
	year  *calendar.Span
	terms []calendar.Span
	off   []calendar.Span
	wrong map[string]string
}

func (r *Room) getCalendar(c *fiber.Ctx) error { return r.showCalendar(c, typedYear{}) }

func (r *Room) showCalendar(c *fiber.Ctx, typed typedYear) error {
	ctx := c.UserContext()
	cal, err := r.calendars.Today(ctx)
	if err != nil {
		return err
	}
	body := calendarPage(shapeCalendar(ctx, cal, r.DB.NowIn(ctx), typed))
	if typed.wrong != nil {
		return web.Retry(c, page(c, "console.calendar"), body)
	}
	return web.Show(c, page(c, "console.calendar"), body)
}

func (r *Room) finishCalendar(c *fiber.Ctx, err error, typed typedYear) error {
	if typed.wrong = fieldsOf(err); typed.wrong != nil {
		return r.showCalendar(c, typed)
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/calendar", words.T(c.UserContext(), "console.calendar.saved"))
}

type yearForm struct {
	ID       uuid.UUID `form:"id"`
	StartsOn string    `form:"starts_on"`
	EndsOn   string    `form:"ends_on"`
}

func (r *Room) postYear(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[yearForm](c)
	if err != nil {
		return err
	}
	if form.ID == uuid.Nil {
		return fault.Missing()
	}
	from, to := day(form.StartsOn), day(form.EndsOn)
	err = r.calendars.SetYear(ctx, session.Actor(ctx).Person, form.ID, from, to)
	return r.finishCalendar(c, err, typedYear{year: &calendar.Span{From: from, To: to}})
}

// linesForm is a list of periods: as many values of each name as there are lines.
type linesForm struct {
	Year uuid.UUID `form:"year"`
	ID   []string  `form:"id"`
	Name []string  `form:"name"`
	From []string  `form:"from"`
	To   []string  `form:"to"`
}

// spans reads the lines; one in which nothing was typed is left out. A form that no page shows is refused.
func (f linesForm) spans() (ids []uuid.UUID, list []calendar.Span, err error) {
	n := len(f.ID)
	if len(f.Name) != n || len(f.From) != n || len(f.To) != n {
		return nil, nil, fault.New(fault.Invalid, "")
	}
	for i := range n {
		if f.Name[i] == "" && f.From[i] == "" && f.To[i] == "" {
			continue
		}
		id, err := uuid.Parse(f.ID[i])
		if err != nil {
			return nil, nil, fmt.Errorf("read a line of the calendar: %w", fault.Missing())
		}
		ids = append(ids, id)
		list = append(list, calendar.Span{Name: trimmed(f.Name[i]), From: day(f.From[i]), To: day(f.To[i])})
	}
	return ids, list, nil
}

func (r *Room) postTerms(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[linesForm](c)
	if err != nil {
		return err
	}
	ids, list, err := form.spans()
	if err != nil {
		return err
	}
	terms := make([]calendar.Term, len(list))
	for i, s := range list {
		terms[i] = calendar.Term{ID: ids[i], Span: s}
	}
	err = r.calendars.SetTerms(ctx, session.Actor(ctx).Person, form.Year, terms)
	return r.finishCalendar(c, err, typedYear{terms: list})
}

func (r *Room) postDaysOff(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[linesForm](c)
	if err != nil {
		return err
	}
	ids, list, err := form.spans()
	if err != nil {
		return err
	}
	days := make([]calendar.DayOff, len(list))
	for i, s := range list {
		if s.To.IsZero() {
			s.To = s.From // one day
		}
		days[i] = calendar.DayOff{ID: ids[i], Span: s}
	}
	err = r.calendars.SetDaysOff(ctx, session.Actor(ctx).Person, form.Year, days)
	return r.finishCalendar(c, err, typedYear{off: list})
}

func newID() string { return school.NewID().String() }
