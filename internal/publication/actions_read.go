package publication

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/readonly"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

const (
	readersPage = 12
	deskPage    = 20
	namesPage   = 50
)

// Listed is a publication in a reader's list.
type Listed struct {
	Publication
	Read         bool
	Acknowledged time.Time // zero: not yet
}

// Page is a part of a reader's list; Next, when there is more, asks for what follows.
type Page struct {
	Items []Listed
	Next  string
}

// List gives the actor what is published to one of the actor's keys here, newest first. section may be empty; after is a
// page's Next, or empty.
func (d *Desk) List(ctx context.Context, section, after string) (Page, error) {
	var rows []seen
	p := page{section: section, limit: readersPage + 1}
	p.before, p.below = readCursor(after)
	err := d.db.Batch(ctx, func(b *db.Batch) {
		queueSeen(b, &rows, d.room.Name, held(ctx), session.Actor(ctx).Person, d.db.NowIn(ctx), p)
	})
	if err != nil {
		return Page{}, fmt.Errorf("list %s: %w", d.room.Name, err)
	}
	return paged(rows, d.room.Name), nil
}

// ListPublic gives anybody what this space shows to the public.
func (d *Desk) ListPublic(ctx context.Context, after string) (Page, error) {
	var rows []seen
	p := page{limit: readersPage + 1}
	p.before, p.below = readCursor(after)
	err := d.db.Batch(ctx, func(b *db.Batch) { queuePublic(b, &rows, d.room.Name, tenant.From(ctx).ID, d.db.NowIn(ctx), p) })
	if err != nil {
		return Page{}, fmt.Errorf("list public %s: %w", d.room.Name, err)
	}
	return paged(rows, d.room.Name), nil
}

func paged(rows []seen, room string) Page {
	var out Page
	for i, r := range rows {
		if i == readersPage {
			last := out.Items[i-1]
			out.Next = writeCursor(last.PublishAt, last.ID)
			break
		}
		out.Items = append(out.Items, r.listed(room))
	}
	return out
}

func (r seen) listed(room string) Listed {
	return Listed{Publication: Publication{ID: r.ID, Scope: school.ScopeID(r.TenantID), Room: room, Section: r.Section, Title: r.Title,
		Summary: r.Summary, Body: r.Body, Urgent: r.Urgent, WantsReceipt: r.WantsReceipt, State: Published,
		PublishAt: r.PublishAt.UTC(), EndsAt: instant(r.EndsAt), Keys: r.Keys, Cover: Cover{Key: r.CoverKey, Alt: r.CoverAlt}},
		Read: r.Read, Acknowledged: instant(r.Acknowledged)}
}

func writeCursor(at time.Time, id uuid.UUID) string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.FormatInt(at.UnixMicro(), 10) + " " + id.String()))
}

// readCursor reads what writeCursor wrote; anything else is the beginning of the list.
func readCursor(s string) (time.Time, uuid.UUID) {
	raw, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil {
		return time.Time{}, uuid.UUID{}
	}
	at, id, ok := strings.Cut(string(raw), " ")
	micro, err := strconv.ParseInt(at, 10, 64)
	below, idErr := uuid.Parse(id)
	if !ok || err != nil || idErr != nil || micro < 0 || micro > 1<<52 {
		return time.Time{}, uuid.UUID{}
	}
	return time.UnixMicro(micro).UTC(), below
}

// Find gives the actor one publication to read, with its files, and notes that it was opened. What is not published to
// the actor is not found. Who only looks leaves no trace.
func (d *Desk) Find(ctx context.Context, id uuid.UUID) (Listed, error) {
	l, err := d.see(ctx, id)
	if err != nil || l.Read || readonly.Is(ctx) {
		return l, err
	}
	return l, d.note(ctx, id, noted{})
}

// see reads without a trace: for the files of what was opened already.
func (d *Desk) see(ctx context.Context, id uuid.UUID) (Listed, error) {
	var f found
	err := d.db.Batch(ctx, func(b *db.Batch) {
		queueFind(b, &f, d.room.Name, held(ctx), d.db.NowIn(ctx), id, session.Actor(ctx).Person)
	})
	if err != nil {
		return Listed{}, fmt.Errorf("read publication %s: %w", id, err)
	}
	p, ok, err := f.publication()
	if err != nil {
		return Listed{}, err
	}
	if !ok {
		return Listed{}, fault.Missing()
	}
	return Listed{Publication: p, Read: f.read, Acknowledged: instant(f.acknowledged)}, nil
}

// FindPublic gives anybody one publication that this space shows to the public.
func (d *Desk) FindPublic(ctx context.Context, id uuid.UUID) (Publication, error) {
	var f found
	err := d.db.Batch(ctx, func(b *db.Batch) { queueFindPublic(b, &f, d.room.Name, tenant.From(ctx).ID, d.db.NowIn(ctx), id) })
	if err != nil {
		return Publication{}, fmt.Errorf("read public publication %s: %w", id, err)
	}
	p, ok, err := f.publication()
	if err == nil && !ok {
		err = fault.Missing()
	}
	return p, err
}

