package directory_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// administrated is a school with an administrator without end, a head and a teacher.
type administrated struct {
	*testkit.Territory
	d                    *directory.Directory
	admin, head, teacher testkit.Person
	ctx                  context.Context
	today                time.Time
}

func newAdministrated(t *testing.T) administrated {
	t.Helper()
	w := testkit.NewTerritory(t, "localhost:8080", nil)
	return administrated{Territory: w, d: directory.New(w.DB), ctx: tenant.Enter(t.Context(), w.College), today: directory.Day(w.DB.Now()),
		admin:   w.NewPerson(t, testkit.Named("Ada", "Durand"), testkit.In(w.College, school.Administrative, testkit.Admin())),
		head:    w.NewPerson(t, testkit.Named("Hélène", "Roux"), testkit.In(w.College, school.Head)),
		teacher: w.NewPerson(t, testkit.Named("Théo", "Évrard"), testkit.In(w.College, school.Teacher))}
}

func (a administrated) give(by, to testkit.Person, from, until time.Time) error {
	return a.d.Delegate(a.ctx, by.ID, directory.Delegation{ID: school.NewID(), Person: to.ID, From: from, To: until})
}

func (a administrated) administers(t *testing.T, p testkit.Person) bool {
	t.Helper()
	for _, m := range a.Actor(t, a.College, p).Here {
		if m.Admin {
			return true
		}
	}
	return false
}

func refusal(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return ""
	}
	said := f.Words
	for _, w := range f.Fields {
		said += w
	}
	return said
}

func TestDelegation(t *testing.T) {
	a := newAdministrated(t)
	if err := a.give(a.admin, a.teacher, a.today, a.today.AddDate(0, 0, 10)); err != nil {
		t.Fatal(err)
	}
	if !a.administers(t, a.teacher) {
		t.Fatal("who was given the administration does not hold it")
	}
	list, err := a.d.Administrators(a.ctx)
	if err != nil || len(list) != 2 || !list[0].Standing || list[1].GivenBy != a.admin.ID || !list[1].To.Equal(a.today.AddDate(0, 0, 10)) {
		t.Fatalf("the administrators are %+v: %v", list, err)
	}
	other, err := a.d.Administrators(tenant.Enter(t.Context(), a.Sibling))
	if err != nil || len(other) != 0 {
		t.Errorf("another school has %v: %v", other, err)
	}
	if err := a.d.Withdraw(a.ctx, a.admin.ID, a.teacher.ID); err != nil {
		t.Fatal(err)
	}
	if a.administers(t, a.teacher) {
		t.Error("what was taken back is still held")
	}
	if err := a.d.Withdraw(a.ctx, a.admin.ID, a.teacher.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("taken back twice: %v", err)
	}
}

func TestDelegationsThatAreRefused(t *testing.T) {
	a := newAdministrated(t)
	pupil := a.NewPerson(t, testkit.In(a.College, school.Pupil))
	stranger := a.NewPerson(t, testkit.In(a.Lycee, school.Teacher))
	former := a.NewPerson(t, testkit.In(a.College, school.Teacher, testkit.Ended()))
	week := a.today.AddDate(0, 0, 7)
	if err := a.give(a.admin, a.teacher, a.today, week); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		err  error
		kind fault.Kind
		says string
	}{
		"a pupil":                    {a.give(a.admin, pupil, a.today, week), fault.Invalid, "personnels"},
		"somebody of another school": {a.give(a.admin, stranger, a.today, week), fault.NotFound, ""},
		"who has left":               {a.give(a.admin, former, a.today, week), fault.NotFound, ""},
		"nobody":                     {a.give(a.admin, testkit.Person{}, a.today, week), fault.Invalid, "Choisissez"},
		"from the past":              {a.give(a.admin, a.head, a.today.AddDate(0, 0, -1), week), fault.Invalid, "passé"},
		"an end before the start":    {a.give(a.admin, a.head, week, a.today), fault.Invalid, "précède"},
		"who administers already":    {a.give(a.head, a.admin, a.today, week), fault.Conflict, "déjà"},
		"longer than one's own":      {a.give(a.teacher, a.head, a.today, week.AddDate(0, 0, 1)), fault.Invalid, "au-delà"},
		"endless, with an end":       {a.give(a.teacher, a.head, a.today, time.Time{}), fault.Invalid, "au-delà"},
		"the last without an end":    {a.d.Withdraw(a.ctx, a.teacher.ID, a.admin.ID), fault.Invalid, "au moins un"},
	} {
		if !fault.Is(c.err, c.kind) || !strings.Contains(refusal(c.err), c.says) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	if err := a.give(a.teacher, a.head, a.today, week); err != nil {
		t.Errorf("as long as one's own: %v", err)
	}
}

