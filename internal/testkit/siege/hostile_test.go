package siege_test

import (
	"bytes"
	"context"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	chromium "elyco/internal/testkit/browser"
)

// deposit sends a file by the plain form, under a name and a media type of the sender's choice.
func deposit(t *testing.T, h *testkit.House, c *testkit.Client, name, mediaType string, content []byte) (uuid.UUID, *testkit.Answer) {
	t.Helper()
	id := school.NewID()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	part, err := w.CreatePart(textproto.MIMEHeader{"Content-Disposition": {`form-data; name="files"; filename="` + name + `"`}, "Content-Type": {mediaType}})
	if err != nil {
		t.Fatal(err)
	}
	_, _ = part.Write(content)
	_ = w.Close()
	return id, c.Do(t, testkit.Request{Method: http.MethodPost, To: h.College, Path: "/documents/files?space=perso&id=" + id.String(), Body: &form,
		Header: http.Header{"Content-Type": {w.FormDataContentType()}}})
}

func itemOf(id uuid.UUID, more string) string { return "/documents/items/" + id.String() + more }

// TestHostileNames sends names that no system likes: a file's is made harmless, and one that is typed is refused with a
// sentence.
func TestHostileNames(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	long := strings.Repeat("n", 255)
	for sent, want := range map[string]string{"../../etc/passwd": "passwd", "..": "fichier", "re\u0301sume\u0301.txt": "résumé.txt", "ab\u202ec.txt": "abc.txt",
		long: long, strings.Repeat("o", 256): strings.Repeat("o", 255), "con.txt": "_con.txt"} {
		id, a := deposit(t, h, c, sent, "text/plain", []byte(sent))
		a.Is(t, http.StatusSeeOther)
		c.Get(t, h.College, itemOf(id, "")).Is(t, http.StatusOK).Sees(t, "h1", want)
	}
	// A header of a form cannot hold a control character: it is a broken form.
	_, a := deposit(t, h, c, "a\x01b.txt", "text/plain", []byte("a"))
	a.Is(t, http.StatusUnprocessableEntity)
	form := url.Values{"id": {school.NewID().String()}, "space": {"perso"}, "name": {"../a\x01\nb.txt"}, "size": {"0"}}
	c.Post(t, h.College, "/documents/uploads", form).Is(t, http.StatusOK)
	c.Post(t, h.College, "/documents/uploads/"+form.Get("id")+"/end", nil).Is(t, http.StatusOK)
	c.Get(t, h.College, "/documents/items/"+form.Get("id")).Sees(t, "h1", "ab.txt")
	id, _ := deposit(t, h, c, "x.txt", "text/plain", []byte("x"))
	for _, typed := range []string{"..", ".", "", "a/b", "a\x00b", "a\nb", long + "m", "nul", "a\u202eb"} {
		form := url.Values{"id": {school.NewID().String()}, "space": {"perso"}, "name": {typed}}
		if a := c.Post(t, h.College, "/documents/folders", form); a.Status != http.StatusUnprocessableEntity || !a.HTML() {
			t.Errorf("a folder %.20q is answered %d", typed, a.Status)
		}
		if a := c.Post(t, h.College, itemOf(id, "/name"), url.Values{"name": {typed}}); a.Status != http.StatusUnprocessableEntity || !a.HTML() {
			t.Errorf("a file renamed %.20q is answered %d", typed, a.Status)
		}
	}
	c.Get(t, h.College, itemOf(id, "")).Sees(t, "h1", "x.txt")
}

