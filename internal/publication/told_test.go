package publication_test

import (
	"testing"

	"elyco/internal/audience"
	"elyco/internal/school"
)

// TestReadersAreToldOnce has a department write to the guardians of its collèges, and takes it back.
func TestReadersAreToldOnce(t *testing.T) {
	agent := h.member(t, h.Vendee, school.Collectivity)
	h.Entrust(t, h.Vendee, agent, "transport")
	here, there := h.Class(t, h.Rochelle, "6e T", "6e"), h.Class(t, h.Lucon, "6e T", "6e")
	pupil, near := h.child(t, h.Rochelle, here)
	_, far := h.child(t, h.Lucon, there)
	_, elsewhere := h.child(t, h.Laval, h.Class(t, h.Laval, "6e T", "6e"))
	as := h.as(t, h.Vendee, agent)
	in := input("Ligne 12 coupée", audience.Audience{Profiles: []school.Profile{school.Guardian}, Natures: []string{"college"}})
	in.Section = "transport"
	p := publish(t, as, h.territory.Desk, in)
	for name, c := range map[string]struct {
		who  school.PersonID
		want int
	}{"a guardian of one collège": {near, 1}, "a guardian of the other": {far, 1}, "a pupil": {pupil, 0}, "a guardian of another department": {elsewhere, 0}} {
		if got := h.told(t, p, c.who); got != c.want {
			t.Errorf("%s was told %d times", name, got)
		}
	}
	if err := h.territory.Withdraw(as, p.ID, p.Version); err != nil {
		t.Fatal(err)
	}
	if got := h.told(t, p, far); got != 0 {
		t.Error("what was taken back is still told")
	}
}

// TestASchoolOfManyIsToldInParts has more readers than one transaction tells.
func TestASchoolOfManyIsToldInParts(t *testing.T) {
	head, reader := h.member(t, h.Laval, school.Head), h.member(t, h.Laval, school.Librarian)
	h.Import(t, `insert into membership (tenant_id, person_id, profile, given_name, family_name)
		select $1, gen_random_uuid(), 'pupil', 'Élève', 'N ' || i from generate_series(1, 1100) i`, h.Laval.ID)
	p := publish(t, h.as(t, h.Laval, head), h.news.Desk, input("À tous", audience.Audience{Whole: true}))
	if got := h.told(t, p, reader); got != 1 {
		t.Errorf("a reader was told %d times", got)
	}
	if got := h.told(t, p, head); got != 0 {
		t.Error("an author is told of the own article")
	}
}
