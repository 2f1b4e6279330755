package oversight

import (
	"context"
	"fmt"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/setting"
	"elyco/internal/tenant"
)

// Leader is somebody who leads or administers an establishment.
type Leader struct {
	Name          string
	Profile       school.Profile
	Function      string
	Administrator bool
}

// Sheet is everything that the console knows of an establishment.
type Sheet struct {
	School   *tenant.Tenant
	Standing audience.Standing
	Counted  bool
	History  []tenant.Event
	Leaders  []Leader
	Differs  []setting.Line // settings that do not say what the house's defaults say
}

// sums reads the sums of the spaces below, in one round trip.
func (r *Room) sums(ctx context.Context) (Sums, error) {
	var list []audience.Standing
	if err := r.DB.Batch(ctx, func(b *db.Batch) { audience.QueueStandings(b, &list) }); err != nil {
		return Sums{}, fmt.Errorf("read how many people the establishments have: %w", err)
	}
	s := Sums{By: make(map[school.ScopeID]audience.Standing, len(list))}
	for _, one := range list {
		s.By[one.Space] = one
		s.Used = s.Used || one.Present > 0
		if one.CountedAt.After(s.At) {
			s.At = one.CountedAt
		}
	}
	return s, nil
}

// Find is the establishment of a number, when it lies below the context's space; NotFound for all others, so that a forged
// number tells nothing.
func (r *Room) Find(ctx context.Context, id school.ScopeID) (*tenant.Tenant, error) {
	t := r.Registry.ByID(id)
	if t == nil || t.Kind != tenant.KindEstablishment || !t.Within(tenant.From(ctx)) {
		return nil, fault.Missing()
	}
	return t, nil
}

// Open reads the sheet of an establishment: one round trip in the establishment, and one above it for the sums.
func (r *Room) Open(ctx context.Context, id school.ScopeID) (Sheet, error) {
	t, err := r.Find(ctx, id)
	if err != nil {
		return Sheet{}, err
	}
	sums, err := r.sums(ctx)
	if err != nil {
		return Sheet{}, err
	}
	s := Sheet{School: t, Standing: sums.Of(t), Counted: sums.Counted()}
	err = r.DB.Batch(tenant.Enter(ctx, t), func(b *db.Batch) {
		tenant.QueueHistory(b, &s.History)
		queueLeaders(b, &s.Leaders, directory.Day(r.DB.NowIn(ctx)))
	})
	if err != nil {
		return Sheet{}, fmt.Errorf("read the sheet of an establishment: %w", err)
	}
	for _, line := range r.Settings.Effective(t) {
		if !line.Def.Same(line.Value, line.Def.Default) {
			s.Differs = append(s.Differs, line)
		}
	}
	return s, nil
}

const countJob = "oversight.count"

type countWork struct{}

// Count has the people of the establishments counted anew. Asking twice counts once.
func (r *Room) Count(ctx context.Context) error {
	return r.DB.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return job.Enqueue(ctx, tx, job.Job{Kind: countJob, Payload: countWork{}, UniqueKey: "count"})
	})
}

func (r *Room) jobs() []job.Handler {
	return []job.Handler{
		job.Handle(countJob, func(ctx context.Context, run job.Run, _ countWork) error {
			return audience.Recount(ctx, r.DB, school.ScopeID(run.Scope))
		}),
		job.Handle(importJob, func(ctx context.Context, _ job.Run, w importWork) error { return r.runImport(ctx, w) }),
		job.Handle(copyJob, func(ctx context.Context, _ job.Run, w copyWork) error { return r.runCopy(ctx, w) }),
	}
}

// may reports whether the actor may do an action, and the space is of a rank where it exists.
func (r *Room) may(ctx context.Context, action string) bool {
	if (action == decide || action == load) && tenant.From(ctx).Kind != tenant.KindAcademy {
		return false
	}
	_, ok := r.policy.For(session.Actor(ctx), "oversight", action)
	return ok
}
