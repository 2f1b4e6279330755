package roster

import (
	"elyco/internal/feed"
	"elyco/internal/roster"
)

// kindWords are the keys of what the pages say of a kind of list.
type kindWords struct{ name, hint, model, file, people, place, beside, wrong string }

func wordsOf(k roster.Kind) kindWords {
	if k == roster.Staff {
		return kindWords{"roster.kind.staff", "roster.kind.staff.hint", "roster.model.staff", "roster.model.file.staff", "roster.stat.people.staff",
			"roster.place.staff", "roster.beside.staff", "roster.wrong.staff"}
	}
	return kindWords{"roster.kind.pupils", "roster.kind.pupils.hint", "roster.model.pupils", "roster.model.file.pupils", "roster.stat.people.pupils",
		"roster.place.pupils", "roster.beside.pupils", "roster.wrong.pupils"}
}

// titled is a title with the sentence below it.
type titled struct{ title, lead string }

// findingWords are the keys of what a report names.
var findingWords = map[feed.FindingKind]titled{
	feed.Gone:      {"roster.finding.gone", "roster.finding.gone.lead"},
	feed.Duplicate: {"roster.finding.duplicate", "roster.finding.duplicate.lead"},
	feed.Created:   {"roster.finding.created", "roster.finding.created.lead"},
	feed.Arrived:   {"roster.finding.arrived", "roster.finding.arrived.lead"},
	feed.Changed:   {"roster.finding.changed", "roster.finding.changed.lead"},
	feed.Back:      {"roster.finding.back", "roster.finding.back.lead"},
	feed.Moved:     {"roster.finding.moved", "roster.finding.moved.lead"},
}

// heldWords are the keys of why a list is held back.
var heldWords = map[feed.Reason]string{feed.TooManyGone: "roster.held.gone", feed.TooManyTies: "roster.held.ties"}

// The groups of fields.
var (
	needed = titled{"roster.needed", "roster.needed.hint"}
	others = titled{"roster.others", "roster.others.hint"}
	one    = titled{"roster.one", "roster.one.hint"}
	two    = titled{"roster.two", "roster.two.hint"}
)
