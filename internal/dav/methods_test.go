package dav_test

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"elyco/internal/school"
)

func TestFilesComeAndGo(t *testing.T) {
	u := member(t, h.Rochelle, school.Teacher)
	made := u.do(t, http.StatusCreated, "PUT", "/dav/perso/été.txt", "bonjour")
	if made.Header.Get("ETag") == "" {
		t.Error("no ETag for what was stored")
	}
	u.has(t, "/dav/Mes%20documents/%C3%A9t%C3%A9.txt", "bonjour")
	a := u.do(t, http.StatusOK, "GET", "/dav/perso/été.txt", "")
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'; sandbox",
		"Content-Type": "text/plain", "Etag": made.Header.Get("ETag"), "Cache-Control": "private, no-cache", "Set-Cookie": "", "Access-Control-Allow-Origin": ""} {
		if got := a.Header.Get(name); got != want {
			t.Errorf("%s: %q, not %q", name, got, want)
		}
	}
	if a := u.do(t, http.StatusPartialContent, "GET", "/dav/perso/été.txt", "", "Range", "bytes=3-5"); a.body != "jou" {
		t.Errorf("a part is %q", a.body)
	}
	u.do(t, http.StatusRequestedRangeNotSatisfiable, "GET", "/dav/perso/été.txt", "", "Range", "bytes=100-")
	u.do(t, http.StatusNotModified, "GET", "/dav/perso/été.txt", "", "If-None-Match", made.Header.Get("ETag"))
	if a := u.do(t, http.StatusOK, "HEAD", "/dav/perso/été.txt", ""); a.ContentLength != 7 || a.body != "" {
		t.Errorf("HEAD: %d bytes, %q", a.ContentLength, a.body)
	}
	u.do(t, http.StatusPreconditionFailed, "PUT", "/dav/perso/été.txt", "x", "If-None-Match", "*")
	u.do(t, http.StatusPreconditionFailed, "PUT", "/dav/perso/été.txt", "x", "If-Match", `"autre"`)
	u.do(t, http.StatusNoContent, "PUT", "/dav/perso/été.txt", "bonsoir", "If-Match", made.Header.Get("ETag"))
	u.do(t, http.StatusNoContent, "DELETE", "/dav/perso/été.txt", "")
	u.do(t, http.StatusNotFound, "GET", "/dav/perso/été.txt", "")
	u.do(t, http.StatusCreated, "PUT", "/dav/perso/page.html", "<html><script>alert(1)</script></html>")
	if a := u.do(t, http.StatusOK, "GET", "/dav/perso/page.html", ""); !strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment") {
		t.Errorf("what runs is shown: %q", a.Header.Get("Content-Disposition"))
	}
}

