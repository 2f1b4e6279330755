package audit_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/local/pg"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

// record adds entries to a space's trail, each in a transaction of its own.
func record(t *testing.T, w *testkit.Territory, in *tenant.Tenant, entries ...audit.Entry) {
	t.Helper()
	for _, e := range entries {
		err := w.DB.Write(tenant.Enter(t.Context(), in), func(ctx context.Context, tx db.Tx) error { return audit.Record(ctx, tx, e) })
		if err != nil {
			t.Fatal(err)
		}
	}
}

func list(t *testing.T, w *testkit.Territory, in *tenant.Tenant, f audit.Filter) audit.Page {
	t.Helper()
	var p audit.Page
	err := w.DB.Read(tenant.Enter(t.Context(), in), func(ctx context.Context, tx db.Tx) (err error) {
		p, err = audit.List(ctx, tx, f)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// told writes a page as its titles.
func told(p audit.Page) string {
	var titles []string
	for _, l := range p.Lines {
		titles = append(titles, l.Title)
	}
	return strings.Join(titles, " ")
}

func TestList(t *testing.T) {
	clock := &testkit.Clock{}
	w := testkit.NewTerritory(t, "localhost", clock.Now)
	nadia := w.NewPerson(t, testkit.Named("Nadia", "Étienne"), testkit.In(w.College, school.Teacher))
	start := clock.Now()
	for i, e := range []audit.Entry{
		{Actor: nadia.ID, Action: "news.publish", Subject: "s1", Title: "Élections", Detail: map[string]any{"version": 3}},
		{Action: "news.withdraw", Subject: "s1", Title: "Élections"},
		{Actor: nadia.ID, Action: "newsletter.send", Title: "100%"},
		{Action: "home.default", Title: strings.Repeat("é", 300)},
	} {
		record(t, w, w.College, e)
		if i == 1 {
			clock.Pass(time.Hour)
		}
	}
	record(t, w, w.Sibling, audit.Entry{Action: "news.publish", Title: "Ailleurs"})
	long := strings.Repeat("é", 199) + "…"
	for what, c := range map[string]struct {
		f    audit.Filter
		want string
	}{
		"everything":         {audit.Filter{}, long + " 100% Élections Élections"},
		"a person":           {audit.Filter{Actor: nadia.ID}, "100% Élections"},
		"an action":          {audit.Filter{Action: "news.withdraw"}, "Élections"},
		"a room":             {audit.Filter{Action: "news."}, "Élections Élections"},
		"words of a title":   {audit.Filter{Text: "elec"}, "Élections Élections"},
		"words of a name":    {audit.Filter{Text: " ETIEN "}, "100% Élections"},
		"a sign of patterns": {audit.Filter{Text: "0%"}, "100%"},
		"only that sign":     {audit.Filter{Text: "_"}, ""},
		"a subject":          {audit.Filter{Text: "s1"}, "Élections Élections"},
		"from":               {audit.Filter{From: start.Add(30 * time.Minute)}, long + " 100%"},
		"before":             {audit.Filter{To: start.Add(30 * time.Minute)}, "Élections Élections"},
		"nothing":            {audit.Filter{Text: "rien de tel"}, ""},
	} {
		if got := told(list(t, w, w.College, c.f)); got != c.want {
			t.Errorf("%s: %q, not %q", what, got, c.want)
		}
	}
	l := list(t, w, w.College, audit.Filter{Action: "news.publish"}).Lines[0]
	if l.ActorName != "Nadia Étienne" || l.Actor != nadia.ID || l.Subject != "s1" || l.Detail["version"] != 3.0 || !l.At.Before(start.Add(time.Minute)) {
		t.Errorf("%+v", l)
	}
}

// TestListByPages reads page after page while others write: nothing is met twice, and nothing is left out.
func TestListByPages(t *testing.T) {
	at := time.Date(2026, 11, 23, 8, 0, 0, 123_456_789, time.UTC)
	w := testkit.NewTerritory(t, "localhost", func() time.Time { return at })
	for i := range 7 {
		record(t, w, w.College, audit.Entry{Action: "home.default", Title: fmt.Sprint(i)})
	}
	seen, after := "", audit.Cursor{}
	for {
		p := list(t, w, w.College, audit.Filter{After: after, Limit: 3})
		seen += told(p) + "|"
		if p.Next.IsZero() {
			break
		}
		var err error
		if after, err = audit.ParseCursor(p.Next.String()); err != nil {
			t.Fatal(err)
		}
		at = at.Add(time.Second)
		record(t, w, w.College, audit.Entry{Action: "home.default", Title: "late"})
	}
	if seen != "6 5 4|3 2 1|0|" {
		t.Errorf("read %q", seen)
	}
	for _, s := range []string{"x", "1.x", ".", "zz.00000000-0000-0000-0000-000000000000"} {
		if _, err := audit.ParseCursor(s); !fault.Is(err, fault.NotFound) {
			t.Errorf("%q: %v", s, err)
		}
	}
}

func TestWords(t *testing.T) {
	c := words.NewCatalog("fr")
	if err := c.Add("x", []byte("news.title: Actualités\nnews.audit.publish: a publié une actualité")); err != nil {
		t.Fatal(err)
	}
	ctx := words.With(t.Context(), c)
	if s := audit.Sentence(ctx, "news.publish"); s != "a publié une actualité" {
		t.Error(s)
	}
	if s := audit.Sentence(ctx, "gone.verb"); s != "gone.verb" {
		t.Error(s)
	}
	if names := fmt.Sprint(audit.Names(ctx)); names != "[news.publish]" {
		t.Error(names)
	}
}

// TestNobodyRewrites holds the roles that serve pages and load directories to adding.
func TestNobodyRewrites(t *testing.T) {
	w := testkit.NewTerritory(t, "localhost", nil)
	record(t, w, w.College, audit.Entry{Action: "home.default"})
	for _, role := range []string{pg.App, pg.Import} {
		for _, sql := range []string{
			`update audit_entry set title = 'x'`,
			`delete from audit_entry`,
			`truncate audit_entry`,
		} {
			err := pgx.BeginFunc(t.Context(), w.As(t, role), func(tx pgx.Tx) error {
				if _, err := tx.Exec(t.Context(), `set local app.tenant = '10'; set local app.above = '{10,2,1}'`, pgx.QueryExecModeSimpleProtocol); err != nil {
					return err
				}
				_, err := tx.Exec(t.Context(), sql)
				return err
			})
			if err == nil || !strings.Contains(err.Error(), "42501") {
				t.Errorf("%s: %s: %v", role, sql, err)
			}
		}
	}
}
