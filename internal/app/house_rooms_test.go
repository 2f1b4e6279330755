package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"elyco/internal/privacy"
	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/tenants"
)

func TestRooms(t *testing.T) {
	h := testkit.NewHouse(t)
	names := map[string]bool{}
	for _, s := range h.App.Rooms() {
		if err := service.Validate(s); err != nil {
			t.Error(err)
		}
		names[s.Name] = true
		report(t, checkFolder(s.Name, list(t, filepath.Join(root, "internal/services", s.Name))))
		report(t, checkAddresses(s))
	}
	for _, name := range list(t, filepath.Join(root, "internal/services")) {
		if !strings.Contains(name, ".") && !names[name] {
			t.Errorf("the room %s is not on the list of the house", name)
		}
	}
}

func list(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

var fileOfRoom = regexp.MustCompile(`^([a-z][a-z_]*\.go|views(_[a-z_]+)?\.templ|words\.fr\.yaml|data|testdata)$`)

func checkFolder(room string, files []string) []string {
	var bad []string
	for _, needed := range []string{"doc.go", "service.go", "words.fr.yaml"} {
		if !slices.Contains(files, needed) {
			bad = append(bad, fmt.Sprintf("the room %s has no %s", room, needed))
		}
	}
	for _, f := range files {
		if !fileOfRoom.MatchString(f) {
			bad = append(bad, fmt.Sprintf("the room %s holds %s, which is no file of a room", room, f))
		}
		if template, ok := strings.CutSuffix(f, ".templ"); ok && !slices.Contains(files, template+"_templ.go") {
			bad = append(bad, fmt.Sprintf("the room %s has not generated %s", room, f))
		}
	}
	return bad
}

// front are addresses that people and machines expect at a site's root, by the room that answers them.
var front = map[string][]string{
	"account":  {"/sign-", "/activate", "/recover"}, // the last two are typed from paper
	"gateways": {"/gateway/", "/push/", "/service-worker.js"},
	"notices":  {"/live", "/r/"}, // the last one stands in short messages
	"portal":   {"/"},
}

func checkAddresses(s service.Service) []string {
	var bad []string
	for _, r := range s.Routes {
		own := r.Path == "/"+s.Name || strings.HasPrefix(r.Path, "/"+s.Name+"/")
		if !own && !slices.ContainsFunc(front[s.Name], func(p string) bool { return strings.HasPrefix(r.Path, p) }) {
			bad = append(bad, fmt.Sprintf("the room %s answers %s, which is not below /%s", s.Name, r.Path, s.Name))
		}
		if r.Method != "GET" && r.Method != "POST" {
			bad = append(bad, fmt.Sprintf("the room %s answers %s %s, which no form can send", s.Name, r.Method, r.Path))
		}
	}
	return bad
}

// floor are the tables of no room: those of the school floor and of the house itself, with the columns that name
// people. Their rows are exported and erased with the account.
var floor = map[string][]string{
	"person":             {"id"},
	"passport":           {"person_id"},
	"school_year":        nil,
	"class":              nil,
	"teaching_group":     nil,
	"subject":            nil,
	"teaching":           {"teacher_id"},
	"membership":         {"person_id"},
	"class_member":       {"person_id"},
	"group_member":       {"person_id"},
	"guardianship":       {"child_id", "guardian_id"},
	"audit_entry":        {"actor_id"},
	"audit_open":         nil,
	"audit_seal":         nil,
	"audit_head":         nil,
	"audit_check":        nil,
	"audit_release":      nil,
	"job":                nil,
	"school_term":        nil,
	"day_off":            nil,
	"delegation":         {"person_id", "author_id"},
	"space":              nil,
	"connection_count":   nil,
	"setting":            {"author_id"},
	"audience_headcount": nil,
	"space_standing":     nil,
	"dav_lock":           {"person_id"},
	"dav_property":       nil,
	"tenant":             nil,
	"person_key":         {"person_id"},
	"structure_key":      nil,
	"feed_function":      nil,
	"feed_login":         nil,
	"staged_structure":   nil,
	"staged_person":      nil,
	"staged_member":      nil,
	"staged_class":       nil,
	"staged_place":       nil,
	"staged_tie":         nil,
	"staged_lesson":      nil,
	"staged_touch":       nil,
	"goose_db_version":   nil,
}

var namesPerson = regexp.MustCompile(`(^|_)(person|child|guardian|author|actor|pupil|teacher|signer|owner|sender|reader)_id$`)

func TestTablesHaveOwners(t *testing.T) {
	t.Parallel()
	h := testkit.NewHouse(t)
	owners := map[string][][]string{}
	claims := []privacy.Table{}
	for _, s := range h.App.Rooms() {
		claims = append(claims, s.Privacy.Tables...)
	}
	for name, persons := range floor {
		owners[name] = append(owners[name], persons)
	}
	for _, c := range claims {
		owners[c.Name] = append(owners[c.Name], c.Persons)
	}
	columns := columnsOfTables(t, h)
	report(t, checkOwners(columns, owners))
	columns["planted"] = []string{"id", "author_id"}
	mustFind(t, "a table of nobody", checkOwners(columns, owners))
	owners["planted"] = [][]string{nil}
	mustFind(t, "a person that nobody declares", checkOwners(columns, owners))
	owners["planted"] = [][]string{{"author_id"}, {"author_id"}}
	mustFind(t, "a table of two rooms", checkOwners(columns, owners))
	owners["planted"] = [][]string{{"author_id", "reader_id"}}
	mustFind(t, "a declared column that is not there", checkOwners(columns, owners))
}

func columnsOfTables(t *testing.T, h *testkit.House) map[string][]string {
	t.Helper()
	rows, err := h.As(t, superuser).Query(t.Context(), `select table_name, array_agg(column_name::text order by 1) from information_schema.columns
		where table_schema = 'public' and table_name in (select table_name from information_schema.tables where table_type = 'BASE TABLE') group by 1`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns := map[string][]string{}
	for rows.Next() {
		var name string
		var names []string
		if err := rows.Scan(&name, &names); err != nil {
			t.Fatal(err)
		}
		columns[name] = names
	}
	return columns
}

func checkOwners(columns map[string][]string, owners map[string][][]string) []string {
	var bad []string
	for table, names := range columns {
		claims := owners[table]
		if len(claims) == 0 {
			bad = append(bad, fmt.Sprintf("the table %s belongs to nobody: name it in its room's privacy record", table))
			continue
		}
		if !sharedTables[table] && len(claims) != 1 {
			bad = append(bad, fmt.Sprintf("the table %s belongs to %d owners", table, len(claims)))
		}
		for _, n := range names {
			if namesPerson.MatchString(n) && !slices.ContainsFunc(claims, func(c []string) bool { return slices.Contains(c, n) }) {
				bad = append(bad, fmt.Sprintf("the column %s.%s names a person, and no privacy record says so", table, n))
			}
		}
		for _, c := range slices.Concat(claims...) {
			if !slices.Contains(names, c) {
				bad = append(bad, fmt.Sprintf("the privacy record of %s names the column %s, which is not there", table, c))
			}
		}
	}
	for table := range owners {
		if columns[table] == nil {
			bad = append(bad, fmt.Sprintf("the table %s is declared and does not exist", table))
		}
	}
	return bad
}

// sharedTables hold the rows of several rooms, each of which answers for its own.
var sharedTables = map[string]bool{"publication": true, "publication_attachment": true, "publication_read": true}

func TestRoomsCanFail(t *testing.T) {
	files := []string{"doc.go", "service.go", "words.fr.yaml"}
	if bad := checkFolder("planted", files); len(bad) > 0 {
		t.Fatal(bad)
	}
	mustFind(t, "a room without an explanation", checkFolder("planted", files[1:]))
	mustFind(t, "a file that is none of a room's", checkFolder("planted", append(files, "Util.sql")))
	mustFind(t, "a template that was not generated", checkFolder("planted", append(files, "views.templ")))
	mustFind(t, "an address of another room", checkAddresses(service.Service{Name: "planted", Routes: []service.Route{{Method: "GET", Path: "/home/x"}}}))
	mustFind(t, "a verb that forms do not know", checkAddresses(service.Service{Name: "planted", Routes: []service.Route{{Method: "DELETE", Path: "/planted"}}}))
}

// TestCollectivitiesHaveTheirRooms holds that the territory's files offer a collectivity every room that is made for one:
// those files list the services, and a room that came later stays shut for all agents when it is forgotten there.
func TestCollectivitiesHaveTheirRooms(t *testing.T) {
	h := testkit.NewHouse(t)
	territory, problems := tenant.LoadTerritory(tenants.FS)
	if len(problems) > 0 || len(territory.Collectivities) == 0 {
		t.Fatalf("%d collectivities, %v", len(territory.Collectivities), problems)
	}
	for _, s := range h.App.Rooms() {
		// Of the messages a collectivity has the switch that stops them, which is always there.
		if s.Always || s.Name == "messages" || !s.Has(tenant.KindCollectivity) {
			continue
		}
		for _, c := range territory.Collectivities {
			if !slices.Contains(c.Services, s.Name) {
				t.Errorf("%s does not offer %s to its agents", c.Slug, s.Name)
			}
		}
	}
}
