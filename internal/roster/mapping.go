package roster

import (
	"slices"

	"elyco/internal/words"
)

// Mapping says which column says a field: its place, from 0. A field that is not in it is not said.
type Mapping map[Field]int

// Guess matches the columns of a header to fields: first by what was chosen the last time, field to column name, then by
// the names that programs give them. A column says one field.
func Guess(k Kind, header []string, last map[Field]string) Mapping {
	m := Mapping{}
	taken := map[int]bool{}
	folded := make([]string, len(header))
	for i, h := range header {
		folded[i] = words.Fold(h)
	}
	match := func(f Field, is func(string) bool) {
		if _, done := m[f]; done {
			return
		}
		for i, h := range folded {
			if !taken[i] && is(h) {
				m[f], taken[i] = i, true
				return
			}
		}
	}
	for _, f := range Fields(k) {
		if name, chosen := last[f]; chosen && name != "" {
			match(f, func(h string) bool { return h == words.Fold(name) })
		}
	}
	for _, s := range fieldsOf(k) {
		if name, chosen := last[s.field]; chosen && name == "" {
			continue // people said that no column says it
		}
		match(s.field, s.known)
	}
	return m
}

// Remember is the mapping as the next one is guessed from: the column's name for each field, empty for those that no column
// says.
func (m Mapping) Remember(k Kind, header []string) map[Field]string {
	last := map[Field]string{}
	for _, f := range Fields(k) {
		last[f] = ""
		if i, ok := m[f]; ok && i >= 0 && i < len(header) {
			last[f] = header[i]
		}
	}
	return last
}

// Problems says what keeps the mapping from being used: a field that must be said and is not, a column that is outside the
// table or says two fields.
func (m Mapping) Problems(k Kind, columns int) map[Field]string {
	wrong := map[Field]string{}
	seen := map[int]Field{}
	for _, f := range Fields(k) {
		i, said := m[f]
		switch {
		case !said && k.Required(f):
			wrong[f] = "Choisissez la colonne qui contient cette information."
		case !said:
		case i < 0 || i >= columns:
			wrong[f] = "Cette colonne n’est pas dans le tableau."
		case seen[i] != "":
			wrong[f] = "Cette colonne est déjà prise pour « " + k.Label(seen[i]) + " »."
		default:
			seen[i] = f
		}
	}
	return wrong
}

// score is how many fields of a kind a header names.
func score(k Kind, header []string) int { return len(Guess(k, header, nil)) }

// Recognise tells which kind of table a header is of: the one of which it names more.
func Recognise(header []string) Kind {
	// A function is only staff's, and guardians are only pupils'.
	names := func(k Kind, fields ...Field) bool {
		m := Guess(k, header, nil)
		return slices.ContainsFunc(fields, func(f Field) bool { _, ok := m[f]; return ok })
	}
	switch {
	case names(Pupils, INE, OneFamily, OneMail, TwoFamily):
		return Pupils
	case names(Staff, Function, Form, Subject):
		return Staff
	case score(Staff, header) > score(Pupils, header):
		return Staff
	}
	return Pupils
}
