package privacy

import (
	"context"
	"time"

	"elyco/internal/db"
	"elyco/internal/school"
)

// Floor are the declarations of what stands below this package and therefore cannot make its own: the trail, and the
// settings of spaces. Their sentences are those of the room that shows them.
func Floor() []Holding {
	return []Holding{
		{Name: "trail", Title: "mydata.trail.title", Record: Record{
			Purpose: "mydata.trail.purpose", Ground: "mydata.trail.ground", Retention: "mydata.trail.retention", Data: "mydata.trail.data",
			Tables: []Table{{Name: "audit_entry", Persons: []string{"actor_id"}, Holds: "mydata.trail.holds"}},
			Export: exportTrail, Erase: keepTrail, Purge: nothingToPurge,
		}},
		{Name: "settings", Title: "mydata.settings.title", Record: Record{
			Purpose: "mydata.settings.purpose", Ground: "mydata.settings.ground", Retention: "mydata.settings.retention", Data: "mydata.settings.data",
			Tables: []Table{{Name: "setting", Persons: []string{"author_id"}, Holds: "mydata.settings.holds"}},
			Export: exportSettings, Erase: severSettings, Purge: purgeSettings,
		}},
	}
}

func exportTrail(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var done []struct {
		At     time.Time `bun:"at" json:"at"`
		Action string    `bun:"action" json:"action"`
		Title  string    `bun:"title" json:"title,omitempty"`
	}
	err := tx.NewRaw(`select at, action, title from audit_entry where actor_id = ? order by at desc, id desc limit 5000`, who.UUID).Scan(ctx, &done)
	if err != nil || len(done) == 0 {
		return nil, err
	}
	return map[string]any{"done": done}, nil
}

// keepTrail leaves the trail as it is: a chain of seals shows every change. It names people by number alone, and the
// number leads to nobody once the person is erased.
func keepTrail(context.Context, db.Tx, school.PersonID) error { return nil }

// nothingToPurge is the clock of what another one removes: the keeper of the trail does it with the seals.
func nothingToPurge(context.Context, db.Tx) (int, error) { return 0, nil }

func exportSettings(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var decided []struct {
		Name string    `bun:"name" json:"name"`
		At   time.Time `bun:"set_at" json:"at"`
	}
	err := tx.NewRaw(`select name, set_at from setting where author_id = ? order by name limit 5000`, who.UUID).Scan(ctx, &decided)
	if err != nil || len(decided) == 0 {
		return nil, err
	}
	return map[string]any{"decided": decided}, nil
}

// severSettings forgets who decided: the decision is the space's.
func severSettings(ctx context.Context, tx db.Tx, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `update setting set author_id = null where author_id = ?`, who.UUID)
	return err
}

func purgeSettings(ctx context.Context, tx db.Tx) (int, error) {
	res, err := tx.ExecContext(ctx, `update setting set author_id = null where author_id is not null and set_at < ?`, tx.Now().AddDate(-5, 0, 0))
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}
