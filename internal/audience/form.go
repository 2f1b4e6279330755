package audience

import (
	"github.com/google/uuid"

	"elyco/internal/school"
)

// Form is what the picker sends. A room's own form repeats these fields and hands them over with Audience.
type Form struct {
	Whole          bool     `form:"to_whole"`
	Profiles       []string `form:"to_profile"`
	Levels         []string `form:"to_level"`
	Classes        []string `form:"to_class"`
	Groups         []string `form:"to_group"`
	Natures        []string `form:"to_nature"`
	Departments    []string `form:"to_department"`
	Establishments []string `form:"to_establishment"`
}

// Audience reads the choice. An id that cannot be one is an Invalid fault on the picker.
func (f Form) Audience() (Audience, error) {
	a := Audience{Whole: f.Whole, Levels: f.Levels, Natures: f.Natures, Departments: f.Departments}
	for _, p := range f.Profiles {
		a.Profiles = append(a.Profiles, school.Profile(p))
	}
	for _, s := range f.Classes {
		id, err := uuid.Parse(s)
		if err != nil {
			return Audience{}, notOffered()
		}
		a.Classes = append(a.Classes, school.ClassID{UUID: id})
	}
	for _, s := range f.Groups {
		id, err := uuid.Parse(s)
		if err != nil {
			return Audience{}, notOffered()
		}
		a.Groups = append(a.Groups, school.GroupID{UUID: id})
	}
	for _, s := range f.Establishments {
		n, err := parseScope(s)
		if err != nil {
			return Audience{}, notOffered()
		}
		a.Establishments = append(a.Establishments, n)
	}
	return a, nil
}
