package mydata

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// who is what the academy keeps of an identity.
type who struct {
	Given, Family string
	Birth         *time.Time
	Email         string
	Fed           bool // a source knows the person
	Found         bool
}

func queueWho(b *db.Batch, dest *who, id school.PersonID) {
	db.Row(b, &dest.Found, []any{&dest.Given, &dest.Family, &dest.Birth, &dest.Email, &dest.Fed}, `
		select given_name, family_name, birth_date, coalesce(email, ''), exists (select from person_key k where k.tenant_id = p.tenant_id and k.person_id = p.id)
		from person p where id = $1`, id.UUID)
}

type memberRow struct {
	Profile  string    `db:"profile"`
	Given    string    `db:"given_name"`
	Family   string    `db:"family_name"`
	Function string    `db:"function"`
	Starts   time.Time `db:"starts_on"`
	Classes  string    `db:"classes"`
	Fed      bool      `db:"fed"`
}

// tieRow is what a guardian is to a child.
type tieRow struct {
	Tie string `db:"tie"`
	Fed bool   `db:"fed"`
}

// identity is what a space says of somebody: the academy who it is, another what the person is there.
type identity struct {
	who    who
	member []memberRow
	ties   []tieRow // what the guardians of a child are to it
}

func queueIdentity(b *db.Batch, dest *identity, s Subject, t *tenant.Tenant) {
	if t.Kind == tenant.KindAcademy {
		queueWho(b, &dest.who, s.Person)
		return
	}
	db.Rows(b, &dest.member, pgx.RowToStructByName[memberRow], `
		select m.profile, m.given_name, m.family_name, m.function, m.starts_on, m.source <> 'manual' as fed,
		       coalesce((select string_agg(c.name, ', ' order by c.name) from class_member n join class c on c.tenant_id = n.tenant_id and c.id = n.class_id
		                 where n.tenant_id = m.tenant_id and n.person_id = m.person_id and n.profile = m.profile), '') as classes
		from membership m where m.person_id = $1 order by m.starts_on, m.profile limit 20`, s.Person.UUID)
	db.Rows(b, &dest.ties, pgx.RowToStructByName[tieRow], `select tie, source <> 'manual' as fed from guardianship where child_id = $1 order by legal_rank nulls last, guardian_id limit 20`, s.Person.UUID)
}

func (i identity) fields(ctx context.Context) []Field {
	var list []Field
	add := func(name, text string, fed bool) {
		if text != "" {
			list = append(list, Field{name, text, fed})
		}
	}
	if i.who.Found {
		add("given_name", i.who.Given, i.who.Fed)
		add("family_name", i.who.Family, i.who.Fed)
		if i.who.Birth != nil {
			add("birth_date", words.Date(*i.who.Birth), i.who.Fed)
		}
		add("email", i.who.Email, false)
	}
	for n, m := range i.member {
		if n == 0 {
			add("given_name", m.Given, m.Fed)
			add("family_name", m.Family, m.Fed)
		}
		add("profile", words.T(ctx, "profile."+m.Profile), m.Fed)
		add("function", m.Function, m.Fed)
		add("class", m.Classes, m.Fed)
	}
	if len(i.ties) > 0 {
		text, fed := i.ties[0].Tie, i.ties[0].Fed
		for _, t := range i.ties[1:] {
			text, fed = text+", "+t.Tie, fed || t.Fed
		}
		add("guardians", text, fed)
	}
	return list
}
