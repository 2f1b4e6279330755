package testkit_test

import (
	"os"
	"testing"

	"elyco/internal/school"
	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

func TestHouse(t *testing.T) {
	h := testkit.NewHouse(t)
	class := h.NewClass(t, h.College, "5e B", "5e")
	child := h.NewPerson(t, testkit.Named("Inès", "Moreau"), testkit.In(h.College, school.Pupil, testkit.OfClass(class)))
	parent := h.NewPerson(t, testkit.Named("Karim", "Moreau"), testkit.In(h.College, school.Guardian, testkit.Of(child)))

	h.Visitor().Get(t, h.College, "/home").Is(t, 303)
	a := h.SignIn(t, parent).Get(t, h.College, "/home").Is(t, 200).Sees(t, "h1", "Karim")
	if a.RoundTrips < 1 || a.Statements < 1 {
		t.Errorf("the page cost %d round trips: they are not counted", a.RoundTrips)
	}
	if actor := h.Actor(t, h.College, parent); len(actor.Here) != 1 || actor.Here[0].Children[0].Classes[0].Name != "5e B" {
		t.Errorf("the passport is %+v", actor)
	}
	other := h.NewSchool(t)
	h.SignInAs(t, other, school.Teacher).Get(t, other, "/home").Is(t, 200)
}
