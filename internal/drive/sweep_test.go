package drive_test

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience/audiencetest"
	"elyco/internal/blob"
	"elyco/internal/blob/blobtest"
	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

func sweeper(t testing.TB) *drive.Sweeper {
	t.Helper()
	s, err := drive.NewSweeper(h.DB, h.files, append(drive.Objects(), "publication.cover_key", "publication_attachment.blob_key"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// later runs a test at another time, and comes back.
func later(t testing.TB, d time.Duration) {
	t.Helper()
	h.Clock.At = h.Clock.At.Add(d)
	t.Cleanup(func() { h.Clock.At = h.Clock.At.Add(-d) })
}

func there(t testing.TB, key blob.Key) bool {
	t.Helper()
	_, err := h.files.Stat(t.Context(), key)
	if err != nil && !errors.Is(err, blob.ErrNotFound) {
		t.Fatal(err)
	}
	return err == nil
}

func TestSweep(t *testing.T) {
	ctx := member(t, h.Mayenne, school.Collectivity)
	s := mine(t, ctx)
	academy := tenant.Enter(t.Context(), h.Academy)
	kept := put(t, ctx, s, uuid.Nil, "a.txt", "abc")
	in := incoming(s, uuid.Nil, "film.bin")
	whole := blobtest.Bytes(drive.PieceSize + 10)
	begin(t, ctx, in, len(whole))
	if _, err := h.drive.Append(ctx, in.ID, 0, bytes.NewReader(whole[:drive.PieceSize]), drive.PieceSize); err != nil {
		t.Fatal(err)
	}
	lost := blob.NewKey(int64(h.Academy.ID), h.Clock.At)
	must(h.files.Put(t.Context(), lost, strings.NewReader("x"), 1, "text/plain"))
	elsewhere := blob.NewKey(int64(h.Laval.ID), h.Clock.At)
	must(h.files.Put(t.Context(), elsewhere, strings.NewReader("x"), 1, "text/plain"))
	cut := blob.NewKey(int64(h.Academy.ID), h.Clock.At)
	parts, err := h.files.Begin(t.Context(), cut, "text/plain")
	must(err)
	_, err = h.files.SendPart(t.Context(), cut, parts, 1, strings.NewReader("x"), 1)
	must(err)

	must(sweeper(t).Sweep(academy))
	if !there(t, lost) {
		t.Error("an object of today is swept: its row may be on its way")
	}
	later(t, 26*time.Hour)
	must(sweeper(t).Sweep(academy))
	if there(t, lost) || !there(t, kept.Object()) || !there(t, elsewhere) {
		t.Errorf("lost %v, kept %v, elsewhere %v", there(t, lost), there(t, kept.Object()), there(t, elsewhere))
	}
	if _, err := h.files.SendPart(t.Context(), cut, parts, 2, strings.NewReader("x"), 1); !errors.Is(err, blob.ErrNoUpload) {
		t.Errorf("the abandoned upload takes a part: %v", err)
	}
	n := rest(t, ctx, in.ID, whole)
	wantContent(t, ctx, n.ID, whole)
	if _, err := drive.NewSweeper(h.DB, h.files, nil); err == nil {
		t.Error("a sweeper that knows no column")
	}
}

// TestSweepKeepsWhatPublicationsName sweeps a school whose article has a picture and a file.
func TestSweepKeepsWhatPublicationsName(t *testing.T) {
	key := func() blob.Key {
		k := blob.NewKey(int64(h.Laval.ID), h.Clock.At)
		must(h.files.Put(t.Context(), k, strings.NewReader("x"), 1, "text/plain"))
		return k
	}
	cover, file, lost := key(), key(), key()
	id := school.NewID()
	h.Import(t, `insert into publication (tenant_id, id, room, title, state, cover_key, created_at, updated_at) values ($1, $2, 'news', 'x', 'draft', $3, now(), now())`, h.Laval.ID, id, cover.String())
	withFile := audiencetest.In(t.Context(), h.Laval)
	must(insertAttachment(withFile, id, file))
	later(t, 26*time.Hour)
	must(sweeper(t).Sweep(withFile))
	if !there(t, cover) || !there(t, file) || there(t, lost) {
		t.Errorf("cover %v, file %v, lost %v", there(t, cover), there(t, file), there(t, lost))
	}
}

func TestUpkeep(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	f := folder(t, ctx, s, uuid.Nil, "Dossier")
	inside := put(t, ctx, s, f.ID, "a.txt", "abc")
	alone := put(t, ctx, s, f.ID, "b.txt", "de")
	kept := put(t, ctx, s, uuid.Nil, "c.txt", "f")
	must(h.drive.Trash(ctx, alone.ID))
	must(h.drive.Trash(ctx, f.ID))
	in := incoming(s, uuid.Nil, "film.bin")
	begin(t, ctx, in, drive.PieceSize+1)
	later(t, 2*24*time.Hour)
	runJobs(t, h.drive, "documents.upkeep", "documents.forget")
	if trash, err := h.drive.TrashList(ctx, s); err != nil || len(trash) != 2 {
		t.Errorf("in the trash: %+v, %v", trash, err)
	}
	if _, err := h.drive.UploadState(ctx, in.ID); err != nil {
		t.Errorf("an upload of two days: %v", err)
	}
	later(t, 2*24*time.Hour)
	runJobs(t, h.drive, "documents.upkeep", "documents.forget")
	_, err := h.drive.UploadState(ctx, in.ID)
	wantFault(t, err, fault.NotFound)
	later(t, 30*24*time.Hour)
	runJobs(t, h.drive, "documents.upkeep", "documents.forget")
	if trash, err := h.drive.TrashList(ctx, s); err != nil || len(trash) != 0 {
		t.Errorf("in the trash: %+v, %v", trash, err)
	}
	if bytes, files := used(t, ctx, s); bytes != 1 || files != 1 {
		t.Errorf("weighs %d bytes in %d files", bytes, files)
	}
	if there(t, inside.Object()) || there(t, alone.Object()) || !there(t, kept.Object()) {
		t.Error("the wrong objects stay")
	}
}

// TestSweepComesBack holds one sweep to ask for the next, and any number of replicas to ask for one.
func TestSweepComesBack(t *testing.T) {
	s := sweeper(t)
	waiting := func() (n int) {
		t.Helper()
		err := h.DB.Read(tenant.Enter(t.Context(), h.Up), func(ctx context.Context, tx db.Tx) error {
			return tx.NewRaw(`select count(*) from job where kind = 'objects.sweep' and state = 'ready'`).Scan(ctx, &n)
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for range 2 {
		must(s.Schedule(t.Context(), h.Up))
	}
	if n := waiting(); n != 1 {
		t.Errorf("%d sweeps wait", n)
	}
	later(t, 24*time.Hour)
	runHandlers(t, s.Jobs(), "objects.sweep")
	if n := waiting(); n != 1 {
		t.Errorf("%d sweeps wait after the first", n)
	}
}
