package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// PageHead opens a page: its one h1, a lead sentence, and what can be done here.
type PageHead struct {
	Title   string
	Lead    string
	Kicker  string // one small line above the title
	Actions templ.Component
}

// Render writes the head.
func (p PageHead) Render(ctx context.Context, w io.Writer) error { return pageHead(p).Render(ctx, w) }

// Hero opens a public page: the h1 on a panel over the banner.
type Hero struct {
	Title     string
	Lead      string
	Kicker    string
	BannerURL string
	Actions   templ.Component
}

// Render writes the hero.
func (h Hero) Render(ctx context.Context, w io.Writer) error { return hero(h).Render(ctx, w) }

// Gate is the sign-in page's frame: banner on one side, welcome and form on the other. It holds the page's h1.
type Gate struct {
	Kicker    string // one small line of welcome above the title
	Title     string
	Text      string
	BannerURL string
	LogoURL   string
}

// With renders the frame around the form.
func (g Gate) With() templ.Component { return gate(g) }

// Section is a titled part of a page (h2).
type Section struct {
	ID     string
	Title  string
	Lead   string
	Action templ.Component
}

// With renders the part around its content.
func (s Section) With() templ.Component { return section(s) }

// Card is a raised box. Level is the heading's level, 2 when zero; without a Title there is no heading.
type Card struct {
	ID     string
	Title  string
	Icon   Icon
	Level  int
	Tone   Tone
	Action templ.Component
	Foot   templ.Component
}

// With renders the box around its content.
func (c Card) With() templ.Component { return card(c) }

// Grid lays its children out in as many columns as fit.
type Grid struct {
	Size string // "" for cards, "small" for tiles, "wide" for two columns at most
}

// With renders the grid around its content.
func (g Grid) With() templ.Component { return grid(g) }

// Split puts a main column beside a narrow one. Aside may be nil.
type Split struct {
	Aside templ.Component
}

// With renders the main column's content.
func (s Split) With() templ.Component { return split(s) }

// Widget is one box of the home page.
type Widget struct {
	ID    string
	Title string
	Icon  Icon
	Count int
	Link  Link            // leads to the whole service
	Tools templ.Component // move, hide, pin
	Body  templ.Component // or the content given to With
}

// Render writes the box with its Body.
func (d Widget) Render(ctx context.Context, w io.Writer) error { return widget(d).Render(ctx, w) }

// With renders the box around its content.
func (d Widget) With() templ.Component { return widget(d) }

// EmptyState says kindly that there is nothing, and what could be done.
type EmptyState struct {
	Icon     Icon
	Title    string
	Sentence string
	Action   templ.Component
	Level    int // of the title, 2 when zero
}

// Render writes it.
func (e EmptyState) Render(ctx context.Context, w io.Writer) error {
	return emptyState(e).Render(ctx, w)
}

// InlineNotice is a message inside a page.
type InlineNotice struct {
	Tone   Tone
	Title  string // the tone's own word when empty, read aloud only
	Text   string
	Action templ.Component
}

// Render writes it.
func (n InlineNotice) Render(ctx context.Context, w io.Writer) error {
	return inlineNotice(n).Render(ctx, w)
}

// Badge is a word on a coloured chip: a state, a tag. Hue, when set, wins over Tone.
type Badge struct {
	Label string
	Tone  Tone
	Hue   Hue
	Icon  Icon
}

// Render writes it.
func (b Badge) Render(ctx context.Context, w io.Writer) error { return badge(b).Render(ctx, w) }

// Avatar stands for a person. Name is read aloud only when Alone, that is when no text beside it says it.
type Avatar struct {
	Name     string
	Initials string
	URL      string
	Hue      Hue
	Large    bool
	Alone    bool
}

// Render writes it.
func (a Avatar) Render(ctx context.Context, w io.Writer) error { return avatar(a).Render(ctx, w) }

// Stamp marks an item of the family line with the child and the school.
type Stamp struct {
	Name     string
	Initials string
	School   string
	Hue      Hue
}

// Render writes it.
func (s Stamp) Render(ctx context.Context, w io.Writer) error { return stamp(s).Render(ctx, w) }

// Stat is one figure.
type Stat struct {
	Label string
	Value string
	Hint  string
	Tone  Tone
	URL   string
	Icon  Icon
}

// Render writes it.
func (s Stat) Render(ctx context.Context, w io.Writer) error { return stat(s).Render(ctx, w) }

// Progress is how far something is. Words say the same as the bar.
type Progress struct {
	ID    string
	Label string
	Value int
	Max   int
	Words string
	Tone  Tone
}

// Render writes it.
func (p Progress) Render(ctx context.Context, w io.Writer) error { return progress(p).Render(ctx, w) }

// Fact is one line of Facts.
type Fact struct {
	Label string
	Text  string
	Body  templ.Component // in place of Text
}

// Facts is a list of labelled values.
type Facts struct {
	Facts []Fact
}

// Render writes it.
func (f Facts) Render(ctx context.Context, w io.Writer) error { return facts(f).Render(ctx, w) }

func level(n int) int {
	if n < 2 || n > 6 {
		return 2
	}
	return n
}
