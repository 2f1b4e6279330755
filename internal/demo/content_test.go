package demo_test

import (
	"testing"
	"unicode/utf8"

	"elyco/internal/demo"
)

// What is published must have an author who is of the space, a room that takes it, and fit the fields of a publication.
func TestPieces(t *testing.T) {
	s := open(t, territory(t))
	authors := map[string]string{}
	for _, a := range demo.Accounts(s.registry) {
		authors[a.Login] = a.URL
	}
	seen := map[string]bool{}
	sections := map[string]bool{"transport": true, "canteen": true, "equipment": true, "works": true, "culture": true}
	for _, p := range demo.Pieces() {
		space := demo.LyceeOf(s.registry)
		for _, tn := range s.registry.All() {
			if tn.Slug == p.Space || tn.Parent != nil && tn.Parent.Slug+"/"+tn.Slug == p.Space {
				space = tn
			}
		}
		if authors[p.Author] != s.registry.URL(space, "/") {
			t.Errorf("%q: %s is not of %s", p.Title, p.Author, p.Space)
		}
		if (p.Room == "territory") != sections[p.Section] {
			t.Errorf("%q: room %s with section %q", p.Title, p.Room, p.Section)
		}
		if n := utf8.RuneCountInString(p.Title); n == 0 || n > 160 || seen[p.Title] {
			t.Errorf("%q: a title of %d signs, or there twice", p.Title, n)
		}
		if utf8.RuneCountInString(p.Summary) > 400 || p.Body == "" {
			t.Errorf("%q: no body, or a summary that is too long", p.Title)
		}
		seen[p.Title] = true
	}
	if len(seen) < 40 {
		t.Errorf("%d pieces", len(seen))
	}
}
