package mail_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/mail"
	"elyco/internal/tenant"
)

// signed is a callback as the gateway sends it.
func signed(key, channel string, at time.Time, body string) mail.Signed {
	timestamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(timestamp + "." + body))
	return mail.Signed{Channel: channel, Timestamp: timestamp, Signature: hex.EncodeToString(mac.Sum(nil)), Body: []byte(body)}
}

func says(name, event, more string) string {
	return fmt.Sprintf(`{"id":%q,"event":%q%s}`, name, event, more)
}

// call is one text that a gateway took, and the office that hears of it.
type call struct {
	post
	office *mail.Office
	name   string
	told   []mail.Delivery
}

func newCall(t *testing.T, notice uuid.UUID) *call {
	t.Helper()
	p, g := newPost(t), newWire(t, (*httptest.Server).Start)
	c := &call{post: p, office: p.officeBy(t, g, mail.ByText)}
	c.office.Heard(func(_ context.Context, _ db.Tx, d mail.Delivery) error {
		c.told = append(c.told, d)
		return nil
	})
	to := mobile("78")
	to.Person = uuid.New()
	p.queueFor(t, mail.Outgoing{Channel: mail.ByText, Text: "x", NoticeID: notice, Payer: mail.PaidByCollectivity, To: []mail.Recipient{to}})
	p.deliver(t, c.office)
	c.name = g.got()[0].Key
	return c
}

// hear takes a callback in as the room does: in the scope that it names.
func (c *call) hear(s mail.Signed) error {
	heard, err := c.office.Hear(c.clock.Now(), s)
	if err != nil {
		return err
	}
	for _, in := range c.Everywhere() {
		if int64(in.ID) == heard.Scope {
			return c.office.Report(tenant.Enter(c.ctx, in), heard.Channel, heard.ID, heard.Report)
		}
	}
	return fault.Missing()
}

func (c *call) mustHear(t *testing.T, body string) {
	t.Helper()
	if err := c.hear(signed(wireKey, mail.ByText, c.clock.Now(), body)); err != nil {
		t.Fatal(err)
	}
}

func TestCallbacksMoveForwardOnly(t *testing.T) {
	for name, c := range map[string]struct {
		events []string
		ends   string
	}{
		"in order":                       {[]string{"delivered", "answered", "acknowledged"}, "acknowledged"},
		"out of order":                   {[]string{"acknowledged", "delivered", "failed", "answered"}, "acknowledged"},
		"repeated":                       {[]string{"delivered", "delivered", "delivered"}, "delivered"},
		"a failure":                      {[]string{"failed", "failed"}, "failed"},
		"a failure after the delivery":   {[]string{"delivered", "failed"}, "delivered"},
		"a sign of life after a failure": {[]string{"failed", "delivered"}, "delivered"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k := newCall(t, uuid.New())
			for _, e := range c.events {
				k.mustHear(t, says(k.name, e, ""))
			}
			m := k.one(t)
			if m.State != c.ends || (m.DeliveredAt != nil) != (c.ends != "failed") || (m.AcknowledgedAt != nil) != (c.ends == "acknowledged") {
				t.Errorf("%+v", m)
			}
			steps := map[string]int{}
			for _, d := range k.told {
				steps[d.Step]++
			}
			if steps["sent"] != 1 || steps[c.ends] != 1 {
				t.Errorf("told %v", steps)
			}
			for step, n := range steps {
				if n > 1 {
					t.Errorf("%s was told %d times", step, n)
				}
			}
		})
	}
}

// TestANumberThatNobodyHasIsKept holds that what a gateway says of a number for good is known the next time, and that a text which
// did not arrive is no reason to call a number nobody's.
func TestANumberThatNobodyHasIsKept(t *testing.T) {
	for name, c := range map[string]struct {
		more  string
		known bool
	}{"nobody has it": {`,"unknown":true`, true}, "it is switched off": {`,"reason":"Téléphone éteint"`, false}} {
		t.Run(name, func(t *testing.T) {
			k := newCall(t, uuid.New())
			k.mustHear(t, says(k.name, "failed", c.more))
			address := k.one(t).Address
			var found map[string]mail.Bounce
			err := k.DB.Read(tenant.Enter(k.ctx, k.Academy), func(ctx context.Context, tx db.Tx) (err error) {
				found, err = mail.Bounced(ctx, tx, []string{address})
				return err
			})
			if b, known := found[address]; err != nil || known != c.known || known && !strings.Contains(b.Reason, "personne") {
				t.Errorf("%q: %+v, %v", address, found, err)
			}
		})
	}
}

func TestAnAnswerConfirms(t *testing.T) {
	for said, state := range map[string]string{"1": "acknowledged", " OK ": "acknowledged", "Oui !": "acknowledged", "2": "answered", "": "answered", "11": "answered"} {
		t.Run(said, func(t *testing.T) {
			t.Parallel()
			k := newCall(t, uuid.Nil)
			quoted, _ := json.Marshal(said)
			k.mustHear(t, says(k.name, "answered", `,"said":`+string(quoted)))
			if m := k.one(t); m.State != state {
				t.Errorf("%+v", m)
			}
			if len(k.told) != 0 {
				t.Error("a message of no notice was told")
			}
		})
	}
}

