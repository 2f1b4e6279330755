package messages

import (
	"context"
	"elyco/internal/notice"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fact"
	"elyco/internal/fault"
	"elyco/internal/hours"
	"elyco/internal/job"
	"elyco/internal/live"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

const everybodyThere = 1 << 20

// weeks are the hours of both sides in the space of ctx.
func (r *Room) weeks(ctx context.Context) map[hours.Side]hours.Week {
	t := tenant.From(ctx)
	return map[hours.Side]hours.Week{hours.Families: hours.Of(r.settings, t, hours.Families), hours.Staff: hours.Of(r.settings, t, hours.Staff)}
}

// mailing is what a draft of the actor's is delivered by.
func (r *Room) mailing(ctx context.Context, a school.Actor, d Draft, at time.Time) mailing {
	return mailing{message: d.ID, author: a.Person.UUID, official: writesAs(a).Adult(), urgent: d.Urgent, copies: string(d.Guardians), sentAt: at,
		limit: everybodyThere, weeks: r.weeks(ctx)}
}

// permit refuses what the actor may not ask of a message.
func (r *Room) permit(ctx context.Context, a school.Actor, d Draft) error {
	bad := fault.Fields{}
	if d.Urgent {
		if _, may := r.policy.Can(ctx, name, urgent); !may {
			bad.Add("urgent", "Vous ne pouvez pas envoyer de message urgent. Décochez cette case : le message part aux heures de vos destinataires.")
		}
	}
	if d.Guardians != "" && !r.mayCopyGuardians(ctx, a) {
		bad.Add("guardians", "Vous ne pouvez pas mettre les responsables en copie.")
	}
	if ahead := d.SendAt.Sub(r.db.NowIn(ctx)); !d.SendAt.IsZero() && (ahead <= 0 || ahead > furthest) {
		bad.Add("later", "Choisissez un jour et une heure à venir, dans les six mois.")
	}
	return bad.OrNil()
}

func (r *Room) mayCopyGuardians(ctx context.Context, a school.Actor) bool {
	anywhere, _ := r.circle(ctx, a).opensGuardians()
	return anywhere && writesAs(a).Adult()
}

// Send keeps a draft and sends it: at once, at its hour, or once a moderator has read it, as d.State says afterwards. A second
// time changes nothing. Faults: Invalid in the fields "to", "subject", "body", "reason", "urgent", "guardians" and "later";
// Forbidden when the space has stopped the actor's sending; NotFound for what is not the actor's.
func (r *Room) Send(ctx context.Context, d *Draft) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	if _, err := r.prepare(ctx, a, d); err != nil {
		return err
	}
	if err := r.permit(ctx, a, *d); err != nil {
		return err
	}
	html, err := r.text.HTML(strings.ReplaceAll(d.Body, "\n", "  \n"))
	if err != nil {
		return err
	}
	device, err := r.device(ctx)
	if err != nil {
		return err
	}
	return fault.Doing("send a message", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return r.take(ctx, tx, a, d, html, device) }))
}

// take keeps a draft that is to be sent, once, and begins with it.
func (r *Room) take(ctx context.Context, tx db.Tx, a school.Actor, d *Draft, html string, by device) error {
	if err := r.refuseStopped(ctx, tx, category(writesAs(a))); err != nil {
		return err
	}
	if err := alone(ctx, tx, a.Person); err != nil {
		return err
	}
	n, err := upsertDraft(ctx, tx, *d, a)
	if err != nil {
		return err
	}
	if n == 0 {
		d.State, err = stateOf(ctx, tx, d.ID, a.Person)
		if err == nil && (d.State == "" || d.State == Drafted) {
			err = fault.Missing()
		}
		return err
	}
	if err := r.fill(ctx, tx, *d); err != nil {
		return err
	}
	files, err := countFiles(ctx, tx, d.ID)
	if err != nil {
		return err
	}
	d.Files = make([]File, files)
	if err := d.ready(); err != nil {
		return err
	}
	return r.begin(ctx, tx, a, d, html, by)
}

