package bridges

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/bridge"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// Part is what a paper is.
type Part string

// The parts.
const (
	Proposal   Part = "proposal"
	Acceptance Part = "acceptance"
	Refusal    Part = "refusal"
)

// Terms are what both heads sign.
type Terms struct {
	Proposers []school.Profile // who crosses, of the side that proposes
	Answerers []school.Profile // who crosses, of the side that answers
	Purposes  []bridge.Purpose
	EndsOn    time.Time // the last day, midnight UTC
	Reason    string
}

const longestText = 1000 // characters of a reason or of a note

// check refuses terms that no head could sign today.
func (t Terms) check(today time.Time) error {
	bad := fault.Fields{}
	if len(t.Proposers) == 0 || !known(t.Proposers) {
		bad.Add("mine", "Cochez au moins un profil de votre établissement.")
	}
	if len(t.Answerers) == 0 || !known(t.Answerers) {
		bad.Add("theirs", "Cochez au moins un profil de l’autre établissement.")
	}
	if len(t.Purposes) == 0 || slices.ContainsFunc(t.Purposes, func(p bridge.Purpose) bool { return !slices.Contains(bridge.Purposes(), p) }) {
		bad.Add("purposes", "Cochez ce que la passerelle permettra.")
	}
	switch {
	case t.EndsOn.IsZero():
		bad.Add("ends_on", "Choisissez le dernier jour de la passerelle.")
	case !t.EndsOn.After(today):
		bad.Add("ends_on", "Choisissez un jour à venir.")
	case t.EndsOn.After(latestEnd(today)):
		bad.Add("ends_on", "Une passerelle dure un an au plus. Vous pourrez en proposer une autre ensuite.")
	}
	if strings.TrimSpace(t.Reason) == "" {
		bad.Add("reason", "Dites en une phrase à quoi la passerelle servira : l’autre établissement le lira avant de répondre.")
	}
	checkText(bad, "reason", t.Reason)
	return bad.OrNil()
}

func checkText(bad fault.Fields, field, text string) {
	if utf8.RuneCountInString(text) > longestText {
		bad.Add(field, "Raccourcissez ce texte : 1 000 caractères au plus.")
	}
}

func known(list []school.Profile) bool {
	return !slices.ContainsFunc(list, func(p school.Profile) bool { return !slices.Contains(crossing(), p) })
}

// crossing lists the profiles that a bridge may name: a guest is the guest of one house alone.
func crossing() []school.Profile {
	return slices.DeleteFunc(school.SchoolProfiles(), func(p school.Profile) bool { return p == school.Guest })
}

func latestEnd(today time.Time) time.Time { return today.AddDate(1, 0, 0) }

// usualEnd is the end of the school year that runs, or of the next one in its last two months.
func usualEnd(today time.Time) time.Time {
	end := time.Date(today.Year(), time.August, 31, 0, 0, 0, 0, time.UTC)
	if today.Month() >= time.July {
		end = end.AddDate(1, 0, 0)
	}
	if end.After(latestEnd(today)) {
		return latestEnd(today)
	}
	return end
}

// Paper is what one side signed, and the end that it put to it.
type Paper struct {
	Scope      school.ScopeID
	Peer       school.ScopeID
	ID         uuid.UUID
	Part       Part
	Terms      Terms
	SignerName string
	SignedAt   time.Time
	Note       string
	EndedAt    time.Time // zero: never
	EnderName  string
	EndNote    string
}

// Bridge is a proposal with the answer to it, if there is one.
type Bridge struct {
	Proposal Paper
	Answer   *Paper
}

// State is where a bridge stands in its life.
type State string

// The states.
const (
	Waiting   State = "waiting"  // for an answer
	Standing  State = "standing" // open
	Refused   State = "refused"
	Withdrawn State = "withdrawn" // by the proposer, before an answer
	Ended     State = "ended"     // by one side
	Expired   State = "expired"   // its last day is over
	Lapsed    State = "lapsed"    // its last day is over, and nobody answered
)

// State tells where the bridge stands on a day.
func (b Bridge) State(today time.Time) State {
	over := b.Proposal.Terms.EndsOn.Before(today)
	switch {
	case b.Answer == nil && !b.Proposal.EndedAt.IsZero():
		return Withdrawn
	case b.Answer == nil && over:
		return Lapsed
	case b.Answer == nil:
		return Waiting
	case b.Answer.Part == Refusal:
		return Refused
	case !b.Proposal.EndedAt.IsZero() || !b.Answer.EndedAt.IsZero():
		return Ended
	case over:
		return Expired
	}
	return Standing
}

// Live reports whether the bridge stands or may still be accepted.
func (s State) Live() bool { return s == Waiting || s == Standing }

// side is the bridge as one of its two sides looks at it.
func (b Bridge) side(here school.ScopeID) (peer school.ScopeID, mine, theirs []school.Profile) {
	if b.Proposal.Scope == here {
		return b.Proposal.Peer, b.Proposal.Terms.Proposers, b.Proposal.Terms.Answerers
	}
	return b.Proposal.Scope, b.Proposal.Terms.Answerers, b.Proposal.Terms.Proposers
}

// pair puts proposals and answers together, in the order of the papers. A paper that answers a proposal that is not
// addressed to its signer answers nothing; nor does one that says something else than the proposal.
func pair(papers []Paper) []Bridge {
	var bridges []Bridge
	for _, p := range papers {
		if p.Part != Proposal {
			continue
		}
		b := Bridge{Proposal: p}
		for _, a := range papers {
			if a.Part != Proposal && a.ID == p.ID && a.Scope == p.Peer && a.Peer == p.Scope && a.Terms.equal(p.Terms) {
				b.Answer = &a
			}
		}
		bridges = append(bridges, b)
	}
	return bridges
}

func (t Terms) equal(o Terms) bool {
	return slices.Equal(t.Proposers, o.Proposers) && slices.Equal(t.Answerers, o.Answerers) && slices.Equal(t.Purposes, o.Purposes) &&
		t.EndsOn.Equal(o.EndsOn) && t.Reason == o.Reason
}

// remindBefore is how long before its end both heads are reminded of a bridge.
const remindBefore = 30 * 24 * time.Hour

func (b Bridge) endsSoon(today time.Time) bool {
	return b.State(today) == Standing && b.Proposal.Terms.EndsOn.Sub(today) <= remindBefore
}
