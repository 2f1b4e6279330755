package documents

import (
	"context"
	"slices"

	"elyco/internal/audience"
	"elyco/internal/drive"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// choices is whom the actor may share with: everybody of the space, or for those whose reach is their classes these and
// their groups.
func (r *Room) choices(ctx context.Context) (audience.Choices, error) {
	c, err := audience.ChoicesOf(ctx, r.db, tenant.From(ctx))
	if err != nil || r.sharesWidely(ctx) {
		return c, err
	}
	actor := session.Actor(ctx)
	c.Levels, c.Profiles = nil, []school.Profile{school.Pupil, school.Teacher}
	c.Classes = slices.DeleteFunc(c.Classes, func(k school.ClassRef) bool {
		return !slices.ContainsFunc(actor.Here, func(m school.Membership) bool {
			return slices.ContainsFunc(m.Classes, func(own school.ClassRef) bool { return own.ID == k.ID })
		})
	})
	c.Groups = slices.DeleteFunc(c.Groups, func(g school.GroupRef) bool {
		return !slices.ContainsFunc(actor.Here, func(m school.Membership) bool {
			return slices.ContainsFunc(m.Groups, func(own school.GroupRef) bool { return own.ID == g.ID })
		})
	})
	return c, nil
}

// sharesWidely reports whether the actor may share with everybody of the space.
func (r *Room) sharesWidely(ctx context.Context) bool {
	reach, _ := r.policy.For(session.Actor(ctx), drive.Room, drive.Give)
	return slices.Contains([]policy.Reach{policy.Establishment, policy.Collectivity, policy.Academy}, reach)
}

// Count says how many people a choice means.
func (r *Room) Count(ctx context.Context, a audience.Audience) (audience.Estimate, error) {
	return audience.Count(ctx, r.db, tenant.From(ctx), a)
}
