package ui

import (
	"context"
	"io"
	"strconv"

	"github.com/a-h/templ"
)

// Form is the form element around fields. It posts unless Method says otherwise.
type Form struct {
	ID        string
	Action    string
	Method    string
	Multipart bool
	KeepSafe  bool             // asks before a page with unsent words is left
	Inline    bool             // fields side by side, for a short search
	Attrs     templ.Attributes // for hx-* and the like
}

// With renders the form around its fields.
func (f Form) With() templ.Component { return form(f) }

// Width hints at the length of the expected answer.
type Width string

// The widths. The zero value takes the whole measure.
const (
	WidthFull   Width = ""
	WidthMedium Width = "medium" // a name, a date
	WidthShort  Width = "short"  // a mark, a postcode
)

// Field is one line of input. Type is an HTML input type: "text" when empty, "email", "date", "time", "datetime-local" and so on.
type Field struct {
	ID           string // Name when empty
	Name         string
	Label        string
	Value        string
	Type         string
	Hint         string
	Error        string
	Autocomplete string
	InputMode    string
	Placeholder  string
	Pattern      string
	Min          string
	Max          string
	Step         string
	MaxLength    int
	Width        Width
	Required     bool
	Optional     bool // says "facultatif" beside the label
	Disabled     bool
	ReadOnly     bool
	HideLabel    bool // still read aloud
	Attrs        templ.Attributes
}

// Render writes label, hint, error and input, tied together.
func (f Field) Render(ctx context.Context, w io.Writer) error { return field(f).Render(ctx, w) }

// TextArea is several lines of input.
type TextArea struct {
	ID        string
	Name      string
	Label     string
	Value     string
	Hint      string
	Error     string
	Rows      int // 4 when zero; the area grows with its text where scripts run
	MaxLength int // a live count stands below when it is set
	Required  bool
	Optional  bool
	Disabled  bool
	HideLabel bool
	Tools     templ.Component // stands on the area, as a bar of buttons
	Attrs     templ.Attributes
}

// Render writes the area with everything that belongs to it.
func (t TextArea) Render(ctx context.Context, w io.Writer) error { return textArea(t).Render(ctx, w) }

// Choice is one option of a Select, a RadioGroup or a CheckboxGroup.
type Choice struct {
	Value    string
	Label    string
	Hint     string
	Group    string // options that follow each other with the same group stand under it in a Select
	Selected bool
	Disabled bool
}

// Select is a list to choose one option from.
type Select struct {
	ID        string
	Name      string
	Label     string
	Hint      string
	Error     string
	Choices   []Choice
	Width     Width
	Required  bool
	Optional  bool
	Disabled  bool
	HideLabel bool
	Attrs     templ.Attributes
}

// Render writes the list.
func (s Select) Render(ctx context.Context, w io.Writer) error { return selectList(s).Render(ctx, w) }

// Checkbox is one thing to agree to or not. Its value is "1" unless said otherwise.
type Checkbox struct {
	ID       string
	Name     string
	Label    string
	Value    string
	Hint     string
	Error    string
	Checked  bool
	Required bool
	Disabled bool
	Attrs    templ.Attributes
}

// Render writes the box and its label.
func (c Checkbox) Render(ctx context.Context, w io.Writer) error { return checkbox(c).Render(ctx, w) }

// RadioGroup is a question with few answers, all visible, of which one is taken.
type RadioGroup struct {
	ID       string
	Name     string
	Legend   string
	Hint     string
	Error    string
	Choices  []Choice
	Inline   bool
	Required bool
}

// Render writes the group.
func (g RadioGroup) Render(ctx context.Context, w io.Writer) error {
	return choiceGroup(choices{ID: g.ID, Name: g.Name, Legend: g.Legend, Hint: g.Hint, Error: g.Error, Choices: g.Choices,
		Inline: g.Inline, Required: g.Required, kind: "radio"}).Render(ctx, w)
}

// CheckboxGroup is a question with few answers, all visible, of which any number is taken.
type CheckboxGroup struct {
	ID      string
	Name    string
	Legend  string
	Hint    string
	Error   string
	Choices []Choice
	Inline  bool
}

