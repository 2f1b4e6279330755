package classes

import (
	"context"
	"net/url"
	"time"

	"github.com/google/uuid"

	"elyco/internal/directory"
	"elyco/internal/school"
	"elyco/internal/ui"
	"elyco/internal/words"
)

type yearsView struct {
	around
	List     []ui.Item
	Ready    bool // there is a year of today, and the next one can be prepared
	Next     string
	Stats    []ui.Stat
	Levels   ui.CheckboxGroup
	Effects  []string
	Leavers  ui.Table
	More     bool
	Download string
	ID       string
	Leaving  []string
	Starts   ui.Field
	Ends     ui.Field
	Opens    ui.Field
	Agreed   ui.Checkbox
	Progress *ui.Progress
	Done     string // says what was prepared
	Undo     string // where it is undone
	Exists   bool
	Purge    *ui.Checkbox // agrees to the purge of those who are due
}

func shapeYears(ctx context.Context, list []directory.Year, p Plan, today time.Time, form turnForm, wrong map[string]string) yearsView {
	v := yearsView{around: frame(ctx, "classes.years", "classes.years.lead", years, true), ID: school.NewID().String()}
	v.refuse(wrong, "")
	for _, y := range list {
		v.List = append(v.List, ui.Item{Title: y.Label, URL: home + "?year=" + y.ID.String(),
			Meta: words.T(ctx, "classes.years.between", "from", words.Date(y.StartsOn), "to", words.Date(y.EndsOn)), Badges: []ui.Badge{badgeOf(ctx, y, today)}})
	}
	if p.From.ID == uuid.Nil {
		return v
	}
	v.Next = directory.YearAt(after(p.From)).Label
	v.people(ctx, p)
	if p.Due > 0 {
		v.Purge = &ui.Checkbox{ID: "purge", Name: "purge", Label: words.N(ctx, "classes.purge", p.Due), Hint: words.T(ctx, "classes.purge_hint"), Required: true, Error: wrong["purge"]}
	}
	if p.Standing != nil {
		v.standing(ctx, *p.Standing, today)
		return v
	}
	if v.Exists = p.Exists; v.Exists {
		return v
	}
	v.Ready = true
	v.effects(ctx, p)
	v.Starts = ui.Field{ID: "starts_on", Name: "starts_on", Type: "date", Label: words.T(ctx, "classes.turn.starts"), Value: orDay(form.StartsOn, p.To.StartsOn),
		Required: true, Width: ui.WidthMedium, Error: wrong["starts_on"]}
	v.Ends = ui.Field{ID: "ends_on", Name: "ends_on", Type: "date", Label: words.T(ctx, "classes.turn.ends"), Value: orDay(form.EndsOn, p.To.EndsOn),
		Required: true, Width: ui.WidthMedium, Error: wrong["ends_on"]}
	v.Opens = ui.Field{ID: "opens_on", Name: "opens_on", Type: "date", Label: words.T(ctx, "classes.opens"), Hint: words.T(ctx, "classes.turn.opens_hint"),
		Value: orDay(form.OpensOn, p.OpensOn), Optional: true, Width: ui.WidthMedium, Error: wrong["opens_on"]}
	v.Agreed = ui.Checkbox{ID: "agreed", Name: "agreed", Label: words.T(ctx, "classes.turn.agree"), Required: true, Error: wrong["agreed"]}
	return v
}

func badgeOf(ctx context.Context, y directory.Year, today time.Time) ui.Badge {
	switch {
	case y.EndsOn.Before(today):
		return ui.Badge{Label: words.T(ctx, "classes.years.archive")}
	case y.StartsOn.After(today):
		return ui.Badge{Label: words.T(ctx, "classes.years.next"), Tone: ui.ToneAccent}
	}
	return ui.Badge{Label: words.T(ctx, "classes.years.current"), Tone: ui.ToneSuccess}
}

