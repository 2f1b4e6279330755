package demo

import (
	"strconv"

	"elyco/internal/school"
	"elyco/internal/tenant"
)

// open gives an establishment the head and the administrator that every one has, before anything else, so that an
// establishment filled later finds the same two.
func (s *space) open() {
	title := function{"Principale", "Principal"}
	switch {
	case s.tenant.Sector == "private":
		title = function{"Cheffe d’établissement", "Chef d’établissement"}
	case s.tenant.Nature == "erea":
		title = function{"Directrice", "Directeur"}
	case !s.tenant.IsCollege():
		title = function{"Proviseure", "Proviseur"}
	}
	s.staff(school.Head, title)
	admin := s.staff(school.Administrative, function{"Administratrice de l’espace", "Administrateur de l’espace"})
	admin.admin = true
}

// fill gives an establishment its classes, pupils, families and staff.
func (s *space) fill(carried *carry) {
	ranks := s.ranksOf()
	for _, r := range ranks {
		s.fillRank(r, carried)
	}
	pupils := s.count(school.Pupil)
	s.teach(pupils, carried)
	s.accompany(pupils)
	s.stage()
	s.fillForms()
	s.carryOver(carried)
}

// fillRank makes the classes, the groups and the pupils of a level.
func (s *space) fillRank(r rank, carried *carry) {
	groups := s.groupsOf(r)
	for i := range r.classes {
		c := &class{id: s.ids.next(), name: r.className(i), level: r.level}
		s.classes = append(s.classes, c)
		size := r.size + s.between(-3, 3)
		for range size {
			pupil := s.enrol(c, carried)
			if len(groups) == 0 {
				continue
			}
			if g := pick(s.rng, groups); g != nil {
				pupil.groups = append(pupil.groups, g)
			}
		}
	}
}

// groupsOf makes the groups of a level; the same stem twice makes two groups, numbered.
func (s *space) groupsOf(r rank) []*group {
	var groups []*group
	seen := map[string]int{}
	for _, stem := range r.groups {
		if stem == "-" {
			groups = append(groups, nil)
			continue
		}
		seen[stem]++
		g := &group{id: s.ids.next(), name: stem + " " + strconv.Itoa(seen[stem])}
		groups = append(groups, g)
		s.groups = append(s.groups, g)
	}
	return groups
}

func (s *space) count(p school.Profile) int {
	n := 0
	for _, m := range s.members {
		if m.profile == p && m.ends.IsZero() {
			n++
		}
	}
	return n
}

// teach shares the classes' subjects among about one teacher for thirteen pupils; some teach in two schools.
func (s *space) teach(pupils int, carried *carry) {
	subjects := subjectsOf(s.tenant)
	hours := 0
	for _, sub := range subjects {
		hours += sub.hours
	}
	wanted := (pupils + 6) / 13
	next := 0
	formed := map[*member]bool{}
	faculty := make([][]*member, len(subjects))
	for i, sub := range subjects {
		n := max(1, (wanted*sub.hours+hours/2)/hours)
		for range n {
			faculty[i] = append(faculty[i], s.teacher(sub, carried))
		}
	}
	for ci, c := range s.classes {
		var team []*member
		for si := range subjects {
			t := faculty[si][ci%len(faculty[si])]
			t.classes = append(t.classes, c)
			team = append(team, t)
		}
		for range team {
			t := team[next%len(team)]
			next++
			if !formed[t] {
				formed[t], t.form = true, c
				break
			}
		}
	}
	all := flatten(faculty)
	for i, g := range s.groups {
		t := all[i%len(all)]
		for si, sub := range subjects {
			if sub.name == subjectOf(g.name) {
				t = faculty[si][i%len(faculty[si])]
			}
		}
		t.groups = append(t.groups, g)
	}
}

// fillForms finds a form teacher for the classes that have none, among their teachers who are of no other class.
func (s *space) fillForms() {
	formed := map[*class]bool{}
	for _, m := range s.members {
		formed[m.form] = true
	}
	for _, m := range s.members {
		for _, c := range m.classes {
			if m.profile == school.Teacher && m.form == nil && !formed[c] {
				m.form, formed[c] = c, true
			}
		}
	}
}

func flatten(faculty [][]*member) []*member {
	var all []*member
	for _, f := range faculty {
		all = append(all, f...)
	}
	return all
}

func (s *space) teacher(sub subject, carried *carry) *member {
	if p := carried.takeTeacher(sub.name); p != nil && s.chance(500) {
		s.shared = append(s.shared, p.id)
		return s.join(p, school.Teacher, sub.name, s.between(0, 3))
	}
	return s.staff(school.Teacher, function{her: sub.name})
}

