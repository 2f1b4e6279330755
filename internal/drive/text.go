package drive

import (
	"context"
	"errors"
	"io"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/extract"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/tenant"
)

const (
	readKind    = Room + ".read"
	readAtOnce  = 10      // contents that one run of the job reads
	readUpkeep  = 1000    // contents that one night finds unread
	mostText    = 200_000 // bytes of words that are kept; the table refuses more
	patienceFor = 2       // runs that may fail before a content counts as one without words
)

// Reader reads the words of a document. An error that is extract.ErrUnreadable is for good; others may pass.
type Reader interface {
	Text(ctx context.Context, document io.Reader) (string, error)
}

// ReadWith has r read the words of every version that anybody may read, in the background, so that documents are found
// by them. Without it they are found by their names.
func (d *Drive) ReadWith(r Reader) { d.reader = r }

// readWork names the objects whose words are to be read.
type readWork struct {
	Keys []string `json:"keys"`
}

// readLater has those of the objects read whose words nobody has read yet. It belongs into the transaction that adds or
// clears a version.
func (d *Drive) readLater(ctx context.Context, tx db.Tx, keys ...string) error {
	if d.reader == nil || len(keys) == 0 {
		return nil
	}
	contents, err := unread(ctx, tx, keys)
	if err != nil || len(contents) == 0 {
		return fault.Doing("find what is to be read", err)
	}
	return enqueueRead(ctx, tx, contents)
}

func enqueueRead(ctx context.Context, tx db.Tx, contents []unreadRow) error {
	var w readWork
	for _, c := range contents {
		w.Keys = append(w.Keys, c.ObjectKey)
	}
	return job.Enqueue(ctx, tx, job.New(readKind, w))
}

// read reads the words of some objects, a few in one run, and leaves the others to the next. What was read meanwhile, or
// has gone, is passed over, so that a run may be repeated.
func (d *Drive) read(ctx context.Context, run job.Run, w readWork) error {
	if d.reader == nil {
		return nil
	}
	var contents []unreadRow
	now, rest := w.Keys[:min(len(w.Keys), readAtOnce)], w.Keys[min(len(w.Keys), readAtOnce):]
	if err := d.db.Batch(ctx, func(b *db.Batch) { queueUnread(b, &contents, now) }); err != nil {
		return fault.Doing("find what is to be read", err)
	}
	for _, c := range contents {
		text, err := d.wordsOf(ctx, c.ObjectKey)
		if errors.Is(err, blob.ErrNotFound) {
			continue // erased meanwhile
		}
		if err != nil && (!errors.Is(err, extract.ErrUnreadable) && run.Attempt <= patienceFor || ctx.Err() != nil) {
			return fault.Doing("read the words of a document", err)
		}
		err = d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
			if err := keepText(ctx, tx, c.Hash, text); err != nil {
				return err
			}
			return upkeepLater(ctx, tx, int64(tenant.From(ctx).ID))
		})
		if err != nil {
			return fault.Doing("keep the words of a document", err)
		}
	}
	if len(rest) == 0 {
		return nil
	}
	return fault.Doing("go on reading", d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return d.readLater(ctx, tx, rest...) }))
}

// wordsOf reads one object, one at a time in the whole program: taking a document apart needs memory.
func (d *Drive) wordsOf(ctx context.Context, name string) (string, error) {
	key, err := blob.ParseKey(name)
	if err != nil {
		return "", err
	}
	select {
	case d.reading <- struct{}{}:
		defer func() { <-d.reading }()
	case <-ctx.Done():
		return "", ctx.Err()
	}
	body, _, err := d.blobs.Get(ctx, key, 0, -1)
	if err != nil {
		return "", err
	}
	defer body.Close()
	text, err := d.reader.Text(ctx, body)
	return cut(text, mostText), err
}

// tidyTexts forgets the words of contents that no version has any more, and has read what was missed.
func (d *Drive) tidyTexts(ctx context.Context, tx db.Tx) error {
	if err := forgetTexts(ctx, tx); err != nil || d.reader == nil {
		return err
	}
	missed, err := unreadAnywhere(ctx, tx, readUpkeep)
	if err != nil || len(missed) == 0 {
		return err
	}
	return enqueueRead(ctx, tx, missed)
}
