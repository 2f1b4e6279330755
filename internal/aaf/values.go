package aaf

import (
	"strconv"
	"strings"
	"time"
)

// reading reads the values of one record, and tells of those that are not what the format says.
type reading struct {
	*Record
	tell func(Notice)
}

func (r reading) odd(attribute, words string) {
	r.tell(Notice{File: r.File, Line: r.LineOf(attribute), Category: r.Category, ID: r.ID, Attribute: attribute, Words: words})
}

// date reads dd/MM/yyyy; what is no date, or none of a person's life, is told and counts as none.
func (r reading) date(attribute string) time.Time { return r.day(attribute, r.One(attribute)) }

func (r reading) day(attribute, text string) time.Time {
	if text == "" {
		return time.Time{}
	}
	d, err := time.Parse("02/01/2006", text)
	if err != nil || d.Year() < 1900 || d.Year() > 2200 {
		r.odd(attribute, "la date « "+clip([]byte(text))+" » n’est pas de la forme 31/12/2015 ; elle n’est pas lue")
		return time.Time{}
	}
	return d
}

// Flag is O or N, or nothing.
type Flag string

// The flags of the format.
const (
	Unsaid Flag = ""
	Yes    Flag = "O"
	No     Flag = "N"
)

func (r reading) flag(attribute string) Flag {
	switch v := r.One(attribute); strings.ToUpper(v) {
	case "":
		return Unsaid
	case "O", "OUI", "1":
		return Yes
	case "N", "NON", "0":
		return No
	default:
		r.odd(attribute, "« "+clip([]byte(v))+" » n’est ni O ni N")
		return Unsaid
	}
}

// parts cuts a value at its separators. There is no way to write a separator within a part. Parts that are missing at the
// end are empty, and a value with fewer than least is told and left out, as is what was said before.
func (r reading) parts(attribute string, n, least int) [][]string {
	var all [][]string
	values := r.All(attribute)
	for i, v := range values {
		if repeats(values[:i], v) {
			continue
		}
		parts := strings.SplitN(v, "$", n)
		for j := range parts {
			parts[j] = strings.TrimSpace(parts[j])
		}
		if len(parts) < least || empty(parts[:min(least, len(parts))]) {
			r.odd(attribute, "« "+clip([]byte(v))+" » a moins de parties que le format n’en demande, séparées par « $ » ; cette valeur n’est pas lue")
			continue
		}
		for len(parts) < n {
			parts = append(parts, "")
		}
		all = append(all, parts)
	}
	return all
}

// repeats looks back only so far: a person has some dozen values, and what lies further is harmless twice.
func repeats(before []string, v string) bool {
	for i := len(before) - 1; i >= max(0, len(before)-100); i-- {
		if before[i] == v {
			return true
		}
	}
	return false
}

func empty(parts []string) bool {
	for _, p := range parts {
		if p == "" {
			return true
		}
	}
	return false
}

// lines reads a value of several parts of which any number may be missing.
func lines(v string) []string {
	var all []string
	for _, part := range strings.Split(v, "$") {
		if part = strings.TrimSpace(part); part != "" {
			all = append(all, part)
		}
	}
	return all
}

// Ties reads the relatives of a pupil.
func (r *Record) Ties(tell func(Notice)) []Tie {
	const attribute = "ENTElevePersRelEleve"
	in := reading{r, tell}
	var ties []Tie
	for _, p := range in.parts(attribute, 6, 1) {
		t := Tie{Relative: p[0], Pays: p[2] == "1", Contact: p[4] == "1", Paid: p[5] == "1"}
		t.Code = in.code(attribute, p[1])
		t.Legal = in.code(attribute, p[3])
		if _, known := kinByCode[t.Code]; !known && t.Code != 0 {
			in.odd(attribute, "le lien de parenté "+strconv.Itoa(t.Code)+" est inconnu ; il compte comme un autre lien")
		}
		if t.Legal > 2 {
			in.odd(attribute, "la responsabilité légale "+strconv.Itoa(t.Legal)+" est inconnue ; cette personne compte comme un simple contact")
		}
		ties = append(ties, t)
	}
	return ties
}

func (r reading) code(attribute, text string) int {
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		r.odd(attribute, "« "+clip([]byte(text))+" » n’est pas un nombre")
		return 0
	}
	return n
}
