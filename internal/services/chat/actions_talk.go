package chat

import (
	"context"
	"elyco/internal/notice"
	"slices"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/hours"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

const (
	alive = 65 * time.Second // a page gives a sign of life every thirty seconds
	fresh = 20 * time.Second // a sign of life is written once in this time
	many  = 100              // messages that one answer brings
)

// sight is a channel as one person sees it at one moment.
type sight struct {
	Channel
	seat     seat
	self     self
	me       school.Actor
	now      time.Time
	week     hours.Week
	Messages []Message // the oldest first
	Previous *Message  // the one before them, where it is known
	Changed  []Message // of those shown before
	Before   bool      // the messages are not the last ones
	Earlier  bool      // there are older messages
	Later    bool      // there are newer ones than these
	Members  []Member
}

// refusal says why the person may not write now, or "".
func (s sight) refusal() string {
	if !s.seat.writes {
		return "Vous pouvez lire ce salon, mais pas y écrire."
	}
	if over := s.Over(s.now); over != "" {
		return over
	}
	if s.seat.adult {
		return ""
	}
	if said := silent(s.self.until(), s.now); said != "" {
		return said
	}
	return s.Rest(s.week, s.now)
}

// last is the number of the last message that is shown.
func (s sight) last() int {
	if len(s.Messages) == 0 {
		return s.Last
	}
	return s.Messages[len(s.Messages)-1].Number
}

// Look reads a channel for the actor: its last messages, or those before a number. A moderator of the school who has not said
// to open it gets the channel without its messages and members. NotFound when it is nothing to the actor.
func (r *Room) Look(ctx context.Context, id uuid.UUID, before int) (sight, error) {
	top := before
	if before <= 0 {
		top = 1 << 30
	}
	s, err := r.glance(ctx, id, func(b *db.Batch, s *sight) {
		queueBefore(b, &s.Messages, id, top, pageTalk+1)
		queueMembers(b, &s.Members, id, s.now, s.now.Add(-alive))
	})
	if err != nil {
		return s, err
	}
	if len(s.Messages) > pageTalk {
		s.Messages, s.Earlier = s.Messages[:pageTalk], true
	}
	slices.Reverse(s.Messages)
	s.Before = before > 0
	return s, r.noted(ctx, s)
}

// Follow reads what is new in a channel after a message, and what changed up to it since a change.
func (r *Room) Follow(ctx context.Context, id uuid.UUID, after, since int) (sight, error) {
	s, err := r.glance(ctx, id, func(b *db.Batch, s *sight) {
		queueFrom(b, &s.Messages, id, after, many+2)
		queueChanged(b, &s.Changed, id, after, since, many)
	})
	if err != nil {
		return s, err
	}
	if len(s.Messages) > 0 && s.Messages[0].Number == after {
		s.Previous, s.Messages = &s.Messages[0], s.Messages[1:]
	}
	if len(s.Messages) > many {
		s.Messages, s.Later = s.Messages[:many], true
	}
	return s, r.noted(ctx, s)
}

// glance reads a channel, what it is to the actor, and what more asks for, in one round trip. What the actor may not read is
// forgotten before it is returned.
func (r *Room) glance(ctx context.Context, id uuid.UUID, more func(b *db.Batch, s *sight)) (sight, error) {
	a := session.Actor(ctx)
	s := sight{me: a, now: r.db.NowIn(ctx), week: r.week(ctx)}
	var channels []Channel
	var belongs []string
	err := r.db.Batch(ctx, func(b *db.Batch) {
		queueChannel(b, &channels, id)
		queueBelongs(b, &belongs, id, s.now, a.Person)
		queueSelf(b, &s.self, id, s.now, a.Person)
		more(b, &s)
	})
	if err != nil {
		return sight{}, fault.Doing("read a channel", err)
	}
	if len(channels) == 0 {
		return sight{}, fault.Missing()
	}
	s.Channel = channels[0]
	s.seat = seatAt(r.policy, a, s.Channel, belongs, s.self.visited)
	if s.seat.none() {
		return sight{}, fault.Missing()
	}
	if !s.seat.reads() {
		s.Messages, s.Changed, s.Members = nil, nil, nil
	}
	return s, nil
}

// noted writes into the journal of those whose words a moderator who does not belong is shown.
func (r *Room) noted(ctx context.Context, s sight) error {
	if s.seat.member || !s.seat.reads() {
		return nil
	}
	var whom []school.PersonID
	for _, m := range s.Messages {
		if m.Kind == Said && m.Person.UUID != uuid.Nil && !slices.Contains(whom, m.Person) {
			whom = append(whom, m.Person)
		}
	}
	return privacy.Noted(ctx, r.db, privacy.Look{Reader: session.Reader(ctx), Whom: whom, What: "chat.looked.channel", Title: s.Title})
}

// Draft is what somebody is about to say.
type Draft struct {
	ID      uuid.UUID // made with the form: sent twice is said once
	Channel uuid.UUID
	Body    string
	Reply   int
}

// Post says something in a channel. NotFound when it is nothing to the actor; Invalid in the field "body" says why it cannot be
// said, or not now.
func (r *Room) Post(ctx context.Context, d Draft) error {
	body, err := checkBody(d.Body)
	if err != nil {
		return err
	}
	if d.ID == uuid.Nil {
		return fault.Missing()
	}
	if err := r.refuseStopped(ctx); err != nil {
		return err
	}
	week, pace := r.week(ctx), r.settings.Number(tenant.From(ctx), settingPace)
	return r.held(ctx, d.Channel, "post a message", func(ctx context.Context, tx db.Tx, a school.Actor, c Channel, s seat) error {
		if !s.reads() {
			return fault.Missing()
		}
		author, there, err := messageBy(ctx, tx, d.ID)
		if err == nil {
			if there != c.ID || author == nil || *author != a.Person.UUID {
				return fault.New(fault.Conflict, "Ce message existe déjà.")
			}
			return nil
		}
		if !db.NoRows(err) {
			return err
		}
		if err := r.mayWrite(ctx, tx, a, c, s, week, pace); err != nil {
			return err
		}
		m := Message{Channel: c.ID, ID: d.ID, Kind: Said, Person: a.Person, Name: a.Name, Profile: s.profile, Body: body, Reply: d.Reply}
		return r.say(ctx, tx, a, c, m)
	})
}

// refuseStopped refuses pupils and guardians while a space has stopped what they send.
func (r *Room) refuseStopped(ctx context.Context) error {
	category := ""
	for _, m := range session.Actor(ctx).Here {
		if m.Profile.Adult() {
			return nil
		}
		if m.Profile == school.Pupil || m.Profile == school.Guardian {
			category = string(m.Profile)
		}
	}
	if category == "" {
		return nil
	}
	stopped, err := r.stop.Stopped(ctx, category)
	if err == nil && stopped {
		err = fault.Field("body", "L’envoi de messages est suspendu pour le moment. Réessayez plus tard.")
	}
	return err
}

// mayWrite refuses, with a sentence, who may not write now.
func (r *Room) mayWrite(ctx context.Context, tx db.Tx, a school.Actor, c Channel, s seat, week hours.Week, pace int) error {
	until, err := silentUntil(ctx, tx, c.ID, a.Person)
	if err != nil {
		return err
	}
	v := sight{Channel: c, seat: s, now: tx.Now(), week: week, self: self{silent: orNull(until)}}
	if said := v.refusal(); said != "" {
		return fault.Field("body", said)
	}
	if s.adult {
		return nil
	}
	recent, last, err := spoke(ctx, tx, c.ID, a.Person, tx.Now().Add(-time.Minute))
	if err != nil {
		return err
	}
	return haste(c, recent, pace, last, tx.Now())
}

func (r *Room) say(ctx context.Context, tx db.Tx, a school.Actor, c Channel, m Message) error {
	var answered *uuid.UUID
	var err error
	if m.Reply > 0 {
		if answered, err = authorOf(ctx, tx, c.ID, m.Reply); db.NoRows(err) {
			return fault.Field("body", "Le message auquel vous répondez n’est plus là. Votre texte est gardé : envoyez-le sans réponse.")
		}
		if err != nil {
			return err
		}
	}
	made, err := insertMessage(ctx, tx, &m)
	if err != nil {
		return err
	}
	if !made {
		return fault.New(fault.Conflict, "Ce message existe déjà.")
	}
	if err := upsertRead(ctx, tx, c.ID, a.Person, m.Number); err != nil {
		return err
	}
	if answered != nil && *answered != a.Person.UUID {
		if err := r.tellAnswer(ctx, tx, a, c, m, *answered); err != nil {
			return err
		}
	}
	return r.stir(ctx, tx, c.ID)
}

// tellAnswer has somebody told of an answer, as long as the person belongs to the channel.
func (r *Room) tellAnswer(ctx context.Context, tx db.Tx, a school.Actor, c Channel, m Message, whom uuid.UUID) error {
	to, err := recipients(ctx, tx, c.ID)
	to = slices.DeleteFunc(to, func(p notice.To) bool { return p.Person != whom })
	if err != nil || len(to) == 0 {
		return err
	}
	return r.teller.Tell(ctx, tx, notice.Notice{ID: m.ID, Kind: NoticeAnswer, Ref: c.ID, Title: c.Title, Text: opening(m.Body, 140), Path: channelPath(c.ID),
		Author: a.Person, AuthorName: a.Name}, to)
}

// altered runs a change to a message of a channel that the actor reads. The channel is locked.
func (r *Room) altered(ctx context.Context, id uuid.UUID, what string, change func(ctx context.Context, tx db.Tx, a school.Actor, c Channel, s seat, m Message) error) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	return fault.Doing(what, r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		c, m, err := heldMessage(ctx, tx, id)
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
		if !s.reads() {
			return fault.Missing()
		}
		return change(ctx, tx, a, c, s, m)
	}))
}

