package words

import (
	"regexp"
	"strings"
)

// hour is "13 h 30", however it was spaced.
var hour = regexp.MustCompile(`(\d) h(?: (\d\d)\b)?`)

// Typeset ties what French does not part at the end of a line: a mark and the word before it, quotes and what they hold,
// an hour. People type ordinary spaces; a line never begins with a colon all the same.
func Typeset(s string) string {
	s = tie.Replace(s)
	return hour.ReplaceAllStringFunc(s, func(m string) string { return strings.ReplaceAll(m, " ", "\u00a0") })
}

var tie = strings.NewReplacer(" :", "\u00a0:", " ;", "\u00a0;", " !", "\u00a0!", " ?", "\u00a0?", " »", "\u00a0»", "« ", "«\u00a0", " %", "\u00a0%", " €", "\u00a0€")
