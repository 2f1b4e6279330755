package feed

import (
	"regexp"

	"elyco/internal/words"
)

// levels says how the house calls what a source writes of a level, the first that fits.
var levels = []struct {
	shape *regexp.Regexp
	name  string
}{
	{regexp.MustCompile(`^cap.* 2 ?e?(eme)? an|^2 ?cap|^cap 2`), "CAP 2"},
	{regexp.MustCompile(`^cap\b|^1 ?cap`), "CAP 1"},
	{regexp.MustCompile(`\b(term|terminale|tle) pro|^bac pro.* 3 ?e?(eme)? annee|^tpro`), "Tle pro"},
	{regexp.MustCompile(`\b(1ere|1re|premiere) pro|^bac pro.* 2 ?e?(eme)? annee|^1pro`), "1re pro"},
	{regexp.MustCompile(`\b(2nde|2de|seconde) pro|^bac pro.* 1 ?(ere|re) annee|^2pro`), "2de pro"},
	{regexp.MustCompile(`^(6 ?(eme|e)\b|sixieme)`), "6e"},
	{regexp.MustCompile(`^(5 ?(eme|e)\b|cinquieme)`), "5e"},
	{regexp.MustCompile(`^(4 ?(eme|e)\b|quatrieme)`), "4e"},
	{regexp.MustCompile(`^(3 ?(eme|e)\b|troisieme)`), "3e"},
	{regexp.MustCompile(`^(2 ?(nde|de)\b|seconde)`), "2de"},
	{regexp.MustCompile(`^(1 ?(ere|re)\b|premiere)`), "1re"},
	{regexp.MustCompile(`^(tle|term|terminale)\b`), "Tle"},
	{regexp.MustCompile(`\bbts\b|brevet de tech`), "BTS"},
	{regexp.MustCompile(`\bcpge\b|prepa grandes`), "CPGE"},
	{regexp.MustCompile(`\bulis\b|unite pedagogique d|unite localisee`), "ULIS"},
}

// LevelOf is the house's word for a level as sources write it, "6e" for "6EME - SECTION D'ENSGT GENE & PRO ADAPTE"; empty
// for what nobody has named yet.
func LevelOf(text string) string {
	text = words.Fold(text)
	if text == "" {
		return ""
	}
	for _, l := range levels {
		if l.shape.MatchString(text) {
			return l.name
		}
	}
	return ""
}
