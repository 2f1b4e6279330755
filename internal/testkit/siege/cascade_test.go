package siege_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/local/pg"
	"elyco/internal/notice"
	"elyco/internal/school"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

// guardians are told; a third has an e-mail address, a third a telephone, a third both.
const guardians = 3000

// cascade is a message that must reach a whole school, and everything that takes part in telling it.
type cascade struct {
	t           *testing.T
	cluster     *pg.Server
	w           *testkit.Territory
	web, worker *program
	post, texts *outside
	head        *browser
	id          uuid.UUID
	draw        *rand.Rand

	mu           sync.Mutex
	acknowledged map[uuid.UUID]bool // those whose browser was told so
}

func newCascade(t *testing.T, seed uint64) *cascade {
	t.Helper()
	// A database server of the test's own: the one that tests share is not to be killed. Whoever is told that something is
	// committed may rely on it; the machine's own death is not tried here.
	cluster, err := pg.Throwaway(t.Context(), pg.Config{Extra: []string{"synchronous_commit=on"}})
	if err != nil {
		t.Fatal(err)
	}
	c := &cascade{t: t, cluster: cluster, id: school.NewID(), draw: rand.New(rand.NewPCG(seed, seed)), acknowledged: map[uuid.UUID]bool{}}
	t.Cleanup(func() {
		if err := c.cluster.Stop(); err != nil {
			t.Error(err)
		}
	})
	c.post, c.texts = newPostOffice(t), newGateway(t)
	settings := []string{"ELYCO_SMTP_ADDRESS=" + c.post.address, "ELYCO_SMTP_FROM=ne-pas-repondre@ent.example", "ELYCO_SMTP_TLS=none",
		"ELYCO_SMS_URL=http://" + c.texts.address + "/", "ELYCO_SMS_KEY=" + gatewayKey, "ELYCO_LOG_LEVEL=error"}
	c.web = newProgram(t, append(settings, "ELYCO_DATA_DIR="+t.TempDir())...)
	c.worker = newProgram(t, append(settings, "ELYCO_DATA_DIR="+t.TempDir(), "ELYCO_WORKERS=3", "ELYCO_BASE_HOST=localhost:"+port(c.web.page))...)
	c.worker.verb = "work"
	c.w = testkit.NewTerritoryOn(t, cluster, "localhost:"+port(c.web.page))
	for _, p := range []*program{c.web, c.worker} {
		p.env = append(p.env, "ELYCO_DATABASE_URL="+c.w.DSN(pg.App)+" application_name="+p.verb, "ELYCO_DATABASE_IMPORT_URL="+c.w.DSN(pg.Import)+" application_name="+p.verb)
	}
	c.enrol()
	c.head = signIn(t, c.w, c.w.NewPerson(t, testkit.In(c.w.College, school.Head)), c.web.page)
	return c
}

// enrol writes the guardians. The number of one says what the person has: 0 e-mail, 1 telephone, 2 both, modulo three.
func (c *cascade) enrol() {
	c.t.Helper()
	c.w.Exec(c.t, `insert into person (tenant_id, id, given_name, family_name)
		select 1, md5('guardian ' || i)::uuid, 'Responsable', 'Numéro ' || i from generate_series(0, $1 - 1) i`, guardians)
	c.w.Exec(c.t, `insert into membership (tenant_id, person_id, profile, given_name, family_name)
		select $1, md5('guardian ' || i)::uuid, 'guardian', 'Responsable', 'Numéro ' || i from generate_series(0, $2 - 1) i`, int64(c.w.College.ID), guardians)
	c.w.Exec(c.t, `insert into account_contact (tenant_id, person_id, kind, value, verified_at)
		select 1, md5('guardian ' || i)::uuid, 'email', 'p' || i || '@exemple.fr', now() from generate_series(0, $1 - 1) i where i % 3 <> 1
		union all
		select 1, md5('guardian ' || i)::uuid, 'phone', '+336' || lpad(i::text, 8, '0'), now() from generate_series(0, $1 - 1) i where i % 3 <> 0`, guardians)
}

func (c *cascade) path(more string) string { return "/mustread/messages/" + c.id.String() + more }

// send writes the message and sends it, as a head does.
func (c *cascade) send(ctx context.Context) {
	c.t.Helper()
	form := url.Values{"id": {c.id.String()}, "title": {"Collège fermé"}, "body": {"Le chauffage est en panne. Venez chercher vos enfants."},
		"goal": {time.Now().Add(12 * time.Minute).In(words.Zone()).Format("2006-01-02T15:04")}, "way": {"text"}, "to_profile": {"guardian"},
		"urgent": {"1"}, "reason": {"Panne de chauffage"}}
	for _, step := range []struct{ path, form string }{{"/mustread/messages", form.Encode()}, {c.path("/sending"), ""}} {
		if status := c.head.insist(ctx, step.path, plain, []byte(step.form)); status != http.StatusSeeOther {
			c.t.Fatalf("%s is answered %d", step.path, status)
		}
	}
}

