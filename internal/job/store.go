package job

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/observe"
)

func insert(ctx context.Context, tx db.Tx, j Job, body []byte) error {
	var unique any
	if j.UniqueKey != "" {
		unique = j.UniqueKey
	}
	if j.ID == uuid.Nil {
		j.ID = uuid.Must(uuid.NewV7())
	}
	_, err := tx.ExecContext(ctx, `
		insert into job (id, kind, payload, unique_key, run_at)
		values (?, ?, ?::jsonb, ?, ?)
		on conflict do nothing`, j.ID, j.Kind, string(body), unique, j.RunAt)
	return err
}

// EnqueueImported writes the job of a scope in the importer's transaction, for what is found out in bulk.
func EnqueueImported(ctx context.Context, tx pgx.Tx, scope int64, j Job) error {
	body, err := json.Marshal(j.Payload)
	if err != nil {
		return fmt.Errorf("write the payload of %s: %w", j.Kind, err)
	}
	var unique any
	if j.UniqueKey != "" {
		unique = j.UniqueKey
	}
	if j.ID == uuid.Nil {
		j.ID = uuid.Must(uuid.NewV7())
	}
	_, err = tx.Exec(ctx, `insert into job (tenant_id, id, kind, payload, unique_key, run_at) values ($1, $2, $3, $4::jsonb, $5, $6) on conflict do nothing`,
		scope, j.ID, j.Kind, string(body), unique, j.RunAt)
	if err != nil {
		return fmt.Errorf("enqueue %s: %w", j.Kind, err)
	}
	return nil
}

type claimed struct {
	Scope   int64
	Parent  []int64
	ID      uuid.UUID
	Kind    string
	Payload []byte
	Attempt int
}

// claim takes up to limit jobs, at most five of one space, so that a school that sends three thousand messages does
// not make the others wait.
func claim(ctx context.Context, d *db.DB, kinds []string, limit int, lease time.Duration) ([]claimed, error) {
	var out []claimed
	err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			with ready as (
				select tenant_id, id, run_at from job
				where state = 'ready' and run_at <= now() and kind = any ($1)
				order by run_at
				limit 500
				for update skip locked
			), fair as (
				select tenant_id, id from (
					select tenant_id, id, run_at, row_number() over (partition by tenant_id order by run_at) as turn from ready
				) r where turn <= 5 order by turn, run_at limit $2
			)
			update job j set state = 'running', attempt = attempt + 1, lease_until = now() + make_interval(secs => $3)
			from fair f, tenant t left join tenant up on up.id = t.parent_id
			where j.tenant_id = f.tenant_id and j.id = f.id and t.id = j.tenant_id
			returning j.tenant_id, array_remove(array[up.id, up.parent_id], null), j.id, j.kind, j.payload, j.attempt`,
			kinds, limit, lease.Seconds())
		if err != nil {
			return err
		}
		out, err = pgx.CollectRows(rows, pgx.RowToStructByPos[claimed])
		return err
	})
	return out, err
}

// An end is written only by the run that holds the job: one whose lease was lost has nothing to say any more.
const held = ` where id = ? and state = 'running' and attempt = ?`

func finish(ctx context.Context, tx db.Tx, j claimed) error {
	_, err := tx.ExecContext(ctx, `update job set state = 'done', finished_at = ?, lease_until = null`+held, tx.Now(), j.ID, j.Attempt)
	return err
}

func retry(ctx context.Context, tx db.Tx, j claimed, state string, at time.Time, reason string) error {
	_, err := tx.ExecContext(ctx, `update job set state = ?, run_at = ?, last_error = ?, lease_until = null`+held, state, at, reason, j.ID, j.Attempt)
	return err
}

// renew keeps the jobs that a living worker holds.
func renew(ctx context.Context, d *db.DB, jobs []claimed, lease time.Duration) error {
	return eachHeld(ctx, d, jobs, `update job j set lease_until = now() + make_interval(secs => $4)`, lease.Seconds())
}

// giveBack returns jobs that were taken and not begun, as if nobody had taken them.
func giveBack(ctx context.Context, d *db.DB, jobs []claimed) error {
	return eachHeld(ctx, d, jobs, `update job j set state = 'ready', attempt = j.attempt - 1, lease_until = null`)
}

func eachHeld(ctx context.Context, d *db.DB, jobs []claimed, update string, more ...any) error {
	if len(jobs) == 0 {
		return nil
	}
	var scopes []int64
	var ids []uuid.UUID
	var attempts []int32
	for _, j := range jobs {
		scopes, ids, attempts = append(scopes, j.Scope), append(ids, j.ID), append(attempts, int32(j.Attempt))
	}
	return d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, update+`
			from unnest($1::bigint[], $2::uuid[], $3::int[]) as h (tenant_id, id, attempt)
			where j.tenant_id = h.tenant_id and j.id = h.id and j.attempt = h.attempt and j.state = 'running'`,
			append([]any{scopes, ids, attempts}, more...)...)
		return err
	})
}

// reap gives back what a killed worker held, and forgets what was done a week ago. A job that has taken its worker with
// it as often as it may be tried is not given to another.
func reap(ctx context.Context, d *db.DB) error {
	return d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			update job set state = case when attempt >= $1 then 'failed' else 'ready' end, lease_until = null,
			               last_error = case when attempt >= $1 then 'every worker that took it was cut short' else last_error end
			where state = 'running' and lease_until < now()`, maxAttempts)
		if err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `delete from job where state = 'done' and finished_at < now() - interval '7 days'`)
		return err
	})
}

// Counts tells operators how many jobs wait, run or have failed, by kind, in all spaces; what is done is no concern.
func Counts(ctx context.Context, d *db.DB) ([]observe.JobCount, error) {
	var out []observe.JobCount
	err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select kind, state, count(*), extract(epoch from now() - min(run_at))::float8
			from job
			where state <> 'done'
			group by kind, state
			order by kind, state
			limit 500`)
		if err != nil {
			return err
		}
		out, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (observe.JobCount, error) {
			var c observe.JobCount
			var seconds float64
			err := row.Scan(&c.Kind, &c.State, &c.Count, &seconds)
			c.Oldest = time.Duration(max(0, seconds) * float64(time.Second))
			return c, err
		})
		return err
	})
	return out, err
}