// Render writes the group.
func (g CheckboxGroup) Render(ctx context.Context, w io.Writer) error {
	return choiceGroup(choices{ID: g.ID, Name: g.Name, Legend: g.Legend, Hint: g.Hint, Error: g.Error, Choices: g.Choices,
		Inline: g.Inline, kind: "checkbox"}).Render(ctx, w)
}

type choices struct {
	ID, Name, Legend, Hint, Error string
	Choices                       []Choice
	Inline, Required              bool
	kind                          string
}

// FileField takes one or several files.
type FileField struct {
	ID       string
	Name     string
	Label    string
	Hint     string
	Error    string
	Accept   string
	Multiple bool
	Required bool
	Optional bool
	Attrs    templ.Attributes
}

// Render writes the field; the chosen name is echoed where scripts run.
func (f FileField) Render(ctx context.Context, w io.Writer) error { return fileField(f).Render(ctx, w) }

// Fieldset groups fields under one question or title.
type Fieldset struct {
	ID     string
	Legend string
	Hint   string
}

// With renders the group around its fields.
func (f Fieldset) With() templ.Component { return fieldset(f) }

// FieldError is one line of an ErrorSummary. FieldID is the id of the input it leads to.
type FieldError struct {
	FieldID string
	Text    string
}

// ErrorSummary stands above a refused form, says how much is to be corrected and leads to each field. Without errors it is nothing.
type ErrorSummary struct {
	Title  string // a default when empty
	Errors []FieldError
}

// Render writes the summary.
func (e ErrorSummary) Render(ctx context.Context, w io.Writer) error {
	if len(e.Errors) == 0 {
		return nil
	}
	if e.Title == "" {
		e.Title = wordErrorTitle
	}
	return errorSummary(e).Render(ctx, w)
}

func orElse(value, otherwise string) string {
	if value == "" {
		return otherwise
	}
	return value
}

// describedBy lists the ids of what explains a field, in the order in which it should be read.
func describedBy(id, hint, fault string) string {
	switch {
	case hint != "" && fault != "":
		return id + "-error " + id + "-hint"
	case fault != "":
		return id + "-error"
	case hint != "":
		return id + "-hint"
	}
	return ""
}

func (c choices) optionID(i int) string {
	if i == 0 {
		return c.ID
	}
	return c.ID + "-" + strconv.Itoa(i)
}

// inputAttrs gathers the attributes that are absent rather than empty.
func (f Field) inputAttrs() templ.Attributes {
	attrs := templ.Attributes{}
	for name, value := range map[string]string{
		"autocomplete": f.Autocomplete, "inputmode": f.InputMode, "placeholder": f.Placeholder, "pattern": f.Pattern,
		"min": f.Min, "max": f.Max, "step": f.Step,
	} {
		if value != "" {
			attrs[name] = value
		}
	}
	if f.MaxLength > 0 {
		attrs["maxlength"] = strconv.Itoa(f.MaxLength)
	}
	return merge(attrs, commonAttrs(f.ID, f.Hint, f.Error), f.Attrs)
}

func commonAttrs(id, hint, fault string) templ.Attributes {
	attrs := templ.Attributes{}
	if by := describedBy(id, hint, fault); by != "" {
		attrs["aria-describedby"] = by
	}
	if fault != "" {
		attrs["aria-invalid"] = "true"
	}
	return attrs
}

func merge(all ...templ.Attributes) templ.Attributes {
	merged := templ.Attributes{}
	for _, attrs := range all {
		for name, value := range attrs {
			merged[name] = value
		}
	}
	return merged
}

type choiceRun struct {
	Group   string
	Choices []Choice
}

func runs(list []Choice) []choiceRun {
	var out []choiceRun
	for _, c := range list {
		last := len(out) - 1
		if last < 0 || out[last].Group != c.Group {
			out = append(out, choiceRun{Group: c.Group, Choices: []Choice{c}})
			continue
		}
		out[last].Choices = append(out[last].Choices, c)
	}
	return out
}
