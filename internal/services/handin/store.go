package handin

import (
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/drive"
)

const (
	pageSize  = 40
	maxPupils = 400 // of one class or group
)

const boxColumns = `b.id, b.target, b.target_id, b.target_name, b.title, b.instructions, b.opens_at, b.closes_at, b.late, b.teams,
	coalesce(b.author_id, '00000000-0000-0000-0000-000000000000'), b.author_name, b.returned_at, b.version`

func scanBox(row pgx.CollectableRow) (b Box, err error) {
	_, err = boxFrom(row, &b)
	return b, err
}

func boxFrom(row pgx.CollectableRow, b *Box, more ...any) (*Box, error) {
	var kind string
	var returned *time.Time
	err := row.Scan(append([]any{&b.ID, &kind, &b.Target.ID, &b.Target.Name, &b.Title, &b.Instructions, &b.OpensAt, &b.ClosesAt, &b.Late,
		&b.Teams, &b.Author.UUID, &b.AuthorName, &returned, &b.Version}, more...)...)
	b.Target.Kind = drive.Kind(kind)
	b.OpensAt, b.ClosesAt = b.OpensAt.UTC(), b.ClosesAt.UTC()
	if returned != nil {
		b.ReturnedAt = returned.UTC()
	}
	return b, err
}

func queueBox(b *db.Batch, dest *[]Box, id uuid.UUID) {
	db.Rows(b, dest, scanBox, `select `+boxColumns+` from handin_box b where b.id = $1`, id)
}

func scanListed(row pgx.CollectableRow) (l listed, err error) {
	_, err = boxFrom(row, &l.Box, &l.Given)
	return l, err
}

const givenBy = `array(select m.person_id from handin_member m join handin_deposit d on d.tenant_id = m.tenant_id and d.id = m.deposit_id
	where m.tenant_id = b.tenant_id and m.box_id = b.id and m.person_id = any ($1) and d.submitted_at is not null)`

// queueBoxes reads a part of the list, the latest end first.
func queueBoxes(b *db.Batch, dest *[]listed, c circle, author uuid.UUID, before time.Time, last uuid.UUID, now time.Time) {
	db.Rows(b, dest, scanListed, `select `+boxColumns+`, `+givenBy+` from handin_box b
		where (b.closes_at, b.id) < ($2, $3) and ($4 or b.author_id = $5 or b.target_id = any ($6) and b.opens_at <= $7)
		order by b.closes_at desc, b.id desc limit $8`,
		ids(c.persons), before, last, c.all, author, ids(c.places), now, pageSize+1)
}

// queueDue reads what is asked of some classes and groups and not over yet.
func queueDue(b *db.Batch, dest *[]listed, c circle, now time.Time) {
	db.Rows(b, dest, scanListed, `select `+boxColumns+`, `+givenBy+` from handin_box b
		where b.target_id = any ($2) and b.opens_at <= $3 and b.returned_at is null
		  and (b.closes_at >= $3 or b.late and b.closes_at >= $4)
		order by b.closes_at, b.id limit 20`, ids(c.persons), ids(c.places), now, now.Add(-15*24*time.Hour))
}

func ids(list []uuid.UUID) []uuid.UUID { return append([]uuid.UUID{}, list...) }

type memberRow struct {
	Deposit   uuid.UUID  `db:"deposit_id"`
	Person    uuid.UUID  `db:"person_id"`
	Given     string     `db:"given_name"`
	Family    string     `db:"family_name"`
	Submitted *time.Time `db:"submitted_at"`
	Late      bool       `db:"late"`
	Comment   string     `db:"comment"`
}

// queueMembers reads who gives, with what was given: everybody, or the deposits of some persons.
func queueMembers(b *db.Batch, dest *[]memberRow, box uuid.UUID, everybody bool, persons []uuid.UUID) {
	db.Rows(b, dest, pgx.RowToStructByName[memberRow], `
		select m.deposit_id, m.person_id, coalesce(p.given_name, '') as given_name, coalesce(p.family_name, '') as family_name,
		       d.submitted_at, d.late, d.comment
		from handin_member m join handin_deposit d on d.tenant_id = m.tenant_id and d.id = m.deposit_id
		left join membership p on p.tenant_id = m.tenant_id and p.person_id = m.person_id and p.profile = 'pupil'
		where m.box_id = $1 and ($2 or m.deposit_id in (select w.deposit_id from handin_member w where w.box_id = $1 and w.person_id = any ($3)))
		order by m.deposit_id, family_name, given_name limit 1000`, box, everybody, ids(persons))
}

func queueFiles(b *db.Batch, dest *[]File, box uuid.UUID, everybody bool, persons []uuid.UUID) {
	db.Rows(b, dest, func(row pgx.CollectableRow) (f File, err error) {
		err = row.Scan(&f.ID, &f.Deposit, &f.Copy, &f.Name, &f.Size, &f.By, &f.At)
		f.At = f.At.UTC()
		return f, err
	}, `select f.id, f.deposit_id, f.is_copy, f.name, f.size, f.author_name, f.added_at from handin_file f
		where f.box_id = $1 and ($2 or f.deposit_id in (select w.deposit_id from handin_member w where w.box_id = $1 and w.person_id = any ($3)))
		order by f.deposit_id, f.is_copy, f.name limit 10000`, box, everybody, ids(persons))
}

// queuePupils reads of whom the box is asked today.
func queuePupils(b *db.Batch, dest *[]Pupil, t Target, today time.Time) {
	table, column := "class_member", "class_id"
	if t.Kind == drive.Group {
		table, column = "group_member", "group_id"
	}
	db.Rows(b, dest, func(row pgx.CollectableRow) (p Pupil, err error) {
		err = row.Scan(&p.ID.UUID, &p.Given, &p.Family)
		return p, err
	}, `select m.person_id, m.given_name, m.family_name from `+table+` k
		join membership m on m.tenant_id = k.tenant_id and m.person_id = k.person_id and m.profile = k.profile
		where k.`+column+` = $1 and k.profile = 'pupil' and m.starts_on <= $2 and (m.ends_on is null or m.ends_on >= $2)
		order by m.family_name, m.given_name limit $3`, t.ID, today, maxPupils)
}
