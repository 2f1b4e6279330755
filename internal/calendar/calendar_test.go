package calendar_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"elyco/internal/calendar"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

func on(day string) time.Time {
	d, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return d
}

func TestEaster(t *testing.T) {
	for _, day := range []string{"1818-03-22", "1943-04-25", "2000-04-23", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25"} {
		if got := calendar.Easter(on(day).Year()); !got.Equal(on(day)) {
			t.Errorf("Easter falls on %s, not on %s", got.Format(time.DateOnly), day)
		}
	}
}

func TestPublicHolidays(t *testing.T) {
	list := calendar.PublicHolidays(on("2026-09-01"), on("2027-08-31"))
	var days []string
	for _, h := range list {
		days = append(days, h.From.Format("01-02"))
	}
	if got := strings.Join(days, " "); got != "11-01 11-11 12-25 01-01 03-29 05-01 05-06 05-08 05-17 07-14 08-15" {
		t.Errorf("the public holidays of 2026-2027 are %s", got)
	}
}

func year() calendar.Calendar {
	c := calendar.Calendar{Year: directory.YearAt(on("2026-10-01"))}
	c.Holidays = calendar.PublicHolidays(c.Year.StartsOn, c.Year.EndsOn)
	c.Vacations, c.Published = calendar.Vacations(calendar.ZoneB, c.Year.StartsOn, c.Year.EndsOn)
	c.DaysOff = []calendar.DayOff{{Span: calendar.Span{Name: "Journée pédagogique", From: on("2026-12-04"), To: on("2026-12-04")}}}
	return c
}

func TestDays(t *testing.T) {
	c := year()
	if !c.Published {
		t.Fatal("the calendar of 2026-2027 is not known")
	}
	for day, want := range map[string]calendar.Kind{"2026-08-31": calendar.Outside, "2026-09-01": calendar.Lessons, "2026-09-05": calendar.Weekend,
		"2026-10-16": calendar.Lessons, "2026-10-17": calendar.Vacation, "2026-11-01": calendar.Holiday, "2026-11-02": calendar.Lessons, "2026-11-11": calendar.Holiday,
		"2026-12-04": calendar.Closed, "2027-02-19": calendar.Lessons, "2027-02-20": calendar.Vacation, "2027-03-07": calendar.Vacation, "2027-03-08": calendar.Lessons,
		"2027-05-07": calendar.Vacation, "2027-07-02": calendar.Lessons, "2027-07-03": calendar.Vacation, "2027-08-31": calendar.Vacation} {
		if got, _ := c.Day(on(day)); got != want {
			t.Errorf("%s is %s, not %s", day, got, want)
		}
	}
	if n := c.LessonDays(on("2026-11-09"), on("2026-11-15")); n != 4 {
		t.Errorf("the week of the armistice has %d days of lessons", n)
	}
	if _, known := calendar.Vacations(calendar.ZoneB, on("2031-09-01"), on("2032-08-31")); known {
		t.Error("a calendar that nobody published is known")
	}
	for _, zone := range []calendar.Zone{calendar.ZoneA, calendar.ZoneB, calendar.ZoneC} {
		list, _ := calendar.Vacations(zone, on("2026-09-01"), on("2027-08-31"))
		for i, s := range list[1:] {
			if !s.From.After(list[i].To) || s.To.Before(s.From) {
				t.Errorf("zone %s: %+v comes after %+v", zone, s, list[i])
			}
		}
		if len(list) != 6 {
			t.Errorf("zone %s has %d vacations", zone, len(list))
		}
	}
}

func term(name, from, to string) calendar.Term {
	t := calendar.Term{ID: school.NewID(), Span: calendar.Span{Name: name}}
	if from != "" {
		t.From, t.To = on(from), on(to)
	}
	return t
}

