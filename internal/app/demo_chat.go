package app

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/demo"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/services/chat"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// ChatDemo opens the demonstration's channels and says what is said there. A channel that is there stays as it is.
func (a *App) ChatDemo(ctx context.Context) error {
	for i, c := range demo.Chats() {
		t := demo.Place(a.registry, c.Space)
		if t == nil {
			continue
		}
		if err := a.openDemo(ctx, t, uuid.NewSHA1(uuid.NameSpaceURL, fmt.Appendf(nil, "demo/chat/%d", i)), c); err != nil {
			return fmt.Errorf("open %q in %s: %w", c.Title, c.Space, err)
		}
	}
	return nil
}

// afternoon is four o'clock on the last school day that is at least some days ago.
func afternoon(now time.Time, days int) time.Time {
	day := now.In(words.Zone()).AddDate(0, 0, -days)
	for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		day = day.AddDate(0, 0, -1)
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 16, 0, 0, 0, words.Zone())
}

func (a *App) openDemo(ctx context.Context, t *tenant.Tenant, id uuid.UUID, c demo.Chat) error {
	at := afternoon(a.ground.DB.Now(), c.DaysAgo)
	ctx = db.WithClock(words.With(tenant.Enter(ctx, t), a.words), func(time.Time) time.Time { return at })
	as := func(actor school.Actor, err error) (context.Context, error) {
		return session.With(ctx, actor.In(t.ID)), err
	}
	author, err := as(demo.Actor(ctx, a.ground.DB, c.Author))
	if err != nil {
		return err
	}
	if _, err := a.chat.Peek(author, id); !fault.Is(err, fault.NotFound) {
		return err
	}
	channel := chat.Channel{ID: id, Title: c.Title, About: c.About, Teachers: true, Guardians: c.Guardians, Slow: c.Slow, Days: 127, Closes: 24 * 60}
	for _, m := range session.Actor(author).Here {
		for _, k := range m.Classes {
			if k.Name == c.Class {
				channel.Target = chat.Target{Kind: "class", ID: k.ID.UUID}
			}
		}
	}
	if err := a.chat.Open(author, channel); err != nil {
		return err
	}
	return a.talkDemo(author, as, &at, id, c)
}

// identity is a context in which somebody acts.
type identity func(school.Actor, error) (context.Context, error)

// talkDemo says what is said in a channel, some minutes after each other.
func (a *App) talkDemo(author context.Context, as identity, at *time.Time, id uuid.UUID, c demo.Chat) error {
	pupils, err := a.classmates(author, id, c)
	if err != nil {
		return err
	}
	for i, said := range c.Said {
		*at = at.Add(time.Duration(len(said.Text)%7+1) * time.Minute)
		who, err := as(demo.ActorOf(author, a.ground.DB, pupils[said.Pupil%len(pupils)]))
		if said.Who != "" {
			who, err = as(demo.Actor(author, a.ground.DB, said.Who))
		}
		if err != nil {
			return err
		}
		d := chat.Draft{ID: demoLine(id, i+1), Channel: id, Body: said.Text}
		if said.Answers > 0 {
			d.Reply = said.Answers + 1 // the first line says that the channel was opened
		}
		if err := a.chat.Post(who, d); err != nil {
			return err
		}
	}
	return a.reportDemo(author, as, id, c)
}

func demoLine(channel uuid.UUID, line int) uuid.UUID {
	return uuid.NewSHA1(channel, fmt.Appendf(nil, "%d", line))
}

// classmates are the pupils of the channel's class who have no ready-made account.
func (a *App) classmates(ctx context.Context, id uuid.UUID, c demo.Chat) ([]school.PersonID, error) {
	s, err := a.chat.Members(ctx, id)
	if err != nil {
		return nil, err
	}
	known := map[uuid.UUID]bool{}
	for _, said := range c.Said {
		if said.Who == "" {
			continue
		}
		who, err := demo.Actor(ctx, a.ground.DB, said.Who)
		if err != nil {
			return nil, err
		}
		known[who.Person.UUID] = true
	}
	var pupils []school.PersonID
	for _, m := range s.Members {
		if m.Pupil() && !known[m.ID] {
			pupils = append(pupils, school.PersonID{UUID: m.ID})
		}
	}
	if len(pupils) == 0 {
		return nil, fmt.Errorf("the class %s has no pupils", c.Class)
	}
	return pupils, nil
}

func (a *App) reportDemo(ctx context.Context, as identity, id uuid.UUID, c demo.Chat) error {
	if c.Reported == 0 {
		return nil
	}
	who, err := as(demo.Actor(ctx, a.ground.DB, "lea.eleve"))
	if err != nil {
		return err
	}
	return a.chat.Report(who, demoLine(id, c.Reported), chat.Report{ID: demoLine(id, 0), Reason: "insult", Note: "Il dit ça à chaque fois que quelqu’un pose une question."})
}
