package demo

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/school"
)

// schoolSheet is the establishment that is being written.
type schoolSheet struct {
	space   *space
	key     string
	base    int // of the keys of its people
	keys    map[uuid.UUID]int
	ties    map[*member][]tie
	arrived map[uuid.UUID]bool // since the feed before
	pupils  []*member
}

// fate is what has become of a person since the feed before. The zero value is nothing.
type fate struct {
	gone    bool
	arrived bool
	only    []string // attributes that have changed
	called  string   // the usual name, where it is no longer that of birth
}

// school writes an establishment and its pupils, and notes its grown-ups.
func (s *sampler) school(sp *space, index int) {
	before := s.last
	sheet := &schoolSheet{space: sp, key: strconv.Itoa(4000 + index), base: 10_000_000 + index*10_000, keys: map[uuid.UUID]int{},
		ties: map[*member][]tie{}, arrived: map[uuid.UUID]bool{}}
	s.last = sheet
	s.report.Schools++
	s.arrivals(sheet)
	for n, p := range sp.persons {
		sheet.keys[p.id] = sheet.base + n
	}
	for _, t := range sp.ties {
		sheet.ties[t.child] = append(sheet.ties[t.child], t)
	}
	for _, m := range sp.members {
		if m.profile == school.Pupil && m.ends.IsZero() {
			sheet.pupils = append(sheet.pupils, m)
		}
	}
	homonyms(sheet.pupils)
	s.structure(sheet)
	for n, m := range sheet.pupils {
		s.pupil(sheet, before, m, n)
	}
	for _, m := range sp.members {
		if m.ends.IsZero() && functionOf(m) != "" {
			s.work(sheet, m)
		}
	}
}

// arrivals adds pupils who were not in the feed before.
func (s *sampler) arrivals(sheet *schoolSheet) {
	sp := sheet.space
	if s.options.Change == 0 {
		return
	}
	for range 1 + int(s.options.Change*float64(sp.count(school.Pupil))/4) {
		old := len(sp.persons)
		f := sp.newFamily()
		c := pick(sp.rng, sp.classes)
		m := sp.join(sp.child(f, sp.year.StartsOn.Year()-c.level.age), school.Pupil, "", 0)
		m.classes = []*class{c}
		sp.bind(f, m)
		for _, p := range sp.persons[old:] {
			sheet.arrived[p.id] = true
		}
	}
}

// homonyms gives some pupils the names of others, and one of them the day of birth too.
func homonyms(pupils []*member) {
	for n := 0; n+120 < len(pupils); n += 230 {
		one, other := pupils[n].person, pupils[n+120].person
		other.given, other.family = one.given, one.family
		if n%460 == 0 {
			other.born = one.born
		}
	}
}

func (s *sampler) structure(sheet *schoolSheet) {
	t, sp := sheet.space.tenant, sheet.space
	nature := natures[t.Nature]
	uai := t.UAI
	contract, siret := "PU", "19"+uai[1:7]+"00019"
	if t.Sector == "private" {
		contract, siret = "CA", ""
	}
	classes, groups := make([]string, 0, len(sp.classes)), make([]string, 0, len(sp.groups))
	for _, c := range sp.classes {
		p := programmeOf(c.name)
		classes = append(classes, c.name+"$"+strings.ToUpper(c.level.name)+" "+c.name+"$"+p.code)
	}
	for _, g := range sp.groups {
		groups = append(groups, g.name+"$"+g.name)
	}
	if s.one(sheet.base, "no classes", 9) {
		classes, groups = nil, nil // they are made when somebody is in them
	}
	if s.options.Delta {
		return
	}
	out := s.out
	out.write("EtabEducNat", sheet.key, nil, func() {
		out.attr("ENTStructureJointure", sheet.key)
		out.attr("ENTStructureUAI", uai)
		out.attr("ENTEtablissementUAI", uai)
		out.attr("ENTStructureSIREN", siret)
		out.attr("ENTStructureNomCourant", "ETB$"+strings.ToUpper(t.Name)+"$"+strings.ToUpper(t.City))
		out.attr("ENTStructureTypeStruct", nature[1])
		out.attr("ENTStructureCodeTypeStruct", nature[0])
		out.attr("ENTEtablissementMinistereTutelle", "MINISTERE DE L'EDUCATION NATIONALE")
		out.attr("ENTEtablissementCodeMinistereTutelle", "06")
		out.attr("ENTEtablissementContrat", contract)
		out.attr("postOfficeBox")
		out.attr("street", strconv.Itoa(1+sheet.base%90)+" "+streets[sheet.base/10_000%len(streets)])
		out.attr("postalCode", t.Department+"000")
		out.attr("l", strings.ToUpper(t.City))
		out.attr("telephoneNumber", "+33 2 40 00 00 00")
		out.attr("facsimileTelephoneNumber")
		out.attr("ENTStructureMailSI", "ce."+strings.ToLower(uai)+"@etablissement.example.org")
		out.attr("ENTEtablissementStructRattachFctl")
		out.attr("ENTEtablissementBassin", "170"+t.Department+"$BASSIN "+t.Department)
		out.attr("ENTServAcAcademie", "NANTES")
		out.attr("ENTServAcCodeAcademie", "017")
		out.attr("ENTStructureClasses", classes...)
		out.attr("ENTStructureGroupes", groups...)
	})
}

