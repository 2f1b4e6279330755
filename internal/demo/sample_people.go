package demo

import (
	"fmt"
	"strconv"
	"strings"
)

// legalAge is from when a pupil answers alone.
const legalAge = 18

// pupil writes a pupil and notes the relatives. n is the place among the school's pupils.
func (s *sampler) pupil(sheet, before *schoolSheet, m *member, n int) {
	key := sheet.keys[m.id]
	f := fate{arrived: sheet.arrived[m.id]}
	class, cut := m.classes[0], false
	if !f.arrived && s.changes(key) {
		switch s.dice(key, "fate", 4) {
		case 0:
			f.gone = true
		case 1:
			f.only = []string{"ENTEleveClasses", "ENTEleveDateEntreeClasses"}
			class = neighbour(sheet.space.classes, class)
		case 2:
			f.only, cut = []string{"ENTElevePersRelEleve"}, true
		case 3:
			f.only = []string{"sn"}
			f.called = m.family + "-" + pick(sheet.space.rng, s.names.origins[0].families)
		}
	}
	s.report.Pupils++
	ties, homes := s.ties(sheet, m, key, cut)
	mef := programmeOf(class.name)
	places := []string{sheet.key + "$" + class.name}
	if before != nil && s.one(key, "two schools", 900) {
		places = append(places, before.key+"$"+before.space.classes[0].name)
	}
	var groups []string
	for _, g := range m.groups {
		groups = append(groups, sheet.key+"$"+g.name)
	}
	labels, codes := followed(sheet.space)
	out, t := s.out, sheet.space.tenant
	s.emit("Eleve", key, f, func() {
		s.identity(m.person, key, true, f)
		out.attr("ENTEleveINE", s.ine(sheet, key))
		out.attr("ENTEleveStructRattachId", strconv.Itoa(200_000+n))
		out.attr("ENTElevePersRelEleve", ties...)
		out.attr("ENTEleveBoursier", []string{"N", "N", "N", "O"}[s.dice(key, "grant", 4)])
		out.attr("ENTEleveRegime", regimes[s.dice(key, "lodging", len(regimes))])
		out.attr("ENTEleveTransport", []string{"N", "O"}[s.dice(key, "bus", 2)])
		s.home(household(homes, key), t.City, t.Department)
		out.attr("ENTEleveAdresseRel", homes...)
		out.attr("ENTEleveStatutEleve", s.status(class, key))
		out.attr("ENTEleveMEF", mef.code)
		out.attr("ENTEleveLibelleMEF", mef.label)
		out.attr("ENTEleveNivFormation", mef.level)
		out.attr("ENTEleveFiliere", mef.label)
		out.attr("ENTEleveEnseignements", labels...)
		out.attr("ENTEleveCodeEnseignements", codes...)
		out.attr("ENTPersonStructRattach", sheet.key)
		out.attr("ENTEleveDateEntreeClasses", sheet.key+"$"+s.year.Format(frenchDay)+"$"+class.name)
		out.attr("ENTEleveDateSortieClasses")
		out.attr("ENTEleveDateEntreeStructRattach", m.starts.Format(frenchDay))
		out.attr("ENTEleveClasses", places...)
		out.attr("ENTEleveGroupes", groups...)
		out.attr("mail")
		out.attr("homePhone")
		if s.one(key, "unknown", 300) {
			out.attr("ENTEleveDispositifInclusif", "ULIS TFC")
		}
	})
}

// neighbour is another class of the same programme, or the class itself when there is none.
func neighbour(all []*class, of *class) *class {
	for _, c := range all {
		if c != of && programmeOf(c.name) == programmeOf(of.name) {
			return c
		}
	}
	return of
}

// ine is the national number: some pupils have none, and some that of another.
func (s *sampler) ine(sheet *schoolSheet, key int) string {
	switch {
	case s.one(key, "no ine", 150):
		return ""
	case s.one(key, "ine twice", 4_000):
		key = sheet.base
	}
	return fmt.Sprintf("%09d%c%c", 140_000_000+key, 'A'+key%23, 'A'+key/23%23)
}

