package preview

import (
	"context"

	"elyco/internal/school"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func (r *Room) shape(ctx context.Context, b Board, form startForm, wrong map[string]string) previewView {
	v := previewView{Title: words.T(ctx, "preview.title"), Lead: words.T(ctx, "preview.lead"),
		Form: ui.Form{Action: "/preview"},
		Who: ui.Select{Name: "who", Label: words.T(ctx, "preview.who"), Required: true, Error: wrong["who"], Width: ui.WidthMedium,
			Choices: roles(ctx, b, form.Who)},
		Class: ui.Select{Name: "class", Label: words.T(ctx, "preview.class"), Hint: words.T(ctx, "preview.class_hint"), Optional: true,
			Error: wrong["class"], Width: ui.WidthMedium, Choices: []ui.Choice{{Label: words.T(ctx, "preview.class_none")}}},
		Day: ui.Field{Name: "day", Type: "date", Label: words.T(ctx, "preview.day"), Hint: words.T(ctx, "preview.day_hint", "last", words.Date(b.Last)),
			Error: wrong["day"], Width: ui.WidthMedium, Value: isoDay(b, form), Min: b.Now.In(words.Zone()).Format("2006-01-02"),
			Max: b.Last.Format("2006-01-02")},
		Go:     ui.Button{Label: words.T(ctx, "preview.go"), Kind: ui.ButtonPrimary, Icon: ui.IconEye},
		Rules:  words.T(ctx, "preview.rules"),
		Points: []string{words.T(ctx, "preview.rule_nothing"), words.T(ctx, "preview.rule_nobody"), words.T(ctx, "preview.rule_ends"), words.T(ctx, "preview.rule_trail")},
	}
	for _, c := range b.Classes {
		v.Class.Choices = append(v.Class.Choices, ui.Choice{Value: c.ID.String(), Label: c.Name, Selected: form.Class == c.ID.UUID})
	}
	if len(b.Groups) > 0 {
		v.Group = &ui.Select{Name: "group", Label: words.T(ctx, "preview.group"), Optional: true, Error: wrong["group"], Width: ui.WidthMedium,
			Choices: []ui.Choice{{Label: words.T(ctx, "preview.group_none")}}}
		for _, g := range b.Groups {
			v.Group.Choices = append(v.Group.Choices, ui.Choice{Value: g.ID.String(), Label: g.Name, Selected: form.Group == g.ID.UUID})
		}
	}
	for _, field := range []string{"who", "class", "group", "day"} {
		if wrong[field] != "" {
			v.Wrong = append(v.Wrong, ui.FieldError{FieldID: field, Text: wrong[field]})
		}
	}
	v.Closed, v.ClosedTitle = r.closed(ctx, b), words.T(ctx, "preview.closed")
	if b.Trail {
		v.Runs = &runsView{Title: words.T(ctx, "preview.runs"), Lead: words.T(ctx, "preview.runs_lead"), Items: runItems(ctx, b.Runs),
			Empty: words.T(ctx, "preview.runs_none")}
	}
	return v
}

func isoDay(b Board, form startForm) string {
	day := b.Now
	if !form.Day.IsZero() {
		day = form.Day
	}
	return day.In(words.Zone()).Format("2006-01-02")
}

// roles lists who can be played: the guardian of one's own children, families, then the staff.
func roles(ctx context.Context, b Board, chosen string) []ui.Choice {
	var list []ui.Choice
	add := func(group, value, label string) {
		list = append(list, ui.Choice{Group: group, Value: value, Label: label, Selected: value == chosen})
	}
	families := words.T(ctx, "preview.families")
	for _, p := range []school.Profile{school.Guardian, school.Pupil, school.Tutor, school.Guest} {
		if b.Roles[p].may {
			add(families, string(p), words.T(ctx, "profile."+string(p)))
		}
	}
	for _, c := range b.Children {
		label := c.Name
		if len(c.Classes) > 0 {
			label = words.T(ctx, "preview.child_in", "name", c.Name, "class", c.Classes[0].Name)
		}
		add(words.T(ctx, "preview.own_children"), ofChild+c.ID.String(), words.T(ctx, "preview.guardian_of", "child", label))
	}
	for _, p := range school.SchoolProfiles() {
		if p.Adult() && b.Roles[p].may {
			add(words.T(ctx, "preview.staff"), string(p), words.T(ctx, "profile."+string(p)))
		}
	}
	return list
}

// closed says of each profile that cannot be played why not.
func (r *Room) closed(ctx context.Context, b Board) []ui.Fact {
	var facts []ui.Fact
	for _, p := range school.SchoolProfiles() {
		v := b.Roles[p]
		if v.may {
			continue
		}
		fact := ui.Fact{Label: words.T(ctx, "profile."+string(p)), Text: words.T(ctx, "preview.closed_staff")}
		switch {
		case p == school.Health:
			fact.Text = words.T(ctx, "preview.closed_health")
		case v.room != "":
			fact.Text = words.T(ctx, "preview.closed_exceeds", "action", r.actionWords(ctx, v))
		}
		facts = append(facts, fact)
	}
	return facts
}

func (r *Room) actionWords(ctx context.Context, v verdict) string {
	for _, a := range r.rooms[v.room].Actions {
		if a.Name == v.action {
			return words.T(ctx, a.Words)
		}
	}
	return v.room
}

func runItems(ctx context.Context, runs []Run) []ui.Item {
	items := make([]ui.Item, 0, len(runs))
	for _, r := range runs {
		meta := words.T(ctx, "preview.run_alone", "begun", words.DateTime(r.Begun), "minutes", r.Minutes)
		if !r.Ended.IsZero() {
			meta = words.T(ctx, "preview.run", "begun", words.DateTime(r.Begun), "ended", words.Clock(r.Ended))
		}
		who := r.Who
		if who == "" {
			who = words.T(ctx, "preview.run_gone")
		}
		items = append(items, ui.Item{Icon: ui.IconEye, Title: words.T(ctx, "preview.run_title", "who", who, "what", r.What), Meta: meta})
	}
	return items
}
