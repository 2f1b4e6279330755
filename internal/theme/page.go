package theme

import (
	"context"
	"fmt"

	"elyco/internal/db"
	"elyco/internal/sheet"
	"elyco/internal/tenant"
)

// Page is an empty printed page in what a space, which ctx must be in, wears now.
func (w *Wardrobe) Page(ctx context.Context, t *tenant.Tenant) (sheet.Page, error) {
	var worn func() []Version
	if err := w.db.Batch(ctx, func(b *db.Batch) { worn = QueueWorn(b, t) }); err != nil {
		return sheet.Page{}, fmt.Errorf("read what the space wears: %w", err)
	}
	o, err := w.Dress(t, worn()...)
	if err != nil {
		return sheet.Page{}, err
	}
	p := o.Tokens.Paper()
	return sheet.Page{Masthead: inkOf(p.Masthead), OnMasthead: inkOf(p.OnMasthead), Brand: inkOf(p.Brand), Accent: inkOf(p.Accent), Text: inkOf(p.Text), Muted: inkOf(p.Muted),
		Line: inkOf(p.Line), Site: t.Name, SiteKind: t.KindWords(), Logo: sheet.Logo{Bytes: o.Logo.Bytes, ContentType: o.Logo.ContentType}}, nil
}

func inkOf(c Colour) sheet.Colour {
	r, g, b := c.RGB()
	return sheet.Colour{R: r, G: g, B: b}
}
