package slips

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/fault"
	"elyco/internal/notice"
	"elyco/internal/session"
	"elyco/internal/ui"
	"elyco/internal/web"
	"elyco/internal/words"
)

// creates reports whether the actor may ask people.
func (r *Room) creates(ctx context.Context) bool {
	_, ok := r.policy.For(session.Actor(ctx), name, create)
	return ok
}

func (r *Room) getDesk(c *fiber.Ctx) error {
	ctx := c.UserContext()
	from, err := cursorOf(c)
	if err != nil {
		return err
	}
	list, more, err := r.Desk(ctx, from)
	if err != nil {
		return err
	}
	return web.Show(c, page(words.T(ctx, "slips.desk"), create), deskPage(shapeDesk(ctx, list, more, r.db.NowIn(ctx))))
}

func (r *Room) getNew(c *fiber.Ctx) error {
	ctx := c.UserContext()
	list, err := r.Templates(ctx)
	if err != nil {
		return err
	}
	_, all := r.policy.For(session.Actor(ctx), name, follow)
	return web.Show(c, page(words.T(ctx, "slips.new"), create), newPage(shapeNew(ctx, list, all, session.Actor(ctx).Person)))
}

type beginForm struct {
	ID   uuid.UUID `form:"id"`
	From string    `form:"from"`
}

func (r *Room) postBegin(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[beginForm](c)
	if err != nil {
		return err
	}
	content := blankOf(Kind(form.From))
	if !content.Kind.valid() {
		list, err := r.Templates(ctx)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(t Template) bool { return t.ID.String() == form.From })
		if i < 0 {
			return fault.Missing()
		}
		content = list[i].Content
	}
	if err := r.Begin(ctx, form.ID, content); err != nil {
		return err
	}
	return web.Done(c, draftPath(form.ID))
}

// draftForm is the editor. The fields of questions are lists, in their order.
type draftForm struct {
	Version     int       `form:"version"`
	Title       string    `form:"title"`
	Body        string    `form:"body"`
	Anonymous   bool      `form:"anonymous"`
	PerChild    bool      `form:"per_child"`
	Both        string    `form:"both"`
	Required    bool      `form:"required"`
	ResultsOpen bool      `form:"results_open"`
	Reminds     bool      `form:"reminds"`
	Closes      time.Time `form:"closes"`
	QForm       []string  `form:"q_form"`
	QTitle      []string  `form:"q_title"`
	QOptions    []string  `form:"q_options"`
	QNeeded     []string  `form:"q_needed"`
	Do          string    `form:"do"`

	Whole          bool     `form:"to_whole"`
	Profiles       []string `form:"to_profile"`
	Levels         []string `form:"to_level"`
	Classes        []string `form:"to_class"`
	Groups         []string `form:"to_group"`
	Natures        []string `form:"to_nature"`
	Departments    []string `form:"to_department"`
	Establishments []string `form:"to_establishment"`
}

func (f draftForm) audience() (audience.Audience, error) {
	return audience.Form{Whole: f.Whole, Profiles: f.Profiles, Levels: f.Levels, Classes: f.Classes, Groups: f.Groups, Natures: f.Natures,
		Departments: f.Departments, Establishments: f.Establishments}.Audience()
}

// over puts the form over a draft.
func (f draftForm) over(s Slip) (Slip, error) {
	s.Version, s.Title, s.Body, s.Anonymous, s.PerChild, s.Both = f.Version, f.Title, f.Body, f.Anonymous, f.PerChild, f.Both == "both"
	s.Required, s.ResultsOpen, s.Reminds, s.ClosesAt = f.Required, f.ResultsOpen, f.Reminds, f.Closes
	s.Questions = nil
	for i, title := range f.QTitle {
		q := Question{Form: One, Title: strings.TrimSpace(title), Needed: slices.Contains(f.QNeeded, strconv.Itoa(i))}
		if i < len(f.QForm) {
			q.Form = Form(f.QForm[i])
		}
		if i < len(f.QOptions) && q.chooses() {
			for line := range strings.Lines(f.QOptions[i]) {
				if line = strings.TrimSpace(line); line != "" {
					q.Options = append(q.Options, line)
				}
			}
		}
		s.Questions = append(s.Questions, q)
	}
	s.Questions = rearranged(s, f.Do)
	s.settle()
	var err error
	s.Audience, err = f.audience()
	return s, err
}

// rearranged adds a question, takes one out, or moves one up.
func rearranged(s Slip, do string) []Question {
	list := s.Questions
	what, at, _ := strings.Cut(do, "-")
	i, err := strconv.Atoi(at)
	there := err == nil && i >= 0 && i < len(list)
	switch {
	case what == "add":
		return append(list, Question{Form: One, Needed: s.Kind == Ballot})
	case what == "remove" && there:
		return slices.Delete(list, i, i+1)
	case what == "up" && there && i > 0:
		list[i-1], list[i] = list[i], list[i-1]
	}
	return list
}

func (r *Room) getDraft(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, files, err := r.Draft(c.UserContext(), id)
	if err != nil {
		return err
	}
	return r.showDraft(c, s, files, nil)
}

func (r *Room) showDraft(c *fiber.Ctx, s Slip, files []File, faults map[string]string) error {
	ctx := c.UserContext()
	choices, narrow, err := r.choices(ctx, session.Actor(ctx))
	if err != nil {
		return err
	}
	p := audience.Picker{Choices: choices, Chosen: s.Audience, Error: faults[audience.Field], LiveURL: home + "/audience", AskURL: draftPath(s.ID), Narrow: narrow}
	if !s.Audience.Empty() {
		said, err := r.reachWords(ctx, choices, narrow, s.Audience)
		if err != nil {
			return err
		}
		p.Reach = &said
	}
	v := shapeDraft(ctx, s, files, p, faults)
	if len(faults) > 0 {
		return web.Retry(c, page(v.Head, create), draftPage(v))
	}
	return web.Show(c, page(v.Head, create), draftPage(v))
}

