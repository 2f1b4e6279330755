package demo

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// save writes a space in one transaction, by COPY. It reports false, and writes nothing, when the space has been filled
// before.
func save(ctx context.Context, d *db.DB, s *space, hash string) (bool, error) {
	written := false
	err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		// A demonstration that a power cut takes away is loaded again: waiting for the disk at each school is not worth it.
		if _, err := tx.Exec(ctx, "set local synchronous_commit = off"); err != nil {
			return err
		}
		known, full, err := present(ctx, tx, s)
		if err != nil || full {
			return err
		}
		s.without(known)
		written = true
		return copySpace(ctx, tx, s, hash)
	})
	if err != nil {
		return false, fmt.Errorf("fill %s: %w", path(s.tenant), err)
	}
	return written, nil
}

// present tells who is a member already, and whether the space holds all that this load would bring.
func present(ctx context.Context, tx pgx.Tx, s *space) (known map[uuid.UUID]bool, full bool, err error) {
	rows, err := tx.Query(ctx, `select person_id, profile from membership where tenant_id = $1`, int64(s.tenant.ID))
	if err != nil {
		return nil, false, err
	}
	defer rows.Close()
	known = map[uuid.UUID]bool{}
	pupils := 0
	for rows.Next() {
		var id uuid.UUID
		var profile string
		if err := rows.Scan(&id, &profile); err != nil {
			return nil, false, err
		}
		known[id] = true
		if profile == string(school.Pupil) {
			pupils++
		}
	}
	brings := s.tenant.Kind == tenant.KindEstablishment && s.count(school.Pupil) > 0
	return known, len(known) > 0 && (pupils > 0 || !brings), rows.Err()
}

// table is a COPY: rows come one at a time, so that none is held twice.
type table struct {
	name    string
	columns []string
	n       int
	row     func(i int) []any
}

func copySpace(ctx context.Context, tx pgx.Tx, s *space, hash string) error {
	passports, err := s.passports()
	if err != nil {
		return err
	}
	if err := insertYear(ctx, tx, s); err != nil {
		return err
	}
	tables := slices.Concat(s.peopleTables(hash, passports), s.schoolTables(), s.lessonTables())
	for _, t := range tables {
		if t.n == 0 {
			continue
		}
		source := pgx.CopyFromSlice(t.n, func(i int) ([]any, error) { return t.row(i), nil })
		if _, err := tx.CopyFrom(ctx, pgx.Identifier{t.name}, t.columns, source); err != nil {
			return fmt.Errorf("copy into %s: %w", t.name, err)
		}
	}
	return nil
}

func insertYear(ctx context.Context, tx pgx.Tx, s *space) error {
	if s.tenant.Kind != tenant.KindEstablishment {
		return nil
	}
	_, err := tx.Exec(ctx, `
		insert into school_year (tenant_id, id, label, starts_on, ends_on) values ($1, $2, $3, $4, $5)
		on conflict do nothing`, int64(s.tenant.ID), s.year.ID, s.year.Label, s.year.StartsOn, s.year.EndsOn)
	return err
}

// peopleTables are those of the academy's scope.
func (s *space) peopleTables(hash string, passports []passport) []table {
	const academy = int64(school.Academy)
	var called []*person
	for _, p := range s.persons {
		if p.phone != "" {
			called = append(called, p)
		}
	}
	return []table{
		{"person", []string{"tenant_id", "id", "given_name", "family_name", "birth_date", "email"}, len(s.persons),
			func(i int) []any {
				p := s.persons[i]
				var email any
				if p.email != "" {
					email = p.email
				}
				return []any{academy, [16]byte(p.id), p.given, p.family, p.born, email}
			}},
		{"account", []string{"tenant_id", "person_id", "login", "password_hash"}, len(s.persons),
			func(i int) []any { return []any{academy, [16]byte(s.persons[i].id), s.persons[i].login, hash} }},
		{"account_contact", []string{"tenant_id", "person_id", "kind", "value", "verified_at"}, len(called),
			func(i int) []any {
				return []any{academy, [16]byte(called[i].id), "phone", called[i].phone, s.year.StartsOn}
			}},
		{"passport", []string{"tenant_id", "person_id", "name", "body"}, len(passports),
			func(i int) []any {
				p := passports[i].person
				return []any{academy, [16]byte(p.id), p.given + " " + p.family, passports[i].body}
			}},
	}
}

