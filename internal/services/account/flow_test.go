package account

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

func (b *browser) expectHome(host string) {
	b.t.Helper()
	if a := b.get(host, "/home"); a.status != 200 || a.body != "bonjour Marceline Bertholet" || a.host != host {
		b.t.Errorf("%s: %d on %s after %s", host, a.status, a.host, strings.Join(b.trail, " → "))
	}
}

func (b *browser) expectForm(host string) answer {
	b.t.Helper()
	a := b.get(host, "/home")
	if a.status != 200 || !strings.Contains(a.body, `action="/sign-in"`) || a.host != host {
		b.t.Errorf("%s: %d on %s after %s", host, a.status, a.host, strings.Join(b.trail, " → "))
	}
	return a
}

func TestOneSignOnOpensEveryHost(t *testing.T) {
	b := newBrowser(t)
	a := b.signIn(alpha, "/home?tab=2", person(t), passPhrase)
	if a.status != 200 || a.host != alpha || a.target != "/home?tab=2" {
		t.Fatalf("after sign-in: %d on %s%s", a.status, a.host, a.target)
	}
	if want := []string{alpha + "/sign-in", base + "/sign-on/land", alpha + "/home"}; !slices.Equal(b.trail, want) {
		t.Errorf("went by %v", b.trail)
	}
	for _, host := range []string{beta, base, vendee, delta} {
		b.expectHome(host)
	}
	seen := map[string]string{}
	for host, jar := range b.cookies {
		if other, ok := seen[jar[session.Cookie]]; ok {
			t.Errorf("%s and %s hold the same token", host, other)
		}
		seen[jar[session.Cookie]] = host
	}
	if a := b.post(delta, "/sign-out", url.Values{}); a.status != 404 { // the public home page is another room's
		t.Errorf("sign-out: %d", a.status)
	}
	for _, host := range []string{alpha, beta, base, vendee, delta} {
		b.expectForm(host)
	}
}

func TestSignInOnTheAcademysHost(t *testing.T) {
	b := newBrowser(t)
	if a := b.signIn(base, "/home", person(t), passPhrase); a.status != 200 || a.host != base {
		t.Fatalf("%d on %s", a.status, a.host)
	}
	b.expectHome(alpha)
}

func TestACookieOpensItsHostAlone(t *testing.T) {
	b := newBrowser(t)
	b.signIn(alpha, "/home", person(t), passPhrase)
	token := b.cookies[alpha][session.Cookie]
	for _, host := range []string{beta, base, vendee, delta} {
		thief := newBrowser(t)
		thief.cookies[host] = map[string]string{session.Cookie: token}
		thief.expectForm(host)
	}
}

