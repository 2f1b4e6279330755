package services

import (
	"context"

	"elyco/internal/db"
	"elyco/internal/notice"
	"elyco/internal/services/chat"
)

// toldChat has the herald tell what happens in the chat.
type toldChat struct{ herald *notice.Herald }

// Tell hands a notice over.
func (t toldChat) Tell(ctx context.Context, tx db.Tx, n chat.Notice, people []chat.Recipient) error {
	to := make([]notice.To, 0, len(people))
	for _, p := range people {
		to = append(to, notice.To{Person: p.Person, Name: p.Name, Staff: p.Staff})
	}
	return t.herald.Tell(ctx, tx, notice.Notice{ID: n.ID, Kind: n.Kind, Ref: n.Ref, Title: n.Title, Text: n.Text, Path: n.Path, Author: n.Author, AuthorName: n.AuthorName}, to)
}
