package rights

import (
	"context"
	"errors"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// shapeChange makes the page where a line is changed; wrong is what was wrong with what was sent, or nil.
func (r *Room) shapeChange(ctx context.Context, s subject, wrong error) changeView {
	t, l := tenant.From(ctx), s.line
	v := changeView{
		Trail:  trail(ctx, ui.Link{Label: words.T(ctx, s.room.Title), URL: home + "/" + s.room.Name}),
		Kicker: t.Name, Title: words.T(ctx, "rights.change.title", "who", words.T(ctx, "profile."+string(l.Profile))),
		Lead: sentence(ctx, s, l.Effective), Facts: r.facts(ctx, s), Action: s.path() + "/effect", Back: home + "/" + s.room.Name + "#" + s.anchor(),
	}
	if err := l.Check(policy.Inherited, false); err != nil {
		v.Refused = wordsOf(err)
		return v
	}
	v.Reach = ui.RadioGroup{ID: "reach", Name: "reach", Legend: words.T(ctx, "rights.choice"), Required: true}
	now := policy.Inherited
	if l.Own != nil {
		now = l.Own.Reach
	}
	inherited := "rights.inherit.default"
	if len(l.Above) > 0 {
		inherited = "rights.inherit.above"
	}
	v.Reach.Choices = append(v.Reach.Choices, ui.Choice{Value: string(policy.Inherited), Label: words.T(ctx, inherited),
		Hint: sentence(ctx, s, l.Inherited), Selected: now == policy.Inherited})
	for _, reach := range l.Choices() {
		if reach == l.Inherited && reach != now && !l.MayClose() {
			continue // saying what is said above changes nothing, where there is nothing to close
		}
		choice := ui.Choice{Value: string(reach), Label: sentence(ctx, s, reach), Selected: now == reach}
		if reach == l.Default {
			choice.Hint = words.T(ctx, "rights.is_default")
		}
		v.Reach.Choices = append(v.Reach.Choices, choice)
	}
	if l.MayClose() {
		v.Closed = &ui.Checkbox{ID: "closed", Name: "closed", Label: words.T(ctx, "rights.close"), Hint: words.T(ctx, "rights.close.hint"),
			Checked: l.Own != nil && l.Own.Closed}
		v.Below = r.below(ctx, t, l)
	}
	var f *fault.Error
	if errors.As(wrong, &f) {
		v.Reach.Error = f.Fields["reach"]
		if v.Closed != nil {
			v.Closed.Error = f.Fields["closed"]
		}
		for field, text := range f.Fields {
			v.Errors = append(v.Errors, ui.FieldError{FieldID: field, Text: text})
		}
	}
	return v
}

func wordsOf(err error) string {
	var f *fault.Error
	if errors.As(err, &f) {
		return f.Words
	}
	return ""
}

func (r *Room) facts(ctx context.Context, s subject) []ui.Fact {
	l := s.line
	facts := []ui.Fact{{Label: words.T(ctx, "rights.default"), Text: sentence(ctx, s, l.Default)}}
	for _, set := range l.Above {
		facts = append(facts, ui.Fact{Label: set.Space.Name, Text: sentence(ctx, s, set.Reach) + " " + setBy(ctx, set)})
	}
	if l.Own != nil {
		facts = append(facts, ui.Fact{Label: words.T(ctx, "rights.here"), Text: sentence(ctx, s, l.Own.Reach) + " " + setBy(ctx, *l.Own)})
	}
	return facts
}

func setBy(ctx context.Context, set policy.Set) string {
	key := "rights.set_by"
	if set.Closed {
		key = "rights.closed_on"
	}
	return words.T(ctx, key, "name", nameOf(ctx, set.Author), "when", words.Date(set.SetAt))
}

func nameOf(ctx context.Context, name string) string {
	if name == "" {
		return words.T(ctx, "rights.nobody")
	}
	return name
}

// below names the spaces that go their own way.
func (r *Room) below(ctx context.Context, t *tenant.Tenant, l policy.Line) *belowView {
	const shown = 40
	spaces := r.policy.Differing(t, l)
	if len(spaces) == 0 {
		return nil
	}
	v := &belowView{Summary: words.N(ctx, "rights.differ", len(spaces))}
	for _, space := range spaces[:min(shown, len(spaces))] {
		v.Names = append(v.Names, space.Name)
	}
	if more := len(spaces) - len(v.Names); more > 0 {
		v.More = words.N(ctx, "rights.differ.more", more)
	}
	return v
}

// shapeEffect makes the page that says what a change would do before it is made.
func (r *Room) shapeEffect(ctx context.Context, s subject, w wish, p Prospect) effectView {
	t, l := tenant.From(ctx), s.line
	reach := policy.Reach(w.Reach)
	v := effectView{
		Trail: trail(ctx, ui.Link{Label: words.T(ctx, s.room.Title), URL: home + "/" + s.room.Name}, ui.Link{Label: words.T(ctx, "rights.change"), URL: s.path()}),
		Title: words.T(ctx, "rights.effect.title"), Kicker: t.Name, Lead: words.T(ctx, "rights.effect.lead"),
		Before: sentence(ctx, s, l.Effective), After: sentence(ctx, s, l.After(reach)), Action: s.path(), Back: s.path(),
		Hidden: []hiddenField{{"id", school.NewID().String()}, {"reach", w.Reach}, {"number", strconv.Itoa(p.Number)}},
	}
	if w.Closed {
		v.Hidden = append(v.Hidden, hiddenField{"closed", "1"})
		v.Notes = append(v.Notes, words.T(ctx, "rights.effect.closed"))
	}
	if w.Undoes != uuid.Nil {
		v.Title = words.T(ctx, "rights.undo.title")
		v.Hidden = append(v.Hidden, hiddenField{"undoes", w.Undoes.String()})
	}
	if l.Stands(reach, w.Closed) {
		v.Same = words.T(ctx, "rights.effect.same")
		return v
	}
	v.Notes = append(v.Notes, people(ctx, l, p))
	if n := len(r.policy.Differing(t, l)); n > 0 && w.Closed {
		v.Notes = append(v.Notes, words.N(ctx, "rights.effect.asleep", n))
	} else if n > 0 {
		v.Notes = append(v.Notes, words.N(ctx, "rights.effect.keep", n))
	}
	return v
}

func people(ctx context.Context, l policy.Line, p Prospect) string {
	switch {
	case l.Profile == school.Anyone:
		return words.T(ctx, "rights.effect.visitors")
	case !p.Counted:
		return words.T(ctx, "rights.effect.administrators")
	case tenant.From(ctx).Kind == tenant.KindEstablishment:
		return words.N(ctx, "rights.effect.people", p.People)
	}
	return words.N(ctx, "rights.effect.people_below", p.People)
}

func (r *Room) shapeHistory(ctx context.Context, s service.Service, past []Past, before uuid.UUID, more bool) historyView {
	path := home + "/" + s.Name
	v := historyView{
		Trail: trail(ctx, ui.Link{Label: words.T(ctx, s.Title), URL: path}), Title: words.T(ctx, "rights.history"), Kicker: tenant.From(ctx).Name,
		Lead: words.T(ctx, "rights.history.lead"), Past: r.pastTable(ctx, past, false),
		Empty: ui.EmptyState{Icon: ui.IconClock, Title: words.T(ctx, "rights.history.empty"), Sentence: words.T(ctx, "rights.history.empty_text")},
	}
	if before != uuid.Nil {
		v.Pager.Previous = path + "/history"
	}
	if more {
		v.Pager.Next = path + "/history?" + url.Values{"before": {past[len(past)-1].ID.String()}}.Encode()
	}
	return v
}

// pastTable lists changes, each with the way back. What no service knows any more is left out.
func (r *Room) pastTable(ctx context.Context, past []Past, service bool) ui.Table {
	t := ui.Table{Caption: words.T(ctx, "rights.history"), HideCaption: true, Columns: []ui.Column{{Label: words.T(ctx, "rights.right")},
		{Label: words.T(ctx, "rights.before")}, {Label: words.T(ctx, "rights.after")}, {Label: words.T(ctx, "rights.when")},
		{Label: words.T(ctx, "rights.who")}, {Label: words.T(ctx, "rights.undo"), Hide: true}}}
	for _, p := range past {
		s, ok := r.subjectOf(ctx, p)
		if !ok {
			continue
		}
		right := words.T(ctx, "rights.past", "profile", words.T(ctx, "profile."+string(p.Profile)), "action", words.T(ctx, s.action.Words))
		if service {
			right = words.T(ctx, "rights.says", "name", words.T(ctx, s.room.Title), "text", right)
		}
		when := words.DateTime(p.SetAt)
		if p.Undoes != uuid.Nil {
			when = words.T(ctx, "rights.past.undo", "when", when)
		}
		undo := noteCell("")
		if r.may(ctx, change) && s.line.Open() {
			q := url.Values{"reach": {p.Before.Reach}, "undoes": {p.ID.String()}}
			if p.Before.Closed {
				q.Set("closed", "1")
			}
			undo = linkCell(s.path()+"/effect?"+q.Encode(), words.T(ctx, "rights.undo"), right)
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: right}, {Body: setsCell(stateSets(ctx, p.Before))}, {Body: setsCell(stateSets(ctx, p.After))},
			{Text: when}, {Text: nameOf(ctx, p.Author)}, {Body: undo}}})
	}
	return t
}

func stateSets(ctx context.Context, s State) []setView {
	v := setView{Text: short(ctx, policy.Reach(s.Reach))}
	if s.Closed {
		v.Closed = words.T(ctx, "rights.closed")
	}
	return []setView{v}
}

func (r *Room) subjectOf(ctx context.Context, p Past) (subject, bool) {
	t := tenant.From(ctx)
	for _, s := range r.rooms {
		for _, a := range actionsIn(s, t) {
			if s.Name == p.Room && a.Name == p.Action {
				l, ok := r.policy.Line(t, s.Name, a.Name, p.Profile)
				return subject{s, a, l}, ok
			}
		}
	}
	return subject{}, false
}
