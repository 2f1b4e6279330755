package messages

import (
	"context"
	"elyco/internal/notice"
	"slices"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/live"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/words"
)

// change runs a transaction for an actor who may write.
func (r *Room) change(ctx context.Context, what string, do func(ctx context.Context, tx db.Tx, a school.Actor) error) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	return fault.Doing(what, r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return do(ctx, tx, a) }))
}

// Alter does one thing to several messages of the actor's. folder is where they go, for Move; the zero id for where they
// came from. Faults: Invalid in the field "do", or in "folder" for a folder that is not the actor's.
func (r *Room) Alter(ctx context.Context, ids []uuid.UUID, what Change, folder uuid.UUID) (n int, err error) {
	if !slices.Contains([]Change{MarkRead, MarkUnread, Trash, Restore, Erase, Move}, what) {
		return 0, fault.Field("do", "Choisissez ce qu’il faut faire de ces messages.")
	}
	if len(ids) == 0 {
		return 0, fault.Field("do", "Cochez au moins un message.")
	}
	if len(ids) > pageSize {
		return 0, fault.Field("do", "Cochez 40 messages au plus.")
	}
	err = r.change(ctx, "change messages", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		n, err = changeCopies(ctx, tx, a.Person, ids, what, folder)
		if db.Constraint(err) != "" {
			return fault.Field("folder", "Choisissez un de vos dossiers.")
		}
		return err
	})
	return n, err
}

// NewFolder makes a folder. Its id is made with the form. Faults: Invalid in the fields "name" and "parent".
func (r *Room) NewFolder(ctx context.Context, f Folder) error {
	f.Name = strings.Join(strings.Fields(f.Name), " ")
	if f.ID == uuid.Nil {
		return fault.Missing()
	}
	return r.change(ctx, "make a folder", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		list, err := foldersOf(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(list, func(o Folder) bool { return o.ID == f.ID }) {
			return nil
		}
		if err := checkFolder(ordered(list), f); err != nil {
			return err
		}
		_, err = insertFolder(ctx, tx, a.Person, f)
		return err
	})
}

// RenameFolder gives a folder another name. Invalid in the field "name"; NotFound when it is not the actor's.
func (r *Room) RenameFolder(ctx context.Context, id uuid.UUID, name string) error {
	name = strings.Join(strings.Fields(name), " ")
	if err := checkFolder(nil, Folder{Name: name}); err != nil {
		return err
	}
	return r.change(ctx, "rename a folder", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		n, err := renameFolder(ctx, tx, a.Person, id, name)
		if err == nil && n == 0 {
			err = fault.Missing()
		}
		return err
	})
}

// DeleteFolder removes a folder and those in it; their messages go back to where they came from.
func (r *Room) DeleteFolder(ctx context.Context, id uuid.UUID) error {
	return r.change(ctx, "delete a folder", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		list, err := foldersOf(ctx, tx, a.Person)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(list, func(f Folder) bool { return f.ID == id }) {
			return fault.Missing()
		}
		return deleteFolder(ctx, tx, a.Person, withThoseBelow(list, id))
	})
}

// Sign sets what stands below the actor's new messages. Invalid in the field "signature".
func (r *Room) Sign(ctx context.Context, body string) error {
	body = strings.TrimSpace(body)
	if len([]rune(body)) > 500 {
		return fault.Field("signature", "La signature compte 500 signes au plus.")
	}
	return r.change(ctx, "set a signature", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		return setSignature(ctx, tx, a.Person, body)
	})
}

// Recall takes a message of the actor's back from everybody. A second time changes nothing.
func (r *Room) Recall(ctx context.Context, id uuid.UUID) error {
	return r.change(ctx, "recall a message", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		sent, err := sentBy(ctx, tx, id, a.Person)
		if err == nil && !sent {
			err = fault.Missing()
		}
		if err != nil {
			return err
		}
		n, err := withdraw(ctx, tx, id, "author")
		if err != nil || n == 0 {
			return err
		}
		if err := r.retract(ctx, tx, id); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "messages.recall", Subject: id.String()})
	})
}

