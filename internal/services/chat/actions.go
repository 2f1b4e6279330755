package chat

import (
	"context"
	"elyco/internal/notice"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/live"
	"elyco/internal/school"
	"elyco/internal/session"
)

// Open opens a channel for a class or group of the actor's. Its id is made with the form: a second time opens nothing.
// Faults: Invalid in the fields "title", "about", "target", "days", "closes", "slow" and "until".
func (r *Room) Open(ctx context.Context, c Channel) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	targets, err := r.Targets(ctx, a)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(targets, func(t Target) bool { return t.Kind == c.Target.Kind && t.ID == c.Target.ID }) {
		return fault.Field("target", "Choisissez une de vos classes ou un de vos groupes.")
	}
	if c.ID == uuid.Nil {
		return fault.Missing()
	}
	c.tidy()
	c.Author, c.AuthorName, c.ByPupil, c.State = a.Person, a.Name, !staff(a), Opened
	if c.ByPupil {
		c.Teachers, c.Guardians = true, false // pupils alone would have nobody to moderate them
	}
	if err := c.check(r.week(ctx), r.db.NowIn(ctx)); err != nil {
		return err
	}
	return fault.Doing("open a channel", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return r.open(ctx, tx, a, c) }))
}

func (r *Room) open(ctx context.Context, tx db.Tx, a school.Actor, c Channel) (err error) {
	if c.EndsOn, c.Target.Name, err = yearEnd(ctx, tx, c.Target); err != nil {
		return err
	}
	made, err := insertChannel(ctx, tx, c)
	if err != nil {
		return err
	}
	if !made {
		there, err := heldChannel(ctx, tx, c.ID)
		if db.NoRows(err) || err == nil && there.Author != a.Person {
			return fault.New(fault.Conflict, "Ce salon existe déjà.")
		}
		return err
	}
	if _, err := r.happen(ctx, tx, c.ID, WasOpened, a); err != nil {
		return err
	}
	to, err := recipients(ctx, tx, c.ID)
	if err != nil {
		return err
	}
	to = slices.DeleteFunc(to, func(p notice.To) bool { return p.Person == a.Person.UUID })
	n := notice.Notice{ID: uuid.NewSHA1(c.ID, []byte(NoticeOpened)), Kind: NoticeOpened, Ref: c.ID, Title: c.Title, Text: c.About, Path: channelPath(c.ID),
		Author: a.Person, AuthorName: a.Name}
	if err := r.teller.Tell(ctx, tx, n, to); err != nil {
		return err
	}
	if err := r.stir(ctx, tx, c.ID); err != nil {
		return err
	}
	return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "chat.open", Subject: c.ID.String(), Title: c.Title, Detail: map[string]any{"target": c.Target.Name}})
}

func staff(a school.Actor) bool {
	return slices.ContainsFunc(a.Here, func(m school.Membership) bool { return m.Profile.Adult() })
}

// happen says among the messages what was done to a channel that the caller has locked or made.
func (r *Room) happen(ctx context.Context, tx db.Tx, channel uuid.UUID, kind Kind, a school.Actor) (Message, error) {
	m := Message{Channel: channel, ID: school.NewID(), Kind: kind, Person: a.Person, Name: a.Name, Profile: writesAs(a)}
	if _, err := insertMessage(ctx, tx, &m); err != nil {
		return m, err
	}
	return m, upsertRead(ctx, tx, channel, a.Person, m.Number)
}

// writesAs is the profile under which somebody acts: that of the staff before any other.
func writesAs(a school.Actor) (best school.Profile) {
	for _, m := range a.Here {
		if best == "" || m.Profile.Adult() && !best.Adult() {
			best = m.Profile
		}
	}
	return best
}

// held runs a change to a channel that is something to the actor. The channel is locked.
func (r *Room) held(ctx context.Context, id uuid.UUID, what string, change func(ctx context.Context, tx db.Tx, a school.Actor, c Channel, s seat) error) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	return fault.Doing(what, r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		c, err := heldChannel(ctx, tx, id)
		if db.NoRows(err) {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		s, err := r.seatIn(ctx, tx, a, c)
		if err != nil {
			return err
		}
		if s.none() {
			return fault.Missing()
		}
		return change(ctx, tx, a, c, s)
	}))
}

