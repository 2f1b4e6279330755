package web_test

import (
	"bytes"
	"mime/multipart"
	"net/http/httptest"
	"testing"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/web"
)

type letter struct {
	Title string                  `form:"title"`
	Cover []*multipart.FileHeader `form:"cover"`
}

// A browser sends a field of files in which none was chosen, with an empty name.
func TestDecodeTakesAFieldOfFilesLeftEmpty(t *testing.T) {
	for _, c := range []struct {
		name, field, text string
		status            int
	}{
		{"no file chosen", "cover", "", fiber.StatusOK},
		{"a field that the form does not show", "state", "published", fiber.StatusUnprocessableEntity},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := post(t, c.field, c.text); got != c.status {
				t.Errorf("status %d, want %d", got, c.status)
			}
		})
	}
}

func post(t *testing.T, field, text string) int {
	t.Helper()
	app := fiber.New()
	app.Post("/", func(c *fiber.Ctx) error {
		form, err := web.Decode[letter](c)
		if err != nil || form.Title != "Bonjour" {
			return c.SendStatus(fiber.StatusUnprocessableEntity)
		}
		return c.SendStatus(fiber.StatusOK)
	})
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	if err := w.WriteField("title", "Bonjour"); err != nil {
		t.Fatal(err)
	}
	part, err := w.CreateFormFile(field, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := part.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	req := httptest.NewRequest(fiber.MethodPost, "/", &body)
	req.Header.Set(fiber.HeaderContentType, w.FormDataContentType())
	res, err := app.Test(req)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode
}
