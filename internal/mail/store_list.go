package mail

import (
	"context"

	"github.com/google/uuid"
	"github.com/uptrace/bun"

	"elyco/internal/db"
)

// What is heard of a message says more than what the house did with it.
const stateNow = `case when d.heard <> '' then d.heard else d.state end`

func sentColumns(tx db.Tx) *bun.SelectQuery {
	return tx.NewSelect().TableExpr("letter_delivery as d").
		Join("join letter as l on l.tenant_id = d.tenant_id and l.id = d.letter_id").
		ColumnExpr("d.id, l.kind, l.channel, l.site, l.subject, l.path, l.payer, d.name, d.address, " + stateNow + " as state, d.state = 'kept' as kept").
		ColumnExpr("d.attempt, l.created_at, d.ended_at, d.delivered_at, d.answered_at, d.acknowledged_at, d.cost, d.error, l.body_text <> '' as readable")
}

func selectSent(ctx context.Context, tx db.Tx, f Filter, limit int) ([]Sent, error) {
	q := sentColumns(tx).OrderExpr("d.id desc").Limit(int64(limit))
	if f.Before != uuid.Nil {
		q = q.Where("d.id < ?", f.Before)
	}
	if f.Channel != "" {
		q = q.Where("l.channel = ?", f.Channel)
	}
	if f.State != "" {
		q = q.Where(stateNow+" = ?", f.State)
	}
	if !f.From.IsZero() {
		q = q.Where("l.created_at >= ?", f.From)
	}
	if !f.To.IsZero() {
		q = q.Where("l.created_at < ?", f.To)
	}
	var list []Sent
	return list, q.Scan(ctx, &list)
}

func selectText(ctx context.Context, tx db.Tx, id uuid.UUID) (s Sent, m Message, err error) {
	var row struct {
		Sent
		Text   string `bun:"body_text"`
		HTML   string `bun:"body_html"`
		Fields []byte `bun:"fields"`
	}
	err = sentColumns(tx).ColumnExpr("l.body_text, l.body_html, d.fields").Where("d.id = ?", id).Scan(ctx, &row)
	if err != nil {
		return s, m, err
	}
	m = Message{Subject: row.Subject, Text: row.Text, HTML: row.HTML, Path: row.Path}
	err = m.open(row.Fields)
	row.Subject, row.Path = oneLine(m.Subject), m.Path
	return row.Sent, m, err
}
