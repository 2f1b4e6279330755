package mail_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/mail"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

func TestEachRecipientGetsTheOwnLink(t *testing.T) {
	p, s := newPost(t), newSink(t)
	l := mail.Letter{Site: "Collège Colette", Title: "Sortie", Paragraphs: []string{"Bonjour {{name}}, et {{autre}}."}, Action: mail.Action{Label: "Confirmer", URL: "{{link}}"}}
	html, err := l.HTML()
	if err != nil {
		t.Fatal(err)
	}
	text, err := l.Text()
	if err != nil {
		t.Fatal(err)
	}
	first, second := parent(1), parent(2)
	first.Fields = map[string]string{"link": "https://ent.example/c/1?a=1&b=2", "name": "{{link}} <b>Zoé</b>"}
	first.Unsubscribe = "https://ent.example/fin/1"
	second.Fields = map[string]string{"link": "https://ent.example/c/2", "name": "Ali\r\nBcc: x@x.example"}
	ids := p.queueFor(t, mail.Outgoing{Channel: mail.ByMail, Subject: "Pour {{name}}", Text: text, HTML: html, To: []mail.Recipient{first, second}})
	p.deliver(t, mail.NewOffice(p.DB, s.transport(t), nil))
	byAddress := map[string]uuid.UUID{}
	for _, m := range p.list(t) {
		byAddress[m.Address] = m.ID
	}
	if len(ids) != 2 || byAddress[first.Address] != ids[0] || byAddress[second.Address] != ids[1] {
		t.Errorf("the numbers %v are not in the order of the recipients", ids)
	}
	for _, m := range s.got() {
		raw, header := string(m.raw), m.parse(t).Header
		raw = strings.ReplaceAll(strings.ReplaceAll(raw, "=\r\n", ""), "=3D", "=")
		if m.to[0] == first.Address {
			for _, want := range []string{"https://ent.example/c/1?a=1&b=2", "https://ent.example/c/1?a=1&amp;b=2", "{{link}} &lt;b&gt;Zo", "{{autre}}"} {
				if !strings.Contains(raw, want) {
					t.Errorf("the first letter lacks %s", want)
				}
			}
			if header.Get("List-Unsubscribe") != "<https://ent.example/fin/1>" || header.Get("List-Unsubscribe-Post") != "List-Unsubscribe=One-Click" {
				t.Errorf("it cannot be ended: %v", header)
			}
			continue
		}
		if strings.Contains(raw, "/c/1") || !strings.Contains(raw, "/c/2") || header.Get("List-Unsubscribe") != "" || header.Get("Bcc") != "" {
			t.Errorf("the second letter is %s", raw)
		}
	}
}

func TestFieldsThatCannotBeFilledIn(t *testing.T) {
	p := newPost(t)
	for name, r := range map[string]mail.Recipient{
		"a script":                {Address: "a@b.example", Fields: map[string]string{"link": "javascript:alert(1)"}},
		"a header in a link":      {Address: "a@b.example", Unsubscribe: "https://ent.example/x\r\nBcc: v@x.example"},
		"an end that is no https": {Address: "a@b.example", Unsubscribe: "mailto:x@x.example"},
		"a name of two words":     {Address: "a@b.example", Fields: map[string]string{"a b": "x"}},
		"endless":                 {Address: "a@b.example", Fields: map[string]string{"a": strings.Repeat("x", 5000)}},
	} {
		err := p.DB.Write(p.ctx, func(ctx context.Context, tx db.Tx) error {
			_, err := mail.QueueFor(ctx, tx, mail.Outgoing{Channel: mail.ByMail, Kind: "absences.notice", Text: "x", To: []mail.Recipient{r}})
			return err
		})
		if err == nil {
			t.Errorf("%s: taken", name)
		}
	}
	for channel, address := range map[string]string{mail.ByText: "02 40 12 34 56", mail.ByVoice: "08 99 12 34 56", mail.ByMail: "06 12 34 56 78", "pigeon": "x"} {
		err := p.DB.Write(p.ctx, func(ctx context.Context, tx db.Tx) error {
			_, err := mail.QueueFor(ctx, tx, mail.Outgoing{Channel: channel, Kind: "absences.notice", Text: "x", To: []mail.Recipient{{Address: address}}})
			return err
		})
		if err == nil {
			t.Errorf("%s goes to %s", channel, address)
		}
	}
	if n := len(p.list(t)); n != 0 {
		t.Errorf("%d messages were written", n)
	}
}

