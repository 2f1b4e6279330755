package people

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/school"
)

func queuePhoto(b *db.Batch, there *bool, p *Photo, who school.PersonID) {
	db.Row(b, there, []any{&p.Key, &p.ContentType, &p.Size}, `select object_key, content_type, size from person_photo where person_id = $1`, who.UUID)
}

func deletePhoto(ctx context.Context, tx db.Tx, who school.PersonID) (bool, error) {
	res, err := tx.ExecContext(ctx, `delete from person_photo where person_id = ?`, who.UUID)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

func insertImport(ctx context.Context, tx db.Tx, id uuid.UUID, key blob.Key, by school.PersonID) error {
	_, err := tx.ExecContext(ctx, `insert into photo_import (id, author_id, object_key, created_at) values (?, ?, ?, ?) on conflict (tenant_id, id) do nothing`,
		id, by.UUID, key, tx.Now())
	return err
}

const importColumns = `select id, object_key, state, total, done, created_at from photo_import`

func scanImport(row pgx.CollectableRow) (i Import, err error) {
	err = row.Scan(&i.ID, &i.Key, &i.State, &i.Total, &i.Done, &i.At)
	return i, err
}

func queueImports(b *db.Batch, dest *[]Import) {
	db.Rows(b, dest, scanImport, importColumns+` order by created_at desc, id limit 10`)
}

func queueImport(b *db.Batch, dest *[]Import, id uuid.UUID) {
	db.Rows(b, dest, scanImport, importColumns+` where id = $1`, id)
}

// queueFound reads a report, what needs a look first.
func queueFound(b *db.Batch, dest *[]found, id uuid.UUID) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (f found, err error) {
		err = row.Scan(&f.Number, &f.File, &f.Person, &f.Problem, &f.Note, &f.Name)
		return f, err
	}, `
		select f.number, f.file_name, coalesce(f.person_id, '00000000-0000-0000-0000-000000000000'), f.problem, f.note, coalesce((
		       select m.family_name || ' ' || m.given_name from membership m where m.tenant_id = f.tenant_id and m.person_id = f.person_id limit 1), '')
		from photo_found f
		where f.import_id = $1
		order by f.problem = '', f.problem, f.number
		limit $2`, id, mostPhotos)
}

type photoCount struct {
	Profile string `db:"profile"`
	People  int    `db:"people"`
	Photos  int    `db:"photos"`
}

func queuePhotoCounts(b *db.Batch, dest *[]photoCount, today time.Time) {
	db.Rows(b, dest, pgx.RowToStructByName[photoCount], `
		select case when m.profile = 'pupil' then 'pupil' else 'staff' end as profile, count(distinct m.person_id) as people,
		       count(distinct f.person_id) as photos
		from membership m left join person_photo f on f.tenant_id = m.tenant_id and f.person_id = m.person_id
		where m.profile not in ('guardian', 'tutor', 'guest') and m.starts_on <= $1 and (m.ends_on is null or m.ends_on >= $1)
		group by 1 order by 1`, today)
}

func queueFaces(b *db.Batch, dest *[]face, today time.Time) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (f face, err error) {
		return f, row.Scan(&f.person, &f.given, &f.family, &f.class)
	}, `with sits as materialized (
		  select cm.person_id, array_agg(c.name) as names from class_member cm join class c on c.tenant_id = cm.tenant_id and c.id = cm.class_id
		  join school_year y on y.tenant_id = c.tenant_id and y.id = c.school_year_id and y.starts_on <= $1 and y.ends_on >= $1
		  where cm.profile = 'pupil' group by 1
		)
		select distinct on (m.person_id) m.person_id, m.given_name, m.family_name, coalesce(s.names, '{}')
		from membership m left join sits s on s.person_id = m.person_id
		where m.profile <> 'guardian' and m.starts_on <= $1 and (m.ends_on is null or m.ends_on >= $1)
		order by m.person_id
		limit 20000`, today)
}

type loginRow struct {
	Person uuid.UUID `db:"person_id"`
	Login  string    `db:"login"`
}

func queueLogins(b *db.Batch, dest *[]loginRow, people []uuid.UUID) {
	db.Rows(b, dest, pgx.RowToStructByName[loginRow], `select person_id, login from account where person_id = any ($1)`, people)
}

// beginImport clears what an earlier run left, and says how much there is to do.
func beginImport(ctx context.Context, tx db.Tx, id uuid.UUID, readable bool, total int) error {
	if _, err := tx.ExecContext(ctx, `delete from photo_found where import_id = ?`, id); err != nil {
		return err
	}
	state := waiting
	if !readable {
		state = unreadable
	}
	_, err := tx.ExecContext(ctx, `update photo_import set state = ?, total = ?, done = 0 where id = ?`, state, total, id)
	return err
}

type foundRow struct {
	bun.BaseModel `bun:"table:photo_found"`
	ImportID      uuid.UUID     `bun:"import_id"`
	Number        int           `bun:"number"`
	FileName      string        `bun:"file_name"`
	PersonID      uuid.NullUUID `bun:"person_id"`
	Problem       string        `bun:"problem"`
	Note          string        `bun:"note"`
	ObjectKey     string        `bun:"object_key"`
	ContentType   string        `bun:"content_type"`
	Size          int64         `bun:"size"`
}

// insertFound adds lines to a report; last says that it is whole. An import that was discarded meanwhile keeps none.
func insertFound(ctx context.Context, tx db.Tx, id uuid.UUID, list []found, last bool) error {
	state := waiting
	if last {
		state = ready
	}
	res, err := tx.ExecContext(ctx, `update photo_import set done = done + ?, state = ? where id = ?`, len(list), state, id)
	if err != nil || len(list) == 0 {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	rows := make([]foundRow, len(list))
	for i, f := range list {
		rows[i] = foundRow{ImportID: id, Number: f.Number, FileName: f.File, PersonID: uuid.NullUUID{UUID: f.Person, Valid: f.Person != uuid.Nil},
			Problem: f.Problem, Note: f.Note, ObjectKey: f.Key, ContentType: f.ContentType, Size: f.Size}
	}
	_, err = tx.NewInsert().Model(&rows).Exec(ctx)
	return err
}

func lockImport(ctx context.Context, tx db.Tx, id uuid.UUID) (state string, err error) {
	err = tx.QueryRowContext(ctx, `select state from photo_import where id = ? for update`, id).Scan(&state)
	return state, err
}

func applyImport(ctx context.Context, tx db.Tx, id uuid.UUID) (int, error) {
	res, err := tx.ExecContext(ctx, `
		insert into person_photo (person_id, object_key, content_type, size, added_at)
		select person_id, object_key, content_type, size, ? from photo_found where import_id = ? and problem = '' and person_id is not null
		on conflict (tenant_id, person_id) do update
		set object_key = excluded.object_key, content_type = excluded.content_type, size = excluded.size, added_at = excluded.added_at`, tx.Now(), id)
	if err != nil {
		return 0, err
	}
	if _, err := tx.ExecContext(ctx, `update photo_import set state = ? where id = ?`, applied, id); err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}

func deleteImport(ctx context.Context, tx db.Tx, id uuid.UUID) (bool, error) {
	res, err := tx.ExecContext(ctx, `delete from photo_import where id = ?`, id)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}
