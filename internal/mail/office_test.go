package mail_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"elyco/internal/db"
	"elyco/internal/mail"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

// post is an office in a territory of its own, whose time a test can let pass.
type post struct {
	*testkit.Territory
	clock *testkit.Clock
	ctx   context.Context
}

func newPost(t *testing.T) post {
	t.Helper()
	clock := &testkit.Clock{}
	w := testkit.NewTerritory(t, "localhost:8080", clock.Now)
	return post{w, clock, tenant.Enter(t.Context(), w.College)}
}

func (p post) queue(t *testing.T, text string, to ...mail.Recipient) {
	t.Helper()
	err := p.DB.Write(p.ctx, func(ctx context.Context, tx db.Tx) error { return mail.Queue(ctx, tx, letterTo(text, to...)) })
	if err != nil {
		t.Fatal(err)
	}
}

func letterTo(text string, to ...mail.Recipient) mail.Post {
	return mail.Post{Kind: "account.code", To: to, Letter: mail.Letter{Site: "Collège Colette", Title: "Votre code", Paragraphs: []string{text}}}
}

func (p post) deliver(t *testing.T, o *mail.Office) {
	t.Helper()
	if err := o.Deliver(p.ctx); err != nil {
		t.Fatal(err)
	}
}

func (p post) list(t *testing.T) []mail.Sent {
	t.Helper()
	return p.listAll(t, 50)
}