// emit writes a record as the feed's kind has it.
func (s *sampler) emit(category string, key int, f fate, attributes func()) {
	if f.gone || f.arrived || f.only != nil {
		s.report.Changed++
	}
	switch id := keyText(key); {
	case !s.options.Delta && f.gone, s.options.Delta && !f.gone && !f.arrived && f.only == nil:
	case f.gone:
		s.out.drop(category, id)
	case s.options.Delta && !f.arrived:
		s.out.write(category, id, f.only, attributes)
	default:
		s.out.write(category, id, nil, attributes)
	}
}

// identity writes what all people have.
func (s *sampler) identity(p *person, key int, born bool, f fate) {
	title := "M."
	if p.kin.female() {
		title = "Mme"
	}
	if s.one(key, "title", 70) {
		title = ""
	}
	day := ""
	if born {
		day = p.born.Format(frenchDay)
	}
	out := s.out
	out.attr("ENTPersonJointure", keyText(key))
	out.attr("ENTPersonDateNaissance", day)
	out.attr("ENTPersonNomPatro", upper(p.family))
	out.attr("sn", upper(cmp.Or(f.called, p.family)))
	out.attr("givenName", p.given)
	out.attr("ENTPersonAutresPrenoms", p.given)
	out.attr("personalTitle", title)
}

// upper writes a family name as most academies do.
func upper(name string) string { return strings.ToUpper(name) }

// home writes where somebody lives.
func (s *sampler) home(household int, city, department string) {
	out := s.out
	line := strconv.Itoa(1+s.dice(household, "number", 120)) + " " + streets[s.dice(household, "street", len(streets))]
	second := ""
	if s.one(household, "building", 5) {
		second = "Bât. B"
	}
	out.attr("ENTPersonAdresse", line+"$"+second+"$$")
	out.attr("ENTPersonCodePostal", department+fmt.Sprintf("%03d", s.dice(household, "code", 90)*10))
	out.attr("ENTPersonVille", strings.ToUpper(city))
	out.attr("ENTPersonPays", "FRANCE")
}

// nomenclatures writes the two lists that are not of people.
func (s *sampler) nomenclatures() {
	if s.options.Delta {
		return
	}
	out := s.out
	for _, t := range taughts {
		out.write("MatiereEducNat", t.code, nil, func() {
			out.attr("ENTMatJointure", t.code)
			out.attr("ENTLibelleMatiere", t.label)
			out.attr("ENTMatiereRattach")
		})
	}
	for _, p := range programmes {
		out.write("MefEducNat", p.code, nil, func() {
			out.attr("ENTMefJointure", p.code)
			out.attr("ENTLibelleMef", p.label)
			out.attr("ENTMEFRattach", p.code)
			out.attr("ENTMEFSTAT11", "21"+p.code[:9])
			out.attr("ENTNivFormation", p.level)
			out.attr("ENTFiliere", p.label)
		})
	}
}

// technical writes what a territory has beside schools: a zone of replacement with a teacher who has no class, and an
// establishment that the registry does not know.
func (s *sampler) technical() {
	if s.options.Delta {
		return
	}
	out := s.out
	out.write("EtabEducNat", "3999", nil, func() {
		out.attr("ENTStructureJointure", "3999")
		for _, name := range []string{"ENTStructureUAI", "ENTStructureSIREN", "ENTEtablissementContrat", "street", "l"} {
			out.attr(name)
		}
		out.attr("ENTStructureNomCourant", "Z.REMP-BASSIN DE NANTES")
		out.attr("ENTStructureTypeStruct", "SANS OBJET")
	})
	out.write("EtabEducNat", "3998", nil, func() {
		out.attr("ENTStructureJointure", "3998")
		out.attr("ENTStructureUAI", "0449901Y")
		out.attr("ENTStructureNomCourant", "CLG$COLLEGE FERME JEAN DES VIGNES$NANTES")
		out.attr("ENTStructureTypeStruct", "COLLEGE")
	})
	for n := range 3 {
		key := 9_900_000 + n
		p := &person{given: "Dominique", family: "Remplaçant", born: s.year.AddDate(-40-n, 0, 0)}
		out.write("PersEducNat", keyText(key), nil, func() {
			s.identity(p, key, true, fate{})
			out.attr("mail")
			out.attr("ENTPersonStructRattach", "3999")
			out.attr("ENTPersonFonctions", "3999$-$SANS OBJET$-$SANS OBJET")
			out.attr("PersEducNatPresenceDevantEleves", "N")
		})
		s.report.Staff++
	}
}

// without takes out what is there more than once, in order.
func without(all []string) []string {
	var kept []string
	for _, v := range all {
		if !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}
