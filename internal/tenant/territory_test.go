package tenant

import (
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"elyco/tenants"
)

const smallAcademy = `slug: nantes
name: Académie de Nantes
code: "17"
departments: ["44", "85"]
calendar_zone: B
contact_email: elyco@academie.example.org
presentation: Bonjour.
deployment:
  - {school_year: 2009-2010, public: 2, private: 1}
  - {school_year: 2010-2011, public: 0, private: 1}
`

const smallRegion = `slug: region
name: Région
kind: region
theme: region
services: [news]
contact_email: elyco@region.example.org
presentation: Bonjour.
retention: {account_days: 90, journal_days: 365, school_life_years: 2, export_hours: 48}
`

const smallHeader = "uai\tprovisional\tmade_up\tslug\tnature\tsector\tname\tcity\tdepartment\twave\tpilot\n"

const smallColleges = smallHeader +
	"0859901A\tno\tno\thaxo\tcollege\tpublic\tCollège Haxo\tLa Roche-sur-Yon\t85\t2009-2010\tyes\n" +
	"0859902B\tno\tyes\tsaint-loup\tcollege\tprivate\tCollège Saint-Loup (exemple)\tLuçon\t85\t2010-2011\tno\n"

const smallLycees = smallHeader +
	"0449901Y\tyes\tno\tvial\tlycee\tpublic\tLycée Vial\tNantes\t44\t2009-2010\tno\n" +
	"0449902Z\tyes\tno\tguitton\tlp\tprivate\tLP Guitton\tNantes\t44\t2009-2010\tno\n"

func smallTerritory() fstest.MapFS {
	vendee := strings.NewReplacer("region", "vendee", "Région", "Département", "kind: region",
		"kind: departement\ndepartment: \"85\"").Replace(smallRegion)
	return fstest.MapFS{
		"academy.yaml":              {Data: []byte(smallAcademy)},
		"README.md":                 {Data: []byte("not read")},
		"region/collectivity.yaml":  {Data: []byte(smallRegion)},
		"region/establishments.tsv": {Data: []byte(smallLycees)},
		"vendee/collectivity.yaml":  {Data: []byte(vendee)},
		"vendee/establishments.tsv": {Data: []byte(smallColleges)},
	}
}

func TestLoadTerritory(t *testing.T) {
	files := smallTerritory()
	files["vendee/establishments.tsv"] = &fstest.MapFile{
		Data: []byte("\ufeff" + strings.ReplaceAll(smallColleges, "\n", "\r\n") + "\r\n")}
	got, problems := LoadTerritory(files)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if len(got.Collectivities) != 2 || got.Academy.Name != "Académie de Nantes" {
		t.Fatalf("got %+v", got)
	}
	vendee := got.Collectivities[1]
	if vendee.Kind != Departement || vendee.Department != "85" || vendee.Retention.JournalDays != 365 {
		t.Errorf("vendee: %+v", vendee)
	}
	want := Establishment{UAI: "0859901A", Slug: "haxo", Nature: "college", Sector: "public", Name: "Collège Haxo",
		City: "La Roche-sur-Yon", Department: "85", Wave: "2009-2010", Pilot: true}
	if diff := cmp.Diff(want, vendee.Establishments[0]); diff != "" {
		t.Error(diff)
	}
	if off := got.OffPlan(); len(off) != 0 {
		t.Errorf("OffPlan: %q", off)
	}
}

