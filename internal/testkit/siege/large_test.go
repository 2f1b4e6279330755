package siege_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/local/pg"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// mostMemory is what the program may hold at the most while people send and fetch files larger than that, in mebibytes.
const mostMemory = 150

// TestLargerThanMemory sends a file in pieces and whole through the running program, and fetches it whole and by ranges:
// every byte comes back, and the program's memory does not follow the size. ELYCO_TEST_LARGE says how many mebibytes the
// file has; 192 is enough to see a file that is held.
func TestLargerThanMemory(t *testing.T) {
	size := int64(192 << 20)
	if n, err := strconv.Atoi(os.Getenv("ELYCO_TEST_LARGE")); err == nil {
		size = int64(n) << 20
	}
	p := newProgram(t, "ELYCO_DATA_DIR="+t.TempDir())
	w := testkit.NewTerritory(t, "localhost:"+port(p.page), nil)
	p.env = append(p.env, "ELYCO_DATABASE_URL="+w.DSN(pg.App), "ELYCO_DATABASE_IMPORT_URL="+w.DSN(pg.Import), "ELYCO_WORKERS=1")
	allowLarge(t, w)
	b := signIn(t, w, w.NewPerson(t, testkit.In(w.College, school.Teacher)), p.page)
	b.http.Timeout = 0
	p.start()
	t.Logf("%s at rest", p.memory())
	want := hashOf(t, body(size))
	for name, send := range map[string]func() string{
		"in pieces": func() string { return sendPieces(t, b, "film.bin", size) },
		"whole":     func() string { return sendWhole(t, b, size) },
	} {
		start := time.Now()
		id := send()
		t.Logf("%s: %d MiB in %s; %s", name, size>>20, time.Since(start).Round(time.Millisecond), p.memory())
		start = time.Now()
		if got := fetched(t, b, id, size); got != want {
			t.Errorf("%s: the content has changed", name)
		}
		t.Logf("fetched in %s; %s", time.Since(start).Round(time.Millisecond), p.memory())
	}
	id := sendPieces(t, b, "copie.bin", size)
	sum := sha256.New()
	for from := int64(0); from < size; from += size/7 + 1 {
		to := min(size, from+size/7+1) - 1
		a := b.open(t, http.MethodGet, "/documents/items/"+id+"/content", http.Header{"Range": {fmt.Sprintf("bytes=%d-%d", from, to)}}, nil, 0)
		if n, err := io.Copy(sum, a.Body); err != nil || n != to-from+1 || a.StatusCode != http.StatusPartialContent ||
			a.Header.Get("Content-Range") != fmt.Sprintf("bytes %d-%d/%d", from, to, size) {
			t.Errorf("a range is answered %d %s with %d bytes, %v", a.StatusCode, a.Header.Get("Content-Range"), n, err)
		}
		a.Body.Close()
	}
	if hex.EncodeToString(sum.Sum(nil)) != want {
		t.Error("the ranges make another content")
	}
	t.Logf("fetched by ranges; %s", p.memory())
	if most := peak(t, p.cmd.Process.Pid); most > mostMemory {
		t.Errorf("the program held %d MiB at the most", most)
	}
}

