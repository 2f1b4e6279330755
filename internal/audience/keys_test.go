package audience_test

import (
	"slices"
	"testing"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"elyco/internal/audience"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// places is everywhere that a test draws from. A class and a group belong to one space.
type places struct {
	spaces  []*tenant.Tenant
	classes func(school.ScopeID) []school.ClassRef
	groups  func(school.ScopeID) []school.GroupRef
}

func drawn() places {
	classes := func(s school.ScopeID) []school.ClassRef {
		var out []school.ClassRef
		for i, level := range []string{"6e", "5e", "6e", ""} {
			out = append(out, school.ClassRef{ID: school.ClassID{UUID: uuid.UUID{1, byte(s), byte(i)}}, Name: level, Level: level})
		}
		return out
	}
	groups := func(s school.ScopeID) []school.GroupRef {
		return []school.GroupRef{{ID: school.GroupID{UUID: uuid.UUID{2, byte(s)}}}, {ID: school.GroupID{UUID: uuid.UUID{3, byte(s)}}}}
	}
	return places{spaces: world.Registry.All(), classes: classes, groups: groups}
}

var profiles = []school.Profile{school.Pupil, school.Guardian, school.Teacher, school.Head, school.Collectivity, school.AcademyAgent}

func some[T any](t *rapid.T, label string, from []T) []T {
	var out []T
	for _, v := range from {
		if rapid.Bool().Draw(t, label) {
			out = append(out, v)
		}
	}
	return out
}

func (p places) membership(t *rapid.T, in *tenant.Tenant) school.Membership {
	m := school.Membership{Scope: in.ID, Profile: rapid.SampledFrom(profiles).Draw(t, "profile")}
	classes, groups := p.classes(in.ID), p.groups(in.ID)
	if m.Profile == school.Guardian {
		for range rapid.IntRange(0, 2).Draw(t, "children") {
			m.Children = append(m.Children, school.ChildRef{ID: school.PersonID{UUID: uuid.New()},
				Classes: some(t, "child class", classes), Groups: some(t, "child group", groups)})
		}
		return m
	}
	m.Classes, m.Groups = some(t, "class", classes), some(t, "group", groups)
	return m
}

func (p places) audience(t *rapid.T, from *tenant.Tenant) audience.Audience {
	a := audience.Audience{Whole: rapid.IntRange(0, 9).Draw(t, "whole") == 0, Profiles: some(t, "to profile", profiles),
		Levels: some(t, "to level", []string{"6e", "5e", "4e"})}
	if from.Kind == tenant.KindEstablishment {
		for _, c := range some(t, "to class", p.classes(from.ID)) {
			a.Classes = append(a.Classes, c.ID)
		}
		for _, g := range some(t, "to group", p.groups(from.ID)) {
			a.Groups = append(a.Groups, g.ID)
		}
		return a
	}
	reach := audience.PlacesOf(from)
	a.Natures, a.Departments = some(t, "to nature", reach.Natures), some(t, "to department", reach.Departments)
	for _, e := range some(t, "to establishment", reach.Establishments) {
		a.Establishments = append(a.Establishments, e.ID)
	}
	return a
}

// meant is the rule said directly, without keys: it is what the keys must agree with.
func meant(a audience.Audience, from, at *tenant.Tenant, m school.Membership) bool {
	if m.Scope != at.ID || !at.Within(from) {
		return false
	}
	if a.Whole {
		return true
	}
	if len(a.Profiles) > 0 && !slices.Contains(a.Profiles, m.Profile) {
		return false
	}
	return inPlace(a, from, at) && tied(a, m)
}

func inPlace(a audience.Audience, from, at *tenant.Tenant) bool {
	if slices.Contains(a.Establishments, at.ID) {
		return true
	}
	if len(a.Natures)+len(a.Departments) == 0 {
		return len(a.Establishments) == 0
	}
	if at.Kind != tenant.KindEstablishment {
		return false
	}
	nature := len(a.Natures) == 0 || slices.ContainsFunc(a.Natures, func(n string) bool { return ofNature(at, n) })
	return nature && (len(a.Departments) == 0 || slices.Contains(a.Departments, at.Department))
}

func ofNature(t *tenant.Tenant, n string) bool {
	switch n {
	case "college":
		return t.IsCollege()
	case "erea":
		return t.Nature == "erea"
	case "lycee":
		return !t.IsCollege() && t.Nature != "erea"
	case "lgt":
		return t.Nature == "legt" || t.Nature == "lgt"
	}
	return t.Nature == n
}

func tied(a audience.Audience, m school.Membership) bool {
	if len(a.Levels)+len(a.Classes)+len(a.Groups) == 0 {
		return true
	}
	match := func(classes []school.ClassRef, groups []school.GroupRef) bool {
		return slices.ContainsFunc(classes, func(c school.ClassRef) bool {
			return slices.Contains(a.Classes, c.ID) || c.Level != "" && slices.Contains(a.Levels, c.Level)
		}) || slices.ContainsFunc(groups, func(g school.GroupRef) bool { return slices.Contains(a.Groups, g.ID) })
	}
	return match(m.Classes, m.Groups) || slices.ContainsFunc(m.Children, func(k school.ChildRef) bool { return match(k.Classes, k.Groups) })
}

func shared(a, b []string) bool {
	return slices.ContainsFunc(a, func(k string) bool { return slices.Contains(b, k) })
}

func TestKeysSayWhatTheRuleSays(t *testing.T) {
	p := drawn()
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.SampledFrom(p.spaces).Draw(t, "from")
		at := rapid.SampledFrom(p.spaces).Draw(t, "at")
		a := p.audience(t, from)
		who := school.Actor{Person: school.PersonID{UUID: uuid.New()}}
		for range rapid.IntRange(0, 3).Draw(t, "memberships") {
			who.Everywhere = append(who.Everywhere, p.membership(t, rapid.SampledFrom(p.spaces).Draw(t, "space")))
		}
		if at == from || rapid.Bool().Draw(t, "member there") {
			who.Everywhere = append(who.Everywhere, p.membership(t, at))
		}
		keys, err := a.Keys(from)
		if a.Empty() {
			if !fault.Is(err, fault.Invalid) {
				t.Fatalf("an empty audience: %v", err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		want := slices.ContainsFunc(who.Everywhere, func(m school.Membership) bool { return meant(a, from, at, m) })
		if got := shared(keys, audience.Held(at, who)); got != want {
			t.Fatalf("from %s, seen at %s: keys %v, held %v: visible %v, the rule says %v", from.Name, at.Name, keys, audience.Held(at, who), got, want)
		}
	})
}

func TestKeysStayWithinReach(t *testing.T) {
	class := school.ClassID{UUID: uuid.New()}
	for name, c := range map[string]struct {
		from *tenant.Tenant
		a    audience.Audience
	}{
		"empty":                        {world.Rochelle, audience.Audience{}},
		"a school, another school":     {world.Rochelle, audience.Audience{Establishments: []school.ScopeID{11}}},
		"a school, its own by number":  {world.Rochelle, audience.Audience{Establishments: []school.ScopeID{10}}},
		"a school, all collèges":       {world.Rochelle, audience.Audience{Natures: []string{"college"}}},
		"a school, a department":       {world.Rochelle, audience.Audience{Departments: []string{"85"}}},
		"a school, no profile at all":  {world.Rochelle, audience.Audience{Profiles: []school.Profile{"*"}}},
		"a school, anyone":             {world.Rochelle, audience.Audience{Profiles: []school.Profile{school.Anyone}}},
		"a department, another's":      {world.Vendee, audience.Audience{Establishments: []school.ScopeID{12}}},
		"a department, a lycée":        {world.Vendee, audience.Audience{Natures: []string{"lycee"}}},
		"a department, a key spliced":  {world.Vendee, audience.Audience{Natures: []string{"college:*"}}},
		"a department, a class":        {world.Vendee, audience.Audience{Classes: []school.ClassID{class}}},
		"a department, other's number": {world.Vendee, audience.Audience{Departments: []string{"53"}}},
		"a department, the academy":    {world.Vendee, audience.Audience{Establishments: []school.ScopeID{1}}},
	} {
		t.Run(name, func(t *testing.T) {
			if keys, err := c.a.Keys(c.from); !fault.Is(err, fault.Invalid) {
				t.Errorf("keys %v, error %v", keys, err)
			}
		})
	}
}

func TestTooManyKeys(t *testing.T) {
	a := audience.Audience{Profiles: school.SchoolProfiles(), Establishments: []school.ScopeID{10, 11, 15}}
	for i := range 90 {
		a.Levels = append(a.Levels, "niveau "+string(rune('A'+i)))
	}
	if _, err := a.Keys(world.Vendee); !fault.Is(err, fault.Invalid) {
		t.Errorf("too many keys: %v", err)
	}
}

func TestConcerned(t *testing.T) {
	six := school.ClassRef{ID: school.ClassID{UUID: uuid.New()}, Level: "6e"}
	four := school.ClassRef{ID: school.ClassID{UUID: uuid.New()}, Level: "4e"}
	lea := school.ChildRef{ID: school.PersonID{UUID: uuid.New()}, Name: "Léa", Classes: []school.ClassRef{six}}
	tom := school.ChildRef{ID: school.PersonID{UUID: uuid.New()}, Name: "Tom", Classes: []school.ClassRef{four}}
	m := []school.Membership{{Scope: world.Rochelle.ID, Profile: school.Guardian, Children: []school.ChildRef{lea, tom}},
		{Scope: world.Lycee.ID, Profile: school.Guardian, Children: []school.ChildRef{{Name: "Zoé"}}}}
	for keys, want := range map[string]string{"e10:guardian": "LéaTom", "t2.college:guardian:6e": "Léa", "e10:*:4e": "Tom",
		audience.ClassKey(six.ID, school.Guardian): "Léa", "e10:pupil": "", "e13:guardian": ""} {
		got := ""
		for _, c := range audience.Concerned(world.Rochelle, m, []string{keys}) {
			got += c.Name
		}
		if got != want {
			t.Errorf("%s concerns %q, want %q", keys, got, want)
		}
	}
}

func BenchmarkHeld(b *testing.B) {
	m := school.Membership{Scope: world.Rochelle.ID, Profile: school.Guardian}
	for _, level := range []string{"6e", "4e"} {
		m.Children = append(m.Children, school.ChildRef{Classes: []school.ClassRef{{ID: school.ClassID{UUID: uuid.New()}, Level: level}}})
	}
	a := school.Actor{Person: school.PersonID{UUID: uuid.New()}, Everywhere: []school.Membership{m}}
	for b.Loop() {
		audience.Held(world.Rochelle, a)
	}
}