func TestOddCookiesAreVisitors(t *testing.T) {
	good := newBrowser(t)
	good.signIn(alpha, "/home", person(t), passPhrase)
	token := good.cookies[alpha][session.Cookie]
	for what, header := range map[string]string{
		"doubled":   session.Cookie + "=" + token + "; " + session.Cookie + "=" + token,
		"tossed":    session.Cookie + "=x; " + session.Cookie + "=" + token,
		"forged":    session.Cookie + "=" + strings.Repeat("A", 43),
		"oversized": session.Cookie + "=" + strings.Repeat("A", 3000),
		"quoted":    session.Cookie + `="' or 1=1 --"`,
		"unhosted":  "elyco=" + token,
	} {
		req, _ := http.NewRequest("GET", "http://"+alpha+"/home", nil)
		req.Header.Set("Cookie", header)
		res, err := good.app.Test(req, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != http.StatusSeeOther {
			t.Errorf("%s: %d", what, res.StatusCode)
		}
	}
	good.expectHome(alpha)
}

func TestVisitorsWithoutCookieCostNoQuery(t *testing.T) {
	w, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	before := w.db.Stat().AcquireCount()
	b := newBrowser(t)
	b.expectForm(base)
	b.get(alpha, "/sign-in")
	if n := w.db.Stat().AcquireCount() - before; n != 0 {
		t.Errorf("%d connections were taken", n)
	}
}

// What a presented cookie names is never what sign-in opens.
func TestFixation(t *testing.T) {
	b := newBrowser(t)
	planted := strings.Repeat("A", 43)
	b.cookies[alpha] = map[string]string{session.Cookie: planted}
	b.signIn(alpha, "/home", person(t), passPhrase)
	first := b.cookies[alpha][session.Cookie]
	if first == planted || first == "" {
		t.Fatal("the planted token was kept")
	}
	thief := newBrowser(t)
	thief.cookies[alpha] = map[string]string{session.Cookie: planted}
	thief.expectForm(alpha)
	if a := b.post(alpha, "/sign-in", url.Values{"login": {person(t)}, "password": {passPhrase}, "return": {"/home"}}); a.status != 200 {
		t.Fatalf("second sign-in: %d", a.status)
	}
	thief.cookies[alpha][session.Cookie] = first
	thief.expectForm(alpha)
}

// Somebody who sends a classmate a link with a ticket of his own must not sign that classmate on as himself.
func TestATicketServesOneBrowser(t *testing.T) {
	mine, victim := newBrowser(t), newBrowser(t)
	mine.signIn(alpha, "/home", person(t), passPhrase)
	ask := mine.send("GET", beta, "/sign-in?return=/home", nil)
	u, _ := url.Parse(ask.header.Get("Location"))
	land := mine.send("GET", base, u.RequestURI(), nil)
	ticket, _ := url.Parse(land.header.Get("Location"))
	if ticket.Host != beta || land.header.Get("Referrer-Policy") != "no-referrer" {
		t.Fatalf("asked %s, got %s", ask.header.Get("Location"), land.header.Get("Location"))
	}
	if a := victim.get(beta, ticket.RequestURI()); a.status != http.StatusForbidden || victim.cookies[beta][session.Cookie] != "" {
		t.Errorf("the victim: %d with %v", a.status, victim.cookies[beta])
	}
	if a := mine.get(gamma, ticket.RequestURI()); a.status != http.StatusServiceUnavailable {
		t.Errorf("on a suspended host: %d", a.status)
	}
	if a := mine.get(beta, ticket.RequestURI()); a.status != 200 {
		t.Errorf("the owner: %d", a.status)
	}
	delete(mine.cookies[beta], session.Cookie)
	if a := mine.get(beta, ticket.RequestURI()); a.status != http.StatusForbidden {
		t.Errorf("used twice: %d", a.status)
	}
}

func TestWithoutTheSealOnlyThePortalIsOpened(t *testing.T) {
	b := newBrowser(t)
	b.get(alpha, "/home")
	delete(b.cookies, base)
	a := b.signIn(alpha, "/home", person(t), passPhrase)
	if a.status != 200 || a.host != alpha {
		t.Fatalf("%d on %s", a.status, a.host)
	}
	other := newBrowser(t)
	form := other.expectForm(beta)
	delete(other.cookies, base) // the browser lost what it knew of the academy's host meanwhile
	a = other.post(beta, "/sign-in", url.Values{"login": {person(t)}, "password": {passPhrase}, "return": {"/home"}, "seal": {hidden(form.body, "seal")}})
	if a.status != 200 || a.host != beta || other.cookies[base][session.Cookie] != "" {
		t.Errorf("%d on %s, %v", a.status, a.host, other.cookies[base])
	}
}

func TestRefusalsLookAlike(t *testing.T) {
	w, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	known, blocked := person(t), person(t)
	if err := w.load(t.Context(), `update account set state = 'blocked' where login = $1`, blocked); err != nil {
		t.Fatal(err)
	}
	bodies := map[string]bool{}
	for _, login := range []string{known, blocked, "personne.inconnue"} {
		b := newBrowser(t)
		a := b.signIn(base, "/home", login, map[bool]string{true: passPhrase, false: "faux mot de passe"}[login == blocked])
		if a.status != http.StatusUnprocessableEntity || b.cookies[base][session.Cookie] != "" {
			t.Errorf("%s: %d", login, a.status)
		}
		if strings.Contains(a.body, passPhrase) || strings.Contains(a.body, "faux mot de passe") {
			t.Error("the page repeats the password")
		}
		bodies[strings.ReplaceAll(a.body, login, "LOGIN")] = true
	}
	if len(bodies) != 1 {
		t.Errorf("%d different pages", len(bodies))
	}
	waits := map[string]bool{}
	for _, login := range []string{known, "personne.inconnue"} {
		var a answer
		for range 10 {
			a = newBrowser(t).signIn(base, "/home", login, "encore faux")
		}
		if a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") == "" || !strings.Contains(a.body, "15 minutes") {
			t.Errorf("%s: %d", login, a.status)
		}
		waits[strings.ReplaceAll(a.body, login, "LOGIN")] = true
	}
	if len(waits) != 1 {
		t.Errorf("%d different pages of waiting", len(waits))
	}
}

