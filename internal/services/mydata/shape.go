package mydata

import (
	"context"
	"net/url"
	"strconv"
	"strings"
	"time"

	"elyco/internal/privacy"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// at is the address of a page about a subject.
func at(path string, s Subject, more ...string) string {
	q := url.Values{}
	if !s.Own {
		q.Set("child", s.Person.String())
	}
	for i := 0; i+1 < len(more); i += 2 {
		if more[i+1] != "" {
			q.Set(more[i], more[i+1])
		}
	}
	if len(q) == 0 {
		return home + path
	}
	return home + path + "?" + q.Encode()
}

// around is what the pages about a subject share: their title and the links between them.
type around struct {
	Title, Lead string
	Whose       ui.Tabs // oneself and the children, where there are any
	Pages       ui.Tabs
}

func frame(ctx context.Context, s Subject, here, title, lead, ofChild string) around {
	a := around{Title: words.T(ctx, title), Lead: words.T(ctx, lead)}
	if !s.Own {
		a.Lead = words.T(ctx, ofChild, "name", s.Name)
	}
	for _, p := range []struct {
		path, label string
		icon        ui.Icon
	}{{"", "mydata.tab.held", ui.IconEye}, {"/journal", "mydata.tab.journal", ui.IconClock}, {"/exports", "mydata.tab.export", ui.IconDownload},
		{"/corrections", "mydata.tab.correction", ui.IconEdit}} {
		a.Pages.Tabs = append(a.Pages.Tabs, ui.Link{Label: words.T(ctx, p.label), URL: at(p.path, s), Icon: p.icon, Current: p.path == here})
	}
	a.Pages.Label = words.T(ctx, "mydata.tabs")
	children := childrenOf(session.Actor(ctx))
	if len(children) == 0 {
		return a
	}
	a.Whose = ui.Tabs{Label: words.T(ctx, "mydata.whose"), Tabs: []ui.Link{{Label: words.T(ctx, "mydata.mine"), URL: home + here, Icon: ui.IconUser, Current: s.Own}}}
	for _, c := range children {
		of := Subject{Person: c.ID}
		a.Whose.Tabs = append(a.Whose.Tabs, ui.Link{Label: c.Name, URL: at(here, of), Icon: ui.IconUser, Current: c.ID == s.Person})
	}
	return a
}

type overviewView struct {
	around
	Spaces []spaceView
	Govern *ui.InlineNotice
}

type spaceView struct {
	ID, Name, Kind string
	Fields         []fieldView
	Services       []serviceView
	Source         string
}

type fieldView struct {
	Label, Text, AskURL, AskLabel string
}

type serviceView struct {
	Title, Purpose, Ground, Retention, URL string
	Counts                                 []string
}

func (r *Room) shapeOverview(ctx context.Context, o Overview) overviewView {
	v := overviewView{around: frame(ctx, o.Subject, "", "mydata.title", "mydata.lead", "mydata.lead_child")}
	for _, d := range o.Spaces {
		if len(d.Fields) == 0 && len(d.Held) == 0 {
			continue
		}
		v.Spaces = append(v.Spaces, shapeSpace(ctx, o.Subject, d))
	}
	if _, may := r.policy.For(session.Actor(ctx), "mydata", answer); may {
		v.Govern = &ui.InlineNotice{Tone: ui.ToneInfo, Text: words.T(ctx, "mydata.answering"),
			Action: ui.ButtonLink{Label: words.T(ctx, "mydata.requests.title"), URL: home + "/requests", Icon: ui.IconList, Small: true}}
	}
	return v
}

func shapeSpace(ctx context.Context, s Subject, d SpaceData) spaceView {
	number := strconv.FormatInt(int64(d.Space.ID), 10)
	v := spaceView{ID: "space-" + number, Name: d.Space.Name, Kind: d.Space.KindWords()}
	if d.Space.Kind == tenant.KindAcademy {
		v.Name = words.T(ctx, "mydata.academy")
		v.Kind = words.T(ctx, "mydata.academy_text", "name", d.Space.Name)
	}
	for _, f := range d.Fields {
		label := words.T(ctx, "mydata.says."+f.Name)
		v.Fields = append(v.Fields, fieldView{Label: label, Text: sayField(ctx, f), AskLabel: words.T(ctx, "mydata.wrong_field", "field", label),
			AskURL: at("/corrections/new", s, "space", number, "field", f.Name)})
	}
	for _, h := range d.Held {
		one := serviceView{Title: words.T(ctx, h.Holding.Title), Purpose: words.T(ctx, h.Holding.Purpose), Ground: words.T(ctx, h.Holding.Ground),
			Retention: words.T(ctx, h.Holding.Retention), URL: at("/held/"+h.Holding.Name, s, "space", number), Counts: counts(ctx, h.Counts)}
		v.Services = append(v.Services, one)
	}
	return v
}

func counts(ctx context.Context, list []privacy.Count) []string {
	var out []string
	for _, c := range list {
		key := c.Holds
		if key == "" {
			key = "mydata.holds.rest"
		}
		out = append(out, words.N(ctx, key, c.Rows))
	}
	return out
}

// sayField says in words what the directory says in codes: what a guardian is to a child.
func sayField(ctx context.Context, f Field) string {
	if f.Name != "guardians" {
		return f.Text
	}
	list := strings.Split(f.Text, ", ")
	for i, tie := range list {
		list[i] = sayOr(ctx, "mydata.tie.", tie)
	}
	return strings.Join(list, ", ")
}

// sayOr is the sentence of a prefix and a name, or the name itself where there is none.
func sayOr(ctx context.Context, prefix, name string) string {
	if c := words.Of(ctx); c == nil || !c.Has(prefix+name) {
		return strings.ReplaceAll(name, "_", " ")
	}
	return words.T(ctx, prefix+name)
}

// fieldWords and partWords name what rooms export, in words where there are some.
func fieldWords(ctx context.Context, name string) string { return sayOr(ctx, "mydata.field.", name) }

func partWords(ctx context.Context, name string) string { return sayOr(ctx, "mydata.part.", name) }

type heldView struct {
	Trail    ui.Breadcrumb
	Title    string
	Kicker   string
	Facts    ui.Facts
	Parts    []partView
	Empty    ui.EmptyState
	Complete string
}

type partView struct {
	ID, Title, More string
	Table           ui.Table
}

// shownLines is how many lines of a list a page shows; the archive holds all.
const shownLines = 100

func shapeHeld(ctx context.Context, s Subject, d SpaceData, parts []Part) heldView {
	one := d.Held[0].Holding
	v := heldView{Trail: ui.Breadcrumb{Trail: []ui.Link{{Label: words.T(ctx, "mydata.title"), URL: at("", s)}}}, Title: words.T(ctx, one.Title), Kicker: d.Space.Name,
		Facts: ui.Facts{Facts: []ui.Fact{{Label: words.T(ctx, "mydata.purpose"), Text: words.T(ctx, one.Purpose)}, {Label: words.T(ctx, "mydata.ground"), Text: words.T(ctx, one.Ground)},
			{Label: words.T(ctx, "mydata.retention"), Text: words.T(ctx, one.Retention)}}},
		Empty: ui.EmptyState{Icon: ui.IconCheck, Title: words.T(ctx, "mydata.nothing"), Sentence: words.T(ctx, "mydata.nothing_text")}}
	if !s.Own {
		v.Kicker += " · " + s.Name
	}
	for _, p := range parts {
		one := partView{ID: p.Name, Title: partWords(ctx, p.Name), Table: ui.Table{Caption: partWords(ctx, p.Name), HideCaption: true, Dense: true}}
		for _, c := range p.Columns {
			one.Table.Columns = append(one.Table.Columns, ui.Column{Label: fieldWords(ctx, c)})
		}
		for i, row := range p.Rows {
			if i == shownLines {
				one.More = words.N(ctx, "mydata.more_lines", len(p.Rows)-shownLines)
				break
			}
			cells := make([]ui.Cell, len(row))
			for j, value := range row {
				cells[j] = ui.Cell{Text: say(ctx, p.Columns[j], value)}
			}
			one.Table.Rows = append(one.Table.Rows, ui.Row{Cells: cells})
		}
		v.Parts = append(v.Parts, one)
	}
	return v
}

// say writes one exported value for a reader.
func say(ctx context.Context, column string, value any) string {
	const longest = 300
	switch v := value.(type) {
	case nil:
		return "–"
	case bool:
		if v {
			return words.T(ctx, "mydata.yes")
		}
		return words.T(ctx, "mydata.no")
	case time.Time:
		if isDay(column, v) {
			return words.Date(v)
		}
		return words.DateTime(v)
	case float64:
		return words.Number(int(v))
	case string:
		switch column {
		case "profile":
			return sayOr(ctx, "profile.", v)
		case "tie":
			return sayOr(ctx, "mydata.tie.", v)
		case "what", "state", "as", "field":
			return sayOr(ctx, "mydata.value.", v)
		}
		if runes := []rune(v); len(runes) > longest {
			return string(runes[:longest-1]) + "…"
		}
		if v == "" {
			return "–"
		}
		return v
	}
	return ""
}

// isDay reports whether an instant of a list stands for a whole day: the database gives days as their midnight.
func isDay(column string, at time.Time) bool {
	return strings.HasSuffix(column, "_on") || at.Equal(at.Truncate(24*time.Hour)) && at.In(words.Zone()).Hour() < 3
}
