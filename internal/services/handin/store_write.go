package handin

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/uptrace/bun/dialect/pgdialect"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/school"
)

func insertBox(ctx context.Context, tx db.Tx, b Box) (bool, error) {
	return changed(tx.ExecContext(ctx, `
		insert into handin_box (id, target, target_id, target_name, title, instructions, opens_at, closes_at, late, teams, author_id, author_name, created_at)
		values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing`,
		b.ID, string(b.Target.Kind), b.Target.ID, b.Target.Name, b.Title, b.Instructions, b.OpensAt, b.ClosesAt, b.Late, b.Teams, b.Author.UUID, b.AuthorName, tx.Now()))
}

type result interface{ RowsAffected() (int64, error) }

func changed(r result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

func authorOf(ctx context.Context, tx db.Tx, id uuid.UUID) (who *uuid.UUID, err error) {
	err = tx.NewRaw(`select author_id from handin_box where id = ?`, id).Scan(ctx, &who)
	return who, err
}

// heldBox locks a box, so that its end and its return are judged against deposits one after the other.
func heldBox(ctx context.Context, tx db.Tx, id uuid.UUID) (b Box, err error) {
	var row struct {
		Target     string     `bun:"target"`
		TargetID   uuid.UUID  `bun:"target_id"`
		Title      string     `bun:"title"`
		OpensAt    time.Time  `bun:"opens_at"`
		ClosesAt   time.Time  `bun:"closes_at"`
		Late       bool       `bun:"late"`
		Teams      bool       `bun:"teams"`
		AuthorID   *uuid.UUID `bun:"author_id"`
		ReturnedAt *time.Time `bun:"returned_at"`
		Version    int        `bun:"version"`
	}
	err = tx.NewRaw(`select target, target_id, title, opens_at, closes_at, late, teams, author_id, returned_at, version
		from handin_box where id = ? for update`, id).Scan(ctx, &row)
	b = Box{ID: id, Target: Target{Kind: drive.Kind(row.Target), ID: row.TargetID}, Title: row.Title, OpensAt: row.OpensAt, ClosesAt: row.ClosesAt,
		Late: row.Late, Teams: row.Teams, Version: row.Version}
	if row.AuthorID != nil {
		b.Author.UUID = *row.AuthorID
	}
	if row.ReturnedAt != nil {
		b.ReturnedAt = *row.ReturnedAt
	}
	return b, err
}

func updateEnd(ctx context.Context, tx db.Tx, id uuid.UUID, end time.Time, late bool) error {
	_, err := tx.ExecContext(ctx, `update handin_box set closes_at = ?, late = ?, version = version + 1 where id = ?`, end, late, id)
	return err
}

func updateReturned(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `update handin_box set returned_at = ?, version = version + 1 where id = ?`, tx.Now(), id)
	return err
}

func insertDeposit(ctx context.Context, tx db.Tx, id, box uuid.UUID) (bool, error) {
	return changed(tx.ExecContext(ctx, `insert into handin_deposit (id, box_id, created_at) values (?, ?, ?) on conflict do nothing`, id, box, tx.Now()))
}

func depositOf(ctx context.Context, tx db.Tx, box uuid.UUID, who school.PersonID) (id uuid.UUID, err error) {
	err = tx.NewRaw(`select deposit_id from handin_member where box_id = ? and person_id = ?`, box, who.UUID).Scan(ctx, &id)
	if db.NoRows(err) {
		return uuid.Nil, nil
	}
	return id, err
}

// insertMembers puts pupils into a deposit and counts those who are of it then: those who give with another stay there.
func insertMembers(ctx context.Context, tx db.Tx, box, deposit uuid.UUID, who []uuid.UUID) (n int, err error) {
	texts := make([]string, 0, len(who))
	for _, id := range who {
		texts = append(texts, id.String())
	}
	err = tx.NewRaw(`with added as (
			insert into handin_member (box_id, person_id, deposit_id) select ?, p, ? from unnest(?::uuid[]) p on conflict do nothing returning person_id)
		select (select count(*) from added)
			+ (select count(*) from handin_member where box_id = ? and deposit_id = ? and person_id = any (?::uuid[]))`,
		box, deposit, pgdialect.Array(texts), box, deposit, pgdialect.Array(texts)).Scan(ctx, &n)
	return n, err
}

// deleteMember takes a pupil out of a team; who is alone stays.
func deleteMember(ctx context.Context, tx db.Tx, box uuid.UUID, who school.PersonID) (bool, error) {
	return changed(tx.ExecContext(ctx, `delete from handin_member m where m.box_id = ? and m.person_id = ?
		and exists (select from handin_member o where o.tenant_id = m.tenant_id and o.box_id = m.box_id and o.deposit_id = m.deposit_id and o.person_id <> m.person_id)`,
		box, who.UUID))
}

func upsertFile(ctx context.Context, tx db.Tx, box uuid.UUID, f File, by school.Actor) error {
	_, err := tx.ExecContext(ctx, `
		insert into handin_file (id, box_id, deposit_id, is_copy, name, size, author_id, author_name, added_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
		on conflict (tenant_id, id) do update set name = excluded.name, size = excluded.size, author_id = excluded.author_id,
			author_name = excluded.author_name, added_at = excluded.added_at`,
		f.ID, box, f.Deposit, f.Copy, f.Name, f.Size, by.Person.UUID, by.Name, tx.Now())
	return err
}

func submit(ctx context.Context, tx db.Tx, deposit uuid.UUID, late bool, comment string) error {
	_, err := tx.ExecContext(ctx, `update handin_deposit set submitted_at = ?, late = ?, comment = ? where id = ?`, tx.Now(), late, comment, deposit)
	return err
}

func countFiles(ctx context.Context, tx db.Tx, deposit uuid.UUID) (n int, err error) {
	err = tx.NewRaw(`select count(*) from handin_file where deposit_id = ? and not is_copy`, deposit).Scan(ctx, &n)
	return n, err
}

// deleteFile takes a file out of a deposit, which is given no more when it was the last.
func deleteFile(ctx context.Context, tx db.Tx, deposit, file uuid.UUID) (bool, error) {
	gone, err := changed(tx.ExecContext(ctx, `delete from handin_file where id = ? and deposit_id = ? and not is_copy`, file, deposit))
	if err != nil || !gone {
		return false, err
	}
	_, err = tx.ExecContext(ctx, `update handin_deposit d set submitted_at = null, late = false
		where d.id = ? and not exists (select from handin_file f where f.tenant_id = d.tenant_id and f.deposit_id = d.id and not f.is_copy)`, deposit)
	return true, err
}

func countCopies(ctx context.Context, tx db.Tx, box uuid.UUID) (n int, err error) {
	err = tx.NewRaw(`select count(*) from handin_file where box_id = ? and is_copy`, box).Scan(ctx, &n)
	return n, err
}