// Report tells the moderators of the school about a message that the actor received. A second time changes nothing.
// Faults: Invalid in the fields "reason" and "note"; NotFound.
func (r *Room) Report(ctx context.Context, p Report) error {
	p.Note = strings.TrimSpace(p.Note)
	if p.ID == uuid.Nil {
		return fault.Missing()
	}
	if err := p.check(); err != nil {
		return err
	}
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	l, err := r.letter(ctx, a, p.Message)
	if err != nil {
		return err
	}
	if l.Mine {
		return fault.Missing()
	}
	return r.change(ctx, "report a message", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		n, err := insertReport(ctx, tx, p, a.Person)
		if err != nil || n == 0 {
			return err
		}
		all, err := moderatorsOf(ctx, tx, r.moderating(ctx))
		if err != nil {
			return err
		}
		others := slices.DeleteFunc(first(all), func(m Moderator) bool { return m.Person == l.AuthorID })
		return r.alert(ctx, tx, others, p.ID, l.Subject, 0)
	})
}

// Decide closes what was reported of a message: it stays, or is withdrawn from everybody. Conflict when a colleague was
// faster.
func (r *Room) Decide(ctx context.Context, report uuid.UUID, withdrawn bool) error {
	return r.change(ctx, "decide about a report", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		state := "kept"
		if withdrawn {
			state = "withdrawn"
		}
		message, reporters, err := decideReports(ctx, tx, report, state, a.Person)
		if err != nil {
			return err
		}
		if message == uuid.Nil {
			return fault.New(fault.Conflict, "Ce signalement a déjà été traité.")
		}
		if withdrawn {
			if _, err := withdraw(ctx, tx, message, "moderator"); err != nil {
				return err
			}
			if err := r.retract(ctx, tx, message); err != nil {
				return err
			}
		}
		if err := r.tellReporters(ctx, tx, message, reporters, state); err != nil {
			return err
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: a.Person, Action: "messages.moderate", Subject: message.String(), Detail: map[string]any{"decision": state}})
	})
}

// tellReporters tells who reported a message what came of it, without naming anybody.
func (r *Room) tellReporters(ctx context.Context, tx db.Tx, message uuid.UUID, people []uuid.UUID, state string) error {
	to := make([]notice.To, 0, len(people))
	for _, p := range people {
		to = append(to, notice.To{Person: p})
	}
	if err := live.Tell(ctx, tx, live.Event{Room: name, Ref: message}, people...); err != nil || len(to) == 0 {
		return err
	}
	return r.notices.Tell(ctx, tx, notice.Notice{ID: uuid.NewSHA1(message, []byte("outcome "+state)), Kind: noticeDecided, Ref: message,
		Title: words.T(ctx, "messages.outcome"), Text: words.T(ctx, "messages.outcome."+state), Path: letterPath(message), WrittenAt: tx.Now(), SentAt: tx.Now()}, to)
}

// Block has the actor receive no more from the author of a message. Staff cannot be blocked: what the school says must
// arrive. Conflict then; NotFound for a message that the actor does not have.
func (r *Room) Block(ctx context.Context, message uuid.UUID) error {
	a, err := session.Writer(ctx)
	if err != nil {
		return err
	}
	l, err := r.letter(ctx, a, message)
	if err != nil {
		return err
	}
	if l.Mine || l.AuthorID == uuid.Nil {
		return fault.Missing()
	}
	if l.Official {
		return fault.New(fault.Conflict, "Les messages des personnels de l’établissement ne peuvent pas être bloqués. S’ils posent problème, signalez-les.")
	}
	return r.change(ctx, "block an author", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		_, err := insertBlock(ctx, tx, a.Person, l.AuthorID, l.AuthorName)
		return err
	})
}

// Unblock lets somebody's messages arrive again.
func (r *Room) Unblock(ctx context.Context, author uuid.UUID) error {
	return r.change(ctx, "unblock an author", func(ctx context.Context, tx db.Tx, a school.Actor) error {
		return deleteBlock(ctx, tx, a.Person, author)
	})
}

// own is what a person has set up: a signature, and whom the person blocked.
type own struct {
	Signature string
	Blocks    []blockRow
	Quota     Quota
	Folders   []Folder
}

// Own reads what the actor has set up.
func (r *Room) Own(ctx context.Context) (o own, err error) {
	a, found := session.Actor(ctx), false
	err = r.db.Batch(ctx, func(b *db.Batch) {
		queueSignature(b, &o.Signature, &found, a.Person)
		queueBlocks(b, &o.Blocks, a.Person)
		queueFolders(b, &o.Folders, a.Person)
		queueHeld(b, &o.Quota.Used, a.Person)
	})
	o.Folders, o.Quota.Most = ordered(o.Folders), r.quota(ctx, a)
	return o, fault.Doing("read what a person set up", err)
}