// Edit changes what the actor said within the last ten minutes. Faults: Invalid in the field "body", Conflict when it is too late.
func (r *Room) Edit(ctx context.Context, id uuid.UUID, text string) error {
	body, err := checkBody(text)
	if err != nil {
		return err
	}
	week := r.week(ctx)
	return r.altered(ctx, id, "edit a message", func(ctx context.Context, tx db.Tx, a school.Actor, c Channel, s seat, m Message) error {
		if m.Person != a.Person {
			return fault.Missing()
		}
		if !m.Regrettable(a.Person, tx.Now()) {
			return fault.New(fault.Conflict, "Un message se modifie dans les dix minutes. Écrivez-en plutôt un autre.")
		}
		until, err := silentUntil(ctx, tx, c.ID, a.Person)
		if err != nil {
			return err
		}
		v := sight{Channel: c, seat: s, now: tx.Now(), week: week, self: self{silent: orNull(until)}}
		if said := v.refusal(); said != "" {
			return fault.Field("body", said)
		}
		if m.Body == body {
			return nil
		}
		if err := updateBody(ctx, tx, m, body); err != nil {
			return err
		}
		return r.stir(ctx, tx, c.ID)
	})
}

// Show reads one message with its channel. NotFound when the actor does not read it.
func (r *Room) Show(ctx context.Context, id uuid.UUID) (sight, Message, error) {
	var list []Message
	if err := r.db.Batch(ctx, func(b *db.Batch) { queueMessage(b, &list, id) }); err != nil {
		return sight{}, Message{}, fault.Doing("read a message", err)
	}
	if len(list) == 0 {
		return sight{}, Message{}, fault.Missing()
	}
	s, err := r.glance(ctx, list[0].Channel, func(b *db.Batch, s *sight) {})
	if err == nil && !s.seat.reads() {
		err = fault.Missing()
	}
	s.Messages = list
	if err != nil {
		return sight{}, Message{}, err
	}
	return s, list[0], r.noted(ctx, s)
}

