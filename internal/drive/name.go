package drive

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"elyco/internal/fault"
)

const (
	maxName  = 255 // bytes, as file systems have it
	maxDepth = 30  // folders within each other
)

// CheckName gives a name its one form, or says in the field "name" what is wrong with it.
func CheckName(name string) (string, error) {
	name = norm.NFC.String(name)
	switch {
	case !utf8.ValidString(name):
		return "", badName("Ce nom contient des caractères illisibles.")
	case strings.TrimSpace(name) == "":
		return "", badName("Donnez un nom.")
	case name == "." || name == "..":
		return "", badName("Ce nom est réservé par les ordinateurs. Choisissez-en un autre.")
	case len(name) > maxName:
		return "", badName("Ce nom est trop long : 255 caractères au plus, moins s’il a des accents.")
	case strings.ContainsAny(name, forbidden) || strings.ContainsFunc(name, unseen):
		return "", badName(`Retirez du nom les caractères / \ : * ? " < > | et les retours à la ligne.`)
	case strings.TrimLeft(name, blanks) != name || strings.TrimRight(name, blanks+".") != name:
		return "", badName("Un nom ne commence pas par une espace et ne finit ni par une espace ni par un point.")
	case reserved(name):
		return "", badName("Ce nom est réservé par Windows. Choisissez-en un autre.")
	}
	return name, nil
}

func badName(words string) error { return fault.Field("name", words) }

const (
	forbidden = `/\:*?"<>|`
	blanks    = " \u00a0\u202f\u3000"
)

// unseen are controls, and marks that turn the reading direction so that "gpj.exe" shows as "exe.jpg".
func unseen(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' || r == utf8.RuneError || r == '\u2028' || r == '\u2029'
}

// reserved are the names that Windows takes for devices, whatever their ending.
func reserved(name string) bool {
	base, _, _ := strings.Cut(strings.ToLower(name), ".")
	base = strings.TrimRight(base, " ")
	if slices.Contains([]string{"con", "prn", "aux", "nul"}, base) {
		return true
	}
	rest, ok := strings.CutPrefix(base, "com")
	if !ok {
		rest, ok = strings.CutPrefix(base, "lpt")
	}
	return ok && slices.Contains([]string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "¹", "²", "³"}, rest)
}

// SafeName makes a name that CheckName takes out of any text that a sender calls one: the last part of a path, mended,
// its ending kept.
func SafeName(sent string) string {
	sent = strings.ToValidUTF8(sent, "")
	if i := strings.LastIndexAny(sent, `/\`); i >= 0 {
		sent = sent[i+1:]
	}
	name := strings.Map(func(r rune) rune {
		switch {
		case unseen(r):
			return -1
		case strings.ContainsRune(forbidden, r):
			return '-'
		}
		return r
	}, norm.NFC.String(sent))
	name = strings.TrimRight(strings.TrimLeft(name, blanks), blanks+".")
	if strings.Trim(name, blanks+".") == "" {
		name = "fichier"
	}
	if reserved(name) {
		name = "_" + name
	}
	stem, ending := split(name)
	if checked, err := CheckName(cut(stem, maxName-len(ending)) + ending); err == nil {
		return checked
	}
	return "fichier"
}

// split parts a name before its ending, when it has a short one.
func split(name string) (stem, ending string) {
	ending = path.Ext(name)
	if len(ending) > 12 || ending == name || ending == "." {
		return name, ""
	}
	return strings.TrimSuffix(name, ending), ending
}

// cut shortens s to n bytes at most, between two characters.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return strings.TrimRight(s[:n], blanks+".")
}

// numbered is the name beside another that has it already: "plan.pdf", then "plan (2).pdf".
func numbered(name string, n int, file bool) string {
	stem, ending := name, ""
	if file {
		stem, ending = split(name)
	}
	mark := " (" + strconv.Itoa(n) + ")"
	return cut(stem, maxName-len(mark)-len(ending)) + mark + ending
}

// keyOf is the same for names that differ in case alone.
func keyOf(name string) string { return norm.NFC.String(cases.Fold().String(name)) }

// sortOf puts names in the order that people expect: accents and case do not count, and 2 comes before 10.
func sortOf(name string) string {
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFKD.String(keyOf(name)))
	var out strings.Builder
	for i := 0; i < len(plain); {
		j := i
		for j < len(plain) && plain[j] >= '0' && plain[j] <= '9' {
			j++
		}
		if j == i {
			out.WriteByte(plain[i])
			i++
			continue
		}
		digits := strings.TrimLeft(plain[i:j], "0")
		if pad := 12 - len(digits); pad > 0 {
			out.WriteString(strings.Repeat("0", pad))
		}
		out.WriteString(digits)
		i = j
	}
	return cut(out.String(), 400)
}
