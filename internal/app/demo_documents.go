package app

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/demo"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/session"
	"elyco/internal/sheet"
	"elyco/internal/tenant"
	"elyco/internal/theme"
	"elyco/internal/words"
)

// FileDemo fills the demonstration's spaces with documents, through the drive and as their authors. A space that holds
// files already stays as it is.
func (a *App) FileDemo(ctx context.Context) error {
	filled := map[drive.SpaceRef]bool{}
	fresh := map[drive.SpaceRef]bool{}
	for _, doc := range demo.Documents() {
		t := demo.Place(a.registry, doc.Space)
		if t == nil {
			continue
		}
		author, err := demo.Actor(ctx, a.ground.DB, doc.Author)
		if err != nil {
			return err
		}
		ctx := session.With(words.With(tenant.Enter(ctx, t), a.words), author.In(t.ID))
		space, err := a.spaceOf(ctx, doc)
		if err != nil {
			return err
		}
		if filled[space.SpaceRef] || space.Files > 0 && !fresh[space.SpaceRef] {
			filled[space.SpaceRef] = true
			continue
		}
		fresh[space.SpaceRef] = true
		if err := a.file(ctx, t, space.SpaceRef, doc); err != nil {
			return fmt.Errorf("file %q in %s: %w", doc.Name, doc.Space, err)
		}
	}
	return nil
}

func (a *App) spaceOf(ctx context.Context, doc demo.Document) (drive.Space, error) {
	spaces, err := a.drive.Spaces(ctx)
	if err != nil {
		return drive.Space{}, err
	}
	for _, s := range spaces {
		if s.Segment() == doc.In || s.Name == doc.In {
			return s, nil
		}
	}
	return drive.Space{}, fmt.Errorf("%s has no space %s in %s", doc.Author, doc.In, doc.Space)
}

func (a *App) file(ctx context.Context, t *tenant.Tenant, space drive.SpaceRef, doc demo.Document) error {
	parent := uuid.Nil
	id := func(what string) uuid.UUID {
		return uuid.NewSHA1(uuid.NameSpaceURL, fmt.Appendf(nil, "demo/%s/%s/%s/%s", space.Owner, doc.Space, doc.Author, what))
	}
	path := ""
	for _, name := range strings.FieldsFunc(doc.Path, func(r rune) bool { return r == '/' }) {
		path += "/" + name
		folder, err := a.drive.MakeFolder(ctx, space, parent, id(path), name)
		if err != nil {
			return err
		}
		parent = folder.ID
	}
	if doc.Open {
		if err := a.drive.SetOpening(ctx, parent, drive.Open); err != nil {
			return err
		}
	}
	content, err := a.contentOf(t, doc)
	if err != nil {
		return err
	}
	in := drive.Incoming{Space: space, Parent: parent, ID: id(path + "/" + doc.Name), Name: doc.Name}
	if _, err := a.drive.Store(ctx, in, bytes.NewReader(content), int64(len(content))); err != nil && !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.Conflict) {
		return err
	}
	return nil
}

func (a *App) contentOf(t *tenant.Tenant, doc demo.Document) ([]byte, error) {
	switch {
	case doc.Cover != "":
		cover, ok := demo.Piece{Title: doc.Cover}.Cover()
		if !ok {
			return nil, fmt.Errorf("no drawing is called %q", doc.Cover)
		}
		return cover.PNG()
	case doc.Title == "":
		return []byte(strings.Join(doc.Lines, "\n") + "\n"), nil
	}
	o, err := a.skins.Dress(t)
	if err != nil {
		return nil, err
	}
	p := o.Tokens.Palette(theme.Light)
	return sheet.Page{Masthead: paint(p[theme.Masthead]), OnMasthead: paint(p[theme.OnMasthead]), Brand: paint(p[theme.Masthead]), Accent: paint(p[theme.Accent]),
		Text: sheet.Colour{R: 26, G: 33, B: 41}, Muted: sheet.Colour{R: 77, G: 88, B: 101}, Line: sheet.Colour{R: 200, G: 206, B: 212},
		Site: t.Name, SiteKind: t.KindWords(), Logo: sheet.Logo{Bytes: o.Logo.Bytes, ContentType: o.Logo.ContentType},
		Title: doc.Title, Paragraphs: doc.Lines, Footer: t.Name, PageWord: "Page"}.PDF()
}

func paint(c theme.Colour) sheet.Colour {
	r, g, b := c.RGB()
	return sheet.Colour{R: r, G: g, B: b}
}
