package messages

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/search"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// elsewhere is how much is unread in another of the actor's schools.
type elsewhere struct {
	Tenant *tenant.Tenant
	Unread int
}

// box is one of the actor's lists, with what surrounds it.
type box struct {
	Place   Place
	Folder  uuid.UUID
	Lines   []Line
	More    bool
	Folders []Folder
	Unread  int
	Others  []elsewhere
}

// List reads a part of one of the actor's lists, the newest first. Everything comes in one round trip; the other schools are
// asked side by side. NotFound for a folder that is not the actor's.
func (r *Room) List(ctx context.Context, p Place, folder uuid.UUID, from cursor) (box, error) {
	a := session.Actor(ctx)
	now := r.db.NowIn(ctx)
	if from.at.IsZero() || from.at.After(now) {
		from = cursor{now, uuid.Max} // what is visible later comes before
	}
	here := tenant.From(ctx)
	out := box{Place: p, Folder: folder}
	spaces := []*tenant.Tenant{here}
	for _, t := range service.Spaces(ctx, r.registry, a) {
		if t.ID != here.ID && t.Kind == tenant.KindEstablishment && t.Offers(name) {
			spaces = append(spaces, t)
		}
	}
	counts := make([]int, len(spaces))
	err := service.Each(ctx, len(spaces), func(ctx context.Context, i int) error {
		var found bool
		return r.db.Batch(tenant.Enter(ctx, spaces[i]), func(b *db.Batch) {
			queueUnread(b, &counts[i], &found, a.Person, now)
			if i == 0 {
				queueLines(b, &out.Lines, a.Person, p, folder, from, pageSize+1)
				queueFolders(b, &out.Folders, a.Person)
			}
		})
	})
	if err != nil {
		return box{}, fault.Doing("read a box", err)
	}
	out.Unread, out.Folders = counts[0], ordered(out.Folders)
	for i, t := range spaces[1:] {
		out.Others = append(out.Others, elsewhere{t, counts[i+1]})
	}
	if p == InFolder && !slices.ContainsFunc(out.Folders, func(f Folder) bool { return f.ID == folder }) {
		return box{}, fault.Missing()
	}
	if len(out.Lines) > pageSize {
		out.Lines, out.More = out.Lines[:pageSize], true
	}
	return out, nil
}

// Find looks for messages of the actor by their words.
func (r *Room) Find(ctx context.Context, text string) (lines []Line, err error) {
	q := search.Parse(text)
	if q.Empty() {
		return nil, nil
	}
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueFound(b, &lines, session.Actor(ctx).Person, q.Text(), r.db.NowIn(ctx), pageSize)
	})
	return lines, fault.Doing("look for messages", err)
}

// letter reads a message that the actor has.
func (r *Room) letter(ctx context.Context, a school.Actor, id uuid.UUID) (Letter, error) {
	var list []Letter
	var l Letter
	var found bool
	now := r.db.NowIn(ctx)
	err := r.db.Batch(ctx, func(b *db.Batch) {
		queueLetter(b, &list, id, a.Person, now)
		queueAddresses(b, &l.Addresses, id, a.Person)
		queueFiles(b, &l.Files, id)
		queueThread(b, &l.Others, id, a.Person, now)
		queueLater(b, &l.Later, id, a.Person, now)
		queueOpened(b, &l.Opened, &found, id)
		queueOwnReport(b, &l.Reported, &found, id, a.Person)
	})
	if err != nil {
		return l, fault.Doing("read a message", err)
	}
	if len(list) == 0 {
		return l, fault.Missing()
	}
	list[0].Addresses, list[0].Others, list[0].Opened, list[0].Later, list[0].Reported = l.Addresses, l.Others, l.Opened, l.Later, l.Reported
	if !list[0].Recalled || list[0].Mine {
		list[0].Files = l.Files
	}
	return list[0], nil
}

// Open reads a message for the actor, and notes that it was read.
func (r *Room) Open(ctx context.Context, id uuid.UUID) (Letter, error) {
	a := session.Actor(ctx)
	l, err := r.letter(ctx, a, id)
	if err != nil || !l.Unread || a.PreviewOnly {
		return l, err
	}
	return l, fault.Doing("note that a message was read", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if err := markRead(ctx, tx, id, a.Person); err != nil {
			return err
		}
		return r.notices.Opened(ctx, tx, id, a.Person.UUID)
	}))
}

