// Package search turns what a person types into a box into what the database is asked. Rooms find their own things; the
// room of the search box asks them all at once.
package search

import (
	"strings"
	"unicode/utf8"

	"elyco/internal/words"
)

// The bounds of a question. What is longer is cut, because people paste.
const (
	maxText  = 120 // signs
	maxWords = 8
)

// Query is a question, ready to be asked.
type Query struct {
	text  string
	words []string
}

// Parse reads what was typed. A question without a single letter or digit is empty.
func Parse(text string) Query {
	text = strings.Join(strings.Fields(strings.ToValidUTF8(text, "")), " ")
	if utf8.RuneCountInString(text) > maxText {
		text = string([]rune(text)[:maxText])
	}
	folded := strings.Fields(words.Fold(text))
	return Query{text: text, words: folded[:min(len(folded), maxWords)]}
}

// Empty reports whether there is nothing to look for.
func (q Query) Empty() bool { return len(q.words) == 0 }

// String is the question as it was typed, blanks put in order.
func (q Query) String() string { return q.text }

// Text is the question for to_tsquery('fr', …): every word must occur, and the last may be the beginning of one,
// because people look while they type.
func (q Query) Text() string {
	if q.Empty() {
		return ""
	}
	return strings.Join(q.words, " & ") + ":*"
}

// Names is the question for a folded name with a blank before it: every word must begin one of the name's, in any
// order. The patterns are for "like all".
func (q Query) Names() []string {
	patterns := make([]string, 0, len(q.words))
	for _, w := range q.words {
		patterns = append(patterns, "% "+w+"%")
	}
	return patterns
}
