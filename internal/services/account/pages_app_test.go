package account

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"elyco/internal/school"
)

// readOnly finds what the page shows in a field that one copies from.
func readOnly(body, id string) string {
	m := regexp.MustCompile(`id="made-` + id + `"[^>]*value="([^"]*)"`).FindStringSubmatch(body)
	if m == nil {
		return ""
	}
	return m[1]
}

func TestAppPasswordPages(t *testing.T) {
	b := newBrowser(t)
	login := person(t)
	b.signIn(alpha, "/home", login, passPhrase)
	if a := b.get(alpha, "/account"); !strings.Contains(a.body, `href="/account/app-passwords"`) {
		t.Error("the account does not lead to the application passwords")
	}
	if a := b.get(alpha, "/account/app-passwords"); a.status != 200 || !strings.Contains(a.body, "Vous n’en avez pas encore") {
		t.Errorf("the first time: %d", a.status)
	}
	form := func(change func(url.Values)) url.Values {
		f := url.Values{"id": {school.NewID().String()}, "name": {"Portable <b>du salon</b>"}, "until": {""}, "password": {passPhrase}}
		if change != nil {
			change(f)
		}
		return f
	}
	for want, change := range map[string]func(url.Values){
		"pas votre mot de passe actuel":      func(f url.Values) { f.Set("password", "raté") },
		"Donnez un nom":                      func(f url.Values) { f.Set("name", " ") },
		"Cette date est passée":              func(f url.Values) { f.Set("until", "2020-01-01") },
		"dans l’année qui vient":             func(f url.Values) { f.Set("until", time.Now().AddDate(2, 0, 0).Format("2006-01-02")) },
		"Écrivez le mot de passe de votre c": func(f url.Values) { f.Set("password", "") },
	} {
		a := b.post(alpha, "/account/app-passwords", form(change))
		if a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, want) || !strings.Contains(a.body, `aria-invalid="true"`) {
			t.Errorf("%s: %d", want, a.status)
		}
		if strings.Contains(a.body, "raté") {
			t.Error("a password is written back into the page")
		}
	}
	once := form(func(f url.Values) { f.Set("until", time.Now().AddDate(0, 1, 0).Format("2006-01-02")) })
	made := b.post(alpha, "/account/app-passwords", once)
	secret := readOnly(made.body, "secret")
	if made.status != 200 || len(secret) != 23 || readOnly(made.body, "login") != login || readOnly(made.body, "address") != "https://alpha.vendee.elyco.test/dav/" {
		t.Fatalf("%d: made %q for %q at %q", made.status, secret, readOnly(made.body, "login"), readOnly(made.body, "address"))
	}
	if a := b.post(alpha, "/account/app-passwords", once); a.status != http.StatusConflict {
		t.Errorf("sent twice: %d", a.status)
	}
	list := b.get(alpha, "/account/app-passwords").body
	if !strings.Contains(list, "Portable &lt;b&gt;du salon&lt;/b&gt;") || !strings.Contains(list, "Valable jusqu’au") || strings.Contains(list, secret) {
		t.Error("the list is not what was made")
	}
	id := once.Get("id")
	other := newBrowser(t)
	other.signIn(alpha, "/home", person(t), passPhrase)
	if a := other.post(alpha, "/account/app-passwords/"+id+"/end", url.Values{}); a.status != http.StatusNotFound {
		t.Errorf("somebody else ends it: %d", a.status)
	}
	if a := b.post(alpha, "/account/app-passwords/"+id+"/end", url.Values{}); a.status != 200 || strings.Contains(a.body, "&lt;b&gt;du salon") {
		t.Errorf("ended: %d on %s", a.status, a.target)
	}
}

func TestFileManagerPage(t *testing.T) {
	b := newBrowser(t)
	b.signIn(alpha, "/home", person(t), passPhrase)
	a := b.get(alpha, "/account/file-manager")
	for _, want := range []string{"<h1>Ouvrir mes documents dans l’explorateur</h1>", "<code translate=\"no\">https://alpha.vendee.elyco.test/dav/</code>",
		"davs://alpha.vendee.elyco.test/dav/", "Windows", "Mac", "Linux", "iPad"} {
		if !strings.Contains(a.body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if i := strings.Index(a.body, "[account."); i >= 0 {
		t.Errorf("a message is missing: %s", a.body[i:i+40])
	}
	if a := b.get(delta, "/account/file-manager"); a.status != http.StatusNotFound {
		t.Errorf("where nothing is served: %d", a.status)
	}
	if strings.Contains(b.get(delta, "/account").body, "/account/app-passwords") {
		t.Error("the account leads to what is not served")
	}
	if a := b.send("GET", beta, "/account/app-passwords", nil); a.status == http.StatusOK {
		t.Error("whoever has no role in a school makes passwords there")
	}
}
