package siege_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"

	"elyco/internal/db"
	"elyco/internal/local/pg"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// TestBehindAProxy guesses a password through a proxy that the program trusts, and holds it to counting the guess where
// it came from, whatever the guesser says of itself.
func TestBehindAProxy(t *testing.T) {
	p := newProgram(t, "ELYCO_DATA_DIR="+t.TempDir(), "ELYCO_TRUSTED_PROXIES=127.0.0.1")
	w := testkit.NewTerritory(t, "localhost:"+port(p.page), nil)
	p.env = append(p.env, "ELYCO_DATABASE_URL="+w.DSN(pg.App), "ELYCO_DATABASE_IMPORT_URL="+w.DSN(pg.Import))
	p.start()
	r, err := http.NewRequest(http.MethodPost, "http://"+p.page+"/sign-in", strings.NewReader("login=a&password=b"))
	if err != nil {
		t.Fatal(err)
	}
	r.Host = w.College.Host()
	r.Header = http.Header{"Content-Type": {plain}, "Origin": {"http://" + r.Host}, "X-Forwarded-For": {"192.0.2.1, 203.0.113.7"}, "X-Real-Ip": {"192.0.2.2"}}
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	a.Body.Close()
	var subjects []string
	err = w.DB.Read(tenant.Enter(t.Context(), w.Academy), func(ctx context.Context, tx db.Tx) error {
		return tx.NewSelect().TableExpr("sign_in_failure").Column("subject").Where("subject like 'n:%'").Scan(ctx, &subjects)
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(subjects, func(s string) bool { return strings.HasPrefix(s, "n:203.0.113.0/24:") }) || len(subjects) != 1 {
		t.Errorf("counted at %q", subjects)
	}
}
