package session

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
)

func selectFactors(ctx context.Context, tx db.Tx, who school.PersonID) (Factors, error) {
	var row struct {
		App       time.Time `bun:"app,nullzero"`
		AppUsed   time.Time `bun:"app_used,nullzero"`
		Passkeys  int       `bun:"passkeys"`
		CodesLeft int       `bun:"codes_left"`
		CodesMade time.Time `bun:"codes_made,nullzero"`
	}
	err := tx.NewRaw(`
		select t.created_at as app, t.used_at as app_used, c.codes_left, c.codes_made,
		  (select count(*) from passkey where tenant_id = 1 and person_id = ?0) as passkeys
		from (select count(*) filter (where used_at is null) as codes_left, max(created_at) as codes_made
		      from recovery_code where tenant_id = 1 and person_id = ?0) c
		left join totp_secret t on t.tenant_id = 1 and t.person_id = ?0`, who.UUID).Scan(ctx, &row)
	return Factors{App: row.App, AppUsed: row.AppUsed, Passkeys: row.Passkeys, CodesLeft: row.CodesLeft, CodesMade: row.CodesMade}, err
}

// upsertTOTP replaces the person's application. The step of its first code is taken; the tries that led to it are
// forgotten.
func upsertTOTP(ctx context.Context, tx db.Tx, who school.PersonID, sealed []byte, step int64) error {
	_, err := tx.ExecContext(ctx, `
		with forgotten as (delete from sign_in_failure where tenant_id = 1 and subject = ?0)
		insert into totp_secret as t (person_id, secret, last_step, created_at, used_at) values (?1, ?2, ?3, ?4, ?4)
		on conflict (tenant_id, person_id) do update
		set secret = excluded.secret, last_step = excluded.last_step, created_at = excluded.created_at, used_at = excluded.used_at`,
		factorSubject(who.UUID), who.UUID, sealed, step, tx.Now())
	return err
}

