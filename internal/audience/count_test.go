package audience_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"elyco/internal/audience"
	"elyco/internal/audience/audiencetest"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

type member struct {
	name  string
	actor school.Actor
}

// folk makes families and staff over several schools: a mother with children in a collège and a lycée, a father kept
// from a child, a teacher of two schools, a teacher who is a mother as well.
func folk(t *testing.T) (people []member, classes map[string]school.ClassID, latin school.GroupID) {
	w := world
	classes = map[string]school.ClassID{"6A": w.Class(t, w.Rochelle, "6A", "6e"), "4B": w.Class(t, w.Rochelle, "4B", "4e"),
		"6L": w.Class(t, w.Lucon, "6 Luçon", "6e"), "2de": w.Class(t, w.Lycee, "2de 1", "2de")}
	latin = w.Group(t, w.Rochelle, "Latin")
	ids := map[string]school.PersonID{}
	for _, name := range []string{"Léa", "Tom", "Zoé", "Ana", "mother", "father", "teacher", "both", "head", "agent"} {
		ids[name] = w.Person(t, name, "Essai")
	}
	w.Join(t, w.Rochelle, ids["Léa"], school.Pupil, classes["6A"])
	w.Join(t, w.Rochelle, ids["Tom"], school.Pupil, classes["4B"], latin)
	w.Join(t, w.Lycee, ids["Zoé"], school.Pupil, classes["2de"])
	w.Join(t, w.Lucon, ids["Ana"], school.Pupil, classes["6L"])
	w.Join(t, w.Rochelle, ids["mother"], school.Guardian)
	w.Join(t, w.Lycee, ids["mother"], school.Guardian)
	w.Follow(t, w.Rochelle, ids["mother"], ids["Léa"])
	w.Follow(t, w.Rochelle, ids["mother"], ids["Tom"])
	w.Follow(t, w.Lycee, ids["mother"], ids["Zoé"])
	w.Join(t, w.Rochelle, ids["father"], school.Guardian)
	w.Follow(t, w.Rochelle, ids["father"], ids["Léa"])
	w.Exclude(t, w.Rochelle, ids["father"], ids["Léa"])
	w.Join(t, w.Rochelle, ids["teacher"], school.Teacher, classes["6A"])
	w.Join(t, w.Lucon, ids["teacher"], school.Teacher, classes["6L"])
	w.Join(t, w.Lucon, ids["both"], school.Teacher)
	w.Join(t, w.Lucon, ids["both"], school.Guardian)
	w.Follow(t, w.Lucon, ids["both"], ids["Ana"])
	w.Join(t, w.Rochelle, ids["head"], school.Head)
	w.Join(t, w.Vendee, ids["agent"], school.Collectivity)
	for name, id := range ids {
		people = append(people, member{name, w.Actor(t, w.Rochelle, id)})
	}
	if err := audience.Recount(t.Context(), w.DB, 1, 2, 3, 4); err != nil {
		t.Fatal(err)
	}
	return people, classes, latin
}

// seenBy lists the people to whom the keys are visible somewhere, by the very sets that pages use.
func seenBy(people []member, keys []string) []string {
	var out []string
	for _, p := range people {
		if slices.ContainsFunc(world.Registry.All(), func(at *tenant.Tenant) bool { return shared(keys, audience.Held(at, p.actor)) }) {
			out = append(out, p.name)
		}
	}
	slices.Sort(out)
	return out
}

