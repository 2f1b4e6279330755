package slips

import (
	"slices"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/words"
)

// few is how many answers a class, or a whole survey, needs before anything is told of anonymous answers.
const few = 5

// shown lists the classes of an anonymous survey of which something may be told, in their order. Where what is held back
// could be worked out from the whole, the smallest of the others is held back too.
func (t *Tally) shown() (classes []string, hidden int) {
	held := t.Answers
	for _, s := range t.Classes {
		held -= s.Answers
	}
	for class, s := range t.Classes {
		if s.Answers >= few {
			classes = append(classes, class)
			continue
		}
		hidden++
		held += s.Answers
	}
	slices.SortFunc(classes, func(a, b string) int {
		if d := t.Classes[a].Answers - t.Classes[b].Answers; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	for held > 0 && held < few && len(classes) > 0 {
		held += t.Classes[classes[0]].Answers
		classes, hidden = classes[1:], hidden+1
	}
	sortNames(classes)
	return classes, hidden
}

func sortNames(list []string) {
	slices.SortFunc(list, func(a, b string) int { return strings.Compare(words.Fold(a), words.Fold(b)) })
}

// Unit is of whom an answer is expected: a person, or a child whose guardians answer.
type Unit struct {
	Child uuid.UUID
	Name  string
	Class string
	Asked []Asked
}

// Given lists the answers of a unit, in the order in which they were signed.
func (u Unit) Given() []Asked {
	var out []Asked
	for _, a := range u.Asked {
		if a.Reply != nil {
			out = append(out, a)
		}
	}
	slices.SortStableFunc(out, func(a, b Asked) int { return a.Reply.SignedAt.Compare(b.Reply.SignedAt) })
	return out
}

// Standing is where the answers of a unit are.
type Standing int

// The standings.
const (
	Missing  Standing = iota
	Partial           // one guardian of several has answered, and each is to
	Complete          // nothing more is expected
	Disagree          // the guardians do not say the same
)

// standing judges by the rule of the slip. Both guardians weigh the same: a disagreement is shown under either rule.
func (u Unit) standing(both bool) Standing {
	given := u.Given()
	if len(given) == 0 {
		return Missing
	}
	for _, g := range given[1:] {
		if !same(g.Reply.Answers, given[0].Reply.Answers) {
			return Disagree
		}
	}
	if both && len(given) < len(u.Asked) {
		return Partial
	}
	return Complete
}

func same(a, b [][]string) bool {
	return slices.EqualFunc(a, b, func(x, y []string) bool { return slices.Equal(x, y) })
}

// units gathers the lines by child, and by person where no child is meant.
func units(lines []Asked) []Unit {
	var out []Unit
	at := map[uuid.UUID]int{}
	for _, l := range lines {
		id, name := l.Child, l.ChildName
		if id == uuid.Nil {
			id, name = l.Person, l.Name
		}
		i, there := at[id]
		if !there {
			i = len(out)
			at[id] = i
			out = append(out, Unit{Child: l.Child, Name: name, Class: l.Class})
		}
		out[i].Asked = append(out[i].Asked, l)
	}
	return out
}

// tallyNamed sums named answers: each unit once where its answers agree. A disagreement counts as an answer and for no
// choice, because neither guardian weighs more than the other.
func tallyNamed(s Slip, list []Unit) (t *Tally, disagreements int) {
	t = newTally(len(s.Questions))
	for _, u := range list {
		switch u.standing(s.Both) {
		case Missing:
		case Disagree:
			disagreements++
			t.add(s.Questions, nil, u.Class)
		default:
			t.add(s.Questions, u.Given()[0].Reply.Answers, u.Class)
		}
	}
	return t, disagreements
}