// accompany adds those who are not in front of a class.
func (s *space) accompany(pupils int) {
	crew := func(n int, p school.Profile, functions ...function) {
		for i := range n {
			s.staff(p, functions[i%len(functions)])
		}
	}
	deputy := function{"Principale adjointe", "Principal adjoint"}
	switch {
	case s.tenant.Sector == "private":
		deputy = function{"Directrice adjointe", "Directeur adjoint"}
	case s.tenant.Nature == "erea":
		deputy = function{"Directrice adjointe chargée de SEGPA", "Directeur adjoint chargé de SEGPA"}
	case !s.tenant.IsCollege():
		deputy = function{"Proviseure adjointe", "Proviseur adjoint"}
	}
	crew(1+pupils/900, school.Head, deputy)
	crew(1+pupils/260, school.SchoolLife, function{her: "CPE"})
	crew(2+pupils/110, school.SchoolLife, function{"Assistante d’éducation", "Assistant d’éducation"})
	crew(2+pupils/450, school.Administrative, function{"Secrétaire de direction", "Secrétaire de direction"},
		function{"Adjointe gestionnaire", "Adjoint gestionnaire"}, function{"Secrétaire d’intendance", "Secrétaire d’intendance"})
	crew(3+pupils/160, school.Technical, function{"Agente d’accueil", "Agent d’accueil"}, function{"Cheffe de cuisine", "Chef de cuisine"},
		function{"Agente d’entretien", "Agent d’entretien"}, function{"Agente de maintenance", "Agent de maintenance"})
	crew(1, school.Health, function{"Infirmière scolaire", "Infirmier scolaire"})
	crew(1, school.Health, function{"Assistante sociale", "Assistant social"})
	crew(pupils/500, school.Health, function{her: "Psychologue de l’Éducation nationale"})
	crew(1+pupils/1000, school.Librarian, function{"Professeure documentaliste", "Professeur documentaliste"})
	if s.tenant.Nature == "lp" || s.tenant.Nature == "lpo" {
		crew(2+pupils/150, school.Tutor, function{"Tutrice de stage", "Tuteur de stage"})
	}
	if s.tenant.Pilot {
		visitor := s.staff(school.Guest, function{"Intervenante de l’atelier théâtre", "Intervenant de l’atelier théâtre"})
		visitor.starts, visitor.ends = s.year.StartsOn, s.year.EndsOn
	}
}

// leave adds those who left in the summer: their accounts stay a while, with nothing to open.
func (s *space) leave(perMille int) {
	leavers := s.count(school.Pupil) * perMille / 1000
	last := s.year.StartsOn.AddDate(0, 0, -1)
	for range leavers {
		f := s.newFamily()
		child := s.child(f, s.year.StartsOn.Year()-s.between(15, 18))
		m := s.join(child, school.Pupil, "", 4)
		m.ends = last
		for _, g := range f.parents {
			guardian := s.join(g.person, school.Guardian, "", 4)
			guardian.ends = last
			s.ties = append(s.ties, tie{child: m, guardian: guardian, kind: g.kind, rank: g.rank, livesWith: true, pays: true, pickUp: true})
		}
	}
}

// territoryAgents gives the academy or a collectivity its agents.
func (s *space) territoryAgents() {
	if s.tenant.Kind == tenant.KindAcademy {
		admin := s.staff(school.AcademyAgent, function{"Responsable de l’espace numérique", "Responsable de l’espace numérique"})
		admin.admin = true
		for _, f := range []function{{"Déléguée académique au numérique", "Délégué académique au numérique"},
			{"Inspectrice d’académie", "Inspecteur d’académie"}, {"Inspectrice de la vie scolaire", "Inspecteur de la vie scolaire"},
			{"Chargée de communication", "Chargé de communication"}, {"Assistante de proximité", "Assistant de proximité"},
			{"Déléguée à la protection des données", "Délégué à la protection des données"}} {
			s.staff(school.AcademyAgent, f)
		}
		return
	}
	admin := s.staff(school.Collectivity, function{"Administratrice de l’espace", "Administrateur de l’espace"})
	admin.admin = true
	for _, a := range []struct {
		f        function
		sections []string
	}{
		{function{"Chargée des transports et de la restauration", "Chargé des transports et de la restauration"}, []string{"transport", "canteen", "culture"}},
		{function{"Chargée des transports scolaires", "Chargé des transports scolaires"}, []string{"transport"}},
		{function{"Chargée de la restauration", "Chargé de la restauration"}, []string{"canteen"}},
		{function{"Chargée de l’équipement numérique", "Chargé de l’équipement numérique"}, []string{"equipment"}},
		{function{"Cheffe de projet travaux", "Chef de projet travaux"}, []string{"works", "equipment"}},
		{function{"Chargée de l’action culturelle", "Chargé de l’action culturelle"}, []string{"culture"}},
	} {
		s.staff(school.Collectivity, a.f).sections = a.sections
	}
}
