package drive_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/blob/blobtest"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

func TestVersions(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	d := h.newDrive()
	limits := drive.Defaults()
	limits.Versions = 3
	d.Configure(func(context.Context) drive.Settings { return limits })
	var id uuid.UUID
	var first blob.Key
	for _, text := range []string{"un", "deux", "trois", "quatre"} {
		in := incoming(s, uuid.Nil, "texte.txt")
		in.Replace = true
		n, err := d.Store(ctx, in, strings.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		if id = n.ID; n.Version == 1 {
			first = n.Object()
		}
	}
	versions, err := d.Versions(ctx, id)
	if err != nil || len(versions) != 3 || versions[0].Number != 4 || !versions[0].Current || versions[2].Number != 2 {
		t.Fatalf("kept %+v, %v", versions, err)
	}
	if n, _ := used(t, ctx, s); n != 4+5+6 {
		t.Errorf("weighs %d", n)
	}
	runJobs(t, d, "documents.forget")
	if _, err := h.files.Stat(t.Context(), first); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("the first version's object: %v", err)
	}
	back, err := d.RestoreVersion(ctx, id, 2)
	if err != nil || back.Version != 5 || text(t, ctx, id, 0) != "deux" {
		t.Errorf("back to %+v, %v", back, err)
	}
	// The version that it came from goes, and the content stays: another version names it.
	in := incoming(s, uuid.Nil, "texte.txt")
	in.Replace = true
	if _, err := d.Store(ctx, in, strings.NewReader("cinq"), 4); err != nil {
		t.Fatal(err)
	}
	runJobs(t, d, "documents.forget")
	if got := text(t, ctx, id, 5); got != "deux" {
		t.Errorf("version 5 is %q", got)
	}
	for _, gone := range []int{1, 2, 77} {
		_, err := d.RestoreVersion(ctx, id, gone)
		wantFault(t, err, fault.NotFound)
		_, _, err = d.Open(ctx, id, gone, 0, -1)
		wantFault(t, err, fault.NotFound)
	}
}