func (p post) listAll(t *testing.T, most int) (list []mail.Sent) {
	t.Helper()
	err := p.DB.Read(p.ctx, func(ctx context.Context, tx db.Tx) (err error) {
		list, err = mail.List(ctx, tx, mail.Filter{}, most)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// waitingJobs is how many jobs come later, and when the first of them does.
func (p post) waitingJobs(t *testing.T) (n int, first time.Time) {
	t.Helper()
	var at *time.Time
	err := p.As(t, "elyco_import").QueryRow(t.Context(), `select count(*), min(run_at) from job where kind = 'mail.deliver' and unique_key is not null`).Scan(&n, &at)
	if err != nil {
		t.Fatal(err)
	}
	if at != nil {
		first = *at
	}
	return n, first
}

func parent(n int) mail.Recipient {
	return mail.Recipient{Name: fmt.Sprintf("Parent %d", n), Address: fmt.Sprintf("parent%d@famille.example", n)}
}

func TestEachPersonGetsOneMessageOnce(t *testing.T) {
	p, s := newPost(t), newSink(t)
	var all []mail.Recipient
	for n := range 30 {
		all = append(all, parent(n))
	}
	p.queue(t, "Bonjour à tous.", all...)
	p.queue(t, "Votre code est ABCD.", parent(99))
	o := mail.NewOffice(p.DB, s.transport(t), nil)
	var together sync.WaitGroup
	for range 4 {
		together.Go(func() { p.deliver(t, o) })
	}
	together.Wait()
	seen := map[string]int{}
	ids := map[string]bool{}
	for _, m := range s.got() {
		if len(m.to) != 1 {
			t.Errorf("a message has %d recipients", len(m.to))
		}
		seen[m.to[0]]++
		ids[m.parse(t).Header.Get("Message-Id")] = true
	}
	for _, r := range append(all, parent(99)) {
		if seen[r.Address] != 1 {
			t.Errorf("%s got %d messages", r.Address, seen[r.Address])
		}
	}
	if len(ids) != 31 {
		t.Errorf("%d Message-IDs for 31 messages", len(ids))
	}
	p.deliver(t, o)
	if n := len(s.got()); n != 31 {
		t.Errorf("%d messages after another delivery", n)
	}
}

func TestAMessageIsTheLetterInBothWritings(t *testing.T) {
	p, s := newPost(t), newSink(t)
	p.queue(t, "Voici votre code : É1.", mail.Recipient{Name: "Zoé Müller", Address: "zoe@Famille.example"})
	p.deliver(t, mail.NewOffice(p.DB, s.transport(t), nil))
	m := s.got()[0].parse(t)
	if to, err := m.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Name != "Zoé Müller" || to[0].Address != "zoe@famille.example" {
		t.Errorf("to %v (%v)", to, err)
	}
	if from, err := m.Header.AddressList("From"); err != nil || from[0].Name != "Collège Colette" || from[0].Address != "ne-pas-repondre@ent.example" {
		t.Errorf("from %v (%v)", from, err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("content type %s (%v)", kind, err)
	}
	r := multipart.NewReader(m.Body, params["boundary"])
	for _, want := range []string{"text/plain", "text/html"} {
		part, err := r.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(part.Header.Get("Content-Type"), want) || !strings.Contains(string(body), "Voici votre code : É1.") {
			t.Errorf("part %s: %s", part.Header.Get("Content-Type"), body)
		}
	}
}

func TestNothingInALetterBecomesAHeader(t *testing.T) {
	p, s := newPost(t), newSink(t)
	evils := []string{"a\r\nBcc: voleur@x.example", "a\nBcc: voleur@x.example", "a\rBcc: voleur@x.example", "a\r\n\r\n<b>corps</b>", "a\u2028Bcc: v@x.example",
		"a\u0085Bcc: v@x.example", "=?utf-8?q?a=0d=0aBcc:_v@x.example?=", "a\x00b", "\"; Bcc: v@x.example"}
	for _, evil := range evils {
		post := letterTo("x", mail.Recipient{Name: evil, Address: "parent@famille.example"})
		post.Letter.Title, post.Letter.Site = evil, evil
		if err := p.DB.Write(p.ctx, func(ctx context.Context, tx db.Tx) error { return mail.Queue(ctx, tx, post) }); err != nil {
			t.Errorf("%q: %v", evil, err)
		}
	}
	p.deliver(t, mail.NewOffice(p.DB, s.transport(t), nil))
	got := s.got()
	if len(got) != len(evils) {
		t.Fatalf("%d messages of %d: %+v", len(got), len(evils), p.list(t))
	}
	known := []string{"Auto-Submitted", "Content-Type", "Date", "From", "Message-Id", "Mime-Version", "Subject", "To", "User-Agent", "X-Auto-Response-Suppress", "X-Mailer"}
	for _, m := range got {
		if len(m.to) != 1 || m.to[0] != "parent@famille.example" {
			t.Errorf("it went to %v", m.to)
		}
		for name, values := range m.parse(t).Header {
			if !slices.Contains(known, name) || len(values) != 1 {
				t.Errorf("a header of the sender's: %s: %q", name, values)
			}
		}
	}
	for _, address := range []string{"", "a", "a@b", "a@b.fr\r\nBcc: c@d.fr", "a@b.fr,c@d.fr", "Nom <a@b.fr>", "a b@c.fr", "a@b.fr ; c@d.fr", "a@[127.0.0.1]", "a@b..fr\n"} {
		err := p.DB.Write(p.ctx, func(ctx context.Context, tx db.Tx) error {
			return mail.Queue(ctx, tx, letterTo("x", mail.Recipient{Address: address}))
		})
		if !errors.Is(err, mail.ErrAddress) {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestAServerThatDies(t *testing.T) {
	for name, end := range map[string]struct {
		how    fate
		copies int
	}{"in the middle of the message": {dieBefore, 1}, "after it took it, before it said so": {dieUnsaid, 2}} {
		t.Run(name, func(t *testing.T) {
			p, s := newPost(t), newSink(t)
			s.breaks = func(n int) fate {
				if n == 2 {
					return end.how
				}
				return take
			}
			p.queue(t, "x", parent(1), parent(2), parent(3))
			o := mail.NewOffice(p.DB, s.transport(t), nil)
			p.deliver(t, o)
			p.clock.Pass(10 * time.Minute)
			p.deliver(t, o)
			ids, copies := map[string]map[string]bool{}, map[string]int{}
			for _, m := range s.got() {
				if ids[m.to[0]] == nil {
					ids[m.to[0]] = map[string]bool{}
				}
				ids[m.to[0]][m.parse(t).Header.Get("Message-Id")] = true
				copies[m.to[0]]++
			}
			most := 0
			for n := 1; n <= 3; n++ {
				a := parent(n).Address
				if len(ids[a]) != 1 {
					t.Errorf("%s got %d different messages", a, len(ids[a]))
				}
				most = max(most, copies[a])
			}
			if len(copies) != 3 || most != end.copies {
				t.Errorf("copies %v, at most %d expected", copies, end.copies)
			}
		})
	}
}

func TestRefusals(t *testing.T) {
	p, s := newPost(t), newSink(t)
	busy := true
	s.refuse = func(to string) error {
		switch {
		case to == parent(1).Address:
			return &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}
		case to == parent(2).Address && busy:
			return &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "greylisted"}
		}
		return nil
	}
	p.queue(t, "Votre code est ABCD.", parent(1), parent(2), parent(3))
	o := mail.NewOffice(p.DB, s.transport(t), nil)
	p.deliver(t, o)
	state := map[string]mail.Sent{}
	for _, m := range p.list(t) {
		state[m.Address] = m
	}
	if m := state[parent(1).Address]; m.State != "failed" || !strings.Contains(m.Error, "550") {
		t.Errorf("refused for good: %+v", m)
	}
	if m := state[parent(2).Address]; m.State != "waiting" || !m.Readable {
		t.Errorf("refused for the moment: %+v", m)
	}
	if m := state[parent(3).Address]; m.State != "sent" {
		t.Errorf("a refusal of others held it back: %+v", m)
	}
	if n, first := p.waitingJobs(t); n != 1 || first.Before(p.clock.Now()) || first.After(p.clock.Now().Add(3*time.Minute)) {
		t.Errorf("%d jobs come back, the first at %s", n, first)
	}
	busy = false
	p.deliver(t, o)
	if len(s.got()) != 1 {
		t.Error("it was tried again before its time")
	}
	p.clock.Pass(2 * time.Minute)
	p.deliver(t, o)
	for _, m := range p.list(t) {
		if m.Readable {
			t.Errorf("the text of %s is kept though nobody waits for it", m.Address)
		}
		if m.Address == parent(2).Address && m.State != "sent" {
			t.Errorf("the second try: %+v", m)
		}
	}
}

func TestAnOutageIsNoTry(t *testing.T) {
	p := newPost(t)
	gone, err := mail.NewSMTP(mail.SMTP{Address: "127.0.0.1:1", From: "ent@ent.example", TLS: "none"})
	if err != nil {
		t.Fatal(err)
	}
	p.queue(t, "x", parent(1))
	for range 3 {
		p.deliver(t, mail.NewOffice(p.DB, gone, nil))
		p.clock.Pass(3 * time.Minute)
	}
	if m := p.list(t)[0]; m.State != "waiting" || m.Attempt != 0 {
		t.Errorf("after an outage: %+v", m)
	}
	if n, _ := p.waitingJobs(t); n == 0 {
		t.Error("nobody comes back")
	}
	s := newSink(t)
	p.deliver(t, mail.NewOffice(p.DB, s.transport(t), nil))
	if len(s.got()) != 1 {
		t.Error("the letter was lost in the outage")
	}
}

// mute takes messages and never answers, like a worker that is killed while it waits.
type mute struct{ asked chan struct{} }

func (m mute) Open(context.Context) (mail.Line, error) { return m, nil }
func (m mute) Close() error                            { return nil }
func (m mute) Send(ctx context.Context, _ mail.Message) error {
	close(m.asked)
	<-ctx.Done()
	select {}
}

func TestAWorkerThatIsKilledHoldsNothingForLong(t *testing.T) {
	p, s := newPost(t), newSink(t)
	p.queue(t, "x", parent(1))
	dead := mute{make(chan struct{})}
	go mail.NewOffice(p.DB, dead, nil).Deliver(p.ctx)
	<-dead.asked
	o := mail.NewOffice(p.DB, s.transport(t), nil)
	p.deliver(t, o)
	if len(s.got()) != 0 {
		t.Fatal("two workers held one message")
	}
	if n, _ := p.waitingJobs(t); n != 1 {
		t.Error("nobody comes to see what became of it")
	}
	p.clock.Pass(4 * time.Minute)
	p.deliver(t, o)
	if len(s.got()) != 1 {
		t.Error("the message of the killed worker was never sent")
	}
}

func TestTheSimulatorKeepsWhatItSent(t *testing.T) {
	p := newPost(t)
	p.queue(t, "Votre code est ABCD.", parent(1))
	o := mail.NewOffice(p.DB, nil, nil)
	p.deliver(t, o)
	m := p.list(t)[0]
	err := p.DB.Read(p.ctx, func(ctx context.Context, tx db.Tx) error {
		got, text, html, err := mail.Open(ctx, tx, m.ID)
		if got.State != "kept" || !strings.Contains(text, "ABCD") || !strings.Contains(html, "ABCD") {
			t.Errorf("%+v: %s", got, text)
		}
		return err
	})
	if err != nil || !o.Simulated() {
		t.Errorf("simulated %v: %v", o.Simulated(), err)
	}
}

func TestALetterOfARolledBackTransactionIsNeverSent(t *testing.T) {
	p := newPost(t)
	sorry := errors.New("no")
	err := p.DB.Write(p.ctx, func(ctx context.Context, tx db.Tx) error {
		return errors.Join(mail.Queue(ctx, tx, letterTo("x", parent(1))), sorry)
	})
	if !errors.Is(err, sorry) || len(p.list(t)) != 0 {
		t.Errorf("%v, and %d letters", err, len(p.list(t)))
	}
}

func TestMobileNumbers(t *testing.T) {
	for typed, want := range map[string]string{"06 12 34 56 78": "+33612345678", "07.12.34.56.78": "+33712345678", "+33 6 12 34 56 78": "+33612345678",
		"0033612345678": "+33612345678", "+32 470 12 34 56": "+32470123456"} {
		if got, err := mail.CleanPhone(typed); got != want || err != nil {
			t.Errorf("%s: %s (%v)", typed, got, err)
		}
	}
	for _, typed := range []string{"", "02 40 12 34 56", "0612", "612345678", "+33 6 12 34 56 789", "06 12 34 56 7a", "+1+2", "06;12345678"} {
		if got, err := mail.CleanPhone(typed); err == nil {
			t.Errorf("%s is taken for %s", typed, got)
		}
	}
}
