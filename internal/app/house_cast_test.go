package app_test

import (
	"context"
	"crypto/md5"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"elyco/internal/blob"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/testkit/database"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

// player is somebody of the cast, with what a policy may call them in each space.
type player struct {
	name     string
	person   testkit.Person
	subjects map[school.ScopeID][]school.Profile
	known    bool // has a session
	client   *testkit.Client
}

// stage is a house with somebody of every profile, and a planted row of every table in every space.
type stage struct {
	*testkit.House
	cast    []player
	planted map[school.ScopeID]map[string][]string // the ids that each table knows, read once
	opened  map[string][]string                    // the tables whose things have opened a route
}

// thing is what a path may name, with the tables that know it.
type thing struct {
	id     string
	tables []string
}

func newStage(t *testing.T) *stage {
	t.Helper()
	s := &stage{House: testkit.NewHouse(t), planted: map[school.ScopeID]map[string][]string{}, opened: map[string][]string{}}
	class := s.NewClass(t, s.College, "5e B", "5e")
	for _, p := range school.SchoolProfiles() {
		s.join(t, string(p), s.College, p, testkit.OfClass(class))
	}
	s.join(t, "administrator", s.College, school.Administrative, testkit.Admin())
	s.join(t, "agent of the collectivity", s.Vendee, school.Collectivity, testkit.Edits("transport"))
	s.join(t, "administrator of the collectivity", s.Vendee, school.Collectivity, testkit.Admin())
	s.join(t, "agent of the academy", s.Academy, school.AcademyAgent)
	s.join(t, "administrator of the academy", s.Academy, school.AcademyAgent, testkit.Admin())
	s.join(t, "head of another school", s.Lycee, school.Head)
	s.join(t, "administrator of a sibling", s.Sibling, school.Administrative, testkit.Admin())
	s.family(t)
	s.leavers(t)
	s.cast = append(s.cast, player{name: "visitor", client: s.Visitor()})
	database.Plant(t, s.As(t, superuser), 1, int64(s.Vendee.ID), int64(s.Region.ID), int64(s.College.ID), int64(s.Lycee.ID), int64(s.Sibling.ID))
	for _, in := range s.Everywhere() {
		key, err := blob.ParseKey(strings.ReplaceAll(database.ObjectKey, "{scope}", strconv.FormatInt(int64(in.ID), 10)))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Blobs.Put(t.Context(), key, strings.NewReader("texte"), 5, "text/plain"); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

const superuser = "postgres"

func (s *stage) join(t *testing.T, name string, in *tenant.Tenant, p school.Profile, ties ...testkit.Tie) {
	t.Helper()
	// Each has a name of their own, or a form that makes one person of two would take players off the stage.
	person := s.NewPerson(t, testkit.Named("Dominique", fmt.Sprintf("Roy %c", 'A'+len(s.cast))), testkit.In(in, p, ties...))
	subjects := []school.Profile{p}
	if strings.HasPrefix(name, "administrator") {
		subjects = append(subjects, school.Administrator)
	}
	s.cast = append(s.cast, player{name: name, person: person, known: true, client: s.SignIn(t, person),
		subjects: map[school.ScopeID][]school.Profile{in.ID: subjects}})
}

// family adds a guardian with a child in each of two schools of two collectivities.
func (s *stage) family(t *testing.T) {
	t.Helper()
	elder := s.NewPerson(t, testkit.Named("Inès", "Roy"), testkit.In(s.Lycee, school.Pupil))
	younger := s.NewPerson(t, testkit.Named("Noé", "Roy"), testkit.In(s.College, school.Pupil))
	for range 2 {
		s.NewPerson(t, testkit.Named("Camille", "Moreau"), testkit.In(s.College, school.Guardian, testkit.Of(younger)))
	}
	parent := s.NewPerson(t, testkit.Named("Karim", "Roy"), testkit.In(s.Lycee, school.Guardian, testkit.Of(elder)), testkit.In(s.College, school.Guardian, testkit.Of(younger)))
	s.cast = append(s.cast, player{name: "guardian of two schools", person: parent, known: true, client: s.SignIn(t, parent),
		subjects: map[school.ScopeID][]school.Profile{s.Lycee.ID: {school.Guardian}, s.College.ID: {school.Guardian}}})
}

// leavers adds somebody whose membership has ended and somebody whose account is closed.
func (s *stage) leavers(t *testing.T) {
	t.Helper()
	former := s.NewPerson(t, testkit.In(s.College, school.Head, testkit.Admin(), testkit.Ended()))
	s.cast = append(s.cast, player{name: "former head", person: former, known: true, client: s.SignIn(t, former)})
	blocked := s.NewPerson(t, testkit.In(s.College, school.Head, testkit.Admin()), testkit.Blocked())
	s.cast = append(s.cast, player{name: "blocked head", person: blocked, client: s.SignIn(t, blocked)})
}

func (s *stage) player(t *testing.T, name string) player {
	t.Helper()
	i := slices.IndexFunc(s.cast, func(p player) bool { return p.name == name })
	if i < 0 {
		t.Fatalf("nobody plays %q", name)
	}
	return s.cast[i]
}

// subjectsIn is what a policy may call the player in a space, worked out without asking the policy.
func (p player) subjectsIn(in *tenant.Tenant) []school.Profile {
	all := []school.Profile{school.Anyone}
	if p.known {
		all = append(all, school.Someone)
	}
	return append(all, p.subjects[in.ID]...)
}

// may tells from the grants alone whether the player may take a route in a space.
func may(r service.Service, action string, subjects []school.Profile) bool {
	for _, g := range r.Grants {
		if g.Action == action && slices.ContainsFunc(g.Profiles, func(p school.Profile) bool { return slices.Contains(subjects, p) }) {
			return true
		}
	}
	return false
}

// opens tells whether a route exists in a space.
func opens(s service.Service, r service.Route, in *tenant.Tenant) bool {
	levels := r.Levels
	if len(levels) == 0 {
		levels = s.Levels
	}
	return slices.Contains(levels, in.Kind)
}

var parameter = regexp.MustCompile(`:[a-zA-Z_]+`)

// fill puts a value into the parameters of a path; those that are no ids get a word that exists.
func fill(path, id string) string {
	return parameter.ReplaceAllStringFunc(path, func(p string) string {
		switch p {
		case ":room":
			return "home"
		case ":action":
			return "read"
		case ":number": // an establishment, as the consoles above name it: the territory's first collège
			return "10"
		}
		return id
	})
}

func takesID(path string) bool { return fill(path, "a") != fill(path, "b") }

// ids lists the identifiers of what is planted in spaces: of things and of people.
func (s *stage) ids(t *testing.T, spaces ...*tenant.Tenant) []string {
	t.Helper()
	return s.idsOf(t, func(string) bool { return true }, spaces...)
}

// idsOf lists the ids in tables of the test's choice.
func (s *stage) idsOf(t *testing.T, wanted func(table string) bool, spaces ...*tenant.Tenant) []string {
	t.Helper()
	var all []string
	for _, o := range s.thingsOf(t, wanted, spaces...) {
		all = append(all, o.id)
	}
	return all
}

// thingsOf lists what tables of the test's choice know, in the order of the ids.
func (s *stage) thingsOf(t *testing.T, wanted func(table string) bool, spaces ...*tenant.Tenant) []thing {
	t.Helper()
	tables := map[string][]string{}
	for _, space := range spaces {
		if s.planted[space.ID] == nil {
			s.planted[space.ID] = s.read(t, space)
		}
		for name, ids := range s.planted[space.ID] {
			if !wanted(name) {
				continue
			}
			for _, id := range ids {
				tables[id] = append(tables[id], name)
			}
		}
	}
	var all []thing
	for _, id := range sortedKeys(tables) {
		all = append(all, thing{id, tables[id]})
	}
	return all
}

// read lists the ids that each table knows in a space.
func (s *stage) read(t *testing.T, space *tenant.Tenant) map[string][]string {
	t.Helper()
	conn := s.As(t, superuser)
	defer conn.Close(context.Background())
	known := map[string][]string{}
	for _, table := range database.Tables(t, conn) {
		var ids []string
		err := conn.QueryRow(t.Context(), fmt.Sprintf(`
			select coalesce(array_agg(distinct v), '{}') from %s x cross join jsonb_each_text(to_jsonb(x)) e (k, v)
			where tenant_id = $1 and k in ('id', 'person_id')`, table.Name), int64(space.ID)).Scan(&ids)
		if err != nil {
			t.Fatal(err)
		}
		known[table.Name] = ids
	}
	return known
}

func numbers(spaces []*tenant.Tenant) []int64 {
	var ids []int64
	for _, space := range spaces {
		ids = append(ids, int64(space.ID))
	}
	return ids
}

// sum is a fingerprint of everything that the spaces hold.
func (s *stage) sum(t *testing.T, spaces ...*tenant.Tenant) map[string]string {
	t.Helper()
	conn := s.As(t, superuser)
	defer conn.Close(context.Background())
	sums := map[string]string{}
	for _, table := range database.Tables(t, conn) {
		var rows []string
		err := conn.QueryRow(t.Context(), fmt.Sprintf(`select coalesce(array_agg(x::text order by x::text), '{}') from %s x where tenant_id = any ($1)`, table.Name), numbers(spaces)).Scan(&rows)
		if err != nil {
			t.Fatal(err)
		}
		sums[table.Name] = fmt.Sprintf("%d rows, %x", len(rows), md5.Sum([]byte(strings.Join(rows, "\n"))))
	}
	return sums
}

// mustBeSame fails for each table whose fingerprint changed.
func mustBeSame(t *testing.T, what string, before, after map[string]string) {
	t.Helper()
	for table, sum := range before {
		if after[table] != sum {
			t.Errorf("%s changed %s of another school: %s, then %s", what, table, sum, after[table])
		}
	}
}
