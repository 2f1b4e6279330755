package mydata

import (
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/notice"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// The kinds of notices.
const (
	noticeAsked    = "mydata.asked"
	noticeAnswered = "mydata.answered"
)

// Teller has people told, in the author's transaction.
type Teller interface {
	Tell(ctx context.Context, tx db.Tx, n notice.Notice, to []notice.To) error
	Withdraw(ctx context.Context, tx db.Tx, ids ...uuid.UUID) error
}

func askedID(c uuid.UUID) uuid.UUID { return uuid.NewSHA1(c, []byte("asked")) }

// answering lists the profiles that may answer in the space of ctx.
func (r *Room) answering(ctx context.Context) (list []string) {
	for _, p := range append(school.Profiles(), school.Administrator) {
		if l, ok := r.policy.Line(tenant.From(ctx), "mydata", answer, p); ok && l.Effective != policy.None {
			list = append(list, string(p))
		}
	}
	return list
}

// tellDesk tells those who may answer that a request waits, and nobody of what it says: the page shows that to whoever may
// read it.
func (r *Room) tellDesk(ctx context.Context, tx db.Tx, c Correction) error {
	who, err := selectAnswering(ctx, tx, r.answering(ctx))
	if err != nil {
		return fmt.Errorf("find who answers: %w", err)
	}
	who = slices.DeleteFunc(who, func(p deskRow) bool { return p.Person == c.Author.UUID })
	to := make([]notice.To, len(who))
	for i, p := range who {
		to[i] = notice.To{Person: p.Person, Name: p.Name, Staff: true}
	}
	return r.teller.Tell(ctx, tx, notice.Notice{ID: askedID(c.ID), Kind: noticeAsked, Ref: c.ID, Path: home + "/requests#request-" + c.ID.String(),
		Title: words.T(ctx, "mydata.notice.asked"), Text: words.T(ctx, "mydata.notice.asked_text", "field", words.T(ctx, "mydata.says."+c.Field)),
		Author: c.Author, AuthorName: c.AuthorName}, to)
}

// tellAuthor tells who asked that an answer is there, and takes back what the others were not told yet.
func (r *Room) tellAuthor(ctx context.Context, tx db.Tx, c Correction) error {
	if err := r.teller.Withdraw(ctx, tx, askedID(c.ID)); err != nil {
		return err
	}
	if c.Author.UUID == uuid.Nil {
		return nil
	}
	staff, err := worksHere(ctx, tx, c.Author)
	if err != nil {
		return fmt.Errorf("find at what hours an answer is told: %w", err)
	}
	path := home + "/corrections"
	if c.Author != c.Person {
		path += "?child=" + c.Person.String()
	}
	by := session.Actor(ctx)
	return r.teller.Tell(ctx, tx, notice.Notice{ID: uuid.NewSHA1(c.ID, []byte("answered")), Kind: noticeAnswered, Ref: c.ID, Path: path,
		Title: words.T(ctx, "mydata.notice.answered"), Text: words.T(ctx, "mydata.notice.answered_text", "field", words.T(ctx, "mydata.says."+c.Field)),
		Author: by.Person, AuthorName: by.Name}, []notice.To{{Person: c.Author.UUID, Name: c.AuthorName, Staff: staff}})
}
