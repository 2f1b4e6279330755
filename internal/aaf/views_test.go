package aaf

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// rec makes a record of lines "name value value".
func rec(c Category, attributes ...[]string) *Record {
	r := &Record{File: "f.xml", Line: 1, Operation: Add, Category: c, ID: "4312"}
	for i, a := range attributes {
		n := len(r.values)
		r.values = append(r.values, a[1:]...)
		r.attributes = append(r.attributes, attribute{a[0], i + 2, n, len(r.values)})
	}
	return r
}

func a(words ...string) []string { return words }

// told collects notices.
func told(into *[]string) func(Notice) {
	return func(n Notice) { *into = append(*into, n.String()) }
}

func none(t *testing.T) func(Notice) {
	return func(n Notice) { t.Helper(); t.Errorf("told: %s", n) }
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }

func TestStructure(t *testing.T) {
	s := rec(Structures, a("ENTStructureUAI", "0449901y"), a("ENTStructureNomCourant", "CLG$CLG JEAN DES VIGNES$NANTES"),
		a("ENTStructureTypeStruct", "COLLEGE"), a("ENTEtablissementContrat", "PU"), a("ENTEtablissementBassin", "17001$BASSIN NORD"),
		a("ENTStructureClasses", "6A$SIXIEME A$10010012110$10010012111", "1 STMG 3", "6A$SIXIEME A$10010012110$10010012111", "$sans code"),
		a("ENTStructureGroupes", "6ANG1$ANGLAIS GR1$6A$6B"))
	var notices []string
	got := s.Structure(told(&notices))
	want := Structure{Key: "4312", UAI: "0449901Y", Name: []string{"CLG", "CLG JEAN DES VIGNES", "NANTES"}, Nature: "COLLEGE", Contract: "PU",
		Basin:   []string{"17001", "BASSIN NORD"},
		Classes: []Class{{"6A", "SIXIEME A", []string{"10010012110", "10010012111"}}, {Code: "1 STMG 3"}},
		Groups:  []Group{{"6ANG1", "ANGLAIS GR1", []string{"6A", "6B"}}}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if len(notices) != 1 || !strings.HasPrefix(notices[0], "f.xml, ligne 7 : ENTStructureClasses : « $sans code »") {
		t.Errorf("told: %q", notices)
	}
	old := rec(Structures, a("ENTEtablissementUAI", "0449901Y"), a("ENTStructureNomCourant", "CLG-JEAN ROSTAND-ac-NANTES"))
	if s := old.Structure(none(t)); s.UAI != "0449901Y" || !s.LegacyOnlyCode || len(s.Name) != 1 || s.Technical() {
		t.Errorf("an old one is %+v", s)
	}
	for _, r := range []*Record{rec(Structures, a("ENTStructureNomCourant", "Z.REMP-BASSIN"), a("ENTStructureUAI", "0440001A")),
		rec(Structures, a("ENTStructureTypeStruct", "SANS OBJET"), a("ENTStructureUAI", "0440001A")), rec(Structures)} {
		if !r.Structure(none(t)).Technical() {
			t.Errorf("%v is no technical structure", r.values)
		}
	}
}

func TestNomenclatures(t *testing.T) {
	if diff := cmp.Diff(Subject{"4312", "ANGLAIS LV1", "030200"},
		rec(Subjects, a("ENTLibelleMatiere", "ANGLAIS LV1"), a("ENTMatiereRattach", "030200")).Subject()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(Programme{"4312", "6EME", "10010012110", "21100010011", "6EME", "6EME"},
		rec(Programmes, a("ENTLibelleMef", "6EME"), a("ENTMEFRattach", "10010012110"), a("ENTMEFSTAT11", "21100010011"),
			a("ENTNivFormation", "6EME"), a("ENTFiliere", "6EME")).Programme()); diff != "" {
		t.Error(diff)
	}
}

func TestPupil(t *testing.T) {
	p := rec(Pupils, a("ENTEleveINE", "140905512hk"), a("ENTEleveStructRattachId", "918273"), a("ENTPersonDateNaissance", "03/05/2014"),
		a("ENTPersonNomPatro", "GUÉRINEAU"), a("sn"), a("givenName", "Loïs"), a("ENTPersonAutresPrenoms", "Loïs", "Marie"), a("personalTitle", "Mlle"),
		a("ENTElevePersRelEleve", "7100031$10$1$1$1$0", "7100990$38$0$0$1$0"), a("ENTEleveBoursier", "N"), a("ENTEleveTransport", "O"),
		a("ENTEleveRegime", "DEMI-PENSIONNAIRE DANS L'ETABLISSEMENT 4"), a("ENTPersonAdresse", "12 rue du Moulin$Bât. B$$"),
		a("ENTEleveAdresseRel", "7100031"), a("ENTEleveStatutEleve", "APPRENTI"), a("ENTEleveEnseignements", "ANGLAIS LV1", "FRANCAIS"),
		a("ENTEleveCodeEnseignements", "030201", "020700"), a("ENTPersonStructRattach", "4312"), a("ENTEleveDateEntreeClasses", "4312$01/09/2025$6A"),
		a("ENTEleveDateSortieClasses"), a("ENTEleveClasses", "4312$1 STMG 3", "4313$6_B-2"), a("ENTEleveGroupes", "4312$6ANG1", "4312$6ANG1")).Pupil(none(t))
	want := Pupil{Person: Person{Key: "4312", BirthName: "GUÉRINEAU", Family: "GUÉRINEAU", Given: "Loïs", GivenNames: []string{"Loïs", "Marie"},
		Title: "Mme", Born: day(2014, 5, 3), Address: []string{"12 rue du Moulin", "Bât. B"}},
		INE: "140905512HK", SchoolID: "918273", Ties: []Tie{{"7100031", 10, true, 1, true, false}, {"7100990", 38, false, 0, true, false}},
		LivesWith: []string{"7100031"}, Grant: No, Transport: Yes, Boarding: HalfBoarder, BoardingDays: 4,
		BoardingLabel: "DEMI-PENSIONNAIRE DANS L'ETABLISSEMENT 4", Status: "APPRENTI",
		Options: []Option{{"030201", "ANGLAIS LV1"}, {"020700", "FRANCAIS"}}, Structure: "4312",
		Classes: []Place{{"4312", "1 STMG 3"}, {"4313", "6_B-2"}}, Groups: []Place{{"4312", "6ANG1"}},
		EnteredClasses: []Stay{{Place{"4312", "6A"}, day(2025, 9, 1)}}}
	if diff := cmp.Diff(want, p, cmp.Transformer("empty", func(s []string) int { return len(s) })); diff != "" {
		t.Error(diff)
	}
}

func TestPupilTellsWhatIsOdd(t *testing.T) {
	for _, c := range []struct {
		attribute []string
		want      string
	}{
		{a("ENTPersonDateNaissance", "2014-05-03"), "ENTPersonDateNaissance : la date « 2014-05-03 »"},
		{a("ENTPersonDateNaissance", "31/02/2014"), "la date « 31/02/2014 »"},
		{a("ENTPersonDateNaissance", "01/01/0001"), "la date"},
		{a("ENTEleveClasses", "6A"), "ENTEleveClasses : « 6A » a moins de parties"},
		{a("ENTEleveClasses", "4312$"), "a moins de parties"},
		{a("ENTEleveDateEntreeClasses", "4312$hier$6A"), "la date « hier »"},
		{a("ENTEleveBoursier", "peut-être"), "ni O ni N"},
		{a("ENTElevePersRelEleve", "$10$1$1$1$0"), "a moins de parties"},
		{a("ENTElevePersRelEleve", "1$11$1$1$1$0"), "le lien de parenté 11 est inconnu"},
		{a("ENTElevePersRelEleve", "1$mère$1$1$1$0"), "« mère » n’est pas un nombre"},
		{a("ENTElevePersRelEleve", "1$10$1$3$1$0"), "la responsabilité légale 3"},
	} {
		var notices []string
		rec(Pupils, a("sn", "X"), c.attribute).Pupil(told(&notices))
		if len(notices) != 1 || !strings.HasPrefix(notices[0], "f.xml, ligne 3 : "+c.attribute[0]) || !strings.Contains(notices[0], c.want) {
			t.Errorf("%q tells %q, want …%s…", c.attribute, notices, c.want)
		}
	}
	var notices []string
	p := rec(Pupils, a("ENTEleveEnseignements", "X"), a("ENTEleveCodeEnseignements", "1", "2")).Pupil(told(&notices))
	if len(p.Options) != 2 || p.Options[0].Label != "" || len(notices) != 2 {
		t.Errorf("unequal lists give %v; a name that is missing is told: %q", p.Options, notices)
	}
	if p := rec(Pupils, a("sn", "X"), a("ENTEleveEnseignements", "ANGLAIS")).Pupil(none(t)); len(p.Options) != 1 || p.Options[0].Label != "ANGLAIS" {
		t.Errorf("labels without codes give %v", p.Options)
	}
	if d := (&Record{Operation: Modify, Category: Pupils}); d.Pupil(none(t)).Family != "" {
		t.Error("a modification needs no name")
	}
}

func TestParseBoarding(t *testing.T) {
	for label, want := range map[string]struct {
		kind Boarding
		days int
	}{
		"EXTERNE LIBRE":                            {DayPupil, 0},
		"EXTERNE SURVEILLE":                        {DayPupil, 0},
		"INTERNE 5 JOURS":                          {Boarder, 5},
		"INTERNE HEBERGE":                          {Boarder, 0},
		"Interne externé":                          {Boarder, 0},
		"DEMI-PENSIONNAIRE AU TICKET":              {HalfBoarder, 0},
		"DEMI-PENSIONNAIRE DANS L'ETABLISSEMENT 5": {HalfBoarder, 5},
		"DEMI-PENSIONNAIRE 4 JOURS":                {HalfBoarder, 4},
		"DP":                                       {HalfBoarder, 0},
		"D.P. 2":                                   {HalfBoarder, 2},
		"":                                         {BoardingUnsaid, 0},
		"AUTRE":                                    {BoardingUnsaid, 0},
	} {
		if kind, days := ParseBoarding(label); kind != want.kind || days != want.days {
			t.Errorf("%q is %q with %d days", label, kind, days)
		}
	}
}

func TestRelative(t *testing.T) {
	r := rec(Relatives, a("sn", "SERVICE ASE 44"), a("mail", "Famille@Exemple.FR"), a("mobile", "0600000001", "0600000002"), a("ENTPersonMobileSMS", "0600000001"),
		a("telephoneNumber", "0240000000"), a("ENTPersonAdresseDiffusion", "O"), a("ENTAuxPersRelEleveEleve", "1", "2", "3")).Relative(none(t))
	if r.Family != "SERVICE ASE 44" || r.Given != "" || r.Mail != "famille@exemple.fr" || len(r.Mobiles) != 2 || r.MobileForSMS != "0600000001" ||
		r.WorkPhone != "0240000000" || !r.ShareAddress || len(r.Pupils) != 3 {
		t.Errorf("got %+v", r)
	}
}

func TestStaff(t *testing.T) {
	s := rec(StaffMembers, a("sn", "X"), a("ENTPersonStructRattach", "9000"),
		a("ENTPersonFonctions", "4312$ENS$ENSEIGNEMENT$L1300$MATHEMATIQUES", "4313$ens$ENSEIGNEMENT$L1300$MATHEMATIQUES", "4314$-$SANS OBJET$-$SANS OBJET",
			"4312$DIR$DIRECTION"),
		a("ENTEnsFonctionDir", "4315"), a("ENTAuxEnsClassesMatieres", "4312$6A$061300", "4312$6B", "4312$6A$061300"),
		a("ENTAuxEnsClasses", "4312$6A", "4312$6C"), a("ENTAuxEnsGroupesMatieres", "4312$6ANG1$030201"), a("ENTAuxEnsClassesPrincipal", "4312$6A", "4312$6A"),
		a("ENTAuxEnsCategoDiscipline", "13$MATHEMATIQUES"), a("ENTAuxEnsDisciplinesPoste", "MATHEMATIQUES$13"), a("ENTAuxEnsMEF", "4312$10010012110$6EME"),
		a("ENTAuxEnsMatiereEnseignEtab", "4312$MATHEMATIQUES"), a("PersEducNatPresenceDevantEleves", "N")).Staff(none(t))
	if diff := cmp.Diff([]Function{{"4312", "ENS", "ENSEIGNEMENT", "L1300", "MATHEMATIQUES"}, {"4313", "ENS", "ENSEIGNEMENT", "L1300", "MATHEMATIQUES"},
		{"4314", "-", "SANS OBJET", "-", "SANS OBJET"}, {"4312", "DIR", "DIRECTION", "", ""}}, s.Functions); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"4312", "4313", "4315"}, s.Works()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]Lesson{{Place{"4312", "6A"}, "061300"}, {Place{"4312", "6B"}, ""}, {Place{"4312", "6C"}, ""}}, s.Classes); diff != "" {
		t.Error(diff)
	}
	if len(s.HeadOfClasses) != 1 || s.Category != (Option{"13", "MATHEMATIQUES"}) || s.Disciplines[0] != s.Category || len(s.Groups) != 1 ||
		s.Programmes[0] != (Taught{"4312", "10010012110", "6EME"}) || s.Subjects[0] != (Taught{Structure: "4312", Label: "MATHEMATIQUES"}) {
		t.Errorf("got %+v", s)
	}
}

