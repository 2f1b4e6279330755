package mail

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/job"
)

// Message is one letter to one person.
type Message struct {
	ID            uuid.UUID // names the message for ever: a server that gets it twice can tell
	At            time.Time // when it was written
	Site          string    // who writes
	Name, Address string
	Subject       string
	Text, HTML    string
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

func (r *Refusal) Error() string { return "mail: the server refused a message: " + r.Answer }

// Office hands letters over.
type Office struct {
	db         *db.DB
	transports map[string]Transport // none for a channel: a simulator, which keeps what it is given
}

// NewOffice makes the office. Without a transport for letters it is a simulator: letters and texts stay in the database with
// what they say.
func NewOffice(d *db.DB, letters, texts Transport) *Office {
	o := &Office{db: d, transports: map[string]Transport{}}
	if letters != nil {
		o.transports[byMail] = letters
	}
	if texts != nil {
		o.transports[byText] = texts
	}
	return o
}

// Simulated reports that letters go nowhere.
func (o *Office) Simulated() bool { return o.transports[byMail] == nil }

// Texts reports whether short messages reach anybody, or are kept by a simulator that keeps letters too.
func (o *Office) Texts() bool { return o.Simulated() || o.transports[byText] != nil }

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
// once: each has a line of its own, and no two hold the same message.
func (o *Office) Deliver(ctx context.Context) (err error) {
	lines := map[string]Line{}
	defer func() {
		for _, line := range lines {
			_ = line.Close() // what was handed over has been answered
		}
	}()
	for {
		if end, ok := ctx.Deadline(); ok && time.Until(end) < lastMinutes {
			return o.later(ctx)
		}
		p, found, err := o.claim(ctx)
		if err != nil || !found {
			return errors.Join(err, o.later(ctx))
		}
		transport := o.transports[p.channel]
		if transport == nil {
			if err := o.settle(ctx, func(ctx context.Context, tx db.Tx) error { return endParcel(ctx, tx, p, stateKept, "") }); err != nil {
				return err
			}
			continue
		}
		line := lines[p.channel]
		if line == nil {
			if line, err = transport.Open(ctx); err != nil {
				slog.WarnContext(ctx, "the mail server cannot be reached", "error", err)
				return o.setAside(ctx, p)
			}
			lines[p.channel] = line
		}
		sending, cancel := context.WithTimeout(ctx, handOver)
		err = line.Send(sending, p.message)
		cancel()
		if err := o.settle(ctx, func(ctx context.Context, tx db.Tx) error { return outcome(ctx, tx, p, err) }); err != nil {
			return err
		}
		var refused *Refusal
		if err != nil && !errors.As(err, &refused) {
			slog.WarnContext(ctx, "the mail server broke off", "error", err)
			_ = line.Close()
			delete(lines, p.channel)
		}
	}
}

func (o *Office) claim(ctx context.Context) (p parcel, found bool, err error) {
	err = o.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		p, found, err = claimParcel(ctx, tx, lease)
		return err
	})
	if err != nil {
		return p, false, fmt.Errorf("take a letter: %w", err)
	}
	return p, found, nil
}

// settle writes an outcome even when the job's time is up: it is known, and forgetting it would send the message twice.
func (o *Office) settle(ctx context.Context, write func(ctx context.Context, tx db.Tx) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := o.db.Write(ctx, write); err != nil {
		return fmt.Errorf("write what became of a letter: %w", err)
	}
	return nil
}

func outcome(ctx context.Context, tx db.Tx, p parcel, err error) error {
	var refused *Refusal
	switch {
	case err == nil:
		return endParcel(ctx, tx, p, stateSent, "")
	case errors.As(err, &refused) && refused.ForGood:
		return endParcel(ctx, tx, p, stateFailed, note(refused.Answer))
	case p.attempt >= maxAttempts:
		return endParcel(ctx, tx, p, stateFailed, note(err.Error()))
	}
	return postpone(ctx, tx, p, tx.Now().Add(pause(p.attempt)), note(err.Error()))
}

func note(answer string) string {
	if runes := []rune(oneLine(answer)); len(runes) > longestNote {
		return string(runes[:longestNote-1]) + "…"
	}
	return oneLine(answer)
}

// setAside gives a message back that nobody could be asked to take: that is no try of the message.
func (o *Office) setAside(ctx context.Context, p parcel) error {
	err := o.settle(ctx, func(ctx context.Context, tx db.Tx) error { return release(ctx, tx, p, tx.Now().Add(outage)) })
	return errors.Join(err, o.laterThan(ctx, outage))
}

// later sees to it that a job comes when something is due again.
func (o *Office) later(ctx context.Context) error { return o.laterThan(ctx, 0) }

// laterThan is later, and not before a pause. Jobs of one minute are one: however many find nothing to do, one comes back.
func (o *Office) laterThan(ctx context.Context, atLeast time.Duration) error {
	return o.settle(ctx, func(ctx context.Context, tx db.Tx) error {
		at, err := nextDue(ctx, tx)
		if err != nil || at.IsZero() {
			return err
		}
		if first := tx.Now().Add(atLeast); at.Before(first) {
			at = first
		}
		at = at.Truncate(time.Minute).Add(time.Minute)
		j := job.New(deliverKind, struct{}{})
		j.RunAt, j.UniqueKey = at, "mail "+strconv.FormatInt(at.Unix()/60, 10)
		return job.Enqueue(ctx, tx, j)
	})
}

// messageID is what a message is called for ever, with the host of the sender's address.
func messageID(m Message, from string) string {
	_, host, _ := strings.Cut(from, "@")
	return m.ID.String() + "@" + host
}
