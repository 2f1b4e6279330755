package account

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"elyco/internal/session"
)

func TestAccountPage(t *testing.T) {
	b := newBrowser(t)
	b.signIn(alpha, "/home", person(t), passPhrase)
	a := b.get(alpha, "/account")
	for _, want := range []string{"<h1>Mon compte</h1>", "Collège Alpha", "Léo, 4e B", "Lycée Delta", `href="http://www.delta.test/home"`,
		"Firefox sur Windows", "Cet appareil", `action="/account/sign-ons/end"`} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if i := strings.Index(a.body, "[account."); i >= 0 {
		t.Errorf("a message is missing: %s", a.body[i:i+40])
	}
	form := newBrowser(t).expectForm(beta)
	for _, want := range []string{"<h1>Se connecter à l’espace Collège Bêta</h1>", `autocomplete="username"`, `autocomplete="current-password"`, "Mot de passe oublié"} {
		if !strings.Contains(form.body, want) {
			t.Errorf("the sign-in page lacks %q", want)
		}
	}
	visitor := newBrowser(t).get(alpha, "/account/password")
	if !strings.Contains(visitor.body, `value="/account/password"`) {
		t.Error("the page asked for is forgotten at sign-in")
	}
}

func TestPasswordPage(t *testing.T) {
	b, phone := newBrowser(t), newBrowser(t)
	login := person(t)
	b.signIn(alpha, "/home", login, passPhrase)
	phone.signIn(beta, "/home", login, passPhrase)
	const fresh = " trombone violet du dimanche " // with its spaces
	for _, tc := range []struct{ old, fresh, again, want string }{
		{passPhrase, fresh, "autre", "ne sont pas identiques"},
		{"raté", fresh, fresh, "pas votre mot de passe actuel"},
		{passPhrase, "court", "court", "12 caractères"},
		{passPhrase, "motdepasse123!", "motdepasse123!", "trop courant"},
	} {
		a := b.post(alpha, "/account/password", url.Values{"old": {tc.old}, "new": {tc.fresh}, "again": {tc.again}})
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, tc.want) || !strings.Contains(a.body, `aria-invalid="true"`) {
			t.Errorf("%+v: %d", tc, a.status)
		}
	}
	if a := b.post(alpha, "/account/password", url.Values{"old": {passPhrase}, "new": {fresh}, "again": {fresh}}); a.status != 200 || a.target != "/account" {
		t.Fatalf("%d on %s", a.status, a.target)
	}
	b.expectHome(alpha)
	phone.expectForm(beta)
	if a := newBrowser(t).signIn(base, "/home", login, fresh); a.status != 200 || a.target != "/home" {
		t.Errorf("with the new password: %d", a.status)
	}
}

func TestEndSignOns(t *testing.T) {
	b, phone, tablet := newBrowser(t), newBrowser(t), newBrowser(t)
	login := person(t)
	for _, one := range []*browser{phone, tablet, b} {
		one.signIn(alpha, "/home", login, passPhrase)
	}
	page := b.get(alpha, "/account").body
	if n := strings.Count(page, "/end\"") - 2; n != 3 {
		t.Fatalf("%d sign-ons are listed", n)
	}
	_, rest, _ := strings.Cut(page, `action="/account/sign-ons/`)
	_, rest, _ = strings.Cut(rest, `action="/account/sign-ons/`) // the second line: another device
	id, _, _ := strings.Cut(rest, "/end")
	if a := b.post(alpha, "/account/sign-ons/"+id+"/end", url.Values{}); a.status != 200 {
		t.Fatalf("end one: %d", a.status)
	}
	out := 0
	for _, one := range []*browser{phone, tablet} {
		if one.get(alpha, "/home").body != "bonjour Marceline Bertholet" {
			out++
		}
	}
	if out != 1 {
		t.Errorf("%d devices were signed out", out)
	}
	if a := b.post(alpha, "/account/sign-ons/not-an-id/end", url.Values{}); a.status != http.StatusNotFound {
		t.Errorf("an id that is none: %d", a.status)
	}
	b.post(alpha, "/account/sign-ons/end", url.Values{"keep": {"this"}})
	b.expectHome(alpha)
	phone.expectForm(alpha)
	tablet.expectForm(alpha)
	b.post(alpha, "/account/sign-ons/end", url.Values{})
	b.expectForm(alpha)
	b.expectForm(base)
}

func TestComfort(t *testing.T) {
	b := newBrowser(t)
	dark := url.Values{"scheme": {"dark"}, "contrast": {""}, "text-size": {"large"}, "font": {""}, "motion": {""}, "return": {"/sign-in?return=/home"}}
	if a := b.post(alpha, "/account/comfort", dark); a.status != 200 || !strings.Contains(a.body, `data-scheme="dark"`) {
		t.Errorf("a visitor: %d on %s", a.status, a.target)
	}
	b.signIn(beta, "/home", person(t), passPhrase)
	dark.Set("return", "/account")
	if a := b.post(beta, "/account/comfort", dark); a.target != "/account" || !strings.Contains(a.body, `data-scheme="dark"`) {
		t.Errorf("somebody: %d on %s", a.status, a.target)
	}
	if b.cookies[beta]["__Host-comfort"] != "" {
		t.Error("a person's settings were left in the browser")
	}
	if a := b.get(alpha, "/account"); !strings.Contains(a.body, `data-scheme="dark"`) {
		t.Error("the settings did not follow to another host")
	}
	dark.Set("scheme", `"><script>`)
	if a := b.post(beta, "/account/comfort", dark); a.status != http.StatusUnprocessableEntity {
		t.Errorf("an unknown value: %d", a.status)
	}
	b.cookies[alpha] = map[string]string{"__Host-comfort": `x<b>.y.z.a.b`, session.Cookie: "x"}
	b.cookies[base] = nil
	if a := b.get(alpha, "/home"); a.status != 200 || strings.Contains(a.body, "data-scheme") {
		t.Error("a forged cookie reached the page")
	}
}
