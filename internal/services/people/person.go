package people

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
)

// Person is somebody in the address book.
type Person struct {
	ID         school.PersonID
	GivenName  string
	FamilyName string
	Roles      []Role
	Email      string    // as far as the reader sees it, of a card alone
	Birth      time.Time // the same
	Photo      bool      // there is one, and the reader sees it
	folded     string

	email, birth bool // the reader sees them
}

// Role is what somebody is here.
type Role struct {
	Profile  school.Profile
	Function string // in the establishment's words, or ""
	Classes  []string
	Form     []string // the classes of which the person is the form teacher
}

// Name is how the person is addressed: given name first.
func (p Person) Name() string { return p.GivenName + " " + p.FamilyName }

// Filter narrows the list.
type Filter struct {
	Text    string
	Profile school.Profile
	Class   school.ClassID
	After   string // cursor of the page before
}

const pageSize = 40

// Page is one page of the list.
type Page struct {
	People []Person
	Next   string // cursor; empty at the end
}

// gather makes people of rows that come role by role, in order.
func gather(rows []row) []Person {
	var people []Person
	for _, r := range rows {
		i := slices.IndexFunc(people, func(p Person) bool { return p.ID.UUID == r.PersonID })
		if i < 0 {
			people = append(people, Person{ID: school.PersonID{UUID: r.PersonID}, GivenName: r.GivenName, FamilyName: r.FamilyName, Photo: r.Photo, folded: r.Folded})
			i = len(people) - 1
		}
		people[i].Roles = append(people[i].Roles, Role{Profile: school.Profile(r.Profile), Function: r.Function, Classes: r.Classes, Form: r.Form})
	}
	return people
}

type row struct {
	PersonID   uuid.UUID `db:"person_id"`
	Profile    string    `db:"profile"`
	GivenName  string    `db:"given_name"`
	FamilyName string    `db:"family_name"`
	Function   string    `db:"function"`
	Folded     string    `db:"folded"`
	Classes    []string  `db:"classes"`
	Form       []string  `db:"form"`
	Photo      bool      `db:"photo"`
}
