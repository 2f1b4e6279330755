package preview

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/words"
)

// wrongField names the one field that a fault is about.
func wrongField(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return ""
	}
	names := []string{}
	for name := range f.Fields {
		names = append(names, name)
	}
	slices.Sort(names)
	if len(names) == 0 {
		return "none"
	}
	return names[0]
}

func TestRole(t *testing.T) {
	id := uuid.New()
	for who, want := range map[string]struct {
		profile school.Profile
		child   uuid.UUID
		wrong   string
	}{
		"pupil":                 {profile: school.Pupil},
		"guardian":              {profile: school.Guardian},
		"child:" + id.String():  {profile: school.Guardian, child: id},
		"child:":                {wrong: "who"},
		"child:x":               {wrong: "who"},
		"":                      {wrong: "who"},
		"administrator":         {wrong: "who"},
		"someone":               {wrong: "who"},
		"collectivity_agent":    {wrong: "who"},
		"Pupil":                 {wrong: "who"},
		"pupil:" + id.String():  {wrong: "who"},
		" child:" + id.String(): {wrong: "who"},
	} {
		p, child, err := Choice{Who: who}.role()
		if p != want.profile || child.UUID != want.child || wrongField(err) != want.wrong {
			t.Errorf("%q: %q, %s, %v", who, p, child, err)
		}
	}
}

func TestPlaces(t *testing.T) {
	class := school.ClassRef{ID: school.ClassID{UUID: uuid.New()}, Name: "4e B"}
	group := school.GroupRef{ID: school.GroupID{UUID: uuid.New()}, Name: "Latin"}
	for name, c := range map[string]struct {
		profile      school.Profile
		class, group uuid.UUID
		want, wrong  string
	}{
		"no class":                {profile: school.Pupil},
		"a class":                 {profile: school.Pupil, class: class.ID.UUID, want: "4e B"},
		"a class and a group":     {profile: school.Guardian, class: class.ID.UUID, group: group.ID.UUID, want: "4e BLatin"},
		"a group":                 {profile: school.Teacher, group: group.ID.UUID, want: "Latin"},
		"a class of elsewhere":    {profile: school.Pupil, class: uuid.New(), wrong: "class"},
		"a group of elsewhere":    {profile: school.Pupil, group: uuid.New(), wrong: "group"},
		"a class of a head":       {profile: school.Head, class: class.ID.UUID, wrong: "class"},
		"a group of a technician": {profile: school.Technical, group: group.ID.UUID, wrong: "group"},
	} {
		classes, groups, err := Choice{Class: c.class, Group: c.group}.places(c.profile, []school.ClassRef{class}, []school.GroupRef{group})
		got := ""
		for _, k := range classes {
			got += k.Name
		}
		for _, g := range groups {
			got += g.Name
		}
		if wrongField(err) != c.wrong || err == nil && got != c.want {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestDays(t *testing.T) {
	zone := words.Zone()
	now := time.Date(2026, 11, 23, 23, 30, 0, 0, zone)
	last := time.Date(2027, 8, 31, 0, 0, 0, 0, time.UTC)
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, zone) }
	for name, c := range map[string]struct {
		day   time.Time
		want  int
		wrong string
	}{
		"no day":                {time.Time{}, 0, ""},
		"today":                 {day(2026, 11, 23), 0, ""},
		"yesterday":             {day(2026, 11, 22), 0, "day"},
		"tomorrow":              {day(2026, 11, 24), 1, ""},
		"past a change of hour": {day(2027, 3, 29), 126, ""},
		"the last day":          {day(2027, 8, 31), 281, ""},
		"the day after":         {day(2027, 9, 1), 0, "day"},
	} {
		if got, err := (Choice{Day: c.day}).days(now, last); got != c.want || wrongField(err) != c.wrong {
			t.Errorf("%s: %d, %v", name, got, err)
		}
	}
}
