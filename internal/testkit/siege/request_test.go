package siege_test

import (
	"bytes"
	"compress/gzip"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"elyco/internal/school"
	"elyco/internal/testkit"
)

// TestOddRequests holds the house to one plain answer for requests that no browser sends.
func TestOddRequests(t *testing.T) {
	h := testkit.NewHouse(t)
	host := h.College.Host()
	form := []string{"Content-Type: application/x-www-form-urlencoded", "Origin: http://%H"}
	for name, c := range map[string]struct {
		lines  []string
		body   string
		status int
	}{
		"a body under GET":         {[]string{"GET /sign-in HTTP/1.1", "Host: %H", "Content-Length: 36"}, "GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n", 400},
		"chunks under GET":         {[]string{"GET /sign-in HTTP/1.1", "Host: %H", "Transfer-Encoding: chunked"}, "0\r\n\r\nGET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n", 411},
		"chunks":                   {append([]string{"POST /sign-in HTTP/1.1", "Host: %H", "Transfer-Encoding: chunked"}, form...), "3\r\na=b\r\n0\r\n\r\n", 411},
		"a packed body":            {append([]string{"POST /sign-in HTTP/1.1", "Host: %H", "Content-Encoding: gzip", "Content-Length: 3"}, form...), "a=b", 415},
		"more than a form":         {append([]string{"POST /sign-in HTTP/1.1", "Host: %H", "Content-Length: 9000000000"}, form...), strings.Repeat("a", 100000), 413},
		"too many header lines":    {[]string{"GET / HTTP/1.1", "Host: %H", strings.Repeat("A: b\r\n", 10000) + "B: c"}, "", 431},
		"an absolute target":       {[]string{"GET http://evil.test/ HTTP/1.1", "Host: %H"}, "", 404},
		"a target without a path":  {[]string{"OPTIONS * HTTP/1.1", "Host: %H"}, "", 404},
		"another site's form":      {[]string{"POST /sign-in HTTP/1.1", "Host: %H", "Origin: https://%H", "Content-Length: 0"}, "", 403},
		"a sibling's form":         {[]string{"POST /sign-in HTTP/1.1", "Host: %H", "Origin: http://" + h.Sibling.Host(), "Content-Length: 0"}, "", 403},
		"a form without an origin": {[]string{"POST /sign-in HTTP/1.1", "Host: %H", "Cookie: a=b", "Content-Length: 0"}, "", 403},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answers := speak(t, h, head(host, c.lines...)+c.body)
			if len(answers) != 1 {
				t.Fatalf("%d answers, not one", len(answers))
			}
			a := answers[0]
			if a.StatusCode != c.status {
				t.Errorf("status %d, not %d", a.StatusCode, c.status)
			}
			if c.status != 431 && !strings.Contains(a.Header.Get("Content-Security-Policy"), "default-src 'none'") {
				t.Errorf("no content security policy")
			}
		})
	}
}

// TestPackedUpload holds the house to unpacking nothing that a stranger sends.
func TestPackedUpload(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	h := testkit.NewHouse(t)
	var body bytes.Buffer
	packed := gzip.NewWriter(&body)
	_, _ = packed.Write([]byte("--X\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n"))
	_, _ = packed.Write(make([]byte, 50<<20))
	_, _ = packed.Write([]byte("\r\n--X--\r\n"))
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	h.Visitor().Do(t, testkit.Request{Method: http.MethodPost, To: h.College, Path: "/sign-in", Body: &body,
		Header: http.Header{"Content-Encoding": {"gzip"}, "Content-Type": {"multipart/form-data; boundary=X"}}}).Is(t, 415)
}

// TestUnknownFiles holds forms to the files that their pages show, and the disk to none that stay.
func TestUnknownFiles(t *testing.T) {
	h := testkit.NewHouse(t)
	t.Setenv("TMPDIR", t.TempDir())
	teacher := h.SignInAs(t, h.College, school.Teacher)
	send := func(c *testkit.Client, path, field string) *testkit.Answer {
		var body bytes.Buffer
		w := multipart.NewWriter(&body)
		part, err := w.CreateFormFile(field, "a.txt")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = part.Write(make([]byte, 100<<10))
		_ = w.Close()
		return c.Do(t, testkit.Request{Method: http.MethodPost, To: h.College, Path: path, Body: &body,
			Header: http.Header{"Content-Type": {w.FormDataContentType()}}})
	}
	send(h.Visitor(), "/sign-in", "f").Is(t, 422)
	send(teacher, "/news/preview", "avatar").Is(t, 422)
	send(teacher, "/news/preview", "files").Is(t, 200)
	// The server clears away after it has answered.
	pattern := filepath.Join(os.TempDir(), "multipart-*")
	var left []string
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		var err error
		if left, err = filepath.Glob(pattern); err != nil {
			t.Fatal(err)
		}
		if len(left) == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("files stay: %v", left)
		}
	}
}

// TestPasswordFromTheAddress holds sign-in to what the form says: an address is written down in histories and logs.
func TestPasswordFromTheAddress(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.Password(" corriger des copies "), testkit.In(h.College, school.Teacher))
	v := h.Visitor()
	v.Post(t, h.College, "/sign-in?password=+corriger+des+copies+", url.Values{"login": {p.Login}, "password": {"autre"}}).Is(t, 422)
	v.Post(t, h.College, "/sign-in?password=autre", url.Values{"login": {p.Login}, "password": {" corriger des copies "}}).Is(t, 303)
}

// TestForgedFlash holds the words that a page leaves for the next to words.
func TestForgedFlash(t *testing.T) {
	h := testkit.NewHouse(t)
	for _, forged := range []string{"%%%", "PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg", "_v7-", strings.Repeat("QUFB", 3000), "Gl0"} {
		v := h.Visitor()
		v.SetCookie(h.College.Host(), "__Host-flash", forged)
		a := v.Get(t, h.College, "/").Is(t, 200)
		if bytes.Contains(a.Body, []byte("<script>alert")) || bytes.Contains(a.Body, []byte{0xfe, 0xfe}) || bytes.Contains(a.Body, []byte{0x1a}) {
			t.Errorf("the cookie %.20s is shown as it is", forged)
		}
		if v.Cookie(h.College.Host(), "__Host-flash") != "" {
			t.Errorf("the cookie %.20s stays", forged)
		}
	}
}
