package demo

import (
	"slices"

	"elyco/internal/school"
)

// Piece is something that a space of the demonstration publishes. Nothing here knows how publishing is done: whoever
// loads the pieces finds the space, the author and the audience.
type Piece struct {
	Room      string // news, territory, announcements
	Section   string // of the territory room: transport, canteen, equipment, works, culture
	Space     string // vendee/haxo, vendee, nantes; see StageLycee
	Author    string // login of a ready-made account of the space
	Title     string
	Summary   string
	Body      string // Markdown
	To        Audience
	Public    bool // also on the side that needs no sign-in
	Urgent    bool
	Receipt   bool // readers are asked to confirm
	DaysAgo   int  // since it was published; negative: to come
	EndsAfter int  // days from today; 0: no end
}

// Audience says to whom a piece is meant, by names: classes bear those of the space. An empty list asks nothing; all
// empty means everybody.
type Audience struct {
	Profiles    []school.Profile
	Levels      []string
	Classes     []string
	Natures     []string
	Departments []string
}

// Whole reports whether everybody is meant.
func (a Audience) Whole() bool {
	return len(a.Profiles)+len(a.Levels)+len(a.Classes)+len(a.Natures)+len(a.Departments) == 0
}

// StageLycee stands in Piece.Space for the private lycée of the ready-made accounts, which LyceeOf finds.
const StageLycee = stageLycee

// Pieces lists what the demonstration's spaces publish.
func Pieces() []Piece {
	return slices.Concat(collegeNews(), lyceeNews(), vendeePieces(), regionPieces(), flashes())
}

func families() Audience { return Audience{Profiles: []school.Profile{school.Guardian}} }

func staff() Audience {
	return Audience{Profiles: []school.Profile{school.Teacher, school.Head, school.SchoolLife, school.Administrative,
		school.Technical, school.Health, school.Librarian}}
}

func homes() Audience { return Audience{Profiles: []school.Profile{school.Guardian, school.Pupil}} }
