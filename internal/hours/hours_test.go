package hours_test

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/hours"
	"elyco/internal/school"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

func local(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, words.Zone()).UTC()
}

// Monday, 30 November 2026 is a working day.
var office = hours.Week{Days: []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}, From: 7 * 60, To: 19 * 60}

func TestTheNextOpening(t *testing.T) {
	for name, c := range map[string]struct{ at, want time.Time }{
		"in the middle of a day":     {local(27, 10, 0), local(27, 10, 0)},
		"before the morning":         {local(27, 5, 30), local(27, 7, 0)},
		"at the very opening":        {local(27, 7, 0), local(27, 7, 0)},
		"at the very end":            {local(26, 19, 0), local(27, 7, 0)},
		"on a Friday evening":        {local(27, 19, 30), local(30, 7, 0)},
		"on a Sunday":                {local(29, 12, 0), local(30, 7, 0)},
		"on the day the clocks turn": {time.Date(2026, 10, 25, 3, 0, 0, 0, words.Zone()), time.Date(2026, 10, 26, 7, 0, 0, 0, words.Zone())},
	} {
		if got := office.Next(c.at); !got.Equal(c.want) {
			t.Errorf("%s: %s, not %s", name, got.In(words.Zone()), c.want.In(words.Zone()))
		}
	}
	if !(hours.Week{}).Open(local(29, 3, 0)) {
		t.Error("a week without days is closed")
	}
}

// TestTheDatabaseSaysTheSame compares the two ways of writing the rule.
func TestTheDatabaseSaysTheSame(t *testing.T) {
	d := testkit.DB(t)
	ctx := db.WithScope(t.Context(), db.NewScope(1))
	rapid.Check(t, func(rt *rapid.T) {
		at := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 400*24*60).Draw(rt, "minute")) * time.Minute)
		from := rapid.IntRange(0, 23).Draw(rt, "from") * 60
		w := hours.FromMask(rapid.IntRange(0, 127).Draw(rt, "days"), from, from+rapid.IntRange(1, (24*60-from)/60).Draw(rt, "length")*60)
		var got time.Time
		err := d.Read(ctx, func(ctx context.Context, tx db.Tx) error {
			return tx.QueryRowContext(ctx, `select next_opening(?, ?, ?, ?)`, at, w.Mask(), w.From, w.To).Scan(&got)
		})
		if err != nil {
			rt.Fatal(err)
		}
		if want := w.Next(at); !got.Equal(want) {
			rt.Fatalf("at %s with %v: the database says %s, the program %s", at, w, got, want)
		}
	})
}

func TestAPersonDecidesForOneself(t *testing.T) {
	d := testkit.DB(t)
	academy := db.WithScope(t.Context(), db.NewScope(1))
	below := db.WithScope(t.Context(), db.NewScope(10, 2, 1))
	who := school.PersonID{UUID: uuid.New()}
	evening := hours.FromMask(127, 18*60, 22*60)
	at := local(29, 12, 0) // a Sunday
	clocks := func() (visible, notify time.Time) {
		t.Helper()
		err := d.Read(below, func(ctx context.Context, tx db.Tx) error {
			return tx.QueryRowContext(ctx, `select visible_at, notify_at from clocks(?, ?, ?, ?, ?)`, at, who.UUID, office.Mask(), office.From, office.To).Scan(&visible, &notify)
		})
		if err != nil {
			t.Fatal(err)
		}
		return visible, notify
	}
	set := func(o hours.Own) error {
		return d.Write(academy, func(ctx context.Context, tx db.Tx) error { return hours.SetOwn(ctx, tx, who, o) })
	}
	for name, c := range map[string]struct {
		own             hours.Own
		visible, notify time.Time
	}{
		"as the space":        {hours.Own{Sees: hours.AsSpace}, local(30, 7, 0), local(30, 7, 0)},
		"at once":             {hours.Own{Sees: hours.AtOnce}, at, local(30, 7, 0)},
		"at once, evenings":   {hours.Own{Week: &evening, Sees: hours.AtOnce}, at, local(29, 18, 0)},
		"own hours, both":     {hours.Own{Week: &evening, Sees: hours.AtMine}, local(29, 18, 0), local(29, 18, 0)},
		"space, then evening": {hours.Own{Week: &evening, Sees: hours.AsSpace}, local(30, 7, 0), local(30, 18, 0)},
	} {
		if err := set(c.own); err != nil {
			t.Fatal(err)
		}
		if visible, notify := clocks(); !visible.Equal(c.visible) || !notify.Equal(c.notify) {
			t.Errorf("%s: visible %s, notified %s", name, visible.In(words.Zone()), notify.In(words.Zone()))
		}
	}
	never := hours.Week{From: 60, To: 120}
	for name, o := range map[string]hours.Own{"hours that never come": {Week: &never, Sees: hours.AsSpace}, "own hours without hours": {Sees: hours.AtMine}, "nonsense": {Sees: "x"}} {
		if err := set(o); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
