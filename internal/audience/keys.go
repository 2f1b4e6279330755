package audience

import (
	"slices"
	"strconv"

	"elyco/internal/school"
	"elyco/internal/tenant"
)

const everybody = "*"

// PersonKey is held by one person, in every space.
func PersonKey(id school.PersonID) string { return "p" + id.String() }

// ClassKey is held by the members of a class with the profile, and for guardians by those of its pupils.
func ClassKey(id school.ClassID, p school.Profile) string { return "c" + id.String() + ":" + string(p) }

// GroupKey is held by the members of a group with the profile, and for guardians by those of its pupils.
func GroupKey(id school.GroupID, p school.Profile) string { return "g" + id.String() + ":" + string(p) }

func base(t *tenant.Tenant) string {
	switch t.Kind {
	case tenant.KindAcademy:
		return "a"
	case tenant.KindCollectivity:
		return "t" + strconv.FormatInt(int64(t.ID), 10)
	}
	return "e" + strconv.FormatInt(int64(t.ID), 10)
}

// Held lists the keys that a person holds in the space t, sorted and each once. A visitor, or a person without a
// membership in t, holds none there but the person's own.
func Held(t *tenant.Tenant, a school.Actor) []string {
	if !a.SignedIn() {
		return nil
	}
	keys := []string{PersonKey(a.Person)}
	wheres := wheresOf(t)
	for _, m := range a.Everywhere {
		if m.Scope == t.ID {
			keys = appendMembership(keys, wheres, m)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// Concerned lists the children through whom a guardian is meant by keys in the space t: all of them when every
// guardian of the space is.
func Concerned(t *tenant.Tenant, memberships []school.Membership, keys []string) []school.ChildRef {
	return TiesOf(t, memberships).Concerned(keys)
}

// Ties holds the keys that a guardian owes to each child, for pages that ask of many things whom they concern.
type Ties []tie

type tie struct {
	child school.ChildRef
	keys  []string
}

// TiesOf finds what ties a guardian to the space t.
func TiesOf(t *tenant.Tenant, memberships []school.Membership) Ties {
	var ties Ties
	for _, m := range memberships {
		if m.Scope != t.ID || m.Profile != school.Guardian {
			continue
		}
		wheres := wheresOf(t)
		for _, child := range m.Children {
			one := m
			one.Children = []school.ChildRef{child}
			ties = append(ties, tie{child, appendMembership(nil, wheres, one)})
		}
	}
	return ties
}

// Concerned lists the children through whom the guardian is meant by keys; see the function Concerned.
func (t Ties) Concerned(keys []string) []school.ChildRef {
	var out []school.ChildRef
	for _, tie := range t {
		if overlap(keys, tie.keys) {
			out = append(out, tie.child)
		}
	}
	return out
}

func overlap(a, b []string) bool {
	return slices.ContainsFunc(a, func(k string) bool { return slices.Contains(b, k) })
}

// wheresOf lists the places that a member of t is in: the space, and each space above, as a whole and narrowed by
// nature and by department.
func wheresOf(t *tenant.Tenant) []string {
	wheres := []string{base(t)}
	narrow := narrowings(t)
	for up := t.Parent; up != nil; up = up.Parent {
		for _, n := range narrow {
			wheres = append(wheres, base(up)+n)
		}
	}
	return wheres
}

func narrowings(t *tenant.Tenant) []string {
	out := []string{""}
	if t.Kind != tenant.KindEstablishment {
		return out
	}
	for _, nature := range natures(t) {
		out = append(out, "."+nature)
	}
	if t.Department != "" {
		for _, n := range out {
			out = append(out, n+".d"+t.Department)
		}
	}
	return out
}

// natures names the kinds that an establishment belongs to: its own, and for lycées of all sorts the family.
func natures(t *tenant.Tenant) []string {
	switch t.Nature {
	case "":
		return nil
	case "college", "erea", "lycee":
		return []string{t.Nature}
	case "legt":
		return []string{"lycee", "lgt"}
	}
	return []string{"lycee", t.Nature}
}

func appendMembership(keys, wheres []string, m school.Membership) []string {
	ties := tiesOf(m)
	for _, w := range wheres {
		for _, p := range [2]string{string(m.Profile), everybody} {
			k := w + ":" + p
			keys = append(keys, k)
			for _, l := range ties.levels {
				keys = append(keys, k+":"+l)
			}
		}
	}
	for _, c := range ties.classes {
		keys = append(keys, ClassKey(c, m.Profile), ClassKey(c, everybody))
	}
	for _, g := range ties.groups {
		keys = append(keys, GroupKey(g, m.Profile), GroupKey(g, everybody))
	}
	return keys
}

type ties struct {
	levels  []string
	classes []school.ClassID
	groups  []school.GroupID
}

// tiesOf gathers what a membership is tied to, for a guardian through the children.
func tiesOf(m school.Membership) ties {
	var t ties
	t.add(m.Classes, m.Groups)
	for _, child := range m.Children {
		t.add(child.Classes, child.Groups)
	}
	return t
}

func (t *ties) add(classes []school.ClassRef, groups []school.GroupRef) {
	for _, c := range classes {
		t.classes = append(t.classes, c.ID)
		if c.Level != "" && !slices.Contains(t.levels, c.Level) {
			t.levels = append(t.levels, c.Level)
		}
	}
	for _, g := range groups {
		t.groups = append(t.groups, g.ID)
	}
}
