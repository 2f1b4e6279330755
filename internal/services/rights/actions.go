package rights

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// Change is what a form asks for. ID is the form's own, so that sending it twice changes the line once.
type Change struct {
	ID           uuid.UUID
	Room, Action string
	Profile      school.Profile
	Reach        policy.Reach // policy.Inherited gives the line back
	Closed       bool
	Number       int       // the last change that the author knew of; 0: none
	Undoes       uuid.UUID // the change of the same line that this one takes back, or the nil id
}

// Set makes the change, for the space and those below it, and lets every replica know. What a space above closed is
// refused as Forbidden, what the line does not allow as Invalid, and a change that others overtook as Conflict.
func (r *Room) Set(ctx context.Context, c Change) error {
	t := tenant.From(ctx)
	line, ok := r.policy.Line(t, c.Room, c.Action, c.Profile)
	if !ok {
		return fault.Missing()
	}
	if err := line.Check(c.Reach, c.Closed); err != nil {
		return err
	}
	err := r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return r.set(ctx, tx, t, c) })
	if db.Constraint(err) == numberTaken {
		return standing{}.mayFollow(-1)
	}
	if err != nil {
		return err
	}
	// Other replicas hear of it; here the next page must show it. A failure is theirs to mend: they read again.
	if err := r.policy.Load(ctx); err != nil {
		slog.ErrorContext(ctx, "a changed right is not in force here yet", "error", err)
	}
	return nil
}

func (r *Room) set(ctx context.Context, tx db.Tx, t *tenant.Tenant, c Change) error {
	// The answers in memory may be a moment older than what the space above just closed.
	closer, err := closedAbove(ctx, tx, c)
	if err != nil {
		return fmt.Errorf("look at what is closed above %d: %w", t.ID, err)
	}
	if above := r.registry.ByID(closer); above != nil {
		return fault.New(fault.Forbidden, fmt.Sprintf("Cette règle est verrouillée par « %s » : elle ne peut pas être changée ici.", above.Name))
	}
	now, err := lastOf(ctx, tx, c)
	if err != nil {
		return fmt.Errorf("read how a line of %d stands: %w", t.ID, err)
	}
	after := State{string(c.Reach), c.Closed}
	if now.ID == c.ID || now.State == after {
		return nil
	}
	if err := now.mayFollow(c.Number); err != nil {
		return err
	}
	if c.Undoes != uuid.Nil {
		same, err := sameLine(ctx, tx, c)
		if err != nil || !same {
			return orMissing(err)
		}
	}
	actor := session.Actor(ctx)
	if err := insert(ctx, tx, c, actor, now.Number+1); err != nil {
		return err
	}
	if c.Undoes != uuid.Nil {
		err = r.tell(ctx, tx, "rights.undo", c, now)
	} else {
		err = r.tell(ctx, tx, "rights.change", c, now)
	}
	if err != nil {
		return err
	}
	return policy.Announce(ctx, tx, t.ID)
}

// tell writes the change into the trail, with the rule that it made in words: who reads the trail asks which right it was.
func (r *Room) tell(ctx context.Context, tx db.Tx, action string, c Change, before standing) error {
	detail := map[string]any{"room": c.Room, "action": c.Action, "profile": c.Profile, "before": before.Reach, "after": c.Reach, "closed": c.Closed}
	if c.Undoes != uuid.Nil {
		detail["undoes"] = c.Undoes
	}
	return audit.Record(ctx, tx, audit.Entry{Actor: session.Actor(ctx).Person, Action: action, Subject: c.ID.String(), Title: r.titleOf(ctx, c), Detail: detail})
}

func (r *Room) titleOf(ctx context.Context, c Change) string {
	s, ok := r.subjectOf(ctx, Past{Room: c.Room, Action: c.Action, Profile: c.Profile})
	if !ok {
		return ""
	}
	reach := c.Reach
	if reach == policy.Inherited {
		reach = s.line.Inherited
	}
	return words.T(ctx, "rights.trail.title", "room", words.T(ctx, s.room.Title), "rule", sentence(ctx, s, reach))
}

func orMissing(err error) error {
	if err != nil {
		return err
	}
	return fault.Missing()
}

// Prospect is what a change would touch.
type Prospect struct {
	Number  int // of the line's last change
	People  int
	Counted bool // false: nobody can tell how many, as of visitors
}

// Foresee reads, in one or two round trips, what a change of the line would touch in the space of ctx.
func (r *Room) Foresee(ctx context.Context, l policy.Line) (Prospect, error) {
	t := tenant.From(ctx)
	var p Prospect
	var found bool
	err := r.db.Batch(ctx, func(b *db.Batch) {
		queueNumber(b, l, &p.Number, &found)
		if l.Profile == school.Administrator && t.Kind == tenant.KindEstablishment {
			p.Counted = true
			queueAdministrators(b, r.db.NowIn(ctx), &p.People, &found)
		}
	})
	if err != nil {
		return Prospect{}, fmt.Errorf("read what a change in %d would touch: %w", t.ID, err)
	}
	who := audience.Audience{Profiles: []school.Profile{l.Profile}}
	switch {
	case l.Profile == school.Someone:
		who = audience.Audience{Whole: true}
	case !l.Profile.Valid():
		return p, nil
	}
	e, err := audience.Count(ctx, r.db, t, who)
	p.People, p.Counted = e.People, true
	return p, err
}

// History reads the changes that the space made in a room, the newest first, from behind the one named before, or from
// the newest. Without a room, of all rooms.
func (r *Room) History(ctx context.Context, room string, before uuid.UUID) (past []Past, more bool, err error) {
	err = r.db.Batch(ctx, func(b *db.Batch) { queueHistory(b, room, before, &past) })
	if err != nil {
		return nil, false, fmt.Errorf("read the history of rights: %w", err)
	}
	more = len(past) > pageLength
	return past[:min(len(past), pageLength)], more, nil
}
