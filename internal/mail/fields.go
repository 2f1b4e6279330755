package mail

import (
	"errors"
	"html"
	"net/url"
	"regexp"
	"strings"
)

// A text that goes to many holds what differs as {{name}}, and each recipient brings the value: the text is stored once.
// Values are filled in when the message is handed over, all at once, so that a value is never read as a text. What somebody
// typed between such braces and no recipient has a value for stays as it was typed.

var (
	fieldName   = regexp.MustCompile(`^[a-z][a-z_]{0,29}$`)
	placeholder = regexp.MustCompile(`^\{\{[a-z][a-z_]{0,29}\}\}$`)
)

const (
	longestField = 2000
	mostFields   = 20
	unsubscribe  = "unsubscribe_link" // the field of the address that ends such letters
)

var errField = errors.New("mail: a field that cannot be filled in")

// checkFields refuses names that no text can hold, and what is no address where the name ends in "link".
func checkFields(fields map[string]string) error {
	if len(fields) > mostFields {
		return errField
	}
	for name, value := range fields {
		if !fieldName.MatchString(name) || len(value) > longestField {
			return errField
		}
		if strings.HasSuffix(name, "link") && !isAddress(value) {
			return errField
		}
	}
	return nil
}

func isAddress(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && !strings.ContainsAny(text, " <>\"\r\n\t")
}

// fill writes the values into a message; what is HTML gets them escaped.
func (m *Message) fill(fields map[string]string) {
	plain, escaped := make([]string, 0, 2*len(fields)), make([]string, 0, 2*len(fields))
	for name, value := range fields {
		value = printable(value)
		plain = append(plain, "{{"+name+"}}", value)
		escaped = append(escaped, "{{"+name+"}}", html.EscapeString(value))
	}
	text := strings.NewReplacer(plain...)
	m.Subject, m.Text, m.Path = text.Replace(m.Subject), text.Replace(m.Text), text.Replace(m.Path)
	m.HTML = strings.NewReplacer(escaped...).Replace(m.HTML)
	m.Unsubscribe = fields[unsubscribe]
}
