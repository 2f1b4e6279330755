package messages

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// circle is whom the actor may write to in the space of ctx.
func (r *Room) circle(ctx context.Context, a school.Actor) Circle {
	t := tenant.From(ctx)
	return circleOf(a, func(category string) []string { return r.settings.Many(t, settingReach+category) })
}

// spread is how far the actor may address classes, groups and the school itself.
func (r *Room) spread(a school.Actor) (all bool, places []uuid.UUID) {
	for _, m := range a.Here {
		one := a
		one.Here = []school.Membership{m}
		reach, ok := r.policy.For(one, name, wide)
		if !ok {
			continue
		}
		all = all || reach == policy.Establishment
		for _, c := range m.Classes {
			places = append(places, c.ID.UUID)
		}
		for _, g := range m.Groups {
			places = append(places, g.ID.UUID)
		}
	}
	return all, places
}

// limits are how many people one message, and the messages of a day, may be for; zero for no limit.
func (r *Room) limits(ctx context.Context, a school.Actor) (each, daily int) {
	return r.limitsOf(ctx, category(writesAs(a)))
}

func (r *Room) limitsOf(ctx context.Context, kind string) (each, daily int) {
	if kind != "pupil" && kind != "guardian" {
		return 0, 0
	}
	return r.settings.Number(tenant.From(ctx), settingEach+kind), r.settings.Number(tenant.From(ctx), settingDaily+kind)
}

// label gives each address its words and refuses those that the actor may not write to. parent is what is answered; nil for
// none.
func (r *Room) label(ctx context.Context, a school.Actor, list []Address, parent *Letter) error {
	var persons, children, places []uuid.UUID
	for _, l := range list {
		switch l.Kind {
		case Person:
			persons = append(persons, l.Who)
		case Guardians:
			children = append(children, l.Who)
		case Class, Group:
			places = append(places, l.Place)
		}
	}
	c, now := r.circle(ctx, a), r.db.NowIn(ctx)
	var allowed, named, kids []Contact
	var rooms []placeRow
	err := r.db.Batch(ctx, func(b *db.Batch) {
		if len(persons) > 0 {
			queueAllowed(b, &allowed, c, now, persons)
			queueNames(b, &named, persons)
		}
		if len(children) > 0 {
			queueChildren(b, &kids, c, now, nil, children, maxAddresses)
		}
		if len(places) > 0 {
			queuePlaces(b, &rooms, now, false, places)
		}
	})
	if err != nil {
		return fault.Doing("look for those whom a message is for", err)
	}
	all, own := r.spread(a)
	var refused []string
	for i := range list {
		l := &list[i]
		ok := false
		switch l.Kind {
		case Person:
			l.Label = nameOf(named, l.Who)
			ok = nameOf(allowed, l.Who) != "" || parent != nil && parent.answers(l.Who) && l.Label != ""
		case Guardians:
			l.Label = nameOf(kids, l.Who)
			ok = l.Label != ""
			l.Label = "responsables de " + l.Label
		case Class, Group:
			j := slices.IndexFunc(rooms, func(p placeRow) bool { return p.ID == l.Place && p.Kind == string(l.Kind) })
			ok = j >= 0 && (all || slices.Contains(own, l.Place))
			if j >= 0 {
				l.Label = rooms[j].Name + " : " + profileWords(l.Profile)
			}
		case Level:
			ok, l.Label = all, "Niveau "+l.Level+" : "+profileWords(l.Profile)
		case School:
			ok, l.Label = all, "Tout l’établissement : "+profileWords(l.Profile)
		}
		if !ok {
			refused = append(refused, notEmpty(l.Label, "une personne qui n’est plus là"))
			l.Label = notEmpty(l.Label, "Personne inconnue")
		}
	}
	if len(refused) > 0 {
		return fault.Field("to", "Vous ne pouvez pas écrire à : "+strings.Join(refused[:min(len(refused), 5)], ", ")+". Enlevez ces destinataires.")
	}
	return nil
}