func TestStaffTeaches(t *testing.T) {
	const ens, dir = "1$ENS$ENSEIGNEMENT$L1300$MATHEMATIQUES", "1$DIR$DIRECTION$D0010$DIRECTION"
	for _, c := range []struct {
		category, before, function string
		want                       bool
	}{
		{"", "N", ens, true}, {"", "N", "1$DOC$DOCUMENTATION$L0080$DOCUMENTATION", true}, {"", "O", dir, true}, {"", "N", dir, false},
		{"N", "O", ens, false}, {"O", "N", dir, true}, {"", "", "1$-$SANS OBJET$-$SANS OBJET", false},
	} {
		s := rec(StaffMembers, a("sn", "X"), a("ENTPersonCategorieEnseignant", c.category), a("PersEducNatPresenceDevantEleves", c.before),
			a("ENTPersonFonctions", c.function)).Staff(none(t))
		if s.Teaches() != c.want {
			t.Errorf("%+v: got %v", c, s.Teaches())
		}
	}
}

func TestResponsibility(t *testing.T) {
	for _, c := range []struct {
		code, legal int
		meaning     Meaning
		want        Responsibility
		rank        int
	}{
		{1, 1, ByRank, Guardian, 1}, {2, 2, ByRank, Guardian, 2}, {4, 0, ByRank, Contact, 0},
		{10, 1, ByStatus, Guardian, 0}, {20, 1, ByStatus, Guardian, 0}, {39, 2, ByStatus, InCharge, 0}, {38, 0, ByStatus, Contact, 0},
		{20, 2, ByRank, InCharge, 0}, {2, 2, ByStatus, InCharge, 0}, {0, 2, ByRank, Guardian, 2}, {10, 3, ByStatus, Contact, 0},
	} {
		tie := Tie{Code: c.code, Legal: c.legal}
		if got := tie.Responsibility(c.meaning); got != c.want || tie.Rank(c.meaning) != c.rank {
			t.Errorf("%+v: got %s, rank %d", c, got, tie.Rank(c.meaning))
		}
	}
	for code, want := range map[int]Kin{1: Father, 20: Father, 2: Mother, 10: Mother, 7: Self, 70: Self, 5: ChildCare, 51: ChildCare, 0: OtherKin, 99: OtherKin} {
		if got := (Tie{Code: code}).Kin(); got != want {
			t.Errorf("the code %d is %s", code, got)
		}
	}
	for old := 1; old <= 7; old++ {
		was := Tie{Code: old}
		if now := was.Modern(); now.Kin() != was.Kin() || now.Code < firstModernKin || now.Modern() != now {
			t.Errorf("the code %d becomes %d", old, now.Code)
		}
	}
	if !rec(Pupils, a("sn", "X"), a("ENTElevePersRelEleve", "9$70$1$1$1$0")).Pupil(none(t)).ResponsibleSelf {
		t.Error("a pupil who is of age answers for themselves")
	}
}

