package feed

import (
	"cmp"
	"context"
	"slices"

	"elyco/internal/aaf"
	"elyco/internal/fault"
)

// Academy is the source that reads what the rectorat sends. Its people are those of one academy: their keys are unique
// there, whatever their establishments.
type Academy struct {
	feed    *aaf.Feed
	header  Header
	meaning aaf.Meaning
}

// academySource is what keys of the academy's feeds are kept under.
const academySource = "aaf"

// OpenAcademy opens a feed of the academy: a folder, an archive or a file. Label is what people call it. What cannot be a
// whole feed is refused with an *aaf.SyntaxError, in words for people. The source is to be closed.
func OpenAcademy(ctx context.Context, path, label string) (*Academy, error) {
	f, err := aaf.Open(path)
	if err != nil {
		return nil, err
	}
	a := &Academy{feed: f, header: Header{Source: academySource, Kind: Complete, Day: f.Date, Label: label}}
	if f.Delta {
		a.header.Kind = Delta
	}
	if a.meaning, err = f.Meaning(ctx); err != nil {
		return nil, cmp.Or(err, f.Close())
	}
	return a, nil
}

// Close gives back what the source holds open.
func (a *Academy) Close() error { return a.feed.Close() }

// Header says what the feed is.
func (a *Academy) Header() Header { return a.header }

// Whole asks that all of the feed be compared with the house.
func (a *Academy) Whole(yes bool) { a.header.Whole = yes }

// Missing lists the categories of records for which the feed has no file, in the words of the format.
func (a *Academy) Missing() []string {
	var names []string
	for _, c := range a.feed.Missing() {
		names = append(names, string(c))
	}
	return names
}

// Rows reads the feed. What is odd in a record, and does not keep it from being read, is a row of its own with a Problem
// before that of the record.
func (a *Academy) Rows(ctx context.Context, yield func(*Row) error) error {
	var refused error
	tell := func(n aaf.Notice) {
		if refused != nil {
			return
		}
		row := Row{File: n.File, Line: n.Line, Problem: n.Words}
		if n.Attribute != "" {
			row.Problem = n.Attribute + " : " + n.Words
		}
		refused = yield(&row)
	}
	seen := map[aaf.Category]bool{}
	err := a.feed.Each(ctx, func(r *aaf.Record) error {
		seen[r.Category] = true
		row := a.row(r, tell)
		if refused != nil {
			return refused
		}
		return yield(&row)
	}, tell)
	if err != nil || a.header.Kind == Delta {
		return err
	}
	return whole(seen)
}

// whole refuses a complete feed in which nobody of a kind is: its file was cut short or is another's, and everybody of
// that kind would count as missing.
func whole(seen map[aaf.Category]bool) error {
	for _, c := range []aaf.Category{aaf.Structures, aaf.Pupils, aaf.Relatives, aaf.StaffMembers} {
		if !seen[c] {
			return fault.New(fault.Invalid, "Ce flux complet n’est pas entier : ses fichiers "+string(c)+" sont vides. Rien n’est changé.")
		}
	}
	return nil
}

var operations = map[aaf.Operation]Operation{aaf.Add: Put, aaf.Modify: Modify, aaf.Delete: Drop}

func (a *Academy) row(r *aaf.Record, tell func(aaf.Notice)) Row {
	row := Row{Operation: operations[r.Operation], File: r.File, Line: r.Line}
	switch r.Category {
	case aaf.Structures:
		row.Structure = academyStructure(r.Structure(tell))
	case aaf.Subjects:
		s := r.Subject()
		row.Subject = &Subject{Code: s.Code, Label: s.Label}
	case aaf.Programmes:
		p := r.Programme()
		row.Programme = &Programme{Code: p.Code, Label: p.Label, Level: p.Level}
	case aaf.Pupils:
		row.Pupil = a.pupil(r.Pupil(tell))
	case aaf.Relatives:
		row.Relative = &Relative{academyPerson(r.Relative(tell).Person)}
	case aaf.StaffMembers:
		row.Staff = academyStaff(r.Staff(tell))
	}
	if row.Operation == Modify {
		row.Given = given(r, tell)
	}
	return row
}

func academyStructure(s aaf.Structure) *Structure {
	out := &Structure{Key: s.Key, UAI: s.UAI}
	// Recent feeds write an abbreviation, the name and the city; old ones one piece.
	switch n := len(s.Name); {
	case n > 1:
		out.Name = s.Name[1]
	case n == 1:
		out.Name = s.Name[0]
	}
	for _, c := range s.Classes {
		out.Classes = append(out.Classes, ClassEntry(c))
	}
	for _, g := range s.Groups {
		out.Groups = append(out.Groups, GroupEntry(g))
	}
	return out
}

