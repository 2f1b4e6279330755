package support_test

import (
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

const bar = "p[role=status]"

func asked(h *testkit.House, p testkit.Person, in *tenant.Tenant) url.Values {
	return url.Values{"id": {uuid.NewString()}, "login": {p.Login}, "space": {strconv.FormatInt(int64(in.ID), 10)},
		"reason": {"Appel du matin : les annonces ne s’affichent pas"}, "minutes": {"10"}}
}

// begin opens a visit and enters it.
func begin(t *testing.T, h *testkit.House, agent *testkit.Client, p testkit.Person, in *tenant.Tenant) {
	t.Helper()
	form := asked(h, p, in)
	agent.Post(t, h.Academy, "/support", form).LeadsTo(t, "/support")
	path := "/support/enter/" + form.Get("id")
	agent.Get(t, in, path).Is(t, 200).Sees(t, "h1", "Voir à la place de "+p.Name())
	agent.Post(t, in, path, nil).LeadsTo(t, "/home")
}

func TestVisit(t *testing.T) {
	h := testkit.NewHouse(t)
	child := h.NewPerson(t, testkit.Named("Léa", "Roy"), testkit.In(h.College, school.Pupil))
	parent := h.NewPerson(t, testkit.Named("Camille", "Roy"), testkit.In(h.College, school.Guardian, testkit.Of(child)))
	agent := h.SignIn(t, h.NewPerson(t, testkit.Named("Anne", "Delaunay"), testkit.In(h.Academy, school.AcademyAgent, testkit.Admin())))
	agent.Get(t, h.Academy, "/support?login="+parent.Login).Is(t, 200).Sees(t, "section#support-new", "Compte de Camille Roy")
	begin(t, h, agent, parent, h.College)

	agent.Get(t, h.College, "/home").Is(t, 200).Sees(t, bar, "à la place de Camille Roy").Sees(t, "h1", "Bonjour")
	for _, path := range []string{"/account", "/account/factors", "/account/password", "/account/app-passwords", "/mydata", "/mydata/journal"} {
		agent.Get(t, h.College, path).Is(t, http.StatusForbidden).Sees(t, bar, "à la place de")
	}
	for _, path := range []string{"/home/reset", "/account/password", "/account/lock", "/account/factors/app", "/account/sign-ons/end", "/preview/leave", "/support", "/none"} {
		agent.Post(t, h.College, path, url.Values{"sure": {"yes"}}).Is(t, http.StatusForbidden)
	}
	// The agent is nobody else on other hosts.
	agent.Get(t, h.Academy, "/home").Is(t, 200).SeesNot(t, "à la place de").Sees(t, "h1", "Anne")

	seen := h.SignIn(t, parent).Get(t, h.College, "/account").Is(t, 200)
	seen.Sees(t, "section#visits", "Anne Delaunay").Sees(t, "section#visits", "Appel du matin")
	h.SignIn(t, parent).Get(t, h.College, "/mydata/journal").Is(t, 200).Sees(t, "main", "Anne Delaunay")
	h.SignIn(t, child).Get(t, h.College, "/account").Sees(t, "section#visits", "Personne ne l’a fait")

	agent.Post(t, h.College, session.LeaveVisitPath, nil).LeadsTo(t, "/")
	agent.Get(t, h.College, "/home").SeesNot(t, "à la place de")
	agent.Get(t, h.Academy, "/support").Is(t, 200).Sees(t, "section#support-list", "Anne Delaunay à la place de Camille Roy").SeesNot(t, "En cours")
	for action, want := range map[string]int{"support.begin": 1, "support.enter": 1, "support.leave": 1} {
		var n int
		if err := h.As(t, "postgres").QueryRow(t.Context(), `select count(*) from audit_entry where action = $1 and actor_id = $2`, action, agent.Person.ID.UUID).Scan(&n); err != nil || n != want {
			t.Errorf("%s is %d times in the trail: %v", action, n, err)
		}
	}
}

// TestVisitEnds lets the time of a visit pass, takes the right away, and takes the person's openness away.
func TestVisitEnds(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.Named("Paul", "Girard"), testkit.In(h.College, school.Teacher))
	other := h.NewPerson(t, testkit.Named("Inès", "Blot"), testkit.In(h.College, school.Teacher))
	agent := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	begin(t, h, agent, p, h.College)
	h.Clock.Pass(9 * time.Minute)
	agent.Get(t, h.College, "/home").Is(t, 200).Sees(t, bar, "Paul Girard")
	h.Clock.Pass(2 * time.Minute)
	agent.Post(t, h.College, "/home/reset", nil).Is(t, http.StatusForbidden)
	agent.Get(t, h.College, "/home").SeesNot(t, "Paul Girard")

	begin(t, h, agent, other, h.College)
	h.Exec(t, `update membership set admin = true where person_id = $1`, other.ID.UUID)
	h.Reissue(t, other)
	agent.Get(t, h.College, "/home").SeesNot(t, "Inès Blot")

	begin(t, h, agent, p, h.College)
	h.Exec(t, `update membership set admin = false where person_id = $1`, agent.Person.ID.UUID)
	h.Reissue(t, agent.Person)
	agent.Get(t, h.College, "/home").SeesNot(t, "Paul Girard")
}