// allowLarge decides, for the whole academy, that files and spaces may be as large as the settings allow.
func allowLarge(t *testing.T, w *testkit.Territory) {
	t.Helper()
	err := w.DB.Write(tenant.Enter(t.Context(), w.Academy), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into setting (name, value, set_at) values ('setting.quota.file', '2048', now()), ('setting.quota.staff', '20480', now())`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// body gives bytes that look like nothing, the same each time.
func body(size int64) io.Reader { return io.LimitReader(rand.NewChaCha8([32]byte{7}), size) }

func hashOf(t *testing.T, r io.Reader) string {
	t.Helper()
	sum := sha256.New()
	if _, err := io.Copy(sum, r); err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(sum.Sum(nil))
}

// open sends a request of a known length and leaves the answer's body to be read.
func (b *browser) open(t *testing.T, method, path string, header http.Header, body io.Reader, size int64) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://"+b.address+path, body)
	if err != nil {
		t.Fatal(err)
	}
	r.Host, r.ContentLength = b.host, size
	for name, values := range header {
		r.Header[name] = values
	}
	r.Header.Set("Cookie", b.cookie)
	r.Header.Set("Origin", "http://"+b.host)
	a, err := b.http.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// told sends a request as a page's script does, and reads what the program says.
func (b *browser) told(t *testing.T, path, kind string, body io.Reader, size int64) (said uploadAnswer) {
	t.Helper()
	a := b.open(t, http.MethodPost, path, http.Header{"Content-Type": {kind}, "Accept": {"application/json"}}, body, size)
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil || a.StatusCode != http.StatusOK || json.Unmarshal(text, &said) != nil {
		t.Fatalf("%s: %d %s, %v", path, a.StatusCode, text, err)
	}
	return said
}

// uploadAnswer is what the program tells a page's script.
type uploadAnswer struct {
	ID     string `json:"id"`
	Offset int64  `json:"offset"`
	Chunk  int64  `json:"chunk"`
	Error  string `json:"error"`
}

func sendPieces(t *testing.T, b *browser, name string, size int64) string {
	t.Helper()
	form := url.Values{"space": {"perso"}, "name": {name}, "size": {fmt.Sprint(size)}}.Encode()
	u := b.told(t, "/documents/uploads", plain, strings.NewReader(form), int64(len(form)))
	chunk := u.Chunk
	if chunk != drive.PieceSize {
		t.Fatalf("pieces of %d bytes are wanted", chunk)
	}
	for whole := body(size); u.Offset < size; {
		n := min(chunk, size-u.Offset)
		u = b.told(t, fmt.Sprintf("/documents/uploads/%s/chunks?offset=%d", u.ID, u.Offset), "application/octet-stream", io.LimitReader(whole, n), n)
	}
	return b.told(t, "/documents/uploads/"+u.ID+"/end", plain, http.NoBody, 0).ID
}

// sendWhole sends the form of those whose browser runs no script.
func sendWhole(t *testing.T, b *browser, size int64) string {
	t.Helper()
	id := school.NewID()
	var form bytes.Buffer
	w := multipart.NewWriter(&form)
	if _, err := w.CreateFormFile("files", "entier.bin"); err != nil {
		t.Fatal(err)
	}
	head := form.String()
	form.Reset()
	_ = w.Close()
	tail := form.String()
	a := b.open(t, http.MethodPost, "/documents/files?space=perso&id="+id.String(), http.Header{"Content-Type": {w.FormDataContentType()}},
		io.MultiReader(strings.NewReader(head), body(size), strings.NewReader(tail)), int64(len(head)+len(tail))+size)
	text, _ := io.ReadAll(a.Body)
	a.Body.Close()
	if a.StatusCode != http.StatusSeeOther {
		t.Fatalf("the form is answered %d %.500s", a.StatusCode, text)
	}
	return id.String()
}

func fetched(t *testing.T, b *browser, id string, size int64) string {
	t.Helper()
	a := b.open(t, http.MethodGet, "/documents/items/"+id+"/content", nil, nil, 0)
	defer a.Body.Close()
	if a.ContentLength != size {
		t.Errorf("%d bytes are announced, not %d", a.ContentLength, size)
	}
	return hashOf(t, a.Body)
}

// memory says what the program and its object store have held at the most.
func (p *program) memory() string {
	store := "none"
	if pid := p.child("s3-child"); pid != 0 {
		store = fmt.Sprint(peak(p.t, pid), " MiB")
	}
	return fmt.Sprintf("at the most %d MiB, its object store %s", peak(p.t, p.cmd.Process.Pid), store)
}

// peak is the most memory that a process has held, in mebibytes.
func peak(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Skip("the kernel does not tell")
	}
	m := regexp.MustCompile(`VmHWM:\s+(\d+) kB`).FindSubmatch(status)
	n, err := strconv.Atoi(string(m[1]))
	if err != nil {
		t.Fatal(err)
	}
	return n / 1024
}
