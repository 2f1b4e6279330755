package app

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/demo"
	"elyco/internal/fault"
	"elyco/internal/publication"
	"elyco/internal/school"
	"elyco/internal/services/account"
	"elyco/internal/services/rights"
	"elyco/internal/session"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// PublishDemo fills the demonstration's spaces with things to read, through the rooms' own actions and as their
// authors. What is there already stays as it is.
func (a *App) PublishDemo(ctx context.Context) error {
	if err := a.easeFactors(ctx); err != nil {
		return fmt.Errorf("give the demonstration time to add factors: %w", err)
	}
	published, err := demo.Published(ctx, a.ground.DB)
	if err != nil {
		return err
	}
	for i, piece := range demo.Pieces() {
		id := uuid.NewSHA1(uuid.NameSpaceURL, fmt.Appendf(nil, "demo/%d/%s/%s", i, piece.Space, piece.Title))
		if published[id] {
			continue
		}
		if err := a.publishPiece(ctx, id, piece); err != nil {
			return fmt.Errorf("publish %q in %s: %w", piece.Title, piece.Space, err)
		}
	}
	for i, right := range demo.Rights() {
		if err := a.changeRight(ctx, uuid.NewSHA1(uuid.NameSpaceURL, fmt.Appendf(nil, "demo/right/%d", i)), right); err != nil {
			return fmt.Errorf("change %s.%s in %s: %w", right.Room, right.Action, right.Space, err)
		}
	}
	for i, span := range demo.Bridges() {
		if err := a.signBridge(ctx, uuid.NewSHA1(uuid.NameSpaceURL, fmt.Appendf(nil, "demo/bridge/%d", i)), span); err != nil {
			return fmt.Errorf("open the bridge from %s to %s: %w", span.From, span.To, err)
		}
	}
	return nil
}

// easeFactors gives heads and administrators a year to add a second factor: many people share the demonstration's accounts,
// and one who added a telephone would lock the others out. What somebody decided since stays.
func (a *App) easeFactors(ctx context.Context) error {
	t := a.registry.Academy()
	line := a.settings.Line(t, account.FactorGrace)
	if line.Version > 0 {
		return nil
	}
	author, err := demo.Actor(ctx, a.ground.DB, "rectorat")
	if err != nil {
		return err
	}
	return a.settings.Set(tenant.Enter(ctx, t), author.Person, setting.Change{Name: account.FactorGrace, Value: setting.Value{Number: 365}})
}

// changeRight makes a change, unless somebody has changed the line since or closed it.
func (a *App) changeRight(ctx context.Context, id uuid.UUID, right demo.Right) error {
	t := demo.Place(a.registry, right.Space)
	if t == nil {
		return nil
	}
	author, err := demo.Actor(ctx, a.ground.DB, right.Author)
	if err != nil {
		return err
	}
	err = a.rights.Set(session.With(tenant.Enter(ctx, t), author.In(t.ID)), rights.Change{ID: id, Room: right.Room, Action: right.Action,
		Profile: right.Profile, Reach: right.Reach, Closed: right.Closed})
	if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Forbidden) {
		return nil
	}
	return err
}

func (a *App) publishPiece(ctx context.Context, id uuid.UUID, piece demo.Piece) error {
	t := demo.Place(a.registry, piece.Space)
	if t == nil {
		return nil
	}
	author, err := demo.Actor(ctx, a.ground.DB, piece.Author)
	if err != nil {
		return err
	}
	ctx = session.With(words.With(tenant.Enter(ctx, t), a.words), author.In(t.ID))
	to, err := a.audienceOf(ctx, t, piece.To)
	if err != nil {
		return err
	}
	now := a.ground.DB.Now()
	in := publication.Input{ID: id, Section: piece.Section, Title: piece.Title, Summary: piece.Summary, Body: piece.Body,
		Urgent: piece.Urgent, Public: piece.Public, WantsReceipt: piece.Receipt, Audience: to}
	if piece.DaysAgo < 0 {
		in.PublishAt = now.AddDate(0, 0, -piece.DaysAgo)
	}
	if piece.EndsAfter > 0 {
		in.EndsAt = now.AddDate(0, 0, piece.EndsAfter)
	}
	if err := illustrate(&in, piece); err != nil {
		return err
	}
	desk := a.desks[piece.Room]
	draft, err := desk.Save(ctx, in)
	if err != nil {
		return err
	}
	if _, may := a.policy.Can(ctx, piece.Room, publication.Publish); !may {
		if ctx, draft, err = a.handOver(ctx, desk, draft, piece.Space); err != nil {
			return err
		}
	}
	if err := desk.Publish(ctx, id, draft.Version); err != nil {
		return err
	}
	if piece.DaysAgo <= 0 {
		return nil
	}
	at := now.AddDate(0, 0, -piece.DaysAgo).Truncate(time.Hour).Add(time.Duration(len(piece.Title)%60) * time.Minute)
	return demo.Backdate(ctx, a.ground.DB, id, at)
}

// illustrate puts the piece's drawing above it.
func illustrate(in *publication.Input, piece demo.Piece) error {
	cover, ok := piece.Cover()
	if !ok {
		return nil
	}
	picture, err := cover.PNG()
	if err != nil {
		return err
	}
	in.CoverAlt = cover.Alt
	in.Cover = &publication.Upload{Name: "illustration.png", Type: "image/png", Size: int64(len(picture)),
		Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(picture)), nil }}
	return nil
}

// handOver proposes a draft to the head, as those do who may write and not publish.
func (a *App) handOver(ctx context.Context, desk *publication.Desk, draft publication.Publication, space string) (context.Context, publication.Publication, error) {
	if err := desk.Submit(ctx, draft.ID, draft.Version); err != nil {
		return ctx, draft, err
	}
	head, err := demo.Actor(ctx, a.ground.DB, demo.HeadOf(space))
	if err != nil {
		return ctx, draft, err
	}
	ctx = session.With(ctx, head.In(tenant.From(ctx).ID))
	draft, _, err = desk.Own(ctx, draft.ID)
	return ctx, draft, err
}

func (a *App) audienceOf(ctx context.Context, t *tenant.Tenant, to demo.Audience) (audience.Audience, error) {
	if to.Whole() {
		return audience.Audience{Whole: true}, nil
	}
	choices, err := audience.ChoicesOf(ctx, a.ground.DB, t)
	if err != nil {
		return audience.Audience{}, err
	}
	out := audience.Audience{Profiles: to.Profiles, Levels: to.Levels, Natures: to.Natures, Departments: to.Departments}
	for _, name := range to.Classes {
		id, found := classNamed(choices.Classes, name)
		if !found {
			return out, fmt.Errorf("there is no class %s", name)
		}
		out.Classes = append(out.Classes, id)
	}
	return out, nil
}

func classNamed(classes []school.ClassRef, name string) (school.ClassID, bool) {
	for _, c := range classes {
		if c.Name == name {
			return c.ID, true
		}
	}
	return school.ClassID{}, false
}
