package account_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

const passPhrase = "girafe lente sous la pluie"

func codeOf(t *testing.T, key string, at time.Time) string {
	t.Helper()
	code, err := hotp.GenerateCodeCustom(strings.ReplaceAll(key, " ", ""), uint64(at.Unix()/30), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
	if err != nil {
		t.Fatal(err)
	}
	return code
}

// enrol adds an application through the pages, and returns its key and the recovery codes.
func enrol(t *testing.T, h *testkit.House, c *testkit.Client, in *tenant.Tenant) (key string, codes []string) {
	t.Helper()
	page := c.Get(t, in, "/account/factors/app").Is(t, 200).Page(t)
	key = page.All("code.enrol-key")[0].Text()
	form := page.All(`form[action="/account/factors/app"]`)[0].Values()
	form.Set("code", codeOf(t, key, h.Clock.Now()))
	made := c.Post(t, in, "/account/factors/app", form).Is(t, 200).Sees(t, "h1", "Vos codes de secours")
	for _, li := range made.Page(t).All("ol.codes code") {
		codes = append(codes, li.Text())
	}
	if len(codes) != 10 {
		t.Fatalf("%d codes", len(codes))
	}
	h.Clock.Pass(2 * time.Minute) // the code that was just given serves no more
	return key, codes
}

// knock signs in by the page, as far as the password goes.
func knock(t *testing.T, h *testkit.House, in *tenant.Tenant, login, back string) (*testkit.Client, *testkit.Answer) {
	t.Helper()
	c := h.Visitor()
	a := c.Get(t, h.Academy, "/sign-on?to="+number(in)+"&seal="+strings.Repeat("A", 43)+"&return="+url.QueryEscape(back)).Is(t, http.StatusSeeOther)
	u, err := url.Parse(a.Location())
	if err != nil {
		t.Fatal(err)
	}
	form := c.Get(t, in, u.RequestURI()).Is(t, 200).Page(t).All(`form[action="/sign-in"]`)[0].Values()
	form.Set("login", login)
	form.Set("password", passPhrase)
	return c, c.Post(t, in, "/sign-in", form)
}

func number(in *tenant.Tenant) string { return strconv.FormatInt(int64(in.ID), 10) }

// TestFactorAtTheDoor goes from the password to the factor to the page that was asked for, and tries every way around.
func TestFactorAtTheDoor(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.Named("Anne", "Morvan"), testkit.Password(passPhrase), testkit.In(h.College, school.Teacher))
	key, codes := enrol(t, h, h.SignIn(t, p), h.College)

	c, a := knock(t, h, h.College, p.Login, "/news")
	a.Is(t, http.StatusSeeOther)
	door := a.Location()
	if !strings.HasPrefix(door, "/sign-in/factor?") || c.Cookie(h.College.Host(), session.Cookie) != "" {
		t.Fatalf("the password alone leads to %s", door)
	}
	for _, path := range []string{"/home", "/news", "/account", "/account/factors", "/account/password"} {
		c.Get(t, h.College, path).Is(t, http.StatusSeeOther)
	}
	half := c.Cookie(h.College.Host(), "__Host-half")
	thief := h.Visitor()
	thief.SetCookie(h.College.Host(), session.Cookie, half)
	thief.Get(t, h.College, "/home").Is(t, http.StatusSeeOther)
	thief.SetCookie(h.Lycee.Host(), "__Host-half", half)
	thief.Get(t, h.Lycee, "/sign-in/factor").Is(t, 200).Sees(t, "h1", "Cette étape est terminée")

	page := c.Get(t, h.College, door).Is(t, 200).Sees(t, "h1", "Deuxième vérification").Page(t)
	form := page.All(`form[action="/sign-in/factor"]`)[0].Values()
	if form.Get("return") != "/news" {
		t.Errorf("the place that was asked for is lost: %v", form)
	}
	form.Set("code", "000000")
	c.Post(t, h.College, "/sign-in/factor", form).Is(t, 422).Sees(t, ".error-summary", "Ce code ne convient pas")
	form.Set("code", codeOf(t, key, h.Clock.Now()))
	in := c.Post(t, h.College, "/sign-in/factor", form).Is(t, http.StatusSeeOther)
	if !strings.Contains(in.Location(), "/sign-on/land?") {
		t.Errorf("the academy's host does not hear of it: %s", in.Location())
	}
	c.Get(t, h.College, "/news").Is(t, 200)
	c.Get(t, h.College, "/sign-in/factor?return=/news").LeadsTo(t, "/news")

	// Replayed, in another browser.
	again, b := knock(t, h, h.College, p.Login, "/home")
	b.Is(t, http.StatusSeeOther)
	again.Post(t, h.College, "/sign-in/factor", form).Is(t, 422)
	form.Set("code", codes[0])
	again.Post(t, h.College, "/sign-in/factor", form).Is(t, http.StatusSeeOther)
	again.Get(t, h.College, "/account/factors").Is(t, 200).Sees(t, "section#factor-codes", "Il vous reste 9 codes")
	h.Visitor().Post(t, h.College, "/sign-in/factor", form).Is(t, 200).Sees(t, "h1", "Cette étape est terminée")
}

