package feed

import (
	"context"
	"regexp"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/tenant"
)

// Engine reads, compares and applies feeds.
type Engine struct {
	db       *db.DB
	registry *tenant.Registry
	limits   func(t *tenant.Tenant) Limits
	then     func(ctx context.Context, tx db.Tx) error
}

// New makes an engine. limits says what holds in an establishment; in the academy's space, who gets an account at all.
func New(d *db.DB, r *tenant.Registry, limits func(t *tenant.Tenant) Limits) *Engine {
	return &Engine{db: d, registry: r, limits: limits}
}

// Then has fn called in the transaction that ends the application of a feed which wrote something, in the academy's space: what is
// kept about all people together follows. It is set once, before the engine is used.
func (e *Engine) Then(fn func(ctx context.Context, tx db.Tx) error) *Engine {
	e.then = fn
	return e
}

// Defaults are the limits where nobody has decided.
func Defaults() Limits { return Limits{GonePercent: 5, TiesPercent: 1, GraceDays: 15} }

// sourceShape is what a source may be called: its name stands in the text of scripts.
var sourceShape = regexp.MustCompile(`^[a-z]{2,12}(:[0-9]{1,18})?$`)

func (h Header) check() error {
	wrong := fault.Fields{}
	if !sourceShape.MatchString(h.Source) {
		wrong.Add("source", "Le nom de la source est inconnu.")
	}
	if h.Kind != Complete && h.Kind != Delta {
		wrong.Add("kind", "Un flux est complet ou différentiel.")
	}
	if h.Day.IsZero() {
		wrong.Add("day", "La date du flux manque : elle se lit dans le nom de l’archive.")
	}
	if h.Source != academySource && h.Only == 0 {
		wrong.Add("source", "Cette source ne parle pour aucun établissement.")
	}
	return wrong.OrNil()
}
