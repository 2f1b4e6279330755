package feed

import (
	"context"
	"time"

	"elyco/internal/school"
)

// Kind says how much a source sends.
type Kind string

// The kinds: everybody the source knows, or only what has changed since its last feed.
const (
	Complete Kind = "complete"
	Delta    Kind = "delta"
)

// Header is what a feed says of itself.
type Header struct {
	Source string         // who calls people by its keys: "aaf", "csv:12"; the same from one feed to the next
	Kind   Kind           // complete or delta
	Day    time.Time      // on which the source made it; an older feed than the last one applied is refused
	Label  string         // what people call it: the archive's name
	Only   school.ScopeID // the one establishment that it may speak for; zero: all those that it names
	Whole  bool           // compare all of it with the house, and not what differs from the feed before alone
}

// Source streams a feed, in constant memory. Structures come first, then subjects and programmes, then people in any
// order. Every call begins anew.
type Source interface {
	Header() Header
	// Rows calls yield with each row. The row and what it points to are valid until yield returns. A record that cannot
	// be read is a row with a Problem, and the reading goes on; a feed that ends too early, or cannot be read further, is an
	// error in words that people read, and nothing of it is kept. An error of yield ends the reading and is returned.
	Rows(ctx context.Context, yield func(*Row) error) error
}

// Operation is what a row asks for.
type Operation string

// The operations: a record in full, the fields of a record that have changed, a record that is no longer sent.
const (
	Put    Operation = "put"
	Modify Operation = "modify"
	Drop   Operation = "drop"
)

// Row is one record. Exactly one of the pointers is set; none where there is a Problem.
type Row struct {
	Operation Operation
	File      string // as the source names it
	Line      int    // where the record begins, from 1
	Problem   string // why the record cannot be read, in French
	Given     Fields // of a modification: what it replaces; a field that is given and empty is taken away

	Structure *Structure
	Subject   *Subject
	Programme *Programme
	Pupil     *Pupil
	Relative  *Relative
	Staff     *Staff
}

// Fields names parts of a record.
type Fields uint32

// The parts of a record that a modification may replace.
const (
	GivenName Fields = 1 << iota
	FamilyName
	BirthDate
	Email
	INE
	Home      // the structure of attachment
	Level     // programme and level of a pupil
	Classes   // of a pupil, or those of which staff is the form teacher
	Groups    // of a pupil
	Ties      // of a pupil
	Functions // of staff
	Lessons   // of staff

	Everything Fields = 1<<iota - 1
)

// Has reports whether all the parts of p are in f.
func (f Fields) Has(p Fields) bool { return f&p == p }

// Structure is an establishment as the source knows it.
type Structure struct {
	Key     string // the source's own
	UAI     string
	Name    string
	Classes []ClassEntry // may be empty: classes are also made when somebody is in them
	Groups  []GroupEntry
}

// ClassEntry is a class of a structure.
type ClassEntry struct {
	Code       string // what the source calls it, and people too: 6A
	Label      string
	Programmes []string // codes, of which the first known tells the level
}

// GroupEntry is a group of a structure.
type GroupEntry struct {
	Code    string
	Label   string
	Classes []string // codes
}

// Subject is a subject that is taught.
type Subject struct {
	Code  string // six digits in the national list
	Label string
}

// Programme is what a class follows, and tells its level.
type Programme struct {
	Code  string // MEF, eleven characters
	Label string
	Level string // as the source writes it: 6EME; empty: the label tells it
}

// Person is what records of people have in common.
type Person struct {
	Key        string // the source's, for life
	GivenName  string // may be empty: an association may be a guardian
	FamilyName string
	BirthDate  time.Time // zero: not said
	Email      string
}

// Place is a class or a group of a structure.
type Place struct {
	Structure string // its key
	Code      string
}

// Pupil is a pupil or an apprentice.
type Pupil struct {
	Person
	INE       string
	Home      string  // key of the structure that holds the pupil's file
	Programme string  // code
	Level     string  // as the source writes it
	Classes   []Place // normally one; several for a pupil of two structures
	Groups    []Place
	Ties      []Tie
}

// Tie is what a relative is to the pupil.
type Tie struct {
	Relative string // key
	Link     int    // code of the national list, old (1 to 7) or new (10 to 90); zero: not said
	Legal    int    // as the source writes it; see Tie.Standing
	Pays     bool   // pays what the school asks for
	Contact  bool   // is called first
	Home     bool   // the pupil lives there
}

// Relative is a person with ties to pupils, or the service that stands for one.
type Relative struct {
	Person
}

// Staff is anybody who works in structures.
type Staff struct {
	Person
	Home      string // key of the structure of attachment
	Functions []Function
	Forms     []Place // classes of which the person is the form teacher
	Lessons   []Lesson
}

// Function is what somebody does in a structure.
type Function struct {
	Structure  string
	Code       string // ENS, DIR, EDU …
	Label      string
	Discipline string // label: MATHEMATIQUES
}

// Lesson is what a teacher teaches to a class or a group.
type Lesson struct {
	Structure string
	Class     string // code; empty where Group is not
	Group     string
	Subject   string // code; may be empty
}

// Standing is what a tie gives.
type Standing string

// The standings: whose consent counts, who looks after the pupil without that, who is only called, and the pupil who is
// of age and answers alone.
const (
	Authority Standing = "authority"
	InCharge  Standing = "in_charge"
	Contact   Standing = "contact"
	Oneself   Standing = "oneself"
)

// Standing tells what the tie gives, and the rank among those with authority, 1 or 2 (0 without authority).
//
// The field Legal has had two meanings. Beside links of the old list it is the rank of the guardian, 0 for none; beside
// links of the new one, 1 is a legal guardian (several people may be), 2 somebody in charge without authority, and 0 a
// contact. The codes of the two lists are distinct, so that each tie says itself which meaning holds; without a link the
// new one does.
func (t Tie) Standing() (Standing, int) {
	old := t.Link >= 1 && t.Link <= 7
	switch {
	case t.Link == 7 || t.Link == 70:
		return Oneself, 0
	case t.Legal == 1:
		return Authority, 1
	case old && t.Legal == 2:
		return Authority, 2
	case t.Legal == 2:
		return InCharge, 0
	}
	return Contact, 0
}

// Kinship is the house's word for the tie's link.
func (t Tie) Kinship() string {
	switch t.Link {
	case 1, 20:
		return "father"
	case 2, 10:
		return "mother"
	case 3, 50:
		return "guardian"
	case 37:
		return "sibling"
	case 38:
		return "grandparent"
	case 4, 39:
		return "family"
	case 5, 51:
		return "child_welfare"
	case 41:
		return "educator"
	case 42:
		return "foster"
	case 43:
		return "carer"
	}
	return "other"
}
