package messages

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
)

const (
	pageSize   = 40
	maxFolders = 60
	maxDepth   = 3 // folders in folders
	maxName    = 60
	kept       = 30 * 24 * time.Hour // in the trash
)

// Change is what is done to several messages of a box at once.
type Change string

// The changes.
const (
	MarkRead   Change = "read"
	MarkUnread Change = "unread"
	Trash      Change = "trash"
	Restore    Change = "restore"
	Erase      Change = "erase"
	Move       Change = "move"
)

// Place is which list of a person's messages is shown.
type Place string

// The places. A folder is a place of its own, by its id.
const (
	Inbox    Place = "inbox"
	Sent     Place = "sent"
	Drafts   Place = "drafts"
	Bin      Place = "trash"
	InFolder Place = "folder"
)

// Folder is one that a person made.
type Folder struct {
	ID     uuid.UUID
	Parent uuid.UUID
	Name   string
	Depth  int // zero at the top
}

// ordered puts folders as a tree is read: each before those in it, by name.
func ordered(list []Folder) []Folder {
	var out []Folder
	var walk func(parent uuid.UUID, depth int)
	walk = func(parent uuid.UUID, depth int) {
		for _, f := range list {
			if f.Parent == parent && depth < maxDepth {
				f.Depth = depth
				out = append(out, f)
				walk(f.ID, depth+1)
			}
		}
	}
	walk(uuid.Nil, 0)
	return out
}

// withThoseBelow lists a folder and all that it holds, the deepest first.
func withThoseBelow(list []Folder, id uuid.UUID) []uuid.UUID {
	var out []uuid.UUID
	for _, f := range list {
		if f.Parent == id {
			out = append(out, withThoseBelow(list, f.ID)...)
		}
	}
	return append(out, id)
}

// checkFolder refuses a folder that does not fit among those that are there.
func checkFolder(list []Folder, f Folder) error {
	switch {
	case f.Name == "":
		return fault.Field("name", "Donnez un nom au dossier.")
	case utf8.RuneCountInString(f.Name) > maxName:
		return fault.Field("name", "Le nom compte 60 signes au plus.")
	case len(list) >= maxFolders:
		return fault.Field("name", "Vous avez déjà 60 dossiers. Supprimez-en un avant d’en créer un autre.")
	}
	if f.Parent == uuid.Nil {
		return nil
	}
	i := slices.IndexFunc(list, func(o Folder) bool { return o.ID == f.Parent })
	if i < 0 {
		return fault.Field("parent", "Choisissez un de vos dossiers.")
	}
	if list[i].Depth+1 >= maxDepth {
		return fault.Field("parent", "Les dossiers s’emboîtent sur trois niveaux au plus.")
	}
	return nil
}

// Line is a message as a list shows it.
type Line struct {
	ID         uuid.UUID
	At         time.Time
	Subject    string
	Opening    string // the first words
	AuthorID   uuid.UUID
	AuthorName string
	Profile    school.Profile
	Whom       string
	Mine       bool // the reader wrote it
	Unread     bool
	Recalled   bool
	Hidden     bool // received as a hidden copy
	Files      int
	About      []uuid.UUID
	Child      string
	Urgent     bool
	State      string    // of what waits: draft, scheduled, held
	SendAt     time.Time // of what is scheduled
}

// marks are the signs of the texts' own marks, which a list does not show.
var marks = strings.NewReplacer("**", "", "__", "", "`", "", "\n- ", "\n", "\n> ", "\n", "\n# ", "\n")

// opening is how a text begins, on one line.
func opening(text string) string {
	const enough = 140
	runes := []rune(strings.Join(strings.Fields(marks.Replace("\n"+text)), " "))
	if len(runes) <= enough {
		return string(runes)
	}
	return string(runes[:enough-1]) + "…"
}

// Report is what somebody says is wrong with a message.
type Report struct {
	ID      uuid.UUID
	Message uuid.UUID
	Reason  string
	Note    string
	At      time.Time
	By      string
	Subject string
	Author  string
	Body    string
	Whom    string
}

func reasons() []string { return []string{"insult", "threat", "harassment", "spam", "other"} }

func (p Report) check() error {
	bad := fault.Fields{}
	if !slices.Contains(reasons(), p.Reason) {
		bad.Add("reason", "Choisissez ce qui ne va pas.")
	}
	if utf8.RuneCountInString(p.Note) > 1000 {
		bad.Add("note", "L’explication compte 1 000 signes au plus.")
	}
	return bad.OrNil()
}
