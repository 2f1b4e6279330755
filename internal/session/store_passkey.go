package session

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
)

func selectPasskeys(ctx context.Context, tx db.Tx, who school.PersonID) ([]Passkey, error) {
	var list []Passkey
	err := tx.NewSelect().TableExpr("passkey").ColumnExpr("id, name, created_at, used_at").
		Where("tenant_id = 1 and person_id = ?", who.UUID).OrderExpr("created_at desc, id").Limit(listed).Scan(ctx, &list)
	return list, err
}

func selectCredentials(ctx context.Context, tx db.Tx, who school.PersonID) (login string, keys []webauthn.Credential, err error) {
	if err := tx.QueryRowContext(ctx, `select login from account where tenant_id = 1 and person_id = ?`, who.UUID).Scan(&login); err != nil {
		return "", nil, err
	}
	var bodies []string
	err = tx.NewSelect().TableExpr("passkey").ColumnExpr("credential::text").
		Where("tenant_id = 1 and person_id = ?", who.UUID).Limit(listed).Scan(ctx, &bodies)
	if err != nil {
		return "", nil, err
	}
	keys = make([]webauthn.Credential, len(bodies))
	for i, b := range bodies {
		if err := json.Unmarshal([]byte(b), &keys[i]); err != nil {
			return "", nil, fmt.Errorf("read a passkey: %w", err)
		}
	}
	return login, keys, nil
}

// insertPasskey tells how many the person had, and whether one more was kept. The account's row is locked, so that forms sent
// together cannot pass the limit together.
func insertPasskey(ctx context.Context, tx db.Tx, who school.PersonID, name string, made *webauthn.Credential) (kept bool, before int, err error) {
	if _, err := tx.ExecContext(ctx, `select from account where tenant_id = 1 and person_id = ? for update`, who.UUID); err != nil {
		return false, 0, err
	}
	err = tx.NewRaw(`select count(*) from passkey where tenant_id = 1 and person_id = ?`, who.UUID).Scan(ctx, &before)
	if err != nil || before >= mostPasskeys {
		return false, before, err
	}
	body, err := json.Marshal(made)
	if err != nil {
		return false, before, fmt.Errorf("write a passkey: %w", err)
	}
	res, err := tx.ExecContext(ctx, `
		insert into passkey (id, person_id, name, credential_id, credential, created_at) values (?, ?, ?, ?, ?::jsonb, ?)
		on conflict (tenant_id, credential_id) do nothing`,
		school.NewID(), who.UUID, name, made.ID, string(body), tx.Now())
	if err != nil {
		return false, before, err
	}
	n, err := res.RowsAffected()
	return n == 1, before, err
}

func deletePasskey(ctx context.Context, tx db.Tx, who school.PersonID, id uuid.UUID) (int64, error) {
	res, err := tx.ExecContext(ctx, `delete from passkey where tenant_id = 1 and id = ? and person_id = ?`, id, who.UUID)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// signer is who a passkey stands for, while the account is open.
type signer struct {
	person     uuid.UUID
	phc        string
	credential webauthn.Credential
}

func selectSigner(ctx context.Context, tx db.Tx, credential []byte, person uuid.UUID) (signer, error) {
	s := signer{person: person}
	var body []byte
	err := tx.QueryRowContext(ctx, `
		select k.credential, a.password_hash from passkey k
		join account a on a.tenant_id = k.tenant_id and a.person_id = k.person_id and a.state = 'active'
		where k.tenant_id = 1 and k.credential_id = ? and k.person_id = ?`, credential, person).Scan(&body, &s.phc)
	if db.NoRows(err) {
		return signer{}, errCeremony()
	}
	if err != nil {
		return signer{}, err
	}
	if err := json.Unmarshal(body, &s.credential); err != nil {
		return signer{}, fmt.Errorf("read a passkey: %w", err)
	}
	return s, nil
}

func touchPasskey(ctx context.Context, tx db.Tx, s signer, used *webauthn.Credential) (bool, error) {
	body, err := json.Marshal(used)
	if err != nil {
		return false, fmt.Errorf("write a passkey: %w", err)
	}
	res, err := tx.ExecContext(ctx, `update passkey set credential = ?::jsonb, used_at = ? where tenant_id = 1 and credential_id = ? and person_id = ?`,
		string(body), tx.Now(), used.ID, s.person)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// useChallenge takes what was signed for a challenge once.
func useChallenge(ctx context.Context, tx db.Tx, c ceremony) error {
	sum := sha256.Sum256([]byte(c.Data.Challenge))
	res, err := tx.ExecContext(ctx, `insert into used_challenge (challenge_hash, expires_at) values (?, ?) on conflict do nothing`, sum[:], c.Until)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n != 1 {
		return orCeremony(err)
	}
	return nil
}
