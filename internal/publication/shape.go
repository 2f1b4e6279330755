package publication

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func (d *Desk) shapeList(ctx context.Context, list Page, section string) listView {
	v := listView{Title: words.T(ctx, d.room.Title), Lead: words.T(ctx, d.room.Lead), Icon: d.room.Icon,
		Empty: words.T(ctx, d.room.Empty), EmptyText: words.T(ctx, "publication.empty_text"), Tabs: d.sectionTabs(ctx, section)}
	if d.mayWrite(ctx) {
		v.Tools = []tool{{words.T(ctx, "publication.desk"), d.path("desk"), ui.IconFolder, ui.ButtonOrdinary},
			{words.T(ctx, d.room.New), d.path("new"), ui.IconPlus, ui.ButtonPrimary}}
	}
	here := tenant.From(ctx)
	for i, l := range list.Items {
		if d.room.Short {
			v.Flashes = append(v.Flashes, d.announcementCard(ctx, here, l))
			continue
		}
		v.Cards = append(v.Cards, d.card(ctx, here, l, i == 0 && l.Cover.Key != ""))
	}
	v.Pager = next(ctx, list.Next, d.home()+"?section="+url.QueryEscape(section)+"&after=")
	return v
}

func (d *Desk) shapePublicList(ctx context.Context, list Page) listView {
	v := listView{Title: words.T(ctx, d.room.Title), Lead: words.T(ctx, "publication.public_lead"), Icon: d.room.Icon,
		Empty: words.T(ctx, d.room.Empty), EmptyText: words.T(ctx, "publication.public_empty_text")}
	here := tenant.From(ctx)
	for i, l := range list.Items {
		c := d.card(ctx, here, l, i == 0 && l.Cover.Key != "")
		c.URL, c.Badges, c.Unread = d.path("public", l.ID.String()), nil, false
		if l.Cover.Key != "" {
			c.CoverURL = d.path("public", l.ID.String(), "cover") + coverVersion(l.Cover)
		}
		v.Cards = append(v.Cards, c)
	}
	v.Pager = next(ctx, list.Next, d.path("public")+"?after=")
	return v
}

func next(ctx context.Context, cursor, url string) ui.Pager {
	if cursor == "" {
		return ui.Pager{}
	}
	return ui.Pager{Next: url + cursor, Words: words.T(ctx, "publication.older")}
}

func (d *Desk) sectionTabs(ctx context.Context, current string) []ui.Link {
	if len(d.room.Sections) == 0 {
		return nil
	}
	tabs := []ui.Link{{Label: words.T(ctx, "publication.all_sections"), URL: d.home(), Current: current == ""}}
	for _, s := range d.room.Sections {
		tabs = append(tabs, ui.Link{Label: words.T(ctx, s.Title), URL: d.home() + "?section=" + s.Name, Icon: s.Icon, Current: current == s.Name})
	}
	return tabs
}

// card announces an article. Its source is named when it is not this very space.
func (d *Desk) card(ctx context.Context, here *tenant.Tenant, l Listed, lead bool) ui.ArticleCard {
	c := ui.ArticleCard{URL: d.path(l.ID.String()), Title: words.Typeset(l.Title), Summary: words.Typeset(l.Summary), Date: words.Since(l.PublishAt, d.db.NowIn(ctx)),
		DateTime: l.PublishAt.Format(time.RFC3339), Level: 2, Lead: lead, Unread: !l.Read}
	if l.Cover.Key != "" {
		c.CoverURL, c.CoverAlt = d.path(l.ID.String(), "cover")+coverVersion(l.Cover), l.Cover.Alt
	}
	for i, s := range d.room.Sections {
		if s.Name == l.Section {
			c.Section, c.SectionHue = words.T(ctx, s.Title), ui.HueOf(i)
		}
	}
	if l.Scope != here.ID {
		c.Source = d.sourceOf(here, l.Scope).Name
	}
	if a := asks(ctx, l); a != "" {
		c.Badges = []ui.Badge{{Label: a, Tone: ui.ToneAccent}}
	}
	return c
}

// coverVersion makes the address of a cover that of one object, so that a browser may keep it for good.
func coverVersion(c Cover) string {
	return "?v=" + c.Key[max(0, len(c.Key)-12):]
}

func (d *Desk) announcementCard(ctx context.Context, here *tenant.Tenant, l Listed) ui.AnnouncementCard {
	c := ui.AnnouncementCard{ID: "p" + l.ID.String(), Title: words.Typeset(l.Title), Text: words.Typeset(strings.ReplaceAll(l.Body, "**", "")), Urgent: l.Urgent,
		From: d.sourceOf(here, l.Scope).Name, URL: d.path(l.ID.String())}
	if !l.EndsAt.IsZero() {
		c.Until = words.DateTime(l.EndsAt)
	}
	if !l.WantsReceipt {
		return c
	}
	if l.Acknowledged.IsZero() {
		c.ReadURL = d.path(l.ID.String(), "receipt")
		return c
	}
	c.ReadOn = words.T(ctx, "publication.receipt_on", "when", words.Since(l.Acknowledged, d.db.NowIn(ctx)))
	return c
}

