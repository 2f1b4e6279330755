package handin

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
)

// giver is a pupil at a box, with the instant at which the pupil began to give: what began in time is in time, however
// long the line takes.
type giver struct {
	sight
	began time.Time
	late  bool
}

// begin says whether the actor may give now. NotFound for those of whom the box is not asked, Conflict outside its time.
func (r *Room) begin(ctx context.Context, id uuid.UUID) (giver, error) {
	if _, err := session.Writer(ctx); err != nil {
		return giver{}, err
	}
	s, err := r.Look(ctx, id)
	if err != nil {
		return giver{}, err
	}
	if !s.seat.gives {
		return giver{}, fault.Missing()
	}
	late, err := s.Takes(s.now)
	return giver{s, s.now, late}, err
}

// deposit finds the deposit of a pupil, or makes one.
func (r *Room) deposit(ctx context.Context, box uuid.UUID, who school.PersonID) (id uuid.UUID, err error) {
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if _, err := heldBox(ctx, tx, box); err != nil {
			return err
		}
		if id, err = depositOf(ctx, tx, box, who); err != nil || id != uuid.Nil {
			return err
		}
		id = school.NewID()
		if _, err := insertDeposit(ctx, tx, id, box); err != nil {
			return err
		}
		_, err := insertMembers(ctx, tx, box, id, []uuid.UUID{who.UUID})
		return err
	})
	return id, fault.Doing("open a deposit", err)
}

// folder makes the folder of a deposit, or the one of its copies, unless it is there. Two pupils of one name have two.
func (r *Room) folder(ctx context.Context, box, id uuid.UUID, label string) error {
	if _, err := r.drive.Find(ctx, id); err == nil || !fault.Is(err, fault.NotFound) {
		return err
	}
	label = drive.SafeName(label)
	_, err := r.drive.MakeFolder(ctx, drive.BoxOf(ctx, box), uuid.Nil, id, label)
	if fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict) {
		if _, found := r.drive.Find(ctx, id); found == nil {
			return nil
		}
		_, err = r.drive.MakeFolder(ctx, drive.BoxOf(ctx, box), uuid.Nil, id, label+" "+id.String()[24:])
	}
	return err
}

// Give takes one file in for the actor's deposit. A file of the same name replaces the one that is there.
func (r *Room) Give(ctx context.Context, g giver, name string, body io.Reader) error {
	id, err := r.deposit(ctx, g.ID, g.me)
	if err != nil {
		return err
	}
	label := session.Actor(ctx).Name
	if d, ok := g.mine(); ok {
		label = d.Label()
	}
	trusted := drive.Entrust(ctx, g.ID, drive.Editor)
	if err := r.folder(trusted, g.ID, id, label); err != nil {
		return err
	}
	n, err := r.drive.Store(trusted, drive.Incoming{Space: drive.BoxOf(ctx, g.ID), Parent: id, ID: school.NewID(), Name: drive.SafeName(name), Replace: true}, body, -1)
	if err != nil {
		return err
	}
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		b, err := heldBox(ctx, tx, g.ID)
		if err != nil {
			return err
		}
		if !b.ReturnedAt.IsZero() {
			_, err := b.Takes(tx.Now())
			return err
		}
		f := File{ID: n.ID, Deposit: id, Name: n.Name, Size: n.Size}
		if err := upsertFile(ctx, tx, g.ID, f, session.Actor(ctx)); err != nil {
			return err
		}
		count, err := countFiles(ctx, tx, id)
		if err == nil && count > maxFiles {
			err = fault.New(fault.TooLarge, "Vous pouvez rendre 20 fichiers au plus.")
		}
		return err
	})
	if err == nil {
		return nil
	}
	return fault.Doing("note a file", errors.Join(err, r.forget(ctx, g, n.ID)))
}

// forget removes a file that came in and is refused after all, unless it has replaced one that was given before.
func (r *Room) forget(ctx context.Context, g giver, file uuid.UUID) error {
	if d, ok := g.mine(); ok && slices.ContainsFunc(d.Files, func(f File) bool { return f.ID == file }) {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return r.drive.EraseIn(ctx, tx, g.ID, []uuid.UUID{file}) })
}

// HandIn gives one file with a comment, in one go.
func (r *Room) HandIn(ctx context.Context, box uuid.UUID, comment, name string, body io.Reader) error {
	g, err := r.begin(ctx, box)
	if err == nil {
		err = r.Give(ctx, g, name, body)
	}
	if err == nil {
		err = r.Finish(ctx, g, comment)
	}
	return err
}

// Finish ends a sending: the deposit is given, with its date and a comment.
func (r *Room) Finish(ctx context.Context, g giver, comment string) error {
	comment = strings.TrimSpace(comment)
	if utf8.RuneCountInString(comment) > maxComment {
		return fault.Field("comment", "Ce mot est trop long : 2 000 caractères au plus.")
	}
	return fault.Doing("hand in", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		id, err := depositOf(ctx, tx, g.ID, g.me)
		if err != nil {
			return err
		}
		return submit(ctx, tx, id, g.late, comment)
	}))
}

// Withdraw takes a file out of the actor's deposit while the box is open.
func (r *Room) Withdraw(ctx context.Context, box, file uuid.UUID) error {
	g, err := r.begin(ctx, box)
	if err != nil {
		return err
	}
	d, ok := g.mine()
	if !ok || !slices.ContainsFunc(d.Files, func(f File) bool { return f.ID == file }) {
		return fault.Missing()
	}
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		gone, err := deleteFile(ctx, tx, d.ID, file)
		if err != nil || !gone {
			return err
		}
		return r.drive.EraseIn(ctx, tx, box, []uuid.UUID{file})
	})
	return fault.Doing("take a file out", err)
}

