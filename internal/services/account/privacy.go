package account

import (
	"context"
	"time"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

// The rows stand in the academy's scope alone, but for letters, which stand in the scope that sent them.
func record() privacy.Record {
	return privacy.Record{
		Purpose: "account.privacy.purpose", Ground: "account.privacy.ground", Retention: "account.privacy.retention", Data: "account.privacy.data",
		Tables: []privacy.Table{
			{Name: "account", Persons: []string{"person_id"}, Holds: "account.holds.account"},
			{Name: "sign_on", Persons: []string{"person_id"}, Holds: "account.holds.sign_on"},
			{Name: "session", Persons: []string{"person_id"}},
			{Name: "app_password", Persons: []string{"person_id"}, Holds: "account.holds.app_password"},
			{Name: "totp_secret", Persons: []string{"person_id"}},
			{Name: "recovery_code", Persons: []string{"person_id"}},
			{Name: "sign_in_half", Persons: []string{"person_id"}},
			{Name: "passkey", Persons: []string{"person_id"}},
			{Name: "used_challenge"},
			{Name: "known_device", Persons: []string{"person_id"}},
			{Name: "sign_in_notice", Persons: []string{"person_id"}},
			{Name: "sign_on_ticket"},
			{Name: "sign_in_failure"},
			{Name: "activation_code", Persons: []string{"person_id", "author_id"}},
			{Name: "recovery_request"},
			{Name: "recovery_link", Persons: []string{"person_id"}},
			{Name: "account_contact", Persons: []string{"person_id"}},
			{Name: "contact_check", Persons: []string{"person_id"}},
			{Name: "account_event", Persons: []string{"person_id", "author_id"}},
			{Name: "letter"},
			{Name: "letter_delivery", Persons: []string{"person_id"}},
		},
		Export: export, Erase: erase, Purge: purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	own, err := exportAccount(ctx, tx, who)
	if err != nil {
		return nil, err
	}
	var letters []struct {
		Kind      string    `bun:"kind" json:"kind"`
		Subject   string    `bun:"subject" json:"subject"`
		Address   string    `bun:"address" json:"address"`
		State     string    `bun:"state" json:"state"`
		CreatedAt time.Time `bun:"created_at" json:"created_at"`
	}
	err = tx.NewSelect().TableExpr("letter_delivery as d").Join("join letter as l on l.tenant_id = d.tenant_id and l.id = d.letter_id").
		ColumnExpr("l.kind, l.subject, d.address, d.state, l.created_at").
		Where("d.person_id = ?", who.UUID).OrderExpr("l.created_at").Limit(1000).Scan(ctx, &letters)
	if err != nil || len(letters) == 0 {
		return own, err
	}
	if own == nil {
		own = map[string]any{}
	}
	own["letters"] = letters
	return own, nil
}

func exportAccount(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var accounts []struct {
		Login     string    `bun:"login" json:"login"`
		State     string    `bun:"state" json:"state"`
		Comfort   string    `bun:"comfort" json:"comfort"`
		ChangedAt time.Time `bun:"changed_at" json:"password_changed_at"`

		ActivatedAt *time.Time `bun:"activated_at" json:"activated_at,omitempty"`
		CharterAt   *time.Time `bun:"charter_at" json:"charter_at,omitempty"`
		SeenAt      *time.Time `bun:"seen_at" json:"seen_at,omitempty"`
		BlockedAt   *time.Time `bun:"blocked_at" json:"blocked_at,omitempty"`
		Reason      string     `bun:"blocked_reason" json:"blocked_reason,omitempty"`
		LockedAt    *time.Time `bun:"locked_at" json:"locked_at,omitempty"`
	}
	err := tx.NewSelect().TableExpr("account").
		ColumnExpr("login, state, comfort::text as comfort, changed_at, activated_at, charter_at, seen_at, blocked_at, blocked_reason, locked_at").
		Where("person_id = ?", who.UUID).Scan(ctx, &accounts)
	if err != nil || len(accounts) == 0 {
		return nil, err
	}
	var signOns []struct {
		Device    string    `bun:"device" json:"device"`
		Network   string    `bun:"network" json:"network"`
		CreatedAt time.Time `bun:"created_at" json:"created_at"`
		SeenAt    time.Time `bun:"seen_at" json:"seen_at"`
	}
	err = tx.NewSelect().TableExpr("sign_on").ColumnExpr("device, network, created_at, seen_at").
		Where("person_id = ?", who.UUID).OrderExpr("created_at").Limit(1000).Scan(ctx, &signOns)
	if err != nil {
		return nil, err
	}
	var apps []struct {
		Name      string     `bun:"name" json:"name"`
		Purpose   string     `bun:"purpose" json:"purpose"`
		CreatedAt time.Time  `bun:"created_at" json:"created_at"`
		ExpiresAt *time.Time `bun:"expires_at" json:"expires_at,omitempty"`
		UsedAt    *time.Time `bun:"used_at" json:"used_at,omitempty"`
		Network   string     `bun:"used_network" json:"used_network"`
	}
	err = tx.NewSelect().TableExpr("app_password").ColumnExpr("name, purpose, created_at, expires_at, used_at, used_network").
		Where("person_id = ?", who.UUID).OrderExpr("created_at").Limit(1000).Scan(ctx, &apps)
	if err != nil {
		return nil, err
	}
	held, err := exportFactors(ctx, tx, who)
	if err != nil {
		return nil, err
	}
	out := map[string]any{"account": accounts[0], "sign_ons": signOns, "app_passwords": apps, "factors": held}
	return out, exportReach(ctx, tx, who, out)
}

// exportReach adds how somebody is reached and what happened to the account.
func exportReach(ctx context.Context, tx db.Tx, who school.PersonID, out map[string]any) error {
	var contacts []struct {
		Kind  string     `bun:"kind" json:"kind"`
		Value string     `bun:"value" json:"value"`
		At    *time.Time `bun:"verified_at" json:"verified_at,omitempty"` // nil: waits for its code
	}
	err := tx.NewRaw(`select kind, value, verified_at from account_contact where person_id = ?0
		union all select kind, value, null from contact_check where person_id = ?0 order by 1, 3 limit 10`, who.UUID).Scan(ctx, &contacts)
	if err != nil {
		return err
	}
	var devices []struct {
		Device     string     `bun:"device" json:"device"`
		Network    string     `bun:"network" json:"network"`
		At         time.Time  `bun:"at" json:"at"`
		AnsweredAt *time.Time `bun:"answered_at" json:"answered_at,omitempty"`
	}
	err = tx.NewSelect().TableExpr("sign_in_notice").ColumnExpr("device, network, at, answered_at").Where("person_id = ?", who.UUID).OrderExpr("at").Limit(1000).Scan(ctx, &devices)
	if err != nil {
		return err
	}
	var events []struct {
		Kind string    `bun:"kind" json:"kind"`
		By   string    `bun:"author_name" json:"by,omitempty"`
		At   time.Time `bun:"at" json:"at"`
	}
	err = tx.NewSelect().TableExpr("account_event").ColumnExpr("kind, author_name, at").Where("person_id = ?", who.UUID).OrderExpr("at").Limit(1000).Scan(ctx, &events)
	out["contacts"], out["new_devices"], out["events"] = contacts, devices, events
	return err
}

func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	for _, sql := range []string{`delete from sign_on where person_id = ?`, `delete from app_password where person_id = ?`,
		`delete from totp_secret where person_id = ?`, `delete from recovery_code where person_id = ?`, `delete from sign_in_half where person_id = ?`,
		`delete from passkey where person_id = ?`, `delete from known_device where person_id = ?`, `delete from sign_in_notice where person_id = ?`,
		`delete from letter_delivery where person_id = ?`, `delete from activation_code where person_id = ?`,
		`delete from recovery_link where person_id = ?`, `delete from account_contact where person_id = ?`, `delete from contact_check where person_id = ?`,
		`delete from account_event where person_id = ?`, `update account_event set author_id = null, author_name = '' where author_id = ?`,
		`update activation_code set author_id = null where author_id = ?`} {
		if _, err := tx.ExecContext(ctx, sql, who.UUID); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, `delete from sign_in_failure where subject in (?, ?)`, "p:"+who.String(), "f:"+who.String()); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `delete from account where person_id = ?`, who.UUID)
	return err
}

