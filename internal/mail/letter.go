package mail

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// Look is the colours and type of a letter, as plain values: "#rrggbb", a font stack, pixels.
type Look struct {
	Background, Surface, Text, Muted, Line string
	Masthead, OnMasthead, Brand, OnBrand   string
	Link, BodyFont, HeadingFont            string
	Radius                                 int
}

// Action is the one thing that a letter asks to do. Its address is absolute, or a placeholder that each recipient fills.
type Action struct{ Label, URL string }

// Letter is one e-mail. Dark is how readers in dark mode show it; where they cannot, they show Light.
type Letter struct {
	Light, Dark Look
	Lang        string // "fr" when empty
	Site        string // who writes: the name of the space
	LogoURL     string // absolute, of a PNG or JPEG: mail readers show no SVG; empty for none
	Title       string
	Greeting    string
	Paragraphs  []string
	Action      Action // none when its address is empty
	Footer      string // why the reader gets this letter, and what can be done about it
}

var errIncomplete = errors.New("mail: a letter needs a site, a title and a paragraph")

func (l Letter) check() error {
	if l.Site == "" || l.Title == "" || len(l.Paragraphs) == 0 {
		return errIncomplete
	}
	if u := l.Action.URL; u != "" && !strings.HasPrefix(u, "https://") && !strings.HasPrefix(u, "http://") && !placeholder.MatchString(u) {
		return errors.New("mail: the address of an action is not absolute")
	}
	return nil
}

// Text writes the letter for readers who prefer or need plain text.
func (l Letter) Text() (string, error) {
	if err := l.check(); err != nil {
		return "", err
	}
	parts := []string{l.Site, l.Title + "\n" + strings.Repeat("=", min(utf8.RuneCountInString(l.Title), measure))}
	if l.Greeting != "" {
		parts = append(parts, l.Greeting)
	}
	for _, p := range l.Paragraphs {
		parts = append(parts, wrap(p))
	}
	if l.Action.URL != "" {
		parts = append(parts, l.Action.Label+" :\n"+l.Action.URL)
	}
	if l.Footer != "" {
		parts = append(parts, "-- \n"+wrap(l.Footer))
	}
	return strings.Join(parts, "\n\n") + "\n", nil
}

// measure is the length of a line of plain text.
const measure = 72

// wrap breaks at ordinary spaces only: a no-break space stays where it holds two words together.
func wrap(text string) string {
	var out strings.Builder
	length := 0
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' }) {
		n := utf8.RuneCountInString(word)
		switch {
		case length == 0:
		case length+1+n > measure:
			out.WriteByte('\n')
			length = 0
		default:
			out.WriteByte(' ')
			length++
		}
		out.WriteString(word)
		length += n
	}
	return out.String()
}
