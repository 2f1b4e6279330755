package siege_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"maps"
	mathrand "math/rand/v2"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/local/pg"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// kills is how often the program is killed; ELYCO_TEST_KILLS asks for more.
func kills(t *testing.T) int {
	n, err := strconv.Atoi(os.Getenv("ELYCO_TEST_KILLS"))
	if err != nil {
		return 5
	}
	return n
}

// ledger is what the program promised to people, by what their browsers were told.
type ledger struct {
	mu           sync.Mutex
	published    map[uuid.UUID][]byte          // with the file that each carries
	acknowledged map[uuid.UUID]map[string]bool // by reader
}

func (l *ledger) publish(id uuid.UUID, file []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.published[id] = file
}

func (l *ledger) acknowledge(id uuid.UUID, who string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.acknowledged[id] == nil {
		l.acknowledged[id] = map[string]bool{}
	}
	l.acknowledged[id][who] = true
}

func (l *ledger) next(who string) (uuid.UUID, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id := range l.published {
		if !l.acknowledged[id][who] {
			return id, true
		}
	}
	return uuid.Nil, false
}

// browser sends a form again and again until it is answered, as a person on a train does.
type browser struct {
	host, address, cookie string
	http                  http.Client
}

func signIn(t *testing.T, w *testkit.Territory, who testkit.Person, address string) *browser {
	t.Helper()
	var raw [32]byte
	_, _ = rand.Read(raw[:])
	token := base64.RawURLEncoding.EncodeToString(raw[:])
	sum, signOn := sha256.Sum256([]byte(token)), school.NewID()
	w.Exec(t, `insert into sign_on (tenant_id, id, person_id, device, network, created_at, seen_at, expires_at)
		values (1, $1, $2, 'Firefox', '127.0.0.0/24', now(), now(), now() + interval '12 hours')`, signOn, who.ID.UUID)
	w.Exec(t, `insert into session (tenant_id, token_hash, sign_on_id, host_scope, person_id, expires_at)
		values (1, $1, $2, $3, $4, now() + interval '12 hours')`, sum[:], signOn, int64(w.College.ID), who.ID.UUID)
	return &browser{host: w.College.Host(), address: address, cookie: "__Host-elyco=" + token, http: http.Client{Timeout: 10 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

func (b *browser) ask(method, path, kind string, body []byte) (int, []byte) {
	r, err := http.NewRequest(method, "http://"+b.address+path, bytes.NewReader(body))
	if err != nil {
		return 0, nil
	}
	r.Host = b.host
	r.Header.Set("Cookie", b.cookie)
	r.Header.Set("Origin", "http://"+b.host)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	a, err := b.http.Do(r)
	if err != nil {
		return 0, nil
	}
	defer a.Body.Close()
	text, err := io.ReadAll(a.Body)
	if err != nil {
		return 0, nil
	}
	return a.StatusCode, text
}

// insist sends until the answer is not that the program is away or busy, or until ctx ends.
func (b *browser) insist(ctx context.Context, path, kind string, body []byte) int {
	for ctx.Err() == nil {
		status, _ := b.ask(http.MethodPost, path, kind, body)
		if status != 0 && status != http.StatusServiceUnavailable {
			return status
		}
		time.Sleep(30 * time.Millisecond)
	}
	return 0
}

const plain = "application/x-www-form-urlencoded"

// publishForever writes articles with a file and publishes them. A second answer to the same wish may say that it was
// done already.
func publishForever(ctx context.Context, t *testing.T, b *browser, l *ledger) {
	for ctx.Err() == nil {
		id, file := school.NewID(), make([]byte, 1000+mathrand.IntN(300_000))
		_, _ = rand.Read(file)
		var form bytes.Buffer
		w := multipart.NewWriter(&form)
		for name, value := range map[string]string{"id": id.String(), "version": "0", "title": "Sortie " + id.String(), "body": "Rendez-vous à huit heures.", "to_whole": "true", "wants_receipt": "true"} {
			_ = w.WriteField(name, value)
		}
		part, err := w.CreateFormFile("files", "autorisation.pdf")
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = part.Write(file)
		_ = w.Close()
		if status := b.insist(ctx, "/news/"+id.String(), w.FormDataContentType(), form.Bytes()); status != http.StatusSeeOther {
			if status != 0 {
				t.Errorf("a draft was answered %d", status)
			}
			continue
		}
		status := b.insist(ctx, "/news/"+id.String()+"/publication", plain, []byte("version=1"))
		if status == http.StatusSeeOther || status == http.StatusConflict {
			l.publish(id, file)
		} else if status != 0 {
			t.Errorf("a publication was answered %d", status)
		}
	}
}

func acknowledgeForever(ctx context.Context, t *testing.T, b *browser, l *ledger, who string) {
	for ctx.Err() == nil {
		id, ok := l.next(who)
		if !ok {
			time.Sleep(20 * time.Millisecond)
			continue
		}
		switch status := b.insist(ctx, "/news/"+id.String()+"/receipt", plain, []byte(url.Values{}.Encode())); status {
		case http.StatusSeeOther:
			l.acknowledge(id, who)
		case 0:
		default:
			t.Errorf("a receipt was answered %d", status)
			return
		}
	}
}

// TestKilled kills the program again and again while people publish and acknowledge. What their browsers were told is
// there afterwards, once, and every file that is named can be read.
func TestKilled(t *testing.T) {
	p := newProgram(t, "ELYCO_DATA_DIR="+t.TempDir())
	w := testkit.NewTerritory(t, "localhost:"+port(p.page), nil)
	p.env = append(p.env, "ELYCO_DATABASE_URL="+w.DSN(pg.App), "ELYCO_DATABASE_IMPORT_URL="+w.DSN(pg.Import), "ELYCO_WORKERS=1")
	head := w.NewPerson(t, testkit.In(w.College, school.Head))
	readers := []testkit.Person{w.NewPerson(t, testkit.In(w.College, school.Teacher)), w.NewPerson(t, testkit.In(w.College, school.Teacher))}
	l := &ledger{published: map[uuid.UUID][]byte{}, acknowledged: map[uuid.UUID]map[string]bool{}}
	p.start()
	ctx, stop := context.WithCancel(t.Context())
	var people sync.WaitGroup
	for range 2 {
		b := signIn(t, w, head, p.page)
		people.Go(func() { publishForever(ctx, t, b, l) })
	}
	for _, r := range readers {
		b := signIn(t, w, r, p.page)
		people.Go(func() { acknowledgeForever(ctx, t, b, l, r.ID.String()) })
	}
	var worst time.Duration
	for range kills(t) {
		time.Sleep(time.Duration(50+mathrand.IntN(500)) * time.Millisecond)
		p.kill()
		start := time.Now()
		p.start()
		worst = max(worst, time.Since(start))
	}
	time.Sleep(300 * time.Millisecond)
	stop()
	people.Wait()
	t.Logf("%d published, %d acknowledged by someone, back after %s at worst", len(l.published), len(l.acknowledged), worst)
	if len(l.published) == 0 || len(l.acknowledged) == 0 {
		t.Fatal("nothing was promised, so nothing is proven")
	}
	l.check(t, w, signIn(t, w, head, p.page))
}

// check compares what was promised with what is there.
func (l *ledger) check(t *testing.T, w *testkit.Territory, b *browser) {
	t.Helper()
	// Asked as the application, in the school: even the importer may not see who has read what.
	query := func(sql string, each func(key string, n int)) {
		err := w.DB.Read(tenant.Enter(t.Context(), w.College), func(ctx context.Context, tx db.Tx) error {
			rows, err := tx.QueryContext(ctx, sql)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var key string
				var n int
				if err := rows.Scan(&key, &n); err != nil {
					return err
				}
				each(key, n)
			}
			return rows.Err()
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	there, told := map[string]int{}, map[string]int{}
	query(`select id::text, 1 from publication where state = 'published'`, func(id string, n int) { there[id] += n })
	query(`select payload -> 'body' ->> 'id', count(*)::int from job where kind = 'fact' group by 1`, func(id string, n int) { told[id] = n })
	query(`select title, count(*)::int from publication group by 1 having count(*) > 1`, func(title string, n int) { t.Errorf("%s is there %d times", title, n) })
	seen := map[string]int{}
	query(`select publication_id || ' ' || person_id, count(*)::int from publication_read where acknowledged_at is not null group by 1`, func(key string, n int) { seen[key] = n })
	for id := range l.published {
		if there[id.String()] != 1 || told[id.String()] != 1 {
			t.Errorf("publication %s is there %d times and was told of %d times", id, there[id.String()], told[id.String()])
		}
	}
	for id, who := range l.acknowledged {
		for _, person := range slices.Collect(maps.Keys(who)) {
			if seen[id.String()+" "+person] != 1 {
				t.Errorf("the receipt of %s for %s is there %d times", person, id, seen[id.String()+" "+person])
			}
		}
	}
	files := map[string]string{}
	query(`select publication_id || '/files/' || id, size::int from publication_attachment`, func(path string, n int) { files[path] = fmt.Sprint(n) })
	for path := range files {
		id, err := uuid.Parse(strings.SplitN(path, "/", 2)[0])
		if err != nil {
			t.Fatal(err)
		}
		want, promised := l.published[id]
		if status, got := b.ask(http.MethodGet, "/news/"+path, "", nil); promised && (status != http.StatusOK || !bytes.Equal(got, want)) {
			t.Errorf("the file %s: %d, %d bytes of %d", path, status, len(got), len(want))
		}
	}
	if len(files) < len(l.published) {
		t.Errorf("%d files for %d publications", len(files), len(l.published))
	}
}