// Every way in which a request may name where to go, with every hostile value.
func TestNoRedirectLeavesTheTerritory(t *testing.T) {
	signedIn, visitor := newBrowser(t), newBrowser(t)
	login := person(t)
	signedIn.signIn(alpha, "/home", login, passPhrase)
	visitor.expectForm(alpha)
	check := func(a answer) {
		t.Helper()
		location := a.header.Get("Location")
		if location == "" {
			return
		}
		u, err := url.Parse(location)
		if err != nil {
			u = &url.URL{} // such as /%zz: nothing but a path of this host then
		}
		rooted := strings.HasPrefix(location, "/") && !strings.HasPrefix(location, "//") && !strings.HasPrefix(location, "/\\")
		listed := slices.Contains([]string{base, vendee, alpha, beta, delta}, u.Host) && u.User == nil && u.Scheme == "http"
		if !rooted && !listed || strings.ContainsAny(location, "\\\r\n\t") {
			t.Errorf("%s%s led to %q", a.host, a.target, location)
		}
	}
	for _, value := range hostile() {
		q := url.QueryEscape(value)
		for _, b := range []*browser{signedIn, visitor} {
			check(b.send("GET", alpha, "/sign-in?return="+q, nil))
			check(b.send("GET", base, "/sign-on?to=4&return="+q, nil))
			check(b.send("GET", base, "/sign-on?to="+q+"&return=/home", nil))
			check(b.send("GET", base, "/sign-on/land?ticket=x&to="+q+"&return="+q, nil))
			check(b.send("GET", base, "/sign-on/land?ticket=x&to=4&return="+q, nil))
			check(b.send("POST", alpha, "/account/comfort", url.Values{"return": {value}}))
		}
	}
	for _, value := range hostile()[:12] { // each costs a derivation
		check(newBrowser(t).send("POST", base, "/sign-in", url.Values{"login": {login}, "password": {passPhrase}, "return": {value}}))
	}
	for _, to := range []string{"", "5", "99", "-1", "abc", "3 ", "9223372036854775808"} {
		if a := signedIn.send("GET", base, "/sign-on?to="+url.QueryEscape(to)+"&return=/home", nil); a.status != http.StatusNotFound {
			t.Errorf("to %q: %d", to, a.status)
		}
	}
	if a := signedIn.send("GET", alpha, "/sign-on?to=4&return=/home", nil); a.status != http.StatusNotFound {
		t.Errorf("a school answered for the academy: %d", a.status)
	}
}