// TestStepUp opens what is sensitive long after the password was given.
func TestStepUp(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.Password(passPhrase), testkit.In(h.College, school.Teacher))
	c := h.SignIn(t, p)
	c.Get(t, h.College, "/account/factors/app").Is(t, 200)
	h.Unproved(t, c)
	c.Get(t, h.College, "/account").Is(t, 200)
	asked := c.Get(t, h.College, "/account/factors/app").LeadsTo(t, "/account/confirm?return=%2Faccount%2Ffactors%2Fapp")
	a := c.Do(t, testkit.Request{Method: "POST", To: h.College, Path: "/account/factors/codes", Form: url.Values{},
		Header: http.Header{"Referer": {"http://" + h.College.Host() + "/account/factors"}}})
	a.LeadsTo(t, "/account/confirm?return=%2Faccount%2Ffactors")
	c.Get(t, h.College, a.Location()).Sees(t, "#flash", "n’a pas été enregistré")
	away := c.Do(t, testkit.Request{Method: "POST", To: h.College, Path: "/account/factors/codes", Form: url.Values{},
		Header: http.Header{"Referer": {"http://evil.example/account/factors"}}})
	away.LeadsTo(t, "/account/confirm?return=%2Fhome")
	form := c.Get(t, h.College, asked.Location()).Is(t, 200).Page(t).All(`form[action="/account/confirm"]`)[0].Values()
	form.Set("password", "faux")
	c.Post(t, h.College, "/account/confirm", form).Is(t, 422).Sees(t, "#password-error", "pas votre mot de passe")
	c.Get(t, h.College, "/account/factors/app").Is(t, http.StatusSeeOther)
	form.Set("password", passPhrase)
	c.Post(t, h.College, "/account/confirm", form).LeadsTo(t, "/account/factors/app")
	c.Get(t, h.College, "/account/factors/app").Is(t, 200)
	// A form that was opened in time may take a while; a page may not.
	h.Clock.Pass(20 * time.Minute)
	c.Get(t, h.College, "/account/factors/app").Is(t, http.StatusSeeOther)
	c.Post(t, h.College, "/account/factors/app", url.Values{"code": {"1"}}).Is(t, 422)
	h.Clock.Pass(time.Hour)
	c.Post(t, h.College, "/account/factors/app", url.Values{"code": {"1"}}).Is(t, http.StatusSeeOther)
}

// TestMustAddFactor follows a head from the first sign-in past the days of grace, and a teacher who is asked for nothing.
func TestMustAddFactor(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.Password(passPhrase), testkit.In(h.College, school.Head))
	c, a := knock(t, h, h.College, p.Login, "/home")
	a.Is(t, http.StatusSeeOther)
	c.Get(t, h.College, "/home").Is(t, 200).Sees(t, "#flash", "deuxième vérification")
	c.Get(t, h.College, "/news").Is(t, 200).SeesNot(t, "deuxième vérification")
	h.Clock.Pass(31 * 24 * time.Hour)
	c, a = knock(t, h, h.College, p.Login, "/home")
	a.Is(t, http.StatusSeeOther)
	for _, path := range []string{"/home", "/news/desk", "/people", "/rights"} {
		c.Get(t, h.College, path).LeadsTo(t, "/account/factors")
	}
	c.Post(t, h.College, "/home/reset", url.Values{}).Is(t, http.StatusForbidden)
	c.Get(t, h.College, "/legal").Is(t, 200)
	c.Get(t, h.College, "/account").Is(t, 200).Sees(t, "#flash", "le délai pour l’ajouter est passé")
	c.Get(t, h.College, "/account/factors").Is(t, 200).Sees(t, "main", "Votre rôle ouvre des informations")
	enrol(t, h, c, h.College)
	c.Get(t, h.College, "/home").Is(t, 200).SeesNot(t, "deuxième vérification")
	c.Post(t, h.College, "/account/factors/app/end", url.Values{}).Is(t, http.StatusConflict)

	teacher := h.NewPerson(t, testkit.Password(passPhrase), testkit.In(h.College, school.Teacher))
	knock(t, h, h.College, teacher.Login, "/home")
	h.Clock.Pass(31 * 24 * time.Hour)
	c, _ = knock(t, h, h.College, teacher.Login, "/home")
	c.Get(t, h.College, "/home").Is(t, 200)
	enrol(t, h, c, h.College)
	c.Post(t, h.College, "/account/factors/app/end", url.Values{}).LeadsTo(t, "/account/factors")
	c, _ = knock(t, h, h.College, teacher.Login, "/home")
	c.Get(t, h.College, "/home").Is(t, 200)
}

// TestWhatIsSensitive names the pages that ask again who is there.
func TestWhatIsSensitive(t *testing.T) {
	h := testkit.NewHouse(t)
	at := func(c *testkit.Client, in *tenant.Tenant, paths ...string) {
		for _, path := range paths {
			c.Get(t, in, path).Is(t, 200)
		}
		h.Unproved(t, c)
		for _, path := range paths {
			c.Get(t, in, path).LeadsTo(t, session.ConfirmPath(path))
		}
	}
	at(h.SignInAs(t, h.College, school.Head, testkit.Admin()), h.College, "/rights/news/write/teacher", "/console/administrators", "/console/trail/export",
		"/account/app-passwords", "/account/factors/app")
	at(h.SignInAs(t, h.Vendee, school.Collectivity, testkit.Admin()), h.Vendee, "/oversight/editors")
	at(h.SignInAs(t, h.Academy, school.AcademyAgent, testkit.Admin()), h.Academy, "/oversight/establishments/"+number(h.College)+"/decision")
}