func TestEveryRuleOfTheTerritory(t *testing.T) {
	const lycees, colleges = "region/establishments.tsv", "vendee/establishments.tsv"
	const region, vendee = "region/collectivity.yaml", "vendee/collectivity.yaml"
	long := strings.Repeat("a", 121)
	for _, c := range []struct {
		name, file, from, to string
		line                 int
		column, says         string
	}{
		{"check letter", lycees, "0449901Y", "0449901Z", 2, "uai", "devrait être Y"},
		{"code missing", lycees, "0449901Y", "", 2, "uai", "manque"},
		{"code of another department", lycees, "0449901Y", "0859903C", 2, "uai", "du département 85"},
		{"code twice", lycees, "0449902Z", "0449901Y", 3, "uai", "ligne 2 de region"},
		{"code twice across files", colleges, "0859902B", "0449901Y", 3, "uai", "ligne 2 de region"},
		{"not yes or no", lycees, "\tyes\tno\tvial", "\toui\tno\tvial", 2, "provisional", "yes ou no"},
		{"slug shape", lycees, "vial", "Vial", 2, "slug", "minuscules"},
		{"slug missing", lycees, "\tvial", "\t", 2, "slug", "manque"},
		{"slug reserved", lycees, "\tvial", "\twww", 2, "slug", "réservé"},
		{"slug twice", lycees, "guitton", "vial", 3, "slug", "ligne 2"},
		{"nature", lycees, "lycee\tpublic", "gymnase\tpublic", 2, "nature", "gymnase"},
		{"sector", lycees, "lycee\tpublic", "lycee\tprivé", 2, "sector", "public ou private"},
		{"name missing", lycees, "Lycée Vial", "", 2, "name", "manque"},
		{"name too long", lycees, "Lycée Vial", long, 2, "name", "121 caractères"},
		{"name with a stray rune", lycees, "Lycée Vial", "Lycée\u200b Vial", 2, "name", "invisible"},
		{"city missing", lycees, "Vial\tNantes", "Vial\t", 2, "city", "commune manque"},
		{"name and city twice", lycees, "LP Guitton", "LYCÉE VIAL", 3, "name", "ligne 2 de region"},
		{"department outside", lycees, "Nantes\t44\t2009-2010\tno\n0", "Nantes\t35\t2009-2010\tno\n0", 2, "department", "35"},
		{"wave shape", lycees, "44\t2009-2010\tno\n0", "44\t2009-2011\tno\n0", 2, "wave", "année scolaire"},
		{"wave not planned", lycees, "44\t2009-2010\tno\n0", "44\t2015-2016\tno\n0", 2, "wave", "plan"},
		{"pilot of a later wave", colleges, "2010-2011\tno", "2010-2011\tyes", 3, "pilot", "première année"},
		{"made up and not said", colleges, " (exemple)", "", 3, "name", "(exemple)"},
		{"said made up and not marked", colleges, "no\tyes\tsaint-loup", "no\tno\tsaint-loup", 3, "made_up", "inventé"},
		{"made up and awaiting a code", colleges, "no\tyes\tsaint-loup", "yes\tyes\tsaint-loup", 3, "provisional", "inventé"},
		{"lycée under a département", colleges, "haxo\tcollege", "haxo\tlp", 2, "nature", "financé par la région"},
		{"collège under the Région", lycees, "vial\tlycee", "vial\tcollege", 2, "nature", "financé par son département"},
		{"collège of another département", colleges, "0859901A\tno\tno\thaxo\tcollege\tpublic\tCollège Haxo\tLa Roche-sur-Yon\t85",
			"0449903A\tno\tno\thaxo\tcollege\tpublic\tCollège Haxo\tLa Roche-sur-Yon\t44", 2, "department", "44"},
		{"column missing", lycees, "\tpilot\n", "\n", 1, "pilot", "manque"},
		{"column unknown", lycees, "pilot\n", "pilot\tcolour\n", 1, "colour", "n’existe pas"},
		{"column twice", lycees, "pilot\n", "pilot\tuai\n", 1, "uai", "deux fois"},
		{"too few cells", lycees, "\t44\t2009-2010\tno\n0", "\t44\n0", 2, "", "9 colonnes au lieu de 11"},
		{"not UTF-8", lycees, "Lycée Vial", "Lyc\xe9e Vial", 2, "", "UTF-8"},

		{"field unknown", region, "kind:", "colour: red\nkind:", 3, "colour", "n’existe pas"},
		{"field missing", region, "theme: region\n", "", 1, "theme", "manque"},
		{"field twice", region, "kind:", "name: Autre\nkind:", 3, "name", "deux fois"},
		{"value of another shape", region, "services: [news]", "services: {a: b}", 5, "services", "forme"},
		{"not a mapping", region, smallRegion, "- a\n", 0, "", "champs"},
		{"not YAML", region, smallRegion, "a: [", 0, "", "YAML"},
		{"slug is not the folder", region, "slug: region", "slug: loire", 1, "slug", "nom du dossier"},
		{"kind", region, "kind: region", "kind: commune", 3, "kind", "region ou departement"},
		{"department of a région", region, "kind: region", "kind: region\ndepartment: \"44\"", 4, "department", "retirer"},
		{"département without department", vendee, "department: \"85\"\n", "", 0, "department", "manque"},
		{"département outside", vendee, "\"85\"", "\"35\"", 4, "department", "35"},
		{"theme", region, "theme: region", "theme: ../x", 4, "theme", "thème"},
		{"no service", region, "[news]", "[]", 5, "services", "au moins un"},
		{"e-mail", region, "elyco@region.example.org", "elyco", 6, "contact_email", "adresse"},
		{"presentation too long", region, "Bonjour.", strings.Repeat("a", 401), 7, "presentation", "400"},
		{"retention missing", region, "retention: {", "# {", 1, "retention", "manque"},
		{"retention part missing", region, "account_days: 90, ", "", 8, "retention.account_days", "manque"},
		{"accounts kept too long", region, "account_days: 90", "account_days: 91", 8, "retention.account_days", "entre 1 et 90"},
		{"journals kept too short", region, "journal_days: 365", "journal_days: 30", 8, "retention.journal_days", "180"},

		{"zone", "academy.yaml", "zone: B", "zone: D", 5, "calendar_zone", "A, B ou C"},
		{"no department", "academy.yaml", `["44", "85"]`, "[]", 4, "departments", "au moins"},
		{"plan year", "academy.yaml", "2010-2011", "2010-2012", 8, "deployment", "année 2"},
		{"plan order", "academy.yaml", "2010-2011", "2008-2009", 8, "deployment", "suivre"},
		{"plan number", "academy.yaml", "public: 2", "public: deux", 8, "deployment", "année 1"},
		{"academy missing", "academy.yaml", "", "", 0, "", "manque"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := smallTerritory()
			changeFile(t, files, c.file, c.from, c.to)
			got, problems := LoadTerritory(files)
			if len(got.Collectivities) > 0 || got.Academy.Name != "" {
				t.Error("something was loaded in spite of a problem")
			}
			found := slices.ContainsFunc(problems, func(p Problem) bool {
				return p.File == c.file && p.Line == c.line && p.Column == c.column &&
					strings.Contains(plainSpaces(p.Sentence), c.says)
			})
			if !found {
				t.Errorf("not reported: got %q", problems)
			}
		})
	}
}

