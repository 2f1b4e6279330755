package console

import (
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/session"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/web"
	"elyco/internal/words"
)

func (r *Room) getFields(c *fiber.Ctx) error {
	ctx := c.UserContext()
	return web.Show(c, page(c, "console.fields"), fieldsPage(r.shapeFields(ctx, nil)))
}

// fieldsForm holds the boxes that are ticked, as "setting field", and the versions of the page, as "setting version".
type fieldsForm struct {
	Seen    []string `form:"seen"`
	Version []string `form:"version"`
	Reset   bool     `form:"reset"`
}

func (r *Room) postFields(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[fieldsForm](c)
	if err != nil {
		return err
	}
	changes, err := form.changes(r.Settings, tenant.From(ctx))
	if err != nil {
		return err
	}
	err = r.Settings.Set(ctx, session.Actor(ctx).Person, changes...)
	if wrong := fieldsOf(err); wrong != nil {
		return web.Retry(c, page(c, "console.fields"), fieldsPage(r.shapeFields(ctx, wrong)))
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/fields", words.T(ctx, "console.saved"))
}

// changes keeps what differs from what holds: a box that says what is inherited decides nothing.
func (f fieldsForm) changes(b *setting.Book, t *tenant.Tenant) ([]setting.Change, error) {
	versions, err := versionsOf(f.Version)
	if err != nil {
		return nil, err
	}
	var changes []setting.Change
	for _, of := range directory.Circles() {
		for _, by := range directory.Circles() {
			l := b.Line(t, directory.VisibleName(of, by))
			version, shown := versions[l.Def.Name]
			if !shown || l.Locked != nil {
				continue
			}
			var v setting.Value
			for _, s := range f.Seen {
				if name, field, _ := strings.Cut(s, " "); name == l.Def.Name {
					v.Many = append(v.Many, field)
				}
			}
			if f.Reset {
				changes = append(changes, setting.Change{Name: l.Def.Name, Inherit: true, Version: version})
			} else if !l.Def.Same(v, l.Value) {
				changes = append(changes, setting.Change{Name: l.Def.Name, Value: v, Version: version})
			}
		}
	}
	return changes, nil
}

func versionsOf(list []string) (map[string]int, error) {
	versions := map[string]int{}
	for _, s := range list {
		name, n, _ := strings.Cut(s, " ")
		version, err := strconv.Atoi(n)
		if err != nil {
			return nil, fault.New(fault.Invalid, "")
		}
		versions[name] = version
	}
	return versions, nil
}

func (r *Room) getQuotas(c *fiber.Ctx) error {
	_, used, err := r.stored(c.UserContext())
	if err != nil {
		return err
	}
	return web.Show(c, page(c, "console.quotas"), quotasPage(r.shapeQuotas(c.UserContext(), used, nil, nil)))
}

// quotasForm holds as many values of each name as there are lines.
type quotasForm struct {
	Name    []string `form:"name"`
	Value   []string `form:"value"`
	Version []string `form:"version"`
}

func (r *Room) postQuotas(c *fiber.Ctx) error {
	ctx := c.UserContext()
	form, err := web.Decode[quotasForm](c)
	if err != nil {
		return err
	}
	if len(form.Value) != len(form.Name) {
		return fault.New(fault.Invalid, "")
	}
	versions, err := versionsOf(form.Version)
	if err != nil {
		return err
	}
	changes, wrong := r.quotaChanges(tenant.From(ctx), form, versions)
	if wrong == nil {
		err = r.Settings.Set(ctx, session.Actor(ctx).Person, changes...)
		wrong = fieldsOf(err)
	}
	if wrong != nil {
		_, used, err := r.stored(ctx)
		if err != nil {
			return err
		}
		return web.Retry(c, page(c, "console.quotas"), quotasPage(r.shapeQuotas(ctx, used, form.typed(), wrong)))
	}
	if err != nil {
		return err
	}
	return web.Done(c, home+"/quotas", words.T(ctx, "console.saved"))
}

func (f quotasForm) typed() map[string]string {
	typed := map[string]string{}
	for i, name := range f.Name {
		typed[name] = f.Value[i]
	}
	return typed
}

// quotaChanges reads the numbers; an empty one takes back what stands above.
func (r *Room) quotaChanges(t *tenant.Tenant, f quotasForm, versions map[string]int) ([]setting.Change, map[string]string) {
	var changes []setting.Change
	wrong := map[string]string{}
	for i, name := range f.Name {
		d, known := r.Settings.Def(name)
		if !known || d.Group != setting.QuotaGroup || slices.Contains(f.Name[:i], name) {
			return nil, map[string]string{"": "Cette page a changé. Rechargez-la avant de recommencer."}
		}
		l := r.Settings.Line(t, name)
		text := strings.TrimSpace(f.Value[i])
		n, err := strconv.Atoi(text)
		switch {
		case text == "":
			changes = append(changes, setting.Change{Name: name, Inherit: true, Version: versions[name]})
		case err != nil:
			wrong[name] = "Écrivez un nombre entier de mégaoctets."
		case n != l.Value.Number:
			changes = append(changes, setting.Change{Name: name, Value: setting.Value{Number: n}, Version: versions[name]})
		}
	}
	if len(wrong) > 0 {
		return nil, wrong
	}
	return changes, nil
}
