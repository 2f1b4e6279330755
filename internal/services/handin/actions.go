package handin

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
)

// Create makes a box for a class or group of the actor's. Its id is made with the form: a second time makes nothing.
// Faults: Invalid in the fields "title", "instructions", "target", "opens" and "closes".
func (r *Room) Create(ctx context.Context, b Box) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(targets(r.policy, a), func(t Target) bool { return t.Kind == b.Target.Kind && t.ID == b.Target.ID })
	if i < 0 {
		return fault.Field("target", "Choisissez une de vos classes ou un de vos groupes.")
	}
	b.Target, b.Author, b.AuthorName = targets(r.policy, a)[i], a.Person, a.Name
	b.Title, b.Instructions = strings.TrimSpace(b.Title), strings.TrimSpace(b.Instructions)
	now := r.db.NowIn(ctx)
	if b.OpensAt.IsZero() {
		b.OpensAt = now
	}
	if b.ID == uuid.Nil {
		return fault.Missing()
	}
	if err := b.check(now); err != nil {
		return err
	}
	return fault.Doing("make a box", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		made, err := insertBox(ctx, tx, b)
		if err != nil {
			return err
		}
		if !made {
			who, err := authorOf(ctx, tx, b.ID)
			if err == nil && (who == nil || *who != a.Person.UUID) {
				err = fault.New(fault.Conflict, "Ce casier existe déjà.")
			}
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "handin.create", Subject: b.ID.String(), Title: b.Title})
	}))
}

// governed runs a change by the author of a box, which is locked.
func (r *Room) governed(ctx context.Context, id uuid.UUID, what string, change func(ctx context.Context, tx db.Tx, a school.Actor, b Box) error) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	return fault.Doing(what, r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		b, err := heldBox(ctx, tx, id)
		if db.NoRows(err) || err == nil && !seatAt(r.policy, a, b).author {
			return fault.Missing()
		}
		if err != nil {
			return err
		}
		return change(ctx, tx, a, b)
	}))
}

// MoveEnd gives a box another end, or with the zero end closes it now. version is the one that the form was made from.
// Faults: Invalid in the field "closes", Conflict when somebody has changed the box or the copies are back.
func (r *Room) MoveEnd(ctx context.Context, id uuid.UUID, version int, end time.Time, late bool) error {
	return r.governed(ctx, id, "move the end of a box", func(ctx context.Context, tx db.Tx, a school.Actor, b Box) error {
		if b.Version != version || !b.ReturnedAt.IsZero() {
			return fault.New(fault.Conflict, "Ce casier a changé entre-temps. Rechargez la page, puis recommencez.")
		}
		closing := end.IsZero()
		switch {
		case closing && tx.Now().Before(b.OpensAt):
			return fault.Field("closes", "Ce casier n’est pas encore ouvert : changez plutôt sa date limite.")
		case closing:
			end, late = tx.Now().Add(-time.Second), false
			if end.Before(b.OpensAt) {
				end = b.OpensAt
			}
		default:
			bad := fault.Fields{}
			checkEnd(bad, end, tx.Now())
			if !end.After(b.OpensAt) {
				bad.Add("closes", "La date limite doit venir après l’ouverture.")
			}
			if err := bad.OrNil(); err != nil {
				return err
			}
		}
		if err := updateEnd(ctx, tx, id, end, late); err != nil {
			return err
		}
		detail := map[string]any{"closes_at": end.UTC().Format(time.RFC3339), "late": late}
		if closing {
			return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "handin.close", Subject: id.String(), Title: b.Title, Detail: detail})
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "handin.move", Subject: id.String(), Title: b.Title, Detail: detail})
	})
}

// Return gives all annotated copies back in one moment, and closes the box for good. A second time changes nothing.
// Conflict while work may still come in, or when there is no copy.
func (r *Room) Return(ctx context.Context, id uuid.UUID) error {
	return r.governed(ctx, id, "return copies", func(ctx context.Context, tx db.Tx, a school.Actor, b Box) error {
		switch b.PhaseAt(tx.Now()) {
		case Returned:
			return nil
		case Waiting, Open:
			return fault.New(fault.Conflict, "Des élèves peuvent encore rendre leur travail. Attendez la date limite, ou fermez le casier.")
		}
		n, err := countCopies(ctx, tx, id)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.New(fault.Conflict, "Il n’y a encore aucune copie annotée à rendre.")
		}
		if err := updateReturned(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "handin.return", Subject: id.String(), Title: b.Title, Detail: map[string]any{"copies": n}})
	})
}

