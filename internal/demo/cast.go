package demo

import (
	"slices"
	"strings"

	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Password opens every account of the demonstration.
const Password = "elyco-demo-2026"

// The stage of the ready-made accounts. The family's elder child is in a private lycée of the same city, which another
// collectivity funds.
const (
	stageCollege = "vendee/haxo"
	stageClass   = "4B"
	stageLP      = "pays-de-la-loire/trois-rivieres"
	stageLycee   = "lycee" // the place is found in the territory
)

// role is a ready-made account: somebody of a space, found by profile and function, who is given a name to remember.
type role struct {
	login    string
	space    string
	profile  school.Profile
	find     string // what the function begins with
	inClass  string // teaches this class
	given    string
	family   string
	kin      kin
	function string // replaces the one found, in the right gender; empty: stays
	who      string
	look     string
	phone    string
}

func roles() []role {
	return append(familyRoles(), append(collegeRoles(), otherRoles()...)...)
}

// familyRoles are played by the family of two schools; stageFamily places them.
func familyRoles() []role {
	return []role{
		{login: "camille.parent", space: stageCollege, profile: school.Guardian, given: "Camille", family: "Morvan", kin: woman,
			who:  "Camille Morvan, mère de Léa (collège public) et d’Hugo (lycée privé)",
			look: "une seule page pour deux enfants, deux établissements et deux financeurs", phone: "+33639980412"},
		{login: "karim.parent", space: stageCollege, profile: school.Guardian, given: "Karim", family: "Benali", kin: man,
			who: "Karim Benali, père de Léa et d’Hugo", look: "les mêmes droits que l’autre parent, avec son propre compte"},
		{login: "lea.eleve", space: stageCollege, profile: school.Pupil, given: "Léa", family: "Benali", kin: girl,
			who: "Léa Benali, élève de 4B", look: "l’accueil d’une élève de collège"},
		{login: "hugo.eleve", space: stageLycee, profile: school.Pupil, given: "Hugo", family: "Benali", kin: boy,
			who: "Hugo Benali, élève de 2de", look: "le même espace dans un lycée privé"},
	}
}

func collegeRoles() []role {
	return []role{
		{login: "chef.haxo", space: stageCollege, profile: school.Head, find: "Princip", given: "Claire", family: "Ollivier", kin: woman,
			function: "Principale", who: "Claire Ollivier, principale", look: "publier, relire, régler l’établissement"},
		{login: "adjoint.haxo", space: stageCollege, profile: school.Head, find: "Principal", given: "Marc", family: "Tanguy", kin: man,
			function: "Principal adjoint", who: "Marc Tanguy, principal adjoint", look: "les mêmes pages que la principale"},
		{login: "admin.haxo", space: stageCollege, profile: school.Administrative, find: "Administrat", given: "Yannick", family: "Riou",
			kin: man, function: "Administrateur de l’espace", who: "Yannick Riou, administrateur de l’espace",
			look: "personnes, services, droits et identité visuelle"},
		{login: "nadia.prof", space: stageCollege, profile: school.Teacher, find: "Mathématiques", inClass: stageClass, given: "Nadia",
			family: "Belkacem", kin: woman, who: "Nadia Belkacem, mathématiques, professeure principale de 4B", look: "ses classes et ses publications"},
		{login: "paul.prof", space: stageCollege, profile: school.Teacher, find: "Histoire", inClass: stageClass, given: "Paul",
			family: "Guéguen", kin: man, who: "Paul Guéguen, histoire-géographie", look: "une classe partagée avec Nadia"},
		{login: "cpe.haxo", space: stageCollege, profile: school.SchoolLife, find: "CPE", given: "Samia", family: "Haddad", kin: woman,
			who: "Samia Haddad, CPE", look: "la vie scolaire et les familles"},
		{login: "surveillant.haxo", space: stageCollege, profile: school.SchoolLife, find: "Assistant", given: "Tom", family: "Kouassi",
			kin: man, function: "Assistant d’éducation", who: "Tom Kouassi, assistant d’éducation", look: "un accès plus étroit que celui de la CPE"},
		{login: "secretariat.haxo", space: stageCollege, profile: school.Administrative, find: "Secrétaire", given: "Brigitte", family: "Charrier",
			kin: woman, who: "Brigitte Charrier, secrétaire de direction", look: "écrire une actualité et la faire relire"},
		{login: "technique.haxo", space: stageCollege, profile: school.Technical, find: "Agent", given: "Manuel", family: "Pereira", kin: man,
			function: "Agent de maintenance", who: "Manuel Pereira, agent de maintenance", look: "les informations pour les agents"},
		{login: "sante.haxo", space: stageCollege, profile: school.Health, find: "Infirm", given: "Lucie", family: "Nguyen", kin: woman,
			function: "Infirmière scolaire", who: "Lucie Nguyen, infirmière", look: "ce que voit le service de santé"},
		{login: "cdi.haxo", space: stageCollege, profile: school.Librarian, find: "Profess", given: "Agathe", family: "Lemoine", kin: woman,
			function: "Professeure documentaliste", who: "Agathe Lemoine, professeure documentaliste", look: "les actualités du CDI"},
		{login: "invite.haxo", space: stageCollege, profile: school.Guest, find: "Intervenant", given: "Julien", family: "Salaün", kin: man,
			function: "Intervenant de l’atelier théâtre", who: "Julien Salaün, intervenant extérieur", look: "un accès limité et daté"},
	}
}

func otherRoles() []role {
	return []role{
		{login: "chef.lycee", space: stageLycee, profile: school.Head, find: "Chef", given: "Solenn", family: "Kermarrec", kin: woman,
			function: "Cheffe d’établissement", who: "Solenn Kermarrec, cheffe d’établissement du lycée privé", look: "un établissement privé sous contrat"},
		{login: "admin.lycee", space: stageLycee, profile: school.Administrative, find: "Administrat", given: "Amadou", family: "Cissé",
			kin: man, function: "Administrateur de l’espace", who: "Amadou Cissé, administrateur du lycée privé", look: "les réglages du lycée"},
		{login: "prof.lycee", space: stageLycee, profile: school.Teacher, find: "Mathématiques", inClass: "2GT1", given: "Inès",
			family: "Carvalho", kin: woman, who: "Inès Carvalho, mathématiques, enseigne à Hugo", look: "les classes d’un lycée"},
		{login: "tuteur.lp", space: stageLP, profile: school.Tutor, find: "Tut", given: "Gwénaël", family: "Le Goff", kin: man,
			function: "Tuteur de stage", who: "Gwénaël Le Goff, tuteur de stage en entreprise", look: "un partenaire de l’établissement"},
		{login: "admin.vendee", space: "vendee", profile: school.Collectivity, find: "Administrat", given: "Delphine", family: "Bretaudeau",
			kin: woman, function: "Administratrice de l’espace", who: "Delphine Bretaudeau, administratrice au Département de la Vendée",
			look: "le thème, les agents et les collèges de la Vendée"},
		{login: "agent.vendee", space: "vendee", profile: school.Collectivity, find: "Chargé", given: "Rémi", family: "Rabiller", kin: man,
			function: "Chargé des transports et de la restauration", who: "Rémi Rabiller, transports, restauration et culture en Vendée",
			look: "publier vers les collèges de la Vendée, avec le compte des destinataires"},
		{login: "admin.region", space: "pays-de-la-loire", profile: school.Collectivity, find: "Administrat", given: "Awa", family: "Diallo",
			kin: woman, function: "Administratrice de l’espace", who: "Awa Diallo, administratrice à la Région", look: "l’espace de la Région"},
		{login: "agent.region", space: "pays-de-la-loire", profile: school.Collectivity, find: "Chef", given: "Sébastien", family: "Foucher",
			kin: man, function: "Chef de projet travaux", who: "Sébastien Foucher, travaux et équipements à la Région",
			look: "informer les lycées d’un chantier"},
		{login: "rectorat", space: "nantes", profile: school.AcademyAgent, find: "Responsable", given: "Anne", family: "Delaunay", kin: woman,
			who: "Anne Delaunay, responsable de l’espace numérique au rectorat", look: "toute l’académie, ses collectivités et ses établissements"},
		{login: "inspection", space: "nantes", profile: school.AcademyAgent, find: "Inspect", given: "Mehdi", family: "Rousseau", kin: man,
			function: "Inspecteur d’académie", who: "Mehdi Rousseau, inspecteur d’académie", look: "l’espace de l’académie sans l’administrer"},
	}
}

// Account is a ready-made account, as a visitor is told of it.
type Account struct {
	Login string
	Who   string
	Look  string // what to look at
	URL   string
}

// Accounts lists the ready-made accounts whose spaces are in the territory. The password of each is Password.
func Accounts(reg *tenant.Registry) []Account {
	var list []Account
	lycee := stageLyceeOf(reg.All())
	for _, r := range roles() {
		for _, t := range reg.All() {
			if plays(r, t, lycee) {
				list = append(list, Account{Login: r.login, Who: r.who, Look: r.look, URL: reg.URL(t, "/")})
			}
		}
	}
	return list
}

func plays(r role, t, lycee *tenant.Tenant) bool {
	if r.space == stageLycee {
		return t == lycee
	}
	return path(t) == r.space
}

// LyceeOf finds the private lycée of the ready-made accounts, or nil when the territory has none.
func LyceeOf(reg *tenant.Registry) *tenant.Tenant { return stageLyceeOf(reg.All()) }

// stageLyceeOf finds the private lycée of the family: the first in the city of the collège, or else in its department.
func stageLyceeOf(all []*tenant.Tenant) *tenant.Tenant {
	college := slices.IndexFunc(all, func(t *tenant.Tenant) bool { return path(t) == stageCollege })
	if college < 0 {
		return nil
	}
	var best *tenant.Tenant
	near := func(t *tenant.Tenant) bool { return t.City == all[college].City }
	for _, t := range all {
		if t.Sector != "private" || t.Department != all[college].Department || !slices.Contains([]string{"lgt", "lycee", "legt"}, t.Nature) {
			continue
		}
		if best == nil || near(t) && !near(best) || near(t) == near(best) && t.ID < best.ID {
			best = t
		}
	}
	return best
}

// stage gives the ready-made accounts their place among the people of the space.
func (s *space) stage() {
	played := map[*person]bool{}
	s.stageFamily(played)
	for _, r := range roles() {
		if r.space != s.stageName || r.find == "" {
			continue
		}
		for _, m := range s.members {
			if m.profile == r.profile && strings.HasPrefix(m.function, r.find) && !played[m.person] && m.teaches(r.inClass) {
				played[m.person] = true
				s.cast(m, r)
				break
			}
		}
	}
}

func (m *member) teaches(name string) bool {
	return name == "" || slices.ContainsFunc(m.classes, func(c *class) bool { return c.name == name })
}

func (s *space) cast(m *member, r role) {
	m.person.become(r)
	if r.function != "" {
		m.function = r.function
	}
	if r.login != "nadia.prof" {
		return
	}
	for _, other := range s.members {
		if other.form != nil && other.form.name == stageClass {
			other.form = nil
		}
	}
	for _, c := range m.classes {
		if c.name == stageClass {
			m.form = c
		}
	}
}

func (p *person) become(r role) {
	p.given, p.family, p.kin, p.login = r.given, r.family, r.kin, r.login
	if p.email != "" {
		p.email = r.login + "@courriel.example.org"
	}
	p.phone = r.phone
}

// stageFamily makes a family of the stage's class the one of the ready-made accounts, and its child in the lycée the
// elder brother.
func (s *space) stageFamily(played map[*person]bool) {
	roles := familyRoles()
	for _, f := range s.byFamily {
		child := f.children[0]
		if s.stageName == stageLycee && f.star {
			child.become(roles[3])
			played[child.person] = true
			return
		}
		if s.stageName != stageCollege || child.classes[0].name != stageClass || len(f.parents) != 2 || len(f.children) != 1 {
			continue
		}
		f.star, f.name = true, roles[1].family
		f.parents[0].kind, f.parents[1].kind = "mother", "father"
		f.parents[0].person.become(roles[0])
		f.parents[1].person.become(roles[1])
		child.become(roles[2])
		s.together(child)
		return
	}
}

// together makes the ties of a child those of two parents who live with it.
func (s *space) together(child *member) {
	kinds := []string{"mother", "father"}
	n := 0
	for i := range s.ties {
		if s.ties[i].child == child {
			s.ties[i] = tie{child: child, guardian: s.ties[i].guardian, kind: kinds[n], rank: n + 1, livesWith: true, pays: true, pickUp: true}
			n++
		}
	}
}

// takeStar gives the family of the ready-made accounts its elder child, in the first class of the lycée.
func (c *carry) takeStar(s *space, in *class) *family {
	if c.star == nil || s.stageName != stageLycee || in.level.name != "2de" {
		return nil
	}
	f := c.star
	c.star = nil
	for i := range f.parents {
		f.parents[i].apart = false
	}
	s.welcome(f)
	return f
}
