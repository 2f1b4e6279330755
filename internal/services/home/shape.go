package home

import (
	"context"
	"slices"
	"strings"
	"time"

	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

const (
	lineLength   = 20
	lineShown    = 8 // at once; the rest on demand
	widgetLength = 5
)

// shape turns a board into what the page shows, in words.
func (r *Room) shape(ctx context.Context, b Board) view {
	actor := session.Actor(ctx)
	now := r.db.NowIn(ctx)
	given, _, _ := strings.Cut(actor.Name, " ")
	v := view{
		Greeting: words.T(ctx, "home.greeting", "name", given),
		Lead:     words.T(ctx, "home.lead", "date", words.Date(now)),
		Children: r.children(actor, b.Spaces),
		Words: viewWords{Children: words.T(ctx, "home.children"), Empty: words.T(ctx, "home.empty"),
			EmptyText: words.T(ctx, "home.empty_text")},
		Tools: []toolLink{{words.T(ctx, "home.arrange"), "/home/arrange", ui.IconEdit}},
	}
	if _, may := r.policy.For(actor, "home", "default"); may {
		v.Tools = append(v.Tools, toolLink{words.T(ctx, "home.defaults"), "/home/defaults", ui.IconSettings})
	}
	if actor.PreviewOnly {
		v.Greeting = words.T(ctx, "home.greeting_preview")
	}
	for _, name := range b.Layout.Shown {
		if r.widget(name).Seldom && len(b.Widgets[name]) == 0 {
			continue
		}
		v.Parts = append(v.Parts, r.part(ctx, name, b, now))
	}
	return v
}

func (r *Room) part(ctx context.Context, name string, b Board, now time.Time) part {
	if name == Line {
		line := r.items(ctx, b.Line, lineLength, b.Spaces, now)
		p := part{ID: Line, Title: words.T(ctx, "home.line"), Icon: ui.IconBell, Wide: true, Unread: unread(b.Line),
			Items: line, Empty: words.T(ctx, "home.line_empty")}
		if rest := len(line) - lineShown; rest > 0 {
			p.Items, p.More, p.MoreWords = line[:lineShown], line[lineShown:], words.N(ctx, "home.line_more", rest)
		}
		return p
	}
	w := r.widget(name)
	all := ui.Link{}
	if r.opens(ctx, w) {
		all = ui.Link{Label: words.T(ctx, "home.see_all"), URL: w.URL}
	}
	return part{ID: name, Title: words.T(ctx, w.Title), Icon: ui.Icon(w.Icon), Unread: unread(b.Widgets[name]),
		Items: r.items(ctx, b.Widgets[name], widgetLength, b.Spaces, now), Empty: words.T(ctx, "home.widget_empty"), Link: all}
}

// opens reports whether the widget's room can be entered from here: somebody who comes to the host of a space that is
// not theirs sees their own lines, and no door that would stay shut.
func (r *Room) opens(ctx context.Context, w Widget) bool {
	_, may := r.policy.For(session.Actor(ctx), w.Room, w.Action)
	return may && slices.Contains(w.Levels, tenant.From(ctx).Kind)
}

func (r *Room) widget(name string) Widget {
	i := slices.IndexFunc(r.widgets, func(w Widget) bool { return w.Name == name })
	if i < 0 {
		return Widget{}
	}
	return r.widgets[i]
}

func unread(items []service.Item) int {
	n := 0
	for _, it := range items {
		if it.Unread {
			n++
		}
	}
	return n
}

func (r *Room) items(ctx context.Context, items []service.Item, limit int, spaces []*tenant.Tenant, now time.Time) []ui.Item {
	shown := make([]ui.Item, 0, min(len(items), limit))
	for _, it := range items[:min(len(items), limit)] {
		shown = append(shown, r.item(ctx, it, spaces, now))
	}
	return shown
}

func (r *Room) item(ctx context.Context, it service.Item, spaces []*tenant.Tenant, now time.Time) ui.Item {
	line := ui.Item{Title: it.Title, URL: it.URL, Text: it.Summary, Unread: it.Unread,
		Meta: it.Source + " · " + words.Since(time.Unix(it.At, 0), now)}
	if it.Urgent {
		line.Badges = append(line.Badges, ui.Badge{Label: words.T(ctx, "home.urgent"), Tone: ui.ToneDanger, Icon: ui.IconAlert})
	}
	if it.Section != "" {
		line.Badges = append(line.Badges, ui.Badge{Label: it.Section, Tone: ui.ToneBrand})
	}
	if it.Asks != "" {
		line.Badges = append(line.Badges, ui.Badge{Label: it.Asks, Tone: ui.ToneAccent})
	}
	for _, met := range append([]service.Item{it}, it.Also...) {
		if names := childNames(met.About); names != "" {
			line.Stamps = append(line.Stamps, ui.Stamp{Name: names, Initials: initials(names), School: r.schoolName(met.Scope), Hue: hue(met.Scope, spaces)})
		}
	}
	// A school that is named beside the child is not named a second time.
	if len(line.Stamps) == 1 && line.Stamps[0].School == it.Source {
		line.Meta = words.Since(time.Unix(it.At, 0), now)
	}
	return line
}

func (r *Room) schoolName(id school.ScopeID) string {
	if t := r.registry.ByID(id); t != nil {
		return t.Name
	}
	return ""
}

func hue(id school.ScopeID, spaces []*tenant.Tenant) ui.Hue {
	return ui.HueOf(max(0, slices.IndexFunc(spaces, func(t *tenant.Tenant) bool { return t.ID == id })))
}

func childNames(children []school.ChildRef) string {
	var names []string
	for _, c := range children {
		if !slices.Contains(names, c.Name) {
			names = append(names, c.Name)
		}
	}
	return strings.Join(names, ", ")
}

func initials(name string) string {
	for _, letter := range name {
		return strings.ToUpper(string(letter))
	}
	return ""
}

// children lists the actor's children with class and school, each leading to that school's portal.
func (r *Room) children(actor school.Actor, spaces []*tenant.Tenant) []child {
	var list []child
	for _, m := range actor.Everywhere {
		t := r.registry.ByID(m.Scope)
		if t == nil || m.Profile != school.Guardian {
			continue
		}
		for _, c := range m.Children {
			one := child{Name: c.Name, School: t.Name, URL: r.registry.URL(t, "/home"),
				Avatar: ui.Avatar{Name: c.Name, Initials: initials(c.Name), Hue: hue(t.ID, spaces)}}
			if len(c.Classes) > 0 {
				one.Class = c.Classes[0].Name
			}
			list = append(list, one)
		}
	}
	return list
}

func (r *Room) shapeArrange(ctx context.Context, b Board) arrangeView {
	v := arrangeView{Title: words.T(ctx, "home.arrange.title"), Lead: words.T(ctx, "home.arrange.lead"),
		ShownTitle: words.T(ctx, "home.arrange.shown"), HiddenTitle: words.T(ctx, "home.arrange.hidden"),
		NothingHidden: words.T(ctx, "home.arrange.nothing_hidden"), Reset: words.T(ctx, "home.arrange.reset"),
		Back: words.T(ctx, "home.arrange.back"), Up: ui.Link{Label: words.T(ctx, "home.title"), URL: "/home"}}
	for i, name := range b.Layout.Shown {
		line := r.arrangeLine(ctx, name)
		press := func(verb, label string, icon ui.Icon, off bool) {
			line.Buttons = append(line.Buttons, ui.Button{Label: words.T(ctx, label, "widget", line.Title), Name: verb, Value: name,
				Icon: icon, IconOnly: true, Small: true, Disabled: off, Kind: ui.ButtonQuiet})
		}
		press("up", "home.arrange.up", ui.IconChevronUp, i == 0)
		press("down", "home.arrange.down", ui.IconChevronDown, i == len(b.Layout.Shown)-1)
		press("pin", "home.arrange.pin", ui.IconPin, i == 0)
		press("hide", "home.arrange.hide", ui.IconClose, false)
		v.Shown = append(v.Shown, line)
	}
	for _, name := range b.Layout.Hidden {
		line := r.arrangeLine(ctx, name)
		line.Buttons = []ui.Button{{Label: words.T(ctx, "home.arrange.show"), Name: "show", Value: name, Icon: ui.IconPlus, Small: true}}
		v.Hidden = append(v.Hidden, line)
	}
	return v
}

func (r *Room) arrangeLine(ctx context.Context, name string) arrangeLine {
	if name == Line {
		return arrangeLine{Title: words.T(ctx, "home.line"), Icon: ui.IconBell}
	}
	w := r.widget(name)
	return arrangeLine{Title: words.T(ctx, w.Title), Icon: ui.Icon(w.Icon)}
}

func (r *Room) shapeDefaults(ctx context.Context, chosen map[school.Profile]Layout) defaultsView {
	v := defaultsView{Title: words.T(ctx, "home.defaults.title"), Lead: words.T(ctx, "home.defaults.lead"), Save: words.T(ctx, "home.defaults.save"),
		Up: ui.Link{Label: words.T(ctx, "home.title"), URL: "/home"}}
	for _, p := range school.SchoolProfiles() {
		l, own := chosen[p]
		state := words.T(ctx, "home.defaults.own")
		if !own {
			l = houseDefault(school.Actor{Everywhere: []school.Membership{{Profile: p}}})
			state = words.T(ctx, "home.defaults.house")
		}
		form := defaultsForm{Profile: string(p), Title: words.T(ctx, "profile."+string(p)), State: state}
		for _, name := range r.names() {
			form.Boxes = append(form.Boxes, ui.Checkbox{ID: string(p) + "-" + name, Name: "widget", Value: name,
				Label: r.arrangeLine(ctx, name).Title, Checked: slices.Contains(l.Shown, name)})
		}
		v.Profiles = append(v.Profiles, form)
	}
	return v
}