// TestFullInTheMiddle sends more than there is room for, without saying so before: a sentence says it, and nothing stays.
func TestFullInTheMiddle(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	first, a := deposit(t, h, c, "a.txt", "text/plain", []byte("a"))
	a.Is(t, http.StatusSeeOther)
	academy := tenant.Enter(t.Context(), h.Academy)
	err := h.DB.Write(academy, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `update drive_space set quota = ? where owner_id = ?`, 7<<20, c.Person.ID.UUID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	id, a := deposit(t, h, c, "b.bin", "text/plain", make([]byte, 8<<20))
	a.Is(t, http.StatusUnprocessableEntity).Sees(t, "main", "b.bin")
	c.Get(t, h.College, itemOf(id, "")).Is(t, http.StatusNotFound)
	c.Get(t, h.College, itemOf(first, "/content")).Is(t, http.StatusOK)
	form := url.Values{"id": {id.String()}, "space": {"perso"}, "name": {"b.bin"}, "size": {fmt.Sprint(8 << 20)}}
	if a := c.Post(t, h.College, "/documents/uploads", form); a.Status != http.StatusUnprocessableEntity || !strings.Contains(string(a.Body), "place") {
		t.Errorf("in pieces: %d %s", a.Status, a.Body)
	}
	n := 0
	prefix := blob.Prefix(int64(h.Academy.ID))
	if err := h.Blobs.List(t.Context(), prefix, func(blob.Info) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	if err := h.Blobs.Unfinished(t.Context(), prefix, func(blob.Unfinished) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	if n != 1 {
		t.Errorf("the store holds %d objects for one file", n)
	}
}

// TestShareAcrossSchools gives a file to a school that no agreement binds: the form is refused, and nobody there sees it.
func TestShareAcrossSchools(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	stranger := h.SignInAs(t, h.Sibling, school.Teacher)
	id, _ := deposit(t, h, c, "a.txt", "text/plain", []byte("a"))
	for field, value := range map[string]string{"to_establishment": fmt.Sprint(int64(h.Sibling.ID)), "to_nature": "college", "to_department": "85"} {
		form := url.Values{"id": {school.NewID().String()}, "role": {"view"}, field: {value}}
		if a := c.Post(t, h.College, itemOf(id, "/shares"), form); a.Status != http.StatusUnprocessableEntity && a.Status != http.StatusForbidden {
			t.Errorf("%s is answered %d", field, a.Status)
		}
	}
	stranger.Get(t, h.Sibling, itemOf(id, "")).Is(t, http.StatusNotFound)
	stranger.Get(t, h.Sibling, itemOf(id, "/content")).Is(t, http.StatusNotFound)
}

// TestActiveContent opens in a real browser what would call a canary if it ran, whatever type its sender claims.
func TestActiveContent(t *testing.T) {
	var calls atomic.Int32
	canary := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/control" {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, `<img src=x onerror="fetch('/sings')">`)
			return
		}
		if r.URL.Path == "/sings" {
			calls.Add(1)
		}
	}))
	defer canary.Close()
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	call := "fetch('" + canary.URL + "/sings',{mode:'no-cors'})"
	c.Get(t, h.College, "/documents")
	b := chromium.Start(t)
	b.SetCookie(t, h.College.Host(), session.Cookie, c.Cookie(h.College.Host(), session.Cookie))
	for name, content := range map[string]string{
		"a.svg":  `<svg xmlns="http://www.w3.org/2000/svg" onload="` + call + `"><script>` + call + `</script></svg>`,
		"a.html": `<!doctype html><script>` + call + `</script>`,
		"a.png":  `<html><body onload="` + call + `">`,
		"a.txt":  `<img src=x onerror="` + call + `">`,
		"a.md":   `<img src=x onerror="` + call + `">`,
	} {
		id, a := deposit(t, h, c, name, "image/png", []byte(content))
		a.Is(t, http.StatusSeeOther)
		b.Open(t, "http://"+h.College.Host()+itemOf(id, ""))
		for _, show := range []string{"", "?show=1"} {
			a := c.Get(t, h.College, itemOf(id, "/content"+show)).Is(t, http.StatusOK)
			policy, kind := a.Header.Get("Content-Security-Policy"), a.Header.Get("Content-Type")
			if !strings.Contains(policy, "default-src 'none'") || !strings.Contains(policy, "sandbox") || a.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s leaves without its locks: %v", name, a.Header)
			}
			inline := strings.HasPrefix(a.Header.Get("Content-Disposition"), "inline")
			if inline && !strings.HasPrefix(kind, "text/plain") || !inline && kind != "application/octet-stream" && !strings.HasPrefix(kind, "text/plain") {
				t.Errorf("%s leaves as %s, inline: %v", name, kind, inline)
			}
			if inline {
				b.Open(t, "http://"+h.College.Host()+itemOf(id, "/content"+show))
			}
		}
	}
	time.Sleep(200 * time.Millisecond)
	if n := calls.Load(); n != 0 {
		t.Errorf("the canary was called %d times", n)
	}
	b.Open(t, canary.URL+"/control")
	for range 50 {
		if calls.Load() > 0 {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Error("the canary cannot be called: nothing is proven")
}