func TestFeedMeaning(t *testing.T) {
	pupils := func(version string, ties ...string) map[string]string {
		var b strings.Builder
		fmt.Fprintf(&b, "<ficAlimMENESR><!-- versionAF=%q -->", version)
		for i, tie := range ties {
			fmt.Fprintf(&b, `<addRequest><operationalAttributes><attr name="categoriePersonne"><value>Eleve</value></attr></operationalAttributes><identifier><id>%d</id></identifier>`+
				`<attributes><attr name="ENTElevePersRelEleve"><value>%s</value></attr></attributes></addRequest>`, i+1, tie)
		}
		return map[string]string{"ENT_Eleve_0000.xml": b.String() + "</ficAlimMENESR>"}
	}
	for name, c := range map[string]struct {
		files map[string]string
		want  Meaning
	}{
		"the old list":                  {pupils("AAF-VE2407", "1$2$1$1$1$0", "2$1$0$2$1$0"), ByRank},
		"the new one":                   {pupils("AAF-VE1301", "1$10$1$1$1$0"), ByStatus},
		"both":                          {pupils("AAF-VE1301", "1$1$1$1$1$0", "2$20$0$2$1$0"), ByStatus},
		"no tie, an old version":        {pupils("AAF-VE1301"), ByRank},
		"no tie, a recent version":      {pupils("AAF-VE2407"), ByStatus},
		"no tie and no version":         {pupils(""), ByStatus},
		"ties that say no link, recent": {pupils("AAF-VE2407", "1$$1$2$1$0"), ByStatus},
	} {
		f, err := Open(pack(t, "folder", c.files))
		if err != nil {
			t.Fatal(err)
		}
		got, err := f.Meaning(context.Background())
		if err != nil || got != c.want {
			t.Errorf("%s: got %d, %v", name, got, err)
		}
	}
}
