package bridges

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"elyco/internal/bridge"
	"elyco/internal/fault"
	"elyco/internal/school"
)

func day(s string) time.Time {
	d, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return d
}

func TestTerms(t *testing.T) {
	today := day("2026-11-24")
	right := Terms{Proposers: []school.Profile{school.Teacher}, Answerers: []school.Profile{school.Pupil}, Purposes: []bridge.Purpose{bridge.Write},
		EndsOn: day("2027-08-31"), Reason: "Une classe commune"}
	if err := right.check(today); err != nil {
		t.Fatal(err)
	}
	for what, c := range map[string]struct {
		spoil func(x *Terms)
		field string
	}{
		"nobody here":          {func(x *Terms) { x.Proposers = nil }, "mine"},
		"a guest":              {func(x *Terms) { x.Proposers = []school.Profile{school.Guest} }, "mine"},
		"nobody there":         {func(x *Terms) { x.Answerers = nil }, "theirs"},
		"an agent there":       {func(x *Terms) { x.Answerers = []school.Profile{school.Collectivity} }, "theirs"},
		"nothing":              {func(x *Terms) { x.Purposes = nil }, "purposes"},
		"something unheard of": {func(x *Terms) { x.Purposes = []bridge.Purpose{"spy"} }, "purposes"},
		"without an end":       {func(x *Terms) { x.EndsOn = time.Time{} }, "ends_on"},
		"until today":          {func(x *Terms) { x.EndsOn = today }, "ends_on"},
		"for too long":         {func(x *Terms) { x.EndsOn = day("2027-11-25") }, "ends_on"},
		"without a reason":     {func(x *Terms) { x.Reason = " \n" }, "reason"},
		"a novel":              {func(x *Terms) { x.Reason = strings.Repeat("é", 1001) }, "reason"},
	} {
		x := right
		c.spoil(&x)
		var f *fault.Error
		if err := x.check(today); !errors.As(err, &f) || !slices.Equal(slices.Collect(maps.Keys(f.Fields)), []string{c.field}) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestUsualEnd(t *testing.T) {
	for today, want := range map[string]string{"2026-09-01": "2027-08-31", "2026-11-24": "2027-08-31", "2027-06-30": "2027-08-31", "2027-07-01": "2028-07-01", "2027-08-31": "2028-08-31"} {
		if got := usualEnd(day(today)).Format(time.DateOnly); got != want {
			t.Errorf("on %s: %s, not %s", today, got, want)
		}
	}
}

func TestStates(t *testing.T) {
	terms := Terms{EndsOn: day("2027-08-31"), Reason: "x"}
	proposal := Paper{Scope: 10, Peer: 11, ID: school.NewID(), Part: Proposal, Terms: terms}
	ended := proposal
	ended.EndedAt = day("2027-01-01")
	answer := func(part Part) *Paper { return &Paper{Scope: 11, Peer: 10, ID: proposal.ID, Part: part, Terms: terms} }
	closed := answer(Acceptance)
	closed.EndedAt = day("2027-01-01")
	for what, c := range map[string]struct {
		b     Bridge
		today string
		want  State
	}{
		"no answer":                 {Bridge{Proposal: proposal}, "2027-08-31", Waiting},
		"no answer in time":         {Bridge{Proposal: proposal}, "2027-09-01", Lapsed},
		"taken back":                {Bridge{Proposal: ended}, "2027-09-01", Withdrawn},
		"yes":                       {Bridge{Proposal: proposal, Answer: answer(Acceptance)}, "2027-08-31", Standing},
		"the day after":             {Bridge{Proposal: proposal, Answer: answer(Acceptance)}, "2027-09-01", Expired},
		"no":                        {Bridge{Proposal: proposal, Answer: answer(Refusal)}, "2027-09-01", Refused},
		"ended by who proposed":     {Bridge{Proposal: ended, Answer: answer(Acceptance)}, "2027-02-01", Ended},
		"ended by who had answered": {Bridge{Proposal: proposal, Answer: closed}, "2027-02-01", Ended},
	} {
		if got := c.b.State(day(c.today)); got != c.want {
			t.Errorf("%s: %s, not %s", what, got, c.want)
		}
	}
}

// TestPairs holds papers apart that do not belong together.
func TestPairs(t *testing.T) {
	p := Paper{Scope: 10, Peer: 11, ID: school.NewID(), Part: Proposal, Terms: Terms{Reason: "x"}}
	answer := func(change func(a *Paper)) Paper {
		a := Paper{Scope: 11, Peer: 10, ID: p.ID, Part: Acceptance, Terms: p.Terms}
		change(&a)
		return a
	}
	for what, c := range map[string]struct {
		change   func(a *Paper)
		answered bool
	}{
		"the answer":          {func(*Paper) {}, true},
		"another's answer":    {func(a *Paper) { a.Scope = 12 }, false},
		"to another":          {func(a *Paper) { a.Peer = 12 }, false},
		"of another proposal": {func(a *Paper) { a.ID = school.NewID() }, false},
		"to other terms":      {func(a *Paper) { a.Terms.Reason = "y" }, false},
	} {
		got := pair([]Paper{answer(c.change), p})
		if len(got) != 1 || (got[0].Answer != nil) != c.answered {
			t.Errorf("%s: %+v", what, got)
		}
	}
}
