package feeds

import (
	"bytes"
	"encoding/csv"
	"strings"
)

// sheet writes lines as spreadsheets of this country open them: in UTF-8 that says so, parted by semicolons. A text that
// a spreadsheet would take for a formula is marked as a text.
func sheet(lines [][]string) ([]byte, error) {
	out := bytes.NewBufferString("\ufeff")
	w := csv.NewWriter(out)
	w.Comma, w.UseCRLF = ';', true
	for _, line := range lines {
		cells := make([]string, len(line))
		for i, cell := range line {
			if strings.IndexAny(strings.TrimSpace(cell), "=+-@|%＝") == 0 {
				cell = "'" + cell
			}
			cells[i] = cell
		}
		if err := w.Write(cells); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return out.Bytes(), w.Error()
}
