package documents

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

// sharingState is what the page of a thing's shares remembers of the form that led to it.
type sharingState struct {
	form   shareForm
	errors map[string]string // of the form that shares
	link   map[string]string // of the form that makes a link
	until  time.Time         // that was asked for a link
	asked  bool              // to be told who is meant
	fresh  string            // address of the link just made
}

func (r *Room) getSharing(c *fiber.Ctx) error {
	n, err := r.node(c)
	if err != nil {
		return err
	}
	return r.showSharing(c, n, sharingState{})
}

func (r *Room) showSharing(c *fiber.Ctx, n drive.Node, s sharingState) error {
	ctx := c.UserContext()
	if n.Role != drive.Editor {
		return fault.Missing()
	}
	v, err := r.shapeSharing(ctx, n, s)
	if err != nil {
		return err
	}
	page := r.page(c, v.Title)
	page.Action = drive.Give
	if len(s.errors)+len(s.link) > 0 {
		return web.Retry(c, page, sharingPage(v))
	}
	return web.Show(c, page, sharingPage(v))
}

// shareForm repeats the fields of audience.Form, which the picker sends.
type shareForm struct {
	ID             uuid.UUID `form:"id"`
	Whole          bool      `form:"to_whole"`
	Profiles       []string  `form:"to_profile"`
	Levels         []string  `form:"to_level"`
	Classes        []string  `form:"to_class"`
	Groups         []string  `form:"to_group"`
	Natures        []string  `form:"to_nature"`
	Departments    []string  `form:"to_department"`
	Establishments []string  `form:"to_establishment"`
	Role           string    `form:"role"`
	Until          time.Time `form:"until"`
	Ask            string    `form:"ask"`
}

func (f shareForm) audience() (audience.Audience, error) {
	return audience.Form{Whole: f.Whole, Profiles: f.Profiles, Levels: f.Levels, Classes: f.Classes, Groups: f.Groups, Natures: f.Natures,
		Departments: f.Departments, Establishments: f.Establishments}.Audience()
}

var roles = map[string]drive.Role{"view": drive.View, "add": drive.Add, "edit": drive.Editor}

func (r *Room) postShare(c *fiber.Ctx) error {
	ctx := c.UserContext()
	n, err := r.node(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[shareForm](c)
	if err != nil {
		return err
	}
	err = r.share(ctx, n, form)
	if fault.Is(err, fault.Invalid) {
		return r.showSharing(c, n, sharingState{form: form, errors: fieldsOf(err)})
	}
	if err != nil {
		return err
	}
	return web.Done(c, itemPath(n.ID, "sharing"), words.T(ctx, "documents.share.done"))
}

// share reads the choice as keys and hands it to the drive. A day is meant whole: the share ends when the next one begins.
func (r *Room) share(ctx context.Context, n drive.Node, form shareForm) error {
	chosen, err := form.audience()
	if err != nil {
		return err
	}
	choices, err := r.choices(ctx)
	if err != nil {
		return err
	}
	here := tenant.From(ctx)
	keys, err := chosen.Keys(here)
	if err != nil {
		return err
	}
	if err := choices.Allows(chosen); err != nil {
		return err
	}
	if form.ID == uuid.Nil {
		return fault.Missing()
	}
	s := drive.Sharing{ID: form.ID, Node: n.ID, Keys: keys, Audience: chosen, Words: choices.Words(chosen), Role: roles[form.Role]}
	if !form.Until.IsZero() {
		s.Until = form.Until.AddDate(0, 0, 1)
	}
	_, err = r.drive.Share(ctx, s)
	return err
}

func fieldsOf(err error) map[string]string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Fields
	}
	return nil
}

// postAudience shows the form again with who and how many the choice reaches, where scripts do not run.
func (r *Room) postAudience(c *fiber.Ctx) error {
	n, err := r.node(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[shareForm](c)
	if err != nil {
		return err
	}
	return r.showSharing(c, n, sharingState{form: form, asked: true})
}

// getAudience tells, while one chooses, whom the choice reaches.
func (r *Room) getAudience(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[shareForm](c)
	if err != nil {
		return err
	}
	chosen, err := form.audience()
	if err != nil {
		return web.Show(c, r.page(c, words.T(ctx, "documents.sharing")), audience.Reach{Error: sentence(ctx, err)})
	}
	reach, err := r.reach(ctx, chosen)
	if err != nil {
		return err
	}
	return web.Show(c, r.page(c, words.T(ctx, "documents.sharing")), reach)
}

// reach says who and how many a choice means.
func (r *Room) reach(ctx context.Context, chosen audience.Audience) (audience.Reach, error) {
	if chosen.Empty() {
		return audience.Reach{}, nil
	}
	choices, err := r.choices(ctx)
	if err != nil {
		return audience.Reach{}, err
	}
	if err := choices.Allows(chosen); err != nil {
		return audience.Reach{Error: sentence(ctx, err)}, nil
	}
	e, err := r.Count(ctx, chosen)
	if said := sentence(ctx, err); said != "" {
		return audience.Reach{Error: said}, nil
	}
	return choices.ReachOf(chosen, e), err
}

func (r *Room) postShareRemoval(c *fiber.Ctx) error {
	return r.end(c, "share", r.drive.Unshare, "documents.share.ended")
}

func (r *Room) postLinkRemoval(c *fiber.Ctx) error {
	return r.end(c, "link", r.drive.RevokeLink, "documents.link.ended")
}

func (r *Room) end(c *fiber.Ctx, what string, end func(ctx context.Context, node, id uuid.UUID) error, key string) error {
	node, err := idOf(c, "id")
	if err != nil {
		return err
	}
	id, err := idOf(c, what)
	if err != nil {
		return err
	}
	if err := end(c.UserContext(), node, id); err != nil {
		return err
	}
	return web.Done(c, itemPath(node, "sharing"), words.T(c.UserContext(), key))
}

type linkInput struct {
	ID       uuid.UUID `form:"id"`
	Until    time.Time `form:"until"`
	Password string    `form:"password,raw"`
}

// postLink makes a link. Its address is in the answer and nowhere else: nobody can show it again.
func (r *Room) postLink(c *fiber.Ctx) error {
	ctx := c.UserContext()
	n, err := r.node(c)
	if err != nil {
		return err
	}
	form, err := web.Decode[linkInput](c)
	if err != nil {
		return err
	}
	if form.ID == uuid.Nil {
		return fault.Missing()
	}
	until := form.Until
	if !until.IsZero() {
		until = until.AddDate(0, 0, 1)
	}
	_, secret, err := r.drive.NewLink(ctx, n.ID, form.ID, until, form.Password)
	if fault.Is(err, fault.Invalid) {
		return r.showSharing(c, n, sharingState{link: fieldsOf(err), until: form.Until})
	}
	if err != nil {
		return err
	}
	address := r.registry.URL(tenant.From(ctx), home+"/links/"+secret)
	return r.showSharing(c, n, sharingState{fresh: address, until: form.Until})
}

func (r *Room) getReceived(c *fiber.Ctx) error {
	ctx := c.UserContext()
	all, next, err := r.drive.Received(ctx, c.Query("after"))
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(one drive.Received) bool { return one.Document.ID == uuid.Nil })
	return web.Show(c, r.page(c, words.T(ctx, "documents.received")), receivedPage(r.shapeReceived(ctx, all, c.Query("after"), next)))
}
