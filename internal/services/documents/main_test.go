package documents_test

import (
	"bytes"
	"encoding/json"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

	"elyco/internal/drive"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

// sent is a file of a form.
type sent struct{ name, text string }

// post sends files by the plain form of a folder, as a browser without scripts does.
func post(t *testing.T, c *testkit.Client, in *tenant.Tenant, space, folder string, files ...sent) *testkit.Answer {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	if err := w.WriteField("clash", "rename"); err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		part, err := w.CreateFormFile("files", f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write([]byte(f.text)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return c.Do(t, testkit.Request{Method: http.MethodPost, To: in, Path: "/documents/files?space=" + space + "&folder=" + folder, Body: &body,
		Header: http.Header{"Content-Type": {w.FormDataContentType()}}})
}

// said is what a script is told.
type said struct {
	ID, Error           string
	Offset, Size, Chunk int64
	Name                string
	Status              int `json:"-"`
}

// ask is what the script of uploads does.
func ask(t *testing.T, c *testkit.Client, in *tenant.Tenant, method, path string, form url.Values, body []byte) said {
	t.Helper()
	r := testkit.Request{Method: method, To: in, Path: "/documents/" + path, Form: form, Header: http.Header{"Accept": {"application/json"}}}
	if body != nil {
		r.Body = bytes.NewReader(body)
		r.Header.Set("Content-Type", "application/octet-stream")
	}
	a := c.Do(t, r)
	s := said{Status: a.Status}
	if err := json.Unmarshal(a.Body, &s); err != nil {
		t.Fatalf("%s %s: %d, %.200s", method, path, a.Status, a.Body)
	}
	return s
}

// begin opens an upload in somebody's own space.
func begin(t *testing.T, c *testkit.Client, in *tenant.Tenant, name string, size int64) said {
	t.Helper()
	return ask(t, c, in, http.MethodPost, "uploads", url.Values{"space": {"perso"}, "name": {name}, "size": {strconv.FormatInt(size, 10)}, "clash": {"rename"}}, nil)
}

// only is the address of the one thing of a name in a folder's page.
func only(t *testing.T, c *testkit.Client, in *tenant.Tenant, folder, name string) string {
	t.Helper()
	for _, l := range c.Get(t, in, folder).Is(t, http.StatusOK).Page(t).All(".file-words a") {
		if l.Text() == name {
			return l.Attr("href")
		}
	}
	t.Fatalf("%s does not hold %q", folder, name)
	return ""
}

func idIn(address string) string {
	parts := strings.Split(strings.TrimSuffix(address, "/"), "/")
	return parts[len(parts)-1]
}

// stored puts a file into somebody's own space past the pages, and gives its page's address.
func stored(t *testing.T, h *testkit.House, c *testkit.Client, in *tenant.Tenant, name, text string) string {
	t.Helper()
	if a := post(t, c, in, "perso", "", sent{name, text}); a.Status != http.StatusSeeOther {
		t.Fatalf("store %s: %d", name, a.Status)
	}
	return only(t, c, in, "/documents/spaces/perso", drive.SafeName(name))
}

func everybody() []school.Profile {
	return []school.Profile{school.Pupil, school.Guardian, school.Teacher, school.Head, school.SchoolLife, school.Administrative, school.Technical,
		school.Health, school.Librarian, school.Tutor}
}
