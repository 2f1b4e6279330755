package publication

import (
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/service"
)

// recentDays is how far back the home page and the band above pages look.
const recentDays = 60

// recent is what one page asks of several rooms: the latest that was published to the reader.
type recent struct {
	rooms []string
	most  []int32
	rows  []seenIn
}

type seenIn struct {
	Room string `db:"room"`
	seen
}

// gatherRecent asks for the latest of a room, together with whatever else of the page asks for that of others.
func gatherRecent(b *db.Batch, room string, most int32, who service.Reader, now time.Time) *recent {
	r := db.Gather(b, "publication", func(r *recent) {
		db.Rows(b, &r.rows, pgx.RowToStructByName[seenIn], listRecent, r.rooms, append([]string{}, who.Keys...), now, who.Actor.Person.UUID,
			now.AddDate(0, 0, -recentDays), r.most)
	})
	if i := slices.Index(r.rooms, room); i >= 0 {
		r.most[i] = max(r.most[i], most)
	} else {
		r.rooms, r.most = append(r.rooms, room), append(r.most, most)
	}
	return r
}

// of is what was found of one room, the newest first.
func (r *recent) of(room string, most int) []seen {
	var rows []seen
	for _, one := range r.rows {
		if one.Room == room && len(rows) < most {
			rows = append(rows, one.seen)
		}
	}
	return rows
}

// As listSeen, of several rooms: $1 and $6 are the rooms and how many of each.
const listRecent = `
	select p.room, ` + seenColumns + `
	from (
		select p.*
		from unnest($1::text[], $6::int[]) as wanted (room, most)
		cross join lateral (
			select p.*
			from unnest(current_setting('app.above')::bigint[]) as above (id)
			cross join lateral (
				select p.room, ` + listedColumns + `
				from publication p
				where p.tenant_id = above.id and p.room = wanted.room and ` + published + ` and p.publish_at > $5
				order by p.publish_at desc, p.id desc
				limit wanted.most
			) p
			order by p.publish_at desc, p.id desc
			limit wanted.most
		) p
	) p
	left join publication_read r on r.publication_id = p.id and r.person_id = $4
	order by p.publish_at desc, p.id desc`
