package search_test

import (
	"slices"
	"strings"
	"testing"

	"elyco/internal/search"
)

func TestParse(t *testing.T) {
	for in, want := range map[string]string{
		"élèves  du collège": "eleves & du & college:*",
		"d'art":              "d & art:*",
		"a & !b | (c)":       "a & b & c:*",
		"':* \\":             "",
		"\xff\x00":           "",
		"":                   "",
	} {
		if got := search.Parse(in).Text(); got != want {
			t.Errorf("%q asks %q, not %q", in, got, want)
		}
	}
	long := search.Parse(strings.Repeat("mot ", 500))
	if n := strings.Count(long.Text(), "mot"); n != 8 {
		t.Errorf("%d words are asked", n)
	}
	if got := search.Parse("Dupont-Élise 50%").Names(); !slices.Equal(got, []string{"% dupont%", "% elise%", "% 50%"}) {
		t.Errorf("names are asked as %q", got)
	}
}