// changeFile replaces the first occurrence of from in a file, or removes the file when from is empty.
func changeFile(t *testing.T, files fstest.MapFS, name, from, to string) {
	t.Helper()
	if from == "" {
		delete(files, name)
		return
	}
	before := string(files[name].Data)
	after := strings.Replace(before, from, to, 1)
	if before == after {
		t.Fatalf("%q is not in %s", from, name)
	}
	files[name] = &fstest.MapFile{Data: []byte(after)}
}

func TestOneFaultIsToldOnce(t *testing.T) {
	for _, c := range [][3]string{
		{"region/establishments.tsv", "0449901Y", "0449901Z"},
		{"region/collectivity.yaml", "retention: {", "# {"},
		{"academy.yaml", `["44", "85"]`, "[]"},
		{"region/establishments.tsv", "", ""},
	} {
		files := smallTerritory()
		changeFile(t, files, c[0], c[1], c[2])
		if _, problems := LoadTerritory(files); len(problems) != 1 {
			t.Errorf("%q: %d problems: %q", c, len(problems), problems)
		}
	}
}

func TestTwoCollectivitiesCannotFundTheSameColleges(t *testing.T) {
	files := smallTerritory()
	twin := strings.Replace(string(files["vendee/collectivity.yaml"].Data), "slug: vendee", "slug: ouest", 1)
	files["ouest/collectivity.yaml"] = &fstest.MapFile{Data: []byte(twin)}
	files["ouest/establishments.tsv"] = &fstest.MapFile{Data: []byte(smallHeader)}
	_, problems := LoadTerritory(files)
	if len(problems) != 1 || problems[0].File != "vendee/collectivity.yaml" || !strings.Contains(problems[0].Sentence, "ouest") {
		t.Errorf("got %q", problems)
	}
}

func TestEmptyTerritoryIsRefused(t *testing.T) {
	files := fstest.MapFS{"academy.yaml": {Data: []byte(smallAcademy)}}
	if _, problems := LoadTerritory(files); len(problems) != 1 {
		t.Errorf("got %q", problems)
	}
}

