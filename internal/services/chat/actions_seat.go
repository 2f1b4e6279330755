package chat

import (
	"cmp"
	"context"
	"slices"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/hours"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// judge is the policy, which says what an actor may do in the room and how far.
type judge interface {
	For(a school.Actor, room, action string) (policy.Reach, bool)
}

// seat is what somebody is to one channel.
type seat struct {
	member    bool
	writes    bool
	adult     bool // of the staff: hours and pace are for families
	watches   bool // moderates the whole school, and may open the channel by saying so
	visits    bool // has said so
	moderates bool
	governs   bool // decides about the channel
	profile   school.Profile
}

// reads reports whether the conversation is shown.
func (s seat) reads() bool { return s.member || s.watches && s.visits }

// none reports whether the channel is nothing to the person.
func (s seat) none() bool { return !s.member && !s.watches }

// seatAt judges each membership by itself: who teaches one class and has a child in another is only a parent in the child's.
// belongs are the profiles by which the directory ties the person to the channel. Looking through another's eyes shows no
// conversation, so nobody who does is a member.
func seatAt(j judge, a school.Actor, c Channel, belongs []string, visited bool) (s seat) {
	for _, m := range a.Here {
		one := a
		one.Here = []school.Membership{m}
		may := func(action string) bool { _, ok := j.For(one, name, action); return ok }
		if reach, ok := j.For(one, name, moderate); ok && reach == policy.Establishment {
			s.watches, s.moderates, s.governs = true, true, true
			s.visits = visited && !a.PreviewOnly
			s.take(m.Profile, s.visits && may(write))
		}
		if a.PreviewOnly || !slices.Contains(belongs, string(m.Profile)) || !may(read) {
			continue
		}
		s.member = true
		s.take(m.Profile, may(write))
		s.moderates = s.moderates || may(moderate)
		s.governs = s.governs || c.Author == a.Person && may(open)
	}
	return s
}

func (s *seat) take(p school.Profile, writes bool) {
	s.writes, s.adult = s.writes || writes, s.adult || p.Adult()
	if s.profile == "" || p.Adult() && !s.profile.Adult() {
		s.profile = p
	}
}

// readsAs are the profiles by which the actor may follow channels here.
func readsAs(j judge, a school.Actor) []string {
	list := []string{}
	for _, m := range a.Here {
		one := a
		one.Here = []school.Membership{m}
		if _, ok := j.For(one, name, read); ok && !a.PreviewOnly {
			list = append(list, string(m.Profile))
		}
	}
	return list
}

// watcher reports whether the actor moderates the whole school.
func watcher(j judge, a school.Actor) bool {
	reach, ok := j.For(a, name, moderate)
	return ok && reach == policy.Establishment
}

// Targets lists the classes and groups for which the actor may open a channel.
func (r *Room) Targets(ctx context.Context, a school.Actor) ([]Target, error) {
	var all []Target
	for _, m := range a.Here {
		one := a
		one.Here = []school.Membership{m}
		reach, ok := r.policy.For(one, name, open)
		if !ok {
			continue
		}
		if reach == policy.Establishment {
			all = all[:0]
			err := r.db.Batch(ctx, func(b *db.Batch) { queuePlaces(b, &all, r.db.NowIn(ctx)) })
			return all, fault.Doing("list the classes and groups", err)
		}
		for _, c := range m.Classes {
			all = append(all, Target{"class", c.ID.UUID, c.Name})
		}
		for _, g := range m.Groups {
			all = append(all, Target{"group", g.ID.UUID, g.Name})
		}
	}
	slices.SortStableFunc(all, func(a, b Target) int { return cmp.Compare(a.Name, b.Name) })
	return slices.Compact(all), nil
}

// week is when families may be reached in the space.
func (r *Room) week(ctx context.Context) hours.Week {
	return hours.Of(r.settings, tenant.From(ctx), hours.Families)
}

// seatIn reads what the actor is to a channel within a transaction.
func (r *Room) seatIn(ctx context.Context, tx db.Tx, a school.Actor, c Channel) (seat, error) {
	belongs, visited, err := tiesTo(ctx, tx, c.ID, a.Person)
	return seatAt(r.policy, a, c, belongs, visited), err
}