// sight is a box as one person sees it. Deposits are those that the person may know of; Pupils are empty for those who
// only give or follow a child.
type sight struct {
	Box
	seat     seat
	now      time.Time
	me       school.PersonID
	Deposits []Deposit
	Pupils   []Pupil
}

// mine is the deposit of the actor.
func (s sight) mine() (Deposit, bool) { return s.of(s.me) }

func (s sight) of(who school.PersonID) (Deposit, bool) {
	i := slices.IndexFunc(s.Deposits, func(d Deposit) bool { return d.Of(who) })
	if i < 0 {
		return Deposit{}, false
	}
	return s.Deposits[i], true
}

// Look reads a box for the actor. NotFound when it is nothing to the actor, or is not open yet for those of whom it is asked.
func (r *Room) Look(ctx context.Context, id uuid.UUID) (sight, error) {
	var boxes []Box
	if err := r.db.Batch(ctx, func(b *db.Batch) { queueBox(b, &boxes, id) }); err != nil {
		return sight{}, fault.Doing("read a box", err)
	}
	if len(boxes) == 0 {
		return sight{}, fault.Missing()
	}
	a := session.Actor(ctx)
	s := sight{Box: boxes[0], now: r.db.NowIn(ctx), me: a.Person}
	s.seat = seatAt(r.policy, a, s.Box)
	whole := s.seat.author || s.seat.follows
	if s.seat.none() || !whole && s.PhaseAt(s.now) == Waiting {
		return sight{}, fault.Missing()
	}
	persons := []uuid.UUID{}
	if s.seat.gives {
		persons = append(persons, a.Person.UUID)
	}
	for _, c := range s.seat.children {
		persons = append(persons, c.ID.UUID)
	}
	var members []memberRow
	var files []File
	err := r.db.Batch(ctx, func(b *db.Batch) {
		queueMembers(b, &members, id, whole, persons)
		queueFiles(b, &files, id, whole, persons)
		if whole || s.seat.gives && s.Teams {
			queuePupils(b, &s.Pupils, s.Target, directory.Day(s.now))
		}
	})
	s.Deposits = gather(members, files)
	return s, fault.Doing("read a box", err)
}

func gather(members []memberRow, files []File) []Deposit {
	var all []Deposit
	at := map[uuid.UUID]int{}
	for _, m := range members {
		i, ok := at[m.Deposit]
		if !ok {
			i = len(all)
			at[m.Deposit] = i
			all = append(all, Deposit{ID: m.Deposit, Late: m.Late, Comment: m.Comment})
			if m.Submitted != nil {
				all[i].At = m.Submitted.UTC()
			}
		}
		all[i].Members = append(all[i].Members, Pupil{school.PersonID{UUID: m.Person}, m.Given, m.Family})
	}
	for _, f := range files {
		i, ok := at[f.Deposit]
		switch {
		case !ok:
		case f.Copy:
			all[i].Copies = append(all[i].Copies, f)
		default:
			all[i].Files = append(all[i].Files, f)
		}
	}
	return all
}

// List reads a part of the boxes that the actor sees, the latest end first; more says whether others follow.
func (r *Room) List(ctx context.Context, before time.Time, last uuid.UUID) (boxes []listed, more bool, err error) {
	a, now := session.Actor(ctx), r.db.NowIn(ctx)
	if before.IsZero() {
		before = now.AddDate(10, 0, 0)
	}
	c := circleOf(r.policy, a)
	err = r.db.Batch(ctx, func(b *db.Batch) { queueBoxes(b, &boxes, c, a.Person.UUID, before, last, now) })
	if len(boxes) > pageSize {
		boxes, more = boxes[:pageSize], true
	}
	return boxes, more, fault.Doing("list the boxes", err)
}
