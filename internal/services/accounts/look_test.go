package accounts_test

import (
	"testing"

	"elyco/internal/school"
	"elyco/internal/testkit"
)

// TestWhoLooksAtAnAccountIsNoted: when somebody came last and at what address they are reached is theirs to know who read.
func TestWhoLooksAtAnAccountIsNoted(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.In(h.College, school.Pupil))
	office := h.SignInAs(t, h.College, school.Administrative)
	owner := h.SignIn(t, p)
	owner.Get(t, h.College, "/mydata/journal").Is(t, 200).SeesNot(t, office.Person.Name())
	office.Get(t, h.College, "/accounts/people/"+p.ID.String()).Is(t, 200)
	owner.Get(t, h.College, "/mydata/journal").Is(t, 200).Sees(t, "table", office.Person.Name()).Sees(t, "table", "l’état du compte")
}
