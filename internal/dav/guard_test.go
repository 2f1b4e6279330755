package dav_test

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/dav"
	"elyco/internal/drive"
	"elyco/internal/school"
)

const (
	exclusive = `<lockinfo xmlns="DAV:"><lockscope><exclusive/></lockscope><locktype><write/></locktype><owner>Poste 3</owner></lockinfo>`
	shared    = `<lockinfo xmlns="DAV:"><lockscope><shared/></lockscope><locktype><write/></locktype></lockinfo>`
)

func TestWhoComesIn(t *testing.T) {
	u := member(t, h.Rochelle, school.Teacher)
	guardian := member(t, h.Rochelle, school.Guardian)
	for what, c := range map[string]struct {
		want int
		s    sent
	}{
		"a visitor":              {http.StatusUnauthorized, sent{method: "PROPFIND", path: "/dav/", nobody: true}},
		"what can be done":       {http.StatusOK, sent{method: "OPTIONS", path: "/dav/", nobody: true}},
		"an unknown host":        {http.StatusNotFound, sent{method: "OPTIONS", path: "/dav/", host: "evil.example"}},
		"another port":           {http.StatusNotFound, sent{method: "OPTIONS", path: "/dav/", host: "roche.vendee.localhost:1"}},
		"a school of others":     {http.StatusForbidden, sent{method: "PROPFIND", path: "/dav/", host: h.host(h.Lucon)}},
		"a page of another site": {http.StatusForbidden, sent{method: "GET", path: "/dav/", head: []string{"Origin", "https://evil.example"}}},
		"an image elsewhere":     {http.StatusForbidden, sent{method: "GET", path: "/dav/", head: []string{"Sec-Fetch-Site", "cross-site"}}},
	} {
		a := u.send(t, c.s)
		if a.StatusCode != c.want {
			t.Errorf("%s: %d, not %d", what, a.StatusCode, c.want)
		}
		if c.want == http.StatusUnauthorized && !strings.Contains(a.Header.Get("WWW-Authenticate"), `realm="E-LYCO roche.vendee`) {
			t.Errorf("%s is asked: %s", what, a.Header.Get("WWW-Authenticate"))
		}
	}
	guardian.do(t, http.StatusForbidden, "PROPFIND", "/dav/", "", "Depth", "1")
	own := u
	own.secret = ownPassword
	own.do(t, http.StatusUnauthorized, "PROPFIND", "/dav/", "", "Depth", "1")
	if err := h.sessions.SignOutEverywhere(u.ctx, 0, true); err != nil {
		t.Fatal(err)
	}
	u.do(t, http.StatusUnauthorized, "PROPFIND", "/dav/", "", "Depth", "1")
}

// Behind TLS a password that came in the clear is refused, whatever anybody but a proxy says.
func TestPasswordsInTheClear(t *testing.T) {
	u := member(t, h.Rochelle, school.Teacher)
	for what, c := range map[string]struct {
		proxies []netip.Prefix
		said    []string
		want    int
	}{
		"nobody says":             {[]netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}, nil, http.StatusForbidden},
		"the proxy says http":     {[]netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}, []string{"http"}, http.StatusForbidden},
		"the proxy says both":     {[]netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}, []string{"https", "https"}, http.StatusForbidden},
		"a stranger says https":   {nil, []string{"https"}, http.StatusForbidden},
		"the proxy says it is so": {[]netip.Prefix{netip.MustParsePrefix("192.0.2.0/24")}, []string{"https"}, http.StatusOK},
	} {
		handler := h.handler(func(p *dav.House) { p.TLS, p.Proxies = true, c.proxies })
		r := httptest.NewRequest("GET", "/dav/", nil)
		r.Host, r.RemoteAddr = u.at.Host(), "192.0.2.7:4000"
		r.Header["X-Forwarded-Proto"] = c.said
		r.SetBasicAuth(u.login, u.secret)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != c.want {
			t.Errorf("%s: %d, not %d", what, w.Code, c.want)
		}
	}
}

// Every carrier of a name leads nowhere but to what the person may see: address, destination, If header.
func TestIsolation(t *testing.T) {
	class := h.Class(t, h.Rochelle, "3e A", "3eme")
	there := h.Class(t, h.Lucon, "3e Z", "3eme")
	u := member(t, h.Rochelle, school.Teacher, class)
	pupil := member(t, h.Rochelle, school.Pupil, class)
	foreign := member(t, h.Lucon, school.Teacher, there)
	foreign.do(t, http.StatusCreated, "PUT", "/dav/classe-"+there.String()+"/secret", "secret")
	u.do(t, http.StatusCreated, "PUT", "/dav/perso/mien", "à moi")
	u.do(t, http.StatusCreated, "PUT", "/dav/classe-"+class.String()+"/cours", "cours")
	other := "/dav/classe-" + there.String()
	for _, m := range []string{"GET", "PUT", "DELETE", "PROPFIND", "LOCK", "MKCOL"} {
		body := ""
		if m == "LOCK" {
			body = exclusive
		}
		a := u.send(t, sent{method: m, path: other + "/secret", body: body, head: []string{"Depth", "0"}})
		if a.StatusCode < 400 || strings.Contains(a.body, "secret\n") {
			t.Errorf("%s of another school's: %d", m, a.StatusCode)
		}
	}
	for destination, want := range map[string]int{
		other + "/copie": http.StatusConflict, "http://" + h.host(h.Lucon) + "/dav/perso/x": http.StatusBadGateway,
		"https://evil.example/dav/perso/x": http.StatusBadGateway, "//evil.example/dav/perso/x": http.StatusBadGateway,
		"/account": http.StatusBadGateway, "http://u:p@" + h.host(h.Rochelle) + "/dav/perso/x": http.StatusBadGateway,
	} {
		u.do(t, want, "COPY", "/dav/perso/mien", "", "Destination", destination)
		u.do(t, want, "MOVE", "/dav/perso/mien", "", "Destination", destination)
	}
	u.do(t, http.StatusPreconditionFailed, "PUT", "/dav/perso/mien", "x", "If", "<http://"+h.host(h.Lucon)+other+"/secret> ([\"x\"])")
	u.has(t, "/dav/perso/mien", "à moi")
	foreign.has(t, other+"/secret", "secret")

	pupil.has(t, "/dav/classe-"+class.String()+"/cours", "cours")
	pupil.do(t, http.StatusNotFound, "GET", "/dav/perso/mien", "")
	for _, c := range [][2]string{{"PUT", "cours"}, {"PUT", "nouveau"}, {"DELETE", "cours"}, {"MKCOL", "dossier"}} {
		pupil.do(t, http.StatusForbidden, c[0], "/dav/classe-"+class.String()+"/"+c[1], "")
	}
	pupil.do(t, http.StatusForbidden, "LOCK", "/dav/classe-"+class.String()+"/cours", exclusive)
	pupil.do(t, http.StatusForbidden, "PROPPATCH", "/dav/classe-"+class.String()+"/cours", setProperty)
}

