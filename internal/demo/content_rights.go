package demo

import (
	"elyco/internal/policy"
	"elyco/internal/school"
)

// Right is a line that a space of the demonstration changed.
type Right struct {
	Space, Author string // as of a Piece
	Room, Action  string
	Profile       school.Profile
	Reach         policy.Reach
	Closed        bool
}

// Rights lists them, the spaces above first: one line closed by a collectivity, one left open, and what a school makes
// of the rest.
func Rights() []Right {
	return []Right{
		{"vendee", "admin.vendee", "announcements", "read", school.Tutor, policy.None, true},
		{"vendee", "admin.vendee", "news", "write", school.Health, policy.None, false},
		{"vendee/haxo", "admin.haxo", "news", "write", school.Administrative, policy.None, false},
		{"vendee/haxo", "admin.haxo", "news", "write", school.Health, policy.Establishment, false},
		{"vendee/haxo", "admin.haxo", "rights", "change", school.Head, policy.Establishment, false},
	}
}
