package slips

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// asking locks a slip against changes and finds the actor's line in it: NotFound for what is not asked of the actor, or of a
// child whom the actor does not follow any more.
func asking(ctx context.Context, tx db.Tx, a school.Actor, id, child uuid.UUID) (Slip, Asked, error) {
	s, err := heldSlip(ctx, tx, id, false)
	if db.NoRows(err) {
		return s, Asked{}, fault.Missing()
	}
	if err != nil {
		return s, Asked{}, err
	}
	line, err := lineHeld(ctx, tx, id, child, a.Person.UUID)
	if db.NoRows(err) || err == nil && !line.mine(a) {
		return s, line, fault.Missing()
	}
	return s, line, err
}

// Answer keeps the actor's named answer, for a child where child is not the zero id. It may be changed until the end; the
// same answer again changes nothing. Faults: Invalid in the fields of the questions and "signature"; Conflict after the end.
func (r *Room) Answer(ctx context.Context, id, child uuid.UUID, sent [][]string, signature string) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	return fault.Doing("answer a slip", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		s, line, err := asking(ctx, tx, a, id, child)
		if err != nil {
			return err
		}
		if s.Anonymous {
			return fault.Missing()
		}
		if err := s.takes(tx.Now()); err != nil {
			return err
		}
		answers, err := s.answersTo(sent)
		if err != nil {
			return err
		}
		reply := Reply{Answers: answers, SignedAt: tx.Now()}
		if s.Kind == Coupon {
			if err := signs(signature, a.Name); err != nil {
				return err
			}
			reply.SignedAs = strings.TrimSpace(signature)
		}
		if err := upsertReply(ctx, tx, id, line, reply, nil); err != nil {
			return err
		}
		return r.teller.Opened(ctx, tx, id, a.Person.UUID)
	}))
}

// Vote casts the actor's anonymous answer, for good. cast is false when the actor had voted before: nothing is added then.
// The name on the roll and the sum in the urn are one transaction, and only sums are kept.
func (r *Room) Vote(ctx context.Context, id, child uuid.UUID, sent [][]string) (cast bool, err error) {
	a, err := session.Writer(ctx)
	if err != nil {
		return false, err
	}
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		cast = false
		s, line, err := asking(ctx, tx, a, id, child)
		if err != nil {
			return err
		}
		if !s.Anonymous {
			return fault.Missing()
		}
		if err := s.takes(tx.Now()); err != nil {
			return err
		}
		answers, err := s.answersTo(sent)
		if err != nil {
			return err
		}
		if cast, err = enrol(ctx, tx, id, line); err != nil || !cast {
			return err
		}
		if s.Kind == Ballot {
			line.Class = ""
		}
		if err := r.drop(ctx, tx, s, answers, line.Class); err != nil {
			return err
		}
		return r.teller.Opened(ctx, tx, id, a.Person.UUID)
	})
	return cast, fault.Doing("vote", err)
}

// drop adds answers to a part of the urn that chance chooses.
func (r *Room) drop(ctx context.Context, tx db.Tx, s Slip, answers [][]string, class string) error {
	parts, err := countParts(ctx, tx, s.ID)
	if err != nil {
		return err
	}
	part, err := anyPart(parts)
	if err != nil {
		return err
	}
	sealed, err := heldPart(ctx, tx, s.ID, part)
	if err != nil {
		return err
	}
	scope := int64(tenant.From(ctx).ID)
	t, err := r.key.open(scope, s.ID, part, len(s.Questions), sealed)
	if err != nil {
		return err
	}
	t.add(s.Questions, answers, class)
	if sealed, err = r.key.seal(scope, s.ID, part, t); err != nil {
		return err
	}
	return updatePart(ctx, tx, s.ID, part, sealed)
}

// Copied is an answer that came back on paper: who signed it, for which child.
type Copied struct {
	Person, Child uuid.UUID
	Sent          [][]string
}

// CopyPaper keeps an answer that came back on paper, under the name of who signed it, and notes who copied it. Until the
// results are closed for good, staff may copy after the end: the post is slow.
func (r *Room) CopyPaper(ctx context.Context, id uuid.UUID, p Copied) error {
	return r.change(ctx, id, "copy an answer from paper", func(t seat) bool { return t.paper }, func(ctx context.Context, tx db.Tx, a school.Actor, s Slip) error {
		if s.State == Withdrawn {
			return s.takes(tx.Now())
		}
		line, err := lineHeld(ctx, tx, id, p.Child, p.Person)
		if db.NoRows(err) {
			return fault.Field("who", "Choisissez dans la liste qui a signé.")
		}
		if err != nil {
			return err
		}
		answers, err := s.answersTo(p.Sent)
		if err != nil {
			return err
		}
		reply := Reply{Answers: answers, SignedAs: line.Name, SignedAt: tx.Now(), OnPaper: true, WriterName: a.Name}
		if err := upsertReply(ctx, tx, id, line, reply, &a.Person); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "slips.paper", Subject: id.String(), Title: s.Title,
			Detail: map[string]any{"person": line.Person.String(), "child": line.Child.String()}})
	})
}

