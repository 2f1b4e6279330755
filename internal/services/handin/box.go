package handin

import (
	"cmp"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/words"
)

const (
	maxTitle        = 120
	maxInstructions = 4000
	maxComment      = 2000
	maxFiles        = 20  // of one deposit
	maxTeam         = 8   // pupils who give together
	maxCopies       = 200 // taken in at once
	maxAhead        = 400 * 24 * time.Hour
)

// Target is the class or group that a box is asked of.
type Target struct {
	Kind drive.Kind // drive.Class or drive.Group
	ID   uuid.UUID
	Name string
}

// Box is what a teacher asks for.
type Box struct {
	ID           uuid.UUID
	Target       Target
	Title        string
	Instructions string
	OpensAt      time.Time
	ClosesAt     time.Time
	Late         bool // taken after the end, and said to be late
	Teams        bool // pupils may give together
	Author       school.PersonID
	AuthorName   string
	ReturnedAt   time.Time // zero until the copies are given back
	Version      int
}

// Phase is where a box stands.
type Phase int

// The phases, in their order.
const (
	Waiting Phase = iota // not open yet
	Open
	Overdue // late work is still taken
	Closed
	Returned
)

// PhaseAt says where the box stands. The instant of the end is still in time.
func (b Box) PhaseAt(now time.Time) Phase {
	switch {
	case !b.ReturnedAt.IsZero():
		return Returned
	case now.Before(b.OpensAt):
		return Waiting
	case !now.After(b.ClosesAt):
		return Open
	case b.Late:
		return Overdue
	}
	return Closed
}

// Takes says whether work may be given now, and whether it is late. A Conflict fault says why not.
func (b Box) Takes(now time.Time) (late bool, err error) {
	switch b.PhaseAt(now) {
	case Open:
		return false, nil
	case Overdue:
		return true, nil
	case Waiting:
		return false, fault.New(fault.Conflict, "Ce casier n’est pas encore ouvert.")
	case Returned:
		return false, fault.New(fault.Conflict, "Les copies ont été rendues : ce casier ne prend plus rien.")
	}
	return false, fault.New(fault.Conflict, "La date limite est passée : ce casier est fermé. Parlez-en à votre professeur.")
}

// check names what is wrong with a box that is about to be made.
func (b Box) check(now time.Time) error {
	bad := fault.Fields{}
	switch n := utf8.RuneCountInString(b.Title); {
	case n == 0:
		bad.Add("title", "Donnez un titre au travail.")
	case n > maxTitle:
		bad.Add("title", "Ce titre est trop long : 120 caractères au plus.")
	}
	if utf8.RuneCountInString(b.Instructions) > maxInstructions {
		bad.Add("instructions", "Les consignes sont trop longues : 4 000 caractères au plus.")
	}
	checkEnd(bad, b.ClosesAt, now)
	if !b.OpensAt.Before(b.ClosesAt) {
		bad.Add("opens", "L’ouverture doit venir avant la date limite.")
	}
	return bad.OrNil()
}

func checkEnd(bad fault.Fields, end, now time.Time) {
	switch {
	case !end.After(now):
		bad.Add("closes", "Choisissez une date limite à venir.")
	case end.After(now.Add(maxAhead)):
		bad.Add("closes", "Choisissez une date limite dans l’année qui vient.")
	}
}

// Pupil is somebody of whom work is asked.
type Pupil struct {
	ID            school.PersonID
	Given, Family string
}

// Name is how lists show a pupil.
func (p Pupil) Name() string { return strings.TrimSpace(strings.ToUpper(p.Family) + " " + p.Given) }

// File is one file of a deposit. A copy is what the teacher wrote on.
type File struct {
	ID      uuid.UUID
	Deposit uuid.UUID
	Copy    bool
	Name    string
	Size    int64
	By      string
	At      time.Time
}

// Deposit is what one pupil or one team gives.
type Deposit struct {
	ID      uuid.UUID
	At      time.Time // of the last file; zero while nothing was given
	Late    bool
	Comment string
	Members []Pupil
	Files   []File // given
	Copies  []File // annotated
}

// Given reports whether there is something to read.
func (d Deposit) Given() bool { return len(d.Files) > 0 }

// Of reports whether the person gives with it.
func (d Deposit) Of(who school.PersonID) bool {
	return slices.ContainsFunc(d.Members, func(p Pupil) bool { return p.ID == who })
}

// Label names a deposit by those who give.
func (d Deposit) Label() string {
	names := make([]string, 0, len(d.Members))
	for _, p := range d.Members {
		names = append(names, p.Name())
	}
	slices.SortFunc(names, func(a, b string) int { return cmp.Compare(words.Fold(a), words.Fold(b)) })
	return strings.Join(names, ", ")
}

// owner is the one pupil whom the name of a file means. The whole family name and given name must be in it, as words;
// when several pupils fit, the one with the longest name does, and nobody when two are as long.
func owner(file string, pupils []Pupil) (Pupil, bool) {
	in := tokens(file)
	var best Pupil
	longest, alone := 0, false
	for _, p := range pupils {
		name := tokens(p.Family + " " + p.Given)
		if len(name) == 0 || len(name) < longest || !holds(in, name) {
			continue
		}
		alone = len(name) > longest
		best, longest = p, len(name)
	}
	return best, alone
}

func tokens(s string) []string {
	return strings.FieldsFunc(words.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

func holds(in, name []string) bool {
	for _, t := range name {
		if !slices.Contains(in, t) {
			return false
		}
	}
	return true
}

// listed is a box in a list, with those of the persons asked about who have given.
type listed struct {
	Box
	Given []uuid.UUID
}

func (l listed) gave(who school.PersonID) bool { return slices.Contains(l.Given, who.UUID) }
