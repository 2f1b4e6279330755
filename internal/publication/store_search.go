package publication

import (
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
)

type hit struct {
	TenantID  int64     `db:"tenant_id"`
	ID        uuid.UUID `db:"id"`
	Section   string    `db:"section"`
	Title     string    `db:"title"`
	Excerpt   string    `db:"excerpt"`
	PublishAt time.Time `db:"publish_at"`
	Keys      []string  `db:"keys"`
}

// The newest two hundred that fit are weighed against each other; the passage is cut only for those that are shown.
const searchSeen = `
	select p.tenant_id, p.id, p.section, p.title, p.publish_at, p.keys,
	       ts_headline('public.fr', concat_ws(' … ', nullif(p.summary, ''), p.body), q,
	                   'StartSel="", StopSel="", MaxWords=28, MinWords=12') as excerpt
	from (
		select p.*, ts_rank_cd(p.search, q, 1) as weight
		from to_tsquery('public.fr', $5) q
		cross join unnest(current_setting('app.above')::bigint[]) as above (id)
		cross join lateral (
			select p.tenant_id, p.id, p.section, p.title, p.summary, p.body, p.publish_at, p.keys, p.search
			from publication p
			where p.tenant_id = above.id and p.search @@ q and ` + visible + `
			order by p.publish_at desc, p.id desc
			limit 200
		) p
		order by weight desc, p.publish_at desc, p.id desc
		limit $4
	) p, to_tsquery('public.fr', $5) q
	order by p.weight desc, p.publish_at desc, p.id desc`

func queueSearch(b *db.Batch, dest *[]hit, room string, keys []string, now time.Time, text string, limit int) {
	db.Rows(b, dest, pgx.RowToStructByName[hit], searchSeen, room, append([]string{}, keys...), now, limit, text)
}
