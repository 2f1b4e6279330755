package accounts_test

import (
	"net/http"
	"net/url"
	"testing"

	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// missing has the latest feed of a space not know some people any more.
func missing(t *testing.T, h *testkit.House, in *tenant.Tenant, people ...testkit.Person) {
	t.Helper()
	for _, p := range people {
		h.Exec(t, `update membership set source = 'aaf', missing_since = $3::date - 2, ends_on = $3::date + 13 where tenant_id = $1 and person_id = $2`,
			int64(in.ID), p.ID.UUID, h.Clock.Now())
	}
	h.Reissue(t, people...)
}

// TestWhoHasMovedIsHelpedWhereTheyAre follows the account of a pupil who changed school within the days of grace.
func TestWhoHasMovedIsHelpedWhereTheyAre(t *testing.T) {
	h := testkit.NewHouse(t)
	class := h.NewClass(t, h.College, "6e A", "6EME")
	here := testkit.In(h.College, school.Pupil, testkit.OfClass(class))
	moved := h.NewPerson(t, here, testkit.In(h.Sibling, school.Pupil))
	absent := h.NewPerson(t, here)
	nowhere := h.NewPerson(t, here, testkit.In(h.Sibling, school.Pupil))
	both := h.NewPerson(t, here, testkit.In(h.Sibling, school.Pupil))
	closed := h.NewPerson(t, here, testkit.In(h.Sibling, school.Pupil))
	missing(t, h, h.College, moved, absent, nowhere, closed)
	missing(t, h, h.Sibling, nowhere)
	pend(t, h, moved)
	pend(t, h, absent)
	old, teacher, fresh := h.SignInAs(t, h.College, school.Head), h.SignInAs(t, h.College, school.Teacher, testkit.OfClass(class)), h.SignInAs(t, h.Sibling, school.Head)
	post := func(by *testkit.Client, in *tenant.Tenant, of testkit.Person, what string) int {
		return by.Post(t, in, "/accounts/people/"+of.ID.String()+"/"+what, url.Values{"reason": {"Essai"}}).Status
	}
	for name, c := range map[string]struct {
		by   *testkit.Client
		in   *tenant.Tenant
		of   testkit.Person
		what string
		want int
	}{
		"the old school gives a code": {old, h.College, moved, "code", http.StatusConflict},
		"the old school mails a code": {old, h.College, moved, "mail", http.StatusConflict},
		"the old school blocks":       {old, h.College, moved, "block", http.StatusConflict},
		"a teacher of the old school": {teacher, h.College, moved, "code", http.StatusConflict},
		"the new school gives a code": {fresh, h.Sibling, moved, "code", http.StatusOK},
		"missing, and nowhere else":   {old, h.College, absent, "code", http.StatusOK},
		"missing in both":             {old, h.College, nowhere, "code", http.StatusOK},
		"known in both":               {old, h.College, both, "code", http.StatusOK},
		"the new school blocks":       {fresh, h.Sibling, closed, "block", http.StatusSeeOther},
	} {
		if got := post(c.by, c.in, c.of, c.what); got != c.want {
			t.Errorf("%s: %d, not %d", name, got, c.want)
		}
	}
	old.Get(t, h.College, "/accounts/people/"+moved.ID.String()).Is(t, 200).Sees(t, "main", "dans un autre établissement").SeesNot(t, "Afficher un nouveau code").SeesNot(t, "Bloquer")
	fresh.Get(t, h.Sibling, "/accounts/people/"+moved.ID.String()).Is(t, 200).Sees(t, "main", "Afficher un nouveau code")

	form := old.Get(t, h.College, "/accounts/sheets").Is(t, 200).Page(t).All(`form[action="/accounts/sheets"]`)[0].Values()
	form["class"], form["audience"], form["renew"] = []string{class.String()}, []string{"pupils"}, []string{"yes"}
	old.Post(t, h.College, "/accounts/sheets", form).Is(t, http.StatusSeeOther)
	work(t, h)
	if n := h.Count(t, `select count(*) from activation_code where person_id = $1 and space_id = $2`, moved.ID.UUID, int64(h.College.ID)); n != 0 {
		t.Error("a sheet of the old school opens the account of who has moved")
	}
	if n := h.Count(t, `select count(*) from activation_code where person_id = $1 and space_id = $2 and via = 'sheet'`, absent.ID.UUID, int64(h.College.ID)); n != 1 {
		t.Error("who is missing, and nowhere else, gets no sheet")
	}
}

// TestMailingNeedsAnAddress follows a code to somebody whom no letter reaches: the page offers none, and comes back from one that
// was offered before.
func TestMailingNeedsAnAddress(t *testing.T) {
	h := testkit.NewHouse(t)
	office := h.SignInAs(t, h.College, school.Head)
	p := h.NewPerson(t, testkit.In(h.College, school.Guardian))
	page := "/accounts/people/" + p.ID.String()
	office.Get(t, h.College, page).Is(t, 200).SeesNot(t, "L’envoyer par e-mail").Sees(t, "#code", "ne connaissons pas d’adresse")
	office.Post(t, h.College, page+"/mail", nil).LeadsTo(t, page)
	office.Get(t, h.College, page).Is(t, 200).Sees(t, "body", "affichez le code")
	shown(t, h, p, "parent@famille.example")
	office.Get(t, h.College, page).Is(t, 200).Sees(t, "#code", "L’envoyer par e-mail")
	office.Post(t, h.College, page+"/mail", nil).LeadsTo(t, page)
	if texts, _ := letters(t, h, h.Academy); len(texts) != 1 {
		t.Errorf("%d letters", len(texts))
	}
}
