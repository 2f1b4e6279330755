package words_test

import (
	"testing"

	"elyco/internal/words"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"Élève":                "eleve",
		"  Marie-Claire  ":     "marie claire",
		"L’Œuvre d'art":        "l oeuvre d art",
		"e\u0301te\u0301 2026": "ete 2026",
		"ﬁn":                   "fin",
		"%_\\":                 "",
		"Straße":               "strasse",
		"":                     "",
	} {
		if got := words.Fold(in); got != want {
			t.Errorf("%q is folded to %q, not %q", in, got, want)
		}
	}
}