func notEmpty(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

func profileWords(p string) string {
	if p == everyone {
		return "tout le monde"
	}
	return audience.Profile(school.Profile(p))
}

func nameOf(list []Contact, id uuid.UUID) string {
	i := slices.IndexFunc(list, func(c Contact) bool { return c.ID == id })
	if i < 0 {
		return ""
	}
	return list[i].Name()
}

// prepare puts a draft in order for the actor: its texts, its thread, whom it is about. The fault that it returns is for the
// form, and the draft may be kept all the same when keep is true.
func (r *Room) prepare(ctx context.Context, a school.Actor, d *Draft) (keep bool, err error) {
	if d.ID == uuid.Nil {
		return false, fault.Missing()
	}
	d.tidy()
	if err := d.check(); err != nil {
		return false, err
	}
	var parent *Letter
	d.Thread = d.ID
	if d.Parent != uuid.Nil {
		l, err := r.letter(ctx, a, d.Parent)
		if fault.Is(err, fault.NotFound) {
			d.Parent = uuid.Nil
		} else if err != nil {
			return false, err
		} else {
			parent, d.Thread = &l, l.Thread
		}
	}
	d.Child = childOf(a, d.Child.ID, parent)
	return true, r.label(ctx, a, d.Addresses, parent)
}

// onlyChild is the child of a guardian who has one in the school and nothing else to do there.
func onlyChild(a school.Actor) school.ChildRef {
	if len(a.Here) == 1 && len(a.Here[0].Children) == 1 {
		return a.Here[0].Children[0]
	}
	return school.ChildRef{}
}

// concerned is the child whom what answers a letter is about: whom the letter names, or through whom alone the guardian got it.
func concerned(a school.Actor, l Letter) school.ChildRef {
	if l.ChildID != uuid.Nil {
		return school.ChildRef{ID: school.PersonID{UUID: l.ChildID}, Name: l.Child}
	}
	if len(l.About) == 1 {
		return childOf(a, school.PersonID{UUID: l.About[0]}, nil)
	}
	return school.ChildRef{}
}

// childOf finds whom a message is about: a child of the actor's, or the one whom the answered message is about.
func childOf(a school.Actor, id school.PersonID, parent *Letter) school.ChildRef {
	if id.UUID == uuid.Nil {
		return school.ChildRef{}
	}
	for _, m := range a.Here {
		for _, c := range m.Children {
			if c.ID == id {
				return c
			}
		}
	}
	if parent != nil && parent.ChildID == id.UUID {
		return school.ChildRef{ID: id, Name: parent.Child}
	}
	return school.ChildRef{}
}

// Save keeps a draft as it stands. What is wrong with whom it is for is told, and the draft is kept all the same. Faults:
// Invalid in the fields "to", "subject" and "body"; NotFound for what is not a draft of the actor's.
func (r *Room) Save(ctx context.Context, d *Draft) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	keep, wrong := r.prepare(ctx, a, d)
	if wrong != nil && (!keep || !fault.Is(wrong, fault.Invalid)) {
		return wrong
	}
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return r.keep(ctx, tx, a, *d) })
	if err != nil {
		return fault.Doing("keep a draft", err)
	}
	return wrong
}

func (r *Room) keep(ctx context.Context, tx db.Tx, a school.Actor, d Draft) error {
	n, err := upsertDraft(ctx, tx, d, a)
	if err == nil && n == 0 {
		return fault.Missing()
	}
	if err == nil {
		err = r.fill(ctx, tx, d)
	}
	return err
}

// fill gives a kept draft its lines, and the files of what it passes on.
func (r *Room) fill(ctx context.Context, tx db.Tx, d Draft) error {
	if d.Carry && d.Parent != uuid.Nil {
		if err := carryFiles(ctx, tx, d.ID, d.Parent); err != nil {
			return err
		}
	}
	return replaceAddresses(ctx, tx, d.ID, d.Addresses)
}

// Discard removes a draft of the actor's.
func (r *Room) Discard(ctx context.Context, id uuid.UUID) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	return fault.Doing("discard a draft", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if _, err := heldDraft(ctx, tx, id, a.Person); err != nil {
			if db.NoRows(err) {
				return fault.Missing()
			}
			return err
		}
		if err := r.dropFiles(ctx, tx, id); err != nil {
			return err
		}
		return deleteDraft(ctx, tx, id)
	}))
}

// now is the instant at which ctx looks at things.
func (r *Room) now(ctx context.Context) time.Time { return r.db.NowIn(ctx) }
