package bridges

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// plainLetters writes a text without accents and signs, in small letters: what a search compares.
func plainLetters(s string) string {
	var b strings.Builder
	for _, c := range norm.NFD.String(strings.ToLower(s)) {
		switch {
		case unicode.Is(unicode.Mn, c):
		case unicode.IsLetter(c) || unicode.IsDigit(c):
			b.WriteRune(c)
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}
