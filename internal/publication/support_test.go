package publication_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/publication"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

func asFault(err error, f **fault.Error) bool { return errors.As(err, f) }

func file(name, content string) publication.Upload {
	return publication.Upload{Name: name, Type: "text/plain", Size: int64(len(content)),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(content)), nil }}
}

// runJobs runs the ready jobs of a kind once, as a worker would at the tests' own clock.
func runJobs(t *testing.T, kind string) {
	t.Helper()
	h.Import(t, `update job set run_at = now() where kind = $1 and state = 'ready' and run_at <= $2`, kind, h.Clock.At)
	var handlers []job.Handler
	for _, s := range h.rooms {
		for _, one := range s.Jobs {
			if one.Kind == kind {
				handlers = append(handlers, one)
			}
		}
	}
	w, err := job.NewWorker(h.DB, handlers, 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		return tenant.Enter(ctx, h.Registry.ByID(school.ScopeID(scope))), true
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Once(t.Context()); err != nil {
		t.Fatal(err)
	}
}
