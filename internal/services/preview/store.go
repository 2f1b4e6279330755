package preview

import (
	"time"

	"elyco/internal/db"
)

// queueYearEnd reads the last day of the school year of today.
func queueYearEnd(b *db.Batch, found *bool, last *time.Time, today time.Time) {
	db.Row(b, found, []any{last}, `
		select ends_on from school_year where starts_on <= $1 and ends_on >= $1 order by starts_on desc limit 1`, today)
}
