package people

import (
	"slices"

	"elyco/internal/directory"
	"elyco/internal/school"
	"elyco/internal/setting"
	"elyco/internal/tenant"
)

// veil says which fields of whom a reader sees in a space.
type veil struct {
	book    *setting.Book
	space   *tenant.Tenant
	reader  school.PersonID
	viewers []school.Profile
}

func (r *Room) veilOf(t *tenant.Tenant, reader school.PersonID, here []school.Membership) veil {
	v := veil{book: r.settings, space: t, reader: reader}
	for _, m := range here {
		v.viewers = append(v.viewers, m.Profile)
	}
	return v
}

// staff reports whether the reader works here, and so sees classes before they open.
func (v veil) staff() bool { return slices.ContainsFunc(v.viewers, school.Profile.Adult) }

// shows reports whether the reader sees a field of somebody with a profile.
func (v veil) shows(who school.PersonID, of school.Profile, f directory.Field) bool {
	return who == v.reader || slices.Contains(directory.Visible(v.book, v.space, v.viewers, of), f)
}

// withClasses lists the profiles whose classes the reader sees: those by which a list can be narrowed.
func (v veil) withClasses() []school.Profile {
	var list []school.Profile
	for _, p := range school.Profiles() {
		if v.shows(school.PersonID{}, p, directory.FieldClass) {
			list = append(list, p)
		}
	}
	return list
}

// over takes away from people what the reader does not see of them.
func (v veil) over(people []Person) []Person {
	for i := range people {
		photo := false
		for j := range people[i].Roles {
			role := &people[i].Roles[j]
			sees := func(f directory.Field) bool { return v.shows(people[i].ID, role.Profile, f) }
			if !sees(directory.FieldClass) {
				role.Classes, role.Form = nil, nil
			}
			if !sees(directory.FieldFunction) {
				role.Function = ""
			}
			photo = photo || sees(directory.FieldPhoto)
			people[i].email = people[i].email || sees(directory.FieldEmail)
			people[i].birth = people[i].birth || sees(directory.FieldBirth)
		}
		people[i].Photo = people[i].Photo && photo
	}
	return people
}