// purge forgets sign-ons that ended, application passwords a month after their end, tickets that nobody used, tries of the day
// before, codes and links that ended, what happened to accounts a year ago, and that a letter was sent three months after it.
func purge(ctx context.Context, tx db.Tx) (int, error) {
	total := 0
	for _, old := range []struct{ table, when string }{
		{"sign_on", `expires_at < ?`},
		{"app_password", `expires_at < ?::timestamptz - interval '30 days'`},
		{"sign_in_half", `expires_at < ?`},
		{"known_device", `last_at < ?::timestamptz - interval '400 days'`},
		{"sign_in_notice", `at < ?::timestamptz - interval '90 days'`},
		{"used_challenge", `expires_at < ?`},
		{"sign_on_ticket", `expires_at < ?`},
		{"sign_in_failure", `last_at < ?::timestamptz - interval '1 day'`},
		{"activation_code", `expires_at < ?`},
		{"recovery_link", `expires_at < ?`},
		{"recovery_request", `created_at < ?::timestamptz - interval '1 day'`},
		{"contact_check", `expires_at < ?`},
		{"account_event", `at < ?::timestamptz - interval '1 year'`},
		{"letter", `created_at < ?::timestamptz - interval '90 days'`},
	} {
		sql := "delete from " + old.table + " where ctid in (select ctid from " + old.table + " where " + old.when + " limit ?)"
		res, err := tx.ExecContext(ctx, sql, tx.Now(), privacy.Batch)
		if err != nil {
			return total, err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return total, err
		}
		total += int(n)
	}
	return total, nil
}