// begin turns a kept draft into a message that goes out, or that waits.
func (r *Room) begin(ctx context.Context, tx db.Tx, a school.Actor, d *Draft, html string, by device) error {
	m := r.mailing(ctx, a, *d, tx.Now())
	people, err := countMeant(ctx, tx, m)
	if err != nil {
		return err
	}
	if err := r.within(ctx, tx, a.Person, category(writesAs(a)), d.ID, people); err != nil {
		return err
	}
	if err := settle(ctx, tx, *d, html, by.label, people); err != nil {
		return err
	}
	held, err := r.hold(ctx, tx, a, *d, people, by)
	switch {
	case err != nil:
		return err
	case held:
		d.State = Held
		return nil
	case !d.SendAt.IsZero():
		d.State = Scheduled
		return r.schedule(ctx, tx, d.ID, d.SendAt)
	}
	d.State = Sending
	return r.release(ctx, tx, a.Person, *d)
}

// within refuses a message to nobody, and one that goes beyond what the kind of author may.
func (r *Room) within(ctx context.Context, tx db.Tx, who school.PersonID, kind string, id uuid.UUID, people int) error {
	if people == 0 {
		return fault.Field("to", "Personne ne recevrait ce message : ces destinataires ne sont plus dans l’établissement, ou ne reçoivent pas vos messages.")
	}
	each, daily := r.limitsOf(ctx, kind)
	if each > 0 && people > each {
		return fault.Field("to", fmt.Sprintf("Ce message irait à %d personnes. Vous pouvez écrire à %d personnes à la fois.", people, each))
	}
	if daily == 0 {
		return nil
	}
	before, err := addressedSince(ctx, tx, who, tx.Now().Add(-24*time.Hour), id)
	if err == nil && before+people > daily {
		err = fault.Field("to", fmt.Sprintf("Vous pouvez écrire à %d personnes par jour, et vous avez déjà écrit à %d. Réessayez demain : le brouillon est gardé.", daily, before))
	}
	return err
}

// release lets a settled message go, delivers its first batch, and leaves the rest to a job.
func (r *Room) release(ctx context.Context, tx db.Tx, by school.PersonID, d Draft) error {
	if err := beginSending(ctx, tx, d.ID); err != nil {
		return err
	}
	if d.Urgent {
		err := audit.Record(ctx, tx, audit.Entry{Actor: by, Action: "messages.urgent", Subject: d.ID.String(), Detail: map[string]any{"reason": d.Reason}})
		if err != nil {
			return err
		}
	}
	return r.batch(ctx, tx, d.ID)
}

// batch delivers the next part of a message; when there is more, a job goes on.
func (r *Room) batch(ctx context.Context, tx db.Tx, id uuid.UUID) error {
	m, what, err := heldMailing(ctx, tx, id)
	if db.NoRows(err) {
		return nil
	}
	if err != nil {
		return err
	}
	m.weeks = r.weeks(ctx)
	list, err := deliver(ctx, tx, m)
	if err != nil {
		return err
	}
	last, done := m.after, len(list) < m.limit
	if len(list) > 0 {
		last = list[len(list)-1].Person
	}
	list = slices.DeleteFunc(list, func(c made) bool { return !c.New })
	if err := advance(ctx, tx, id, last, len(list), done); err != nil {
		return err
	}
	if len(list) > 0 {
		if err := r.announce(ctx, tx, m, what, list); err != nil {
			return err
		}
	}
	if done {
		return nil
	}
	next := job.New(jobDeliver, delivery{ID: id})
	next.ID = uuid.NewSHA1(id, fmt.Append(nil, m.batch+1))
	return job.Enqueue(ctx, tx, next)
}

