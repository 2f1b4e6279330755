package audit

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
)

func insert(ctx context.Context, tx db.Tx, e Entry, detail []byte) error {
	var actor any
	if (e.Actor != school.PersonID{}) {
		actor = e.Actor.UUID
	}
	_, err := tx.ExecContext(ctx,
		`insert into audit_entry (id, at, actor_id, action, subject, title, detail) values (?, ?, ?, ?, ?, ?, ?::jsonb)`,
		school.NewID(), tx.Now(), actor, e.Action, e.Subject, e.Title, string(detail))
	if err != nil {
		return fmt.Errorf("record %s: %w", e.Action, err)
	}
	return nil
}

type lineRow struct {
	ID      uuid.UUID      `bun:"id"`
	At      time.Time      `bun:"at"`
	Actor   uuid.NullUUID  `bun:"actor_id"`
	Name    string         `bun:"name"`
	Action  string         `bun:"action"`
	Subject string         `bun:"subject"`
	Title   string         `bun:"title"`
	Detail  map[string]any `bun:"detail,type:jsonb"`
}

func (r lineRow) line() Line {
	l := Line{ID: r.ID, At: r.At.UTC(), ActorName: r.Name, Action: r.Action, Subject: r.Subject, Title: r.Title, Detail: r.Detail}
	if r.Actor.Valid {
		l.Actor = school.PersonID{UUID: r.Actor.UUID}
	}
	return l
}

// list reads one line more than the page holds, which tells whether another follows. The page is chosen before the
// names are looked up.
func list(ctx context.Context, tx db.Tx, f Filter) ([]Line, error) {
	q := tx.NewSelect().TableExpr("audit_entry AS e").Column("e.id", "e.at", "e.actor_id", "e.action", "e.subject", "e.title", "e.detail").
		OrderExpr("e.at DESC, e.id DESC").Limit(int64(f.limit() + 1))
	if !f.From.IsZero() {
		q = q.Where("e.at >= ?", f.From)
	}
	if !f.To.IsZero() {
		q = q.Where("e.at < ?", f.To)
	}
	if (f.Actor != school.PersonID{}) {
		q = q.Where("e.actor_id = ?", f.Actor.UUID)
	}
	switch {
	case strings.HasSuffix(f.Action, "."):
		q = q.Where("starts_with(e.action, ?)", f.Action)
	case f.Action != "":
		q = q.Where("e.action = ?", f.Action)
	}
	if text := strings.TrimSpace(f.Text); text != "" {
		like := "%" + likeable.Replace(text) + "%"
		q = q.Where(`e.subject = ? or unaccent(e.title) ilike unaccent(?) or e.actor_id in (
			select m.person_id from membership m where unaccent(m.given_name || ' ' || m.family_name) ilike unaccent(?))`, text, like, like)
	}
	if !f.After.IsZero() {
		q = q.Where("(e.at, e.id) < (?, ?)", f.After.At, f.After.ID)
	}
	var rows []lineRow
	err := tx.NewSelect().TableExpr("(?) AS e", q).ColumnExpr("e.*").
		ColumnExpr(`coalesce((select m.given_name || ' ' || m.family_name from membership m where m.person_id = e.actor_id limit 1), '') AS name`).
		OrderExpr("e.at DESC, e.id DESC").Scan(ctx, &rows)
	lines := make([]Line, len(rows))
	for i, r := range rows {
		lines[i] = r.line()
	}
	return lines, err
}

// likeable keeps the signs of a pattern what people typed.
var likeable = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)
