package roster

import (
	"path"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/roster"
)

// Draft is a table that was sent and is not imported yet.
type Draft struct {
	ID        uuid.UUID
	Kind      roster.Kind
	Name      string // of the file
	Content   []byte
	Matches   map[roster.Field]string // as people matched the columns; nil: not yet
	Feed      uuid.UUID               // the comparison with the house; zero: none yet
	StartedAt time.Time
}

// kept is how long a file waits for its import.
const kept = 48 * time.Hour

func validKind(k roster.Kind) bool { return k == roster.Pupils || k == roster.Staff }

const longestName = 120

// fileName is what a file is called, without folders and signs that no list shows.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	name = strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return -1
		}
		return c
	}, name)
	r := []rune(strings.TrimSpace(name))
	if len(r) == 0 || string(r) == "." || string(r) == "/" {
		return "liste"
	}
	return string(r[:min(len(r), longestName)])
}

// Sheet is a draft that was read: its table, and the columns as they are matched.
type Sheet struct {
	Draft
	Table   *roster.Table
	Mapping roster.Mapping
}

// open reads the table of a draft. last is how columns were matched the last time.
func open(d Draft, last map[roster.Field]string) (Sheet, error) {
	t, err := roster.Read(d.Content)
	if err != nil {
		return Sheet{}, err
	}
	if d.Matches != nil {
		last = d.Matches
	}
	return Sheet{Draft: d, Table: t, Mapping: roster.Guess(d.Kind, t.Header, last)}, nil
}

// list compiles the sheet once people have matched its columns.
func (s Sheet) list() (*roster.List, error) {
	if s.Matches == nil || len(s.Mapping.Problems(s.Kind, len(s.Table.Header))) > 0 {
		return nil, fault.New(fault.Conflict, "Choisissez d’abord les colonnes de cette liste.")
	}
	return roster.Compile(s.Kind, s.Table, s.Mapping), nil
}

// model is a table with the header that needs no matching, for those who begin with an empty one.
func model(k roster.Kind) string {
	var names []string
	for _, f := range roster.Fields(k) {
		names = append(names, k.Label(f))
	}
	return "\ufeff" + strings.Join(names, ";") + "\r\n"
}
