package mail

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/job"
)

// Message is one message to one person.
type Message struct {
	ID            uuid.UUID
	Key           string    // names the message for ever: a server that gets it twice can tell
	At            time.Time // when it was written
	Site          string    // who writes
	Person        uuid.UUID // zero: nobody of the directory
	Name, Address string
	Subject       string
	Text, HTML    string
	Path          string // page that a notification opens
	Unsubscribe   string // absolute address that ends such letters; empty: none
}

// Transport opens lines to a mail server.
type Transport interface {
	Open(ctx context.Context) (Line, error)
}

// Line hands messages over, one after the other. An error that is a *Refusal concerns the message alone; after any other
// the line is of no use.
type Line interface {
	Send(ctx context.Context, m Message) error
	Close() error
}

// Refusal is the answer of a server that did not take a message.
type Refusal struct {
	ForGood bool   // it is of no use to try again
	Answer  string // of the server, one line
}

// errUnreached says that nobody was there to take a message: that is no try of the message.
var errUnreached = errors.New("mail: nobody could be reached")

func (r *Refusal) Error() string { return "mail: the server refused a message: " + r.Answer }

// Office hands messages over, and takes in what is heard of them.
type Office struct {
	db         *db.DB
	transports map[string]Transport // none for a channel: a simulator, which keeps what it is given
	names      namer
	keys       map[string][]byte // with which the callbacks of a channel are signed
	told       func(ctx context.Context, tx db.Tx, d Delivery) error
	pushKey    string
}

// NewOffice makes the office, of which every channel without a transport is a simulator: messages stay in the database with
// what they say. Sign, Connect and Heard complete it, before it is used.
func NewOffice(d *db.DB, letters, texts Transport) *Office {
	o := &Office{db: d, transports: map[string]Transport{}, keys: map[string][]byte{}}
	var drawn [32]byte
	_, _ = rand.Read(drawn[:]) // never fails
	o.Sign(drawn[:])
	o.Connect(ByMail, letters, "")
	o.Connect(ByText, texts, "")
	return o
}

// Sign has messages named with a key drawn from the program's secret, which all replicas share: another one recognises them.
// Without it the names are those of this office alone.
func (o *Office) Sign(secret []byte) {
	o.names = newNamer(secret)
	for _, channel := range Channels() {
		if o.Simulates(channel) {
			key := derive(secret, "simulator of "+channel)
			o.keys[channel] = key[:]
		}
	}
}

// Connect gives a channel its transport, and the key with which what comes back is signed; without one nothing does.
func (o *Office) Connect(channel string, t Transport, key string) {
	if t == nil {
		return
	}
	o.transports[channel] = t
	delete(o.keys, channel)
	if key != "" {
		o.keys[channel] = []byte(key)
	}
}

// Subscribe has browsers subscribe to notifications under a pair of keys, also while a simulator keeps what they would show.
func (o *Office) Subscribe(keys Vapid) { o.pushKey = keys.Public() }

// PushKey is the public key under which browsers subscribe, as ui.PushButton takes it.
func (o *Office) PushKey() string { return o.pushKey }

// Heard has fn told each step of the messages that name a notice, in the transaction that writes it: an error takes it back.
func (o *Office) Heard(fn func(ctx context.Context, tx db.Tx, d Delivery) error) { o.told = fn }

// Simulates reports whether the messages of a channel go nowhere.
func (o *Office) Simulates(channel string) bool { return o.transports[channel] == nil }

// Simulated reports that letters go nowhere.
func (o *Office) Simulated() bool { return o.Simulates(ByMail) }

// Texts reports whether short messages reach anybody, or are kept by a simulator that keeps letters too.
func (o *Office) Texts() bool { return o.Simulated() || !o.Simulates(ByText) }

const (
	lease       = 3 * time.Minute // within which a message is handed over, or its worker is dead
	handOver    = time.Minute     // the longest that a server may take for one message
	outage      = time.Minute     // between two tries to reach a server that does not answer
	lastMinutes = 2 * time.Minute // of a job, in which no message is begun any more
	maxAttempts = 9               // of one message: some two days
	longestNote = 300             // letters kept of a server's answer
)

