package accounts_test

import (
	"context"
	"os"
	"regexp"
	"strings"
	"testing"

	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/mail"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

// work runs the jobs of the house as its worker would, until nothing is due.
func work(t *testing.T, h *testkit.House) {
	t.Helper()
	var handlers []job.Handler
	for _, s := range h.App.Rooms() {
		handlers = append(handlers, s.Jobs...)
	}
	handlers = append(handlers, mail.NewOffice(h.DB, nil, nil).Jobs()...)
	catalog := words.NewCatalog("fr")
	for _, s := range h.App.Rooms() {
		if err := catalog.Add(s.Name, s.Words); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile("../words.fr.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := catalog.Add("house", text); err != nil {
		t.Fatal(err)
	}
	w, err := job.NewWorker(h.DB, handlers, 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		space := h.Registry.ByID(school.ScopeID(scope))
		return words.With(tenant.Enter(ctx, space), catalog), space != nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for {
		n, err := w.Once(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n == 0 {
			return
		}
	}
}

// letters are the texts that the simulator kept of a scope, the latest first.
func letters(t *testing.T, h *testkit.House, in *tenant.Tenant) (texts []string, to []mail.Sent) {
	t.Helper()
	err := h.DB.Read(tenant.Enter(t.Context(), in), func(ctx context.Context, tx db.Tx) error {
		list, err := mail.List(ctx, tx, mail.Filter{}, 100)
		if err != nil {
			return err
		}
		for _, s := range list {
			_, text, _, err := mail.Open(ctx, tx, s.ID)
			if err != nil {
				return err
			}
			texts, to = append(texts, text), append(to, s)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts, to
}

// pend makes an account one that waits for its first code.
func pend(t *testing.T, h *testkit.House, p testkit.Person) {
	t.Helper()
	h.Exec(t, `update account set state = 'pending', password_hash = '' where person_id = $1`, p.ID.UUID)
}

// shown is how the contact of somebody was shown to be the own one.
func shown(t *testing.T, h *testkit.House, p testkit.Person, address string) {
	t.Helper()
	h.Exec(t, `insert into account_contact (tenant_id, person_id, kind, value, verified_at) values (1, $1, 'email', $2, $3)`, p.ID.UUID, address, h.Clock.Now())
}

var (
	codeShape = regexp.MustCompile(`[A-Z]{4}-[A-Z]{4}-[A-Z]{4}`)
	linkShape = regexp.MustCompile(`/recover/[A-Za-z0-9_-]{43}`)
)

// giveCode has somebody of the office show a new code.
func giveCode(t *testing.T, h *testkit.House, by *testkit.Client, in *tenant.Tenant, p testkit.Person) string {
	t.Helper()
	a := by.Post(t, in, "/accounts/people/"+p.ID.String()+"/code", nil).Is(t, 200)
	code := codeShape.FindString(a.Page(t).Text())
	if code == "" {
		t.Fatal("no code is shown")
	}
	return code
}

const phrase = "girafe lente sous la pluie"

func state(t *testing.T, h *testkit.House, p testkit.Person) (s string) {
	t.Helper()
	if err := h.As(t, "elyco_import").QueryRow(t.Context(), `select state from account where tenant_id = 1 and person_id = $1`, p.ID.UUID).Scan(&s); err != nil {
		t.Fatal(err)
	}
	return s
}

func contains(t *testing.T, what, text string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			t.Errorf("%s lacks %q: %s", what, w, text)
		}
	}
}

var sixFigures = regexp.MustCompile(`\b[0-9]{6}\b`)