// TestWhomToVisit refuses those who see what is about others, and forms that are not right.
func TestWhomToVisit(t *testing.T) {
	h := testkit.NewHouse(t)
	agent := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	for name, p := range map[string]testkit.Person{
		"a nurse":            h.NewPerson(t, testkit.In(h.College, school.Health)),
		"a nurse elsewhere":  h.NewPerson(t, testkit.In(h.College, school.Teacher), testkit.In(h.Lycee, school.Health)),
		"an administrator":   h.NewPerson(t, testkit.In(h.College, school.Teacher, testkit.Admin())),
		"an academy agent":   h.NewPerson(t, testkit.In(h.Academy, school.AcademyAgent)),
		"a funder's agent":   h.NewPerson(t, testkit.In(h.Vendee, school.Collectivity)),
		"oneself":            agent.Person,
		"a blocked account":  h.NewPerson(t, testkit.In(h.College, school.Pupil), testkit.Blocked()),
		"somebody of no one": h.NewPerson(t),
	} {
		if a := agent.Post(t, h.Academy, "/support", asked(h, p, h.College)); a.Status != 422 {
			t.Errorf("%s can be visited: %d", name, a.Status)
		}
	}
	p := h.NewPerson(t, testkit.In(h.College, school.Pupil))
	for name, change := range map[string]url.Values{
		"no reason":     {"reason": {" "}},
		"a long reason": {"reason": {strings.Repeat("a", 501)}},
		"31 minutes":    {"minutes": {"31"}},
		"no time":       {"minutes": {"0"}},
		"words":         {"minutes": {"beaucoup"}},
		"another space": {"space": {strconv.FormatInt(int64(h.Lycee.ID), 10)}},
		"no login":      {"login": {""}},
		"no id":         {"id": {""}},
	} {
		form := asked(h, p, h.College)
		for k, v := range change {
			form[k] = v
		}
		if a := agent.Post(t, h.Academy, "/support", form); a.Status != 422 {
			t.Errorf("a form with %s: %d", name, a.Status)
		}
	}
	h.SignInAs(t, h.College, school.Head, testkit.Admin()).Get(t, h.College, "/home").Is(t, 200).SeesNot(t, "Assistance")
	agent.Get(t, h.Academy, "/home").Is(t, 200).Sees(t, "nav", "Assistance")
	for _, c := range []*testkit.Client{h.SignInAs(t, h.Academy, school.AcademyAgent), h.SignInAs(t, h.College, school.Head, testkit.Admin())} {
		if a := c.Get(t, h.Academy, "/support"); a.Status != http.StatusForbidden {
			t.Errorf("somebody else than support: %d", a.Status)
		}
	}
	h.Unproved(t, agent)
	agent.Get(t, h.Academy, "/support").LeadsTo(t, session.ConfirmPath("/support"))
}