// Receipts reads who has a message that the actor wrote, in the order of names; more says whether others follow.
func (r *Room) Receipts(ctx context.Context, id uuid.UUID, after string, last uuid.UUID, opened bool) (l Letter, list []Receipt, more bool, err error) {
	l, err = r.letter(ctx, session.Actor(ctx), id)
	if err != nil {
		return l, nil, false, err
	}
	if !l.Mine || !l.Receipt && !l.Recalled {
		return l, nil, false, fault.Missing()
	}
	const many = 100
	err = r.db.Batch(ctx, func(b *db.Batch) { queueReceipts(b, &list, id, after, last, opened, many+1) })
	if len(list) > many {
		list, more = list[:many], true
	}
	return l, list, more, fault.Doing("read who has a message", err)
}

// Draft reads a draft of the actor's.
func (r *Room) Draft(ctx context.Context, id uuid.UUID) (Draft, error) {
	a := session.Actor(ctx)
	var list []Draft
	var addresses []Address
	var files []File
	err := r.db.Batch(ctx, func(b *db.Batch) {
		queueDraft(b, &list, id, a.Person)
		queueAddresses(b, &addresses, id, a.Person)
		queueFiles(b, &files, id)
	})
	if err != nil {
		return Draft{}, fault.Doing("read a draft", err)
	}
	if len(list) == 0 {
		return Draft{}, fault.Missing()
	}
	list[0].Addresses, list[0].Files = addresses, files
	return list[0], nil
}

// Answering is how a new message begins.
type Answering string

// The ways to begin.
const (
	Blank    Answering = ""
	Reply    Answering = "reply"
	ReplyAll Answering = "all"
	Forward  Answering = "forward"
)

// Begin makes the draft with which a new message begins; nothing is kept yet. id is what is answered or passed on, to a
// person who is written to. NotFound for what the actor does not have, Conflict for what takes no answer.
func (r *Room) Begin(ctx context.Context, how Answering, id uuid.UUID) (Draft, error) {
	a := session.Actor(ctx)
	d := Draft{ID: school.NewID()}
	var signature string
	var found bool
	if err := r.db.Batch(ctx, func(b *db.Batch) { queueSignature(b, &signature, &found, a.Person) }); err != nil {
		return d, fault.Doing("read a signature", err)
	}
	if signature != "" {
		d.Body = "\n\n" + signature
	}
	if how == Blank {
		d.Child = onlyChild(a)
		return d, nil
	}
	l, err := r.letter(ctx, a, id)
	if err != nil {
		return d, err
	}
	if l.Recalled {
		return d, fault.New(fault.Conflict, "Ce message a été retiré.")
	}
	d.Parent, d.Child = l.ID, concerned(a, l)
	if how == Forward {
		d.Subject, d.Carry = prefixed("Tr : ", l.Subject), len(l.Files) > 0
		d.Body += "\n\n" + quoted(l.Body)
		return d, nil
	}
	if !l.answerable() && !l.Mine {
		return d, fault.New(fault.Conflict, "L’auteur n’attend pas de réponse à ce message.")
	}
	d.Subject = prefixed("Re : ", l.Subject)
	if !l.Mine {
		d.Addresses = append(d.Addresses, Address{Field: To, Kind: Person, Who: l.AuthorID, Label: l.AuthorName})
	}
	if how == ReplyAll || l.Mine {
		for _, o := range l.Addresses {
			if o.Kind == Person && o.Field != Bcc && o.Who != a.Person.UUID && o.Who != l.AuthorID {
				d.Addresses = append(d.Addresses, Address{Field: Cc, Kind: Person, Who: o.Who, Label: o.Label})
			}
		}
	}
	return d, nil
}

// offer is what the compose page offers: people found by a name, children whose guardians can be written to, places.
type offer struct {
	People   []Contact
	Children []Contact
	Places   []placeRow
	Whole    bool // levels and the school itself
}

// Offer finds whom the actor may add to a message. Without a text only places are offered.
func (r *Room) Offer(ctx context.Context, text string) (o offer, err error) {
	a, now := session.Actor(ctx), r.db.NowIn(ctx)
	c := r.circle(ctx, a)
	all, own := r.spread(a)
	o.Whole = all
	q := search.Parse(text)
	const shown = 12
	err = r.db.Batch(ctx, func(b *db.Batch) {
		if !q.Empty() {
			queueContacts(b, &o.People, c, now, q.Names(), "", Contact{}, shown)
			queueChildren(b, &o.Children, c, now, q.Names(), nil, shown)
		}
		if all || len(own) > 0 {
			queuePlaces(b, &o.Places, now, all, own)
		}
	})
	o.People = slices.DeleteFunc(o.People, func(p Contact) bool { return p.ID == a.Person.UUID })
	return o, fault.Doing("look for people", err)
}

// matrix is whom the space of ctx lets each kind of author write to.
func (r *Room) matrix(ctx context.Context) map[string][]string {
	t := tenant.From(ctx)
	m := map[string][]string{}
	for _, c := range categories() {
		m[c] = r.settings.Many(t, settingReach+c)
	}
	return m
}
