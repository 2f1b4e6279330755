package directory

import (
	_ "embed"
	"slices"

	"elyco/internal/school"
	"elyco/internal/setting"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

// Words are the package's messages, for the catalog of the house.
func Words() []byte { return wordsFR }

// Field is something that the directory knows of a person and that others may see. The name and the profile are always
// seen: without them nobody is found.
type Field string

// The fields.
const (
	FieldEmail    Field = "email"
	FieldPhone    Field = "phone"
	FieldPhoto    Field = "photo"
	FieldBirth    Field = "birth"
	FieldClass    Field = "class"
	FieldFunction Field = "function"
)

// Fields lists them in the order in which pages show them.
func Fields() []Field {
	return []Field{FieldClass, FieldFunction, FieldPhoto, FieldEmail, FieldPhone, FieldBirth}
}

// Circle gathers the profiles to which a school opens the same fields.
type Circle string

// The circles.
const (
	Pupils    Circle = "pupils"
	Guardians Circle = "guardians"
	Staff     Circle = "staff"
	Visitors  Circle = "visitors" // tutors and guests
)

// Circles lists them in the order in which pages show them.
func Circles() []Circle { return []Circle{Pupils, Guardians, Staff, Visitors} }

// CircleOf tells which circle a profile belongs to.
func CircleOf(p school.Profile) Circle {
	switch {
	case p == school.Pupil:
		return Pupils
	case p == school.Guardian:
		return Guardians
	case p.Adult():
		return Staff
	}
	return Visitors
}

// VisibleName is the name of the setting that says which fields of a circle another one sees.
func VisibleName(of, by Circle) string {
	return "directory.visible." + string(of) + "_by_" + string(by)
}

// Visible tells which fields of a person of the profile somebody who holds the viewers' profiles sees in a space. It asks
// memory alone. What people see of themselves is not its business.
func Visible(b *setting.Book, t *tenant.Tenant, viewers []school.Profile, of school.Profile) []Field {
	seen := map[Field]bool{}
	for _, v := range viewers {
		if !v.Valid() {
			continue
		}
		for _, f := range b.Many(t, VisibleName(CircleOf(of), CircleOf(v))) {
			seen[Field(f)] = true
		}
	}
	return slices.DeleteFunc(Fields(), func(f Field) bool { return !seen[f] })
}

// Settings declares which fields each circle sees of each other.
func Settings() []setting.Def {
	labels := map[Field]string{FieldEmail: "directory.field.email", FieldPhone: "directory.field.phone", FieldPhoto: "directory.field.photo",
		FieldBirth: "directory.field.birth", FieldClass: "directory.field.class", FieldFunction: "directory.field.function"}
	titles := map[Circle]string{Pupils: "directory.visible.by_pupils", Guardians: "directory.visible.by_guardians",
		Staff: "directory.visible.by_staff", Visitors: "directory.visible.by_visitors"}
	groups := map[Circle]string{Pupils: "directory.visible.pupils", Guardians: "directory.visible.guardians",
		Staff: "directory.visible.staff", Visitors: "directory.visible.visitors"}
	var defs []setting.Def
	for _, of := range Circles() {
		for _, by := range Circles() {
			d := setting.Def{Name: VisibleName(of, by), Title: titles[by], Group: groups[of], Kind: setting.Choices}
			for _, f := range Fields() {
				d.Choices = append(d.Choices, setting.Option{Value: string(f), Label: labels[f]})
			}
			for _, f := range usual(of, by) {
				d.Default.Many = append(d.Default.Many, string(f))
			}
			defs = append(defs, d)
		}
	}
	return defs
}

// usual is what is seen until a space decides: little of minors and of families, what work needs of staff.
func usual(of, by Circle) []Field {
	switch {
	case by == Visitors:
		return nil
	case of == Pupils && by == Staff:
		return []Field{FieldClass, FieldPhoto, FieldEmail, FieldPhone, FieldBirth}
	case of == Pupils && by == Pupils:
		return []Field{FieldClass}
	case of == Guardians && by == Staff:
		return []Field{FieldEmail, FieldPhone}
	case of == Staff && by == Staff:
		return []Field{FieldClass, FieldFunction, FieldPhoto, FieldEmail}
	case of == Staff:
		return []Field{FieldClass, FieldFunction, FieldPhoto}
	case of == Visitors && by == Staff:
		return []Field{FieldFunction, FieldEmail, FieldPhone}
	}
	return nil
}
