package people_test

import (
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"

	"elyco/internal/school"
	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

func TestWhoSeesWhom(t *testing.T) {
	h := testkit.NewHouse(t)
	b, c := h.NewClass(t, h.College, "4e B", "4e"), h.NewClass(t, h.College, "3e C", "3e")
	someone := func(given, family string, profile school.Profile, ties ...testkit.Tie) testkit.Person {
		return h.NewPerson(t, testkit.Named(given, family), testkit.In(h.College, profile, ties...))
	}
	zoe := someone("Zoé", "Lefèvre", school.Pupil, testkit.OfClass(b))
	other := someone("Tom", "Lefevre", school.Pupil, testkit.OfClass(c))
	mine := someone("Anne-Lise", "Lefèbvre", school.Teacher, testkit.OfClass(b))
	theirs := someone("Luc", "Lefort", school.Teacher, testkit.OfClass(c))
	cpe := someone("Inès", "Lefloc’h", school.SchoolLife)
	mother := someone("Jeanne", "Lefèvre", school.Guardian, testkit.Of(zoe))
	gone := someone("Paul", "Lefranc", school.Teacher, testkit.OfClass(b), testkit.Ended())
	away := h.NewPerson(t, testkit.Named("Rose", "Lefebure"), testkit.In(h.Sibling, school.SchoolLife))
	everybody := []testkit.Person{zoe, other, mine, theirs, cpe, mother, gone, away}

	for _, tc := range []struct {
		name string
		as   *testkit.Client
		sees []testkit.Person
	}{
		{"the CPE", h.SignIn(t, cpe), []testkit.Person{zoe, other, mine, theirs, cpe, mother}},
		{"a pupil", h.SignIn(t, zoe), []testkit.Person{zoe, mine, cpe}},
		{"a guardian", h.SignIn(t, mother), []testkit.Person{mine, cpe}},
		{"a tutor", h.SignInAs(t, h.College, school.Tutor), nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var list, found string
			if tc.sees != nil {
				list = string(tc.as.Get(t, h.College, "/people?q=LEF").Is(t, 200).Body)
			} else {
				tc.as.Get(t, h.College, "/people").Is(t, 403)
			}
			found = string(tc.as.Get(t, h.College, "/search?q=lef").Is(t, 200).Body)
			for _, p := range everybody {
				sees := false
				for _, s := range tc.sees {
					sees = sees || s.ID == p.ID
				}
				for where, body := range map[string]string{"the list": list, "the search": found} {
					if strings.Contains(body, p.ID.String()) != sees && (tc.sees != nil || sees) {
						t.Errorf("%s shows %s: %t", where, p.Name(), !sees)
					}
				}
				want := 404
				if sees {
					want = 200
				} else if tc.sees == nil {
					want = 403
				}
				tc.as.Get(t, h.College, "/people/"+p.ID.String()).Is(t, want)
			}
		})
	}
}

func TestTheListIsPagedAndNarrowed(t *testing.T) {
	h := testkit.NewHouse(t)
	b := h.NewClass(t, h.College, "4e B", "4e")
	for i := range 45 {
		h.NewPerson(t, testkit.Named("Élise", fmt.Sprintf("Éternel %02d", i)), testkit.In(h.College, school.Pupil, testkit.OfClass(b)))
	}
	both := h.NewPerson(t, testkit.Named("Ève", "Zola"), testkit.In(h.College, school.Teacher), testkit.In(h.College, school.Guardian))
	head := h.SignInAs(t, h.College, school.Head)
	first := head.Get(t, h.College, "/people?profile=pupil&q=eter").Is(t, 200)
	if n := strings.Count(string(first.Body), "/people/0"); n != 40 {
		t.Errorf("the first page shows %d people", n)
	}
	next := first.Page(t).All(`a[rel="next"]`)
	if len(next) != 1 {
		t.Fatalf("%d links lead to the next page", len(next))
	}
	second := head.Get(t, h.College, next[0].Attr("href")).Is(t, 200)
	if n := strings.Count(string(second.Body), "/people/0"); n != 5 {
		t.Errorf("the second page shows %d people", n)
	}
	if a := head.Get(t, h.College, "/people?q=zola").Is(t, 200); strings.Count(string(a.Body), both.ID.String()) != 1 {
		t.Error("somebody with two profiles is shown twice, or not at all")
	}
	head.Get(t, h.College, "/people?class="+b.String()).Is(t, 200).Sees(t, "a", "Élise Éternel 00").SeesNot(t, "Zola")
	head.Get(t, h.College, "/people?q=personne").Is(t, 200).Sees(t, "h2", "Personne ne correspond")
	for _, bad := range []string{"after=%00", "after=xx", "after=" + strings.Repeat("A", 900)} {
		head.Get(t, h.College, "/people?"+bad).Is(t, 404)
	}
	for _, odd := range []string{"q=%25", "q=" + url.QueryEscape("'; drop table membership --"), "q=%00%FF", "profile=root", "class=1"} {
		head.Get(t, h.College, "/people?"+odd).Is(t, 200)
	}
}
