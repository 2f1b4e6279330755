// Package words holds what people read: messages by key and language, plurals, dates, names. A message is looked up
// in compiled form, because a page shows a hundred of them.
package words

import (
	"context"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Catalog holds the messages of one language, by key.
type Catalog struct {
	lang     string
	messages map[string]message
}

type message struct{ one, other []part }

// part is text, or the name of a value when arg is set.
type part struct {
	text string
	arg  bool
}

// NewCatalog makes an empty catalog of a language ("fr").
func NewCatalog(lang string) *Catalog { return &Catalog{lang: lang, messages: map[string]message{}} }

// Add reads a words file: a flat YAML mapping of keys to a sentence, or to "one" and "other" forms. Values stand in
// braces: "{name} a répondu". A key that is there already is refused.
func (c *Catalog) Add(file string, content []byte) error {
	var raw map[string]yaml.Node
	if err := yaml.Unmarshal(content, &raw); err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	for key, node := range raw {
		if _, ok := c.messages[key]; ok {
			return fmt.Errorf("read %s: the key %s is already used", file, key)
		}
		m, err := parse(node)
		if err != nil {
			return fmt.Errorf("read %s: key %s: %w", file, key, err)
		}
		c.messages[key] = m
	}
	return nil
}

func parse(n yaml.Node) (message, error) {
	if n.Kind == yaml.ScalarNode {
		p, err := split(n.Value)
		return message{one: p, other: p}, err
	}
	var forms struct{ One, Other string }
	if err := n.Decode(&forms); err != nil || forms.One == "" || forms.Other == "" {
		return message{}, fmt.Errorf("needs a sentence, or the forms one and other")
	}
	one, err := split(forms.One)
	if err != nil {
		return message{}, err
	}
	other, err := split(forms.Other)
	return message{one: one, other: other}, err
}

// split parts a sentence at its values. What French ties together is tied once, here, for every page.
func split(s string) ([]part, error) {
	var parts []part
	s = Typeset(s)
	for s != "" {
		before, rest, found := strings.Cut(s, "{")
		if before != "" {
			parts = append(parts, part{text: before})
		}
		if !found {
			return parts, nil
		}
		name, after, closed := strings.Cut(rest, "}")
		if !closed || name == "" {
			return nil, fmt.Errorf("a brace is not closed")
		}
		parts = append(parts, part{text: name, arg: true})
		s = after
	}
	return parts, nil
}

// Keys lists the keys in order, for the house test.
func (c *Catalog) Keys() []string {
	keys := make([]string, 0, len(c.messages))
	for k := range c.messages {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	return keys
}

// Has reports whether the key exists.
func (c *Catalog) Has(key string) bool { _, ok := c.messages[key]; return ok }

type ctxKey struct{}

// With makes c the language of ctx.
func With(ctx context.Context, c *Catalog) context.Context {
	return context.WithValue(ctx, ctxKey{}, c)
}

// Of returns the catalog of ctx, or nil.
func Of(ctx context.Context) *Catalog { c, _ := ctx.Value(ctxKey{}).(*Catalog); return c }

// T returns the message of a key, with values given as name, value pairs. A missing key shows itself between
// brackets, which the house test catches before a person does.
func T(ctx context.Context, key string, args ...any) string { return Of(ctx).T(key, args...) }

// N returns the message of a key for a number, which the message may show as {n}. French: zero and one are singular.
func N(ctx context.Context, key string, n int, args ...any) string {
	return Of(ctx).N(key, n, args...)
}

// T returns the message of a key; see the function T.
func (c *Catalog) T(key string, args ...any) string {
	m, ok := c.get(key)
	if !ok {
		return "[" + key + "]"
	}
	return render(m.other, args)
}

// N returns the message of a key for a number; see the function N.
func (c *Catalog) N(key string, n int, args ...any) string {
	m, ok := c.get(key)
	if !ok {
		return "[" + key + "]"
	}
	args = append(args, "n", Number(n))
	if n >= -1 && n <= 1 {
		return render(m.one, args)
	}
	return render(m.other, args)
}

func (c *Catalog) get(key string) (message, bool) {
	if c == nil {
		return message{}, false
	}
	m, ok := c.messages[key]
	return m, ok
}

func render(parts []part, args []any) string {
	if len(parts) == 1 && !parts[0].arg {
		return parts[0].text
	}
	var b strings.Builder
	for _, p := range parts {
		if !p.arg {
			b.WriteString(p.text)
			continue
		}
		b.WriteString(value(p.text, args))
	}
	return b.String()
}

func value(name string, args []any) string {
	for i := 0; i+1 < len(args); i += 2 {
		if args[i] == name {
			if n, ok := args[i+1].(int); ok {
				return Number(n)
			}
			return fmt.Sprint(args[i+1])
		}
	}
	return "{" + name + "}"
}

// Number writes a whole number the French way: 2 314, with narrow no-break spaces.
func Number(n int) string {
	s := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, s = "-", s[1:]
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "\u202f" + s[i:]
	}
	return sign + s
}
