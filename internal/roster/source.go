package roster

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"time"

	"elyco/internal/feed"
	"elyco/internal/school"
	"elyco/internal/words"
)

// School is the establishment that a list is of.
type School struct {
	ID   school.ScopeID
	UAI  string
	Name string
}

// Source is a list as the directory's engine takes it. Pupils and staff are two sources, so that a list of the ones never
// says that the others have left.
type Source struct {
	list  *List
	of    School
	day   time.Time
	label string
}

// NewSource makes a source of a list that was compiled on a day; label is the name of its file.
func NewSource(l *List, of School, day time.Time, label string) *Source {
	return &Source{list: l, of: of, day: day, label: label}
}

// Header says that the list is all that the school has, and that it speaks for the school alone.
func (s *Source) Header() feed.Header {
	name := "csv:"
	if s.list.Kind == Staff {
		name = "csvstaff:"
	}
	return feed.Header{Source: name + strconv.FormatInt(int64(s.of.ID), 10), Kind: feed.Complete, Day: s.day, Label: s.label, Only: s.of.ID}
}

// Rows gives the school, the guardians and the people of the list, and its problems. Lines are those of the file.
func (s *Source) Rows(ctx context.Context, yield func(*feed.Row) error) error {
	give := func(line int, row feed.Row) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		row.Operation, row.File, row.Line = feed.Put, s.label, line
		return yield(&row)
	}
	err := give(1, feed.Row{Structure: &feed.Structure{Key: s.key(), UAI: s.of.UAI, Name: s.of.Name}})
	if err != nil {
		return err
	}
	if err := s.subjects(give); err != nil {
		return err
	}
	for _, p := range s.list.Problems {
		if err := give(p.Line, feed.Row{Problem: p.Field + " : " + p.Words}); err != nil {
			return err
		}
	}
	if err := s.pupils(give); err != nil {
		return err
	}
	return s.staff(give)
}

// key is what the list calls the school: what it is called in the registry.
func (s *Source) key() string { return cmp.Or(s.of.UAI, strconv.FormatInt(int64(s.of.ID), 10)) }

type giver func(line int, row feed.Row) error

// subjects names what staff teach. A school's list has no codes: a subject is called by its name.
func (s *Source) subjects(give giver) error {
	seen := map[string]bool{}
	for _, m := range s.list.Staff {
		code := words.Fold(m.Subject)
		if code == "" || seen[code] {
			continue
		}
		seen[code] = true
		if err := give(m.Line, feed.Row{Subject: &feed.Subject{Code: code, Label: m.Subject}}); err != nil {
			return err
		}
	}
	return nil
}

func (s *Source) pupils(give giver) error {
	written := map[string]bool{}
	for _, p := range s.list.Pupils {
		row := &feed.Pupil{Person: p.Person, INE: p.INE, Home: s.key(), Level: p.Level}
		if p.Class != "" {
			row.Classes = []feed.Place{{Structure: s.key(), Code: p.Class}}
		}
		for _, g := range p.Groups {
			row.Groups = append(row.Groups, feed.Place{Structure: s.key(), Code: g})
		}
		for _, g := range p.Guardians {
			// Whom a list calls a legal guardian is one; two have equal rights.
			row.Ties = append(row.Ties, feed.Tie{Relative: g.Person.Key, Link: g.Link, Legal: 1, Contact: true})
			if written[g.Person.Key] {
				continue
			}
			written[g.Person.Key] = true
			if err := give(p.Line, feed.Row{Relative: &feed.Relative{Person: g.Person}}); err != nil {
				return err
			}
		}
		if err := give(p.Line, feed.Row{Pupil: row}); err != nil {
			return err
		}
	}
	return nil
}

func (s *Source) staff(give giver) error {
	for _, m := range s.list.Staff {
		row := &feed.Staff{Person: m.Person, Home: s.key(), Functions: []feed.Function{{Structure: s.key(), Code: m.Code, Label: m.Function, Discipline: m.Subject}}}
		for _, c := range m.Classes {
			row.Lessons = append(row.Lessons, feed.Lesson{Structure: s.key(), Class: c, Subject: words.Fold(m.Subject)})
		}
		for _, c := range m.Forms {
			row.Forms = append(row.Forms, feed.Place{Structure: s.key(), Code: c})
		}
		if err := give(m.Line, feed.Row{Staff: row}); err != nil {
			return err
		}
	}
	return nil
}

// Sorted gives the problems by line, those that leave a line out first, at the most n.
func (l *List) Sorted(n int) []Problem {
	all := slices.Clone(l.Problems)
	slices.SortStableFunc(all, func(a, b Problem) int {
		if a.Left != b.Left {
			if a.Left {
				return -1
			}
			return 1
		}
		return cmp.Compare(a.Line, b.Line)
	})
	return all[:min(n, len(all))]
}