func TestRefusals(t *testing.T) {
	u := member(t, h.Rochelle, school.Teacher)
	u.do(t, http.StatusCreated, "MKCOL", "/dav/perso/dossier", "")
	u.do(t, http.StatusCreated, "PUT", "/dav/perso/fichier", "x")
	for _, c := range []struct {
		want         int
		method, path string
		body         string
		head         []string
	}{
		{http.StatusConflict, "PUT", "/dav/perso/absent/x", "x", nil},
		{http.StatusConflict, "PUT", "/dav/perso/fichier/x", "x", nil},
		{http.StatusMethodNotAllowed, "PUT", "/dav/perso/dossier", "x", nil},
		{http.StatusMethodNotAllowed, "PUT", "/dav/perso/", "x", nil},
		{http.StatusBadRequest, "PUT", "/dav/perso/a%3Ab", "x", nil},
		{http.StatusBadRequest, "PUT", "/dav/perso/x", "x", []string{"Content-Range", "bytes 0-0/2"}},
		{http.StatusUnsupportedMediaType, "PUT", "/dav/perso/x", "x", []string{"Content-Encoding", "gzip"}},
		{http.StatusMethodNotAllowed, "MKCOL", "/dav/perso/dossier", "", nil},
		{http.StatusMethodNotAllowed, "MKCOL", "/dav/perso", "", nil},
		{http.StatusConflict, "MKCOL", "/dav/perso/absent/x", "", nil},
		{http.StatusUnsupportedMediaType, "MKCOL", "/dav/perso/x", "<a/>", nil},
		{http.StatusForbidden, "MKCOL", "/dav/perso/.Trashes", "", nil},
		{http.StatusForbidden, "DELETE", "/dav/perso", "", nil},
		{http.StatusForbidden, "DELETE", "/dav/", "", nil},
		{http.StatusBadRequest, "MOVE", "/dav/perso/fichier", "", nil},
		{http.StatusForbidden, "COPY", "/dav/perso/fichier", "", []string{"Destination", "/dav/perso/fichier"}},
		{http.StatusForbidden, "MOVE", "/dav/perso/dossier", "", []string{"Destination", "/dav/perso/dossier/dedans"}},
		{http.StatusPreconditionFailed, "COPY", "/dav/perso/fichier", "", []string{"Destination", "/dav/perso/dossier", "Overwrite", "F"}},
		{http.StatusForbidden, "PROPFIND", "/dav/perso", "", []string{"Depth", "infinity"}},
		{http.StatusForbidden, "PROPFIND", "/dav/perso", "", nil},
		{http.StatusBadRequest, "PROPFIND", "/dav/perso", "<!DOCTYPE a [<!ENTITY b 'c'>]><propfind xmlns='DAV:'><allprop/></propfind>", []string{"Depth", "0"}},
		{http.StatusBadRequest, "PROPFIND", "/dav/perso", "<propfind xmlns='DAV:'>&b;</propfind>", []string{"Depth", "0"}},
		{http.StatusBadRequest, "PROPFIND", "/dav/perso", strings.Repeat("<a>", 100), []string{"Depth", "0"}},
		{http.StatusRequestEntityTooLarge, "PROPFIND", "/dav/perso", strings.Repeat("x", 300<<10), []string{"Depth", "0"}},
		{http.StatusForbidden, "PROPPATCH", "/dav/perso", setProperty, nil},
		{http.StatusBadRequest, "LOCK", "/dav/perso/fichier", exclusive, []string{"Depth", "1"}},
		{http.StatusPreconditionFailed, "LOCK", "/dav/perso/fichier", "", nil},
		{http.StatusBadRequest, "PUT", "/dav/perso/fichier", "x", []string{"If", "(("}},
		{http.StatusMethodNotAllowed, "POST", "/dav/perso/fichier", "x", nil},
		{http.StatusNotFound, "GET", "/dav/nowhere/x", "", nil},
		{http.StatusNotFound, "GET", "/account", "", nil},
		{http.StatusBadRequest, "GET", "/dav/perso/%2e%2e/x", "", nil},
		{http.StatusBadRequest, "GET", "/dav/perso/a%2fb", "", nil},
	} {
		a := u.do(t, c.want, c.method, c.path, c.body, c.head...)
		if strings.Contains(a.body, "dav:") || strings.Contains(a.body, "fault") {
			t.Errorf("%s %s tells of its inside: %s", c.method, c.path, a.body)
		}
	}
	u.has(t, "/dav/perso/fichier", "x")
}