// pauses lie between the tries of a message that was refused for the moment. A server that greylists takes the second.
func pause(attempt int) time.Duration {
	pauses := []time.Duration{time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour}
	return pauses[min(attempt-1, len(pauses)-1)]
}

// Jobs are the handlers of the office.
func (o *Office) Jobs() []job.Handler {
	return []job.Handler{job.Handle(deliverKind, func(ctx context.Context, _ job.Run, _ struct{}) error { return o.Deliver(ctx) })}
}

// Deliver hands over what is due in the scope of ctx, and sees to it that what is due later has a job. Several may run at
// once: each has lines of its own, and no two hold the same message. A channel that nobody answers on holds no other back.
func (o *Office) Deliver(ctx context.Context) error {
	r := round{office: o, lines: map[string]Line{}}
	defer r.close()
	for {
		if end, ok := ctx.Deadline(); ok && time.Until(end) < lastMinutes {
			return o.later(ctx)
		}
		p, found, err := o.claim(ctx, r.shut)
		if err != nil || !found {
			return errors.Join(err, o.later(ctx))
		}
		if err := r.handOver(ctx, p); err != nil {
			return err
		}
	}
}

func (o *Office) claim(ctx context.Context, shut []string) (p parcel, found bool, err error) {
	scope, err := scopeOf(ctx)
	if err != nil {
		return p, false, err
	}
	err = o.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		p, found, err = claimParcel(ctx, tx, lease, shut)
		return err
	})
	if err != nil {
		return p, false, fmt.Errorf("take a message: %w", err)
	}
	p.message.Key = o.names.name(scope, p.id)
	return p, found, nil
}

func scopeOf(ctx context.Context) (int64, error) {
	s, err := db.ScopeOf(ctx)
	return s.ID(), err
}

// settle writes an outcome even when the job's time is up: it is known, and forgetting it would send the message twice.
func (o *Office) settle(ctx context.Context, write func(ctx context.Context, tx db.Tx) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := o.db.Write(ctx, write); err != nil {
		return fmt.Errorf("write what became of a message: %w", err)
	}
	return nil
}

func (o *Office) outcome(ctx context.Context, tx db.Tx, p parcel, err error) error {
	var refused *Refusal
	switch {
	case err == nil:
		return o.end(ctx, tx, p, stateSent, "")
	case errors.As(err, &refused) && refused.ForGood:
		return o.end(ctx, tx, p, stateFailed, note(refused.Answer))
	case p.attempt >= maxAttempts:
		return o.end(ctx, tx, p, stateFailed, note(err.Error()))
	}
	return postpone(ctx, tx, p, tx.Now().Add(pause(p.attempt)), note(err.Error()))
}

func (o *Office) end(ctx context.Context, tx db.Tx, p parcel, state, reason string) error {
	news, err := endParcel(ctx, tx, p, state, reason)
	if err != nil || !news {
		return err
	}
	return o.tell(ctx, tx, Delivery{ID: p.id, NoticeID: p.notice, Person: p.person, Channel: p.channel, Step: state, At: tx.Now(), Reason: reason, Payer: p.payer})
}

func note(answer string) string {
	if runes := []rune(oneLine(answer)); len(runes) > longestNote {
		return string(runes[:longestNote-1]) + "…"
	}
	return oneLine(answer)
}

// setAside gives a message back that nobody could be asked to take: that is no try of the message.
func (o *Office) setAside(ctx context.Context, p parcel) error {
	return o.settle(ctx, func(ctx context.Context, tx db.Tx) error { return release(ctx, tx, p, tx.Now().Add(outage)) })
}

// later sees to it that a job comes when something is due again. Jobs of one minute are one: however many find nothing to do,
// one comes back.
func (o *Office) later(ctx context.Context) error {
	return o.settle(ctx, func(ctx context.Context, tx db.Tx) error {
		at, err := nextDue(ctx, tx)
		if err != nil || at.IsZero() {
			return err
		}
		return job.Enqueue(ctx, tx, job.InMinute(job.New(deliverKind, struct{}{}), at, tx.Now()))
	})
}

// messageID is what a letter is called for ever, with the host of the sender's address.
func messageID(m Message, from string) string {
	_, host, _ := strings.Cut(from, "@")
	return m.Key + "@" + host
}
