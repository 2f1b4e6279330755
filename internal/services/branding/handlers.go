package branding

import (
	"net/url"

	"github.com/gofiber/fiber/v2"
	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/theme"
	"elyco/internal/web"
	"elyco/internal/words"
)

const home = "/branding"

func (r *Room) page(c *fiber.Ctx) web.Page {
	return web.Page{Title: words.T(c.UserContext(), "branding.title"), Room: "branding", Action: edit}
}

// look is how the preview is being looked at. It goes from page to page.
type look struct {
	Scheme string `form:"scheme"`
	View   string `form:"view"`
}

// valid falls back to the light home page, whatever an address says.
func (l look) valid() look {
	if l.Scheme != string(theme.Dark) {
		l.Scheme = string(theme.Light)
	}
	if l.View != viewGate {
		l.View = viewHome
	}
	return l
}

// back is the editor, at its preview, looked at in the same way.
func (l look) back() string {
	l = l.valid()
	return home + "?" + url.Values{"scheme": {l.Scheme}, "view": {l.View}}.Encode() + "#branding-look"
}

func (r *Room) getEditor(c *fiber.Ctx) error {
	l := look{c.Query("scheme"), c.Query("view")}
	return r.show(c, state{look: l.valid()})
}

// show opens the desk and shows the editor, with what was typed when it was refused.
func (r *Room) show(c *fiber.Ctx, s state) error {
	var err error
	if s.desk, err = r.Open(c.UserContext()); err != nil {
		return err
	}
	body := editorPage(r.shape(c.UserContext(), s))
	if s.wrong() {
		return web.Retry(c, r.page(c), body)
	}
	return web.Show(c, r.page(c), body)
}

type draftForm struct {
	Revision    int      `form:"revision"`
	Scheme      string   `form:"scheme"`
	View        string   `form:"view"`
	Light       []string `form:"light"`
	LightPick   []string `form:"light_pick"`
	Dark        []string `form:"dark"`
	DarkPick    []string `form:"dark_pick"`
	Accent      string   `form:"accent"`
	AccentPick  string   `form:"accent_pick"`
	BodyFont    string   `form:"body_font"`
	HeadingFont string   `form:"heading_font"`
	Weight      int      `form:"weight"`
	Radius      int      `form:"radius"`
	Density     string   `form:"density"`
	Motif       string   `form:"motif"`
	LoginTitle  string   `form:"login_title"`
	LoginText   string   `form:"login_text"`
}

func (f draftForm) look() look { return look{f.Scheme, f.View}.valid() }

func (f draftForm) change() Change {
	return Change{
		Light: pairs(f.Light, f.LightPick), Dark: pairs(f.Dark, f.DarkPick), Accent: Pair{f.Accent, f.AccentPick},
		Shape: theme.Shape{BodyFont: f.BodyFont, HeadingFont: f.HeadingFont, Weight: f.Weight, Radius: &f.Radius, Density: f.Density, Motif: f.Motif},
		Login: theme.Login{Title: f.LoginTitle, Text: f.LoginText},
	}
}

func pairs(text, pick []string) Colours {
	if len(text) != len(pick) {
		return nil
	}
	out := make(Colours, len(text))
	for i := range text {
		out[i] = Pair{text[i], pick[i]}
	}
	return out
}

// postDraft keeps what the form says. Where scripts run, the preview and the fields that followed are the answer; else the
// browser goes back to the page.
func (r *Room) postDraft(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[draftForm](c)
	if err != nil {
		return err
	}
	change := form.change()
	s := state{look: form.look(), typed: &change}
	if err := r.Save(ctx, form.Revision, change); err != nil {
		if s.fields = fieldsOf(err); s.fields == nil {
			return err
		}
	}
	if !web.Fragment(c) && !s.wrong() {
		return web.Done(c, s.look.back())
	}
	if !web.Fragment(c) {
		return r.show(c, s)
	}
	if s.desk, err = r.Open(ctx); err != nil {
		return err
	}
	body := draftAnswer(r.shape(ctx, s))
	if s.wrong() {
		return web.Retry(c, r.page(c), body)
	}
	return web.Show(c, r.page(c), body)
}

type colourForm struct {
	Revision int    `form:"revision"`
	Scheme   string `form:"scheme"`
	View     string `form:"view"`
	In       string `form:"in"` // the scheme of the colour, whatever is being looked at
	Role     string `form:"role"`
	Colour   string `form:"colour"`
}

func (r *Room) postColour(c *fiber.Ctx) error {
	form, err := web.Decode[colourForm](c)
	if err != nil {
		return err
	}
	colour, err := theme.ParseColour(form.Colour)
	if err != nil {
		return fault.Field("colour", sentence(err))
	}
	if err := r.Take(c.UserContext(), form.Revision, theme.Scheme(form.In), theme.Role(form.Role), colour); err != nil {
		return err
	}
	return web.Done(c, look{form.Scheme, form.View}.back(), words.T(c.UserContext(), "branding.taken"))
}

type revisionForm struct {
	Revision int    `form:"revision"`
	Scheme   string `form:"scheme"`
	View     string `form:"view"`
	Note     string `form:"note"`
}

func (r *Room) postReset(c *fiber.Ctx) error {
	form, err := web.Decode[revisionForm](c)
	if err != nil {
		return err
	}
	if err := r.Reset(c.UserContext(), form.Revision); err != nil {
		return err
	}
	return web.Done(c, home, words.T(c.UserContext(), "branding.reset_done"))
}

func (r *Room) postDiscard(c *fiber.Ctx) error {
	form, err := web.Decode[revisionForm](c)
	if err != nil {
		return err
	}
	if err := r.Discard(c.UserContext(), form.Revision); err != nil {
		return err
	}
	return web.Done(c, home, words.T(c.UserContext(), "branding.discarded"))
}

func (r *Room) postPublication(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[revisionForm](c)
	if err != nil {
		return err
	}
	err = r.Publish(ctx, form.Revision, form.Note)
	if fault.Is(err, fault.Invalid) {
		return r.show(c, state{look: look{form.Scheme, form.View}.valid(), note: form.Note, refused: refusalOf(err), fields: fieldsOf(err)})
	}
	if err != nil {
		return err
	}
	return web.Done(c, home, words.T(ctx, "branding.published"))
}

func (r *Room) postRestoration(c *fiber.Ctx) error {
	ctx := c.UserContext()
	id, err := uuid.Parse(c.Params("id"))
	if err != nil {
		return fault.Missing()
	}
	err = r.Restore(ctx, id)
	if fault.Is(err, fault.Invalid) {
		return r.show(c, state{look: look{}.valid(), refused: refusalOf(err)})
	}
	if err != nil {
		return err
	}
	return web.Done(c, home, words.T(ctx, "branding.restored"))
}