// TestForeignVisits tries visits that are somebody else's, of another host, over, or made up on the session.
func TestForeignVisits(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.Named("Paul", "Girard"), testkit.In(h.College, school.Teacher), testkit.In(h.Lycee, school.Teacher))
	agent := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	colleague := h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin())
	form := asked(h, p, h.College)
	agent.Post(t, h.Academy, "/support", form).LeadsTo(t, "/support")
	agent.Post(t, h.Academy, "/support", form).LeadsTo(t, "/support") // sent twice, it is one
	path := "/support/enter/" + form.Get("id")
	colleague.Get(t, h.College, path).Is(t, http.StatusNotFound)
	colleague.Post(t, h.College, path, nil).Is(t, http.StatusNotFound)
	agent.Post(t, h.Lycee, path, nil).Is(t, http.StatusNotFound)
	h.SignIn(t, p).Post(t, h.College, path, nil).Is(t, http.StatusNotFound)

	head := h.SignInAs(t, h.College, school.Head)
	head.Get(t, h.College, "/home").Is(t, 200)
	until := h.Clock.Now().Add(10 * time.Minute).Format(time.RFC3339)
	for name, c := range map[string]*testkit.Client{"a head": head, "a colleague of support": colleague} {
		c.Get(t, h.College, "/home")
		h.Exec(t, `update session set preview = $2::jsonb where person_id = $1`, c.Person.ID.UUID,
			`{"id":"`+form.Get("id")+`","name":"Paul Girard","visits":"`+p.ID.String()+`","until":"`+until+`"}`)
		if c.Get(t, h.College, "/home").SeesNot(t, "Paul Girard"); t.Failed() {
			t.Errorf("%s forged a visit", name)
		}
	}
	agent.Post(t, h.College, path, nil).LeadsTo(t, "/home")
	agent.Post(t, h.College, session.LeaveVisitPath, nil).LeadsTo(t, "/")
	agent.Post(t, h.College, path, nil).Is(t, http.StatusNotFound)
}

// TestLostFactors takes the factors of somebody away: the owner is out everywhere and reads why.
func TestLostFactors(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.Named("Paul", "Girard"), testkit.In(h.College, school.Head))
	owner := h.SignIn(t, p)
	owner.Get(t, h.College, "/home").Is(t, 200)
	h.Exec(t, `update account set factor_since = now() where person_id = $1`, p.ID.UUID)
	agent := h.SignIn(t, h.NewPerson(t, testkit.Named("Anne", "Delaunay"), testkit.In(h.Academy, school.AcademyAgent, testkit.Admin())))
	form := url.Values{"id": {uuid.NewString()}, "lost-login": {p.Login}, "lost-reason": {"Rappelé au numéro de l’établissement"}}
	for field, wrong := range map[string]string{"lost-login": "personne.inconnue", "lost-reason": "oui", "id": ""} {
		bad := url.Values{"id": form["id"], "lost-login": form["lost-login"], "lost-reason": form["lost-reason"]}
		bad.Set(field, wrong)
		agent.Post(t, h.Academy, "/support/lost", bad).Is(t, 422)
	}
	own := url.Values{"id": {uuid.NewString()}, "lost-login": {agent.Person.Login}, "lost-reason": form["lost-reason"]}
	agent.Post(t, h.Academy, "/support/lost", own).Is(t, 422).Sees(t, "#lost-login-error", "Aucune autre personne")
	owner.Get(t, h.College, "/home").Is(t, 200)
	h.SignInAs(t, h.Academy, school.AcademyAgent).Post(t, h.Academy, "/support/lost", form).Is(t, http.StatusForbidden)
	agent.Post(t, h.Academy, "/support/lost", form).LeadsTo(t, "/support")
	owner.Get(t, h.College, "/home").Is(t, http.StatusSeeOther)
	h.SignIn(t, p).Get(t, h.College, "/account").Is(t, 200).Sees(t, "section#visits", "Rappelé au numéro")
	var n int
	if err := h.As(t, "postgres").QueryRow(t.Context(), `select count(*) from account where person_id = $1 and factor_since is null`, p.ID.UUID).Scan(&n); err != nil || n != 1 {
		t.Errorf("the factor stays: %v", err)
	}
}
