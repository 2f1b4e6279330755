package messages

import (
	"testing"

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