func hostile() []string {
	list := []string{"//evil.test", "///evil.test", "////evil.test/x", "/\\evil.test", "\\\\evil.test", "\\/evil.test", "/\t/evil.test", "/\n/evil.test",
		"/\r/evil.test", "\t//evil.test", " //evil.test", "/\x0b/evil.test", "/x\r\nSet-Cookie: a=b", "/x\nLocation: http://evil.test", "http:evil.test",
		"http:/evil.test", "http:\\\\evil.test", "https:evil.test", "ftp://evil.test", "file:///etc/passwd", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
		"java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "blob:x", "view-source:http://evil.test", "about:blank", "mailto:a@evil.test", "@evil.test",
		"evil.test", ".evil.test", "?x=//evil.test", "#//evil.test", "%2f%2fevil.test", "%5cevil.test", "..//evil.test", "./evil.test", "／／evil.test",
		"/\\/evil.test", "/\\\\evil.test", "//\\evil.test", "//evil.test:80", "//user:pass@evil.test", "//[::1]", "//0x7f000001", "//evil%2etest",
		"//%65vil.test", "/%zz", "/sign-in", "/sign-on?to=3", "/sign-out"}
	for _, host := range []string{"evil.test", "elyco.test.evil.test", "elyco.test@evil.test", "127.0.0.1", "localhost:9"} {
		list = append(list, "http://"+host, "//"+host+"/home")
	}
	return append(list, "/"+strings.Repeat("a", 3000))
}

func TestSuspendedPortalLetsNobodyIn(t *testing.T) {
	b := newBrowser(t)
	if a := b.send("POST", gamma, "/sign-in", url.Values{"login": {person(t)}, "password": {passPhrase}}); a.status != http.StatusServiceUnavailable {
		t.Errorf("sign-in: %d", a.status)
	}
	if a := b.get(gamma, "/sign-in"); a.status != http.StatusServiceUnavailable {
		t.Errorf("the form: %d", a.status)
	}
}

func TestChangesNeedTheirOwnPage(t *testing.T) {
	b := newBrowser(t)
	b.signIn(alpha, "/home", person(t), passPhrase)
	for _, target := range []string{"/sign-out", "/sign-in", "/account/comfort", "/account/password", "/account/sign-ons/end"} {
		for _, site := range []string{"same-site", "cross-site"} {
			req, _ := http.NewRequest("POST", "http://"+alpha+target, strings.NewReader("keep="))
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			req.Header.Set("Sec-Fetch-Site", site)
			req.AddCookie(&http.Cookie{Name: session.Cookie, Value: b.cookies[alpha][session.Cookie]})
			res, err := b.app.Test(req, 10_000)
			if err != nil {
				t.Fatal(err)
			}
			if res.StatusCode != http.StatusForbidden {
				t.Errorf("%s from a %s page: %d", target, site, res.StatusCode)
			}
		}
	}
	b.expectHome(alpha)
}

func TestPrivacy(t *testing.T) {
	w, err := shared()
	if err != nil {
		t.Fatal(err)
	}
	b := newBrowser(t)
	b.signIn(alpha, "/home", person(t), passPhrase)
	actor, err := session.New(w.db).Resume(t.Context(), session.Token(b.cookies[alpha][session.Cookie]), w.registry.ByID(3))
	if err != nil || !actor.SignedIn() {
		t.Fatal(err)
	}
	ctx := tenant.Enter(t.Context(), w.registry.ByID(school.Academy))
	err = w.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		for _, sql := range []string{
			`update account set blocked_reason = 'Un motif' where person_id = ?`,
			`insert into contact_check (person_id, kind, value, code_hash, created_at, expires_at) values (?, 'email', 'attente@exemple.test', 'x', now(), now() + interval '1 hour')`,
			`insert into sign_in_notice (id, person_id, device, network, at) values (gen_random_uuid(), ?, 'Un lave-linge', '192.0.2.0/24', now())`,
		} {
			if _, err := tx.ExecContext(ctx, sql, actor.Person.UUID); err != nil {
				return err
			}
		}
		held, err := export(ctx, tx, actor.Person)
		if err != nil || held["account"] == nil || held["sign_ons"] == nil {
			t.Errorf("export: %v %v", held, err)
		}
		all, err := json.Marshal(held)
		for _, wanted := range []string{"Un motif", "attente@exemple.test", "Un lave-linge", "192.0.2.0/24"} {
			if err != nil || !strings.Contains(string(all), wanted) {
				t.Errorf("what is held lacks %q: %v", wanted, err)
			}
		}
		if _, err := purge(ctx, tx); err != nil {
			return err
		}
		return erase(ctx, tx, actor.Person)
	})
	if err != nil {
		t.Fatal(err)
	}
	b.expectForm(alpha)
}
