package audience

import (
	"context"
	"io"
	"slices"
	"strconv"

	"elyco/internal/school"
	"elyco/internal/ui"
)

// Picker is the one place where people choose whom they address. As they choose, who and how many is said below; without
// JavaScript a button asks for it.
type Picker struct {
	Choices Choices
	Chosen  Audience
	Error   string
	LiveURL string // answers the figures for a choice, as a fragment
	AskURL  string // where the button of the same form posts, without JavaScript
	Reach   *Reach // what is known at once; nil when nobody is chosen yet
	Narrow  bool   // everybody is not on offer
}

// Reach is who and how many, in words.
type Reach struct {
	Who, HowMany, Dated string
	Nobody              bool // the choice is right, yet reaches nobody today
	Error               string
}

// ReachOf puts an estimate in words.
func (c Choices) ReachOf(a Audience, e Estimate) Reach {
	return Reach{Who: c.Words(a), HowMany: e.Words(), Dated: e.Dated(), Nobody: e.People == 0}
}

// Render writes the picker.
func (p Picker) Render(ctx context.Context, w io.Writer) error { return picker(p).Render(ctx, w) }

// Render writes the sentence.
func (r Reach) Render(ctx context.Context, w io.Writer) error { return reach(r).Render(ctx, w) }

func parseScope(s string) (school.ScopeID, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	return school.ScopeID(n), err
}

func (p Picker) profiles() []ui.Choice {
	var out []ui.Choice
	for _, v := range p.Choices.Profiles {
		out = append(out, ui.Choice{Value: string(v), Label: upperFirst(Profile(v)), Selected: slices.Contains(p.Chosen.Profiles, v)})
	}
	return out
}

func (p Picker) levels() []ui.Choice { return plain(p.Choices.Levels, p.Chosen.Levels) }

func (p Picker) natures() []ui.Choice {
	out := plain(p.Choices.Places.Natures, p.Chosen.Natures)
	for i := range out {
		out[i].Label = upperFirst(NatureWords(out[i].Value, 2))
	}
	return out
}

func (p Picker) departments() []ui.Choice {
	out := plain(p.Choices.Places.Departments, p.Chosen.Departments)
	for i := range out {
		out[i].Label = upperFirst(DepartmentName(out[i].Value))
	}
	return out
}

func (p Picker) classes() []ui.Choice {
	var out []ui.Choice
	for _, c := range p.Choices.Classes {
		out = append(out, ui.Choice{Value: c.ID.String(), Label: c.Name, Selected: slices.Contains(p.Chosen.Classes, c.ID)})
	}
	return out
}

func (p Picker) groups() []ui.Choice {
	var out []ui.Choice
	for _, g := range p.Choices.Groups {
		out = append(out, ui.Choice{Value: g.ID.String(), Label: g.Name, Selected: slices.Contains(p.Chosen.Groups, g.ID)})
	}
	return out
}

func (p Picker) establishments() []ui.Choice {
	var out []ui.Choice
	for _, t := range p.Choices.Places.Establishments {
		out = append(out, ui.Choice{Value: strconv.FormatInt(int64(t.ID), 10), Label: t.Name + ", " + t.City,
			Selected: slices.Contains(p.Chosen.Establishments, t.ID)})
	}
	return out
}

func plain(offered, chosen []string) []ui.Choice {
	var out []ui.Choice
	for _, v := range offered {
		out = append(out, ui.Choice{Value: v, Label: v, Selected: slices.Contains(chosen, v)})
	}
	return out
}

func upperFirst(s string) string {
	r := []rune(s)
	if len(r) == 0 || r[0] < 'a' || r[0] > 'z' {
		return s
	}
	r[0] -= 'a' - 'A'
	return string(r)
}
