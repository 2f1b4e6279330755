package handin

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

func (r *Room) record() privacy.Record {
	return privacy.Record{
		Purpose: "handin.privacy.purpose", Ground: "handin.privacy.ground", Retention: "handin.privacy.retention", Data: "handin.privacy.data",
		Tables: []privacy.Table{{Name: "handin_box", Persons: []string{"author_id"}, Holds: "handin.holds.box"}, {Name: "handin_deposit"},
			{Name: "handin_member", Persons: []string{"person_id"}, Holds: "handin.holds.deposit"}, {Name: "handin_file", Persons: []string{"author_id"}, Holds: "handin.holds.file"}},
		Export: export, Erase: r.erase, Purge: r.purge,
	}
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var given []struct {
		Title     string     `bun:"title" json:"title"`
		Submitted *time.Time `bun:"submitted_at" json:"submitted"`
		Late      bool       `bun:"late" json:"late"`
		Comment   string     `bun:"comment" json:"comment"`
		Files     string     `bun:"files" json:"files"`
	}
	err := tx.NewRaw(`
		select b.title, d.submitted_at, d.late, d.comment,
		       coalesce((select string_agg(f.name, ', ' order by f.name) from handin_file f where f.tenant_id = d.tenant_id and f.deposit_id = d.id
		                 and (not f.is_copy or b.returned_at is not null)), '') as files
		from handin_member m join handin_deposit d on d.tenant_id = m.tenant_id and d.id = m.deposit_id
		join handin_box b on b.tenant_id = m.tenant_id and b.id = m.box_id
		where m.person_id = ? order by b.closes_at`, who.UUID).Scan(ctx, &given)
	if err != nil {
		return nil, err
	}
	var asked []struct {
		Title        string    `bun:"title" json:"title"`
		Instructions string    `bun:"instructions" json:"instructions"`
		ClosesAt     time.Time `bun:"closes_at" json:"closes"`
	}
	err = tx.NewRaw(`select title, instructions, closes_at from handin_box where author_id = ? order by closes_at`, who.UUID).Scan(ctx, &asked)
	if err != nil || len(given)+len(asked) == 0 {
		return nil, err
	}
	return map[string]any{"handed_in": given, "asked": asked}, nil
}

type kept struct {
	Box     uuid.UUID `bun:"box_id"`
	Deposit uuid.UUID `bun:"deposit_id"`
}

// eraseFiles removes the folders of deposits, which bear the names of pupils, with what they hold.
func (r *Room) eraseFiles(ctx context.Context, tx db.Tx, files []kept) error {
	byBox := map[uuid.UUID][]uuid.UUID{}
	for _, f := range files {
		byBox[f.Box] = append(byBox[f.Box], f.Deposit, copiesOf(f.Deposit))
	}
	for box, nodes := range byBox {
		if err := r.drive.EraseIn(ctx, tx, box, nodes); err != nil {
			return err
		}
	}
	return nil
}

// erase removes what a pupil gave alone, takes the name out of teams, and severs boxes and files from their author.
func (r *Room) erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	const alone = `select m.deposit_id from handin_member m where m.person_id = ? and not exists (
		select from handin_member o where o.tenant_id = m.tenant_id and o.deposit_id = m.deposit_id and o.person_id <> m.person_id)`
	var files []kept
	if err := tx.NewRaw(`select distinct box_id, deposit_id from handin_file where deposit_id in (`+alone+`)`, who.UUID).Scan(ctx, &files); err != nil {
		return err
	}
	if err := r.eraseFiles(ctx, tx, files); err != nil {
		return err
	}
	for _, statement := range []string{
		`delete from handin_deposit where id in (` + alone + `)`,
		`delete from handin_member where person_id = ?`,
		`update handin_file set author_id = null, author_name = '' where author_id = ?`,
		`update handin_box set author_id = null, author_name = '' where author_id = ?`,
	} {
		if _, err := tx.ExecContext(ctx, statement, who.UUID); err != nil {
			return err
		}
	}
	return nil
}

// purge removes boxes a year after their end, with all they hold.
func (r *Room) purge(ctx context.Context, tx db.Tx) (int, error) {
	before := tx.Now().AddDate(-1, 0, 0)
	var files []kept
	if err := tx.NewRaw(`select distinct f.box_id, f.deposit_id from handin_file f join handin_box b on b.tenant_id = f.tenant_id and b.id = f.box_id
		where b.closes_at < ?`, before).Scan(ctx, &files); err != nil {
		return 0, err
	}
	if err := r.eraseFiles(ctx, tx, files); err != nil {
		return 0, err
	}
	res, err := tx.ExecContext(ctx, `delete from handin_box where closes_at < ?`, before)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}
