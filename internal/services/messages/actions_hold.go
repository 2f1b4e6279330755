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
	"elyco/internal/fault"
	"elyco/internal/hours"
	"elyco/internal/job"
	"elyco/internal/live"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// caution is where the space of ctx draws the lines for a kind of author.
func (r *Room) caution(ctx context.Context, kind string) caution {
	t, side := tenant.From(ctx), "staff"
	if kind == "pupil" || kind == "guardian" {
		side = "families"
	}
	return caution{young: time.Duration(r.settings.Number(t, settingHoldDevice)) * time.Hour, people: r.settings.Number(t, settingHoldPeople+side),
		burst: r.settings.Number(t, settingHoldBurst), points: r.settings.Number(t, settingHoldPoints+side)}
}

// hold has a message wait for a moderator when its signs add up. What is held is never let go by itself.
func (r *Room) hold(ctx context.Context, tx db.Tx, a school.Actor, d Draft, people int, by device) (bool, error) {
	if !r.settings.On(tenant.From(ctx), settingHold) {
		return false, nil
	}
	recent, err := recentlySent(ctx, tx, a.Person, tx.Now().Add(-time.Hour))
	if err != nil {
		return false, err
	}
	refused, err := refusedBefore(ctx, tx, d.ID)
	if err != nil {
		return false, err
	}
	o := outgoing{device: by, people: people, recent: recent + 1, text: d.Subject + "\n" + d.Body, open: r.weeks(ctx)[hours.Families].Open(tx.Now()), refused: refused}
	c := r.caution(ctx, category(writesAs(a)))
	signs := o.signs(c, tx.Now())
	if !heavy(signs, c) {
		return false, nil
	}
	h := Hold{ID: school.NewID(), Message: d.ID, AuthorID: a.Person.UUID, Author: a.Name, Profile: writesAs(a), Device: by.label, People: people,
		Subject: d.Subject, Body: d.Body, Whom: d.whom()}
	for _, s := range signs {
		h.Signs = append(h.Signs, string(s))
	}
	if err := insertHold(ctx, tx, h); err != nil {
		return false, err
	}
	if err := setWaiting(ctx, tx, d.ID, Held); err != nil {
		return false, err
	}
	err = audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "messages.hold", Subject: d.ID.String(), Detail: map[string]any{"signs": h.Signs, "people": people}})
	if err != nil {
		return false, err
	}
	all, err := moderatorsOf(ctx, tx, r.moderating(ctx))
	if err != nil {
		return false, err
	}
	if err := r.alert(ctx, tx, first(deciding(all, h.AuthorID)), h.ID, h.Subject, 0); err != nil {
		return false, err
	}
	return true, r.remindLater(ctx, tx, h.ID, 1)
}

// moderating lists the profiles that may moderate in the space of ctx.
func (r *Room) moderating(ctx context.Context) (list []string) {
	for _, p := range school.SchoolProfiles() {
		if l, ok := r.policy.Line(tenant.From(ctx), name, moderate, p); ok && l.Effective != policy.None {
			list = append(list, string(p))
		}
	}
	return list
}

// alert tells moderators that something waits.
func (r *Room) alert(ctx context.Context, tx db.Tx, who []Moderator, id uuid.UUID, subject string, turn int) error {
	people := make([]uuid.UUID, 0, len(who))
	to := make([]notice.To, 0, len(who))
	for _, m := range who {
		people = append(people, m.Person)
		to = append(to, notice.To{Person: m.Person, Staff: true, VisibleAt: tx.Now(), NotifyAt: tx.Now()})
	}
	if err := live.Tell(ctx, tx, live.Event{Room: name}, people...); err != nil {
		return err
	}
	return r.notices.Tell(ctx, tx, notice.Notice{ID: uuid.NewSHA1(id, fmt.Append(nil, "queue", turn)), Kind: noticeQueue, Ref: id, Title: subject, Path: home + "/moderation",
		WrittenAt: tx.Now(), SentAt: tx.Now(), Urgent: true}, to)
}

const jobRemind = "messages.remind"

// reminder is the payload of the job that asks again for what is still held.
type reminder struct {
	ID   uuid.UUID `json:"id"`
	Turn int       `json:"turn"`
}

const lastReminder = 7