func (s *sampler) status(c *class, key int) string {
	if strings.Contains(c.name, "CAP") && s.one(key, "apprentice", 4) {
		return "APPRENTI"
	}
	return "SCOLAIRE"
}

// followed lists the subjects of the school, as two lists that run side by side.
func followed(sp *space) (labels, codes []string) {
	for _, sub := range subjectsOf(sp.tenant) {
		t := taughtOf(sub.name)
		labels, codes = append(labels, t.label), append(codes, t.code)
	}
	return labels, codes
}

// household makes those who live together live in one place.
func household(homes []string, key int) int {
	if len(homes) > 0 {
		if n, err := strconv.Atoi(homes[0]); err == nil {
			return n
		}
	}
	return key
}

// ties writes the relatives of a pupil, and notes them. cut takes authority from the last one.
func (s *sampler) ties(sheet *schoolSheet, m *member, key int, cut bool) (ties, homes []string) {
	all := sheet.ties[m]
	alone := s.one(key, "no relative", 33)
	for i, t := range all {
		a := s.adult(t.guardian.person, sheet.keys[t.guardian.id], true)
		a.arrived = a.arrived || sheet.arrived[a.id]
		if alone {
			continue
		}
		a.pupils = append(a.pupils, key)
		legal := "0"
		if t.rank > 0 {
			legal = "1"
		}
		switch {
		case cut && i == len(all)-1:
			legal = "0"
		case t.rank == 0 && i > 0:
			legal = "2"
		case s.one(key, "no rank", 700):
			legal = ""
		}
		ties = append(ties, strings.Join([]string{keyText(a.key), kinCodes[t.kind], digit(t.pays), legal, digit(i < 2), digit(i == 0)}, "$"))
		if t.livesWith {
			homes = append(homes, keyText(a.key))
		}
	}
	own := sheet.base + 9_000 + key%900
	switch {
	case s.year.Year()-m.born.Year() >= legalAge:
		ties = append(ties, keyText(own)+"$70$1$1$1$0")
		s.lone(own, &person{given: m.given, family: m.family, kin: m.kin}, key)
	case s.one(key, "ward of a service", 400):
		ties = append(ties, keyText(sheet.base+9_950)+"$51$1$1$1$1")
		s.lone(sheet.base+9_950, &person{family: "Service ASE du département"}, key)
	case s.one(key, "absent relative", 1_500):
		ties = append(ties, keyText(own)+"$39$0$0$1$0")
	}
	return ties, homes
}

// lone writes at once a relative whom no other school knows.
func (s *sampler) lone(key int, p *person, pupil int) {
	if p.given == "" && s.told[key] {
		return
	}
	s.told[key] = true
	s.relative(&adult{person: p, key: key, relative: true, pupils: []int{pupil}})
}

func digit(b bool) string {
	if b {
		return "1"
	}
	return "0"
}

// relative writes a relative.
func (s *sampler) relative(a *adult) {
	f := fate{arrived: a.arrived}
	mail := a.email
	if s.one(a.key, "no mail", 4) {
		mail = ""
	}
	if !f.arrived && a.given != "" && s.changes(a.key) {
		if s.one(a.key, "fate", 3) {
			f.only = []string{"sn"}
			f.called = a.family + "-" + s.names.origins[0].families[a.key%len(s.names.origins[0].families)]
		} else {
			f.only, mail = []string{"mail"}, keyText(a.key)+"@nouveau.example.org"
		}
	}
	s.report.Relatives++
	pupils := make([]string, 0, len(a.pupils))
	for _, p := range a.pupils {
		pupils = append(pupils, keyText(p))
	}
	t, out := s.last.space.tenant, s.out
	s.emit("PersRelEleve", a.key, f, func() {
		s.identity(a.person, a.key, false, f)
		out.attr("homePhone", fmt.Sprintf("+33 2 40 00 %02d %02d", s.dice(a.key, "phone", 100), a.key%100))
		out.attr("telephoneNumber")
		out.attr("mobile", fmt.Sprintf("+33 6 00 00 %02d %02d", s.dice(a.key, "mobile", 100), a.key%100))
		out.attr("ENTPersonMobileSMS", fmt.Sprintf("+33 6 00 00 %02d %02d", s.dice(a.key, "mobile", 100), a.key%100))
		out.attr("mail", mail)
		s.home(a.key, t.City, t.Department)
		out.attr("ENTPersonAdresseDiffusion", []string{"O", "N"}[s.dice(a.key, "share", 2)])
		out.attr("ENTAuxPersRelEleveEleve", pupils...)
	})
}

