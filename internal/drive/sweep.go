package drive

import (
	"context"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"time"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/tenant"
)

const sweepKind = "objects.sweep"

// grace is how old an object must be before it may be taken for one that nothing will ever name: a file is stored before
// the row that names it.
const grace = 24 * time.Hour

// Objects lists the columns of the drive that name objects of the store, as "table.column".
func Objects() []string {
	return []string{"drive_node.object_key", "drive_node.preview_key", "drive_version.object_key", "drive_version.preview_key", "drive_upload.object_key"}
}

// Sweeper removes, once a night and space by space, the objects that no row names: what a cut between the store and the
// database has left. It knows every column that names objects, and a test holds the list to the tables.
type Sweeper struct {
	db      *db.DB
	blobs   *blob.Store
	columns []column
}

type column struct{ table, name string }

// NewSweeper makes a sweeper that keeps what the columns name.
func NewSweeper(d *db.DB, blobs *blob.Store, columns []string) (*Sweeper, error) {
	s := &Sweeper{db: d, blobs: blobs}
	shape := regexp.MustCompile(`^([a-z_]+)\.([a-z_]+)$`)
	for _, c := range slices.Compact(slices.Sorted(slices.Values(columns))) {
		m := shape.FindStringSubmatch(c)
		if m == nil {
			return nil, fmt.Errorf("%q names no column", c)
		}
		s.columns = append(s.columns, column{m[1], m[2]})
	}
	if len(s.columns) == 0 {
		return nil, fmt.Errorf("no column names objects: everything would be swept")
	}
	return s, nil
}

// Jobs are the sweeper's work in the background.
func (s *Sweeper) Jobs() []job.Handler {
	return []job.Handler{job.Handle(sweepKind, func(ctx context.Context, _ job.Run, _ struct{}) error {
		if err := s.Sweep(ctx); err != nil {
			return err
		}
		return s.Schedule(ctx, tenant.From(ctx))
	})}
}

// Schedule has spaces swept in the night to come, and from then on each night. Spaces that are waiting for it already stay
// as they are.
func (s *Sweeper) Schedule(ctx context.Context, spaces ...*tenant.Tenant) error {
	for _, t := range spaces {
		at := night(s.db.NowIn(ctx), int64(t.ID))
		err := s.db.Write(tenant.Enter(ctx, t), func(ctx context.Context, tx db.Tx) error {
			return job.Enqueue(ctx, tx, job.Job{Kind: sweepKind, Payload: struct{}{}, UniqueKey: at.Format(time.DateOnly), RunAt: at})
		})
		if err != nil {
			return fault.Doing("schedule a sweep", err)
		}
	}
	return nil
}

// night is an instant between one and four in the morning to come, another one for each space.
func night(now time.Time, scope int64) time.Time {
	start := now.UTC().Truncate(24 * time.Hour).Add(time.Hour)
	at := start.Add(time.Duration(scope*97%10800) * time.Second)
	if !at.After(now) {
		at = at.Add(24 * time.Hour)
	}
	return at
}

// Sweep removes what the space of ctx has in the store and no row names, when it is older than a day.
func (s *Sweeper) Sweep(ctx context.Context) error {
	scope := int64(tenant.From(ctx).ID)
	old := s.db.NowIn(ctx).Add(-grace)
	var some []blob.Key
	removed := 0
	sweep := func() (err error) {
		n, err := s.removeUnnamed(ctx, some)
		removed += n
		some = some[:0]
		return err
	}
	err := s.blobs.List(ctx, blob.Prefix(scope), func(i blob.Info) error {
		if !i.Modified.Before(old) {
			return nil
		}
		if some = append(some, i.Key); len(some) < 500 {
			return nil
		}
		return sweep()
	})
	if err == nil {
		err = sweep()
	}
	if err == nil {
		err = s.abandoned(ctx, scope, old)
	}
	if removed > 0 {
		slog.InfoContext(ctx, "objects without a row were removed", "tenant", scope, "objects", removed)
	}
	return fault.Doing("sweep the object store", err)
}

// removeUnnamed asks twice: a row that came to name an object in between keeps it.
func (s *Sweeper) removeUnnamed(ctx context.Context, keys []blob.Key) (int, error) {
	unnamed, err := s.unnamed(ctx, keys)
	if err != nil {
		return 0, err
	}
	for part := range slices.Chunk(unnamed, 50) {
		still, err := s.unnamed(ctx, part)
		if err != nil {
			return 0, err
		}
		for _, k := range still {
			if err := s.blobs.Delete(ctx, k); err != nil {
				return 0, err
			}
		}
	}
	return len(unnamed), nil
}

func (s *Sweeper) unnamed(ctx context.Context, keys []blob.Key) ([]blob.Key, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	texts := make([]string, 0, len(keys))
	for _, k := range keys {
		texts = append(texts, k.String())
	}
	named := make([][]string, len(s.columns))
	err := s.db.Batch(ctx, func(b *db.Batch) {
		for i, c := range s.columns {
			queueNamedBy(b, &named[i], c, texts)
		}
	})
	if err != nil {
		return nil, err
	}
	known := map[string]bool{}
	for _, k := range slices.Concat(named...) {
		known[k] = true
	}
	return slices.DeleteFunc(slices.Clone(keys), func(k blob.Key) bool { return known[k.String()] }), nil
}

// abandoned gives up the uploads in parts that no row names.
func (s *Sweeper) abandoned(ctx context.Context, scope int64, old time.Time) error {
	var all []blob.Unfinished
	err := s.blobs.Unfinished(ctx, blob.Prefix(scope), func(u blob.Unfinished) error {
		if u.Begun.Before(old) {
			all = append(all, u)
		}
		return nil
	})
	if err != nil {
		return err
	}
	for part := range slices.Chunk(all, 500) {
		keys := make([]blob.Key, 0, len(part))
		for _, u := range part {
			keys = append(keys, u.Key)
		}
		unnamed, err := s.unnamed(ctx, keys)
		if err != nil {
			return err
		}
		for _, u := range part {
			if !slices.Contains(unnamed, u.Key) {
				continue
			}
			if err := s.blobs.Abort(ctx, u.Key, u.Upload); err != nil {
				return err
			}
		}
	}
	return nil
}
