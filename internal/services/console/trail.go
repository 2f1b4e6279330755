package console

import "time"

// trailFilter says which entries of the trail are wanted. The zero value means all of them.
type trailFilter struct {
	From, To time.Time // days, both included; zero: unbounded
	Action   string
	Text     string // part of a name or a title
	After    string // where the page before ended
}

// trailPart is a page of the trail. Next is where the following one begins, "" at the end; Surety says how sure the reader
// may be that nobody changed the trail, and Alarm that somebody did.
type trailPart struct {
	Lines  []trailLine
	Next   string
	Surety string
	Alarm  bool
}

// trailLine is one entry, in words.
type trailLine struct {
	At     time.Time
	Who    string // "" for the program itself, or for somebody who is no member any more
	Says   string // follows the name: "a publié une actualité"
	Title  string
	Action string
}

// trailChoice is one answer of the filter.
type trailChoice struct{ Action, Says string }
