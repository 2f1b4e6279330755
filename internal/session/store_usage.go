package session

import (
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

func queueConnections(b *db.Batch, dest *[]DayCount, space school.ScopeID, from time.Time) {
	db.Rows(b, dest, func(r pgx.CollectableRow) (d DayCount, err error) {
		return d, r.Scan(&d.Day, &d.Connections)
	}, `select day, connections from connection_count where space_id = $1 and day >= $2::date order by day limit 366`, int64(space), from)
}

func queueActivated(b *db.Batch, dest *[]school.PersonID, people []school.PersonID) {
	ids := make([]uuid.UUID, len(people))
	for i, p := range people {
		ids[i] = p.UUID
	}
	db.Rows(b, dest, func(r pgx.CollectableRow) (p school.PersonID, err error) {
		return p, r.Scan(&p.UUID)
	}, `select person_id from account where person_id = any ($1) and state = 'active' and password_hash <> ''`, ids)
}
