package slips

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func (r *Room) record() privacy.Record {
	return privacy.Record{
		Purpose: "slips.privacy.purpose", Ground: "slips.privacy.ground", Retention: "slips.privacy.retention", Data: "slips.privacy.data",
		Tables: []privacy.Table{{Name: "slip", Persons: []string{"author_id"}, Holds: "slips.holds.slip"},
			{Name: "slip_asked", Persons: []string{"person_id", "child_id"}, Holds: "slips.holds.asked"},
			{Name: "slip_reply", Persons: []string{"person_id", "child_id", "writer_id"}, Holds: "slips.holds.reply"},
			{Name: "slip_roll", Persons: []string{"person_id", "child_id"}, Holds: "slips.holds.roll"}, {Name: "slip_urn"}, {Name: "slip_round"}, {Name: "slip_file"},
			{Name: "slip_template", Persons: []string{"author_id"}, Holds: "slips.holds.template"}},
		Export: export, Erase: erase, Purge: r.purge,
	}
}

// export gives back what the person was asked and answered under the own name, that the person voted, and what the person
// asked others. What was voted is known to nobody.
func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var answers []struct {
		Title    string     `bun:"title" json:"title"`
		Child    string     `bun:"child_name" json:"child"`
		Answers  string     `bun:"answers" json:"answers"`
		Signed   string     `bun:"signed_as" json:"signed_as"`
		SignedAt *time.Time `bun:"signed_at" json:"signed"`
		OnPaper  bool       `bun:"on_paper" json:"on_paper"`
		Voted    bool       `bun:"voted" json:"voted"`
	}
	err := tx.NewRaw(`
		select s.title, coalesce(a.child_name, '') as child_name, coalesce(r.answers::text, '') as answers, coalesce(r.signed_as, '') as signed_as, r.signed_at,
		       coalesce(r.on_paper, false) as on_paper, v.slip_id is not null as voted
		from (select slip_id, child_id, person_id from slip_asked where person_id = ? or child_id = ?
			union select slip_id, child_id, person_id from slip_reply where person_id = ? or child_id = ?
			union select slip_id, child_id, person_id from slip_roll where person_id = ? or child_id = ?) k
		join slip s on s.id = k.slip_id
		left join slip_asked a on a.slip_id = k.slip_id and a.child_id = k.child_id and a.person_id = k.person_id
		left join slip_reply r on r.slip_id = k.slip_id and r.child_id = k.child_id and r.person_id = k.person_id
		left join slip_roll v on v.slip_id = k.slip_id and v.child_id = k.child_id and v.person_id = k.person_id
		where s.state <> 'draft' order by s.published_at, s.id, child_name limit 5000`,
		who.UUID, who.UUID, who.UUID, who.UUID, who.UUID, who.UUID).Scan(ctx, &answers)
	if err != nil {
		return nil, err
	}
	var asked []struct {
		Title    string     `bun:"title" json:"title"`
		Body     string     `bun:"body" json:"body"`
		ClosesAt *time.Time `bun:"closes_at" json:"closes"`
	}
	err = tx.NewRaw(`select title, body, closes_at from slip where author_id = ?
		union all select title, '', null from slip_template where author_id = ? limit 5000`, who.UUID, who.UUID).Scan(ctx, &asked)
	if err != nil || len(answers)+len(asked) == 0 {
		return nil, err
	}
	return map[string]any{"answers": answers, "asked": asked}, nil
}

// erase removes the person's answers and those given for the person as a child. A name on a roll becomes a number that means
// nobody: the roll must count as many as the urn.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	for _, statement := range []string{
		`delete from slip_reply where person_id = ? or child_id = ?`,
		`delete from slip_asked where person_id = ? or child_id = ?`,
		`update slip_roll set person_id = gen_random_uuid(), child_id = gen_random_uuid() where person_id = ? or child_id = ?`,
		`update slip_reply set writer_id = null, writer_name = '' where writer_id in (?, ?)`,
		`update slip set author_id = null, author_name = '' where author_id in (?, ?)`,
		`update slip_template set author_id = null, author_name = '' where author_id in (?, ?)`,
	} {
		if _, err := tx.ExecContext(ctx, statement, who.UUID, who.UUID); err != nil {
			return err
		}
	}
	return nil
}

// purge removes slips a year after their end, with all that was answered, and drafts that nobody took up for as long.
func (r *Room) purge(ctx context.Context, tx db.Tx) (int, error) {
	before := tx.Now().AddDate(-1, 0, 0)
	var old []uuid.UUID
	err := tx.NewRaw(`select id from slip where coalesce(greatest(closed_at, closes_at), created_at) < ? and (state <> 'draft' or created_at < ?)
		order by created_at limit ?`, before, before, privacy.Batch).Scan(ctx, &old)
	if err != nil {
		return 0, err
	}
	return len(old), r.discard(ctx, tx, old)
}

// discard removes slips for good, with their files.
func (r *Room) discard(ctx context.Context, tx db.Tx, ids []uuid.UUID) error {
	if len(ids) == 0 {
		return nil
	}
	list := make([]string, 0, len(ids))
	for _, id := range ids {
		list = append(list, id.String())
	}
	var files []struct {
		Slip uuid.UUID `bun:"slip_id"`
		ID   uuid.UUID `bun:"id"`
	}
	if err := tx.NewRaw(`select slip_id, id from slip_file where slip_id = any (?::uuid[])`, pgdialect.Array(list)).Scan(ctx, &files); err != nil {
		return err
	}
	bySlip := map[uuid.UUID][]uuid.UUID{}
	for _, f := range files {
		bySlip[f.Slip] = append(bySlip[f.Slip], f.ID)
	}
	for slip, nodes := range bySlip {
		if err := r.drive.EraseIn(ctx, tx, slip, nodes); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, `delete from slip where id = any (?::uuid[])`, pgdialect.Array(list))
	return err
}