// schoolTables are those of the space's own scope.
func (s *space) schoolTables() []table {
	scope := int64(s.tenant.ID)
	inClass, inGroup := s.classMembers(), s.groupMembers()
	return []table{
		{"class", []string{"tenant_id", "id", "school_year_id", "name", "level"}, len(s.classes),
			func(i int) []any {
				c := s.classes[i]
				return []any{scope, [16]byte(c.id), [16]byte(s.year.ID), c.name, c.level.name}
			}},
		{"teaching_group", []string{"tenant_id", "id", "school_year_id", "name"}, len(s.groups),
			func(i int) []any {
				return []any{scope, [16]byte(s.groups[i].id), [16]byte(s.year.ID), s.groups[i].name}
			}},
		{"membership", []string{"tenant_id", "person_id", "profile", "given_name", "family_name", "function", "admin", "sections", "starts_on", "ends_on"},
			len(s.members), func(i int) []any { return s.members[i].row(scope) }},
		{"class_member", []string{"tenant_id", "class_id", "person_id", "profile", "form"}, len(inClass),
			func(i int) []any {
				m := inClass[i]
				return []any{scope, [16]byte(m.class.id), [16]byte(m.id), string(m.profile), m.form == m.class}
			}},
		{"group_member", []string{"tenant_id", "group_id", "person_id", "profile"}, len(inGroup),
			func(i int) []any {
				m := inGroup[i]
				return []any{scope, [16]byte(m.group.id), [16]byte(m.id), string(m.profile)}
			}},
		{"guardianship", []string{"tenant_id", "child_id", "guardian_id", "tie", "legal_rank", "lives_with", "pays", "may_pick_up", "excluded_until", "starts_on", "ends_on"},
			len(s.ties), func(i int) []any { return s.ties[i].row(s) }},
	}
}

func (m *member) row(scope int64) []any {
	sections := m.sections
	if sections == nil {
		sections = []string{}
	}
	var ends any
	if !m.ends.IsZero() {
		ends = m.ends
	}
	return []any{scope, [16]byte(m.id), string(m.profile), m.given, m.family, m.function, m.admin, sections, m.starts, ends}
}

func (t tie) row(s *space) []any {
	var rank, excluded, ends any
	if t.rank > 0 {
		rank = int16(t.rank)
	}
	if t.excluded {
		excluded = s.year.EndsOn
	}
	if !t.child.ends.IsZero() {
		ends = t.child.ends
	}
	return []any{int64(s.tenant.ID), [16]byte(t.child.id), [16]byte(t.guardian.id), t.kind, rank, t.livesWith, t.pays,
		t.pickUp && !t.excluded, excluded, t.child.starts, ends}
}

type classMember struct {
	*member
	class *class
}

func (s *space) classMembers() []classMember {
	var out []classMember
	for _, m := range s.members {
		for _, c := range m.classes {
			out = append(out, classMember{m, c})
		}
	}
	return out
}

type groupMember struct {
	*member
	group *group
}

func (s *space) groupMembers() []groupMember {
	var out []groupMember
	for _, m := range s.members {
		for _, g := range m.groups {
			out = append(out, groupMember{m, g})
		}
	}
	return out
}

// refreshHeadcounts counts anew whom the academy and the collectivities reach.
func refreshHeadcounts(ctx context.Context, d *db.DB, scopes []int64) error {
	return d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		var there bool
		if err := tx.QueryRow(ctx, `select to_regprocedure('refresh_headcounts(bigint[])') is not null`).Scan(&there); err != nil || !there {
			return err
		}
		// Right after a load the planner knows nothing of the tables yet and would go through them once a person.
		if _, err := tx.Exec(ctx, `set local enable_nestloop = off`); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `select refresh_headcounts($1), refresh_standings($1)`, scopes)
		return err
	})
}

// Analyze tells the database's planner what a load has brought. Only the owner of the tables may.
func Analyze(ctx context.Context, ownerDSN string) error {
	conn, err := pgx.Connect(ctx, ownerDSN)
	if err != nil {
		return fmt.Errorf("reach the database as its owner: %w", err)
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, `vacuum (analyze) person, account, passport, sign_on, session, school_year, class, teaching_group,
		membership, class_member, group_member, guardianship`)
	if err != nil {
		return fmt.Errorf("analyze the tables: %w", err)
	}
	return nil
}
