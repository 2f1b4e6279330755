package mydata

import (
	"context"
	"fmt"
	"slices"
	"time"

	"elyco/internal/db"
	"elyco/internal/policy"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
)

// Processing is one line of the register: what is done with which data, why, for how long, and who sees it here.
type Processing struct {
	Holding    privacy.Holding
	Recipients []Recipient
}

// Recipient is a profile that may do something in a service here, as far as its widest right goes.
type Recipient struct {
	Profile school.Profile
	Reach   policy.Reach
}

// Register lists every processing of the space of ctx. Recipients are what the policy says here and now.
func (r *Room) Register(ctx context.Context) []Processing {
	t := tenant.From(ctx)
	var list []Processing
	for _, one := range r.house.Holdings() {
		p := Processing{Holding: one}
		if i := slices.IndexFunc(r.rooms, func(s service.Service) bool { return s.Name == shownBy(one.Name) }); i >= 0 {
			if s := r.rooms[i]; !s.Has(t.Kind) || !s.Always && !t.Offers(s.Name) {
				continue
			}
			p.Recipients = r.recipients(t, r.rooms[i])
		}
		list = append(list, p)
	}
	return list
}

// shownBy is the room that shows what a part of the house holds.
func shownBy(part string) string {
	switch part {
	case "directory":
		return "people"
	case "trail", "settings":
		return "console"
	case "file_managers":
		return "documents"
	}
	return part
}

func (r *Room) recipients(t *tenant.Tenant, s service.Service) []Recipient {
	order := []policy.Reach{policy.Self, policy.Children, policy.Classes, policy.Sections, policy.Establishment, policy.Collectivity, policy.Academy}
	var list []Recipient
	for _, profile := range append(school.Profiles(), school.Administrator) {
		actor := school.Actor{Scope: t.ID, Here: []school.Membership{{Scope: t.ID, Profile: profile}}}
		if profile == school.Administrator {
			actor.Here = []school.Membership{{Scope: t.ID, Profile: school.Guest, Admin: true}}
		}
		widest := -1
		for _, a := range s.Actions {
			if reach, may := r.policy.For(actor, s.Name, a.Name); may {
				widest = max(widest, slices.Index(order, reach))
			}
		}
		if widest >= 0 {
			list = append(list, Recipient{profile, order[widest]})
		}
	}
	return list
}

// Clock is what one room's nightly clock did last, and what it will do.
type Clock struct {
	Holding privacy.Holding
	Last    privacy.Run // zero: never
	Tonight privacy.Purged
	Later   privacy.Purged // within the days ahead, tonight included
}

// Clocks reads what the clocks of the space of ctx did last, and rehearses what they would remove now and on a day ahead.
func (r *Room) Clocks(ctx context.Context, ahead time.Duration) ([]Clock, error) {
	var runs func() map[string]privacy.Run
	if err := r.db.Batch(ctx, func(b *db.Batch) { runs = privacy.QueueRuns(b) }); err != nil {
		return nil, fmt.Errorf("read the last runs of the clocks: %w", err)
	}
	tonight, err := r.house.Rehearse(ctx, time.Time{})
	if err != nil {
		return nil, err
	}
	later, err := r.house.Rehearse(ctx, r.db.NowIn(ctx).Add(ahead))
	if err != nil {
		return nil, err
	}
	last := runs()
	var list []Clock
	for _, one := range r.house.Holdings() {
		list = append(list, Clock{Holding: one, Last: last[one.Name], Tonight: rehearsed(tonight, one), Later: rehearsed(later, one)})
	}
	return list, nil
}

func rehearsed(list []privacy.Purged, one privacy.Holding) privacy.Purged {
	for _, p := range list {
		if p.Holding.Name == one.Name {
			return p
		}
	}
	return privacy.Purged{Holding: one}
}