func TestTheLastEndlessDelegationGetsNoEnd(t *testing.T) {
	a := newAdministrated(t)
	if err := a.give(a.admin, a.head, a.today, time.Time{}); err != nil {
		t.Fatal(err)
	}
	if err := a.d.Withdraw(a.ctx, a.head.ID, a.admin.ID); err != nil {
		t.Fatalf("one without an end remains: %v", err)
	}
	if err := a.give(a.head, a.head, a.today, a.today.AddDate(0, 0, 3)); !strings.Contains(refusal(err), "au moins un") {
		t.Errorf("the last one set itself an end: %v", err)
	}
}

// TestDatesTakeEffectByThemselves holds that a delegation which begins tomorrow is not held today, that one of the past is
// not held any more, and that work is waiting for the days when that changes.
func TestDatesTakeEffectByThemselves(t *testing.T) {
	a := newAdministrated(t)
	from, to := a.today.AddDate(0, 0, 3), a.today.AddDate(0, 0, 5)
	if err := a.give(a.admin, a.teacher, from, to); err != nil {
		t.Fatal(err)
	}
	if a.administers(t, a.teacher) {
		t.Error("what begins later is held today")
	}
	waits := func(on time.Time) bool {
		var n int
		err := a.As(t, "postgres").QueryRow(t.Context(), `select count(*) from job where kind = 'directory.passport' and run_at = $1 and state = 'ready' and payload::text like '%' || $2 || '%'`,
			on, a.teacher.ID.String()).Scan(&n)
		if err != nil {
			t.Fatal(err)
		}
		return n > 0
	}
	if !waits(from) || !waits(to.AddDate(0, 0, 1)) {
		t.Error("nothing waits for the first day, or for the day after the last")
	}
	for _, days := range []struct {
		from, to int
		held     bool
	}{{-3, 0, true}, {0, 0, true}, {-5, -1, false}} {
		err := a.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
			_, err := tx.Exec(ctx, `update delegation set starts_on = current_date + $1::int, ends_on = current_date + $2::int`, days.from, days.to)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		a.Reissue(t, a.teacher)
		if a.administers(t, a.teacher) != days.held {
			t.Errorf("%+v: %v", days, !days.held)
		}
	}
}

func TestFind(t *testing.T) {
	a := newAdministrated(t)
	a.NewPerson(t, testkit.Named("Éva", "Évrard"), testkit.In(a.College, school.Pupil))
	a.NewPerson(t, testkit.Named("Luc", "Évrard"), testkit.In(a.Sibling, school.Teacher))
	for text, want := range map[string]int{"evrard": 1, "Évrard Théo": 1, "théo évr": 1, "%": 0, "_": 0, "durand": 1} {
		found, err := a.d.Find(a.ctx, text)
		if err != nil || len(found) != want {
			t.Errorf("%q finds %+v: %v", text, found, err)
		}
	}
}

func TestVisible(t *testing.T) {
	b := setting.NewBook(nil)
	if err := b.Declare(directory.Settings()...); err != nil {
		t.Fatal(err)
	}
	college := &tenant.Tenant{ID: 10, Kind: tenant.KindEstablishment}
	for name, c := range map[string]struct {
		by   []school.Profile
		of   school.Profile
		want string
	}{
		"staff of a pupil":            {[]school.Profile{school.Teacher}, school.Pupil, "class photo email phone birth"},
		"a pupil of a pupil":          {[]school.Profile{school.Pupil}, school.Pupil, "class"},
		"a parent of a parent":        {[]school.Profile{school.Guardian}, school.Guardian, ""},
		"a parent of a teacher":       {[]school.Profile{school.Guardian}, school.Teacher, "class function photo"},
		"a teacher who is a parent":   {[]school.Profile{school.Guardian, school.Teacher}, school.Head, "class function photo email"},
		"a visitor of anybody":        {[]school.Profile{school.Anyone}, school.Teacher, ""},
		"a tutor of a pupil":          {[]school.Profile{school.Tutor}, school.Pupil, ""},
		"an administrator is no more": {[]school.Profile{school.Pupil, school.Administrator}, school.Pupil, "class"},
	} {
		var seen []string
		for _, f := range directory.Visible(b, college, c.by, c.of) {
			seen = append(seen, string(f))
		}
		if got := strings.Join(seen, " "); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}
