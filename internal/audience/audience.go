package audience

import (
	"slices"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Audience is who is meant, as the author chose it. Within one list any value suffices; an empty list asks nothing.
// Profiles and places must both fit: the guardians, in the collèges. Levels, classes and groups say "tied to one of
// these"; natures and departments narrow the same establishments, and Establishments adds some by name.
type Audience struct {
	Whole          bool             `json:"whole,omitempty"`
	Profiles       []school.Profile `json:"profiles,omitempty"`
	Levels         []string         `json:"levels,omitempty"`
	Classes        []school.ClassID `json:"classes,omitempty"`
	Groups         []school.GroupID `json:"groups,omitempty"`
	Natures        []string         `json:"natures,omitempty"`
	Departments    []string         `json:"departments,omitempty"`
	Establishments []school.ScopeID `json:"establishments,omitempty"`
}

const maxKeys = 2000

// Field is the name under which a form shows what is wrong with an audience.
const Field = "to"

// Empty reports whether nobody has been chosen.
func (a Audience) Empty() bool {
	return !a.Whole && len(a.Profiles)+len(a.Levels)+len(a.Classes)+len(a.Groups)+len(a.Natures)+len(a.Departments)+len(a.Establishments) == 0
}

// Keys turns the choice of an author in the space from into keys, sorted and each once. It refuses, with a sentence
// for the form, a choice that is empty, that reaches beyond the space, or that needs too many keys.
func (a Audience) Keys(from *tenant.Tenant) ([]string, error) {
	if err := a.check(from); err != nil {
		return nil, err
	}
	if a.Whole {
		return []string{base(from) + ":" + everybody}, nil
	}
	profiles := a.Profiles
	if len(profiles) == 0 {
		profiles = []school.Profile{everybody}
	}
	var keys []string
	for _, p := range profiles {
		for _, w := range a.wheres(from) {
			keys = a.appendPlace(keys, w+":"+string(p))
		}
		for _, c := range a.Classes {
			keys = append(keys, ClassKey(c, p))
		}
		for _, g := range a.Groups {
			keys = append(keys, GroupKey(g, p))
		}
	}
	slices.Sort(keys)
	keys = slices.Compact(keys)
	if len(keys) > maxKeys {
		return nil, fault.Field(Field, "Ce choix est trop détaillé. Choisissez une nature d’établissement ou un département plutôt que chaque établissement.")
	}
	return keys, nil
}

// appendPlace adds a place as a whole, or its levels. Classes and groups without a level do not mean the whole place.
func (a Audience) appendPlace(keys []string, place string) []string {
	if len(a.Levels) == 0 && len(a.Classes) == 0 && len(a.Groups) == 0 {
		return append(keys, place)
	}
	for _, l := range a.Levels {
		keys = append(keys, place+":"+l)
	}
	return keys
}

func (a Audience) wheres(from *tenant.Tenant) []string {
	var wheres []string
	for _, id := range a.Establishments {
		if t := below(from, id); t != nil {
			wheres = append(wheres, base(t))
		}
	}
	if len(a.Natures)+len(a.Departments) == 0 {
		if len(wheres) == 0 {
			wheres = append(wheres, base(from))
		}
		return wheres
	}
	for _, n := range orBlank(a.Natures) {
		for _, d := range orBlank(a.Departments) {
			w := base(from)
			if n != "" {
				w += "." + n
			}
			if d != "" {
				w += ".d" + d
			}
			wheres = append(wheres, w)
		}
	}
	return wheres
}

func orBlank(list []string) []string {
	if len(list) == 0 {
		return []string{""}
	}
	return list
}

func (a Audience) check(from *tenant.Tenant) error {
	if a.Empty() {
		return fault.Field(Field, "Choisissez à qui vous vous adressez : tout le monde, ou au moins un profil, un niveau, une classe ou un groupe.")
	}
	outside := notOffered()
	for _, p := range a.Profiles {
		if !p.Valid() {
			return outside
		}
	}
	for _, l := range a.Levels {
		if l == "" || len(l) > 60 {
			return outside
		}
	}
	if from.Kind == tenant.KindEstablishment {
		if len(a.Natures)+len(a.Departments)+len(a.Establishments) > 0 {
			return outside
		}
		return nil
	}
	return a.checkAbove(from, outside)
}

func notOffered() error {
	return fault.Field(Field, "Ce choix dépasse votre espace. Choisissez parmi ce que la page propose.")
}

// checkAbove holds a collectivity, or the academy, to its own establishments and to what it can know of them.
func (a Audience) checkAbove(from *tenant.Tenant, outside error) error {
	if len(a.Classes)+len(a.Groups) > 0 {
		return outside
	}
	for _, id := range a.Establishments {
		if below(from, id) == nil {
			return outside
		}
	}
	places := PlacesOf(from)
	for _, n := range a.Natures {
		if !slices.Contains(places.Natures, n) {
			return outside
		}
	}
	for _, d := range a.Departments {
		if !slices.Contains(places.Departments, d) {
			return outside
		}
	}
	return nil
}

// Places are what the establishments of a collectivity can be told apart by.
type Places struct {
	Natures        []string
	Departments    []string
	Establishments []*tenant.Tenant
}

// PlacesOf lists the places that from may address; an establishment has none but itself.
func PlacesOf(from *tenant.Tenant) Places {
	p := Places{Establishments: establishments(from)}
	for _, e := range p.Establishments {
		for _, n := range natures(e) {
			if !slices.Contains(p.Natures, n) {
				p.Natures = append(p.Natures, n)
			}
		}
		if e.Department != "" && !slices.Contains(p.Departments, e.Department) {
			p.Departments = append(p.Departments, e.Department)
		}
	}
	slices.Sort(p.Natures)
	slices.Sort(p.Departments)
	return p
}

func establishments(from *tenant.Tenant) []*tenant.Tenant {
	var out []*tenant.Tenant
	for _, t := range from.Children() {
		if t.Kind == tenant.KindEstablishment {
			out = append(out, t)
			continue
		}
		out = append(out, establishments(t)...)
	}
	return out
}

func below(from *tenant.Tenant, id school.ScopeID) *tenant.Tenant {
	for _, t := range establishments(from) {
		if t.ID == id {
			return t
		}
	}
	return nil
}

// Spaces lists the spaces whose members the choice can mean: the author's own, some establishments, or both.
func (a Audience) Spaces(from *tenant.Tenant) []*tenant.Tenant {
	if from.Kind == tenant.KindEstablishment {
		return []*tenant.Tenant{from}
	}
	wheres := a.wheres(from)
	if a.Whole {
		wheres = []string{base(from)}
	}
	var out []*tenant.Tenant
	for _, t := range within(from) {
		if overlap(wheres, wheresOf(t)) {
			out = append(out, t)
		}
	}
	return out
}

func within(from *tenant.Tenant) []*tenant.Tenant {
	out := []*tenant.Tenant{from}
	for _, t := range from.Children() {
		out = append(out, within(t)...)
	}
	return out
}
