package mydata

import (
	"bytes"
	"time"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/privacy"
	"elyco/internal/web"
	"elyco/internal/words"
)

const shownLooks = 100

// month reads a month of an address, 2026-11, as the instants between which it lies. What cannot be read is the month of
// now.
func month(text string, now time.Time) (time.Time, time.Time) {
	local := now.In(words.Zone())
	first := time.Date(local.Year(), local.Month(), 1, 0, 0, 0, 0, words.Zone())
	if t, err := time.ParseInLocation("2006-01", text, words.Zone()); err == nil && !t.After(first) {
		first = t
	}
	return first, first.AddDate(0, 1, 0)
}

func (r *Room) getJournal(c *fiber.Ctx) error {
	ctx := c.UserContext()
	s, err := r.subject(c)
	if err != nil {
		return err
	}
	from, to := month(c.Query("month"), r.db.NowIn(ctx))
	f := privacy.JournalFilter{From: from.UTC(), To: to.UTC(), Limit: shownLooks}
	pages, err := r.journal(ctx, s, f)
	if err != nil {
		return err
	}
	return web.Show(c, page(c, "mydata.journal.title", see), journalPage(r.shapeJournal(ctx, s, from, pages)))
}

func (r *Room) getJournalExport(c *fiber.Ctx) error {
	ctx := c.UserContext()
	s, err := r.subject(c)
	if err != nil {
		return err
	}
	from, to := month(c.Query("month"), r.db.NowIn(ctx))
	pages, err := r.journal(ctx, s, privacy.JournalFilter{From: from.UTC(), To: to.UTC(), Limit: mostExported})
	if err != nil {
		return err
	}
	columns, rows := journalTable(ctx, s, pages)
	return sendTable(c, "consultations-"+from.Format("2006-01")+".csv", columns, rows)
}

// mostExported is how many lines of one space a table holds.
const mostExported = 5000

func sendTable(c *fiber.Ctx, name string, columns []string, rows [][]string) error {
	var b bytes.Buffer
	if err := writeTable(&b, columns, rows); err != nil {
		return err
	}
	c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	c.Set(fiber.HeaderContentDisposition, web.Disposition(name, false))
	return c.Send(b.Bytes())
}