func TestLocksBetweenPeople(t *testing.T) {
	class := h.Class(t, h.Rochelle, "6e L", "6eme")
	u, v := member(t, h.Rochelle, school.Teacher, class), member(t, h.Rochelle, school.Teacher, class)
	at := "/dav/classe-" + class.String()
	made := u.do(t, http.StatusCreated, "LOCK", at+"/texte", exclusive, "Timeout", "Second-60")
	token := made.Header.Get("Lock-Token")
	a := v.do(t, http.StatusLocked, "PUT", at+"/texte", "de v")
	if !strings.Contains(a.body, "lock-token-submitted") {
		t.Errorf("the refusal: %s", a.body)
	}
	v.do(t, http.StatusLocked, "PUT", at+"/TEXTE", "de v")
	v.do(t, http.StatusLocked, "DELETE", at+"/texte", "")
	v.do(t, http.StatusLocked, "LOCK", at+"/texte", shared)
	v.do(t, http.StatusLocked, "PUT", at+"/texte", "de v", "If", "("+token+")")
	v.do(t, http.StatusForbidden, "UNLOCK", at+"/texte", "", "Lock-Token", token)
	if a := v.do(t, http.StatusMultiStatus, "PROPFIND", at+"/texte", "", "Depth", "0"); !strings.Contains(a.body, "<D:exclusive/>") ||
		strings.Contains(a.body, "urn:uuid:") || strings.Contains(a.body, "Poste 3") || !strings.Contains(a.body, "<D:owner>Camille Essai") {
		t.Errorf("what another sees of a lock: %s", a.body)
	}
	u.do(t, http.StatusNoContent, "PUT", at+"/texte", "de u", "If", "("+token+")")
	node, err := h.drive.Walk(u.ctx, drive.SpaceRef{Scope: h.Rochelle.ID, Kind: drive.Class, Owner: class.UUID}, []string{"texte"})
	if err != nil {
		t.Fatal(err)
	}
	if who, err := dav.AtWork(u.ctx, h.DB, []uuid.UUID{node.ID}); err != nil || !strings.HasPrefix(who[node.ID], "Camille") {
		t.Errorf("at work: %v %v", who, err)
	}
	u.do(t, http.StatusNoContent, "UNLOCK", at+"/texte", "", "Lock-Token", token)
	v.do(t, http.StatusNoContent, "PUT", at+"/texte", "de v")

	u.do(t, http.StatusOK, "LOCK", at+"/texte", exclusive, "Timeout", "Second-60")
	was := h.Clock.At
	h.Clock.At = was.Add(61 * time.Second)
	defer func() { h.Clock.At = was }()
	v.do(t, http.StatusNoContent, "PUT", at+"/texte", "après la fin du verrou")

	u.do(t, http.StatusCreated, "MKCOL", at+"/dossier", "")
	deep := u.do(t, http.StatusOK, "LOCK", at+"/dossier", exclusive).Header.Get("Lock-Token")
	v.do(t, http.StatusLocked, "PUT", at+"/dossier/dedans", "x")
	v.do(t, http.StatusLocked, "COPY", at+"/texte", "", "Destination", at+"/dossier/texte")
	u.do(t, http.StatusCreated, "PUT", at+"/dossier/dedans", "x", "If", "<"+at+"/dossier/> ("+deep+")")
	u.do(t, http.StatusCreated, "MOVE", at+"/dossier", "", "Destination", at+"/ailleurs", "If", "<"+at+"/dossier/> ("+deep+")")
	v.do(t, http.StatusCreated, "PUT", at+"/ailleurs/libre", "x")
}

// A head that is too long is refused before anything of it is looked at.
func TestLongHeads(t *testing.T) {
	c, err := net.Dial("tcp", h.address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Write([]byte("GET /dav/ HTTP/1.1\r\nHost: " + h.host(h.Rochelle) + "\r\nX: " + strings.Repeat("x", 64<<10) + "\r\n\r\n")); err != nil {
		t.Fatal(err)
	}
	answer := make([]byte, 64)
	n, _ := c.Read(answer)
	if !strings.HasPrefix(string(answer[:n]), "HTTP/1.1 431") {
		t.Errorf("a long head: %q", answer[:n])
	}
}
