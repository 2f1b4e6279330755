package messages

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/school"
)

// waiting is a message that waits, with what its author is.
type waiting struct {
	Draft
	author  school.PersonID
	profile school.Profile
	member  bool // the author still belongs to the school
}

const waitingColumns = `select m.id, coalesce(m.author_id, '00000000-0000-0000-0000-000000000000'), m.author_profile, m.subject, m.urgent, m.urgent_reason, m.guardians,
	coalesce(m.send_at, 'epoch'), m.expected,
	exists (select from membership p where p.tenant_id = m.tenant_id and p.person_id = m.author_id and p.starts_on <= ? and (p.ends_on is null or p.ends_on >= ?))
	from message m where m.id = ? and m.state = `

// heldScheduled locks a message that is scheduled for an instant; db.NoRows when it is not.
func heldScheduled(ctx context.Context, tx db.Tx, id uuid.UUID, at time.Time) (waiting, error) {
	return scanWaiting(ctx, tx, waitingColumns+`'scheduled' and m.send_at = ? for update of m`, id, at)
}

// heldHeld locks a message that waits for a moderator; db.NoRows when it does not.
func heldHeld(ctx context.Context, tx db.Tx, id uuid.UUID) (waiting, error) {
	return scanWaiting(ctx, tx, waitingColumns+`'held' for update of m`, id)
}

func scanWaiting(ctx context.Context, tx db.Tx, statement string, id uuid.UUID, more ...any) (w waiting, err error) {
	day := directory.Day(tx.Now())
	err = tx.NewRaw(statement, append([]any{day, day, id}, more...)...).Scan(ctx, &w.ID, &w.author.UUID, (*string)(&w.profile), &w.Subject, &w.Urgent, &w.Reason,
		(*string)(&w.Guardians), &w.SendAt, &w.People, &w.member)
	if w.SendAt.Unix() == 0 {
		w.SendAt = time.Time{}
	}
	return w, err
}
