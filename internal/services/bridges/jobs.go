package bridges

import (
	"context"
	"fmt"

	"elyco/internal/audit"
	"elyco/internal/bridge"
	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/school"
)

// hearNews writes what the other side did into the trail of the side that is told, once.
func (r *Room) hearNews() job.Handler {
	return job.Handle(bridge.Heard, func(ctx context.Context, _ job.Run, n bridge.News) error {
		return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
			fresh, err := hear(ctx, tx, n.Bridge, n.Event)
			if err != nil || !fresh {
				return err
			}
			switch n.Event {
			case string(Proposal):
				return r.note(ctx, tx, n, "bridges.heard_proposal")
			case string(Acceptance):
				return r.note(ctx, tx, n, "bridges.heard_acceptance")
			case string(Refusal):
				return r.note(ctx, tx, n, "bridges.heard_refusal")
			case "end":
				return r.note(ctx, tx, n, "bridges.heard_end")
			}
			return fmt.Errorf("bridge %s: the event %q is not known", n.Bridge, n.Event)
		})
	})
}

func (r *Room) note(ctx context.Context, tx db.Tx, n bridge.News, action string) error {
	title := ""
	if t := r.registry.ByID(school.ScopeID(n.By)); t != nil {
		title = t.Name
	}
	return audit.Record(ctx, tx, audit.Entry{Action: action, Subject: n.Bridge.String(), Title: title, Detail: map[string]any{"with": n.By}})
}
