package account

import (
	"context"
	"time"

	"elyco/internal/db"
	"elyco/internal/school"
)

// heldFactors says what somebody has beside the password. The secrets themselves serve nobody but the program.
type heldFactors struct {
	App       *time.Time `bun:"app" json:"app_since,omitempty"`
	AppUsed   *time.Time `bun:"app_used" json:"app_used_at,omitempty"`
	Codes     int        `bun:"codes" json:"recovery_codes"`
	CodesUsed int        `bun:"codes_used" json:"recovery_codes_used"`
	Devices   int        `bun:"devices" json:"known_devices"`
	Notices   int        `bun:"notices" json:"new_device_notices"`
	Passkeys  []string   `bun:"passkeys,array" json:"passkeys,omitempty"`
}

func exportFactors(ctx context.Context, tx db.Tx, who school.PersonID) (heldFactors, error) {
	var f heldFactors
	err := tx.NewRaw(`
		select t.created_at as app, t.used_at as app_used, c.codes, c.codes_used,
		  (select count(*) from known_device where person_id = ?0) as devices,
		  (select count(*) from sign_in_notice where person_id = ?0) as notices,
		  (select array_agg(name order by created_at) from passkey where person_id = ?0) as passkeys
		from (select count(*) as codes, count(used_at) as codes_used from recovery_code where person_id = ?0) c
		left join totp_secret t on t.person_id = ?0`, who.UUID).Scan(ctx, &f)
	return f, err
}
