package tenant

import (
	"strings"
	"testing"
)

func TestValidSlug(t *testing.T) {
	for _, s := range []string{"haxo", "jean-monnet-les-herbiers", "a", "7-fontaines", strings.Repeat("a", 40)} {
		if !ValidSlug(s) {
			t.Errorf("%q should be accepted", s)
		}
	}
	for _, s := range []string{"", "-haxo", "haxo-", "Haxo", "sévigné", "a.b", "a_b", "a b", "www", "autodiscover",
		"xn--svign-csa", strings.Repeat("a", 41)} {
		if ValidSlug(s) {
			t.Errorf("%q should be refused", s)
		}
	}
}

func TestSlugify(t *testing.T) {
	for name, want := range map[string]string{
		"Haxo":                     "haxo",
		"Collège Guist'hau":        "college-guist-hau",
		"Sacré-Cœur":               "sacre-coeur",
		"  L’Île-d’Yeu (exemple) ": "l-ile-d-yeu-exemple",
		"Lycée général et technologique polyvalent d’Estournelles": "lycee-general-et-technologique",
		strings.Repeat("a", 60): strings.Repeat("a", 40),
		"¡!":                    "",
		"Ω":                     "",
	} {
		got := Slugify(name)
		if got != want {
			t.Errorf("Slugify(%q) = %q, want %q", name, got, want)
		}
		if got != "" && !ValidSlug(got) {
			t.Errorf("Slugify(%q) = %q, which is not valid", name, got)
		}
	}
}
