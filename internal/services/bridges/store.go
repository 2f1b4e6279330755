package bridges

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/bridge"
	"elyco/internal/db"
	"elyco/internal/school"
)

const own = `tenant_id = current_setting('app.tenant')::bigint`

const paperColumns = `tenant_id, id, peer_id, part, proposer_profiles, answerer_profiles, purposes, ends_on, reason,
	signer_name, signed_at, note, ended_at, ender_name, end_note`

// mostPapers bounds the list: a bridge is two papers, and a head signs a few a year.
const mostPapers = 400

// queuePapers reads the papers of the scope and those that are addressed to it, the newest first. Row security leaves out
// all others.
func queuePapers(b *db.Batch, papers *[]Paper) {
	db.Rows(b, papers, scanPaper, `select `+paperColumns+` from bridge_paper order by signed_at desc, id limit $1`, mostPapers)
}

// queueBridge reads the papers of one bridge.
func queueBridge(b *db.Batch, papers *[]Paper, id uuid.UUID) {
	db.Rows(b, papers, scanPaper, `select `+paperColumns+` from bridge_paper where id = $1 order by signed_at limit 10`, id)
}

func scanPaper(row pgx.CollectableRow) (Paper, error) {
	var p Paper
	var proposers, answerers, purposes []string
	var ended *time.Time
	err := row.Scan(&p.Scope, &p.ID, &p.Peer, &p.Part, &proposers, &answerers, &purposes, &p.Terms.EndsOn, &p.Terms.Reason,
		&p.SignerName, &p.SignedAt, &p.Note, &ended, &p.EnderName, &p.EndNote)
	p.Terms.Proposers, p.Terms.Answerers, p.Terms.Purposes = typed[school.Profile](proposers), typed[school.Profile](answerers), typed[bridge.Purpose](purposes)
	p.Terms.EndsOn, p.SignedAt = p.Terms.EndsOn.UTC(), p.SignedAt.UTC()
	if ended != nil {
		p.EndedAt = ended.UTC()
	}
	return p, err
}

func typed[T ~string](list []string) []T {
	out := make([]T, len(list))
	for i, s := range list {
		out[i] = T(s)
	}
	return out
}

func plain[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

// hasLive reports whether another bridge with the peer stands or waits for an answer.
func hasLive(ctx context.Context, tx db.Tx, but uuid.UUID, peer school.ScopeID, today time.Time) (bool, error) {
	var live bool
	err := tx.QueryRowContext(ctx, `
		select exists (
			select from bridge_paper p
			left join bridge_paper a on a.tenant_id = p.peer_id and a.id = p.id and a.peer_id = p.tenant_id and a.part <> 'proposal'
			where p.part = 'proposal' and p.id <> ? and (p.tenant_id = ? or p.peer_id = ?) and p.ended_at is null and p.ends_on >= ?::date
			  and (a.id is null or a.part = 'acceptance' and a.ended_at is null))`, but, int64(peer), int64(peer), today.Format(time.DateOnly)).Scan(&live)
	return live, err
}

// insertPaper adds a paper of the scope; it reports false when the paper is there already.
func insertPaper(ctx context.Context, tx db.Tx, p Paper, signer school.PersonID) (bool, error) {
	res, err := tx.ExecContext(ctx, `
		insert into bridge_paper (id, peer_id, part, proposer_profiles, answerer_profiles, purposes, ends_on, reason, signer_id, signer_name, signed_at, note)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict do nothing`,
		p.ID, int64(p.Peer), string(p.Part), array(p.Terms.Proposers), array(p.Terms.Answerers), array(p.Terms.Purposes),
		p.Terms.EndsOn.Format(time.DateOnly), p.Terms.Reason, signer.UUID, p.SignerName, p.SignedAt, p.Note)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

// proposalTo locks nothing: a proposal never changes, and one that was withdrawn meanwhile makes no bridge.
func proposalTo(ctx context.Context, tx db.Tx, id uuid.UUID, today time.Time) (Paper, error) {
	var row struct {
		Scope     int64     `bun:"tenant_id"`
		Proposers []string  `bun:"proposer_profiles,array"`
		Answerers []string  `bun:"answerer_profiles,array"`
		Purposes  []string  `bun:"purposes,array"`
		EndsOn    time.Time `bun:"ends_on"`
		Reason    string    `bun:"reason"`
	}
	err := tx.NewRaw(`
		select tenant_id, proposer_profiles, answerer_profiles, purposes, ends_on, reason from bridge_paper
		where id = ? and part = 'proposal' and peer_id = current_setting('app.tenant')::bigint and ended_at is null and ends_on >= ?::date
		order by signed_at limit 1`, id, today.Format(time.DateOnly)).Scan(ctx, &row)
	return Paper{ID: id, Scope: school.ScopeID(row.Scope), Terms: Terms{Proposers: typed[school.Profile](row.Proposers),
		Answerers: typed[school.Profile](row.Answerers), Purposes: typed[bridge.Purpose](row.Purposes), EndsOn: row.EndsOn.UTC(), Reason: row.Reason}}, err
}

// endPaper puts an end to the scope's own paper, and tells whom the bridge led to; NoRows when there is none to end.
func endPaper(ctx context.Context, tx db.Tx, id uuid.UUID, ender school.PersonID, name, note string) (peer school.ScopeID, err error) {
	err = tx.QueryRowContext(ctx, `
		update bridge_paper set ended_at = ?, ender_id = ?, ender_name = ?, end_note = ?
		where `+own+` and id = ? and part <> 'refusal' and ended_at is null and ends_on >= ?::date
		returning peer_id`, tx.Now(), ender.UUID, name, note, id, bridge.Day(tx.Now()).Format(time.DateOnly)).Scan(&peer)
	return peer, err
}

// hear notes that the scope was told of an event; it reports false when it had been told before.
func hear(ctx context.Context, tx db.Tx, id uuid.UUID, event string) (bool, error) {
	res, err := tx.ExecContext(ctx, `insert into bridge_heard (bridge_id, event, heard_at) values (?, ?, ?) on conflict do nothing`, id, event, tx.Now())
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n == 1, err
}

func array[T ~string](list []T) any { return pgdialect.Array(plain(list)) }
