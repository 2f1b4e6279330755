package search_test

import (
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

func itoa(t *tenant.Tenant) string { return strconv.FormatInt(int64(t.ID), 10) }

// say publishes something in a space for the holders of a key.
func say(t *testing.T, h *testkit.House, in *tenant.Tenant, room, title, body, key string) string {
	t.Helper()
	id := school.NewID().String()
	h.Exec(t, `insert into publication (tenant_id, id, room, title, body, state, publish_at, keys, created_at, updated_at)
		values ($1, $2, $3, $4, $5, 'published', now() - interval '1 hour', $6, now(), now())`, int64(in.ID), id, room, title, body, []string{key})
	return id
}

func TestSearchFindsWhatOneMayRead(t *testing.T) {
	h := testkit.NewHouse(t)
	staff := "e" + itoa(h.College) + ":teacher"
	secret := say(t, h, h.College, "news", "Conseil de discipline", "La réunion des élèves délégués.", staff)
	all := say(t, h, h.College, "news", "Sortie au théâtre", "Les **élèves** de quatrième iront à La Roche-sur-Yon.", "e"+itoa(h.College)+":*")
	away := say(t, h, h.Sibling, "news", "Théâtre du collège voisin", "", "e"+itoa(h.Sibling)+":*")
	bus := say(t, h, h.Vendee, "territory", "Théâtre : des cars en plus", "", "t"+itoa(h.Vendee)+":*")
	h.Exec(t, `update publication set section = 'transport' where id = $1`, bus)

	teacher, guardian := h.SignInAs(t, h.College, school.Teacher), h.SignInAs(t, h.College, school.Guardian)
	for _, tc := range []struct {
		name, q  string
		as       *testkit.Client
		has, not []string
	}{
		{"without accents, by a stem", "eleve", teacher, []string{secret, all}, []string{away, bus}},
		{"only what is meant for one", "élèves", guardian, []string{all}, []string{secret, away}},
		{"from the funder too", "THEATRE", guardian, []string{all, bus}, []string{secret, away}},
		{"by the beginning of a word", "quatri", guardian, []string{all}, []string{secret}},
		{"every word must be there", "theatre quatrieme", guardian, []string{all}, []string{bus}},
		{"nothing", "introuvable", guardian, nil, []string{all, bus, secret}},
		{"signs of the query's language", "':* | !a & <->", guardian, nil, []string{secret}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			body := string(tc.as.Get(t, h.College, "/search?q="+url.QueryEscape(tc.q)).Is(t, 200).Body)
			for _, id := range tc.has {
				if !strings.Contains(body, id) {
					t.Errorf("%s is not found", id)
				}
			}
			for _, id := range tc.not {
				if strings.Contains(body, id) {
					t.Errorf("%s is found", id)
				}
			}
		})
	}
	guardian.Get(t, h.College, "/search?q=quatrieme").Is(t, 200).Sees(t, "p", "Les élèves de quatrième").SeesNot(t, "**")
	guardian.Get(t, h.College, "/search").Is(t, 200).Sees(t, "label", "Que cherchez-vous").SeesNot(t, "résultat")
	guardian.Get(t, h.College, "/search?q=introuvable").Is(t, 200).Sees(t, "h2", "Rien ne correspond")
	guardian.Get(t, h.College, "/search?q=theatre&in=territory").Is(t, 200).Sees(t, "h2", "").SeesNot(t, "Sortie au théâtre")
	guardian.Get(t, h.College, "/home").Is(t, 200).Sees(t, `form[role="search"]`, "")
	h.Visitor().Get(t, h.College, "/search?q=theatre").Is(t, 303)
	if a := guardian.Get(t, h.College, "/search?q=theatre"); a.RoundTrips != 3 {
		t.Errorf("a search costs %d round trips, not the session's, that of the space and that of what is one's own", a.RoundTrips)
	}
}

// TestSearchGoesThroughTheFamilysSchools looks once for everything that a family's schools say.
func TestSearchGoesThroughTheFamilysSchools(t *testing.T) {
	h := testkit.NewHouse(t)
	parent := h.SignIn(t, h.NewPerson(t, testkit.In(h.College, school.Guardian), testkit.In(h.Lycee, school.Guardian)))
	one := say(t, h, h.College, "news", "Kermesse du collège", "", "e"+itoa(h.College)+":guardian")
	two := say(t, h, h.Lycee, "news", "Kermesse du lycée", "", "e"+itoa(h.Lycee)+":guardian")
	body := string(parent.Get(t, h.College, "/search?q=kermesse").Is(t, 200).Body)
	for _, id := range []string{one, two} {
		if !strings.Contains(body, id) {
			t.Errorf("%s is not found", id)
		}
	}
}

// TestAServiceSwitchedOffIsNotSearched holds the box to the services that the school has on.
func TestAServiceSwitchedOffIsNotSearched(t *testing.T) {
	h := testkit.NewHouse(t)
	id := say(t, h, h.College, "news", "Kermesse", "", "e"+itoa(h.College)+":*")
	parent := h.SignInAs(t, h.College, school.Guardian)
	if body := parent.Get(t, h.College, "/search?q=kermesse").Is(t, 200).Body; !strings.Contains(string(body), id) {
		t.Fatal("it is not found while the service is on")
	}
	h.Exec(t, `update tenant set services = '{territory}' where id = $1`, int64(h.College.ID))
	if err := h.Registry.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if body := parent.Get(t, h.College, "/search?q=kermesse").Is(t, 200).Body; strings.Contains(string(body), id) {
		t.Error("it is found although the service is off")
	}
}
