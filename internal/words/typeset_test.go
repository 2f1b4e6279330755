package words_test

import (
	"testing"

	"elyco/internal/words"
)

func TestTypesetTiesFrenchMarks(t *testing.T) {
	for in, want := range map[string]string{
		"Bourse : une aide":        "Bourse\u00a0: une aide",
		"« Dessine ton littoral »": "«\u00a0Dessine ton littoral\u00a0»",
		"de 9 h à 12 h 30":         "de 9\u00a0h à 12\u00a0h\u00a030",
		"jusqu’à 150 € ?":          "jusqu’à 150\u00a0€\u00a0?",
		"Rien à lier":              "Rien à lier",
	} {
		if got := words.Typeset(in); got != want {
			t.Errorf("Typeset(%q) = %q, want %q", in, got, want)
		}
	}
}
