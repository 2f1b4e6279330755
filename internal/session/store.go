package session

import (
	"context"
	"fmt"

	"github.com/google/uuid"

	"elyco/internal/db"
)

// The hottest statement of the house: by primary keys only.
const findSession = `
	select s.person_id, s.sign_on_id, p.name, p.body, a.comfort, o.seen_at, s.preview,
	  o.proved_at, a.factor_since, a.factor_asked_at, o.device_since, a.alerted_at
	from session s
	join sign_on o on o.tenant_id = s.tenant_id and o.id = s.sign_on_id
	join passport p on p.tenant_id = s.tenant_id and p.person_id = s.person_id
	join account a on a.tenant_id = s.tenant_id and a.person_id = s.person_id
	where s.tenant_id = 1 and s.token_hash = $1 and s.host_scope = $2
	  and s.expires_at > $3 and o.expires_at > $3 and a.state = 'active'`

// touch notes that a sign-on is in use; it is written every quarter of an hour at the most.
func (s *Sessions) touch(ctx context.Context, signOn uuid.UUID) error {
	err := s.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `update sign_on set seen_at = ?, expires_at = least(?, created_at + ?::interval) where id = ?`,
			tx.Now(), tx.Now().Add(idle), seconds(lifetime), signOn)
		return err
	})
	if err != nil {
		return fmt.Errorf("note the use of sign-on %s: %w", signOn, err)
	}
	return nil
}
