package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/school"
)

// RecordImported adds the entry to the trail of a scope in the importer's transaction, for what the importer alone may
// write: the registry of the territory.
func RecordImported(ctx context.Context, tx pgx.Tx, scope school.ScopeID, at time.Time, e Entry) error {
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return fmt.Errorf("write the audit detail of %s: %w", e.Action, err)
	}
	var actor any
	if (e.Actor != school.PersonID{}) {
		actor = e.Actor.UUID
	}
	_, err = tx.Exec(ctx, `insert into audit_entry (tenant_id, id, at, actor_id, action, subject, title, detail)
		values ($1, $2, $3, $4, $5, $6, $7, coalesce(nullif($8::jsonb, 'null'), '{}'))`,
		int64(scope), school.NewID(), at, actor, e.Action, e.Subject, cut(e.Title), string(detail))
	if err != nil {
		return fmt.Errorf("record %s: %w", e.Action, err)
	}
	return nil
}
