package feed

import (
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"elyco/internal/fault"
)

// request writes one record in the academy's format; attributes are lines "name=value|value".
func request(operation, category, id string, attributes ...string) string {
	kind, group, one, tail := "categoriePersonne", "attributes", "attr", ""
	switch category {
	case "EtabEducNat":
		kind = "categorieStructure"
	case "MatEducNat":
		kind = "categorieMatiere"
	case "MefEducNat":
		kind = "categorieMef"
	}
	if operation == "modifyRequest" {
		group, one, tail = "modifications", "modification", ` operation="replace"`
	}
	var b strings.Builder
	b.WriteString("<" + operation + `><operationalAttributes><attr name="` + kind + `"><value>` + category + "</value></attr></operationalAttributes><identifier><id>" + id + "</id></identifier>\n")
	if operation != "deleteRequest" {
		b.WriteString("<" + group + ">\n")
		for _, a := range attributes {
			name, values, _ := strings.Cut(a, "=")
			b.WriteString("<" + one + ` name="` + name + `"` + tail + ">")
			for _, v := range strings.Split(values, "|") {
				b.WriteString("<value>" + v + "</value>")
			}
			b.WriteString("</" + one + ">\n")
		}
		b.WriteString("</" + group + ">\n")
	}
	return b.String() + "</" + operation + ">\n"
}