func TestWhatIsDueLaterWaitsAndCanBeRecalled(t *testing.T) {
	p := newPost(t)
	notice, mother, father := uuid.New(), uuid.New(), uuid.New()
	to := []mail.Recipient{{Person: mother, Address: "06 12 34 56 78"}, {Person: father, Address: "06 12 34 56 79"}}
	p.queueFor(t, mail.Outgoing{Channel: mail.ByText, Text: "x", NoticeID: notice, DueAt: p.clock.Now().Add(time.Hour), To: to})
	o := mail.NewOffice(p.DB, nil, nil)
	p.deliver(t, o)
	for _, m := range p.list(t) {
		if m.State != "waiting" {
			t.Errorf("it did not wait: %+v", m)
		}
	}
	if n, first := p.waitingJobs(t); n == 0 || first.Before(p.clock.Now().Add(time.Hour)) {
		t.Errorf("%d jobs come, the first at %s", n, first)
	}
	recall := func(person uuid.UUID) (n int) {
		err := p.DB.Write(p.ctx, func(ctx context.Context, tx db.Tx) error {
			ids, err := mail.Recall(ctx, tx, notice, person)
			n = len(ids)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := recall(mother); n != 1 {
		t.Errorf("%d messages were recalled for one person", n)
	}
	p.clock.Pass(2 * time.Hour)
	p.deliver(t, o)
	if m := p.one(t); m.State != "kept" || !m.Readable {
		t.Errorf("%+v", m)
	}
	if n := recall(uuid.Nil); n != 0 {
		t.Errorf("%d messages were recalled that are gone", n)
	}
}

// TestWhatMayHaveLeftStays recalls one message that nobody has tried, and one whose sending nobody confirmed.
func TestWhatMayHaveLeftStays(t *testing.T) {
	p := newPost(t)
	notice, mother, father := uuid.New(), uuid.New(), uuid.New()
	to := []mail.Recipient{{Person: mother, Address: "06 12 34 56 78"}, {Person: father, Address: "06 12 34 56 79"}}
	p.queueFor(t, mail.Outgoing{Channel: mail.ByText, Text: "x", NoticeID: notice, DueAt: p.clock.Now().Add(time.Hour), To: to})
	err := p.DB.Write(p.ctx, func(ctx context.Context, tx db.Tx) error {
		if _, err := tx.ExecContext(ctx, `update letter_delivery set attempt = 1, error = 'no answer' where person_id = ?`, father); err != nil {
			return err
		}
		ids, err := mail.Recall(ctx, tx, notice, uuid.Nil)
		if len(ids) != 2 {
			t.Errorf("%d messages were given up", len(ids))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if m := p.one(t); m.State != "failed" || m.Error != "no answer" {
		t.Errorf("what may have arrived is %+v", m)
	}
	p.clock.Pass(2 * time.Hour)
	p.deliver(t, mail.NewOffice(p.DB, nil, nil))
	if m := p.one(t); m.State != "failed" {
		t.Errorf("it was sent all the same: %+v", m)
	}
}

func TestBouncedAddresses(t *testing.T) {
	p, s := newPost(t), newSink(t)
	s.refuse = func(to string) error {
		if to == parent(1).Address {
			return noSuchBox
		}
		return nil
	}
	one := parent(1)
	one.Person = uuid.New()
	p.queueFor(t, mail.Outgoing{Channel: mail.ByMail, Text: "x", To: []mail.Recipient{one, parent(2)}})
	p.deliver(t, mail.NewOffice(p.DB, s.transport(t), nil))
	err := p.DB.Read(p.ctx, func(ctx context.Context, tx db.Tx) error {
		found, err := mail.Bounced(ctx, tx, []string{one.Address, parent(2).Address})
		if b := found[one.Address]; len(found) != 1 || b.Person != one.Person || b.Status != "5.1.1" || b.Reason != "Cette adresse n’existe pas." {
			t.Errorf("bounced: %+v", found)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestASlowClockLosesNothing has the job of a minute run on a machine whose clock says that the minute has not come: what is due
// within the last second of it is found later, since the job does not take itself for the next one.
func TestASlowClockLosesNothing(t *testing.T) {
	minute := time.Date(2026, 11, 30, 10, 0, 0, 0, time.UTC)
	now := minute.Add(-90 * time.Second)
	w := testkit.NewTerritory(t, "localhost:8080", func() time.Time { return now })
	p, s := post{Territory: w, ctx: tenant.Enter(t.Context(), w.College)}, newSink(t)
	p.queueFor(t, mail.Outgoing{Channel: mail.ByMail, Subject: "A", Text: "B", DueAt: minute.Add(-200 * time.Millisecond), To: []mail.Recipient{parent(1)}})
	worker, err := job.NewWorker(w.DB, mail.NewOffice(w.DB, s.transport(t), nil).Jobs(), 1,
		func(context.Context, int64) (context.Context, bool) { return p.ctx, true })
	if err != nil {
		t.Fatal(err)
	}
	for _, at := range []time.Time{minute.Add(-500 * time.Millisecond), minute.Add(2 * time.Minute)} {
		now = at
		w.Exec(t, `update job set run_at = now() where state = 'ready'`)
		if _, err := worker.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.got()); n != 1 {
		t.Errorf("%d letters arrived", n)
	}
}
