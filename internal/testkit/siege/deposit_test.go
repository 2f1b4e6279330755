package siege_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	mathrand "math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/job"
	"elyco/internal/local/pg"
	"elyco/internal/local/s3"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// deposits are the files that the program has acknowledged.
type deposits struct {
	mu      sync.Mutex
	kept    map[uuid.UUID][32]byte
	pieces  int // files that came in pieces
	resumed int // pieces that went on from where the program said, after a failure
}

func (d *deposits) keep(id uuid.UUID, content []byte, pieces bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.kept[id] = sha256.Sum256(content)
	if pieces {
		d.pieces++
	}
}

// again asks until the program answers, and reads what it tells a script.
func (b *browser) again(ctx context.Context, t *testing.T, method, path, kind string, content []byte) (said uploadAnswer, status int) {
	for ctx.Err() == nil {
		status, text := b.ask(method, path, kind, content)
		switch status {
		case http.StatusOK, http.StatusConflict:
			if err := json.Unmarshal(text, &said); err != nil {
				t.Errorf("%s is answered %s", path, text)
			}
			return said, status
		case 0, http.StatusServiceUnavailable:
			time.Sleep(20 * time.Millisecond)
		default:
			t.Errorf("%s is answered %d %.300s", path, status, text)
			return said, status
		}
	}
	return said, 0
}

// deposit sends a file in pieces, each again until it is acknowledged, from where the program says it stands.
func (d *deposits) deposit(ctx context.Context, t *testing.T, b *browser, id uuid.UUID, content []byte) bool {
	form := url.Values{"id": {id.String()}, "space": {"perso"}, "name": {id.String()}, "size": {fmt.Sprint(len(content))}}.Encode()
	u, status := b.again(ctx, t, http.MethodPost, "/documents/uploads", plain, []byte(form))
	for status == http.StatusOK && u.Offset < int64(len(content)) {
		piece := content[u.Offset:min(u.Offset+blob.MinPart, int64(len(content)))]
		sent, text := b.ask(http.MethodPost, fmt.Sprintf("/documents/uploads/%s/chunks?offset=%d", id, u.Offset), "application/octet-stream", piece)
		if sent == http.StatusOK && json.Unmarshal(text, &u) == nil {
			continue
		}
		if sent != 0 && sent != http.StatusServiceUnavailable && sent != http.StatusConflict {
			t.Errorf("a piece is answered %d %.300s", sent, text)
			return false
		}
		if u, status = b.again(ctx, t, http.MethodGet, "/documents/uploads/"+id.String(), "", nil); status == http.StatusOK && u.Offset > 0 {
			d.mu.Lock()
			d.resumed++
			d.mu.Unlock()
		}
	}
	if status == http.StatusOK {
		u, status = b.again(ctx, t, http.MethodPost, "/documents/uploads/"+id.String()+"/end", plain, nil)
	}
	return status == http.StatusOK && u.ID == id.String()
}

// depositForever sends files of two or three pieces.
func depositForever(ctx context.Context, t *testing.T, b *browser, d *deposits) {
	for ctx.Err() == nil && !t.Failed() {
		id, content := school.NewID(), make([]byte, blob.MinPart+mathrand.IntN(blob.MinPart+1000))
		_, _ = rand.Read(content)
		if d.deposit(ctx, t, b, id, content) {
			d.keep(id, content, true)
		}
	}
}

// storeForever sends files whole, by the form of those whose browser runs no script. A form that is answered with a word of
// what was wrong is sent again, as a person would.
func storeForever(ctx context.Context, t *testing.T, b *browser, d *deposits) {
	for ctx.Err() == nil && !t.Failed() {
		id, content := school.NewID(), make([]byte, 1000+mathrand.IntN(2<<20))
		_, _ = rand.Read(content)
		var form bytes.Buffer
		w := multipart.NewWriter(&form)
		part, err := w.CreateFormFile("files", id.String())
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = part.Write(content)
		_ = w.Close()
		for status := http.StatusUnprocessableEntity; status == http.StatusUnprocessableEntity; {
			status = b.insist(ctx, "/documents/files?space=perso&id="+id.String(), w.FormDataContentType(), form.Bytes())
			switch status {
			case http.StatusSeeOther:
				d.keep(id, content, false)
			case 0, http.StatusUnprocessableEntity:
			default:
				t.Errorf("a form is answered %d", status)
			}
		}
	}
}