// Join puts other pupils of the class or group beside the actor, in a team that is new or that the actor is of already.
// id is the team's, which was made with the form. Invalid in the field "team" when somebody is not of the class, or gives
// already with another.
func (r *Room) Join(ctx context.Context, box, id uuid.UUID, others []uuid.UUID) error {
	g, err := r.begin(ctx, box)
	if err != nil {
		return err
	}
	if !g.Teams || id == uuid.Nil {
		return fault.Missing()
	}
	who := []uuid.UUID{g.me.UUID}
	if d, ok := g.mine(); ok {
		for _, m := range d.Members {
			if m.ID != g.me {
				who = append(who, m.ID.UUID)
			}
		}
	}
	for _, o := range others {
		if !slices.ContainsFunc(g.Pupils, func(p Pupil) bool { return p.ID.UUID == o }) {
			return fault.Field("team", "Choisissez des élèves de votre classe ou de votre groupe.")
		}
		if !slices.Contains(who, o) {
			who = append(who, o)
		}
	}
	if len(who) < 2 || len(who) > maxTeam {
		return fault.Field("team", "Une équipe compte de 2 à 8 élèves.")
	}
	return fault.Doing("make a team", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if _, err := heldBox(ctx, tx, box); err != nil {
			return err
		}
		was, err := depositOf(ctx, tx, box, g.me)
		if err != nil {
			return err
		}
		if was == uuid.Nil {
			_, err = insertDeposit(ctx, tx, id, box)
		}
		if err == nil && was != uuid.Nil && was != id {
			return fault.New(fault.Conflict, "Votre équipe a changé entre-temps. Rechargez la page, puis recommencez.")
		}
		if err != nil {
			return err
		}
		n, err := insertMembers(ctx, tx, box, id, who)
		if err == nil && n < len(who) {
			err = fault.Field("team", "Un élève de cette équipe rend déjà son travail, seul ou dans une autre équipe.")
		}
		return err
	}))
}

// Leave takes the actor out of a team, which keeps what was given. Conflict for who is alone.
func (r *Room) Leave(ctx context.Context, box uuid.UUID) error {
	g, err := r.begin(ctx, box)
	if err != nil {
		return err
	}
	return fault.Doing("leave a team", r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		if _, err := heldBox(ctx, tx, box); err != nil {
			return err
		}
		left, err := deleteMember(ctx, tx, box, g.me)
		if err == nil && !left {
			err = fault.New(fault.Conflict, "Vous n’êtes dans aucune équipe.")
		}
		return err
	}))
}

// TakeCopy keeps an annotated copy for one deposit, or, when pupil is the zero id, for the pupil whom its name means. It
// says for whom; nobody means that the file was not kept.
func (r *Room) TakeCopy(ctx context.Context, s sight, pupil uuid.UUID, name string, body io.Reader) (Pupil, bool, error) {
	if _, err := session.Writer(ctx); err != nil || !s.seat.author {
		return Pupil{}, false, orMissing(err)
	}
	p, ok := s.recipient(pupil, name)
	if !ok {
		return p, false, nil
	}
	id, err := r.deposit(ctx, s.ID, p.ID)
	if err != nil {
		return p, false, err
	}
	trusted := drive.Entrust(ctx, s.ID, drive.Editor)
	copies := copiesOf(id)
	label := p.Name()
	if d, there := s.of(p.ID); there {
		label = d.Label()
	}
	if err := r.folder(trusted, s.ID, copies, label+" - copie annotée"); err != nil {
		return p, false, err
	}
	n, err := r.drive.Store(trusted, drive.Incoming{Space: drive.BoxOf(ctx, s.ID), Parent: copies, ID: school.NewID(), Name: drive.SafeName(name), Replace: true}, body, -1)
	if err != nil {
		return p, false, err
	}
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return upsertFile(ctx, tx, s.ID, File{ID: n.ID, Deposit: id, Copy: true, Name: n.Name, Size: n.Size}, session.Actor(ctx))
	})
	return p, err == nil, fault.Doing("keep a copy", err)
}

// copiesOf is the folder of a deposit's annotated copies.
func copiesOf(deposit uuid.UUID) uuid.UUID { return uuid.NewSHA1(deposit, []byte("copies")) }

func orMissing(err error) error {
	if err != nil {
		return err
	}
	return fault.Missing()
}

// recipient is for whom a copy is: the pupil who is named, or the one whom the file's name means.
func (s sight) recipient(pupil uuid.UUID, name string) (Pupil, bool) {
	all := s.everybody()
	if pupil == uuid.Nil {
		return owner(name, all)
	}
	i := slices.IndexFunc(all, func(p Pupil) bool { return p.ID.UUID == pupil })
	if i < 0 {
		return Pupil{}, false
	}
	return all[i], true
}

// everybody lists of whom the box is asked, and those who gave and have left since.
func (s sight) everybody() []Pupil {
	all := slices.Clone(s.Pupils)
	for _, d := range s.Deposits {
		for _, m := range d.Members {
			if !slices.ContainsFunc(all, func(p Pupil) bool { return p.ID == m.ID }) {
				all = append(all, m)
			}
		}
	}
	return all
}

// readable finds a file that the seat opens: the author every one, a pupil those of the own deposit, copies once returned.
func (s sight) readable(file uuid.UUID) (File, bool) {
	for _, d := range s.Deposits {
		if !s.seat.author && !(s.seat.gives && d.Of(s.me)) {
			continue
		}
		for _, f := range slices.Concat(d.Files, d.Copies) {
			if f.ID == file && (s.seat.author || !f.Copy || !s.ReturnedAt.IsZero()) {
				return f, true
			}
		}
	}
	return File{}, false
}
