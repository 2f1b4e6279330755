package app

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/demo"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/services/mydata"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// MyDataDemo has sheets opened and corrections asked for in the demonstration, as in the weeks before. Where something was
// asked for already, nothing is added.
func (a *App) MyDataDemo(ctx context.Context) error {
	for i, c := range demo.Corrections() {
		there, err := a.correct(ctx, uuid.NewSHA1(uuid.NameSpaceURL, fmt.Appendf(nil, "demo/correction/%d", i)), c)
		if err != nil || there {
			return err
		}
	}
	for _, l := range demo.Looks() {
		reading, err := a.before(ctx, l.Space, l.Reader, l.DaysAgo)
		if err != nil || reading == nil {
			return err
		}
		whom, err := demo.Actor(ctx, a.ground.DB, l.Whom)
		if err != nil {
			return err
		}
		err = privacy.Noted(reading, a.ground.DB, privacy.Look{Reader: session.Actor(reading), Whom: []school.PersonID{whom.Person}, What: "people.looked.sheet"})
		if err != nil {
			return err
		}
	}
	return nil
}

// before is ctx some days ago, in a space and as one of its people; nil where the space is not there, or lets nobody in
// because somebody tried what that does.
func (a *App) before(ctx context.Context, space, login string, days int) (context.Context, error) {
	t := demo.Place(a.registry, space)
	if t == nil || !t.LetsIn() {
		return nil, nil
	}
	actor, err := demo.Actor(ctx, a.ground.DB, login)
	if err != nil {
		return nil, err
	}
	const opens, minutes = 8, 540 // a school's day
	then := db.WithClock(ctx, func(now time.Time) time.Time {
		day := now.In(words.Zone()).AddDate(0, 0, -days)
		return time.Date(day.Year(), day.Month(), day.Day(), opens, (len(login)*61+days*97)%minutes, 0, 0, words.Zone())
	})
	return session.With(words.With(tenant.Enter(then, t), a.words), actor.In(t.ID)), nil
}

// correct asks for a correction and has it answered, and reports whether that was done before.
func (a *App) correct(ctx context.Context, id uuid.UUID, c demo.Correction) (there bool, err error) {
	asking, err := a.before(ctx, c.Space, c.Author, c.DaysAgo)
	if err != nil || asking == nil {
		return true, err
	}
	s, err := a.myData.Subject(asking, "")
	if err != nil {
		return false, err
	}
	list, err := a.myData.Corrections(asking, s)
	if err != nil || len(list) > 0 {
		return true, err
	}
	space := tenant.From(asking).ID
	if err := a.myData.AskCorrection(asking, s, mydata.Wish{ID: id, Space: int64(space), Field: c.Field, Asked: c.Asked}); err != nil || c.By == "" {
		return false, err
	}
	answering, err := a.before(ctx, c.Space, c.By, c.DaysAgo-1)
	if err != nil {
		return false, err
	}
	return false, a.myData.Answer(answering, id, 1, mydata.Accepted, c.Answer)
}
