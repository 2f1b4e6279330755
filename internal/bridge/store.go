package bridge

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

type standing struct {
	id                   uuid.UUID
	proposer, answerer   school.ScopeID
	proposers, answerers []string
	purposes             []string
	endsOn, signedAt     time.Time
}

func (s standing) span(peer school.ScopeID, mine, theirs []string) Span {
	return Span{ID: s.id, Peer: peer, Mine: typed[school.Profile](mine), Theirs: typed[school.Profile](theirs),
		Purposes: typed[Purpose](s.purposes), EndsOn: s.endsOn.UTC(), SignedAt: s.signedAt.UTC()}
}

func typed[T ~string](list []string) []T {
	out := make([]T, len(list))
	for i, s := range list {
		out[i] = T(s)
	}
	return out
}

// readStanding reads the bridges that both sides signed, on the same terms, and that neither ended. Papers that are
// addressed to each other are two rows of two scopes: the importer reads them, and no page does.
func readStanding(ctx context.Context, d *db.DB) ([]standing, error) {
	var all []standing
	err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select p.id, p.tenant_id, a.tenant_id, p.proposer_profiles, p.answerer_profiles, p.purposes, p.ends_on, a.signed_at
			from bridge_paper p
			join bridge_paper a on a.tenant_id = p.peer_id and a.id = p.id and a.peer_id = p.tenant_id
			where p.part = 'proposal' and a.part = 'acceptance' and p.ended_at is null and a.ended_at is null
			  and p.ends_on >= (now() - interval '1 day')::date
			  and (p.proposer_profiles, p.answerer_profiles, p.purposes, p.ends_on, p.reason) = (a.proposer_profiles, a.answerer_profiles, a.purposes, a.ends_on, a.reason)
			order by p.id`)
		if err != nil {
			return err
		}
		all, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (s standing, err error) {
			return s, row.Scan(&s.id, &s.proposer, &s.answerer, &s.proposers, &s.answerers, &s.purposes, &s.endsOn, &s.signedAt)
		})
		return err
	})
	return all, err
}

// tell gives the other side of a paper a job of its own, once for each event. A paper that is not addressed there tells
// nothing.
func tell(ctx context.Context, d *db.DB, from school.ScopeID, n News, job uuid.UUID, payload []byte) error {
	return d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `
			insert into job (tenant_id, id, kind, payload, run_at)
			select peer_id, $1, $2, $3, now() from bridge_paper where tenant_id = $4 and id = $5
			on conflict do nothing`, job, Heard, string(payload), int64(from), n.Bridge)
		if err == nil {
			_, err = tx.Exec(ctx, `select pg_notify('job_ready', '')`)
		}
		return err
	})
}
