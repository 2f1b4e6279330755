package mydata

import (
	"context"
	"strings"
	"time"

	"elyco/internal/privacy"
	"elyco/internal/session"
	"elyco/internal/sheet"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// doors lead between the pages of those who answer for the data, as far as each may open them.
func (r *Room) doors(ctx context.Context, here string) ui.Tabs {
	v := ui.Tabs{Label: words.T(ctx, "mydata.governing")}
	for _, p := range []struct {
		path, label, action string
		icon                ui.Icon
	}{{"/register", "mydata.register.title", govern, ui.IconBook}, {"/retention", "mydata.retention.title", govern, ui.IconClock}, {"/requests", "mydata.requests.title", answer, ui.IconEdit}} {
		if _, may := r.policy.For(session.Actor(ctx), "mydata", p.action); may {
			v.Tabs = append(v.Tabs, ui.Link{Label: words.T(ctx, p.label), URL: home + p.path, Icon: p.icon, Current: p.path == here})
		}
	}
	return v
}

type registerView struct {
	Doors    ui.Tabs
	Kicker   string
	Table    ui.ButtonLink
	Document ui.ButtonLink
	List     []processingView
	Security []string
}

type processingView struct {
	ID, Title string
	Facts     ui.Facts
}

func (r *Room) shapeRegister(ctx context.Context, list []Processing) registerView {
	v := registerView{Doors: r.doors(ctx, "/register"), Kicker: tenant.From(ctx).Name, Security: security(ctx),
		Table:    ui.ButtonLink{Label: words.T(ctx, "mydata.register.table"), URL: home + "/register/table", Icon: ui.IconDownload},
		Document: ui.ButtonLink{Label: words.T(ctx, "mydata.register.document"), URL: home + "/register/document", Icon: ui.IconDocument}}
	for _, p := range list {
		one := processingView{ID: "processing-" + p.Holding.Name, Title: words.T(ctx, p.Holding.Title)}
		for i, text := range processingCells(ctx, p)[1:] {
			one.Facts.Facts = append(one.Facts.Facts, ui.Fact{Label: words.T(ctx, registerColumns()[i+1]), Text: text})
		}
		v.List = append(v.List, one)
	}
	return v
}

func registerColumns() []string {
	return []string{"mydata.register.processing", "mydata.purpose", "mydata.ground", "mydata.register.data", "mydata.register.recipients", "mydata.retention", "mydata.register.responsible"}
}

func processingCells(ctx context.Context, p Processing) []string {
	data := p.Holding.Data
	if data == "" {
		data = "mydata.register.data_usual"
	}
	responsible := "mydata.register.academy"
	if t := tenant.From(ctx); t.Kind == tenant.KindEstablishment && p.Holding.Name != "account" {
		responsible = "mydata.register.school"
	}
	return []string{words.T(ctx, p.Holding.Title), words.T(ctx, p.Holding.Purpose), words.T(ctx, p.Holding.Ground), words.T(ctx, data),
		recipientWords(ctx, p.Recipients), words.T(ctx, p.Holding.Retention), words.T(ctx, responsible)}
}

// recipientWords says who sees the data, those with the same reach together.
func recipientWords(ctx context.Context, list []Recipient) string {
	if len(list) == 0 {
		return words.T(ctx, "mydata.register.nobody")
	}
	var order []string
	by := map[string][]string{}
	for _, one := range list {
		far := words.T(ctx, "reach."+string(one.Reach))
		if by[far] == nil {
			order = append(order, far)
		}
		by[far] = append(by[far], words.T(ctx, "profile."+string(one.Profile)))
	}
	var texts []string
	for _, far := range order {
		texts = append(texts, strings.Join(by[far], ", ")+" ("+far+")")
	}
	return strings.Join(texts, " ; ")
}

func security(ctx context.Context) []string {
	var list []string
	for _, key := range []string{"mydata.security.walls", "mydata.security.rights", "mydata.security.sign_on", "mydata.security.trail", "mydata.security.journal", "mydata.security.clocks"} {
		list = append(list, words.T(ctx, key))
	}
	return list
}

func registerTable(ctx context.Context, list []Processing) (columns []string, rows [][]string) {
	for _, c := range registerColumns() {
		columns = append(columns, words.T(ctx, c))
	}
	columns = append(columns, words.T(ctx, "mydata.security"))
	for _, p := range list {
		rows = append(rows, append(processingCells(ctx, p), strings.Join(security(ctx), " ")))
	}
	return columns, rows
}

// registerSheet is the register on paper. It is read in black on white by who checks it: it wears no colours.
func registerSheet(ctx context.Context, list []Processing, now time.Time) sheet.Page {
	t := tenant.From(ctx)
	dark, grey := sheet.Colour{R: 28, G: 34, B: 44}, sheet.Colour{R: 92, G: 100, B: 112}
	p := sheet.Page{Masthead: sheet.Colour{R: 240, G: 242, B: 245}, OnMasthead: dark, Brand: dark, Accent: grey, Text: dark, Muted: grey, Line: sheet.Colour{R: 200, G: 205, B: 212},
		Site: t.Name, SiteKind: t.KindWords(), Title: words.T(ctx, "mydata.register.title"), Footer: t.Name, PageWord: words.T(ctx, "mydata.register.page"),
		Facts: []sheet.Fact{{Label: words.T(ctx, "mydata.register.responsible"), Text: words.T(ctx, "mydata.register.responsible_of", "name", t.Name)},
			{Label: words.T(ctx, "mydata.register.edited"), Text: words.Date(now)}, {Label: words.T(ctx, "mydata.register.count"), Text: words.Number(len(list))}}}
	for i, one := range list {
		cells := processingCells(ctx, one)
		text := words.Number(i+1) + ". " + strings.ToUpper(cells[0])
		for n, cell := range cells[1:] {
			text += "\n" + words.T(ctx, registerColumns()[n+1]) + " : " + cell
		}
		p.Paragraphs = append(p.Paragraphs, text)
	}
	p.Paragraphs = append(p.Paragraphs, words.T(ctx, "mydata.security")+" : "+strings.Join(security(ctx), " "))
	return p
}

type retentionView struct {
	Doors  ui.Tabs
	Kicker string
	Figure []ui.Stat
	Table  ui.Table
	Never  bool
}

func (r *Room) shapeRetention(ctx context.Context, clocks []Clock) retentionView {
	v := retentionView{Doors: r.doors(ctx, "/retention"), Kicker: tenant.From(ctx).Name, Never: true}
	v.Table = ui.Table{ID: "clocks", Caption: words.T(ctx, "mydata.retention.title"), HideCaption: true, Columns: []ui.Column{{Label: words.T(ctx, "mydata.register.processing")},
		{Label: words.T(ctx, "mydata.retention")}, {Label: words.T(ctx, "mydata.retention.last")}, {Label: words.T(ctx, "mydata.retention.tonight"), Numeric: true},
		{Label: words.T(ctx, "mydata.retention.later"), Numeric: true}}}
	var tonight, later, removed int
	var last time.Time
	for _, c := range clocks {
		tonight, later, removed = tonight+c.Tonight.Rows, later+c.Later.Rows, removed+int(c.Last.Removed)
		ran := words.T(ctx, "mydata.retention.never")
		if !c.Last.At.IsZero() {
			v.Never = false
			ran = words.N(ctx, "mydata.retention.ran", int(c.Last.Removed), "when", words.DateTime(c.Last.At))
			if c.Last.At.After(last) {
				last = c.Last.At
			}
		}
		v.Table.Rows = append(v.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: words.T(ctx, c.Holding.Title)}, {Text: words.T(ctx, c.Holding.Retention)}, {Text: ran},
			{Text: purgedWords(ctx, c.Tonight)}, {Text: purgedWords(ctx, c.Later)}}})
	}
	lastWords := words.T(ctx, "mydata.retention.never")
	if !last.IsZero() {
		lastWords = words.Date(last)
	}
	v.Figure = []ui.Stat{{Label: words.T(ctx, "mydata.retention.last"), Value: words.Number(removed), Hint: lastWords, Icon: ui.IconTrash},
		{Label: words.T(ctx, "mydata.retention.tonight"), Value: words.Number(tonight), Icon: ui.IconMoon},
		{Label: words.T(ctx, "mydata.retention.later"), Value: words.Number(later), Icon: ui.IconAgenda}}
	return v
}

func purgedWords(ctx context.Context, p privacy.Purged) string {
	if p.More {
		return words.T(ctx, "mydata.retention.more", "n", p.Rows)
	}
	return words.Number(p.Rows)
}
