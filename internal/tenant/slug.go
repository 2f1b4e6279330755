package tenant

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MaxSlug is the longest label that a host may have for a space.
const MaxSlug = 40

// ValidSlug reports whether s can be the label of a space in a host name: lower case letters, digits and hyphens,
// neither first nor last a hyphen, and none of the names that mail and browsers look up by themselves.
func ValidSlug(s string) bool {
	if s == "" || len(s) > MaxSlug || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for _, c := range s {
		if c != '-' && (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	// Two hyphens in third place announce an encoded international name.
	if len(s) > 3 && s[2:4] == "--" {
		return false
	}
	reserved := []string{"www", "mail", "smtp", "imap", "autoconfig", "autodiscover", "wpad", "isatap", "localhost"}
	return !slices.Contains(reserved, s)
}

// Slugify proposes a label for a name: "Collège Guist'hau" gives "college-guist-hau". It cuts between words when the
// name is too long, and returns "" when nothing of the name can be kept.
func Slugify(name string) string {
	words := strings.Fields(strings.Map(asciiOnly, fold(name)))
	slug := ""
	for _, w := range words {
		next := strings.TrimPrefix(slug+"-"+w, "-")
		if len(next) > MaxSlug {
			break
		}
		slug = next
	}
	if slug == "" && len(words) > 0 {
		slug = words[0][:MaxSlug]
	}
	return slug
}

func asciiOnly(r rune) rune {
	if r > unicode.MaxASCII {
		return ' '
	}
	return r
}

// fold brings a text to what is compared: lower case, no accents, ligatures opened, anything else than letters and
// digits a single space.
func fold(s string) string {
	s = strings.NewReplacer("œ", "oe", "Œ", "oe", "æ", "ae", "Æ", "ae").Replace(s)
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(s) {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			gap = b.Len() > 0
			continue
		}
		if gap {
			b.WriteByte(' ')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
