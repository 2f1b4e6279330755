package words

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Fold writes a text the way people search: without case, accents, ligatures and punctuation, its words one blank
// apart. The database has a function of the same name that gives the same.
func Fold(s string) string {
	s = strings.NewReplacer("œ", "oe", "æ", "ae", "ß", "ss").Replace(strings.ToLower(s))
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if gap && b.Len() > 0 {
				b.WriteByte(' ')
			}
			gap = false
			b.WriteRune(r)
		default:
			gap = true
		}
	}
	return b.String()
}