// Settle changes what the opener decided about a channel. Version is the one that the form was made from. Faults as those of
// Open, and Conflict when somebody was faster.
func (r *Room) Settle(ctx context.Context, c Channel) error {
	week := r.week(ctx)
	return r.held(ctx, c.ID, "settle a channel", func(ctx context.Context, tx db.Tx, a school.Actor, was Channel, s seat) error {
		if !s.governs {
			return fault.Missing()
		}
		if was.Version != c.Version {
			return fault.New(fault.Conflict, "Ce salon a changé entre-temps. Rechargez la page, puis recommencez.")
		}
		c.tidy()
		if was.ByPupil {
			c.Teachers, c.Guardians = true, false
		}
		if err := c.check(week, tx.Now()); err != nil {
			return err
		}
		if err := updateChannel(ctx, tx, c); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "chat.settle", Subject: c.ID.String(), Title: c.Title,
			Detail: map[string]any{"teachers": c.Teachers, "guardians": c.Guardians, "slow": c.Slow}})
	})
}

// Move closes a channel, opens it again, or lays it in the archive. A channel that is so already stays as it is.
func (r *Room) Move(ctx context.Context, id uuid.UUID, to State) error {
	kinds := map[State]Kind{Opened: Reopened, Closed: WasClosed, Archived: WasClosed}
	kind, ok := kinds[to]
	if !ok {
		return fault.Missing()
	}
	return r.held(ctx, id, "move a channel", func(ctx context.Context, tx db.Tx, a school.Actor, c Channel, s seat) error {
		if !s.governs && !s.moderates {
			return fault.Missing()
		}
		if c.State == to && c.ClosesAt.IsZero() {
			return nil
		}
		until := c.ClosesAt
		if to == Opened && !until.IsZero() && !tx.Now().Before(until) {
			until = time.Time{} // a date that is past would close it again at once
		}
		if err := updateState(ctx, tx, id, to, until); err != nil {
			return err
		}
		if _, err := r.happen(ctx, tx, id, kind, a); err != nil {
			return err
		}
		if err := r.stir(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "chat.move", Subject: id.String(), Title: c.Title, Detail: map[string]any{"state": string(to)}})
	})
}

// stir has the open pages of a channel ask again.
func (r *Room) stir(ctx context.Context, tx db.Tx, channel uuid.UUID) error {
	people, err := listeners(ctx, tx, channel)
	if err != nil {
		return err
	}
	return live.Tell(ctx, tx, live.Event{Room: name, Ref: channel}, people...)
}

// Which says what part of the channels a list shows.
type Which string

// The lists.
const (
	Current Which = ""
	Old     Which = "archived"
	All     Which = "all" // of the school, for its moderators
)

// List reads a part of the channels, those that were last spoken in first; more says whether others follow.
func (r *Room) List(ctx context.Context, which Which, from cursor) (lines []Line, discreet, more bool, err error) {
	a, now := session.Actor(ctx), r.db.NowIn(ctx)
	if from.at.IsZero() {
		from.at = now.AddDate(10, 0, 0)
	}
	if which == All && !watcher(r.policy, a) {
		return nil, false, false, fault.Missing()
	}
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueDiscreet(b, &discreet, a.Person)
		if which == All {
			queueAll(b, &lines, a.Person, from, pageSize+1)
			return
		}
		queueOwn(b, &lines, a.Person, now, readsAs(r.policy, a), which == Old, from, pageSize+1)
	})
	if len(lines) > pageSize {
		lines, more = lines[:pageSize], true
	}
	return lines, discreet, more, fault.Doing("list the channels", err)
}

// Hide decides whether the actor is shown as present.
func (r *Room) Hide(ctx context.Context, yes bool) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	return fault.Doing("choose to be shown", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return updateDiscreet(ctx, tx, a.Person, yes) }))
}
