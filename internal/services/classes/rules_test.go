package classes

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
)

func TestUnitsThatCannotBe(t *testing.T) {
	year := directory.YearAt(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC))
	year.ID = uuid.New()
	for name, c := range map[string]struct {
		unit  Unit
		field string
	}{
		"a class":                {Unit{Kind: Class, Name: " 4e  B ", Level: "4e"}, ""},
		"a group":                {Unit{Kind: Group, Name: "4ANG1", Made: manual}, ""},
		"without a name":         {Unit{Kind: Class, Level: "4e"}, "name"},
		"with a long name":       {Unit{Kind: Class, Name: strings.Repeat("é", 21), Level: "4e"}, "name"},
		"a class without level":  {Unit{Kind: Class, Name: "4e B"}, "level"},
		"a group of no kind":     {Unit{Kind: Group, Name: "4ANG1", Made: "x"}, "made"},
		"opening another year":   {Unit{Kind: Class, Name: "4e B", Level: "4e", Year: year, OpensOn: year.StartsOn.AddDate(0, 0, -1)}, "opens_on"},
		"opening on the 1st day": {Unit{Kind: Class, Name: "4e B", Level: "4e", Year: year, OpensOn: year.StartsOn}, ""},
	} {
		err := c.unit.check()
		if wrong := refused(err); (err == nil) != (c.field == "") || c.field != "" && wrong[c.field] == "" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadWho(t *testing.T) {
	id := uuid.New()
	list, err := readWho([]string{id.String() + ":pupil"})
	if err != nil || list[0] != (who{id, school.Pupil}) || list[0].String() != id.String()+":pupil" {
		t.Errorf("%v: %v", list, err)
	}
	for _, bad := range [][]string{nil, {"x"}, {id.String()}, {id.String() + ":king"}, {":pupil"}, make([]string, most+1)} {
		if _, err := readWho(bad); err == nil {
			t.Errorf("%.60q is taken", bad)
		}
	}
}

func TestReadLines(t *testing.T) {
	l := line{uuid.New(), uuid.New(), Group, uuid.New()}
	list, err := readLines([]string{l.String()})
	if err != nil || list[0] != l {
		t.Errorf("%v: %v", list, err)
	}
	for _, bad := range [][]string{nil, {"a:b:class:c"}, {uuid.NewString() + ":" + uuid.NewString() + ":school:" + uuid.NewString()}, {uuid.NewString()}, make([]string, most+1)} {
		if _, err := readLines(bad); err == nil {
			t.Errorf("%.60q is taken", bad)
		}
	}
}

func TestGrid(t *testing.T) {
	a, b := Unit{ID: uuid.New(), Level: "6e"}, Unit{ID: uuid.New(), Level: "5e"}
	maths, french := Subject{ID: uuid.New(), Label: "Mathématiques"}, Subject{ID: uuid.New(), Label: "Français"}
	all := []Teaching{{Subject: maths, Kind: Class, Unit: a.ID, Family: "Un"}, {Subject: french, Kind: Class, Unit: a.ID}, {Subject: maths, Kind: Class, Unit: a.ID, Family: "Deux"},
		{Subject: maths, Kind: Class, Unit: b.ID}, {Subject: maths, Kind: Group, Unit: a.ID}}
	g := gridOf([]Unit{a}, all)
	if len(g.Subjects) != 2 || g.Subjects[0].Label != "Français" || len(g.Cells[maths.ID][a.ID]) != 2 || len(g.Cells[maths.ID][b.ID]) != 0 {
		t.Errorf("%+v", g)
	}
	if l := levelsOf([]Unit{a, b, a}); len(l) != 2 {
		t.Errorf("%v", l)
	}
}

func TestEssentials(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range Essentials() {
		if err := s.check(); err != nil || seen[s.Code] || s.Short == "" {
			t.Errorf("%+v: %v", s, err)
		}
		seen[s.Code] = true
	}
	if n := len(missing([]Subject{{Code: "061300"}})); n != len(seen)-1 {
		t.Errorf("%d are missing", n)
	}
	if err := (&Subject{Label: "Occitan", Code: "12"}).check(); !fault.Is(err, fault.Invalid) {
		t.Errorf("a short code: %v", err)
	}
}

func TestLastLevels(t *testing.T) {
	for _, c := range []struct{ levels, last []string }{
		{[]string{"6e", "5e", "4e", "3e"}, []string{"3e"}},
		{[]string{"2de", "1re", "Tle", "CAP 1", "CAP 2"}, []string{"Tle", "CAP 2"}},
		{[]string{"ULIS"}, []string{"ULIS"}},
		{nil, []string{}},
	} {
		if got := lastLevels(c.levels); !slices.Equal(got, c.last) {
			t.Errorf("of %v leave %v", c.levels, got)
		}
	}
}

func TestTheYearAfter(t *testing.T) {
	for end, label := range map[string]string{"2027-08-31": "2027-2028", "2027-07-04": "2027-2028", "2027-09-03": "2027-2028", "2027-06-12": "2027-2028"} {
		y := directory.Year{EndsOn: day(end)}
		if got := directory.YearAt(after(y)).Label; got != label {
			t.Errorf("after the year that ends on %s comes %s", end, got)
		}
	}
}
