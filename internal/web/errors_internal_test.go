package web

import (
	"testing"

	"github.com/gofiber/fiber/v2"
	"github.com/valyala/fasthttp"

	"elyco/internal/fault"
)

// TestConflictsSayTheirOwnReason holds that nobody is told of somebody faster where a file has a virus.
func TestConflictsSayTheirOwnReason(t *testing.T) {
	app := fiber.New()
	c := app.AcquireCtx(&fasthttp.RequestCtx{})
	defer app.ReleaseCtx(c)
	_, plain := explain(c, fault.New(fault.Conflict, ""))
	status, said := explain(c, fault.New(fault.Conflict, "Ce fichier contient un virus."))
	if status != fiber.StatusConflict || said.Title == plain.Title || said.Sentence != "Ce fichier contient un virus." {
		t.Errorf("%d, %q and %q", status, said.Title, said.Sentence)
	}
}
