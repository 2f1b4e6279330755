package publication

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/fact"
	"elyco/internal/job"
	"elyco/internal/notice"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// toldAtOnce is how many people are told of a publication in one transaction.
const toldAtOnce = 500

// telling is how far the news of a publication has come: the establishment, and the last person there who was told. Gone says
// that the publication was taken back, and its notices are.
type telling struct {
	ID    uuid.UUID `json:"id"`
	Space int64     `json:"space"`
	After uuid.UUID `json:"after"`
	Gone  bool      `json:"gone,omitempty"`
}

func (d *Desk) tellKind() string { return d.room.Name + ".tell" }

// Notices declares what the desk tells.
func (d *Desk) Notices() []notice.Kind {
	ways := []notice.Channel{notice.Digest}
	if d.room.Short {
		ways = []notice.Channel{notice.Mail, notice.Push, notice.Digest}
	}
	return []notice.Kind{{Name: d.room.Name + ".published", Title: d.room.Told, Default: ways}}
}

// Reacts has readers told of what appears.
func (d *Desk) Reacts() []fact.Listener {
	return []fact.Listener{fact.On(d.room.Name, func(ctx context.Context, p fact.Published) error {
		if p.Room != d.room.Name {
			return nil
		}
		return d.tell(ctx, telling{ID: p.ID})
	})}
}

// tell tells the next readers, in the next establishment that the publication means, and leaves a job for those who follow. The
// notices are in the establishment's scope and the job in that of the publication: whoever was told already is not told again,
// should a kill come in between.
func (d *Desk) tell(ctx context.Context, t telling) error {
	var p Publication
	var ok bool
	err := d.db.Write(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		p, ok, err = lock(ctx, tx, d.room.Name, t.ID)
		return err
	})
	if err != nil || !ok {
		return err
	}
	if t.Gone == p.Live(d.db.NowIn(ctx)) {
		return nil // it was taken back, or put back, meanwhile
	}
	here := tenant.From(ctx)
	in := d.nextSpace(p, here, t.Space)
	if in == nil {
		return nil
	}
	last, err := d.tellIn(tenant.Enter(ctx, in), p, in, here, t)
	if err != nil {
		return fmt.Errorf("tell readers of %s in space %d: %w", t.ID, in.ID, err)
	}
	next := telling{ID: t.ID, Space: int64(in.ID), After: last, Gone: t.Gone}
	if last == uuid.Nil {
		next.Space++
		if d.nextSpace(p, here, next.Space) == nil {
			return nil
		}
	}
	return d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		j := job.New(d.tellKind(), next)
		j.ID = uuid.NewSHA1(t.ID, fmt.Appendf(nil, "%d %s %t %d", next.Space, next.After, next.Gone, p.Version))
		return job.Enqueue(ctx, tx, j)
	})
}

// nextSpace is the first establishment from a number on that a publication means and where its readers find it.
func (d *Desk) nextSpace(p Publication, from *tenant.Tenant, number int64) *tenant.Tenant {
	spaces := slices.DeleteFunc(p.Audience.Spaces(from), func(t *tenant.Tenant) bool {
		return t.Kind != tenant.KindEstablishment || int64(t.ID) < number || !t.LetsIn() || !t.Offers(d.room.Name)
	})
	if len(spaces) == 0 {
		return nil
	}
	return slices.MinFunc(spaces, func(a, b *tenant.Tenant) int { return cmp.Compare(a.ID, b.ID) })
}

// tellIn tells some readers of one establishment, whose scope ctx is; it returns the last of them when there are more.
func (d *Desk) tellIn(ctx context.Context, p Publication, in, from *tenant.Tenant, t telling) (last uuid.UUID, err error) {
	err = d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		last = uuid.Nil
		if t.Gone {
			return d.herald.Withdraw(ctx, tx, p.ID)
		}
		meant := p.Audience
		meant.Natures, meant.Departments, meant.Establishments = nil, nil, nil
		people, err := audience.Members(ctx, tx, meant, t.After, toldAtOnce)
		if err != nil {
			return err
		}
		if len(people) == toldAtOnce {
			last = people[len(people)-1].Person
		}
		to := make([]notice.To, 0, len(people))
		for _, m := range people {
			if m.Person != p.Author.UUID {
				to = append(to, notice.To{Person: m.Person, Name: m.Name, About: m.About, AboutNames: m.AboutNames, Staff: m.Staff})
			}
		}
		n := notice.Notice{ID: p.ID, Kind: d.room.Name + ".published", Ref: p.ID, Title: p.Title, Text: p.Summary, Path: d.path(p.ID.String()), SentAt: p.PublishAt, Urgent: p.Urgent && d.room.Short}
		if from != in {
			n.AuthorName = from.Name
		}
		if d.room.Short {
			n.Text = p.Body
		}
		return d.herald.Tell(ctx, tx, n, to)
	})
	return last, err
}

// untell has the notices of what was taken back taken back too.
func (d *Desk) untell(ctx context.Context, tx db.Tx, p *Publication) error {
	if p.AnnouncedAt.IsZero() {
		return nil
	}
	return job.Enqueue(ctx, tx, job.New(d.tellKind(), telling{ID: p.ID, Gone: true}))
}

// opened notes with the notices that a reader has opened a publication.
func (d *Desk) opened(ctx context.Context, tx db.Tx, id uuid.UUID, who school.PersonID) error {
	return d.herald.Opened(ctx, tx, id, who.UUID)
}