// work is what the schools say of one of their staff.
type work struct {
	department                                    string
	structures, functions, classes, groups, forms []string
	plain                                         []string // classes as old feeds say them
	teaches                                       bool
}

// work notes what a member of staff does in the school.
func (s *sampler) work(sheet *schoolSheet, m *member) {
	a := s.adult(m.person, sheet.keys[m.id], false)
	w := &a.work
	w.structures = append(w.structures, sheet.key)
	w.functions = append(w.functions, sheet.key+"$"+functionOf(m))
	w.teaches = w.teaches || len(m.classes) > 0
	code := taughtOf(m.function).code
	for _, c := range m.classes {
		w.plain = append(w.plain, sheet.key+"$"+c.name)
		w.classes = append(w.classes, sheet.key+"$"+c.name+"$"+code)
	}
	for _, g := range m.groups {
		w.groups = append(w.groups, sheet.key+"$"+g.name+"$"+code)
	}
	if m.form != nil {
		w.forms = append(w.forms, sheet.key+"$"+m.form.name)
	}
	// A nurse or a psychologist goes round several schools.
	if strings.HasPrefix(functionOf(m), "MDS$") || strings.HasPrefix(functionOf(m), "ORI$") {
		for n := 1; n <= s.dice(a.key, "round", 5); n++ {
			w.functions = append(w.functions, strconv.Itoa(4000+(sheet.base-10_000_000)/10_000-n)+"$"+functionOf(m))
		}
	}
	if s.one(a.key, "also nothing", 60) {
		w.functions = append(w.functions, sheet.key+"$-$SANS OBJET$-$SANS OBJET")
	}
}

// staff writes a member of staff.
func (s *sampler) staff(a *adult) {
	var f fate
	w := a.work
	if s.changes(a.key) {
		switch s.dice(a.key, "fate", 3) {
		case 0:
			f.gone = true
		case 1:
			f.only = []string{"sn"}
			f.called = a.family + "-" + s.names.origins[0].families[a.key%len(s.names.origins[0].families)]
		case 2:
			f.only = []string{"ENTPersonFonctions"}
			w.functions = append(w.functions, s.last.key+"$"+strings.SplitN(w.functions[0], "$", 2)[1])
		}
	}
	s.report.Staff++
	before := "N"
	if w.teaches && !s.one(a.key, "before pupils", 2) {
		before = "O"
	}
	mail := a.email
	if s.one(a.key, "no mail", 40) {
		mail = ""
	}
	out := s.out
	s.emit("PersEducNat", a.key, f, func() {
		s.identity(a.person, a.key, true, f)
		out.attr("mail", mail)
		out.attr("ENTPersonStructRattach", w.structures[0])
		out.attr("ENTAuxEnsCategoDiscipline", "13$"+strings.Split(w.functions[0], "$")[2])
		out.attr("ENTAuxEnsDisciplinesPoste", strings.Split(w.functions[0], "$")[2]+"$13")
		out.attr("ENTAuxEnsClasses", append(w.plain, w.plain...)...)
		out.attr("ENTAuxEnsGroupes")
		out.attr("ENTAuxEnsClassesMatieres", w.classes...)
		out.attr("ENTAuxEnsGroupesMatieres", w.groups...)
		out.attr("ENTAuxEnsClassesPrincipal", append(w.forms, w.forms...)...)
		out.attr("ENTPersonFonctions", without(w.functions)...)
		out.attr("PersEducNatPresenceDevantEleves", before)
		if s.one(a.key, "dated", 50) {
			out.attr("ENTAuxEnsClassesPrincipalDate", "01/09/"+strconv.Itoa(s.year.Year()))
		}
	})
}
