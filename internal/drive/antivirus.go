package drive

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/job"
)

const (
	scanKind  = Room + ".scan"
	scanAgain = 5 * time.Minute // after the antivirus could not be reached
)

type scanWork struct {
	Key string `json:"key"`
}

func scanLater(ctx context.Context, tx db.Tx, key string, wait time.Duration) error {
	return job.Enqueue(ctx, tx, job.Job{Kind: scanKind, Payload: scanWork{key}, RunAt: tx.Now().Add(wait)})
}

// scan has an object looked at, and says of every version that names it what was found. As long as nobody knows, it stays
// as it is, readable by its author alone, and the antivirus is asked again.
func (d *Drive) scan(ctx context.Context, name string) error {
	state, err := d.judgeObject(ctx, name)
	if errors.Is(err, blob.ErrNotFound) {
		return nil // erased meanwhile
	}
	if err != nil {
		slog.WarnContext(ctx, "the antivirus has not answered; it is asked again", "error", err)
	}
	return fault.Doing("say what the antivirus found", d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err != nil {
			return scanLater(ctx, tx, name, scanAgain)
		}
		if err := settle(ctx, tx, name, state); err != nil || state != Clean {
			return err
		}
		return errors.Join(d.readLater(ctx, tx, name), d.cleared(ctx, tx, name))
	}))
}

func (d *Drive) judgeObject(ctx context.Context, name string) (State, error) {
	if d.scanner == nil {
		return Clean, nil // switched off meanwhile
	}
	key, err := blob.ParseKey(name)
	if err != nil {
		return "", err
	}
	body, _, err := d.blobs.Get(ctx, key, 0, -1)
	if err != nil {
		return "", err
	}
	defer body.Close()
	clean, err := d.scanner.Scan(ctx, body)
	if err != nil || clean {
		return Clean, err
	}
	slog.WarnContext(ctx, "the antivirus has found something; the file is set apart", "object", name)
	return Quarantined, nil
}
