package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// Item is one line of Items: what it is, when, whose, and what is expected.
type Item struct {
	Title  string
	URL    string
	Meta   string // small text below
	Text   string
	Time   string // shown at the start of the line
	Icon   Icon
	Avatar *Avatar
	Stamps []Stamp
	Badges []Badge
	Unread bool
	Action templ.Component
	Attrs  templ.Attributes
}

// Items is a list of things to look at. Without items it is nothing: show an EmptyState then.
type Items struct {
	Label string // names the list for those who do not see what surrounds it
	Items []Item
	Plain bool // without rules between the lines
}

// Render writes the list.
func (l Items) Render(ctx context.Context, w io.Writer) error {
	if len(l.Items) == 0 {
		return nil
	}
	return items(l).Render(ctx, w)
}

// Column is the head of one column of a Table.
type Column struct {
	Label   string
	Numeric bool
	Sort    string // URL that sorts by this column
	Sorted  string // "ascending" or "descending" when the table is in this column's order
	Hide    bool   // the head is read aloud only
}

// Cell is one cell of a Table: a text, a link, or any component.
type Cell struct {
	Text string
	URL  string
	Body templ.Component
	Tone Tone
}

func (c Cell) empty() bool { return c.Text == "" && c.Body == nil }

// Row is one line of a Table; its first cell heads the line.
type Row struct {
	Cells []Cell
	Attrs templ.Attributes
}

// Table shows rows. On a narrow screen each row becomes a small card, where every cell repeats the head of its column.
type Table struct {
	ID          string
	Caption     string
	HideCaption bool
	Columns     []Column
	Rows        []Row
	Dense       bool
}

// Render writes the table.
func (t Table) Render(ctx context.Context, w io.Writer) error { return table(t).Render(ctx, w) }

// Tabs are links between views of one thing.
type Tabs struct {
	Label string
	Tabs  []Link
}

// Render writes the links.
func (t Tabs) Render(ctx context.Context, w io.Writer) error { return tabs(t).Render(ctx, w) }

// Pager leads through a long list. Words say where one is, for example « Page 2 sur 8 ».
type Pager struct {
	Previous string
	Next     string
	Words    string
}

// Render writes the pager; with nowhere to go it is nothing.
func (p Pager) Render(ctx context.Context, w io.Writer) error {
	if p.Previous == "" && p.Next == "" {
		return nil
	}
	return pager(p).Render(ctx, w)
}

// Breadcrumb leads back up. The page itself is not in it: its h1 follows.
type Breadcrumb struct {
	Trail []Link
}

// Render writes the trail.
func (b Breadcrumb) Render(ctx context.Context, w io.Writer) error {
	return breadcrumb(b).Render(ctx, w)
}

// ArticleCard announces an article. Level is the heading's, 3 when zero.
type ArticleCard struct {
	URL        string
	Title      string
	Summary    string
	CoverURL   string
	CoverAlt   string
	Section    string
	SectionHue Hue
	Date       string // as it is read
	DateTime   string // as a machine reads it
	Source     string // who publishes, when it is not this site
	Badges     []Badge
	Unread     bool
	Level      int
	Lead       bool // the one that opens the page, laid out wide
}

// Render writes the card.
func (a ArticleCard) Render(ctx context.Context, w io.Writer) error {
	return articleCard(a).Render(ctx, w)
}

// AnnouncementCard is a short message of the school.
type AnnouncementCard struct {
	ID      string
	Title   string
	Text    string
	Urgent  bool
	From    string
	Until   string
	URL     string
	ReadURL string // receives a POST when the receipt is asked for and not yet given
	ReadOn  string // says when it was given
}

// Render writes the card.
func (a AnnouncementCard) Render(ctx context.Context, w io.Writer) error {
	return announcementCard(a).Render(ctx, w)
}

func (t Table) columnLabel(i int) string {
	if i >= len(t.Columns) {
		return ""
	}
	return t.Columns[i].Label
}

func (t Table) numeric(i int) bool {
	return i < len(t.Columns) && t.Columns[i].Numeric
}

func (a ArticleCard) level() int {
	if a.Level == 0 {
		return 3
	}
	return a.Level
}

func idAttr(id string) templ.Attributes {
	if id == "" {
		return nil
	}
	return templ.Attributes{"id": id}
}
