package mydata

import (
	"slices"
	"time"

	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Subject is whose data is looked at: the actor's own, or those of a minor child whom the actor follows.
type Subject struct {
	Person school.PersonID
	Name   string
	Own    bool
	Spaces []*tenant.Tenant // where data may be kept, the academy's last
}

// child is somebody whom a guardian follows, with the spaces where that stands.
type child struct {
	ID     school.PersonID
	Name   string
	Spaces []school.ScopeID
}

// childrenOf lists whom the actor follows anywhere, each once.
func childrenOf(a school.Actor) []child {
	var list []child
	for _, m := range a.Everywhere {
		if m.Profile != school.Guardian {
			continue
		}
		for _, c := range m.Children {
			i := slices.IndexFunc(list, func(known child) bool { return known.ID == c.ID })
			if i < 0 {
				list = append(list, child{ID: c.ID, Name: c.Name})
				i = len(list) - 1
			}
			if !slices.Contains(list[i].Spaces, m.Scope) {
				list[i].Spaces = append(list[i].Spaces, m.Scope)
			}
		}
	}
	return list
}

// ofAge reports whether somebody born on a day is no minor any more; of whom no birth date is known is one, because a
// school has named a guardian.
func ofAge(born *time.Time, today time.Time) bool {
	const years = 18
	return born != nil && !born.AddDate(years, 0, 0).After(today)
}

// Field is one thing that a space says of somebody, and that can be said to be wrong.
type Field struct {
	Name string // birth_date, class …
	Text string
	Fed  bool // it came from a feed, and is corrected at its source
}

// fields are those that a request may name; other stands for what no field shows.
func fields() []string {
	return []string{"given_name", "family_name", "birth_date", "email", "profile", "function", "class", "guardians", "other"}
}