// sight is a slip as the actor may see it.
type sight struct {
	Slip
	seat  seat
	Files []File
	Lines []Asked // the actor's, with those of the other guardians of the same children
	me    school.Actor
	count counted
}

// lines lists those that are the actor's own.
func (v sight) lines() []Asked {
	var out []Asked
	for _, a := range v.Lines {
		if a.mine(v.me) {
			out = append(out, a)
		}
	}
	return out
}

// settled reports whether nothing more is expected for a line, and the other guardian who has answered.
func (v sight) settled(l Asked) (done bool, other Asked) {
	if l.Voted || l.Reply != nil {
		return true, other
	}
	if l.Child == uuid.Nil {
		return false, other
	}
	for _, o := range v.Lines {
		if o.Child == l.Child && o.Person != l.Person && o.Reply != nil {
			return !v.Both, o
		}
	}
	return false, other
}

// Look reads a slip for whom it asks, or who leads it.
func (r *Room) Look(ctx context.Context, id uuid.UUID) (sight, error) {
	v := sight{me: session.Actor(ctx)}
	var list []Slip
	err := r.db.Batch(ctx, func(b *db.Batch) {
		queueSlip(b, &list, id)
		queueFiles(b, &v.Files, id)
		queueLines(b, &v.Lines, id, &v.me.Person.UUID)
		queueCount(b, &v.count, id)
	})
	if err != nil {
		return v, fault.Doing("look at a slip", err)
	}
	if len(list) == 0 || !v.me.SignedIn() {
		return v, fault.Missing()
	}
	v.Slip = list[0]
	v.seat = r.seatAt(v.me, v.Slip)
	asked := (v.State == Published || v.State == Closed) && len(v.lines()) > 0
	if !asked && !v.seat.leads && !v.seat.paper {
		return v, fault.Missing()
	}
	return v, nil
}

// Results are what was answered. Nothing of them is filled in before they may be read.
type Results struct {
	Slip
	seat          seat
	Tally         *Tally
	Units         []Unit // where answers bear names
	Disagreements int
	Count         counted
	Rounds        []reminded
	Rolled        int  // names on the roll
	Sound         bool // the urn holds as many answers as there are names
	Ready         bool
	all           bool // for who leads; others read sums alone
}

// Results reads what was answered: for who leads the slip, and after the end for those whom it asks, if the author said so.
func (r *Room) Results(ctx context.Context, id uuid.UUID) (Results, error) {
	v, err := r.Look(ctx, id)
	if err != nil {
		return Results{}, err
	}
	now := r.db.NowIn(ctx)
	out := Results{Slip: v.Slip, seat: v.seat, all: v.seat.leads, Count: v.count, Ready: v.ResultsAt(now)}
	if !v.seat.leads && !(v.ResultsOpen && v.Over(now)) {
		return Results{}, fault.Missing()
	}
	var lines []Asked
	var parts []sealedPart
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueRounds(b, &out.Rounds, id)
		if v.Anonymous {
			queueUrn(b, &parts, id, &out.Rolled)
		} else {
			queueLines(b, &lines, id, nil)
		}
	})
	if err != nil || !out.Ready {
		return out, fault.Doing("read results", err)
	}
	if !v.Anonymous {
		out.Units, out.Sound = units(lines), true
		out.Tally, out.Disagreements = tallyNamed(v.Slip, out.Units)
		return out, nil
	}
	out.Tally = newTally(len(v.Questions))
	for _, p := range parts {
		t, err := r.key.open(int64(tenant.From(ctx).ID), id, p.Part, len(v.Questions), p.Sealed)
		if err != nil {
			return out, fmt.Errorf("open the urn of %s: %w", id, err)
		}
		out.Tally.merge(t)
	}
	out.Sound = out.Tally.Answers == out.Rolled
	return out, nil
}

// Paper reads who may have signed on paper.
func (r *Room) Paper(ctx context.Context, id uuid.UUID) (Slip, []Unit, error) {
	v, err := r.Look(ctx, id)
	if err != nil {
		return Slip{}, nil, err
	}
	if !v.seat.paper {
		return Slip{}, nil, fault.Missing()
	}
	var lines []Asked
	err = r.db.Batch(ctx, func(b *db.Batch) { queueLines(b, &lines, id, nil) })
	list := units(lines)
	slices.SortStableFunc(list, func(a, b Unit) int { return strings.Compare(a.Class, b.Class) })
	return v.Slip, list, fault.Doing("read who is asked", err)
}
