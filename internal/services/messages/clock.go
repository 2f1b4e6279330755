package messages

import (
	"slices"
	"time"
)

// Moment is how many people of a kind see a message from an instant on. Kind is "colleague", "pupil", "family" or "partner".
type Moment struct {
	At     time.Time `bun:"at"`
	Kind   string    `bun:"kind"`
	People int       `bun:"people"`
}

// gathered brings moments in the order of time, each instant and kind once. What is visible by now is visible now.
func gathered(list []Moment, now time.Time) []Moment {
	var out []Moment
	for _, m := range list {
		if !m.At.After(now) {
			m.At = now
		}
		i := slices.IndexFunc(out, func(o Moment) bool { return o.At.Equal(m.At) && o.Kind == m.Kind })
		if i < 0 {
			out = append(out, m)
			continue
		}
		out[i].People += m.People
	}
	slices.SortStableFunc(out, func(a, b Moment) int { return a.At.Compare(b.At) })
	return out
}

// peopleOf sums moments up.
func peopleOf(list []Moment) (n int) {
	for _, m := range list {
		n += m.People
	}
	return n
}