// academyFeed writes a feed of some files, by category, and opens it.
func academyFeed(t *testing.T, kind string, files map[string]string) *Academy {
	t.Helper()
	dir := t.TempDir()
	for category, records := range files {
		name := filepath.Join(dir, "ENT_"+kind+"_20261102_"+category+"_0000.xml")
		if err := os.WriteFile(name, []byte("<ficAlimMENESR>"+records+"</ficAlimMENESR>"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	a, err := OpenAcademy(context.Background(), dir, "essai")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := a.Close(); err != nil {
			t.Error(err)
		}
	})
	return a
}

func rowsOf(t *testing.T, s Source) (rows []Row, problems []string) {
	t.Helper()
	err := s.Rows(context.Background(), func(r *Row) error {
		if r.Problem != "" {
			problems = append(problems, r.Problem)
			return nil
		}
		rows = append(rows, *r)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows, problems
}

func TestAcademyRows(t *testing.T) {
	a := academyFeed(t, "Complet", map[string]string{
		"EtabEducNat": request("addRequest", "EtabEducNat", "4312", "ENTStructureUAI=0449901Y", "ENTStructureNomCourant=CLG$CLG JEAN DES VIGNES$NANTES",
			"ENTStructureClasses=6A$SIXIEME A$10010012110", "ENTStructureGroupes=6ANG1$ANGLAIS$6A$6B"),
		"MatiereEducNat": request("addRequest", "MatEducNat", "030201", "ENTLibelleMatiere=ANGLAIS LV1"),
		"MefEducNat":     request("addRequest", "MefEducNat", "10010012110", "ENTLibelleMef=6EME", "ENTNivFormation=6EME"),
		"Eleve": request("addRequest", "Eleve", "7004512", "sn=GUÉRINEAU", "givenName=Loïs", "ENTPersonDateNaissance=03/05/2014", "ENTEleveINE=140905512HK",
			"ENTPersonStructRattach=4312", "ENTEleveMEF=10010012110", "ENTEleveLibelleMEF=6EME", "ENTEleveClasses=4312$6A", "ENTEleveGroupes=4312$6ANG1",
			"ENTElevePersRelEleve=7100031$10$1$1$1$0|7100032$2$0$2$0$0", "ENTEleveAdresseRel=7100031", "ENTDemain=1"),
		"PersRelEleve": request("addRequest", "PersRelEleve", "7100031", "sn=MARTIN", "givenName=Anne", "mail=Anne@Exemple.FR"),
		"PersEducNat": request("addRequest", "PersEducNat", "55", "sn=DURAND", "givenName=Paul", "ENTPersonStructRattach=9000",
			"ENTPersonFonctions=4312$ENS$ENSEIGNEMENT$L1300$MATHEMATIQUES|4313$-$SANS OBJET$-$SANS OBJET|4314$DIR$DIRECTION$D0010$X", "ENTEnsFonctionDir=4314|4315",
			"ENTAuxEnsClassesMatieres=4312$6A$061300", "ENTAuxEnsGroupesMatieres=4312$6ANG1$030201", "ENTAuxEnsClassesPrincipal=4312$6A"),
	})
	want := Header{Source: "aaf", Kind: Complete, Day: time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC), Label: "essai"}
	if diff := cmp.Diff(want, a.Header()); diff != "" {
		t.Error(diff)
	}
	if len(a.Missing()) != 0 {
		t.Errorf("missing: %v", a.Missing())
	}
	for range 2 { // every call begins anew
		rows, problems := rowsOf(t, a)
		if len(rows) != 6 {
			t.Fatalf("%d rows", len(rows))
		}
		if len(problems) != 1 || !strings.HasPrefix(problems[0], "ENTDemain : ") {
			t.Errorf("problems: %q", problems)
		}
		if diff := cmp.Diff(&Structure{Key: "4312", UAI: "0449901Y", Name: "CLG JEAN DES VIGNES", Classes: []ClassEntry{{"6A", "SIXIEME A", []string{"10010012110"}}},
			Groups: []GroupEntry{{"6ANG1", "ANGLAIS", []string{"6A", "6B"}}}}, rows[0].Structure); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(&Subject{"030201", "ANGLAIS LV1"}, rows[1].Subject); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(&Programme{"10010012110", "6EME", "6EME"}, rows[2].Programme); diff != "" {
			t.Error(diff)
		}
		// The old code of the second tie, in a feed of the new kind, is read as the new one: 2 gives no authority.
		if diff := cmp.Diff(&Pupil{Person: Person{"7004512", "Loïs", "GUÉRINEAU", time.Date(2014, 5, 3, 0, 0, 0, 0, time.UTC), ""}, INE: "140905512HK", Home: "4312",
			Programme: "10010012110", Level: "6EME", Classes: []Place{{"4312", "6A"}}, Groups: []Place{{"4312", "6ANG1"}},
			Ties: []Tie{{"7100031", 10, 1, true, true, true}, {"7100032", 10, 2, false, false, false}}}, rows[3].Pupil); diff != "" {
			t.Error(diff)
		}
		if standing, _ := rows[3].Pupil.Ties[1].Standing(); standing != InCharge {
			t.Errorf("the second tie gives %s", standing)
		}
		if diff := cmp.Diff(&Relative{Person{Key: "7100031", GivenName: "Anne", FamilyName: "MARTIN", Email: "anne@exemple.fr"}}, rows[4].Relative); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff(&Staff{Person: Person{Key: "55", GivenName: "Paul", FamilyName: "DURAND"}, Home: "9000",
			Functions: []Function{{"4312", "ENS", "ENSEIGNEMENT", "MATHEMATIQUES"}, {"4314", "DIR", "DIRECTION", "X"}, {"4315", "DIR", "DIRECTION", ""}},
			Forms:     []Place{{"4312", "6A"}}, Lessons: []Lesson{{"4312", "6A", "", "061300"}, {"4312", "", "6ANG1", "030201"}}}, rows[5].Staff); diff != "" {
			t.Error(diff)
		}
		for _, r := range rows {
			if r.Operation != Put || r.Given != 0 || r.Line == 0 || !strings.HasPrefix(r.File, "ENT_Complet_20261102_") {
				t.Errorf("%+v", r)
			}
		}
	}
}

func TestAcademyKeepsTheOldMeaningOfRanks(t *testing.T) {
	a := academyFeed(t, "Delta", map[string]string{"Eleve": request("addRequest", "Eleve", "1", "sn=X", "ENTElevePersRelEleve=8$2$1$1$1$0|9$1$0$2$1$0")})
	rows, _ := rowsOf(t, a)
	if standing, rank := rows[0].Pupil.Ties[1].Standing(); standing != Authority || rank != 2 {
		t.Errorf("the second guardian is %s of rank %d", standing, rank)
	}
	if len(a.Missing()) != 5 {
		t.Errorf("missing: %v", a.Missing())
	}
}

func TestAcademyDeltas(t *testing.T) {
	for name, c := range map[string]struct {
		category   string
		attributes []string
		want       Fields
		problem    string
	}{
		"classes and groups":        {"Eleve", []string{"ENTEleveClasses=4312$6C", "ENTEleveGroupes="}, Classes | Groups, ""},
		"ties":                      {"Eleve", []string{"ENTElevePersRelEleve=7$10$1$1$1$0"}, Ties, ""},
		"where the pupil lives":     {"Eleve", []string{"ENTEleveAdresseRel=7"}, 0, ""},
		"a school":                  {"Eleve", []string{"ENTPersonStructRattach=4313", "ENTEleveMEF=1"}, Home | Level, ""},
		"a name":                    {"PersRelEleve", []string{"sn=X", "givenName=Y", "ENTPersonDateNaissance=", "mail="}, FamilyName | GivenName | BirthDate | Email, ""},
		"a name that is taken away": {"Eleve", []string{"sn="}, 0, ""},
		"what is not kept":          {"PersRelEleve", []string{"mobile=0600000000"}, 0, ""},
		"functions":                 {"PersEducNat", []string{"ENTPersonFonctions=4312$ENS$E$L$M", "ENTAuxEnsClassesPrincipal=4312$6A"}, Functions | Classes, ""},
		"all lessons":               {"PersEducNat", []string{"ENTAuxEnsClassesMatieres=4312$6A", "ENTAuxEnsGroupesMatieres="}, Lessons, ""},
		"half of the lessons":       {"PersEducNat", []string{"ENTAuxEnsClassesMatieres=4312$6A"}, 0, "une partie"},
		"an identifier":             {"Eleve", []string{"ENTEleveINE=1"}, INE, ""},
	} {
		t.Run(name, func(t *testing.T) {
			file := c.category
			rows, problems := rowsOf(t, academyFeed(t, "Delta", map[string]string{file: request("modifyRequest", c.category, "7", c.attributes...)}))
			if len(rows) != 1 || rows[0].Operation != Modify || rows[0].Given != c.want {
				t.Errorf("got %+v, want the parts %b", rows, c.want)
			}
			if c.problem == "" && len(problems) > 0 || c.problem != "" && !strings.Contains(strings.Join(problems, "\n"), c.problem) {
				t.Errorf("problems: %q", problems)
			}
		})
	}
	a := academyFeed(t, "Delta", map[string]string{"PersRelEleve": request("deleteRequest", "PersRelEleve", "7100990")})
	rows, _ := rowsOf(t, a)
	if rows[0].Operation != Drop || rows[0].Relative.Key != "7100990" || a.Header().Kind != Delta {
		t.Errorf("a deletion is %+v", rows[0])
	}
}

func TestAcademyStopsWhenAsked(t *testing.T) {
	stop := errors.New("stop")
	a := academyFeed(t, "Complet", map[string]string{"Eleve": request("addRequest", "Eleve", "1", "ENTDemain=1", "ENTPersonDateNaissance=hier")})
	n := 0
	err := a.Rows(context.Background(), func(*Row) error { n++; return stop })
	if !errors.Is(err, stop) || n != 1 {
		t.Errorf("after %d rows: %v", n, err)
	}
}

func TestACompleteFeedIsWhole(t *testing.T) {
	all := map[string]string{
		"EtabEducNat": request("addRequest", "EtabEducNat", "4310", "ENTStructureUAI=0859998X"), "MatiereEducNat": "", "MefEducNat": "",
		"Eleve": request("addRequest", "Eleve", "1", "sn=Martin"), "PersRelEleve": request("addRequest", "PersRelEleve", "101", "sn=Martin"),
		"PersEducNat": request("addRequest", "PersEducNat", "201", "sn=Roy"),
	}
	for _, category := range []string{"EtabEducNat", "Eleve", "PersRelEleve", "PersEducNat"} {
		empty, absent := maps.Clone(all), maps.Clone(all)
		empty[category] = ""
		err := academyFeed(t, "Complet", empty).Rows(t.Context(), func(*Row) error { return nil })
		if f := (*fault.Error)(nil); !errors.As(err, &f) || !strings.Contains(f.Words, category) {
			t.Errorf("a complete feed without any %s is read: %v", category, err)
		}
		delete(absent, category)
		if missing := missingOf(Watched(academyFeed(t, "Complet", absent), func(int64) {})); !slices.Equal(missing, []string{category}) {
			t.Errorf("without the file %s, what is watched lacks %v", category, missing)
		}
	}
	rowsOf(t, academyFeed(t, "Complet", all))
	all["Eleve"] = ""
	rowsOf(t, academyFeed(t, "Delta", all))
}
