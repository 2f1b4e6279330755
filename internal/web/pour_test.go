package web_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/web"
)

func TestPour(t *testing.T) {
	app := fiber.New(fiber.Config{DisableStartupMessage: true})
	how := map[string]func(w io.Writer) error{
		"whole": func(w io.Writer) error { _, err := io.WriteString(w, strings.Repeat("x", 100_000)); return err },
		"broken": func(w io.Writer) error {
			_, _ = io.WriteString(w, strings.Repeat("x", 100_000))
			return errors.New("the store went away")
		},
		"wild": func(io.Writer) error { panic("a defect") },
	}
	app.Get("/:how", func(c *fiber.Ctx) error { return web.Pour(c, "a.zip", "application/zip", how[c.Params("how")]) })
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() { _ = app.Listener(listener) }()
	t.Cleanup(func() { _ = app.Shutdown() })
	for name, good := range map[string]bool{"whole": true, "broken": false, "wild": false} {
		res, err := http.Get("http://" + listener.Addr().String() + "/" + name)
		if err != nil && good {
			t.Fatal(err)
		}
		if err != nil {
			continue // broken off before the first byte
		}
		got, err := io.ReadAll(res.Body)
		res.Body.Close()
		if (err == nil) != good || good && len(got) != 100_000 {
			t.Errorf("%s: %d bytes, %v", name, len(got), err)
		}
		if !strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment;") {
			t.Errorf("%s: %v", name, res.Header)
		}
	}
}
