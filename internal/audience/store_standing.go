package audience

import (
	"encoding/json"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

// Standing is how many people a space below has, as Recount last found them.
type Standing struct {
	Space          school.ScopeID
	People         int // members, each once
	ByProfile      map[school.Profile]int
	Administrators int
	Accounts       int // members whose account is open
	Present        int // members who came within thirty days
	CountedAt      time.Time
}

// QueueStandings reads the standing of every space below the context's, which is the academy or a collectivity.
func QueueStandings(b *db.Batch, dest *[]Standing) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (s Standing, err error) {
		var profiles []byte
		if err = row.Scan(&s.Space, &s.People, &profiles, &s.Administrators, &s.Accounts, &s.Present, &s.CountedAt); err != nil {
			return s, err
		}
		return s, json.Unmarshal(profiles, &s.ByProfile)
	}, `
		select space_id, people, profiles, administrators, accounts, present, counted_at
		from space_standing order by space_id limit 5000`)
}
