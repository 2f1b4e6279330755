package classes

import (
	"context"
	"strings"

	"elyco/internal/school"
	"elyco/internal/ui"
	"elyco/internal/words"
)

type unitView struct {
	Trail         []ui.Link
	Name, Lead    string
	Path, Export  string
	Wall          string // the faces of a class of today's year
	Errors        []ui.FieldError
	Notices       []ui.InlineNotice
	Undo          []string // who was taken out a moment ago
	May           bool
	Kind          Kind
	Pupils, Staff []ui.Item
	NoPupils      ui.EmptyState
	Edit          unitFields
	EditOpen      bool
	Search        ui.Field
	Asked         bool
	Found         *ui.CheckboxGroup
	Drop          *ui.CheckboxGroup
	Form          *ui.CheckboxGroup
	Empty         bool
}

func shapeUnit(ctx context.Context, s Sheet, may bool, text string, dropped []string, t typed) unitView {
	k := s.Kind
	v := unitView{Trail: []ui.Link{{Label: words.T(ctx, titleOf(k)), URL: base(k)}}, Name: s.Name, Kind: k, Path: base(k) + "/" + s.ID.String(),
		May: may && !s.Over, Empty: len(s.Members) == 0, Asked: strings.TrimSpace(text) != ""}
	parts := []string{s.Year.Label}
	if s.Level != "" {
		parts = append(parts, s.Level)
	}
	if k == Group {
		parts = append(parts, madeWords(ctx, s.Made))
	}
	v.Lead = strings.Join(append(parts, words.N(ctx, "classes.of_pupils", s.Pupils)), " · ")
	if len(s.Members) > 0 {
		v.Export = v.Path + "/export"
	}
	if k == Class && len(s.Members) > 0 && s.Year.Includes(s.Today) {
		v.Wall = "/people/classes/" + s.ID.String()
	}
	v.notices(ctx, s)
	a := around{}
	a.refuse(t.wrong, "edit_")
	v.Errors = a.Errors
	v.people(ctx, s)
	if !v.May {
		return v
	}
	edited := s.Unit
	if t.unit != nil {
		edited, v.EditOpen = *t.unit, true
		edited.Version = s.Version
	}
	v.Edit = fieldsFor(ctx, edited, "edit_", t.wrong)
	if s.Made == automatic {
		return v
	}
	v.Undo = dropped
	v.Search = ui.Field{ID: "q", Name: "q", Type: "search", Label: words.T(ctx, "classes.find"), Hint: words.T(ctx, "classes.find_hint"), Value: text, MaxLength: 120}
	if len(s.Found) > 0 {
		v.Found = &ui.CheckboxGroup{ID: "edit_who", Name: "who", Legend: words.T(ctx, "classes.found")}
		for _, m := range s.Found {
			v.Found.Choices = append(v.Found.Choices, ui.Choice{Value: m.who().String(), Label: m.Name(), Hint: foundHint(ctx, m)})
		}
	}
	if len(s.Members) > 0 {
		v.Drop = &ui.CheckboxGroup{ID: "drop_who", Name: "who", Legend: words.T(ctx, "classes.drop_legend")}
		for _, m := range s.Members {
			v.Drop.Choices = append(v.Drop.Choices, ui.Choice{Value: m.who().String(), Label: m.Name(), Hint: words.T(ctx, "profile."+string(m.Profile))})
		}
	}
	return v
}

func (m Member) who() who { return who{m.Person.UUID, m.Profile} }

func foundHint(ctx context.Context, m Member) string {
	hint := words.T(ctx, "profile."+string(m.Profile))
	if m.Function != "" {
		hint = m.Function
	}
	if m.OtherUnit != "" {
		hint = words.T(ctx, "classes.in_class", "name", m.OtherUnit)
	}
	return hint
}

func (v *unitView) notices(ctx context.Context, s Sheet) {
	if s.Over {
		v.Notices = append(v.Notices, ui.InlineNotice{Text: words.T(ctx, "classes.over", "year", s.Year.Label)})
	}
	if !s.OpensOn.IsZero() && closed(s.Unit, s.Today) {
		v.Notices = append(v.Notices, ui.InlineNotice{Tone: ui.ToneWarning, Text: words.T(ctx, "classes.closed_until", "day", words.Date(s.OpensOn))})
	}
	if s.Fed && !s.Over {
		v.Notices = append(v.Notices, ui.InlineNotice{Text: words.T(ctx, "classes.fed")})
	}
}

// people lists pupils beside the staff, and lets managers appoint form teachers of a class.
func (v *unitView) people(ctx context.Context, s Sheet) {
	for i, m := range s.Members {
		item := ui.Item{Title: m.Name(), URL: "/people/" + m.Person.String(), Avatar: &ui.Avatar{Name: m.Name(), Initials: initials(m), Hue: ui.HueOf(i)}}
		if m.Profile == school.Pupil {
			v.Pupils = append(v.Pupils, item)
			continue
		}
		item.Meta = m.Function
		if item.Meta == "" {
			item.Meta = words.T(ctx, "profile."+string(m.Profile))
		}
		if m.Form {
			item.Badges = []ui.Badge{{Label: words.T(ctx, "classes.form"), Tone: ui.ToneBrand}}
		}
		v.Staff = append(v.Staff, item)
		if s.Kind == Class && v.May {
			if v.Form == nil {
				v.Form = &ui.CheckboxGroup{ID: "form_who", Name: "who", Legend: words.T(ctx, "classes.form_legend")}
			}
			v.Form.Choices = append(v.Form.Choices, ui.Choice{Value: m.who().String(), Label: m.Name(), Hint: item.Meta, Selected: m.Form})
		}
	}
	v.NoPupils = ui.EmptyState{Icon: ui.IconUser, Title: words.T(ctx, "classes.no_pupils"), Sentence: words.T(ctx, "classes.no_pupils_text"), Level: 3}
}

func initials(m Member) string {
	letter := func(s string) string {
		for _, r := range s {
			return strings.ToUpper(string(r))
		}
		return ""
	}
	return letter(m.Given) + letter(m.Family)
}
