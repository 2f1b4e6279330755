package tenant

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// establishment reads what a decision rests on; the table is locked, so it stays true until the end.
func (w registryTx) establishment(ctx context.Context, id school.ScopeID) (Tenant, error) {
	t := Tenant{ID: id, Kind: KindEstablishment}
	up := Tenant{Kind: KindCollectivity}
	err := w.tx.QueryRow(ctx, `
		select t.name, t.slug, up.slug, t.state, t.state_note, t.wave
		from tenant t join tenant up on up.id = t.parent_id
		where t.id = $1 and t.kind = 'establishment'`, int64(id)).
		Scan(&t.Name, &t.Slug, &up.Slug, &t.State, &t.StateNote, &t.Wave)
	t.Parent = &up
	if db.NoRows(err) {
		return t, fault.Missing()
	}
	return t, err
}

func (w registryTx) decide(ctx context.Context, d Decision) error {
	if _, err := w.setState(ctx, d.Space, d.To, d.Note); err != nil {
		return err
	}
	_, err := w.tx.Exec(ctx, `update tenant set merged_into = nullif($2, 0) where id = $1`, int64(d.Space), int64(d.Into))
	return err
}

func (w registryTx) moveToWave(ctx context.Context, id school.ScopeID, wave string) error {
	_, err := w.tx.Exec(ctx, `update tenant set wave = $2, wave_decided = true, updated_at = now() where id = $1`, int64(id), wave)
	return err
}

// tell writes the history of the space and the trail, of the space and of the academy.
func (w registryTx) tell(ctx context.Context, at time.Time, space Tenant, e Event, entry audit.Entry) error {
	var actor any
	if entry.Actor != (school.PersonID{}) {
		actor = entry.Actor.UUID
	}
	_, err := w.tx.Exec(ctx, `
		insert into tenant_event (tenant_id, id, at, kind, was, becomes, was_note, note, reason, actor_id, actor_name)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		int64(space.ID), school.NewID(), at, e.Kind, e.Was, e.Becomes, e.WasNote, e.Note, e.Reason, actor, e.ByName)
	if err != nil {
		return err
	}
	entry.Subject, entry.Title = pathOf(&space), space.Name
	entry.Detail = map[string]any{"was": e.Was, "becomes": e.Becomes}
	for _, scope := range []school.ScopeID{space.ID, school.Academy} {
		if err := audit.RecordImported(ctx, w.tx, scope, at, entry); err != nil {
			return err
		}
	}
	return nil
}

// QueueHistory reads the life of the context's space, the latest first.
func QueueHistory(b *db.Batch, dest *[]Event) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (e Event, err error) {
		var id uuid.UUID
		err = row.Scan(&id, &e.At, &e.Kind, &e.Was, &e.Becomes, &e.WasNote, &e.Note, &e.Reason, &e.ByName)
		e.ID = id.String()
		return e, err
	}, `
		select id, at, kind, was, becomes, was_note, note, reason, actor_name
		from tenant_event order by id desc limit 50`)
}
