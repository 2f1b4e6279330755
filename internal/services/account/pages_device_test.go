package account_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// again signs in by the page with a browser that did so before.
func again(t *testing.T, c *testkit.Client, in *tenant.Tenant, login string) {
	t.Helper()
	c.Post(t, in, "/sign-out", url.Values{})
	c.Post(t, in, "/sign-in", url.Values{"login": {login}, "password": {passPhrase}}).Is(t, http.StatusSeeOther)
}

// TestNewDevice follows two browsers of one person: the one that was there first is asked about the other.
func TestNewDevice(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.Password(passPhrase), testkit.In(h.College, school.Guardian))
	mine, _ := knock(t, h, h.College, p.Login, "/home")
	mine.Get(t, h.College, "/home").Is(t, 200).SeesNot(t, "nouvel appareil")
	h.Clock.Pass(time.Minute)
	again(t, mine, h.College, p.Login)
	mine.Get(t, h.College, "/home").Is(t, 200).SeesNot(t, "nouvel appareil")

	h.Clock.Pass(time.Minute)
	other, _ := knock(t, h, h.College, p.Login, "/home")
	other.Get(t, h.College, "/home").Is(t, 200).SeesNot(t, "nouvel appareil")
	other.Get(t, h.College, "/account").Is(t, 200).SeesNot(t, "Était-ce vous")
	mine.Get(t, h.College, "/home").Is(t, 200).Sees(t, "#flash", "nouvel appareil")
	page := mine.Get(t, h.College, "/account").Is(t, 200).Sees(t, "section#notices", "Firefox sur Linux").Page(t)
	answer := page.All(`section#notices form`)[0].Attr("action")
	// Whoever came in last cannot say that it was the owner, and nobody else can either.
	other.Post(t, h.College, answer, nil).Is(t, http.StatusNotFound)
	h.SignInAs(t, h.College, school.Guardian).Post(t, h.College, answer, nil).Is(t, http.StatusNotFound)
	mine.Post(t, h.College, answer, nil).LeadsTo(t, "/account")
	mine.Get(t, h.College, "/home").Is(t, 200)
	mine.Get(t, h.College, "/account").Is(t, 200).SeesNot(t, "Était-ce vous")
	mine.Post(t, h.College, answer, nil).Is(t, http.StatusNotFound)
}

// TestNotMe locks an account by the link of a notice, without a sign-in, and tries links that are not right.
func TestNotMe(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.Password(passPhrase), testkit.In(h.College, school.Teacher))
	mine, _ := knock(t, h, h.College, p.Login, "/home")
	h.Clock.Pass(time.Minute)
	thief, _ := knock(t, h, h.College, p.Login, "/home")
	page := mine.Get(t, h.College, "/account").Is(t, 200).Page(t)
	link := page.All(`section#notices a[href*="/sign-in/not-me"]`)[0].Attr("href")
	u, err := url.Parse(link)
	if err != nil || u.Host != h.Academy.Host() {
		t.Fatalf("the link leads to %s", link)
	}
	q := u.Query()
	for name, wrong := range map[string]url.Values{
		"forged":    {"notice": q["notice"], "key": {strings.Repeat("A", 43)}},
		"swapped":   {"notice": {p.ID.String()}, "key": q["key"]},
		"without":   {},
		"no notice": {"key": q["key"]},
	} {
		h.Visitor().Get(t, h.Academy, "/sign-in/not-me?"+wrong.Encode()).Is(t, 200).Sees(t, "h1", "Ce lien ne sert plus")
		if a := h.Visitor().Post(t, h.Academy, "/sign-in/not-me", wrong); a.Status != http.StatusNotFound && a.Status != 422 {
			t.Errorf("a link that is %s: %d", name, a.Status)
		}
	}
	thief.Get(t, h.College, "/home").Is(t, 200)
	form := h.Visitor().Get(t, h.Academy, u.RequestURI()).Is(t, 200).Page(t).All(`form[action="/sign-in/not-me"]`)[0].Values()
	h.Visitor().Post(t, h.Academy, "/sign-in/not-me", form).Is(t, 200).Sees(t, "h1", "Votre compte est verrouillé")
	for _, c := range []*testkit.Client{mine, thief} {
		c.Get(t, h.College, "/home").Is(t, http.StatusSeeOther)
	}
	_, a := knock(t, h, h.College, p.Login, "/home")
	a.Is(t, 422).Sees(t, "main", "Identifiant ou mot de passe incorrect")
	h.Visitor().Post(t, h.Academy, "/sign-in/not-me", form).Is(t, http.StatusNotFound)

	// Given back, the password that the thief knew opens nothing, and the same link is used up by its age.
	h.Exec(t, `update account set state = 'active' where person_id = $1`, p.ID.UUID)
	_, a = knock(t, h, h.College, p.Login, "/home")
	a.Is(t, 422)
	h.Clock.Pass(31 * 24 * time.Hour)
	h.Visitor().Post(t, h.Academy, "/sign-in/not-me", form).Is(t, http.StatusNotFound)
}

