package notices

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/hours"
	"elyco/internal/mail"
	"elyco/internal/notice"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

const pageSize = 30

// entry is a notice and the space that told it.
type entry struct {
	notice.Mine
	space *tenant.Tenant
}

// listed is one page of a person's notices in all spaces.
type listed struct {
	entries []entry
	more    bool
	unread  bool
}

// List reads the actor's notices in every space, the newest first: one round trip a space, side by side.
func (r *Room) List(ctx context.Context, before time.Time, unread bool) (listed, error) {
	actor := session.Actor(ctx)
	spaces := service.Spaces(ctx, r.registry, actor)
	found := make([][]notice.Mine, len(spaces))
	err := service.Each(ctx, len(spaces), func(ctx context.Context, i int) error {
		ctx = tenant.Enter(ctx, spaces[i])
		var get func() []notice.Mine
		err := r.db.Batch(ctx, func(b *db.Batch) {
			get = notice.QueueMine(b, actor.Person, notice.Shown{Now: r.db.NowIn(ctx), Before: before, Unread: unread, Limit: pageSize + 1})
		})
		if err == nil {
			found[i] = get()
		}
		return err
	})
	if err != nil {
		return listed{}, fmt.Errorf("list the notices of %s: %w", actor.Person, err)
	}
	l := listed{unread: unread}
	for i, list := range found {
		for _, m := range list {
			l.entries = append(l.entries, entry{m, spaces[i]})
		}
	}
	slices.SortStableFunc(l.entries, func(a, b entry) int { return b.At.Compare(a.At) })
	if len(l.entries) > pageSize {
		l.entries, l.more = l.entries[:pageSize], true
	}
	return l, nil
}

// Waiting is how many of the actor's notices wait, in every space.
func (r *Room) Waiting(ctx context.Context) (int, error) {
	actor := session.Actor(ctx)
	spaces := service.Spaces(ctx, r.registry, actor)
	counts := make([]int, len(spaces))
	err := service.Each(ctx, len(spaces), func(ctx context.Context, i int) error {
		ctx = tenant.Enter(ctx, spaces[i])
		var get func() int
		err := r.db.Batch(ctx, func(b *db.Batch) { get = notice.QueueWaiting(b, actor.Person, r.db.NowIn(ctx)) })
		if err == nil {
			counts[i] = get()
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("count the notices of %s: %w", actor.Person, err)
	}
	n := 0
	for _, c := range counts {
		n += c
	}
	return n, nil
}

// ReadAll marks every notice of the actor's as read, in every space.
func (r *Room) ReadAll(ctx context.Context) error {
	actor, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	spaces := service.Spaces(ctx, r.registry, actor)
	return service.Each(ctx, len(spaces), func(ctx context.Context, i int) error {
		return r.db.Write(tenant.Enter(ctx, spaces[i]), func(ctx context.Context, tx db.Tx) error { return r.herald.MarkRead(ctx, tx, actor.Person) })
	})
}

// Open finds where a notice of the actor's leads, and marks it as read unless somebody only looks.
func (r *Room) Open(ctx context.Context, id uuid.UUID) (notice.Mine, error) {
	actor := session.Actor(ctx)
	m, err := notice.Find(ctx, r.db, actor.Person, id)
	if err != nil || m.Read || actor.PreviewOnly {
		return m, err
	}
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return r.herald.MarkRead(ctx, tx, actor.Person, id) })
	return m, err
}

// Acknowledge notes that the actor has a notice of the space. A second time changes nothing.
func (r *Room) Acknowledge(ctx context.Context, id uuid.UUID) error {
	actor, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	if _, err := notice.Find(ctx, r.db, actor.Person, id); err != nil {
		return err
	}
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := r.herald.Acknowledge(ctx, tx, id, actor.Person.UUID, "page", uuid.Nil)
		return err
	})
}

// AcknowledgeLinked notes the same for whoever follows the link that was sent; a NotFound fault for a link that was never given.
func (r *Room) AcknowledgeLinked(ctx context.Context, code string) error {
	l, found, err := r.herald.Linked(ctx, code)
	if err != nil {
		return err
	}
	if !found {
		return fault.Missing()
	}
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := r.herald.Acknowledge(ctx, tx, l.Notice, l.Person, "link", uuid.Nil)
		return err
	})
}

// choices are how a person wants to hear of things, and when.
type choices struct {
	notice.Choices
	own     hours.Own
	bounced []mail.Bounce // addresses of the person from which everything comes back
	devices []mail.Device // on which notices are shown
}

// offered are the kinds of which the actor chooses: those that may come, and that leave a choice.
func (r *Room) offered(actor school.Actor) []notice.Kind {
	works := slices.ContainsFunc(actor.Everywhere, func(m school.Membership) bool { return m.Profile.Adult() })
	return slices.DeleteFunc(r.herald.Kinds(), func(k notice.Kind) bool { return k.Must || k.Staff && !works })
}

func (r *Room) academy(ctx context.Context) context.Context {
	return tenant.Enter(ctx, r.registry.Academy())
}

// Choices reads what the actor chose.
func (r *Room) Choices(ctx context.Context) (c choices, err error) {
	actor := session.Actor(ctx)
	err = r.db.Read(r.academy(ctx), func(ctx context.Context, tx db.Tx) error {
		if c.Choices, err = r.herald.ChoicesOf(ctx, tx, actor.Person); err != nil {
			return err
		}
		if c.own, err = hours.OwnOf(ctx, tx, actor.Person); err != nil {
			return err
		}
		c.bounced, err = mail.BouncedOf(ctx, tx, actor.Person.UUID)
		return err
	})
	if err != nil {
		return c, err
	}
	offered := r.offered(actor)
	c.Kinds = slices.DeleteFunc(c.Kinds, func(o notice.Choice) bool {
		return !slices.ContainsFunc(offered, func(k notice.Kind) bool { return k.Name == o.Kind.Name })
	})
	c.devices, err = r.letters.Devices(ctx, actor.Person.UUID)
	return c, err
}

// Choose keeps what the actor chose, all of it or nothing. Faults: Invalid in the fields "digest", "language", "days", "from", "sees".
func (r *Room) Choose(ctx context.Context, c choices) error {
	actor, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	if err := c.own.Check(); err != nil {
		return err
	}
	return r.db.Write(r.academy(ctx), func(ctx context.Context, tx db.Tx) error {
		if err := r.herald.Choose(ctx, tx, actor.Person, c.Choices); err != nil {
			return err
		}
		return hours.SetOwn(ctx, tx, actor.Person, c.own)
	})
}

// Off stops the e-mails of a kind for whoever follows the link at their end; a NotFound fault for a link that was never given.
func (r *Room) Off(ctx context.Context, token string) (notice.Kind, error) {
	person, kind, ok := r.herald.ReadOffToken(token)
	if !ok {
		return kind, fault.Missing()
	}
	return kind, r.db.Write(r.academy(ctx), func(ctx context.Context, tx db.Tx) error {
		return r.herald.Off(ctx, tx, school.PersonID{UUID: person}, kind)
	})
}
