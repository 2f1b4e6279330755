package page

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// path is a list of steps, from the outermost ancestor to the element.
type path []step

type step struct {
	tag   string
	wants []want
}

type want struct {
	name, operator, value string
}

// parse panics on what it does not know: a selector stands in a test, written by hand.
func parse(selector string) []path {
	var all []path
	for _, alternative := range split(selector, ',') {
		var p path
		for _, s := range split(alternative, ' ') {
			p = append(p, parseStep(s))
		}
		if len(p) == 0 {
			panic(fmt.Sprintf("page: empty selector in %q", selector))
		}
		all = append(all, p)
	}
	return all
}

// split cuts at a sign that stands outside brackets, and drops what is empty.
func split(s string, at rune) []string {
	depth := 0
	return strings.FieldsFunc(s, func(r rune) bool {
		switch r {
		case '[':
			depth++
		case ']':
			depth--
		}
		return depth == 0 && r == at
	})
}

func parseStep(s string) step {
	end := strings.IndexAny(s, "#.[")
	if end < 0 {
		return step{tag: s}
	}
	st := step{tag: s[:end]}
	for rest := s[end:]; rest != ""; {
		var w want
		w, rest = parseWant(rest)
		st.wants = append(st.wants, w)
	}
	return st
}

func parseWant(s string) (want, string) {
	if s[0] == '[' {
		inside, rest, closed := strings.Cut(s[1:], "]")
		if !closed {
			panic(fmt.Sprintf("page: a bracket is not closed in %q", s))
		}
		for _, op := range []string{"^=", "*=", "$=", "="} {
			if name, value, found := strings.Cut(inside, op); found {
				return want{name, op, strings.Trim(value, `"'`)}, rest
			}
		}
		return want{name: inside}, rest
	}
	end := strings.IndexAny(s[1:], "#.[")
	word, rest := s[1:], ""
	if end >= 0 {
		word, rest = s[1:1+end], s[1+end:]
	}
	if word == "" || strings.ContainsAny(word, ":>+~*") {
		panic(fmt.Sprintf("page: %q is not a selector that tests may use", s))
	}
	if s[0] == '#' {
		return want{"id", "=", word}, rest
	}
	return want{"class", "~", word}, rest
}

func (p path) matches(e, within *html.Node) bool {
	if !p[len(p)-1].matches(e) {
		return false
	}
	above := p[:len(p)-1]
	if len(above) == 0 {
		return true
	}
	for a := e.Parent; a != nil && a != within; a = a.Parent {
		if a.Type == html.ElementNode && above.matches(a, within) {
			return true
		}
	}
	return false
}

func (s step) matches(e *html.Node) bool {
	if s.tag != "" && s.tag != "*" && s.tag != e.Data {
		return false
	}
	return !slices.ContainsFunc(s.wants, func(w want) bool { return !w.met(Node{e}) })
}

func (w want) met(n Node) bool {
	v, there := n.Lookup(w.name)
	switch w.operator {
	case "":
		return there
	case "=":
		return there && v == w.value
	case "^=":
		return there && strings.HasPrefix(v, w.value)
	case "$=":
		return there && strings.HasSuffix(v, w.value)
	case "*=":
		return there && strings.Contains(v, w.value)
	}
	return there && slices.Contains(strings.Fields(v), w.value)
}
