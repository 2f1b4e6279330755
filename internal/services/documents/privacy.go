package documents

import (
	"context"
	"maps"
	"time"

	"elyco/internal/db"
	"elyco/internal/privacy"
	"elyco/internal/school"
)

// record is the drive's part of the register, and the comments.
func (r *Room) record() privacy.Record {
	files := r.drive.Record("documents.privacy.purpose", "documents.privacy.ground", "documents.privacy.retention")
	both := files
	both.Data = "documents.privacy.data"
	both.Tables = append(files.Tables, privacy.Table{Name: "document_comment", Persons: []string{"author_id"}, Holds: "documents.holds.comment"})
	both.Export = func(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
		kept, err := files.Export(ctx, tx, who)
		if err != nil {
			return nil, err
		}
		said, err := exportComments(ctx, tx, who)
		if err != nil || kept == nil {
			return said, err
		}
		maps.Copy(kept, said)
		return kept, nil
	}
	both.Erase = func(ctx context.Context, tx db.Tx, who school.PersonID) error {
		if err := files.Erase(ctx, tx, who); err != nil {
			return err
		}
		return forgetAuthor(ctx, tx, who)
	}
	both.Purge = func(ctx context.Context, tx db.Tx) (int, error) {
		ended, err := files.Purge(ctx, tx)
		if err != nil {
			return 0, err
		}
		old, err := purgeComments(ctx, tx)
		return ended + old, err
	}
	return both
}

func exportComments(ctx context.Context, tx db.Tx, who school.PersonID) (map[string]any, error) {
	var said []struct {
		Body string    `bun:"body" json:"body"`
		At   time.Time `bun:"created_at" json:"at"`
	}
	err := tx.NewRaw(`select body, created_at from document_comment where author_id = ? order by created_at, id limit 5000`, who.UUID).Scan(ctx, &said)
	if err != nil || len(said) == 0 {
		return nil, err
	}
	return map[string]any{"comments": said}, nil
}

// forgetAuthor leaves what was said for the others, without a name.
func forgetAuthor(ctx context.Context, tx db.Tx, who school.PersonID) error {
	_, err := tx.ExecContext(ctx, `update document_comment set author_id = null, author_name = '' where author_id = ?`, who.UUID)
	return err
}

func purgeComments(ctx context.Context, tx db.Tx) (int, error) {
	const years = 3
	gone, err := tx.ExecContext(ctx, `delete from document_comment where ctid in (select ctid from document_comment where created_at < ? limit ?)`,
		tx.Now().AddDate(-years, 0, 0), privacy.Batch)
	if err != nil {
		return 0, err
	}
	n, err := gone.RowsAffected()
	return int(n), err
}
