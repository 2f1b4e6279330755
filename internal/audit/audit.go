// Package audit keeps who did what to whom. Entries are added in the author's transaction and never changed; a chain of
// seals, made with a key that the database does not know, shows any change that was made behind the program's back.
package audit

import (
	"context"
	"encoding/json"
	"fmt"

	"elyco/internal/db"
	"elyco/internal/school"
)

// Entry is one line of the trail. Action is a stable name such as "news.publish", which has a sentence (see Key); Subject
// is the id of what was acted on; Title is what people call it, and stays empty where the subject is a person; Detail
// holds values that are not personal.
type Entry struct {
	Actor   school.PersonID
	Action  string
	Subject string
	Title   string
	Detail  map[string]any
}

const longestTitle = 200 // characters; the rest is cut

// Record adds the entry in the scope and at the clock of tx.
func Record(ctx context.Context, tx db.Tx, e Entry) error {
	detail, err := json.Marshal(e.Detail)
	if err != nil {
		return fmt.Errorf("write the audit detail of %s: %w", e.Action, err)
	}
	if e.Detail == nil {
		detail = []byte("{}")
	}
	e.Title = cut(e.Title)
	return insert(ctx, tx, e, detail)
}

func cut(title string) string {
	if runes := []rune(title); len(runes) > longestTitle {
		return string(runes[:longestTitle-1]) + "…"
	}
	return title
}
