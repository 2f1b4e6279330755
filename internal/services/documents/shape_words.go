package documents

import (
	"context"

	"elyco/internal/words"
)

// emptyWords says what to do about an empty folder.
func emptyWords(ctx context.Context, open bool) string {
	if open {
		return words.T(ctx, "documents.empty_open")
	}
	return words.T(ctx, "documents.empty_closed")
}