func TestProblemReadsAsASentence(t *testing.T) {
	p := Problem{File: "vendee/establishments.tsv", Line: 12, Column: "uai", Sentence: "le code UAI manque"}
	want := "vendee/establishments.tsv, ligne 12, colonne « uai » : le code UAI manque"
	if got := plainSpaces(p.String()); got != want {
		t.Errorf("got %q", got)
	}
	p = Problem{File: "vendee/collectivity.yaml", Line: 1, Column: "slug", Sentence: "x"}
	if !strings.Contains(p.String(), "champ") {
		t.Errorf("got %q", p)
	}
	if got := (Problem{Sentence: "x"}).String(); got != "x" {
		t.Errorf("got %q", got)
	}
}

func FuzzLoadEstablishments(f *testing.F) {
	f.Add([]byte(smallLycees))
	f.Add([]byte("\ufeffuai\tslug\r\n\r\n\xff\t"))
	f.Add([]byte(""))
	f.Fuzz(func(t *testing.T, content []byte) {
		files := smallTerritory()
		files["region/establishments.tsv"] = &fstest.MapFile{Data: content}
		got, problems := LoadTerritory(files)
		if len(problems) > 0 {
			if len(got.Collectivities) > 0 {
				t.Error("something was loaded in spite of a problem")
			}
			return
		}
		for _, e := range got.Collectivities[0].Establishments {
			if code, err := ParseUAI(string(e.UAI)); err != nil || code != e.UAI || !ValidSlug(e.Slug) || e.Name == "" {
				t.Errorf("accepted %+v", e)
			}
		}
	})
}

func loadReal(t *testing.T) Territory {
	t.Helper()
	territory, problems := LoadTerritory(tenants.FS)
	for _, p := range problems {
		t.Error(p)
	}
	if len(problems) > 0 {
		t.FailNow()
	}
	return territory
}

func TestTheTerritoryKeepsItsPlan(t *testing.T) {
	territory := loadReal(t)
	want := []WaveTotal{{"2009-2010", 94, 27}, {"2010-2011", 94, 61}, {"2011-2012", 92, 96}, {"2012-2013", 57, 95},
		{"2013-2014", 33, 83}}
	if diff := cmp.Diff(want, territory.Totals()); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(want, territory.Academy.Deployment); diff != "" {
		t.Error(diff)
	}
	if off := territory.OffPlan(); len(off) > 0 {
		t.Error(off)
	}
	var slugs []string
	for _, c := range territory.Collectivities {
		slugs = append(slugs, c.Slug)
	}
	all := []string{"loire-atlantique", "maine-et-loire", "mayenne", "pays-de-la-loire", "sarthe", "vendee"}
	if diff := cmp.Diff(all, slugs); diff != "" {
		t.Error(diff)
	}
}

func TestOffPlanTellsDifferences(t *testing.T) {
	territory := loadReal(t)
	c := &territory.Collectivities[0]
	gone := c.Establishments[0]
	c.Establishments = c.Establishments[1:]
	off := territory.OffPlan()
	if len(off) != 1 || !strings.Contains(off[0], gone.Wave) {
		t.Errorf("got %q", off)
	}
}

func TestTheNamedEstablishmentsAreThere(t *testing.T) {
	content, err := os.ReadFile("testdata/named-establishments.tsv")
	if err != nil {
		t.Fatal(err)
	}
	have := map[string]Establishment{}
	madeUp := 0
	for _, c := range loadReal(t).Collectivities {
		for _, e := range c.Establishments {
			have[c.Slug+"\t"+e.Name+"\t"+e.City] = e
			if e.MadeUp {
				madeUp++
			}
		}
	}
	lines := strings.Split(strings.TrimSpace(string(content)), "\n")[1:]
	if len(lines) != 93 || len(have) != 732 || madeUp != len(have)-len(lines) {
		t.Errorf("%d named, %d in all, %d made up", len(lines), len(have), madeUp)
	}
	for _, l := range lines {
		n := strings.Split(l, "\t")
		e, ok := have[n[0]+"\t"+n[4]+"\t"+n[5]]
		if !ok || e.MadeUp || !e.Provisional || e.Department != n[1] || e.Nature != n[2] || e.Sector != n[3] ||
			e.Pilot != (n[6] == "yes") || e.Wave != "2009-2010" {
			t.Errorf("%q: %v, %+v", l, ok, e)
		}
	}
}