// acknowledgeSome has guardians follow the link that they were sent, until ctx ends.
func (c *cascade) acknowledgeSome(ctx context.Context) {
	secret := make([]byte, 32)
	for i := range secret {
		secret[i] = 0x1f
	}
	herald := notice.New(nil, nil, nil, nil, secret)
	visitor := &browser{host: c.head.host, address: c.head.address, http: c.head.http}
	for i := 0; i < guardians && ctx.Err() == nil; i += 23 {
		who := guardian(i)
		// Once asked it is asked until it is answered: what was noted without an answer would be missing here.
		status := visitor.insist(context.WithoutCancel(ctx), "/r/"+herald.Code(int64(c.w.College.ID), c.id, who), plain, nil)
		switch status {
		case http.StatusSeeOther:
			c.mu.Lock()
			c.acknowledged[who] = true
			c.mu.Unlock()
		case http.StatusNotFound, 0: // not told yet
		default:
			c.t.Errorf("a link is answered %d", status)
		}
		time.Sleep(50 * time.Millisecond)
	}
}

func guardian(i int) uuid.UUID {
	return uuid.UUID(md5sum(fmt.Sprintf("guardian %d", i)))
}

// ask connects as the superuser, as often as it takes, and runs statements one after the other.
func (c *cascade) ask(do func(ctx context.Context, conn *pgx.Conn) error) {
	c.t.Helper()
	var err error
	for range 300 {
		err = func() error {
			conn, err := pgx.Connect(c.t.Context(), c.w.DSN("postgres"))
			if err != nil {
				return err
			}
			defer conn.Close(context.WithoutCancel(c.t.Context()))
			return do(c.t.Context(), conn)
		}()
		if err == nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	c.t.Fatal(err)
}

func (c *cascade) exec(sql string, args ...any) {
	c.t.Helper()
	c.ask(func(ctx context.Context, conn *pgx.Conn) error {
		_, err := conn.Exec(ctx, sql, args...)
		return err
	})
}

// hasten lets the minutes pass that lie between a failure and the next try. What somebody may be working on is left alone.
func (c *cascade) hasten() {
	c.t.Helper()
	c.exec(`update letter_delivery set due_at = now() where state = 'waiting' and due_at > now()`)
	// A job's key names its minute: one that runs early would keep the next of that minute away.
	c.exec(`update job set run_at = now(), unique_key = null where state = 'ready' and run_at > now() and kind in ('mustread.tell', 'notice.climb', 'mail.deliver')`)
	c.exec(`notify job_ready`)
}

// killWorker kills the workers' process, and ends what it held: with time, every lease does. What it had sent to the database
// before it died may still happen, so its connections are waited for.
func (c *cascade) killWorker() {
	c.t.Helper()
	c.worker.kill()
	c.worker.until(20*time.Second, "the dead worker's connections are gone", func() (gone bool) {
		c.ask(func(ctx context.Context, conn *pgx.Conn) error {
			return conn.QueryRow(ctx, `select count(*) = 0 from pg_stat_activity where application_name = $1`, c.worker.verb).Scan(&gone)
		})
		return gone
	})
	c.exec(`update letter_delivery set due_at = now() where state = 'sending'`)
	c.exec(`update job set lease_until = now() - interval '1 second' where state = 'running'`)
	c.hasten()
}

// victims are what is killed, each with how it comes back.
func (c *cascade) victims() map[string]func() {
	pause := func() { time.Sleep(time.Duration(c.draw.IntN(300)) * time.Millisecond) }
	outsider := func(o *outside) func() {
		f := midway
		return func() {
			o.kill(f, time.Second)
			f = midway + unsaid - f // the other one, next time
			pause()
			o.start()
		}
	}
	return map[string]func(){
		"web": func() { c.web.kill(); pause(); c.web.start() },
		"worker": func() {
			c.killWorker()
			c.worker.launch()
		},
		"backend": func() {
			var pid int
			c.ask(func(ctx context.Context, conn *pgx.Conn) error {
				return conn.QueryRow(ctx, `select pid from pg_stat_activity where usename = $1 order by state <> 'active', random() limit 1`, pg.App).Scan(&pid)
			})
			_ = syscall.Kill(pid, syscall.SIGKILL)
		},
		"cluster": func() {
			text, err := os.ReadFile(c.cluster.Dir() + "/data/postmaster.pid")
			if err != nil {
				c.t.Fatal(err)
			}
			first, _, _ := strings.Cut(string(text), "\n")
			pid, err := strconv.Atoi(first)
			if err != nil {
				c.t.Fatal(err)
			}
			_ = syscall.Kill(pid, syscall.SIGKILL)
			// Its children end a moment later, and keep the place until then.
			next, err := c.cluster.Again(c.t.Context())
			for n := 0; err != nil && n < 100; n++ {
				time.Sleep(100 * time.Millisecond)
				next, err = c.cluster.Again(c.t.Context())
			}
			if err != nil {
				c.t.Fatal(err)
			}
			c.cluster = next
		},
		"post":  outsider(c.post),
		"texts": outsider(c.texts),
	}
}

// TestKilledDuringACascade kills, again and again, whatever takes part in telling three thousand people something that must
// reach them: the pages' process, the workers', the database, the mail server, the gateway. Afterwards everybody was told
// once, by each way that leads there, and the ledger says so. More kills are more cascades: one that is over proves nothing.
func TestKilledDuringACascade(t *testing.T) {
	seed, err := strconv.ParseUint(os.Getenv("ELYCO_TEST_SEED"), 10, 64)
	if err != nil {
		seed = 20261130
	}
	for n := range max(1, uint64(kills(t)/5)) {
		t.Run(fmt.Sprintf("ELYCO_TEST_SEED=%d", seed+n), func(t *testing.T) { killDuringACascade(t, seed+n) })
	}
}

func killDuringACascade(t *testing.T, seed uint64) {
	c := newCascade(t, seed)
	c.web.start()
	c.worker.launch()
	start := time.Now()
	c.send(t.Context())
	ctx, stop := context.WithCancel(t.Context())
	var people sync.WaitGroup
	people.Go(func() { c.acknowledgeSome(ctx) })
	// Both are struck in the middle of their work while there is most to do; later it is a matter of luck.
	for _, f := range []fate{midway, unsaid} {
		for _, o := range []*outside{c.post, c.texts} {
			c.hasten()
			o.kill(f, 10*time.Second)
			o.start()
		}
	}
	victims := c.victims()
	names := []string{"backend", "cluster", "post", "texts", "web", "worker"}
	for range 2 {
		for _, i := range c.draw.Perm(len(names)) {
			time.Sleep(time.Duration(100+c.draw.IntN(500)) * time.Millisecond)
			c.hasten()
			victims[names[i]]()
			c.hasten()
			c.worker.revive() // it ends when the database dies while it starts
			c.head.insist(ctx, c.path("/hurry"), plain, nil)
		}
	}
	stop()
	people.Wait()
	// Whatever a cut connection still holds ends with the worker.
	c.killWorker()
	c.worker.launch()
	c.settle()
	t.Logf("quiet after %s; %d acknowledged; the mail server died in the middle of %d letters and after %d, the gateway of %d and %d", time.Since(start).Round(time.Second),
		len(c.acknowledged), c.post.midway, c.post.unsaid, c.texts.midway, c.texts.unsaid)
	if len(c.acknowledged) == 0 || c.post.midway == 0 || c.texts.midway == 0 || c.post.unsaid == 0 || c.texts.unsaid == 0 {
		t.Fatal("not everything was struck in the middle of its work, so nothing is proven")
	}
	for _, wrong := range c.wrong() {
		t.Error(wrong)
	}
	if t.Failed() {
		return
	}
	c.control()
}

// settle waits until nothing is left to be done.
func (c *cascade) settle() {
	c.t.Helper()
	left := ""
	for end := time.Now().Add(3 * time.Minute); time.Now().Before(end); time.Sleep(300 * time.Millisecond) {
		c.worker.revive()
		c.hasten()
		c.head.insist(c.t.Context(), c.path("/hurry"), plain, nil)
		var telling, climbing, handing, jobs int
		c.ask(func(ctx context.Context, conn *pgx.Conn) error {
			return conn.QueryRow(ctx, `select (select count(*) from mustread_notice where state <> 'told'), (select count(*) from notice_person where next_at is not null),
				(select count(*) from letter_delivery where state in ('waiting', 'sending')),
				(select count(*) from job where state in ('ready', 'running') and kind in ('mustread.tell', 'notice.climb', 'mail.deliver'))`).
				Scan(&telling, &climbing, &handing, &jobs)
		})
		if left = fmt.Sprintf("%d messages are told, %d people climb, %d letters and texts wait, %d jobs", telling, climbing, handing, jobs); telling+climbing+handing+jobs == 0 {
			return
		}
	}
	c.t.Fatalf("it does not come to rest: %s", left)
}