// Beat notes that the actor's page is open and how far the actor has read, and reads who else is here.
func (r *Room) Beat(ctx context.Context, id uuid.UUID, number int) (sight, error) {
	if err := r.Reach(ctx, id, number, true); err != nil {
		return sight{}, err
	}
	s, err := r.glance(ctx, id, func(b *db.Batch, s *sight) { queueMembers(b, &s.Members, id, s.now, s.now.Add(-alive)) })
	if err == nil && !s.seat.reads() {
		err = fault.Missing()
	}
	return s, err
}

// Reach notes how far the actor has read, and when here is true that the actor's page is open. Who visits is not shown as present.
func (r *Room) Reach(ctx context.Context, id uuid.UUID, number int, here bool) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	return fault.Doing("note how far somebody has read", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		belongs, _, err := tiesTo(ctx, tx, id, a.Person)
		if err != nil {
			return err
		}
		if len(belongs) == 0 {
			return nil
		}
		if err := upsertRead(ctx, tx, id, a.Person, number); err != nil || !here {
			return err
		}
		return upsertSeen(ctx, tx, id, a.Person, tx.Now().Add(-fresh))
	}))
}

// Members reads who belongs to a channel.
func (r *Room) Members(ctx context.Context, id uuid.UUID) (sight, error) {
	s, err := r.glance(ctx, id, func(b *db.Batch, s *sight) { queueMembers(b, &s.Members, id, s.now, s.now.Add(-alive)) })
	if err == nil && !s.seat.reads() {
		err = fault.Missing()
	}
	return s, err
}

// Peek reads a channel without anything that was said in it.
func (r *Room) Peek(ctx context.Context, id uuid.UUID) (sight, error) {
	return r.glance(ctx, id, func(*db.Batch, *sight) {})
}
