package ui

import (
	"context"
	"io"

	"github.com/a-h/templ"
)

// ButtonKind says how much a button matters on its page.
type ButtonKind string

// The kinds. One primary button a page; the zero value is an ordinary one.
const (
	ButtonOrdinary    ButtonKind = ""
	ButtonPrimary     ButtonKind = "primary"
	ButtonQuiet       ButtonKind = "quiet"
	ButtonDestructive ButtonKind = "danger"
)

// Button does something. It submits its form unless Type says otherwise.
type Button struct {
	ID       string
	Label    string
	Kind     ButtonKind
	Icon     Icon
	Type     string // "submit" when empty
	Name     string
	Value    string
	Form     string // id of the form when the button stands outside it
	Opens    string // id of the dialog it opens; sets Type to "button"
	Small    bool
	IconOnly bool // the label is still read aloud
	Disabled bool
	Attrs    templ.Attributes
}

// Render writes the button.
func (b Button) Render(ctx context.Context, w io.Writer) error { return button(b).Render(ctx, w) }

// ButtonLink leads somewhere and looks like a button.
type ButtonLink struct {
	Label    string
	URL      string
	Kind     ButtonKind
	Icon     Icon
	Small    bool
	IconOnly bool
	Opens    string // id of a dialog that replaces the page behind URL where scripts run
	Attrs    templ.Attributes
}

// Render writes the link.
func (b ButtonLink) Render(ctx context.Context, w io.Writer) error {
	return buttonLink(b).Render(ctx, w)
}

// Toolbar is a row of buttons, filters or links.
type Toolbar struct {
	Label string // names the group for those who do not see it; nothing when empty
	End   bool   // pushes the row to the end of the line
}

// With renders the row around its content.
func (t Toolbar) With() templ.Component { return toolbar(t) }

// Dialog is a native modal window. A Button with Opens set to its ID shows it.
type Dialog struct {
	ID    string
	Title string
	Wide  bool
}

// With renders the window around its content.
func (d Dialog) With() templ.Component { return dialog(d) }

// Details is a text that unfolds.
type Details struct {
	Summary string
	Open    bool
}

// With renders the fold around its content.
func (d Details) With() templ.Component { return details(d) }

func (b Button) typeName() string {
	if b.Opens != "" {
		return "button"
	}
	return orElse(b.Type, "submit")
}

func buttonClass(kind ButtonKind, small, iconOnly bool) string {
	class := "button"
	if kind != ButtonOrdinary {
		class += " button-" + string(kind)
	}
	if small {
		class += " button-small"
	}
	if iconOnly {
		class += " button-icon"
	}
	return class
}
