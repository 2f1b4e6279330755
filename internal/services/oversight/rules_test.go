package oversight

import (
	"slices"
	"strings"
	"testing"
	"time"

	"elyco/internal/audience"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// schools makes a collectivity with establishments written as "name|city|département|nature|sector|state|wave".
func schools(lines ...string) []*tenant.Tenant {
	up := &tenant.Tenant{ID: 2, Kind: tenant.KindCollectivity, Slug: "vendee"}
	var list []*tenant.Tenant
	for i, l := range lines {
		f := strings.Split(l, "|")
		list = append(list, &tenant.Tenant{ID: school.ScopeID(10 + i), Kind: tenant.KindEstablishment, Parent: up, Name: f[0], City: f[1], Department: f[2],
			Nature: f[3], Sector: f[4], State: tenant.State(f[5]), Wave: f[6], UAI: "085999" + string(rune('0'+i)) + "X"})
	}
	return list
}

func sample() []*tenant.Tenant {
	return schools(
		"Collège Sacré-Cœur|La Roche-sur-Yon|85|college|private|open|2009-2010",
		"Collège Haxo|La Roche-sur-Yon|85|college|public|suspended|2009-2010",
		"Lycée Guist'hau|Nantes|44|legt|public|open|2010-2011",
		"LP Arago|Nantes|44|lp|public|planned|2026-2027",
		"EREA|Château-d'Olonne|85|erea|public|open|2012-2013",
		"Collège Inconnu|Trifouilly|85|college|public|closed|")
}

func names(list []*tenant.Tenant) string {
	var out []string
	for _, t := range list {
		out = append(out, t.Name)
	}
	return strings.Join(out, ", ")
}

func TestFilter(t *testing.T) {
	list := sample()
	sums := Sums{At: time.Now(), By: map[school.ScopeID]audience.Standing{10: {People: 30, Administrators: 1}, 12: {People: 900}, 14: {People: 5}}}
	for name, c := range map[string]struct {
		f    Filter
		want string
	}{
		"without accents":        {Filter{Words: "sacre coeur"}, "Collège Sacré-Cœur"},
		"a city":                 {Filter{Words: "NANTES"}, "LP Arago, Lycée Guist'hau"},
		"two words, two columns": {Filter{Words: "college roche"}, "Collège Haxo, Collège Sacré-Cœur"},
		"a code":                 {Filter{Words: "0859992x"}, "Lycée Guist'hau"},
		"nothing but a sign":     {Filter{Words: "%"}, ""},
		"a middle of a word":     {Filter{Words: "axo"}, ""},
		"a kind":                 {Filter{Kind: "lycee"}, "Lycée Guist'hau"},
		"several":                {Filter{Kind: "college", Sector: "public", Department: "85", State: "suspended"}, "Collège Haxo"},
		"another funder":         {Filter{Funder: "sarthe"}, ""},
		"a wave":                 {Filter{Wave: "2026-2027"}, "LP Arago"},
		"no administrator":       {Filter{Lacking: "administrator"}, "EREA, Lycée Guist'hau"},
		"by people, most first":  {Filter{Sort: "-people", State: "open"}, "Lycée Guist'hau, Collège Sacré-Cœur, EREA"},
		"by state":               {Filter{Sort: "state", Department: "44"}, "LP Arago, Lycée Guist'hau"},
		"pilots":                 {Filter{Pilot: true}, ""},
	} {
		if got := names(c.f.Keep(list, sums)); got != c.want {
			t.Errorf("%s: %q, not %q", name, got, c.want)
		}
	}
}

func TestPagesNeverRunOut(t *testing.T) {
	var lines []string
	for range 120 {
		lines = append(lines, "A|Nantes|44|college|public|open|")
	}
	list := schools(lines...)
	for asked, want := range map[int][2]int{-3: {1, 50}, 0: {1, 50}, 2: {2, 50}, 3: {3, 20}, 99: {3, 20}} {
		rows, n, pages := Filter{Page: asked}.Cut(list)
		if n != want[0] || len(rows) != want[1] || pages != 3 {
			t.Errorf("page %d gives page %d of %d with %d rows", asked, n, pages, len(rows))
		}
	}
	if rows, n, pages := (Filter{Page: 2}).Cut(nil); n != 1 || pages != 1 || len(rows) != 0 {
		t.Errorf("nothing gives page %d of %d", n, pages)
	}
}

func TestMapLosesNobody(t *testing.T) {
	g := geography(t)
	list := sample()
	for _, apart := range []float64{0, 20, 5000} {
		clusters, margin := g.Place(list, apart)
		n := 0
		for _, c := range clusters {
			n += len(c.Schools)
		}
		if len(margin) != 1 || margin[0].Department != "85" || names(margin[0].Schools) != "Collège Inconnu" || n != len(list)-1 {
			t.Errorf("%.0f apart: %d on the map, %v in the margin", apart, n, margin)
		}
		if apart == 5000 && (len(clusters) != 1 || clusters[0].Figure() != Mixed || clusters[0].State() != tenant.Suspended) {
			t.Errorf("one mark for all is %d marks", len(clusters))
		}
		if apart == 0 && len(clusters) != 3 {
			t.Errorf("three communes are %d marks", len(clusters))
		}
	}
}

func TestWavesAgainstThePlan(t *testing.T) {
	waves := Waves(sample(), []tenant.WaveTotal{{SchoolYear: "2009-2010", Public: 2, Private: 1}, {SchoolYear: "2015-2016", Public: 4}})
	var years []string
	for _, w := range waves {
		years = append(years, w.Year)
	}
	if strings.Join(years, " ") != " 2009-2010 2010-2011 2012-2013 2015-2016 2026-2027" {
		t.Fatalf("the years are %q", years)
	}
	if w := waves[1]; w.Public != 1 || w.Private != 1 || w.PlannedPublic != 2 || w.PlannedPriv != 1 || w.Open != 1 || w.Total != 2 {
		t.Errorf("2009-2010 is %+v", w)
	}
}

func TestAttention(t *testing.T) {
	now := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	a := Attend(sample(), Sums{}, now)
	if names(a.Overdue) != "LP Arago" || names(a.Suspended) != "Collège Haxo" || a.WithoutAdministrator != nil || a.Unused != nil {
		t.Errorf("without sums: %+v", a)
	}
	if got := Attend(sample(), Sums{}, now.AddDate(-1, 0, 0)); got.Overdue != nil {
		t.Errorf("a year before: %s", names(got.Overdue))
	}
	sums := Sums{At: now, Used: true, By: map[school.ScopeID]audience.Standing{10: {Accounts: 3, Administrators: 1}, 12: {Accounts: 3, Present: 1}}}
	a = Attend(sample(), sums, now)
	if names(a.WithoutAdministrator) != "Lycée Guist'hau, EREA" || names(a.Unused) != "Collège Sacré-Cœur" {
		t.Errorf("with sums: %s; %s", names(a.WithoutAdministrator), names(a.Unused))
	}
	for day, want := range map[string]string{"2026-07-31": "2025-2026", "2026-08-01": "2026-2027"} {
		at, _ := time.Parse("2006-01-02", day)
		if got := WaveOf(at); got != want {
			t.Errorf("%s is in %s", day, got)
		}
	}
}

func TestSteps(t *testing.T) {
	for _, from := range urgency {
		steps := Steps(from)
		if len(steps) == 0 || slices.Contains(steps, from) {
			t.Errorf("from %s one goes to %v", from, steps)
		}
	}
	h := &tenant.Tenant{State: tenant.Suspended}
	suspended := tenant.Event{Kind: tenant.EventState, Was: "opening", Becomes: "suspended"}
	if e, ok := WayBack(h, []tenant.Event{{Kind: tenant.EventWave}, suspended}); !ok || e.Was != "opening" {
		t.Error("a suspension cannot be undone")
	}
	if _, ok := WayBack(h, []tenant.Event{{Kind: tenant.EventState, Becomes: "open"}, suspended}); ok {
		t.Error("an old suspension is undone")
	}
}

// TestSheetsHoldNoFormula keeps spreadsheets from running what somebody wrote as a name.
func TestSheetsHoldNoFormula(t *testing.T) {
	for _, evil := range []string{"=1+1", "+33", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "|cmd", "%x", "＝1", "\u00a0=1"} {
		if got := sheetSafe(evil); !strings.HasPrefix(got, "'") {
			t.Errorf("%q is written %q", evil, got)
		}
	}
	for _, plain := range []string{"Collège Haxo", "0859003Z", "", "L'Île-d'Yeu", "85"} {
		if got := sheetSafe(plain); got != plain {
			t.Errorf("%q is written %q", plain, got)
		}
	}
	body, err := writeSheet([][]string{{"a;b", `"=x`}, {"é", "=1"}})
	if err != nil || string(body) != "\ufeff\"a;b\";\"\"\"=x\"\r\né;'=1\r\n" {
		t.Errorf("%q %v", body, err)
	}
}
