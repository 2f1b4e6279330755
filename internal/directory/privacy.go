package directory

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

// Record is the directory's entry in the register: who people are, and what ties them to each establishment. The purpose,
// ground, retention and data are sentences of the room that shows them.
func Record(purpose, ground, retention, data string) privacy.Record {
	return privacy.Record{
		Purpose: purpose, Ground: ground, Retention: retention, Data: data,
		Tables: []privacy.Table{
			{Name: "person", Persons: []string{"id"}, Holds: "directory.holds.person"},
			{Name: "passport", Persons: []string{"person_id"}},
			{Name: "person_key", Persons: []string{"person_id"}},
			{Name: "membership", Persons: []string{"person_id"}, Holds: "directory.holds.membership"},
			{Name: "class_member", Persons: []string{"person_id"}, Holds: "directory.holds.class"},
			{Name: "group_member", Persons: []string{"person_id"}, Holds: "directory.holds.class"},
			{Name: "guardianship", Persons: []string{"child_id", "guardian_id"}, Holds: "directory.holds.guardianship"},
			{Name: "teaching", Persons: []string{"teacher_id"}, Holds: "directory.holds.teaching"},
			{Name: "feed", Persons: []string{"author_id"}},
			{Name: "feed_part", Persons: []string{"author_id"}},
			{Name: "delegation", Persons: []string{"person_id", "author_id"}, Holds: "directory.holds.delegation"},
		},
		Export: export, Erase: erase, Purge: purge,
	}
}

type exportedPerson struct {
	GivenName  string     `bun:"given_name" json:"given_name"`
	FamilyName string     `bun:"family_name" json:"family_name"`
	BirthDate  *time.Time `bun:"birth_date" json:"birth_date,omitempty"`
	Email      *string    `bun:"email" json:"email,omitempty"`
	CreatedAt  time.Time  `bun:"created_at" json:"created_at"`
}

type exportedMembership struct {
	Profile    string     `bun:"profile" json:"profile"`
	GivenName  string     `bun:"given_name" json:"given_name"`
	FamilyName string     `bun:"family_name" json:"family_name"`
	Function   string     `bun:"function" json:"function,omitempty"`
	StartsOn   time.Time  `bun:"starts_on" json:"starts_on"`
	EndsOn     *time.Time `bun:"ends_on" json:"ends_on,omitempty"`
	Classes    string     `bun:"classes" json:"classes,omitempty"`
	Groups     string     `bun:"groups" json:"groups,omitempty"`
}

// exportedTie says what somebody is to a child, or to the person: the other one is not named, whose data it is as well.
type exportedTie struct {
	As        string     `bun:"as_what" json:"as"`
	Tie       string     `bun:"tie" json:"tie"`
	Rank      *int       `bun:"legal_rank" json:"legal_rank,omitempty"`
	LivesWith bool       `bun:"lives_with" json:"lives_with"`
	Pays      bool       `bun:"pays" json:"pays"`
	PicksUp   bool       `bun:"may_pick_up" json:"may_pick_up"`
	Emergency bool       `bun:"emergency_contact" json:"emergency_contact"`
	StartsOn  time.Time  `bun:"starts_on" json:"starts_on"`
	EndsOn    *time.Time `bun:"ends_on" json:"ends_on,omitempty"`
}

func export(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var people []exportedPerson
	err := tx.NewRaw(`select given_name, family_name, birth_date, email, created_at from person where id = ?`, who.UUID).Scan(ctx, &people)
	if err != nil {
		return nil, err
	}
	var member []exportedMembership
	err = tx.NewRaw(`
		select m.profile, m.given_name, m.family_name, m.function, m.starts_on, m.ends_on,
		       coalesce((select string_agg(c.name, ', ' order by c.name) from class_member n join class c on c.tenant_id = n.tenant_id and c.id = n.class_id
		                 where n.tenant_id = m.tenant_id and n.person_id = m.person_id and n.profile = m.profile), '') as classes,
		       coalesce((select string_agg(g.name, ', ' order by g.name) from group_member n join teaching_group g on g.tenant_id = n.tenant_id and g.id = n.group_id
		                 where n.tenant_id = m.tenant_id and n.person_id = m.person_id and n.profile = m.profile), '') as groups
		from membership m where m.person_id = ? order by m.starts_on, m.profile`, who.UUID).Scan(ctx, &member)
	if err != nil {
		return nil, err
	}
	var ties []exportedTie
	err = tx.NewRaw(`
		select case when child_id = ?0 then 'child' else 'guardian' end as as_what, tie, legal_rank, lives_with, pays, may_pick_up, emergency_contact, starts_on, ends_on
		from guardianship where ?0 in (child_id, guardian_id) order by starts_on, child_id, guardian_id limit 100`, who.UUID).Scan(ctx, &ties)
	if err != nil {
		return nil, err
	}
	var delegated []struct {
		StartsOn time.Time  `bun:"starts_on" json:"starts_on"`
		EndsOn   *time.Time `bun:"ends_on" json:"ends_on,omitempty"`
	}
	err = tx.NewRaw(`select starts_on, ends_on from delegation where person_id = ? order by starts_on, id limit 500`, who.UUID).Scan(ctx, &delegated)
	if err != nil || len(people)+len(member)+len(ties)+len(delegated) == 0 {
		return nil, err
	}
	found := map[string]any{}
	if len(people) > 0 {
		found["identity"] = people
	}
	if len(member) > 0 {
		found["memberships"] = member
	}
	if len(ties) > 0 {
		found["guardianships"] = ties
	}
	if len(delegated) > 0 {
		found["delegations"] = delegated
	}
	return found, nil
}

// erase removes the person and what tied the person to the space. Those who follow a child who is erased know of it at once.
func erase(ctx context.Context, tx db.Tx, who school.PersonID) error {
	member, err := tx.NewSelect().TableExpr("membership").Where("person_id = ?", who.UUID).Exists(ctx)
	if err != nil {
		return err
	}
	if member {
		if err := Reissue(ctx, tx, who); err != nil {
			return err
		}
	}
	for _, sql := range []string{
		`update feed set author_id = null where author_id = ?`,
		`update feed_part set author_id = null where author_id = ?`,
		`delete from person_key where person_id = ?`,
		`delete from delegation where person_id = ?`,
		`delete from membership where person_id = ?`,
		`delete from passport where person_id = ?`,
		`delete from person where id = ?`,
	} {
		if _, err := tx.ExecContext(ctx, sql, who.UUID); err != nil {
			return err
		}
	}
	_, err = tx.ExecContext(ctx, `update delegation set author_id = ? where author_id = ?`, uuid.Nil, who.UUID)
	return err
}

// purge forgets delegations five years after their end. People themselves are erased by hand, from a list, once their
// entitlement has ended: no clock does it.
func purge(ctx context.Context, tx db.Tx) (int, error) {
	res, err := tx.ExecContext(ctx, `
		delete from delegation where ctid in (
			select ctid from delegation where coalesce(ends_on, withdrawn_at::date) < (?::timestamptz - interval '5 years')::date limit ?)`, tx.Now(), privacy.Batch)
	if err != nil {
		return 0, err
	}
	n, err := res.RowsAffected()
	return int(n), err
}
