package oversight

import (
	"bytes"
	"encoding/csv"
	"strings"
	"unicode"
)

// sheetSafe keeps a spreadsheet from taking a text for a formula: what begins like one is preceded by an apostrophe, which
// spreadsheets take as "this is text".
func sheetSafe(s string) string {
	head := strings.TrimLeftFunc(s, func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) })
	if head != s || strings.ContainsAny(head[:min(1, len(head))], "=+-@|%") || strings.HasPrefix(head, "＝") {
		return "'" + s
	}
	return s
}

// writeSheet writes lines as spreadsheets of this country read them: semicolons, and a mark that says UTF-8.
func writeSheet(lines [][]string) ([]byte, error) {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = ';', true
	for _, line := range lines {
		safe := make([]string, len(line))
		for i, cell := range line {
			safe[i] = sheetSafe(cell)
		}
		if err := w.Write(safe); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}
