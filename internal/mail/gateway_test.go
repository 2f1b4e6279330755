package mail_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/mail"
)

func (p post) queueFor(t *testing.T, o mail.Outgoing) []uuid.UUID {
	t.Helper()
	if o.Kind == "" {
		o.Kind = "absences.notice"
	}
	if o.Site == "" {
		o.Site = "Collège Colette"
	}
	var ids []uuid.UUID
	err := p.DB.Write(p.ctx, func(ctx context.Context, tx db.Tx) (err error) {
		ids, err = mail.QueueFor(ctx, tx, o)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

func mobile(n string) mail.Recipient {
	return mail.Recipient{Name: "Parent " + n, Address: "06 12 34 56 " + n}
}

func (p post) one(t *testing.T) mail.Sent {
	t.Helper()
	list := p.list(t)
	if len(list) != 1 {
		t.Fatalf("%d messages", len(list))
	}
	return list[0]
}

// officeBy is an office whose texts go through a gateway.
func (p post) officeBy(t *testing.T, g *wire, channel string) *mail.Office {
	t.Helper()
	o := mail.NewOffice(p.DB, nil, nil)
	o.Sign([]byte("le secret de la maison"))
	o.Connect(channel, g.transport(t, channel), wireKey)
	return o
}

func TestGatewaysAreHandedTextsAndCalls(t *testing.T) {
	p, g := newPost(t), newWire(t, (*httptest.Server).Start)
	o := p.officeBy(t, g, mail.ByText)
	o.Connect(mail.ByVoice, g.transport(t, mail.ByVoice), wireKey)
	p.queueFor(t, mail.Outgoing{Channel: mail.ByText, Text: "Inès est absente ce matin.", To: []mail.Recipient{mobile("78"), mobile("79")}})
	p.queueFor(t, mail.Outgoing{Channel: mail.ByVoice, Text: "Bonjour.", To: []mail.Recipient{{Address: "02 40 12 34 56"}}})
	p.deliver(t, o)
	got := g.got()
	if len(got) != 3 {
		t.Fatalf("%d messages", len(got))
	}
	if b := got[0].Body; b["to"] != "+33612345678" || b["text"] != "Inès est absente ce matin." || b["from"] != "COLETTE" || b["callback"] != "https://ent.example/gateway/text/callback" || b["confirm"] != nil {
		t.Errorf("a text is %v", b)
	}
	confirm, _ := got[2].Body["confirm"].(map[string]any)
	if b := got[2].Body; b["to"] != "+33240123456" || b["lang"] != "fr-FR" || confirm["key"] != "1" || !strings.Contains(confirm["text"].(string), "touche 1") {
		t.Errorf("a call is %v", b)
	}
	if got[0].Key == got[1].Key {
		t.Error("two messages have one key")
	}
	for _, m := range p.list(t) {
		if m.State != "sent" || m.Readable {
			t.Errorf("%+v", m)
		}
	}
}

func TestAGatewayThatDiesGetsTheSameKeyAgain(t *testing.T) {
	p, g := newPost(t), newWire(t, (*httptest.Server).Start)
	g.answer = func(n int, w http.ResponseWriter) {
		if n == 1 {
			hangUp(w)
		}
	}
	o := p.officeBy(t, g, mail.ByText)
	p.queueFor(t, mail.Outgoing{Channel: mail.ByText, Text: "x", To: []mail.Recipient{mobile("78")}})
	p.deliver(t, o)
	if m := p.one(t); m.State != "waiting" || m.Attempt != 1 {
		t.Fatalf("after the gateway died: %+v", m)
	}
	p.clock.Pass(2 * time.Minute)
	// Another process, which knows the secret alone.
	p.deliver(t, p.officeBy(t, g, mail.ByText))
	if got := g.got(); len(got) != 2 || got[0].Key != got[1].Key || len(got[0].Key) < 40 {
		t.Errorf("the keys of the two tries: %v", got)
	}
	if m := p.one(t); m.State != "sent" {
		t.Errorf("%+v", m)
	}
}

func TestWhatAGatewayAnswers(t *testing.T) {
	for name, c := range map[string]struct {
		answer  func(w http.ResponseWriter)
		state   string
		attempt int
	}{
		"takes it":                  {func(w http.ResponseWriter) { w.WriteHeader(202) }, "sent", 1},
		"refuses it for good":       {func(w http.ResponseWriter) { http.Error(w, "numéro\r\ninconnu", http.StatusUnprocessableEntity) }, "failed", 1},
		"has too much to do":        {func(w http.ResponseWriter) { w.WriteHeader(429) }, "waiting", 1},
		"is broken":                 {func(w http.ResponseWriter) { w.WriteHeader(503) }, "waiting", 1},
		"does not know our key":     {func(w http.ResponseWriter) { w.WriteHeader(401) }, "waiting", 1},
		"leads elsewhere":           {func(w http.ResponseWriter) { w.Header().Set("Location", "/ailleurs"); w.WriteHeader(307) }, "waiting", 1},
		"dies":                      {hangUp, "waiting", 1},
		"keeps us waiting":          {func(http.ResponseWriter) { time.Sleep(600 * time.Millisecond) }, "waiting", 1},
		"answers something else":    {func(w http.ResponseWriter) { w.Write([]byte(strings.Repeat("<html>", 10_000))) }, "sent", 1},
		"refuses at endless length": {func(w http.ResponseWriter) { http.Error(w, strings.Repeat("non ", 50_000), 400) }, "failed", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, g := newPost(t), newWire(t, (*httptest.Server).Start)
			g.answer = func(_ int, w http.ResponseWriter) { c.answer(w) }
			tr := g.transport(t, mail.ByText)
			mail.Hasten(tr, 300*time.Millisecond)
			p.queueFor(t, mail.Outgoing{Channel: mail.ByText, Text: "x", To: []mail.Recipient{mobile("78")}})
			p.deliver(t, mail.NewOffice(p.DB, nil, tr))
			m := p.one(t)
			if m.State != c.state || m.Attempt != c.attempt || len([]rune(m.Error)) > 300 || strings.ContainsAny(m.Error, "\r\n") {
				t.Errorf("%+v", m)
			}
			if n := len(g.got()); n != 1 {
				t.Errorf("asked %d times", n)
			}
		})
	}
}

func TestAWrongCertificateIsNoTryAndHoldsNoOtherChannelBack(t *testing.T) {
	p, g, s := newPost(t), newWire(t, (*httptest.Server).StartTLS), newSink(t)
	tr := g.transport(t, mail.ByText)
	o := mail.NewOffice(p.DB, s.transport(t), tr)
	p.queueFor(t, mail.Outgoing{Channel: mail.ByText, Text: "x", To: []mail.Recipient{mobile("78"), mobile("79")}})
	p.queue(t, "y", parent(1))
	p.deliver(t, o)
	if len(s.got()) != 1 {
		t.Error("a gateway that nobody trusts holds the letters back")
	}
	for _, m := range p.list(t) {
		if m.Channel == mail.ByText && (m.State != "waiting" || m.Attempt != 0) {
			t.Errorf("%+v", m)
		}
	}
	if len(g.got()) != 0 {
		t.Error("a message was told to a server with a wrong certificate")
	}
	if n, _ := p.waitingJobs(t); n == 0 {
		t.Error("nobody comes back")
	}
	mail.Trust(tr, g.server.Client().Transport.(*http.Transport).TLSClientConfig)
	p.clock.Pass(3 * time.Minute)
	p.deliver(t, o)
	if len(g.got()) != 2 {
		t.Errorf("%d texts once the certificate is right", len(g.got()))
	}
}

func TestGatewaysThatCannotBe(t *testing.T) {
	for name, g := range map[string]mail.Gateway{
		"no address": {Channel: mail.ByText, Key: wireKey}, "a path": {Channel: mail.ByText, URL: "/x", Key: wireKey},
		"a short key": {Channel: mail.ByText, URL: "https://g.example", Key: "court"}, "letters": {Channel: mail.ByMail, URL: "https://g.example", Key: wireKey},
		"a password in the address": {Channel: mail.ByVoice, URL: "https://a:b@g.example", Key: wireKey},
	} {
		if _, err := mail.NewGateway(g); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}