func TestFullSpaces(t *testing.T) {
	c := h.Class(t, h.Rochelle, "6e Pleine", "6eme")
	u := member(t, h.Rochelle, school.Teacher, c)
	a := u.send(t, sent{method: "PUT", path: "/dav/classe-" + c.String() + "/gros", stream: &zeros{2 << 20}})
	if a.StatusCode != http.StatusInsufficientStorage || !strings.Contains(a.body, "quota-not-exceeded") {
		t.Errorf("of unknown length: %d %s", a.StatusCode, a.body)
	}
	u.do(t, http.StatusInsufficientStorage, "PUT", "/dav/classe-"+c.String()+"/gros", strings.Repeat("x", 2<<20))
	u.do(t, http.StatusNotFound, "GET", "/dav/classe-"+c.String()+"/gros", "")
	a = u.do(t, http.StatusMultiStatus, "PROPFIND", "/dav/Classe%206e%20Pleine/",
		`<propfind xmlns="DAV:"><prop><quota-available-bytes/><quota-used-bytes/></prop></propfind>`, "Depth", "0")
	if !strings.Contains(a.body, "<D:quota-available-bytes>1048576</D:quota-available-bytes><D:quota-used-bytes>0</D:quota-used-bytes>") {
		t.Errorf("the room that is left: %s", a.body)
	}
}

var hrefs = regexp.MustCompile(`<D:href>([^<]*)</D:href>`)

func listed(a answer) []string {
	var all []string
	for _, m := range hrefs.FindAllStringSubmatch(a.body, -1) {
		all = append(all, m[1])
	}
	return all
}

func TestSpacesAndFolders(t *testing.T) {
	c := h.Class(t, h.Rochelle, "5e B", "5eme")
	u := member(t, h.Rochelle, school.Teacher, c)
	a := u.do(t, http.StatusMultiStatus, "PROPFIND", "/dav/", "", "Depth", "1")
	if got := fmt.Sprint(listed(a)); got != "[/dav/ /dav/Mes%20documents/ /dav/Documents%20communs/ /dav/Classe%205e%20B/]" {
		t.Errorf("the spaces: %s", got)
	}
	u.do(t, http.StatusCreated, "MKCOL", "/dav/classe-"+c.String()+"/Sorties", "")
	u.do(t, http.StatusCreated, "PUT", "/dav/Classe%205e%20B/Sorties/mus%C3%A9e%20&%20parc.txt", "x")
	a = u.do(t, http.StatusMultiStatus, "PROPFIND", "/dav/Classe%205e%20B/Sorties", "", "Depth", "1")
	if got := fmt.Sprint(listed(a)); got != "[/dav/Classe%205e%20B/Sorties/ /dav/Classe%205e%20B/Sorties/mus%C3%A9e%20&amp;%20parc.txt]" {
		t.Errorf("the folder: %s", got)
	}
	if a := u.do(t, http.StatusMultiStatus, "PROPFIND", "/dav/", "", "Depth", "0"); len(listed(a)) != 1 {
		t.Errorf("the top alone: %v", listed(a))
	}
	u.do(t, http.StatusCreated, "MOVE", "/dav/Classe%205e%20B/Sorties", "", "Destination", "/dav/perso/Sorties")
	u.has(t, "/dav/perso/sorties/MUS%C3%89E%20&%20parc.txt", "x")
	u.do(t, http.StatusNotFound, "GET", "/dav/Classe%205e%20B/Sorties", "")
	u.do(t, http.StatusCreated, "MOVE", "/dav/perso/Sorties", "", "Destination", "/dav/perso/SORTIES")
	a = u.do(t, http.StatusMultiStatus, "PROPFIND", "/dav/perso", "", "Depth", "1")
	if got := fmt.Sprint(listed(a)); got != "[/dav/perso/ /dav/perso/SORTIES/]" {
		t.Errorf("after the change of case: %s", got)
	}
}

const setProperty = `<?xml version="1.0"?><D:propertyupdate xmlns:D="DAV:" xmlns:x="urn:x"><D:set><D:prop><x:note lang="fr">un &lt;b/&gt; <x:deux a="1"/></x:note></D:prop></D:set></D:propertyupdate>`