func deleteTOTP(ctx context.Context, tx db.Tx, who school.PersonID) (int64, error) {
	res, err := tx.ExecContext(ctx, `delete from totp_secret where tenant_id = 1 and person_id = ?`, who.UUID)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

func replaceRecoveryCodes(ctx context.Context, tx db.Tx, who school.PersonID, hashes [][]byte) error {
	if _, err := tx.ExecContext(ctx, `delete from recovery_code where tenant_id = 1 and person_id = ?`, who.UUID); err != nil {
		return err
	}
	type row struct {
		Person uuid.UUID `bun:"person_id"`
		Hash   []byte    `bun:"code_hash"`
		Made   time.Time `bun:"created_at"`
	}
	rows := make([]row, len(hashes))
	for i, h := range hashes {
		rows[i] = row{who.UUID, h, tx.Now()}
	}
	_, err := tx.NewInsert().Model(&rows).ModelTableExpr("recovery_code").Exec(ctx)
	return err
}

// noteFactors writes on the account whether a sign-in asks for more than the password, ends the sign-ins that wait half
// open, and forgets the recovery codes of somebody who has nothing else. The sign-on that asks has just proved itself.
func noteFactors(ctx context.Context, tx db.Tx, who school.PersonID, signOn uuid.UUID) error {
	const has = `(exists (select from totp_secret where tenant_id = 1 and person_id = ?0) or exists (select from passkey where tenant_id = 1 and person_id = ?0))`
	for _, sql := range []string{
		`update account set factor_since = case when ` + has + ` then coalesce(factor_since, ?1) end where tenant_id = 1 and person_id = ?0`,
		`delete from recovery_code where tenant_id = 1 and person_id = ?0 and not ` + has,
		`delete from sign_in_half where tenant_id = 1 and person_id = ?0`,
		`update sign_on set proved_at = greatest(proved_at, ?1) where tenant_id = 1 and id = ?2 and person_id = ?0`,
	} {
		if _, err := tx.ExecContext(ctx, sql, who.UUID, tx.Now(), signOn); err != nil {
			return err
		}
	}
	return nil
}

func factorSubject(who uuid.UUID) string { return "f:" + who.String() }

// countFactor takes one of the tries that somebody has to give a factor.
func countFactor(ctx context.Context, tx db.Tx, who uuid.UUID) (allowed bool, lastAt time.Time, err error) {
	err = tx.QueryRowContext(ctx, `
		with tried as (
		  insert into sign_in_failure as f (subject, failures, last_at) values (?0, 1, ?1)
		  on conflict (tenant_id, subject) do update
		  set failures = case when f.last_at <= ?2 then 1 else f.failures + 1 end, last_at = excluded.last_at
		  where f.last_at <= ?2 or f.failures < ?3
		  returning failures
		)
		select exists (select from tried),
		       coalesce((select last_at from sign_in_failure where tenant_id = 1 and subject = ?0), ?1)`,
		factorSubject(who), tx.Now(), tx.Now().Add(-window), tries).Scan(&allowed, &lastAt)
	return allowed, lastAt, err
}

func insertHalf(ctx context.Context, tx db.Tx, token Token, h half) error {
	_, err := tx.ExecContext(ctx, `
		with over as (delete from sign_in_half where tenant_id = 1 and person_id = ?1 and expires_at <= ?7)
		insert into sign_in_half (token_hash, person_id, host_scope, device, network, subject, password_sum, tries, expires_at)
		values (?0, ?1, ?2, ?3, ?4, ?5, ?6, 0, ?8)`,
		token.hash(), h.person, int64(h.host), h.device, h.network, h.subject, h.sum, tx.Now(), tx.Now().Add(halfLife))
	return err
}

// takeHalf takes one of the tries of a half-open sign-in and reads what its factor is compared with. However many come at
// once, no more than its tries pass.
func takeHalf(ctx context.Context, tx db.Tx, token Token, host school.ScopeID) (h half, found bool, err error) {
	var step *int64
	row := tx.QueryRowContext(ctx, `
		with taken as (
		  update sign_in_half set tries = tries + 1
		  where tenant_id = 1 and token_hash = ?0 and host_scope = ?1 and expires_at > ?2 and tries < ?3
		  returning person_id, device, network, subject, password_sum
		)
		select k.person_id, k.device, k.network, k.subject, k.password_sum, a.password_hash, t.secret, t.last_step
		from taken k
		join account a on a.tenant_id = 1 and a.person_id = k.person_id and a.state = 'active'
		left join totp_secret t on t.tenant_id = 1 and t.person_id = k.person_id`,
		token.hash(), int64(host), tx.Now(), halfTries)
	err = row.Scan(&h.person, &h.device, &h.network, &h.subject, &h.sum, &h.phc, &h.totp, &step)
	if db.NoRows(err) {
		return half{}, false, nil
	}
	if step != nil {
		h.lastStep = *step
	}
	h.host = host
	return h, err == nil, err
}

// halfStands tells whether a half-open sign-in still waits, without taking a try.
func halfStands(ctx context.Context, tx db.Tx, token Token, host school.ScopeID) (w Waits, err error) {
	err = tx.QueryRowContext(ctx, `
		select exists (select from totp_secret t where t.tenant_id = 1 and t.person_id = h.person_id),
		       exists (select from passkey k where k.tenant_id = 1 and k.person_id = h.person_id)
		from sign_in_half h where h.tenant_id = 1 and h.token_hash = ? and h.host_scope = ? and h.expires_at > ? and h.tries < ?`,
		token.hash(), int64(host), tx.Now(), halfTries).Scan(&w.App, &w.Passkey)
	if db.NoRows(err) {
		return Waits{}, nil
	}
	w.Still = err == nil
	return w, err
}

// useStep takes the code of a step, once: an earlier one, or the same again, is not taken.
func useStep(ctx context.Context, tx db.Tx, who uuid.UUID, step int64) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		with forgotten as (delete from sign_in_failure where tenant_id = 1 and subject = ?)
		update totp_secret set last_step = ?, used_at = ? where tenant_id = 1 and person_id = ? and last_step < ?`,
		factorSubject(who), step, tx.Now(), who, step)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// useCode takes a recovery code, once, and counts those that are left.
func useCode(ctx context.Context, tx db.Tx, who uuid.UUID, hash []byte) (used bool, left int, err error) {
	err = tx.QueryRowContext(ctx, `
		with used as (
		  update recovery_code set used_at = ?0 where tenant_id = 1 and person_id = ?1 and code_hash = ?2 and used_at is null returning 1
		), forgotten as (
		  delete from sign_in_failure where tenant_id = 1 and subject = ?3 and exists (select from used)
		)
		select exists (select from used), (select count(*) from recovery_code where tenant_id = 1 and person_id = ?1 and used_at is null and code_hash <> ?2)`,
		tx.Now(), who, hash, factorSubject(who)).Scan(&used, &left)
	return used, left, err
}

func deleteHalf(ctx context.Context, tx db.Tx, token Token) error {
	_, err := tx.ExecContext(ctx, `delete from sign_in_half where tenant_id = 1 and token_hash = ?`, token.hash())
	return err
}

// refreshPassword writes the same password at the present cost.
func refreshPassword(ctx context.Context, tx db.Tx, who uuid.UUID, old, fresh string) error {
	_, err := tx.ExecContext(ctx, `update account set password_hash = ? where tenant_id = 1 and person_id = ? and password_hash = ?`, fresh, who, old)
	return err
}

// selectTOTP reads what a code of the person is compared with; nothing when there is no application.
func selectTOTP(ctx context.Context, tx db.Tx, who uuid.UUID) (sealed []byte, lastStep int64, err error) {
	err = tx.QueryRowContext(ctx, `select secret, last_step from totp_secret where tenant_id = 1 and person_id = ?`, who).Scan(&sealed, &lastStep)
	if db.NoRows(err) {
		return nil, 0, nil
	}
	return sealed, lastStep, err
}

func prove(ctx context.Context, tx db.Tx, who school.Actor) error {
	_, err := tx.ExecContext(ctx, `
		with forgotten as (delete from sign_in_failure where tenant_id = 1 and subject = ?0)
		update sign_on set proved_at = ?1 where tenant_id = 1 and id = ?2 and person_id = ?3`,
		personSubject(who.Person), tx.Now(), who.SignOn, who.Person.UUID)
	return err
}

func updateAsked(ctx context.Context, tx db.Tx, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `update account set factor_asked_at = ? where tenant_id = 1 and person_id = ? and factor_asked_at is null`,
		tx.Now(), who.UUID)
	return err
}