func academyPerson(p aaf.Person) Person {
	return Person{Key: p.Key, GivenName: p.Given, FamilyName: p.Family, BirthDate: p.Born, Email: p.Mail}
}

func (a *Academy) pupil(p aaf.Pupil) *Pupil {
	out := &Pupil{Person: academyPerson(p.Person), INE: p.INE, Home: p.Structure, Programme: p.Programme, Level: cmp.Or(p.Level, p.ProgrammeLabel)}
	for _, c := range p.Classes {
		out.Classes = append(out.Classes, Place(c))
	}
	for _, g := range p.Groups {
		out.Groups = append(out.Groups, Place(g))
	}
	for _, t := range p.Ties {
		// One old code strayed into a recent feed must not make a legal guardian of who is not.
		if a.meaning == aaf.ByStatus {
			t = t.Modern()
		}
		out.Ties = append(out.Ties, Tie{Relative: t.Relative, Link: t.Code, Legal: t.Legal, Pays: t.Pays, Contact: t.Contact,
			Home: slices.Contains(p.LivesWith, t.Relative)})
	}
	return out
}

func academyStaff(s aaf.Staff) *Staff {
	out := &Staff{Person: academyPerson(s.Person)}
	if len(s.Attached) > 0 {
		out.Home = s.Attached[0]
	}
	directs := map[string]bool{}
	for _, f := range s.Functions {
		if f.Void() {
			continue
		}
		directs[f.Structure] = directs[f.Structure] || f.Code == direction
		out.Functions = append(out.Functions, Function{Structure: f.Structure, Code: f.Code, Label: f.Label, Discipline: f.DisciplineLabel})
	}
	for _, structure := range s.Heads {
		if !directs[structure] {
			directs[structure] = true
			out.Functions = append(out.Functions, Function{Structure: structure, Code: direction, Label: "DIRECTION"})
		}
	}
	for _, c := range s.HeadOfClasses {
		out.Forms = append(out.Forms, Place(c))
	}
	for _, l := range s.Classes {
		out.Lessons = append(out.Lessons, Lesson{Structure: l.Structure, Class: l.Code, Subject: l.Subject})
	}
	for _, l := range s.Groups {
		out.Lessons = append(out.Lessons, Lesson{Structure: l.Structure, Group: l.Code, Subject: l.Subject})
	}
	return out
}

// direction is the code of the function of those who head an establishment.
const direction = "DIR"

// parts says which attributes a part of a record is made of. All must be named for the part to be replaced: half of a list
// would take the other half away.
var parts = map[aaf.Category][]struct {
	part Fields
	all  []string
}{
	aaf.Pupils: {{GivenName, []string{"givenName"}}, {FamilyName, []string{"sn"}}, {BirthDate, []string{"ENTPersonDateNaissance"}},
		{Email, []string{"mail"}}, {INE, []string{"ENTEleveINE"}}, {Home, []string{"ENTPersonStructRattach"}},
		{Level, []string{"ENTEleveMEF"}}, {Classes, []string{"ENTEleveClasses"}},
		{Groups, []string{"ENTEleveGroupes"}}, {Ties, []string{"ENTElevePersRelEleve"}}},
	aaf.Relatives: {{GivenName, []string{"givenName"}}, {FamilyName, []string{"sn"}}, {BirthDate, []string{"ENTPersonDateNaissance"}},
		{Email, []string{"mail"}}},
	aaf.StaffMembers: {{GivenName, []string{"givenName"}}, {FamilyName, []string{"sn"}}, {BirthDate, []string{"ENTPersonDateNaissance"}},
		{Email, []string{"mail"}}, {Home, []string{"ENTPersonStructRattach"}}, {Classes, []string{"ENTAuxEnsClassesPrincipal"}},
		{Functions, []string{"ENTPersonFonctions"}}, {Lessons, []string{"ENTAuxEnsClassesMatieres", "ENTAuxEnsGroupesMatieres"}}},
}

// vital are the parts that a person is never without: a modification that names them empty says nothing.
const vital = FamilyName

// given says what a modification replaces. A part of which it names only some attributes waits for the next complete feed.
func given(r *aaf.Record, tell func(aaf.Notice)) Fields {
	var fields Fields
	for _, p := range parts[r.Category] {
		named := 0
		for _, attribute := range p.all {
			if r.Has(attribute) {
				named++
			}
		}
		switch {
		case named == 0 || p.part == vital && r.One(p.all[0]) == "":
		case named == len(p.all):
			fields |= p.part
		default:
			tell(aaf.Notice{File: r.File, Line: r.Line, Category: r.Category, ID: r.ID, Attribute: p.all[0],
				Words: "la modification n’en dit qu’une partie ; le prochain annuaire complet la reprendra"})
		}
	}
	return fields
}