func TestTermsThatAreRefused(t *testing.T) {
	y := directory.YearAt(on("2026-10-01"))
	first := term("1er trimestre", "2026-09-01", "2026-11-30")
	for name, c := range map[string]struct {
		second calendar.Term
		says   string
	}{
		"the same days":         {term("2e trimestre", "2026-11-30", "2027-03-01"), "jours en commun"},
		"around the first":      {term("2e trimestre", "2026-08-31", "2027-03-01"), "sortent"},
		"the same name":         {term("1ER Trimestre", "2026-12-01", "2027-03-01"), "portent ce nom"},
		"after the year":        {term("2e trimestre", "2027-07-01", "2027-09-01"), "sortent"},
		"backwards":             {term("2e trimestre", "2027-03-01", "2026-12-01"), "précède"},
		"without a name":        {term("", "2026-12-01", "2027-03-01"), "nom"},
		"without days":          {term("2e trimestre", "", ""), "premier et le dernier"},
		"with much of a name":   {term(strings.Repeat("é", 61), "2026-12-01", "2027-03-01"), "60"},
		"within the first term": {term("2e trimestre", "2026-10-01", "2026-10-02"), "jours en commun"},
	} {
		var f *fault.Error
		if err := calendar.CheckTerms(y, []calendar.Term{first, c.second}); !errors.As(err, &f) || !strings.Contains(f.Fields["term_1"], c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, college := range []bool{true, false} {
		if err := calendar.CheckTerms(y, calendar.Usual(y, college)); err != nil {
			t.Errorf("the usual terms are refused: %v", err)
		}
	}
	for name, days := range map[string][2]string{"backwards": {"2026-09-01", "2026-08-01"}, "endless": {"2026-09-01", "2028-09-01"}, "a day": {"2026-09-01", "2026-09-01"}} {
		if calendar.CheckYear(on(days[0]), on(days[1])) == nil {
			t.Errorf("a year %s is accepted", name)
		}
	}
}

func TestASchoolDecides(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost:8080", nil)
	book := setting.NewBook(w.DB)
	if err := book.Declare(calendar.Settings()...); err != nil {
		t.Fatal(err)
	}
	c := calendar.New(w.DB, book)
	ctx, by := tenant.Enter(t.Context(), w.College), school.PersonID{UUID: school.NewID()}
	cal, err := c.Today(ctx)
	if err != nil {
		t.Fatal(err)
	}
	y := cal.Year
	day := func(n int) string { return y.StartsOn.AddDate(0, 0, n).Format(time.DateOnly) }
	one, two := term("Un", day(0), day(50)), term("Deux", day(51), day(100))
	if err := c.SetTerms(ctx, by, y.ID, []calendar.Term{one, two}); err != nil {
		t.Fatal(err)
	}
	one.Name, two.Name = two.Name, one.Name
	if err := c.SetTerms(ctx, by, y.ID, []calendar.Term{one, two}); err != nil {
		t.Fatalf("two terms exchange their names: %v", err)
	}
	off := calendar.DayOff{ID: school.NewID(), Span: calendar.Span{Name: "Pont", From: on(day(60)), To: on(day(61))}}
	if err := c.SetDaysOff(ctx, by, y.ID, []calendar.DayOff{off}); err != nil {
		t.Fatal(err)
	}
	if err := c.SetYear(ctx, by, y.ID, on(day(10)), on(day(200))); !fault.Is(err, fault.Invalid) {
		t.Errorf("a term may leave the year: %v", err)
	}
	if err := c.SetYear(ctx, by, y.ID, on(day(-1)), on(day(250))); err != nil {
		t.Fatal(err)
	}
	cal, err = c.On(ctx, on(day(51)))
	if err != nil || len(cal.Terms) != 2 || cal.Terms[0].Name != "Deux" || cal.Terms[0].ID != one.ID || len(cal.DaysOff) != 1 || cal.Zone != calendar.ZoneB {
		t.Fatalf("the calendar is %+v: %v", cal, err)
	}
	if now, ok := cal.Term(on(day(51))); !ok || now.Name != "Un" {
		t.Errorf("the term is %+v", now)
	}
	if err := c.SetTerms(ctx, by, y.ID, nil); err != nil {
		t.Fatal(err)
	}
	if other, err := c.Today(tenant.Enter(t.Context(), w.Sibling)); err != nil || len(other.DaysOff) != 0 || other.Year.ID == y.ID {
		t.Errorf("a sibling has %+v: %v", other, err)
	}
	if err := c.SetTerms(tenant.Enter(t.Context(), w.Sibling), by, y.ID, nil); !fault.Is(err, fault.Invalid) {
		t.Errorf("a sibling changes the year of another: %v", err)
	}
	if empty, err := c.Today(tenant.Enter(t.Context(), w.Vendee)); err != nil || empty.Year.Label == "" || len(empty.Terms) != 0 {
		t.Errorf("a space without a year has %+v: %v", empty, err)
	}
}