// noted is what a reader did with a publication.
type noted struct{ acknowledged bool }

// Acknowledge notes that the actor has read and understood. Doing it again changes nothing.
func (d *Desk) Acknowledge(ctx context.Context, id uuid.UUID) error {
	return d.note(ctx, id, noted{acknowledged: true})
}

func (d *Desk) note(ctx context.Context, id uuid.UUID, n noted) error {
	keys, who := held(ctx), session.Actor(ctx).Person
	err := d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		rows, err := noteRead(ctx, tx, d.room.Name, keys, who, id, n.acknowledged)
		if err == nil && rows == 0 {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		return d.opened(ctx, tx, id, who)
	})
	if err != nil {
		return fmt.Errorf("note that publication %s was read: %w", id, err)
	}
	return nil
}

// DeskView is a page of what an editor works on. Tab is a state, or "scheduled".
type DeskView struct {
	Tab    string
	Counts map[string]int
	Items  []Publication
	Page   int
	More   bool
}

// Tabs lists the tabs of the editors' page, in order.
func Tabs() []string {
	return []string{string(Draft), string(InReview), tabScheduled, string(Published), string(Withdrawn), string(Archived)}
}

const tabScheduled = "scheduled"

// Desk lists what the actor may work on, in one state, last changed first.
func (d *Desk) Desk(ctx context.Context, tab string, number int) (DeskView, error) {
	e, err := d.editor(ctx)
	if err != nil {
		return DeskView{}, err
	}
	v := DeskView{Tab: tab, Page: min(max(number, 1), 1000), Counts: map[string]int{}}
	var counts []tabCount
	var rows []row
	err = d.db.Batch(ctx, func(b *db.Batch) {
		queueDesk(b, &counts, &rows, d.room.Name, tenant.From(ctx).ID, e, d.db.NowIn(ctx), tab, deskPage+1, (v.Page-1)*deskPage)
	})
	if err != nil {
		return DeskView{}, fmt.Errorf("list the desk of %s: %w", d.room.Name, err)
	}
	for _, c := range counts {
		v.Counts[c.Tab] = c.Count
	}
	if len(rows) > deskPage {
		v.More, rows = true, rows[:deskPage]
	}
	for _, r := range rows {
		p, err := r.publication()
		if err != nil {
			return DeskView{}, err
		}
		v.Items = append(v.Items, p)
	}
	return v, nil
}

// Own gives an editor a publication of this space to work on, whatever its state.
func (d *Desk) Own(ctx context.Context, id uuid.UUID) (Publication, Editor, error) {
	e, err := d.editor(ctx)
	if err != nil {
		return Publication{}, e, err
	}
	var f found
	if err := d.db.Batch(ctx, func(b *db.Batch) { queueOwn(b, &f, d.room.Name, tenant.From(ctx).ID, id) }); err != nil {
		return Publication{}, e, fmt.Errorf("open publication %s: %w", id, err)
	}
	p, ok, err := f.publication()
	if err == nil && (!ok || !e.Sees(p)) {
		err = fault.Missing()
	}
	return p, e, err
}

// Receipts is who has read a publication of this space: counts, and where a receipt was asked for the names.
type Receipts struct {
	Publication  Publication
	Meant        audience.Estimate
	Read         int
	Acknowledged int
	Readers      []Reader
	Page         int
	More         bool
}

// Receipts tells an editor who has read. Only the readers of this very space are known here: those of a collectivity's
// article are known to their schools.
func (d *Desk) Receipts(ctx context.Context, id uuid.UUID, number int) (Receipts, error) {
	p, _, err := d.Own(ctx, id)
	if err != nil {
		return Receipts{}, err
	}
	here := tenant.From(ctx)
	r := Receipts{Publication: p, Page: min(max(number, 1), 1000)}
	if !p.Audience.Empty() {
		if r.Meant, err = audience.Count(ctx, d.db, here, p.Audience); err != nil {
			return Receipts{}, err
		}
	}
	names := 0
	if p.WantsReceipt && here.Kind == tenant.KindEstablishment {
		names = namesPage + 1
	}
	err = d.db.Batch(ctx, func(b *db.Batch) {
		queueReaders(b, &r.Read, &r.Acknowledged, &r.Readers, id, names, (r.Page-1)*namesPage)
	})
	if err != nil {
		return Receipts{}, fmt.Errorf("list the readers of %s: %w", id, err)
	}
	if len(r.Readers) > namesPage {
		r.More, r.Readers = true, r.Readers[:namesPage]
	}
	return r, nil
}