// people lists who leaves, with the day of the purge.
func (v *yearsView) people(ctx context.Context, p Plan) {
	const shown = 100
	query := url.Values{"asked": {"1"}, "leave": p.Leaving}
	v.Download = years + "/leavers?" + query.Encode()
	v.Leavers = ui.Table{Caption: words.T(ctx, "classes.turn.leavers"), Dense: true, Columns: []ui.Column{{Label: words.T(ctx, "classes.name")},
		{Label: words.T(ctx, "classes.profile")}, {Label: words.T(ctx, "classes.class")}, {Label: words.T(ctx, "classes.turn.last_day")}, {Label: words.T(ctx, "classes.turn.purged")}}}
	for i, l := range p.Leavers {
		if i == shown {
			v.More = true
			break
		}
		v.Leavers.Rows = append(v.Leavers.Rows, ui.Row{Cells: []ui.Cell{{Text: l.Family + " " + l.Given}, {Text: words.T(ctx, "profile."+string(l.Profile))},
			{Text: orDash(l.Class)}, {Text: words.Date(l.EndsOn)}, {Text: words.Date(purgedOn(l.EndsOn))}}})
	}
}

// effects says what the turn will do.
func (v *yearsView) effects(ctx context.Context, p Plan) {
	up, leave, classes := 0, 0, 0
	v.Levels = ui.CheckboxGroup{ID: "leave", Name: "leave", Legend: words.T(ctx, "classes.turn.levels"), Inline: true}
	for _, l := range p.Levels {
		classes += l.Classes
		if l.Leaves {
			leave += l.Pupils
			v.Leaving = append(v.Leaving, l.Name)
		} else {
			up += l.Pupils
		}
		v.Levels.Choices = append(v.Levels.Choices, ui.Choice{Value: l.Name, Label: l.Name, Hint: words.N(ctx, "classes.of_pupils", l.Pupils), Selected: l.Leaves})
	}
	v.Stats = []ui.Stat{
		{Label: words.T(ctx, "classes.turn.classes"), Value: words.Number(classes), Icon: ui.IconSchool},
		{Label: words.T(ctx, "classes.turn.up"), Value: words.Number(up + p.Unplaced), Icon: ui.IconUser, Tone: ui.ToneBrand},
		{Label: words.T(ctx, "classes.turn.leave"), Value: words.Number(leave), Icon: ui.IconSignOut, Tone: ui.ToneWarning},
		{Label: words.T(ctx, "classes.turn.groups"), Value: words.Number(p.Groups), Icon: ui.IconGroup},
		{Label: words.T(ctx, "classes.turn.teachings"), Value: words.Number(p.Teachings), Icon: ui.IconTimetable},
	}
	v.Effects = []string{
		words.T(ctx, "classes.turn.effect_classes", "year", p.From.Label),
		words.T(ctx, "classes.turn.effect_up"),
		words.T(ctx, "classes.turn.effect_leave", "day", words.Date(p.From.EndsOn)),
		words.T(ctx, "classes.turn.effect_groups"),
		words.T(ctx, "classes.turn.effect_undo"),
	}
}

// standing says what was prepared, and how to undo it.
func (v *yearsView) standing(ctx context.Context, r Rollover, today time.Time) {
	if r.State == waiting {
		v.Progress = &ui.Progress{ID: "turn", Label: words.T(ctx, "classes.turn.running"), Value: 0, Max: 1, Words: words.T(ctx, "classes.turn.running_text")}
		return
	}
	v.Done = words.T(ctx, "classes.turn.done", "year", r.To.Label, "classes", words.Number(r.Classes), "people", words.Number(r.People))
	if r.mayUndo(today) {
		v.Undo = years + "/" + r.ID.String() + "/undoing"
	}
}

func tableOfLeavers(ctx context.Context, list []Leaver) [][]string {
	rows := [][]string{heads(ctx, []string{"classes.family_name", "classes.given_name", "classes.profile", "classes.class", "classes.turn.last_day", "classes.turn.purged"})}
	for _, l := range list {
		rows = append(rows, []string{l.Family, l.Given, words.T(ctx, "profile."+string(l.Profile)), l.Class, dateValue(l.EndsOn), dateValue(purgedOn(l.EndsOn))})
	}
	return rows
}
