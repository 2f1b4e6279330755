package testkit

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"elyco/internal/testkit/page"
)

// Answer is what came back.
type Answer struct {
	Status     int
	Header     http.Header
	Body       []byte
	Statements int // that the request sent to the database
	RoundTrips int // that it cost

	asked string
}

// Page reads the answer as a page.
func (a *Answer) Page(t testing.TB) page.Node {
	t.Helper()
	p, err := page.Parse(bytes.NewReader(a.Body))
	if err != nil {
		t.Fatalf("%s: %v", a.asked, err)
	}
	return p
}

// HTML reports whether the answer is a page.
func (a *Answer) HTML() bool { return strings.HasPrefix(a.Header.Get("Content-Type"), "text/html") }

// Location is where a redirect leads.
func (a *Answer) Location() string { return a.Header.Get("Location") }

// Is fails the test unless the answer has the status.
func (a *Answer) Is(t testing.TB, status int) *Answer {
	t.Helper()
	if a.Status != status {
		t.Fatalf("%s answered %d, not %d: %s", a.asked, a.Status, status, a.summary(t))
	}
	return a
}

// LeadsTo fails the test unless the answer is a redirect to the place.
func (a *Answer) LeadsTo(t testing.TB, place string) *Answer {
	t.Helper()
	if a.Is(t, http.StatusSeeOther); a.Location() != place {
		t.Fatalf("%s leads to %q, not to %q", a.asked, a.Location(), place)
	}
	return a
}

// Sees fails the test unless an element that the selector means shows the words.
func (a *Answer) Sees(t testing.TB, selector, words string) *Answer {
	t.Helper()
	var seen []string
	for _, n := range a.Page(t).All(selector) {
		text := n.Text()
		if strings.Contains(text, words) {
			return a
		}
		seen = append(seen, text)
	}
	t.Errorf("%s (%d): %q is not seen in %q, which shows %q", a.asked, a.Status, words, selector, seen)
	return a
}

// SeesNot fails the test when the page shows the words anywhere.
func (a *Answer) SeesNot(t testing.TB, words string) *Answer {
	t.Helper()
	if text := a.Page(t).Text(); strings.Contains(text, words) {
		t.Errorf("%s (%d): %q is seen", a.asked, a.Status, words)
	}
	return a
}

func (a *Answer) summary(t testing.TB) string {
	if !a.HTML() {
		return string(a.Body[:min(len(a.Body), 200)])
	}
	text := a.Page(t).Text()
	if main, ok := a.Page(t).First("main"); ok {
		text = main.Text()
	}
	return text[:min(len(text), 300)]
}
