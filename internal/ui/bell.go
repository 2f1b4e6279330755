package ui

import (
	"context"
	"io"
)

// Bell leads to a person's notices and says how many wait. The frame draws it without a figure, so that no page pays for it;
// it asks for the figure once the page is there, and again when something has changed.
type Bell struct {
	URL    string // of the notices; "/count" after it answers the bell with its figure
	Waits  int
	Filled bool // the figure is known
}

// Render writes the bell.
func (b Bell) Render(ctx context.Context, w io.Writer) error { return bell(b).Render(ctx, w) }

func (b Bell) trigger() string {
	if b.Filled {
		return "live"
	}
	return "load delay:1s, live"
}
