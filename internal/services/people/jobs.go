package people

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"io"
	"os"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/job"
	"elyco/internal/picture"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// What is too much for one archive.
const (
	largestArchive = 256 << 20
	mostPhotos     = 3000
	inOneGo        = 25 // lines of the report that are written together
)

// portrait is the frame of a stored photo: sharp on the wall, light on a telephone.
func portrait() picture.Limit { return picture.Limit{MaxWidth: 360, MaxHeight: 460} }

// readArchive makes the report of an archive. A second run begins anew: what the first stored is named by nobody, and
// swept.
func (r *Room) readArchive(ctx context.Context, _ job.Run, w importWork) error {
	imp, err := r.OpenImport(ctx, w.Import)
	if err != nil || imp.State != waiting {
		return orGone(err)
	}
	file, err := r.fetch(ctx, imp.Key)
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	entries, ok := photosIn(file)
	faces, err := r.faces(ctx)
	if err != nil {
		return err
	}
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return beginImport(ctx, tx, imp.ID, ok, len(entries)) })
	if err != nil || !ok {
		return err
	}
	return r.match(ctx, imp.ID, entries, newAlbum(faces))
}

// orGone lets a job end whose import was discarded meanwhile.
func orGone(err error) error {
	if isMissing(err) {
		return nil
	}
	return err
}

// fetch brings an archive to a file, because the directory of an archive stands at its end.
func (r *Room) fetch(ctx context.Context, key blob.Key) (*os.File, error) {
	body, _, err := r.blobs.Get(ctx, key, 0, -1)
	if err != nil {
		return nil, fmt.Errorf("fetch an archive of photos: %w", err)
	}
	defer body.Close()
	file, err := os.CreateTemp("", "photos-*.zip")
	if err != nil {
		return nil, fmt.Errorf("make room for an archive: %w", err)
	}
	if _, err := io.Copy(file, io.LimitReader(body, largestArchive)); err != nil {
		file.Close()
		os.Remove(file.Name())
		return nil, fmt.Errorf("fetch an archive of photos: %w", err)
	}
	return file, nil
}

// photosIn lists the entries of an archive that may be photos; ok is false for what is no archive, and for too many.
func photosIn(file *os.File) (entries []*zip.File, ok bool) {
	info, err := file.Stat()
	if err != nil {
		return nil, false
	}
	z, err := zip.NewReader(file, info.Size())
	if err != nil {
		return nil, false
	}
	for _, e := range z.File {
		if !passed(e.Name) {
			entries = append(entries, e)
		}
	}
	return entries, len(entries) <= mostPhotos
}

// faces are all members of today, with what sources call them.
func (r *Room) faces(ctx context.Context) ([]face, error) {
	var faces []face
	err := r.db.Batch(ctx, func(b *db.Batch) { queueFaces(b, &faces, directory.Day(r.db.NowIn(ctx))) })
	if err != nil {
		return nil, fmt.Errorf("read who is here: %w", err)
	}
	people := make([]uuid.UUID, len(faces))
	at := map[uuid.UUID]int{}
	for i, f := range faces {
		people[i], at[f.person] = f.person, i
	}
	var logins []loginRow
	academy := db.WithScope(ctx, db.NewScope(int64(school.Academy)))
	if err := r.db.Batch(academy, func(b *db.Batch) { queueLogins(b, &logins, people) }); err != nil {
		return nil, fmt.Errorf("read the logins of who is here: %w", err)
	}
	for _, l := range logins {
		faces[at[l.Person]].keys = append(faces[at[l.Person]].keys, l.Login)
	}
	return faces, nil
}

// match looks at every photo and writes the report some lines at a time, so that the page can tell how far it has come.
func (r *Room) match(ctx context.Context, id uuid.UUID, entries []*zip.File, a album) error {
	taken := map[uuid.UUID]bool{}
	var lines []found
	for i, e := range entries {
		f := found{Number: i + 1, File: shortName(e.Name)}
		f.Person, f.Problem = a.whose(e.Name)
		if f.Problem == "" && taken[f.Person] {
			f.Problem = twice
		}
		if f.Problem == "" {
			if err := r.draw(ctx, e, &f); err != nil {
				return err
			}
			taken[f.Person] = taken[f.Person] || f.Problem == ""
		}
		lines = append(lines, f)
		if len(lines) < inOneGo && i < len(entries)-1 {
			continue
		}
		err := r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return insertFound(ctx, tx, id, lines, i+1 == len(entries)) })
		if err != nil {
			return fmt.Errorf("write the report of an archive: %w", err)
		}
		lines = nil
	}
	if len(entries) == 0 {
		return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return insertFound(ctx, tx, id, nil, true) })
	}
	return nil
}

// draw writes a picture anew and stores it; what is refused is a line of the report.
func (r *Room) draw(ctx context.Context, e *zip.File, f *found) error {
	body, err := e.Open()
	if err != nil {
		f.Problem, f.Note = refused, ""
		return nil
	}
	defer body.Close()
	select {
	case r.pictures <- struct{}{}:
		defer func() { <-r.pictures }()
	case <-ctx.Done():
		return ctx.Err()
	}
	p, err := picture.Reencode(body, portrait())
	if err != nil {
		// An entry that cannot be unpacked is as good as no picture.
		f.Problem = refused
		if no, ok := picture.AsRefusal(err); ok {
			f.Note = no.Words
		}
		return nil
	}
	key := blob.NewKey(int64(tenant.From(ctx).ID), r.db.NowIn(ctx))
	if err := r.blobs.Put(ctx, key, bytes.NewReader(p.Bytes), int64(len(p.Bytes)), p.ContentType); err != nil {
		return fmt.Errorf("store a photo: %w", err)
	}
	f.Key, f.ContentType, f.Size = key.String(), p.ContentType, int64(len(p.Bytes))
	return nil
}