func TestPropertiesAreKept(t *testing.T) {
	c := h.Class(t, h.Rochelle, "4e C", "4eme")
	u := member(t, h.Rochelle, school.Teacher, c)
	u.do(t, http.StatusCreated, "MKCOL", "/dav/perso/a", "")
	u.do(t, http.StatusCreated, "PUT", "/dav/perso/a/b", "x")
	u.do(t, http.StatusMultiStatus, "PROPPATCH", "/dav/perso/a/b", setProperty)
	const asked = `<propfind xmlns="DAV:"><prop><note xmlns="urn:x"/></prop></propfind>`
	const want = `<note xmlns="urn:x" lang="fr">un &lt;b/&gt; <deux xmlns="urn:x" a="1"/></note></D:prop><D:status>HTTP/1.1 200 OK`
	for _, path := range []string{"/dav/perso/a/b", "/dav/perso/c/b", "/dav/classe-" + c.String() + "/d/b"} {
		if path != "/dav/perso/a/b" {
			u.do(t, http.StatusCreated, "COPY", "/dav/perso/a", "", "Destination", strings.TrimSuffix(path, "/b"))
		}
		if a := u.do(t, http.StatusMultiStatus, "PROPFIND", path, asked, "Depth", "0"); !strings.Contains(a.body, want) {
			t.Errorf("%s: %s", path, a.body)
		}
	}
	a := u.do(t, http.StatusMultiStatus, "PROPPATCH", "/dav/perso/a/b",
		`<propertyupdate xmlns="DAV:"><remove><prop><note xmlns="urn:x"/></prop></remove><set><prop><getetag>x</getetag></prop></set></propertyupdate>`)
	if !strings.Contains(a.body, "403 Forbidden") || !strings.Contains(a.body, "424 Failed Dependency") {
		t.Errorf("half of it was done: %s", a.body)
	}
	if a := u.do(t, http.StatusMultiStatus, "PROPFIND", "/dav/perso/a/b", asked, "Depth", "0"); !strings.Contains(a.body, want) {
		t.Errorf("a refused change was made: %s", a.body)
	}
}

// What systems write for themselves is taken, so that they do not complain, and not kept.
func TestDust(t *testing.T) {
	u := member(t, h.Rochelle, school.Teacher)
	for _, name := range []string{".DS_Store", "._lettre.odt", "Thumbs.db", "desktop.ini"} {
		token := u.do(t, http.StatusOK, "LOCK", "/dav/perso/"+name, exclusive).Header.Get("Lock-Token")
		u.do(t, http.StatusCreated, "PUT", "/dav/perso/"+name, "x", "If", "("+token+")")
		u.do(t, http.StatusNoContent, "UNLOCK", "/dav/perso/"+name, "", "Lock-Token", token)
		u.do(t, http.StatusNotFound, "GET", "/dav/perso/"+name, "")
	}
	if a := u.do(t, http.StatusMultiStatus, "PROPFIND", "/dav/perso/", "", "Depth", "1"); len(listed(a)) != 1 {
		t.Errorf("kept: %v", listed(a))
	}
}

// An upload that breaks off leaves neither a file nor bytes that count.
func TestUploadThatBreaksOff(t *testing.T) {
	u := member(t, h.Rochelle, school.Teacher)
	r, err := http.NewRequest("PUT", "http://"+h.address+"/dav/perso/moitié.bin", io.LimitReader(&zeros{10 << 20}, 5<<20))
	if err != nil {
		t.Fatal(err)
	}
	r.Host, r.ContentLength = h.host(u.at), 10<<20
	r.SetBasicAuth(u.login, u.secret)
	if res, err := http.DefaultTransport.RoundTrip(r); err == nil {
		res.Body.Close()
		if res.StatusCode < 400 {
			t.Errorf("half a file was taken: %d", res.StatusCode)
		}
	}
	u.do(t, http.StatusNotFound, "GET", "/dav/perso/moitié.bin", "")
	a := u.do(t, http.StatusMultiStatus, "PROPFIND", "/dav/perso", `<propfind xmlns="DAV:"><prop><quota-used-bytes/></prop></propfind>`, "Depth", "0")
	if !strings.Contains(a.body, "<D:quota-used-bytes>0<") {
		t.Errorf("it counts: %s", a.body)
	}
}