// TestKilledDuringDeposits kills the program and its object store again and again while people send files, in pieces and
// whole, each again under the same id until it is acknowledged. What was acknowledged is there afterwards with every byte,
// once; and after the nightly work the store holds what rows name, and nothing else.
func TestKilledDuringDeposits(t *testing.T) {
	dir := t.TempDir()
	p := newProgram(t, "ELYCO_DATA_DIR="+dir)
	var ahead atomic.Int64
	w := testkit.NewTerritory(t, "localhost:"+port(p.page), func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) })
	p.env = append(p.env, "ELYCO_DATABASE_URL="+w.DSN(pg.App), "ELYCO_DATABASE_IMPORT_URL="+w.DSN(pg.Import), "ELYCO_WORKERS=1")
	allowLarge(t, w)
	d := &deposits{kept: map[uuid.UUID][32]byte{}}
	senders := make([]*browser, 3)
	for i := range senders {
		senders[i] = signIn(t, w, w.NewPerson(t, testkit.In(w.College, school.Teacher)), p.page)
	}
	p.start()
	ctx, stop := context.WithCancel(t.Context())
	var people sync.WaitGroup
	people.Go(func() { depositForever(ctx, t, senders[0], d) })
	people.Go(func() { depositForever(ctx, t, senders[1], d) })
	people.Go(func() { storeForever(ctx, t, senders[2], d) })
	for i := range kills(t) {
		time.Sleep(time.Duration(100+mathrand.IntN(500)) * time.Millisecond)
		if pid := p.child("s3-child"); i%2 == 1 && pid != 0 {
			_ = syscall.Kill(pid, syscall.SIGKILL)
			continue
		}
		p.kill()
		p.start()
	}
	time.Sleep(time.Second)
	stop()
	people.Wait()
	p.until(time.Minute, "the store is back", func() bool { return p.down() == "" })
	t.Logf("%d files acknowledged, %d of them in pieces; %d times one went on from where it stood", len(d.kept), d.pieces, d.resumed)
	if d.pieces == 0 || d.pieces == len(d.kept) {
		t.Fatal("not every way was tried, so nothing is proven")
	}
	d.check(t, w, senders)
	if err := p.stop(); err != nil {
		t.Error(err)
	}
	ahead.Store(int64(5 * 24 * time.Hour))
	sweepAndCompare(t, w, filepath.Join(dir, "s3"))
}

// check reads every acknowledged file as its sender, and counts the documents of each name.
func (d *deposits) check(t *testing.T, w *testkit.Territory, senders []*browser) {
	t.Helper()
	for id, want := range d.kept {
		read := false
		for _, b := range senders {
			status, content := b.ask(http.MethodGet, "/documents/items/"+id.String()+"/content", "", nil)
			read = read || status == http.StatusOK && sha256.Sum256(content) == want
		}
		if !read {
			t.Errorf("the file %s was acknowledged and cannot be read", id)
		}
	}
	err := w.DB.Read(tenant.Enter(t.Context(), w.Academy), func(ctx context.Context, tx db.Tx) error {
		var odd []string
		if err := tx.NewRaw(`select id || ' ' || name from drive_node where name <> id::text or version <> 1`).Scan(ctx, &odd); err != nil {
			return err
		}
		for _, name := range odd {
			t.Errorf("a file was kept twice: %s", name)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// sweepAndCompare does the nightly work on a store that nobody uses, and compares it with the rows.
func sweepAndCompare(t *testing.T, w *testkit.Territory, dir string) {
	t.Helper()
	ctx := tenant.Enter(t.Context(), w.Academy)
	server, err := s3.Start(ctx, s3.Config{Dir: dir, Executable: s3.Beside(testkit.Program(t))})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = server.Stop() }()
	keys := server.Credentials()
	files, err := blob.Open(blob.Config{Endpoint: server.Endpoint(), AccessKey: keys.AccessKey, SecretKey: keys.SecretKey, Bucket: "elyco", Transport: server.Transport()})
	if err != nil {
		t.Fatal(err)
	}
	sweeper, err := drive.NewSweeper(w.DB, files, append(drive.Objects(), "publication_attachment.blob_key"))
	if err != nil {
		t.Fatal(err)
	}
	worker, err := job.NewWorker(w.DB, drive.New(w.DB, files, w.Registry).Jobs(), 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		return tenant.Enter(ctx, w.Registry.ByID(school.ScopeID(scope))), true
	})
	if err != nil {
		t.Fatal(err)
	}
	w.Exec(t, `update job set run_at = now() where kind in ('documents.upkeep', 'documents.forget') and state = 'ready'`)
	for n := 1; n > 0; {
		if n, err = worker.Once(ctx); err != nil {
			t.Fatal(err)
		}
	}
	if err := sweeper.Sweep(ctx); err != nil {
		t.Fatal(err)
	}
	there, named := map[string]bool{}, map[string]bool{}
	prefix := blob.Prefix(int64(w.Academy.ID))
	if err := files.List(ctx, prefix, func(i blob.Info) error { there[i.Key.String()] = true; return nil }); err != nil {
		t.Fatal(err)
	}
	err = files.Unfinished(ctx, prefix, func(u blob.Unfinished) error {
		t.Errorf("the parts of %s stay", u.Key)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = w.DB.Read(ctx, func(ctx context.Context, tx db.Tx) error {
		var all []string
		err := tx.NewRaw(`select object_key from drive_node where object_key is not null union select object_key from drive_version`).Scan(ctx, &all)
		for _, key := range all {
			named[key] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if !maps.Equal(there, named) {
		t.Errorf("the store holds %d objects, rows name %d: %v, %v", len(there), len(named), slices.Collect(maps.Keys(there)), slices.Collect(maps.Keys(named)))
	}
	t.Logf("%d objects, all named by rows", len(there))
}
