package feed

import (
	"cmp"
	"slices"

	"elyco/internal/school"
)

// FindingKind says what a report names.
type FindingKind string

// What reports name. The first are about people, the others about the feed.
const (
	Created    FindingKind = "created"   // an account that would be made
	Arrived    FindingKind = "arrived"   // comes from another establishment
	Changed    FindingKind = "changed"   // another name, function or address
	Moved      FindingKind = "moved"     // leaves for another establishment
	Gone       FindingKind = "gone"      // is missing from the feed
	Back       FindingKind = "back"      // was missing and is there again
	Placed     FindingKind = "place"     // was there before and changes class: Key is left, Detail entered
	Tied       FindingKind = "tie"       // a guardian of a pupil who was there before: Key is insert, update or end
	Duplicate  FindingKind = "duplicate" // somebody else has the same name and birthday
	NewClass   FindingKind = "class"     // the structure does not declare it
	Unnamed    FindingKind = "function"  // a function that nobody has described
	Relatives  FindingKind = "relative"  // a tie to somebody whom the feed does not describe
	Structures FindingKind = "structure" // no establishment has this code
	Foreign    FindingKind = "foreign"   // a record about an establishment for which the source does not speak
	Twice      FindingKind = "twice"     // two records with one key
	Unknown    FindingKind = "unknown"   // a change of somebody whom nobody has described
	Unreadable FindingKind = "unreadable"
)

// ProblemKinds lists the findings that count as errors of the feed, in the order of reports.
func ProblemKinds() []FindingKind {
	return []FindingKind{Unreadable, Twice, Unknown, Foreign, Structures, Relatives, Unnamed, NewClass}
}

// PersonKinds lists the findings that say what would become of people, in the order of reports.
func PersonKinds() []FindingKind {
	return []FindingKind{Created, Arrived, Changed, Placed, Tied, Moved, Gone, Back, Duplicate}
}

// Finding is one line of a report. Scope is the establishment, or the academy for what none can be told.
type Finding struct {
	Scope  school.ScopeID
	Kind   FindingKind
	Number int // within the feed, scope and kind, from 1
	Key    string
	Name   string
	Detail string
	File   string
	Line   int
}

// mostFindings bounds what a report names of one kind in one establishment. Its counts are whole.
const mostFindings = 200

// findings gathers what the reading found.
type findings struct {
	list   []Finding
	counts map[findingOf]int
	total  int
}

type findingOf struct {
	scope school.ScopeID
	kind  FindingKind
}

func newFindings() *findings { return &findings{counts: map[findingOf]int{}} }

func (f *findings) add(one Finding) {
	if one.Scope == 0 {
		one.Scope = school.Academy
	}
	f.total++
	of := findingOf{one.Scope, one.Kind}
	f.counts[of]++
	if f.counts[of] <= mostFindings {
		f.list = append(f.list, one)
	}
}

// problems counts the errors of each scope.
func (f *findings) problems() map[school.ScopeID]int {
	out := map[school.ScopeID]int{}
	for of, n := range f.counts {
		if slices.Contains(ProblemKinds(), of.kind) {
			out[of.scope] += n
		}
	}
	return out
}

// numbered gives the lines their numbers, in the order of the feed whatever the order of its reading.
func (f *findings) numbered() []Finding {
	slices.SortStableFunc(f.list, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Scope, b.Scope), cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line),
			cmp.Compare(a.Key, b.Key), cmp.Compare(a.Detail, b.Detail))
	})
	for i := range f.list {
		f.list[i].Number = 1
		if i > 0 && f.list[i-1].Scope == f.list[i].Scope && f.list[i-1].Kind == f.list[i].Kind {
			f.list[i].Number = f.list[i-1].Number + 1
		}
	}
	return f.list
}