// announce tells of new copies: open pages of those who see them now, the notices of all, and a job for those who see them
// later.
func (r *Room) announce(ctx context.Context, tx db.Tx, m mailing, what posted, list []made) error {
	if err := fact.Emit(ctx, tx, fact.MessageDelivered{ID: m.message, Batch: m.batch}); err != nil {
		return err
	}
	var now []uuid.UUID
	var later time.Time
	to := make([]notice.To, 0, len(list))
	for _, c := range list {
		switch {
		case !c.VisibleAt.After(tx.Now()):
			now = append(now, c.Person)
		case later.IsZero() || c.VisibleAt.Before(later):
			later = c.VisibleAt
		}
		to = append(to, c.told())
	}
	if err := live.Tell(ctx, tx, live.Event{Room: name, Ref: m.message}, now...); err != nil {
		return err
	}
	n := notice.Notice{ID: m.message, Kind: noticeReceived, Ref: m.message, Title: notEmpty(what.subject, "Message sans objet"), Text: opening(what.body), Path: letterPath(m.message),
		Author: school.PersonID{UUID: m.author}, AuthorName: what.author, WrittenAt: what.writtenAt, SentAt: m.sentAt, Urgent: m.urgent}
	if err := r.notices.Tell(ctx, tx, n, to); err != nil || later.IsZero() {
		return err
	}
	return r.openLater(ctx, tx, m.message, later)
}

func (c made) told() notice.To {
	t := notice.To{Person: c.Person, Staff: c.Staff, VisibleAt: c.VisibleAt, NotifyAt: c.NotifyAt}
	for _, text := range c.About {
		if id, err := uuid.Parse(text); err == nil {
			t.About = append(t.About, id)
		}
	}
	return t
}

// The jobs of a message.
const (
	jobDeliver = "messages.deliver"
	jobOpen    = "messages.open" // tells open pages that a message is visible now
	jobSend    = "messages.send" // sends a scheduled message
)

// delivery is the payload of the job that goes on with a message.
type delivery struct {
	ID uuid.UUID `json:"id"`
}

// appointment is the payload of a job for an instant of a message.
type appointment struct {
	ID uuid.UUID `json:"id"`
	At time.Time `json:"at"`
}

func (r *Room) deliver(ctx context.Context, _ job.Run, d delivery) error {
	return fault.Doing("deliver a message", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return r.batch(ctx, tx, d.ID) }))
}

// meet enqueues a job for an instant of a message, once.
func meet(ctx context.Context, tx db.Tx, kind string, id uuid.UUID, at time.Time) error {
	at = at.UTC()
	j := job.New(kind, appointment{ID: id, At: at})
	j.ID, j.RunAt = uuid.NewSHA1(id, fmt.Append(nil, kind, at.UnixMicro())), at
	return job.Enqueue(ctx, tx, j)
}

func (r *Room) openLater(ctx context.Context, tx db.Tx, id uuid.UUID, at time.Time) error {
	return meet(ctx, tx, jobOpen, id, at)
}

// opens tells the open pages of those who see a message from an instant on, and makes the appointment of the next ones.
func (r *Room) opens(ctx context.Context, _ job.Run, p appointment) error {
	return fault.Doing("tell of a message that is visible", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		people, next, err := openAt(ctx, tx, p.ID, p.At)
		if err != nil {
			return err
		}
		if err := live.Tell(ctx, tx, live.Event{Room: name, Ref: p.ID}, people...); err != nil || next.IsZero() {
			return err
		}
		return r.openLater(ctx, tx, p.ID, next)
	}))
}

// device is with what the actor writes.
type device struct {
	label string
	since time.Time // known to the account from then on; zero: always
}

// device names the browser of the request.
func (r *Room) device(ctx context.Context) (device, error) {
	d := device{since: session.StandingOf(ctx).DeviceSince}
	if session.Actor(ctx).SignOn == uuid.Nil {
		return d, nil
	}
	list, err := r.accounts.List(ctx)
	if err != nil {
		return d, err
	}
	for _, s := range list {
		if s.Current {
			d.label = s.Device + " · " + s.Network
		}
	}
	return d, nil
}
