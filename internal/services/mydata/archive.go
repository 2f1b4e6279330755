package mydata

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
)

// archiveLife is how long an archive waits to be taken away.
const archiveLife = 7 * 24 * time.Hour

// ArchiveState is where an archive stands.
type ArchiveState string

// The states.
const (
	Waiting ArchiveState = "waiting"
	Ready   ArchiveState = "ready"
	Failed  ArchiveState = "failed"
)

// Archive is all that is kept about somebody, or about to be put together.
type Archive struct {
	ID          uuid.UUID
	Person      school.PersonID
	Author      school.PersonID
	State       ArchiveState
	Spaces      []int64
	Done, Total int
	Object      string
	Size        int64
	CreatedAt   time.Time
	ExpiresAt   time.Time // zero while it waits
}

// Takable reports whether the archive may be taken away at an instant.
func (a Archive) Takable(now time.Time) bool {
	return a.State == Ready && a.Object != "" && now.Before(a.ExpiresAt)
}

// archived is one service in the list that opens an archive.
type archived struct {
	Title, Purpose, Ground, Retention string
	Files                             []archivedFile
}

// archivedFile is one file of the archive, as its list shows it. Path leads to it from the top of the archive.
type archivedFile struct {
	Path, Name string
	Lines      int // of a table
}

// archivedSpace is a space in that list.
type archivedSpace struct {
	Name     string
	Services []archived
}

// writeTable writes a part as spreadsheets in French open it: a mark of the encoding, semicolons, and no text that would
// be taken for a formula.
func writeTable(w io.Writer, columns []string, rows [][]string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	table := csv.NewWriter(w)
	table.Comma = ';'
	for _, row := range append([][]string{columns}, rows...) {
		safe := make([]string, len(row))
		for i, s := range row {
			if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
				s = "'" + s
			}
			safe[i] = s
		}
		if err := table.Write(safe); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

// texts writes the rows of a part for a spreadsheet: instants in the school's zone as machines read them, days as days.
func (p Part) texts(zone *time.Location) [][]string {
	rows := make([][]string, len(p.Rows))
	for i, row := range p.Rows {
		rows[i] = make([]string, len(row))
		for j, v := range row {
			switch v := v.(type) {
			case nil:
			case time.Time:
				rows[i][j] = v.In(zone).Format(time.DateTime)
				if j < len(p.Columns) && isDay(p.Columns[j], v) {
					rows[i][j] = v.UTC().Format(time.DateOnly)
				}
			case float64:
				rows[i][j] = fmt.Sprint(int64(v))
				if v != float64(int64(v)) {
					rows[i][j] = fmt.Sprint(v)
				}
			default:
				rows[i][j] = fmt.Sprint(v)
			}
		}
	}
	return rows
}