func (d *Desk) shapeArticle(ctx context.Context, l Listed) articleView {
	here := tenant.From(ctx)
	v := d.articleOf(ctx, here, l.Publication, "")
	v.Back = ui.Link{Label: words.T(ctx, d.room.Title), URL: d.home()}
	if l.WantsReceipt && l.Acknowledged.IsZero() {
		v.ReceiptURL = d.path(l.ID.String(), "receipt")
	}
	if !l.Acknowledged.IsZero() {
		v.ReceiptOn = words.T(ctx, "publication.receipt_on", "when", words.Since(l.Acknowledged, d.db.NowIn(ctx)))
	}
	if l.Scope != here.ID || !d.mayWrite(ctx) {
		return v
	}
	if e, err := d.editor(ctx); err == nil && e.Sees(l.Publication) {
		v.Tools = append(v.Tools, tool{words.T(ctx, "publication.readers"), d.path(l.ID.String(), "receipts"), ui.IconGroup, ui.ButtonQuiet})
		if e.MayEdit(l.Publication) {
			v.Tools = append(v.Tools, tool{words.T(ctx, "publication.edit"), d.path(l.ID.String(), "edit"), ui.IconEdit, ui.ButtonOrdinary})
		}
	}
	return v
}

func (d *Desk) shapePublic(ctx context.Context, p Publication) articleView {
	v := d.articleOf(ctx, tenant.From(ctx), p, "public")
	v.Back = ui.Link{Label: words.T(ctx, d.room.Title), URL: d.path("public")}
	return v
}

func (d *Desk) articleOf(ctx context.Context, here *tenant.Tenant, p Publication, side string) articleView {
	at := func(parts ...string) string {
		if side != "" {
			parts = append([]string{side}, parts...)
		}
		return d.path(parts...)
	}
	v := articleView{Title: words.Typeset(p.Title), Lead: words.Typeset(p.Summary), HTML: p.HTML, Date: words.DateTime(p.PublishAt), DateTime: p.PublishAt.Format(time.RFC3339),
		Source: d.sourceOf(here, p.Scope).Name}
	// A collectivity and the academy speak as institutions, a school by its people.
	if side == "" && here.Kind == tenant.KindEstablishment && p.Scope == here.ID {
		v.By = p.AuthorName
	}
	if side == "" && p.AudienceWords != "" {
		v.To = words.T(ctx, "publication.addressed_to", "who", p.AudienceWords)
	}
	if s, ok := d.section(p.Section); ok {
		v.Kicker = words.T(ctx, s.Title)
	}
	if !p.EndsAt.IsZero() {
		v.Until = words.T(ctx, "publication.until", "when", words.DateTime(p.EndsAt))
	}
	if p.Cover.Key != "" {
		v.CoverURL, v.CoverAlt = at(p.ID.String(), "cover")+coverVersion(p.Cover), p.Cover.Alt
	}
	for _, a := range p.Attachments {
		v.Files = append(v.Files, fileView{Name: a.Name, URL: at(p.ID.String(), "files", a.ID.String()), Size: words.Size(a.Size)})
	}
	return v
}

func fileItems(files []fileView) []ui.Item {
	var items []ui.Item
	for _, f := range files {
		items = append(items, ui.Item{Title: f.Name, URL: f.URL, Meta: f.Size, Icon: ui.IconDownload})
	}
	return items
}

func (d *Desk) shapeReceipts(ctx context.Context, r Receipts) receiptsView {
	id := r.Publication.ID.String()
	v := receiptsView{Title: words.T(ctx, "publication.readers"), Lead: r.Publication.Title,
		Back: ui.Link{Label: words.T(ctx, d.room.Desk), URL: d.path("desk") + "?state=" + string(Published)},
		Stats: []ui.Stat{
			{Label: words.T(ctx, "publication.stat_meant"), Value: words.Number(r.Meant.People), Hint: r.Meant.Dated()},
			{Label: words.T(ctx, "publication.stat_read"), Value: words.Number(r.Read)},
		}}
	if tenant.From(ctx).Kind != tenant.KindEstablishment {
		v.Note = words.T(ctx, "publication.readers_elsewhere")
	}
	if !r.Publication.WantsReceipt {
		return v
	}
	v.Stats = append(v.Stats, ui.Stat{Label: words.T(ctx, "publication.stat_receipts"), Value: words.Number(r.Acknowledged)})
	v.Table = ui.Table{Caption: words.T(ctx, "publication.readers"), HideCaption: true, Columns: []ui.Column{
		{Label: words.T(ctx, "publication.reader")}, {Label: words.T(ctx, "publication.read_at")}, {Label: words.T(ctx, "publication.receipt_at")}}}
	for _, one := range r.Readers {
		given := words.T(ctx, "publication.receipt_missing")
		if one.Acknowledged != nil {
			given = words.DateTime(*one.Acknowledged)
		}
		v.Table.Rows = append(v.Table.Rows, ui.Row{Cells: []ui.Cell{
			{Text: one.FamilyName + " " + one.GivenName}, {Text: words.DateTime(one.ReadAt)}, {Text: given}}})
	}
	v.Pager = numbered(ctx, d.path(id, "receipts")+"?page=", r.Page, r.More)
	return v
}

func numbered(ctx context.Context, url string, page int, more bool) ui.Pager {
	p := ui.Pager{Words: words.T(ctx, "publication.page", "page", page)}
	if page > 1 {
		p.Previous = url + strconv.Itoa(page-1)
	}
	if more {
		p.Next = url + strconv.Itoa(page+1)
	}
	return p
}