// TestLock locks one's own account from the account page.
func TestLock(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.Password(passPhrase), testkit.In(h.College, school.Pupil))
	c, elsewhere := h.SignIn(t, p), h.SignIn(t, p)
	elsewhere.Get(t, h.College, "/home").Is(t, 200)
	c.Get(t, h.College, "/account/lock").Is(t, 200).Sees(t, "main", "même avec le bon mot de passe")
	c.Post(t, h.College, "/account/lock", nil).LeadsTo(t, "/account/lock")
	c.Post(t, h.College, "/account/lock", url.Values{"sure": {"yes"}}).Is(t, 200).Sees(t, "h1", "Votre compte est verrouillé")
	for _, k := range []*testkit.Client{c, elsewhere} {
		k.Get(t, h.College, "/home").Is(t, http.StatusSeeOther)
	}
}

// TestNewDeviceIsWrittenTo follows the letter about a new browser to the lock, and to whom none is written.
func TestNewDeviceIsWrittenTo(t *testing.T) {
	h := testkit.NewHouse(t)
	reached := h.NewPerson(t, testkit.Named("Anne", "Morvan"), testkit.Password(passPhrase), testkit.In(h.College, school.Guardian))
	silent := h.NewPerson(t, testkit.Password(passPhrase), testkit.In(h.College, school.Guardian))
	h.Exec(t, `insert into account_contact (tenant_id, person_id, kind, value, verified_at) values (1, $1, 'email', 'anne@exemple.test', $2)`, reached.ID.UUID, h.Clock.Now())
	h.Exec(t, `update person set email = 'annuaire@exemple.test' where id = $1`, silent.ID.UUID)
	mine, _ := knock(t, h, h.College, reached.Login, "/home")
	h.Clock.Pass(time.Minute)
	again(t, mine, h.College, reached.Login)
	knock(t, h, h.College, silent.Login, "/home")
	if texts, _ := posted(t, h, "account.device"); len(texts) != 0 {
		t.Fatalf("%d letters about browsers that are known", len(texts))
	}
	h.Clock.Pass(time.Minute)
	thief, _ := knock(t, h, h.College, reached.Login, "/home")
	knock(t, h, h.College, silent.Login, "/home")
	again(t, thief, h.College, reached.Login)
	texts, to := posted(t, h, "account.device")
	if len(texts) != 1 || to[0] != "anne@exemple.test" {
		t.Fatalf("%d letters to %v", len(texts), to)
	}
	for _, said := range []string{"Anne", h.College.Name, "Firefox sur Linux", "rien à faire"} {
		if !strings.Contains(texts[0], said) {
			t.Errorf("the letter does not say %q: %s", said, texts[0])
		}
	}
	u, err := url.Parse(regexp.MustCompile(`http\S+/sign-in/not-me\S+`).FindString(texts[0]))
	if err != nil || u.Host != h.Academy.Host() {
		t.Fatalf("the letter leads to %s", u)
	}
	form := h.Visitor().Get(t, h.Academy, u.RequestURI()).Is(t, 200).Page(t).All(`form[action="/sign-in/not-me"]`)[0].Values()
	thief.Get(t, h.College, "/home").Is(t, 200)
	h.Visitor().Post(t, h.Academy, "/sign-in/not-me", form).Is(t, 200)
	thief.Get(t, h.College, "/home").Is(t, http.StatusSeeOther)
}