// reachWords says who and how many; a choice that is wrong says why.
func (r *Room) reachWords(ctx context.Context, choices audience.Choices, narrow bool, a audience.Audience) (audience.Reach, error) {
	err := addresses(choices, narrow, a)
	if fields := fieldsOf(err); fields != nil {
		return audience.Reach{Error: fields[audience.Field]}, nil
	}
	if err != nil {
		return audience.Reach{}, err
	}
	e, err := audience.Count(ctx, r.db, choices.From, a)
	return choices.ReachOf(a, e), err
}

// getAudience answers the picker while somebody chooses.
func (r *Room) getAudience(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[audience.Form](c)
	if err != nil {
		return err
	}
	a, err := form.Audience()
	if err != nil {
		return err
	}
	if a.Empty() {
		return web.Show(c, page(words.T(ctx, "slips.title"), create), audience.Reach{})
	}
	choices, narrow, err := r.choices(ctx, session.Actor(ctx))
	if err != nil {
		return err
	}
	said, err := r.reachWords(ctx, choices, narrow, a)
	if err != nil {
		return err
	}
	return web.Show(c, page(words.T(ctx, "slips.title"), create), said)
}

func (r *Room) postDraft(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, files, err := r.Draft(ctx, id)
	if err != nil {
		return err
	}
	form, err := web.Decode[draftForm](c)
	if err != nil && fieldsOf(err) == nil {
		return err
	}
	wrong := err
	if s, err = form.over(s); wrong == nil {
		wrong = err
	}
	if wrong == nil {
		wrong = r.Save(ctx, s)
	}
	if faults := fieldsOf(wrong); faults != nil {
		return r.showDraft(c, s, files, faults)
	}
	if wrong != nil {
		return wrong
	}
	if form.Do == "check" {
		return web.Done(c, draftPath(id)+"/check")
	}
	if strings.ContainsRune(form.Do, '-') || form.Do == "add" {
		return web.Done(c, draftPath(id))
	}
	return web.Done(c, draftPath(id), words.T(ctx, "slips.saved"))
}

func (r *Room) getCheck(c *fiber.Ctx) error { return r.showCheck(c, nil) }

func (r *Room) showCheck(c *fiber.Ctx, faults map[string]string) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, files, err := r.Draft(ctx, id)
	if err != nil {
		return err
	}
	n, err := r.Reach(ctx, s)
	if err != nil {
		return err
	}
	refused := len(faults) > 0
	if !refused {
		faults = fieldsOf(s.Ready(r.db.NowIn(ctx)))
	}
	v := shapeCheck(ctx, s, files, n, faults)
	if !s.Audience.Empty() {
		f, err := r.teller.Foresee(ctx, notice.Notice{ID: s.ID, Title: s.Title, Text: s.Body}, s.Audience)
		if err != nil {
			return err
		}
		for _, said := range f.Words(ctx, r.db.NowIn(ctx)) {
			v.Facts = append(v.Facts, ui.Fact{Label: said.Label, Text: said.Text})
		}
		v.Alike = f.Warnings(ctx, r.db.NowIn(ctx))
	}
	p := page(words.T(ctx, "slips.check"), create)
	if refused {
		return web.Retry(c, p, checkPage(v))
	}
	return web.Show(c, p, checkPage(v))
}

type versionForm struct {
	Version int       `form:"version"`
	Closes  time.Time `form:"closes"`
	Now     bool      `form:"now"`
}

func (r *Room) postPublication(c *fiber.Ctx) error {
	form, err := web.Decode[versionForm](c)
	if err != nil {
		return err
	}
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	err = r.Publish(c.UserContext(), id, form.Version)
	if faults := fieldsOf(err); faults != nil {
		return r.showCheck(c, faults)
	}
	return done(c, err, resultsPath(id), "slips.published")
}

// done goes on after a change, or tells what was wrong with it.
func done(c *fiber.Ctx, err error, path, said string) error {
	if err != nil {
		return err
	}
	return web.Done(c, path, words.T(c.UserContext(), said))
}

func (r *Room) postRemoval(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	return done(c, r.Discard(c.UserContext(), id), home+"/desk", "slips.discarded")
}

func (r *Room) postFiles(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	s, _, err := r.Draft(ctx, id)
	if err != nil {
		return err
	}
	taken, problem := 0, ""
	err = web.Parts(c, func(part web.Part) error {
		if !part.File || part.FileName == "" {
			return nil
		}
		err := r.Attach(ctx, id, part.FileName, part)
		if said := sentence(err); said != "" {
			problem = said
			return nil
		}
		taken++
		return err
	})
	if err != nil {
		return err
	}
	if taken == 0 && problem == "" {
		problem = words.T(ctx, "slips.files.none")
	}
	if problem != "" {
		_, files, err := r.Draft(ctx, id)
		if err != nil {
			return err
		}
		return r.showDraft(c, s, files, map[string]string{"files": problem})
	}
	return web.Done(c, draftPath(id), words.T(ctx, "slips.files.taken"))
}

func (r *Room) postDetach(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	file, err := idOf(c, "file")
	if err != nil {
		return err
	}
	return done(c, r.Detach(c.UserContext(), id, file), draftPath(id), "slips.files.removed")
}

func (r *Room) postTemplateRemoval(c *fiber.Ctx) error {
	id, err := idOf(c, "id")
	if err != nil {
		return err
	}
	return done(c, r.Drop(c.UserContext(), id), home+"/new", "slips.template.removed")
}
