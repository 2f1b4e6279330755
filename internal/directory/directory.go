package directory

import (
	"context"
	"fmt"
	"time"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// Directory answers about the people of the context's space.
type Directory struct{ db *db.DB }

// New makes the directory of the house.
func New(d *db.DB) *Directory { return &Directory{db: d} }

// Class is a class of the current school year.
type Class struct {
	ID     school.ClassID
	Name   string
	Level  string
	Pupils int // who are members today
}

// Group is a teaching group of the current school year.
type Group struct {
	ID     school.GroupID
	Name   string
	Pupils int
}

// Member is a person as a class knows it.
type Member struct {
	Person     school.PersonID
	Profile    school.Profile
	GivenName  string
	FamilyName string
	Function   string
	Form       bool // form teacher of the class
}

// Page asks for a part of a list. The zero value asks for the first hundred.
type Page struct {
	Number int // from 0
	Size   int // 100 at the most
}

const pageSize = 100

func (p Page) bounds() (limit, offset int) {
	limit = p.Size
	if limit <= 0 || limit > pageSize {
		limit = pageSize
	}
	return limit, max(p.Number, 0) * limit
}

// CurrentYear is the school year of today. An establishment that has none gives NotFound.
func (d *Directory) CurrentYear(ctx context.Context) (Year, error) {
	var year Year
	err := d.db.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		year, err = yearOn(ctx, tx, Day(tx.Now()))
		return err
	})
	if db.NoRows(err) {
		return Year{}, fault.Missing()
	}
	if err != nil {
		return Year{}, fmt.Errorf("read the school year: %w", err)
	}
	return year, nil
}

// Classes lists the classes of the current school year, in the order of their names.
func (d *Directory) Classes(ctx context.Context) ([]Class, error) {
	var classes []Class
	err := d.db.Batch(ctx, func(b *db.Batch) { queueClasses(b, &classes, d.today(ctx)) })
	return classes, wrap("list classes", err)
}

// Groups lists the teaching groups of the current school year, in the order of their names.
func (d *Directory) Groups(ctx context.Context) ([]Group, error) {
	var groups []Group
	err := d.db.Batch(ctx, func(b *db.Batch) { queueGroups(b, &groups, d.today(ctx)) })
	return groups, wrap("list groups", err)
}

// ClassMembers lists the pupils and the teachers of a class by name, and tells whether there are more than the page
// holds. A class of another space has none.
func (d *Directory) ClassMembers(ctx context.Context, class school.ClassID, p Page) (members []Member, more bool, err error) {
	limit, offset := p.bounds()
	err = d.db.Batch(ctx, func(b *db.Batch) { queueClassMembers(b, &members, class, d.today(ctx), limit+1, offset) })
	if err != nil {
		return nil, false, wrap("list the members of a class", err)
	}
	if len(members) > limit {
		return members[:limit], true, nil
	}
	return members, false, nil
}

// Names gives the names of people as the space knows them, in one question. Who never was a member here is absent from
// the answer.
func (d *Directory) Names(ctx context.Context, people []school.PersonID) (map[school.PersonID]string, error) {
	if len(people) == 0 {
		return map[school.PersonID]string{}, nil
	}
	var names []named
	err := d.db.Batch(ctx, func(b *db.Batch) { queueNames(b, &names, people) })
	if err != nil {
		return nil, wrap("read names", err)
	}
	out := make(map[school.PersonID]string, len(names))
	for _, n := range names {
		out[n.person] = n.name
	}
	return out, nil
}

func (d *Directory) today(ctx context.Context) time.Time { return Day(d.db.NowIn(ctx)) }

func wrap(doing string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", doing, err)
}