// remindLater asks all moderators after an hour, and then each day of a week.
func (r *Room) remindLater(ctx context.Context, tx db.Tx, id uuid.UUID, turn int) error {
	wait := time.Hour
	if turn > 1 {
		wait = 24 * time.Hour
	}
	j := job.New(jobRemind, reminder{ID: id, Turn: turn})
	j.ID, j.RunAt = uuid.NewSHA1(id, fmt.Append(nil, "remind", turn)), tx.Now().Add(wait)
	return job.Enqueue(ctx, tx, j)
}

func (r *Room) remind(ctx context.Context, _ job.Run, p reminder) error {
	return fault.Doing("remind moderators", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		h, n, err := remindHold(ctx, tx, p.ID)
		if err != nil || n == 0 {
			return err
		}
		all, err := moderatorsOf(ctx, tx, r.moderating(ctx))
		if err != nil {
			return err
		}
		if err := r.alert(ctx, tx, deciding(all, h.AuthorID), h.ID, h.Subject, p.Turn); err != nil || p.Turn >= lastReminder {
			return err
		}
		return r.remindLater(ctx, tx, h.ID, p.Turn+1)
	}))
}

// Release lets a held message go: at once, or at the hour that its author chose. Conflict when a colleague was faster, when it
// is the actor's own, or when its author may not send now.
func (r *Room) Release(ctx context.Context, id uuid.UUID) error {
	return r.judge(ctx, id, othersHold, r.letGo("messages.released"))
}

// ReleaseOwn lets a held message of the actor's go, who alone may decide in the space. Who asks has just proved to be the person:
// otherwise nobody could ever let it go. Conflict while somebody else may decide.
func (r *Room) ReleaseOwn(ctx context.Context, id uuid.UUID) error {
	return r.judge(ctx, id, ownHold, r.letGo("messages.released.own"))
}

func (r *Room) letGo(noted string) judging {
	return func(ctx context.Context, tx db.Tx, a school.Actor, h Hold, w waiting) error {
		if err := r.mayLeave(ctx, tx, w); err != nil {
			if said := sentenceOf(err); said != "" {
				return fault.New(fault.Conflict, said)
			}
			return err
		}
		if err := closeHold(ctx, tx, h.ID, "released", a.Person, ""); err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: noted, Subject: h.Message.String()}); err != nil {
			return err
		}
		if err := r.decided(ctx, tx, a, h, "released", "", letterPath(w.ID)); err != nil {
			return err
		}
		if w.SendAt.After(tx.Now()) {
			return r.schedule(ctx, tx, w.ID, w.SendAt)
		}
		return r.release(ctx, tx, w.author, w.Draft)
	}
}

// Refuse gives a held message back to its author as a draft, with the reason. Invalid in the field "reason"; Conflict as for
// Release.
func (r *Room) Refuse(ctx context.Context, id uuid.UUID, reason string) error {
	reason = strings.Join(strings.Fields(reason), " ")
	if err := checkNote("reason", reason); err != nil {
		return err
	}
	return r.judge(ctx, id, othersHold, func(ctx context.Context, tx db.Tx, a school.Actor, h Hold, w waiting) error {
		if err := closeHold(ctx, tx, h.ID, "refused", a.Person, reason); err != nil {
			return err
		}
		if err := audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "messages.refused", Subject: h.Message.String()}); err != nil {
			return err
		}
		if _, err := sendBack(ctx, tx, w.ID, reason); err != nil {
			return err
		}
		return r.decided(ctx, tx, a, h, "refused", reason, draftPath(w.ID))
	})
}

// judging does what a moderator decided.
type judging func(ctx context.Context, tx db.Tx, a school.Actor, h Hold, w waiting) error

// othersHold refuses to decide about one's own message.
func othersHold(_ *Room, _ context.Context, _ db.Tx, a school.Actor, h Hold) error {
	if h.AuthorID == a.Person.UUID {
		return fault.New(fault.Conflict, "C’est votre propre message : une autre personne doit en décider.")
	}
	return nil
}

// ownHold refuses to decide about what somebody else wrote, or while somebody else may decide.
func ownHold(r *Room, ctx context.Context, tx db.Tx, a school.Actor, h Hold) error {
	if h.AuthorID != a.Person.UUID {
		return fault.Missing()
	}
	all, err := moderatorsOf(ctx, tx, r.moderating(ctx))
	if err == nil && !onlyOne(all, a) {
		err = fault.New(fault.Conflict, "C’est votre propre message : une autre personne doit en décider.")
	}
	return err
}

