package web

import (
	"bytes"
	"encoding/csv"
	"strings"

	"github.com/gofiber/fiber/v2"
)

// SendTable gives rows away as spreadsheets in French read them: a mark of the encoding, semicolons. A text that a
// spreadsheet would take for a formula is kept a text.
func SendTable(c *fiber.Ctx, name string, rows [][]string) error {
	var b bytes.Buffer
	b.WriteString("\ufeff")
	w := csv.NewWriter(&b)
	w.Comma = ';'
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, s := range row {
			if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
				s = "'" + s
			}
			safe[i] = s
		}
		if err := w.Write(safe); err != nil {
			return err
		}
	}
	w.Flush()
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, Disposition(name, false))
	return c.Send(b.Bytes())
}
