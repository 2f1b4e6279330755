package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
	"elyco/internal/web"
)

const song = "Il était un petit navire"

// giver answers with the song, and counts how often it was opened.
func giver(opened *int) *fiber.App {
	app := fiber.New()
	send := func(c *fiber.Ctx) error {
		return web.Send(c, web.File{Name: "chanson.txt", Type: "text/plain; charset=utf-8", Size: int64(len(song)), Hash: "abc",
			Open: func(_ context.Context, off, n int64) (io.ReadCloser, error) {
				*opened++
				return io.NopCloser(strings.NewReader(song[off : off+n])), nil
			}})
	}
	app.Get("/", send)
	app.Head("/", send)
	return app
}

func TestSend(t *testing.T) {
	for _, c := range []struct {
		what, method string
		header       http.Header
		status       int
		body, length string
		opened       int
	}{
		{"the whole", "GET", nil, 200, song, "25", 1},
		{"a range", "GET", http.Header{"Range": {"bytes=3-9"}}, 206, song[3:10], "7", 1},
		{"the end", "GET", http.Header{"Range": {"bytes=-6"}}, 206, "navire", "6", 1},
		{"beyond", "GET", http.Header{"Range": {"bytes=99-"}}, 416, "Requested Range Not Satisfiable", "31", 0},
		{"a range of the same", "GET", http.Header{"Range": {"bytes=-6"}, "If-Range": {`"abc"`}}, 206, "navire", "6", 1},
		{"a range of what it was", "GET", http.Header{"Range": {"bytes=-6"}, "If-Range": {`"old"`}}, 200, song, "25", 1},
		{"had already", "GET", http.Header{"If-None-Match": {`"x", W/"abc"`}}, 304, "", "", 0},
		{"had before", "GET", http.Header{"If-None-Match": {`"old"`}}, 200, song, "25", 1},
		{"only asked about", "HEAD", nil, 200, "", "25", 0},
		{"a range only asked about", "HEAD", http.Header{"Range": {"bytes=3-9"}}, 206, "", "7", 0},
	} {
		opened := 0
		r := httptest.NewRequest(c.method, "/", nil)
		for name, values := range c.header {
			r.Header[name] = values
		}
		a, err := giver(&opened).Test(r)
		if err != nil {
			t.Fatal(err)
		}
		body, _ := io.ReadAll(a.Body)
		if a.StatusCode != c.status || string(body) != c.body || a.Header.Get("Content-Length") != c.length || opened != c.opened {
			t.Errorf("%s: %d %q, of %s, opened %d times", c.what, a.StatusCode, body, a.Header.Get("Content-Length"), opened)
		}
		if !strings.HasSuffix(a.Header.Get("Content-Security-Policy"), "sandbox") || a.Header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: not held: %v", c.what, a.Header)
		}
		if !strings.HasPrefix(a.Header.Get("Content-Disposition"), "attachment;") {
			t.Errorf("%s: shown: %s", c.what, a.Header.Get("Content-Disposition"))
		}
	}
}

// taker reads forms as they arrive and says what it was given.
func taker(t *testing.T, form func(w *multipart.Writer), cut int) (string, error) {
	t.Helper()
	var sent bytes.Buffer
	w := multipart.NewWriter(&sent)
	form(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	var failed error
	app := fiber.New(fiber.Config{StreamRequestBody: true, DisablePreParseMultipartForm: true})
	app.Post("/", func(c *fiber.Ctx) error {
		failed = web.Parts(c, func(p web.Part) error {
			text, err := io.ReadAll(io.LimitReader(p, 3))
			got.WriteString(p.Field + "/" + p.FileName + "=" + string(text) + ";")
			return err
		})
		return c.SendStatus(fiber.StatusNoContent)
	})
	r := httptest.NewRequest(fiber.MethodPost, "/", bytes.NewReader(sent.Bytes()[:sent.Len()-cut]))
	r.Header.Set(fiber.HeaderContentType, w.FormDataContentType())
	if _, err := app.Test(r); err != nil {
		t.Fatal(err)
	}
	return got.String(), failed
}

func TestFilesAreReadAsTheyArrive(t *testing.T) {
	file := func(w *multipart.Writer, name, text string) {
		part, err := w.CreateFormFile("files", name)
		if err == nil {
			_, err = io.WriteString(part, text)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	got, err := taker(t, func(w *multipart.Writer) {
		_ = w.WriteField("folder", "x")
		file(w, "un.txt", "12345678")
		file(w, "../../deux.txt", "ab")
		file(w, "", "")
	}, 0)
	if want := "folder/=x;files/un.txt=123;files/deux.txt=ab;files/=;"; got != want || err != nil {
		t.Errorf("%s, %v", got, err)
	}
	got, err = taker(t, func(w *multipart.Writer) { file(w, "un.txt", strings.Repeat("x", 20)) }, 30)
	if !fault.Is(err, fault.Invalid) && !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a form that was cut: %s, %v", got, err)
	}
	for _, name := range []string{"a\x01b.txt", "a\x00.txt", "a\x7f.txt"} {
		_, err = taker(t, func(w *multipart.Writer) { file(w, name, "x") }, 0)
		var told *fault.Error
		if !errors.As(err, &told) || told.Kind != fault.Invalid || !strings.Contains(told.Words, "nom") {
			t.Errorf("a file called %q: %v", name, err)
		}
	}
}