func begin(t testing.TB, ctx context.Context, in drive.Incoming, size int) drive.Upload {
	t.Helper()
	u, err := h.drive.BeginUpload(ctx, in, int64(size))
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// rest sends what is missing of an upload, from where it stands, and makes a document of it.
func rest(t testing.TB, ctx context.Context, id uuid.UUID, whole []byte) drive.Node {
	t.Helper()
	u, err := h.drive.UploadState(ctx, id)
	for err == nil && u.Received < u.Size {
		piece := whole[u.Received:min(u.Received+drive.PieceSize, u.Size)]
		u, err = h.drive.Append(ctx, id, u.Received, struct{ io.Reader }{bytes.NewReader(piece)}, int64(len(piece)))
	}
	if err != nil {
		t.Fatal(err)
	}
	n, err := h.drive.FinishUpload(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func wantContent(t testing.TB, ctx context.Context, id uuid.UUID, whole []byte) {
	t.Helper()
	if got := text(t, ctx, id, 0); got != string(whole) {
		t.Errorf("%d bytes came back changed, as %d", len(whole), len(got))
	}
}

func TestUploadInPieces(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	for _, size := range []int{0, 1, drive.PieceSize, drive.PieceSize + 1, 2*drive.PieceSize + 12345} {
		whole := append([]byte("%PDF-1.7\n"), blobtest.Bytes(size)...)[:size]
		in := incoming(s, uuid.Nil, uuid.NewString())
		begin(t, ctx, in, size)
		begin(t, ctx, in, size)
		n := rest(t, ctx, in.ID, whole)
		again, err := h.drive.FinishUpload(ctx, in.ID)
		if err != nil || again.ID != n.ID || again.Version != 1 {
			t.Errorf("finished twice: %+v, %v", again, err)
		}
		wantContent(t, ctx, n.ID, whole)
		plain := put(t, ctx, s, uuid.Nil, uuid.NewString(), string(whole))
		if n.Hash != plain.Hash || n.Size != plain.Size || n.Type != plain.Type {
			t.Errorf("in pieces %+v, at once %+v", n, plain)
		}
	}
}

func TestUploadRefuses(t *testing.T) {
	ctx, other := member(t, h.Rochelle, school.Teacher), member(t, h.Rochelle, school.Teacher)
	in := incoming(mine(t, ctx), uuid.Nil, "film.mp4")
	whole := blobtest.Bytes(2*drive.PieceSize + 10)
	begin(t, ctx, in, len(whole))
	send := func(ctx context.Context, offset, size int) error {
		_, err := h.drive.Append(ctx, in.ID, int64(offset), bytes.NewReader(whole[offset:offset+size]), int64(size))
		return err
	}
	_, err := h.drive.UploadState(other, in.ID)
	wantFault(t, err, fault.NotFound)
	wantFault(t, send(other, 0, drive.PieceSize), fault.NotFound)
	_, err = h.drive.FinishUpload(other, in.ID)
	wantFault(t, err, fault.NotFound)
	must(h.drive.AbortUpload(other, in.ID))
	wantFault(t, send(ctx, drive.PieceSize, drive.PieceSize), fault.Conflict)
	wantFault(t, send(ctx, 0, 1000), fault.Invalid)
	_, err = h.drive.Append(ctx, in.ID, 0, bytes.NewReader(whole[:1000]), drive.PieceSize)
	wantFault(t, err, fault.Invalid)
	_, err = h.drive.FinishUpload(ctx, in.ID)
	wantFault(t, err, fault.Conflict)
	_, err = h.drive.BeginUpload(ctx, in, 5)
	wantFault(t, err, fault.Conflict)
	must(send(ctx, 0, drive.PieceSize))
	u, err := h.drive.Append(ctx, in.ID, 0, strings.NewReader("not read"), drive.PieceSize)
	if err != nil || u.Received != drive.PieceSize {
		t.Errorf("a piece sent again: %+v, %v", u, err)
	}
	must(h.drive.AbortUpload(ctx, in.ID))
	wantFault(t, send(ctx, drive.PieceSize, drive.PieceSize), fault.NotFound)
}

func TestUploadSentTwiceTogether(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	in := incoming(mine(t, ctx), uuid.Nil, "film.bin")
	whole := blobtest.Bytes(3*drive.PieceSize + 10)
	begin(t, ctx, in, len(whole))
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			for range 40 {
				u, err := h.drive.UploadState(ctx, in.ID)
				if err != nil || u.Received == u.Size {
					break
				}
				piece := whole[u.Received:min(u.Received+drive.PieceSize, u.Size)]
				if _, err := h.drive.Append(ctx, in.ID, u.Received, bytes.NewReader(piece), int64(len(piece))); err != nil && !fault.Is(err, fault.Conflict) {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	var done sync.WaitGroup
	for range 3 {
		done.Go(func() {
			if _, err := h.drive.FinishUpload(ctx, in.ID); err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	wantContent(t, ctx, in.ID, whole)
}

// TestTooLargeIsNotFull holds that whoever sends a file above what is accepted is not told to make room, although its
// length was not announced.
func TestTooLargeIsNotFull(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	d := h.newDrive()
	limits := drive.Defaults()
	limits.File = 1 << 20
	d.Configure(func(context.Context) drive.Settings { return limits })
	for _, size := range []int64{3 << 20, -1} {
		_, err := d.Store(ctx, incoming(s, uuid.Nil, "a"), bytes.NewReader(blobtest.Bytes(3<<20)), size)
		var said *fault.Error
		if !errors.As(err, &said) || said.Kind != fault.TooLarge || !strings.Contains(said.Words, "plus grand") {
			t.Errorf("announced as %d: %v", size, err)
		}
	}
}

// TestQuotaOfTheSchool holds that what a school lets its people keep is what they may send, although their own files are
// rows of the academy's.
func TestQuotaOfTheSchool(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	d := h.newDrive()
	d.Configure(func(ctx context.Context) drive.Settings {
		limits := drive.Defaults()
		limits.Personal = map[school.Profile]int64{school.Teacher: 1 << 20}
		if tenant.From(ctx).ID == h.Rochelle.ID {
			limits.Personal[school.Teacher] = 4 << 20
		}
		return limits
	})
	body := blobtest.Bytes(3 << 20)
	if _, err := d.BeginUpload(ctx, incoming(s, uuid.Nil, "a"), int64(len(body))); err != nil {
		t.Errorf("in pieces: %v", err)
	}
	if _, err := d.Store(ctx, incoming(s, uuid.Nil, "b"), bytes.NewReader(body), -1); err != nil {
		t.Errorf("whole: %v", err)
	}
	_, err := d.Store(ctx, incoming(s, uuid.Nil, "c"), bytes.NewReader(body), -1)
	wantFault(t, err, fault.TooLarge)
}

// TestQuota fills a space in every way, and holds what is refused to leave nothing.
func TestQuota(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	d := h.newDrive()
	limits := drive.Defaults()
	limits.Personal = map[school.Profile]int64{school.Teacher: 12 << 20}
	d.Configure(func(context.Context) drive.Settings { return limits })
	before := objects(t, s)
	refused := func(what string, err error) {
		t.Helper()
		if !fault.Is(err, fault.TooLarge) {
			t.Errorf("%s: %v", what, err)
		}
	}
	big := blobtest.Bytes(13 << 20)
	_, err := d.Store(ctx, incoming(s, uuid.Nil, "a"), bytes.NewReader(big), int64(len(big)))
	refused("announced", err)
	_, err = d.Store(ctx, incoming(s, uuid.Nil, "a"), bytes.NewReader(big), -1)
	refused("not announced", err)
	_, err = d.Store(ctx, incoming(s, uuid.Nil, "a"), bytes.NewReader(big), 1000)
	wantFault(t, err, fault.Invalid)
	_, err = d.BeginUpload(ctx, incoming(s, uuid.Nil, "a"), int64(len(big)))
	refused("in pieces", err)
	in := incoming(s, uuid.Nil, "b")
	if _, err := d.BeginUpload(ctx, in, 8<<20); err != nil {
		t.Fatal(err)
	}
	_, err = d.BeginUpload(ctx, incoming(s, uuid.Nil, "c"), 8<<20)
	refused("two at once", err)
	if _, err := d.Append(ctx, in.ID, 0, bytes.NewReader(big[:8<<20]), 8<<20); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Store(ctx, incoming(s, uuid.Nil, "d"), bytes.NewReader(big[:6<<20]), -1); err != nil {
		t.Fatal(err)
	}
	_, err = d.FinishUpload(ctx, in.ID)
	refused("filled meanwhile", err)
	runJobs(t, d, "documents.forget")
	if after := objects(t, s); after != before+1 {
		t.Errorf("%d objects stay, of %d", after-before-1, after)
	}
	if n, files := used(t, ctx, s); n != 6<<20 || files != 1 {
		t.Errorf("weighs %d bytes in %d files", n, files)
	}
}

// objects counts what the store keeps for a scope, uploads under way included.
func objects(t testing.TB, s drive.SpaceRef) (n int) {
	t.Helper()
	count := func() error { n++; return nil }
	must(h.files.List(t.Context(), blob.Prefix(int64(s.Scope)), func(blob.Info) error { return count() }))
	must(h.files.Unfinished(t.Context(), blob.Prefix(int64(s.Scope)), func(blob.Unfinished) error { return count() }))
	return n
}

// TestSentAgain sends what has been kept a second time, in every way, and holds it to be there once. The id of a file is no
// key: whoever sends another content under it changes nothing.
func TestSentAgain(t *testing.T) {
	class := h.Class(t, h.Rochelle, "S "+uuid.NewString()[:4], "5E")
	ctx, librarian := member(t, h.Rochelle, school.Teacher, class), member(t, h.Rochelle, school.Librarian)
	s := classSpace(h.Rochelle, class)
	store := func(ctx context.Context, in drive.Incoming, text string) (drive.Node, error) {
		return h.drive.Store(ctx, in, strings.NewReader(text), -1)
	}
	first := incoming(s, uuid.Nil, "a.txt")
	for name, in := range map[string]drive.Incoming{
		"a.txt":     first,
		"b.txt":     {Space: s, ID: school.NewID(), Name: "b.txt", Rename: true},
		"a (2).txt": {Space: s, ID: school.NewID(), Name: "a.txt", Rename: true},
		"c.txt":     {Space: s, ID: school.NewID(), Name: "c.txt", Replace: true},
	} {
		if in.ID != first.ID && name == "a (2).txt" {
			_, err := store(ctx, first, "a.txt")
			must(err)
		}
		for range 3 {
			n, err := store(ctx, in, name)
			if err != nil || n.Name != name || n.Version != 1 {
				t.Errorf("%s becomes %+v, %v", name, n, err)
			}
		}
	}
	wantNames(t, ctx, s, uuid.Nil, "a (2).txt", "a.txt", "b.txt", "c.txt")
	in := incoming(s, uuid.Nil, "a.txt")
	in.Replace = true
	for range 3 {
		n, err := store(ctx, in, "neuf")
		if err != nil || n.ID != first.ID || n.Version != 2 {
			t.Errorf("a version sent again: %+v, %v", n, err)
		}
	}
	for _, replace := range []bool{false, true} {
		for _, rename := range []bool{false, true} {
			forged := first
			forged.Replace, forged.Rename = replace, rename && !replace
			if n, err := store(librarian, forged, "volé"); err == nil {
				t.Errorf("another's file is %+v", n)
			}
		}
	}
	_, err := store(ctx, first, "autre")
	wantFault(t, err, fault.Conflict)
	if got := text(t, ctx, first.ID, 0); got != "neuf" {
		t.Errorf("a.txt is %q", got)
	}
}

// TestUploadLostByTheStore gives the pieces of an upload up behind the drive's back, as some stores do after a day: the
// sender is told to begin again, and may.
func TestUploadLostByTheStore(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	whole := blobtest.Bytes(2*drive.PieceSize + 10)
	for _, sent := range []int{drive.PieceSize, len(whole)} {
		in := incoming(mine(t, ctx), uuid.Nil, uuid.NewString())
		u := begin(t, ctx, in, len(whole))
		for u.Received < int64(sent) {
			piece := whole[u.Received:min(u.Received+drive.PieceSize, u.Size)]
			var err error
			if u, err = h.drive.Append(ctx, in.ID, u.Received, bytes.NewReader(piece), int64(len(piece))); err != nil {
				t.Fatal(err)
			}
		}
		must(h.files.Unfinished(t.Context(), blob.Prefix(int64(in.Space.Scope)), func(f blob.Unfinished) error {
			return h.files.Abort(t.Context(), f.Key, f.Upload)
		}))
		var err error
		if u.Received < u.Size {
			_, err = h.drive.Append(ctx, in.ID, u.Received, bytes.NewReader(whole[u.Received:][:drive.PieceSize]), drive.PieceSize)
		} else {
			_, err = h.drive.FinishUpload(ctx, in.ID)
		}
		wantFault(t, err, fault.NotFound)
		begin(t, ctx, in, len(whole))
		rest(t, ctx, in.ID, whole)
		wantContent(t, ctx, in.ID, whole)
	}
}
