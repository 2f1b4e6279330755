package account_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/testkit"
	"elyco/internal/testkit/browser"
)

// TestPasskey makes a passkey in a real browser with a device that is made for tests, signs in with it through a school's
// portal, and tries what a thief would: the same signature again, a cut one, a late one, the passkey that was taken away.
func TestPasskey(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.Named("Anne", "Morvan"), testkit.Password(passPhrase), testkit.In(h.College, school.Teacher))
	owner := h.SignIn(t, p)
	owner.Get(t, h.Academy, "/account").Is(t, 200)
	b := browser.Start(t)
	device := b.PlugIn(t)
	at := func(host, path string) string { return "http://" + host + path }
	b.SetCookie(t, h.Academy.Host(), session.Cookie, owner.Cookie(h.Academy.Host(), session.Cookie))

	b.Open(t, at(h.Academy.Host(), "/account/passkeys/new"))
	b.Await(t, "the button that makes a passkey", `document.querySelector("[data-passkey-shown]").hidden === false`)
	b.Focus(t, "#passkey-make")
	b.Enter(t)
	b.Await(t, "the recovery codes", `document.querySelectorAll("ol.codes li").length === 10`)
	if n := device.Passkeys(t); n != 1 {
		t.Fatalf("the device holds %d passkeys", n)
	}
	owner.Get(t, h.College, "/account/factors").Sees(t, "section#factor-passkeys", "Chrome sur Linux").Sees(t, "section#factor-codes", "10 codes")

	// Nobody is signed in. From the school's portal to the academy's host and back, without a word typed.
	b.Forget(t)
	b.Open(t, at(h.College.Host(), "/news"))
	b.Await(t, "the sign-in page", `document.querySelector('a[href*="/sign-in/passkey"]') !== null`)
	b.Focus(t, `a[href*="/sign-in/passkey"]`)
	b.Enter(t)
	b.Await(t, "the button that uses a passkey", `document.querySelector("[data-passkey-shown]")?.hidden === false`)
	if address := b.Address(t); !strings.HasPrefix(address, at(h.Academy.Host(), "/sign-in/passkey")) {
		t.Fatalf("a passkey is asked for at %s", address)
	}
	b.Focus(t, "#passkey-use")
	b.Enter(t)
	b.Await(t, "the page that was asked for", `location.host === "`+h.College.Host()+`" && location.pathname === "/news"`)
	if said := b.Complaints(); len(said) > 0 {
		t.Errorf("the browser complains: %v", said)
	}

	// What the device signs is caught before it is sent.
	b.Forget(t)
	caught := catch(t, b, at(h.Academy.Host(), "/sign-in/passkey"))
	send := func(change func(url.Values)) *testkit.Answer {
		form := url.Values{}
		for k, v := range caught {
			form[k] = v
		}
		change(form)
		return h.Visitor().Post(t, h.Academy, "/sign-in/passkey", form)
	}
	send(func(f url.Values) { f.Set("response", f.Get("response")[:40]) }).Is(t, 422)
	send(func(f url.Values) {
		f.Set("response", strings.Replace(f.Get("response"), `"signature":"M`, `"signature":"N`, 1))
	}).Is(t, 422)
	send(func(f url.Values) { f.Set("sealed", "AAAA"+f.Get("sealed")[4:]) }).Is(t, 422)
	send(func(f url.Values) { f.Set("sealed", ask(t, h)) }).Is(t, 422)
	send(func(f url.Values) { f.Set("to", "9999") }).Is(t, http.StatusNotFound)
	send(func(url.Values) {}).LeadsTo(t, "/home")
	send(func(url.Values) {}).Is(t, 422).Sees(t, ".error-summary", "n’a pas pu prouver")

	late := catch(t, b, at(h.Academy.Host(), "/sign-in/passkey"))
	h.Clock.Pass(6 * time.Minute)
	h.Visitor().Post(t, h.Academy, "/sign-in/passkey", late).Is(t, 422)

	device.Verifies(t, false)
	b.Open(t, at(h.Academy.Host(), "/sign-in/passkey"))
	b.Focus(t, "#passkey-use")
	b.Press(t, "\r")
	b.Await(t, "a word that the device did not know its owner", `document.querySelector("[data-passkey-failed]").hidden === false`)
	device.Verifies(t, true)

	// The password alone no longer opens anything, and a code on paper does.
	_, half := knock(t, h, h.College, p.Login, "/home")
	if !strings.HasPrefix(half.Location(), "/sign-in/factor") {
		t.Errorf("the password alone leads to %s", half.Location())
	}
	again := catch(t, b, at(h.Academy.Host(), "/sign-in/passkey"))
	end := owner.Get(t, h.College, "/account/factors").Page(t).All(`form[action^="/account/passkeys/"]`)[0].Attr("action")
	h.SignInAs(t, h.College, school.Teacher).Post(t, h.College, end, nil).Is(t, http.StatusNotFound)
	owner.Post(t, h.College, end, nil).LeadsTo(t, "/account/factors")
	h.Visitor().Post(t, h.Academy, "/sign-in/passkey", again).Is(t, 422)
}

// ask is the seal of a fresh ceremony.
func ask(t *testing.T, h *testkit.House) string {
	t.Helper()
	return h.Visitor().Get(t, h.Academy, "/sign-in/passkey").Is(t, 200).Page(t).All(`form[data-passkey]`)[0].Values().Get("sealed")
}

// catch has the device sign what a page asks for, and keeps the form from being sent.
func catch(t *testing.T, b *browser.Browser, address string) url.Values {
	t.Helper()
	b.Open(t, address)
	b.Await(t, "the button that uses a passkey", `document.querySelector("[data-passkey-shown]")?.hidden === false`)
	b.Value(t, `HTMLFormElement.prototype.submit = () => {}; document.querySelector("form[data-passkey]").requestSubmit(); true`)
	b.Await(t, "the signature", `document.querySelector("form[data-passkey]").elements.response.value !== ""`)
	form := url.Values{}
	for _, name := range []string{"to", "return", "seal", "sealed", "response"} {
		v, _ := b.Value(t, `document.querySelector("form[data-passkey]").elements["`+name+`"].value`).(string)
		form.Set(name, v)
	}
	return form
}

// TestPasskeyWithoutScripts shows what stands in the page for who has no scripts.
func TestPasskeyWithoutScripts(t *testing.T) {
	h := testkit.NewHouse(t)
	h.Visitor().Get(t, h.Academy, "/sign-in/passkey").Is(t, 200).Sees(t, "[data-passkey-instead]", "connectez-vous avec votre mot de passe")
	c := h.SignInAs(t, h.College, school.Teacher)
	c.Get(t, h.Academy, "/account/passkeys/new").Is(t, 200).Sees(t, "[data-passkey-instead]", "application de codes")
	c.Get(t, h.College, "/account/passkeys/new").Is(t, http.StatusNotFound)
	c.Post(t, h.Academy, "/account/passkeys", url.Values{"name": {"x"}, "response": {"{}"}}).Is(t, 422)
	c.Post(t, h.Academy, "/account/passkeys", url.Values{}).Is(t, 422)
	h.Unproved(t, c)
	c.Get(t, h.Academy, "/account/passkeys/new").LeadsTo(t, "/account/confirm?return=%2Faccount%2Fpasskeys%2Fnew")
	h.Visitor().Post(t, h.Academy, "/sign-in/passkey", url.Values{}).Is(t, 422)
}
