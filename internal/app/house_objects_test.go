package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"elyco/internal/drive"
	"elyco/internal/testkit"
)

// notObjects are columns whose name ends like that of an object of the store, and which name none.
var notObjects = []string{"job.unique_key", "drive_node.name_key", "class.source_key", "teaching_group.source_key"}

// TestObjectsAreNamed holds the columns that name objects of the store to the declarations: the sweep removes what no
// declared column names.
func TestObjectsAreNamed(t *testing.T) {
	h := testkit.NewHouse(t)
	declared := drive.Objects()
	for _, s := range h.App.Rooms() {
		declared = append(declared, s.Objects...)
	}
	rows, err := h.As(t, superuser).Query(t.Context(), `select table_name || '.' || column_name from information_schema.columns
		where table_schema = 'public' and data_type = 'text' and column_name like '%\_key' and is_updatable = 'YES'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var there []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		there = append(there, name)
	}
	report(t, checkObjects(there, declared, notObjects))
	mustFind(t, "a column that nobody declares", checkObjects(append(slices.Clone(there), "planted.object_key"), declared, notObjects))
	mustFind(t, "a declared column that is not there", checkObjects(there, append(slices.Clone(declared), "planted.object_key"), notObjects))
	mustFind(t, "an excuse for nothing", checkObjects(there, declared, append(slices.Clone(notObjects), "planted.some_key")))
}

func checkObjects(there, declared, excused []string) []string {
	var bad []string
	for _, c := range there {
		if !slices.Contains(declared, c) && !slices.Contains(excused, c) {
			bad = append(bad, fmt.Sprintf("%s names objects, it seems, and no room declares it: they would be swept", c))
		}
	}
	for _, c := range slices.Concat(declared, excused) {
		if !slices.Contains(there, c) {
			bad = append(bad, fmt.Sprintf("%s is declared and not there", strings.TrimSpace(c)))
		}
	}
	return bad
}
