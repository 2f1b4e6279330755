// Package page reads pages the way tests speak of them: by selectors, and by what a person sees.
package page

import (
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Node is an element of a page.
type Node struct{ *html.Node }

// Parse reads a page as browsers do. It fails only when reading does.
func Parse(r io.Reader) (Node, error) {
	n, err := html.Parse(r)
	return Node{n}, err
}

// Attr returns the value of an attribute; "" when it is not there.
func (n Node) Attr(name string) string {
	v, _ := n.Lookup(name)
	return v
}

// Lookup returns the value of an attribute, and whether it is there.
func (n Node) Lookup(name string) (string, bool) {
	for _, a := range n.Node.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// Text is what a person reads in the element: one space between words, no-break spaces shown as spaces, nothing of
// scripts, styles, templates and of what is hidden.
func (n Node) Text() string {
	var b strings.Builder
	read(&b, n.Node)
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u202f", " ").Replace(b.String())), " ")
}

func read(b *strings.Builder, n *html.Node) {
	if n.Type == html.TextNode {
		b.WriteString(n.Data)
		return
	}
	if n.Type == html.ElementNode {
		if slices.Contains([]string{"script", "style", "template", "head"}, n.Data) {
			return
		}
		if _, hidden := (Node{n}).Lookup("hidden"); hidden {
			return
		}
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		read(b, c)
	}
	if n.Type == html.ElementNode && !slices.Contains([]string{"a", "b", "strong", "em", "i", "span", "time", "abbr", "small", "mark"}, n.Data) {
		b.WriteByte(' ')
	}
}

// All returns the elements that the selector means, in the order of the page. Selectors are a subset of those of CSS:
// tag, #id, .class, [attribute], [attribute=value], [attribute^=value], the descendant " " and the alternative ",".
func (n Node) All(selector string) []Node {
	var found []Node
	alternatives := parse(selector)
	walk(n.Node, func(e *html.Node) {
		for _, path := range alternatives {
			if path.matches(e, n.Node) {
				found = append(found, Node{e})
				return
			}
		}
	})
	return found
}

// First returns the first element that the selector means.
func (n Node) First(selector string) (Node, bool) {
	all := n.All(selector)
	if len(all) == 0 {
		return Node{}, false
	}
	return all[0], true
}

// Has reports whether the selector means any element.
func (n Node) Has(selector string) bool { return len(n.All(selector)) > 0 }

// Up returns the nearest element around n that the selector means.
func (n Node) Up(selector string) (Node, bool) {
	alternatives := parse(selector)
	for p := n.Parent; p != nil; p = p.Parent {
		for _, path := range alternatives {
			if p.Type == html.ElementNode && path.matches(p, nil) {
				return Node{p}, true
			}
		}
	}
	return Node{}, false
}

func walk(n *html.Node, visit func(*html.Node)) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode {
			visit(c)
		}
		walk(c, visit)
	}
}
