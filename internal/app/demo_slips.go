package app

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/demo"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/services/slips"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// SlipsDemo asks what is asked in the demonstration, and lets people answer. The ready-made accounts have still to answer what
// is open. What is there stays as it is.
func (a *App) SlipsDemo(ctx context.Context) error {
	for i, s := range demo.Slips() {
		t := demo.Place(a.registry, s.Space)
		if t == nil {
			continue
		}
		if err := a.askDemo(ctx, t, uuid.NewSHA1(uuid.NameSpaceURL, fmt.Appendf(nil, "demo/slip/%d", i)), s); err != nil {
			return fmt.Errorf("ask %q in %s: %w", s.Title, s.Space, err)
		}
	}
	return nil
}

func (a *App) askDemo(ctx context.Context, t *tenant.Tenant, id uuid.UUID, s demo.Slip) error {
	within := words.With(tenant.Enter(ctx, t), a.words)
	actor, err := demo.Actor(ctx, a.ground.DB, s.Author)
	if err != nil {
		return err
	}
	actor = actor.In(t.ID)
	author := session.With(within, actor)
	if _, err := a.slips.Look(author, id); !fault.Is(err, fault.NotFound) {
		return err
	}
	content := slips.Content{Kind: slips.Kind(s.Kind), Title: s.Title, Body: s.Body, Anonymous: s.Anonymous, PerChild: s.Kind == "slip", Both: s.Both,
		Required: s.Kind != "survey", ResultsOpen: s.Results, Reminds: true}
	for _, q := range s.Questions {
		content.Questions = append(content.Questions, slips.Question{Form: slips.Form(q.Form), Title: q.Title, Options: q.Options, Needed: q.Needed})
	}
	for _, x := range s.Texts {
		content.Texts = append(content.Texts, slips.Text{Lang: x.Lang, Title: x.Title, Body: x.Body})
	}
	if err := a.slips.Begin(author, id, content); err != nil {
		return err
	}
	draft, _, err := a.slips.Draft(author, id)
	if err != nil {
		return err
	}
	end := a.ground.DB.NowIn(author).In(words.Zone()).AddDate(0, 0, s.Days)
	draft.ClosesAt = time.Date(end.Year(), end.Month(), end.Day(), 20, 0, 0, 0, words.Zone())
	draft.Audience = audience.Audience{Profiles: []school.Profile{s.Whom}}
	for _, m := range actor.Here {
		for _, c := range m.Classes {
			if s.Class != "" && c.Name == s.Class {
				draft.Audience.Classes = []school.ClassID{c.ID}
			}
		}
	}
	if err := a.slips.Save(author, draft); err != nil {
		return err
	}
	if s.Draft {
		return nil
	}
	if err := a.slips.Publish(author, id, draft.Version+1); err != nil {
		return err
	}
	if err := a.answerDemo(within, t, id, s, draft.Anonymous || s.Kind == "ballot"); err != nil || !s.Over {
		return err
	}
	return a.slips.MoveEnd(author, id, draft.Version+2, time.Time{})
}

// readyMade are accounts that visitors of the demonstration try: they find what is open unanswered.
func (a *App) readyMade(ctx context.Context) (map[school.PersonID]bool, error) {
	spared := map[school.PersonID]bool{}
	for _, login := range []string{"camille.parent", "karim.parent", "lea.eleve"} {
		who, err := demo.Actor(ctx, a.ground.DB, login)
		if err != nil {
			return nil, err
		}
		spared[who.Person] = true
	}
	return spared, nil
}

func (a *App) answerDemo(within context.Context, t *tenant.Tenant, id uuid.UUID, s demo.Slip, secret bool) error {
	if len(s.Given) == 0 {
		return nil
	}
	spared, err := a.readyMade(within)
	if err != nil {
		return err
	}
	people, err := demo.Members(within, a.ground.DB, t, s.Class, s.Whom)
	for i, who := range people {
		if err != nil || spared[who.Person] && !s.Over {
			continue
		}
		who = who.In(t.ID)
		ctx := session.With(within, who)
		for _, child := range childrenIn(who, s) {
			n := i
			if child != uuid.Nil && i != 7 { // two guardians say the same of a child, but for one
				n = int(child[15])
			}
			given := s.Given[n%len(s.Given)]
			if len(given) == 0 || err != nil {
				continue
			}
			if secret {
				_, err = a.slips.Vote(ctx, id, child, given)
			} else {
				err = a.slips.Answer(ctx, id, child, given, who.Name)
			}
			if fault.Is(err, fault.NotFound) { // is not asked, for this child
				err = nil
			}
		}
	}
	return err
}

// childrenIn are for whom somebody answers a slip: each child, or oneself.
func childrenIn(who school.Actor, s demo.Slip) []uuid.UUID {
	if s.Kind != "slip" {
		return []uuid.UUID{uuid.Nil}
	}
	var list []uuid.UUID
	for _, m := range who.Here {
		for _, c := range m.Children {
			list = append(list, c.ID.UUID)
		}
	}
	return list
}