func TestCountEqualsThoseWhoSee(t *testing.T) {
	people, classes, latin := folk(t)
	w := world
	for _, c := range []struct {
		name string
		from *tenant.Tenant
		a    audience.Audience
		want string
	}{
		{"a whole school", w.Rochelle, audience.Audience{Whole: true}, "Léa Tom father head mother teacher"},
		{"its guardians", w.Rochelle, audience.Audience{Profiles: []school.Profile{school.Guardian}}, "father mother"},
		{"a level, through the child", w.Rochelle, audience.Audience{Profiles: []school.Profile{school.Guardian}, Levels: []string{"6e"}}, "mother"},
		{"a class, everybody", w.Rochelle, audience.Audience{Classes: []school.ClassID{classes["6A"]}}, "Léa mother teacher"},
		{"a group, guardians", w.Rochelle, audience.Audience{Groups: []school.GroupID{latin}, Profiles: []school.Profile{school.Guardian}}, "mother"},
		{"a level or a group", w.Rochelle, audience.Audience{Levels: []string{"6e"}, Groups: []school.GroupID{latin}, Profiles: []school.Profile{school.Pupil}}, "Léa Tom"},
		{"guardians of the collèges of Vendée", w.Vendee, audience.Audience{Profiles: []school.Profile{school.Guardian}, Natures: []string{"college"}, Departments: []string{"85"}}, "both father mother"},
		{"a level of a department", w.Vendee, audience.Audience{Levels: []string{"6e"}}, "Ana Léa both mother teacher"},
		{"a teacher of two schools once", w.Vendee, audience.Audience{Profiles: []school.Profile{school.Teacher}}, "both teacher"},
		{"two profiles of one person once", w.Vendee, audience.Audience{Profiles: []school.Profile{school.Teacher, school.Guardian}}, "both father mother teacher"},
		{"the department and its agents", w.Vendee, audience.Audience{Whole: true}, "Ana Léa Tom agent both father head mother teacher"},
		{"one school by name", w.Vendee, audience.Audience{Establishments: []school.ScopeID{11}}, "Ana both teacher"},
		{"the region", w.Region, audience.Audience{Whole: true}, "Zoé mother"},
		{"the academy, a mother of two schools once", w.Academy, audience.Audience{Profiles: []school.Profile{school.Guardian}}, "both father mother"},
		{"the academy, lycées of Vendée", w.Academy, audience.Audience{Natures: []string{"lycee"}, Departments: []string{"85"}}, "Zoé mother"},
		{"nobody", w.Mayenne, audience.Audience{Whole: true}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			keys, err := c.a.Keys(c.from)
			if err != nil {
				t.Fatal(err)
			}
			got := seenBy(people, keys)
			if strings.Join(got, " ") != c.want {
				t.Errorf("seen by %v, want %s", got, c.want)
			}
			e, err := audience.Count(audiencetest.In(t.Context(), c.from), w.DB, c.from, c.a)
			if err != nil {
				t.Fatal(err)
			}
			if e.People != len(got) {
				t.Errorf("counted %d, seen by %d", e.People, len(got))
			}
		})
	}
	t.Run("any choice", func(t *testing.T) { anyChoice(t, people, classes, latin) })
}

func anyChoice(t *testing.T, people []member, classes map[string]school.ClassID, latin school.GroupID) {
	p := places{spaces: world.Registry.All(), classes: func(s school.ScopeID) []school.ClassRef {
		if s != world.Rochelle.ID {
			return nil
		}
		return []school.ClassRef{{ID: classes["6A"]}, {ID: classes["4B"]}}
	}, groups: func(s school.ScopeID) []school.GroupRef {
		if s != world.Rochelle.ID {
			return nil
		}
		return []school.GroupRef{{ID: latin}}
	}}
	rapid.Check(t, func(rt *rapid.T) {
		from := rapid.SampledFrom(p.spaces).Draw(rt, "from")
		a := p.audience(rt, from)
		keys, err := a.Keys(from)
		if err != nil {
			return
		}
		e, err := audience.Count(audiencetest.In(t.Context(), from), world.DB, from, a)
		if err != nil {
			rt.Fatal(err)
		}
		if seen := seenBy(people, keys); e.People != len(seen) {
			rt.Fatalf("from %s, %+v: counted %d, seen by %v", from.Name, a, e.People, seen)
		}
	})
}

func TestWords(t *testing.T) {
	w := world
	class := school.ClassRef{ID: school.ClassID{}, Name: "4e B", Level: "4e"}
	for _, c := range []struct {
		from *tenant.Tenant
		a    audience.Audience
		want string
	}{
		{w.Vendee, audience.Audience{Profiles: []school.Profile{school.Guardian, school.Pupil}, Natures: []string{"college"}, Levels: []string{"6e"}},
			"les élèves et les responsables légaux des 2 collèges de Vendée, niveau 6e"},
		{w.Vendee, audience.Audience{Whole: true}, "tout le monde, dans tous les établissements de Vendée"},
		{w.Academy, audience.Audience{Profiles: []school.Profile{school.Head}, Natures: []string{"college"}, Departments: []string{"53", "85"}},
			"la direction des 3 collèges de la Mayenne et de Vendée"},
		{w.Region, audience.Audience{Profiles: []school.Profile{school.Teacher}, Natures: []string{"lycee"}}, "les enseignants des 2 lycées de la Région"},
		{w.Vendee, audience.Audience{Establishments: []school.ScopeID{11}}, "toutes les personnes de l’établissement Collège de Luçon"},
		{w.Rochelle, audience.Audience{Profiles: []school.Profile{school.Guardian}, Classes: []school.ClassID{class.ID}, Levels: []string{"6e"}},
			"les responsables légaux (niveau 6e et classe 4e B)"},
		{w.Rochelle, audience.Audience{Profiles: []school.Profile{school.Guardian}}, "les responsables légaux de l’établissement"},
	} {
		choices := audience.Choices{From: c.from, Classes: []school.ClassRef{class}}
		if got := choices.Words(c.a); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}