// onlyOne reports whether nobody else may decide.
func onlyOne(all []Moderator, a school.Actor) bool {
	return !slices.ContainsFunc(all, func(m Moderator) bool { return m.Person != a.Person.UUID })
}

// deciding are those who may decide about what an author wrote: the author only where there is nobody else.
func deciding(all []Moderator, author uuid.UUID) []Moderator {
	others := slices.DeleteFunc(slices.Clone(all), func(m Moderator) bool { return m.Person == author })
	if len(others) == 0 {
		return all
	}
	return others
}

func (r *Room) judge(ctx context.Context, id uuid.UUID, whose func(*Room, context.Context, db.Tx, school.Actor, Hold) error, do judging) error {
	return r.change(ctx, "decide about a held message", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		h, err := heldOpen(ctx, tx, id)
		if db.NoRows(err) {
			return fault.New(fault.Conflict, "Ce message a déjà été traité.")
		}
		if err != nil {
			return err
		}
		if err := whose(r, ctx, tx, a, h); err != nil {
			return err
		}
		w, err := heldHeld(ctx, tx, h.Message)
		if db.NoRows(err) {
			return closeHold(ctx, tx, h.ID, "withdrawn", a.Person, "")
		}
		if err != nil {
			return err
		}
		return do(ctx, tx, a, h, w)
	})
}

// decided tells the author what became of a held message.
func (r *Room) decided(ctx context.Context, tx db.Tx, a school.Actor, h Hold, what, reason, path string) error {
	if h.AuthorID == uuid.Nil {
		return nil
	}
	if err := live.Tell(ctx, tx, live.Event{Room: name, Ref: h.Message}, h.AuthorID); err != nil {
		return err
	}
	return r.notices.Tell(ctx, tx, notice.Notice{ID: uuid.NewSHA1(h.ID, []byte(what)), Kind: noticeDecided, Ref: h.Message, Title: h.Subject, Text: reason, Path: path,
		Author: a.Person, AuthorName: a.Name, WrittenAt: tx.Now(), SentAt: tx.Now()}, []notice.To{{Person: h.AuthorID, Staff: h.Profile.Adult()}})
}

// queue is what waits for the moderators of a school, and what they should know.
type queue struct {
	Held    []Hold
	Reports []Report
	Team    []Moderator
	Urgent  []urgentRow
	Sweeps  []Sweep
	Stops   []Stop
}

const urgentSpan = 30 * 24 * time.Hour

// Queue reads what waits for the moderators.
func (r *Room) Queue(ctx context.Context) (q queue, err error) {
	now := r.db.NowIn(ctx)
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueHolds(b, &q.Held)
		queueReports(b, &q.Reports)
		queueModerators(b, &q.Team, r.moderating(ctx), now)
		queueUrgent(b, &q.Urgent, now.Add(-urgentSpan))
		queueSweeps(b, &q.Sweeps)
		queueStops(b, &q.Stops, now)
	})
	return q, fault.Doing("read the moderators' queue", err)
}

// NameModerators says who is told first of what waits. Invalid in the field "people" for who may not moderate.
func (r *Room) NameModerators(ctx context.Context, people []uuid.UUID) error {
	return r.change(ctx, "name moderators", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		all, err := moderatorsOf(ctx, tx, r.moderating(ctx))
		if err != nil {
			return err
		}
		for _, p := range people {
			if !slices.ContainsFunc(all, func(m Moderator) bool { return m.Person == p }) {
				return fault.Field("people", "Choisissez parmi les personnes proposées.")
			}
		}
		if err := replaceModerators(ctx, tx, people, a.Person); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "messages.moderators", Detail: map[string]any{"people": len(people)}})
	})
}

// Awaited is why a message of the actor's waits, and who reads it: somebody else, where there is one.
func (r *Room) Awaited(ctx context.Context, id uuid.UUID) (signs []string, readers []Moderator, err error) {
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueSigns(b, &signs, id, session.Actor(ctx).Person)
		queueModerators(b, &readers, r.moderating(ctx), r.db.NowIn(ctx))
	})
	return signs, first(deciding(readers, session.Actor(ctx).Person.UUID)), fault.Doing("read why a message waits", err)
}
