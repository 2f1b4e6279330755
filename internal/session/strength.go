package session

import (
	_ "embed"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// shortest follows the CNIL's recommendation 2022-100 with throttling and a margin; no mix of signs is asked for.
const shortest = 12

//go:embed common.txt
var common string

// weakness says in French why a new password cannot be taken, or nothing. Length is what protects; what the lists of
// attackers hold, and what everybody knows of the person, does not count as length.
func weakness(fresh, old, login, name string) string {
	n := utf8.RuneCountInString(fresh)
	plain := fold(fresh)
	switch {
	case n < shortest:
		return "Choisissez au moins 12 caractères. Trois ou quatre mots sans rapport entre eux conviennent très bien."
	case n > longestPassword:
		return "Ce mot de passe est trop long : 256 caractères au plus."
	case fresh == old:
		return "Choisissez un mot de passe différent de l’actuel."
	case personal(plain, login, name):
		return "Ce mot de passe contient votre identifiant ou votre nom. Choisissez autre chose."
	case strings.IndexFunc(fresh, unicode.IsLetter) < 0:
		return "Ce mot de passe n’a pas de lettres : il serait vite deviné. Ajoutez des mots."
	case isCommon(plain) || fewSigns(plain):
		return "Ce mot de passe est trop courant : il serait vite deviné. Choisissez trois ou quatre mots sans rapport entre eux."
	}
	return ""
}

// fold drops case and accents.
func fold(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(s)) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unleet undoes the usual substitutes for letters.
func unleet(s string) string {
	return strings.NewReplacer("0", "o", "1", "i", "3", "e", "4", "a", "5", "s", "7", "t", "@", "a", "$", "s", "!", "i").Replace(s)
}

func personal(plain, login, name string) bool {
	parts := append(strings.Fields(fold(name)), fold(login))
	for _, p := range append(parts, strings.FieldsFunc(fold(login), func(r rune) bool { return !unicode.IsLetter(r) })...) {
		if utf8.RuneCountInString(p) >= 4 && strings.Contains(plain, p) {
			return true
		}
	}
	return false
}

// isCommon looks for a password that is a known one, or known ones in a row, once the figures and signs that people
// add at the ends are taken off.
func isCommon(plain string) bool {
	known := strings.Fields(common)
	letters := strings.TrimFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) })
	middle := unleet(strings.TrimRightFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) }))
	for _, s := range []string{plain, unleet(plain), letters, unleet(letters), middle} {
		if madeOf(s, known) {
			return true
		}
	}
	return false
}

// madeOf reports whether s is one known word, or the same one again and again.
func madeOf(s string, known []string) bool {
	if slices.Contains(known, s) {
		return true
	}
	for _, w := range known {
		if len(w) >= 3 && len(s) > len(w) && strings.HasPrefix(s, w) && strings.ReplaceAll(s, w, "") == "" {
			return true
		}
	}
	return false
}

// fewSigns catches aaaaaaaaaaaa, 121212121212 and sequences such as abcdefghijkl.
func fewSigns(plain string) bool {
	distinct := map[rune]bool{}
	steps := map[rune]int{}
	var before rune
	for i, r := range plain {
		distinct[r] = true
		if i > 0 {
			steps[r-before]++
		}
		before = r
	}
	n := utf8.RuneCountInString(plain)
	return len(distinct) < 5 || steps[1] >= n*3/4 || steps[-1] >= n*3/4
}
