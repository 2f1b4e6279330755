package mail

import (
	"context"
	"errors"
	"log/slog"

	"elyco/internal/db"
)

// round is one worker's tour of the outbox, with the lines that it holds open.
type round struct {
	office *Office
	lines  map[string]Line
	shut   []string // the channels on which nobody answered
}

// handOver takes one message to its channel and writes what came of it.
func (r *round) handOver(ctx context.Context, p parcel) error {
	o := r.office
	if o.Simulates(p.channel) {
		return o.settle(ctx, func(ctx context.Context, tx db.Tx) error { return o.end(ctx, tx, p, stateKept, "") })
	}
	err := r.send(ctx, p)
	if errors.Is(err, errUnreached) {
		slog.WarnContext(ctx, "nobody takes the messages of a channel", "channel", p.channel, "error", err)
		r.shut = append(r.shut, p.channel)
		return o.setAside(ctx, p)
	}
	if err := o.settle(ctx, func(ctx context.Context, tx db.Tx) error { return o.outcome(ctx, tx, p, err) }); err != nil {
		return err
	}
	return o.noteRefusal(ctx, p, err)
}

func (r *round) send(ctx context.Context, p parcel) error {
	line := r.lines[p.channel]
	if line == nil {
		var err error
		if line, err = r.office.transports[p.channel].Open(ctx); err != nil {
			return errors.Join(errUnreached, err)
		}
		r.lines[p.channel] = line
	}
	sending, cancel := context.WithTimeout(ctx, handOver)
	defer cancel()
	err := line.Send(sending, p.message)
	var refused *Refusal
	if err != nil && !errors.As(err, &refused) {
		slog.WarnContext(ctx, "a line broke off", "channel", p.channel, "error", err)
		_ = line.Close()
		delete(r.lines, p.channel)
	}
	return err
}

func (r *round) close() {
	for _, line := range r.lines {
		_ = line.Close() // what was handed over has been answered
	}
}
