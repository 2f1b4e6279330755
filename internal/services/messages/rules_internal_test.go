package messages

import (
	"testing"
	"time"

	"github.com/google/uuid"
)

func TestAddressesAreReadAsWritten(t *testing.T) {
	id := uuid.New()
	for _, a := range []Address{{Field: To, Kind: Person, Who: id}, {Field: Bcc, Kind: Guardians, Who: id}, {Field: Cc, Kind: Class, Place: id, Profile: "guardian"},
		{Field: To, Kind: Level, Level: "5e", Profile: everyone}, {Field: To, Kind: School, Profile: "teacher"}} {
		if got, ok := parseAddress(a.String()); !ok || got != a {
			t.Errorf("%s is read as %+v, %v", a, got, ok)
		}
	}
	for _, text := range []string{"", "to", "to:person", "to:person:" + id.String(), "to:person:" + id.String() + ":pupil", "x:person:" + id.String() + ":",
		"to:all:" + id.String() + ":*", "to:class:x:*", "to:class:" + id.String() + ":", "to:level::*", "to:school:x:*", "to:school::root"} {
		if a, ok := parseAddress(text); ok {
			t.Errorf("%q is read as %+v", text, a)
		}
	}
}

func TestFoldersAreATree(t *testing.T) {
	a, b, c, d := uuid.New(), uuid.New(), uuid.New(), uuid.New()
	list := ordered([]Folder{{ID: c, Parent: b, Name: "c"}, {ID: a, Name: "a"}, {ID: b, Parent: a, Name: "b"}, {ID: d, Name: "d"}})
	if len(list) != 4 || list[0].ID != a || list[1].ID != b || list[2].ID != c || list[2].Depth != 2 || list[3].ID != d {
		t.Errorf("the order is %+v", list)
	}
	if got := withThoseBelow(list, a); len(got) != 3 || got[0] != c || got[2] != a {
		t.Errorf("with those below: %v", got)
	}
	if checkFolder(list, Folder{Name: "x", Parent: c}) == nil || checkFolder(list, Folder{Name: "x", Parent: uuid.New()}) == nil || checkFolder(list, Folder{}) == nil {
		t.Error("a folder that does not fit is taken")
	}
	if err := checkFolder(list, Folder{Name: "x", Parent: b}); err != nil {
		t.Error(err)
	}
}

func TestSignsAddUp(t *testing.T) {
	now := time.Date(2026, 12, 7, 10, 0, 0, 0, time.UTC)
	c := caution{young: 48 * time.Hour, people: 5, burst: 8, points: 4}
	fresh, old := device{since: now.Add(-time.Hour)}, device{since: now.AddDate(0, -6, 0)}
	for name, k := range map[string]struct {
		o    outgoing
		held bool
	}{
		"an ordinary message":                  {outgoing{device: old, people: 1, recent: 1, open: true}, false},
		"a new telephone, late":                {outgoing{device: fresh, people: 1, recent: 1}, false},
		"a new telephone, late, with a link":   {outgoing{device: fresh, people: 1, recent: 1, text: "voir www.exemple.fr"}, true},
		"a new telephone, many people":         {outgoing{device: fresh, people: 5, recent: 1, open: true}, true},
		"many people, late, with a link":       {outgoing{device: old, people: 9, recent: 1, text: "exemple.com/x"}, true},
		"many people in the day":               {outgoing{device: old, people: 9, recent: 1, open: true}, false},
		"one message after the other, to many": {outgoing{device: old, people: 9, recent: 8, open: true}, true},
		"what was refused":                     {outgoing{device: old, people: 1, recent: 1, open: true, refused: true}, true},
		"a sign-on of which nothing is known":  {outgoing{people: 1, recent: 1, text: "https://x.fr"}, false},
	} {
		if got := heavy(k.o.signs(c, now), c); got != k.held {
			t.Errorf("%s: held is %v", name, got)
		}
	}
}
