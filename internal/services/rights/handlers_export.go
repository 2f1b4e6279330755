package rights

import (
	"bytes"
	"encoding/csv"
	"fmt"

	"github.com/gofiber/fiber/v2"
)

// byteOrderMark makes spreadsheets read the file as UTF-8.
const byteOrderMark = "\ufeff"

// getExport sends the table of a service as a file for spreadsheets, with the separator that French ones expect.
func (r *Room) getExport(c *fiber.Ctx) error {
	s, err := r.room(c)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	b.WriteString(byteOrderMark)
	w := csv.NewWriter(&b)
	w.Comma, w.UseCRLF = ';', true
	if err := w.WriteAll(r.shapeExport(c.UserContext(), s)); err != nil {
		return fmt.Errorf("write the rights of %s: %w", s.Name, err)
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="droits-`+s.Name+`.csv"`)
	return c.Send(b.Bytes())
}
