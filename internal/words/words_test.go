package words_test

import (
	"testing"
	"time"

	"elyco/internal/words"
)

func TestMessages(t *testing.T) {
	c := words.NewCatalog("fr")
	if err := c.Add("a.yaml", []byte("a.plain: Bonjour\na.arg: Bonjour {name}\na.tied: \"« {name} » : oui\"\na.n:\n  one: \"{n} élève\"\n  other: \"{n} élèves\"\n")); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct{ got, want string }{
		{c.T("a.plain"), "Bonjour"},
		{c.T("a.arg", "name", "Léa"), "Bonjour Léa"},
		{c.T("a.tied", "name", "Léa"), "«\u00a0Léa\u00a0»\u00a0: oui"},
		{c.N("a.n", 0), "0 élève"},
		{c.N("a.n", 1), "1 élève"},
		{c.N("a.n", 2314), "2\u202f314 élèves"},
		{c.T("a.none"), "[a.none]"},
	} {
		if tc.got != tc.want {
			t.Errorf("got %q, want %q", tc.got, tc.want)
		}
	}
	if err := c.Add("b.yaml", []byte("a.plain: Encore\n")); err == nil {
		t.Error("a key used twice was accepted")
	}
	if err := c.Add("c.yaml", []byte("a.open: Bonjour {name\n")); err == nil {
		t.Error("an open brace was accepted")
	}
}

func TestSince(t *testing.T) {
	now := time.Date(2026, 11, 23, 7, 5, 0, 0, time.UTC)
	for _, tc := range []struct {
		at   time.Time
		want string
	}{
		{now.Add(-20 * time.Second), "à l’instant"},
		{now.Add(-5 * time.Minute), "il y a 5 minutes"},
		{now.Add(-2 * time.Hour), "aujourd’hui à 6\u00a0h\u00a005"},
		{now.Add(-20 * time.Hour), "hier à 12\u00a0h\u00a005"},
		{now.AddDate(0, 0, -20), "le 3 novembre"},
		{now.AddDate(-1, 0, 0), "le 23 novembre 2025"},
		{now.Add(48 * time.Hour), "le 25 novembre à 8\u00a0h\u00a005"},
	} {
		if got := words.Since(tc.at, now); got != tc.want {
			t.Errorf("Since(%v) = %q, want %q", tc.at, got, tc.want)
		}
	}
}
