package session

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
)

// By the hash's own index, then by primary keys.
const findAppPassword = `
	select w.id, w.person_id, p.name, p.body, a.comfort, coalesce(w.used_at, w.created_at), w.used_network
	from app_password w
	join account a on a.tenant_id = w.tenant_id and a.person_id = w.person_id
	join passport p on p.tenant_id = w.tenant_id and p.person_id = w.person_id
	where w.tenant_id = 1 and w.secret_hash = $1 and w.purpose = $2 and a.login = $3
	  and (w.expires_at is null or w.expires_at > $4) and a.state = 'active'`

func selectAppPasswords(ctx context.Context, tx db.Tx, who school.PersonID) ([]AppPassword, error) {
	var list []AppPassword
	err := tx.NewSelect().TableExpr("app_password").
		ColumnExpr("id, name, purpose, created_at, expires_at, used_at, used_network").
		Where("tenant_id = 1 and person_id = ?", who.UUID).OrderExpr("created_at desc, id").Limit(listed).Scan(ctx, &list)
	return list, err
}

// insertAppPassword tells how many the person had, and whether one more was made. The account's row is locked, so that
// forms sent together cannot pass the limit together; the tries of the account's password are forgotten.
func insertAppPassword(ctx context.Context, tx db.Tx, who school.PersonID, ask AppAsk, hash []byte) (made bool, before int, err error) {
	if _, err := tx.ExecContext(ctx, `select from account where tenant_id = 1 and person_id = ? for update`, who.UUID); err != nil {
		return false, 0, err
	}
	err = tx.NewRaw(`select count(*) from app_password where tenant_id = 1 and person_id = ? and (expires_at is null or expires_at > ?)`,
		who.UUID, tx.Now()).Scan(ctx, &before)
	if err != nil || before >= mostPasswords {
		return false, before, err
	}
	var until *time.Time
	if !ask.Until.IsZero() {
		until = &ask.Until
	}
	res, err := tx.ExecContext(ctx, `
		with forgotten as (delete from sign_in_failure where tenant_id = 1 and subject = ?)
		insert into app_password (id, person_id, name, purpose, secret_hash, created_at, expires_at)
		values (?, ?, ?, ?, ?, ?, ?) on conflict (tenant_id, id) do nothing`,
		personSubject(who), ask.ID, who.UUID, ask.Name, string(ask.Purpose), hash, tx.Now(), until)
	if err != nil {
		return false, before, err
	}
	n, err := res.RowsAffected()
	return n == 1, before, err
}

func deleteAppPassword(ctx context.Context, tx db.Tx, who school.PersonID, id uuid.UUID) (int64, error) {
	res, err := tx.ExecContext(ctx, `delete from app_password where tenant_id = 1 and id = ? and person_id = ?`, id, who.UUID)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func deleteAppPasswords(ctx context.Context, tx db.Tx, who school.PersonID) (int64, error) {
	res, err := tx.ExecContext(ctx, `delete from app_password where tenant_id = 1 and person_id = ?`, who.UUID)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func touchAppPassword(ctx context.Context, tx db.Tx, id uuid.UUID, network string) error {
	_, err := tx.ExecContext(ctx, `update app_password set used_at = ?, used_network = ? where tenant_id = 1 and id = ?`, tx.Now(), network, id)
	return err
}

// countAppFailure counts a wrong application password of an account from a network, and tells how many there were within
// the window.
func countAppFailure(ctx context.Context, tx db.Tx, subject string) (n int, err error) {
	err = tx.NewRaw(`
		insert into sign_in_failure as f (subject, failures, last_at) values (?0, 1, ?1)
		on conflict (tenant_id, subject) do update
		set failures = case when f.last_at <= ?2 then 1 else f.failures + 1 end, last_at = excluded.last_at
		returning failures`, subject, tx.Now(), tx.Now().Add(-window)).Scan(ctx, &n)
	return n, err
}