func TestCallbacksThatAreNotTakenIn(t *testing.T) {
	k := newCall(t, uuid.New())
	now := k.clock.Now()
	good := says(k.name, "acknowledged", "")
	replaced := signed(wireKey, mail.ByText, now, good)
	replaced.Body = []byte(says(k.name, "failed", ""))
	moved := signed(wireKey, mail.ByText, now, good)
	moved.Timestamp = strconv.FormatInt(now.Unix()+1, 10)
	unsigned := mail.Signed{Channel: mail.ByText, Timestamp: moved.Timestamp, Body: []byte(good)}
	foreign := []byte(k.name)
	foreign[9] ^= 1 // another scope
	other := mail.NewOffice(k.DB, nil, nil)
	other.Sign([]byte("le secret d’une autre maison"))
	for name, c := range map[string]struct {
		s    mail.Signed
		kind fault.Kind
	}{
		"another key":                  {signed("une autre clé, longue elle aussi", mail.ByText, now, good), fault.Forbidden},
		"another body":                 {replaced, fault.Forbidden},
		"another time":                 {moved, fault.Forbidden},
		"no signature":                 {unsigned, fault.Forbidden},
		"too old":                      {signed(wireKey, mail.ByText, now.Add(-6*time.Minute), good), fault.Forbidden},
		"from tomorrow":                {signed(wireKey, mail.ByText, now.Add(6*time.Minute), good), fault.Forbidden},
		"too long":                     {signed(wireKey, mail.ByText, now, says(k.name, "delivered", `,"x":"`+string(make([]byte, mail.LongestCallback))+`"`)), fault.Forbidden},
		"a channel without callbacks":  {signed(wireKey, "pigeon", now, good), fault.NotFound},
		"the simulator of another one": {signed(wireKey, mail.ByVoice, now, good), fault.Forbidden},
		"another message's scope":      {signed(wireKey, mail.ByText, now, says(string(foreign), "acknowledged", "")), fault.NotFound},
		"a bare number":                {signed(wireKey, mail.ByText, now, says(k.one(t).ID.String(), "acknowledged", "")), fault.NotFound},
		"no event":                     {signed(wireKey, mail.ByText, now, says(k.name, "", "")), fault.Invalid},
		"an unknown event":             {signed(wireKey, mail.ByText, now, says(k.name, "sent", "")), fault.Invalid},
		"a sum that nobody asks":       {signed(wireKey, mail.ByText, now, says(k.name, "delivered", `,"cost":-1`)), fault.Invalid},
		"two callbacks in one":         {signed(wireKey, mail.ByText, now, good+good), fault.Invalid},
		"what the house asked":         {signed(wireKey, mail.ByText, now, `{"id":"`+k.name+`","channel":"text","to":"+33612345678","text":"x"}`), fault.Invalid},
		"no JSON":                      {signed(wireKey, mail.ByText, now, "id="+k.name), fault.Invalid},
	} {
		if err := k.hear(c.s); !fault.Is(err, c.kind) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if m := k.one(t); m.State != "sent" || len(k.told) != 1 {
		t.Errorf("something was taken in: %+v, told %v", m, k.told)
	}
	// Within its five minutes a callback that is replayed is only repeated.
	s := signed(wireKey, mail.ByText, now, good)
	for range 3 {
		if err := k.hear(s); err != nil {
			t.Fatal(err)
		}
	}
	if m := k.one(t); m.State != "acknowledged" || len(k.told) != 2 {
		t.Errorf("replayed: %+v, told %d times", m, len(k.told))
	}
}

func TestOneHouseDoesNotKnowTheNamesOfAnother(t *testing.T) {
	k := newCall(t, uuid.Nil)
	other := mail.NewOffice(k.DB, nil, nil)
	other.Sign([]byte("le secret d’une autre maison"))
	other.Connect(mail.ByText, mute{}, wireKey)
	if _, err := other.Hear(k.clock.Now(), signed(wireKey, mail.ByText, k.clock.Now(), says(k.name, "delivered", ""))); !fault.Is(err, fault.NotFound) {
		t.Errorf("it was known: %v", err)
	}
}

func TestACallbackOfAnotherChannelFindsNothing(t *testing.T) {
	k := newCall(t, uuid.Nil)
	k.office.Connect(mail.ByVoice, mute{}, "la clé de la passerelle vocale")
	if err := k.hear(signed("la clé de la passerelle vocale", mail.ByVoice, k.clock.Now(), says(k.name, "acknowledged", ""))); !fault.Is(err, fault.NotFound) {
		t.Errorf("the calls' gateway confirmed a text: %v", err)
	}
}

func TestCostsAreExactAndCountedOnce(t *testing.T) {
	k := newCall(t, uuid.New())
	for _, body := range []string{says(k.name, "delivered", `,"cost":45001`), says(k.name, "delivered", `,"cost":45001`), says(k.name, "answered", `,"cost":90002`), says(k.name, "failed", `,"cost":3`)} {
		k.mustHear(t, body)
	}
	if m := k.one(t); m.Cost != 90002 {
		t.Errorf("it cost %d", m.Cost)
	}
	err := k.DB.Read(k.ctx, func(ctx context.Context, tx db.Tx) error {
		list, err := mail.Spending(ctx, tx, 2)
		if len(list) != 1 || list[0].Cost != 90002 || list[0].Messages != 1 || list[0].Payer != mail.PaidByCollectivity || list[0].Channel != mail.ByText {
			t.Errorf("the sums are %+v", list)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if last := k.told[len(k.told)-1]; last.Cost != 90002 || last.Payer != mail.PaidByCollectivity {
		t.Errorf("told %+v", last)
	}
	for sum, want := range map[mail.MicroEuros]string{45000: "0,045 €", 90002: "0,090002 €", 1_000_000: "1,00 €", 12_340_000: "12,34 €", 0: "0,00 €", -5: "−0,000005 €"} {
		if got := sum.String(); got != strings.Replace(want, " ", "\u00a0", 1) {
			t.Errorf("%d: %s", sum, got)
		}
	}
}

// TestWhatCannotBeNotedIsNotTakenIn: whoever asked to be told and cannot note it takes the whole step back, so that the gateway
// says it again.
func TestWhatCannotBeNotedIsNotTakenIn(t *testing.T) {
	k := newCall(t, uuid.New())
	sorry := errors.New("no")
	k.office.Heard(func(context.Context, db.Tx, mail.Delivery) error { return sorry })
	if err := k.hear(signed(wireKey, mail.ByText, k.clock.Now(), says(k.name, "acknowledged", `,"cost":45000`))); !errors.Is(err, sorry) {
		t.Fatal(err)
	}
	if m := k.one(t); m.State != "sent" || m.Cost != 0 {
		t.Errorf("%+v", m)
	}
}

// TestACallbackThatComesFirstEndsTheMessage: the gateway took the text and died before it said so, and somebody confirmed.
func TestACallbackThatComesFirstEndsTheMessage(t *testing.T) {
	p, g := newPost(t), newWire(t, (*httptest.Server).Start)
	g.answer = func(n int, w http.ResponseWriter) { hangUp(w) }
	o := p.officeBy(t, g, mail.ByText)
	p.queueFor(t, mail.Outgoing{Channel: mail.ByText, Text: "x", To: []mail.Recipient{mobile("78")}})
	p.deliver(t, o)
	k := call{post: p, office: o, name: g.got()[0].Key}
	k.mustHear(t, says(k.name, "acknowledged", ""))
	p.clock.Pass(time.Hour)
	p.deliver(t, o)
	if n := len(g.got()); n != 1 {
		t.Errorf("it was sent %d times", n)
	}
	if m := k.one(t); m.State != "acknowledged" || m.Readable {
		t.Errorf("%+v", m)
	}
}

func TestTheSimulatorIsPlayedLikeAGateway(t *testing.T) {
	p := newPost(t)
	o := mail.NewOffice(p.DB, nil, nil)
	var told []string
	o.Heard(func(_ context.Context, _ db.Tx, d mail.Delivery) error {
		told = append(told, d.Step)
		return nil
	})
	p.queueFor(t, mail.Outgoing{Channel: mail.ByVoice, Text: "Bonjour.", NoticeID: uuid.New(), To: []mail.Recipient{mobile("78")}})
	p.deliver(t, o)
	kept := p.one(t)
	if err := o.Play(p.ctx, kept, "acknowledged"); err != nil {
		t.Fatal(err)
	}
	if m := p.one(t); m.State != "acknowledged" || !m.Readable || m.Cost == 0 {
		t.Errorf("%+v", m)
	}
	if fmt.Sprint(told) != "[kept acknowledged]" {
		t.Errorf("told %v", told)
	}
	kept.Kept = false
	if err := o.Play(p.ctx, kept, "failed"); !fault.Is(err, fault.NotFound) {
		t.Errorf("a message that was really sent was played: %v", err)
	}
}

func FuzzCallback(f *testing.F) {
	o := mail.NewOffice(nil, nil, nil)
	o.Connect(mail.ByText, mute{}, wireKey)
	now := time.Unix(1_800_000_000, 0)
	for _, body := range []string{says("x", "delivered", ""), says("x", "answered", `,"said":"1","cost":45000,"at":"2026-11-30T17:00:00Z"`), `{"id":1}`, `[]`, "", "{", `{"event":"failed","reason":"\u2028"}`, `{"cost":1e99}`} {
		f.Add(body)
	}
	f.Fuzz(func(t *testing.T, body string) {
		heard, err := o.Hear(now, signed(wireKey, mail.ByText, now, body))
		if err == nil {
			t.Fatalf("a name was made up: %+v", heard)
		}
		if !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Forbidden) {
			t.Fatalf("%v", err)
		}
	})
}
