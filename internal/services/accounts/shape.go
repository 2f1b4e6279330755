package accounts

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"elyco/internal/mail"
	"elyco/internal/school"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func (r *Room) shapeAccounts(ctx context.Context, roster []Member, f Filter) accountsPage {
	v := accountsPage{Search: shapeSearch(ctx, roster, f, true)}
	active, coded := 0, 0
	for _, m := range roster {
		switch m.State {
		case Active:
			active++
		case Coded:
			coded++
		}
	}
	v.Stats = []ui.Stat{
		{Label: words.T(ctx, "accounts.people"), Value: words.Number(len(roster)), Icon: ui.IconUser},
		{Label: words.T(ctx, "accounts.count.active"), Value: words.Number(active), Hint: percent(active, len(roster)), Tone: ui.ToneSuccess, URL: "/accounts?state=active#list"},
		{Label: words.T(ctx, "accounts.count.coded"), Value: words.Number(coded), Hint: words.T(ctx, "accounts.count.coded_hint"), URL: "/accounts?state=coded#list"},
		{Label: words.T(ctx, "accounts.count.none"), Value: words.Number(len(roster) - active - coded), URL: "/accounts?state=pending#list"},
	}
	v.Lines = shapeLines(ctx, Count(roster))
	page, more, total := f.Pick(roster)
	v.Total = words.N(ctx, "accounts.found", total)
	v.People = ui.Table{ID: "people", Caption: words.T(ctx, "accounts.list"), HideCaption: true, Dense: true, Columns: []ui.Column{
		{Label: words.T(ctx, "accounts.name")}, {Label: words.T(ctx, "accounts.profile")}, {Label: words.T(ctx, "accounts.login")},
		{Label: words.T(ctx, "accounts.state")}, {Label: words.T(ctx, "accounts.seen")}}}
	for _, m := range page {
		v.People.Rows = append(v.People.Rows, ui.Row{Cells: []ui.Cell{
			{Text: m.Family + " " + m.Given, URL: "/accounts/people/" + m.Person.String()}, {Text: kicker(ctx, m)}, {Text: orDash(m.Login)},
			{Body: stateBadge(ctx, m.State)}, {Text: seen(ctx, m)}}})
	}
	v.Next = next(f, page, more)
	return v
}

// percent says a share the way a page shows it: 82 %.
func percent(n, of int) string {
	if of == 0 {
		return ""
	}
	return strconv.Itoa(n*100/of) + "\u00a0%"
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

func seen(ctx context.Context, m Member) string {
	if m.SeenAt.IsZero() {
		return words.T(ctx, "accounts.never")
	}
	return words.Date(m.SeenAt)
}

func stateBadge(ctx context.Context, s State) ui.Badge {
	tone := map[State]ui.Tone{Active: ui.ToneSuccess, Coded: ui.ToneInfo, Blocked: ui.ToneDanger}[s]
	return ui.Badge{Label: words.T(ctx, "accounts.state."+string(s)), Tone: tone}
}

func next(f Filter, page []Member, more bool) string {
	if !more {
		return ""
	}
	q := url.Values{"q": {f.Text}, "audience": {string(f.Audience)}, "state": {string(f.State)}, "after": {page[len(page)-1].Person.String()}}
	if (f.Class != school.ClassID{}) {
		q.Set("class", f.Class.String())
	}
	return "/accounts?" + q.Encode() + "#list"
}

// shapeLines draws a line for each class, with its pupils beside their guardians, and one for the staff.
func shapeLines(ctx context.Context, lines []Line) ui.Table {
	t := ui.Table{ID: "counts", Caption: words.T(ctx, "accounts.count.title"), HideCaption: true, Dense: true, Columns: []ui.Column{
		{Label: words.T(ctx, "accounts.class")}, {Label: words.T(ctx, "accounts.count.first")}, {Label: words.T(ctx, "accounts.count.second")},
		{Label: words.T(ctx, "accounts.sheets.column"), Hide: true}}}
	for len(lines) > 0 {
		same := 1
		for same < len(lines) && lines[same].Class.ID == lines[0].Class.ID {
			same++
		}
		name, link := lines[0].Class.Name, "?class="+lines[0].Class.ID.String()
		if name == "" {
			name, link = words.T(ctx, "accounts.classless"), ""
		}
		row := ui.Row{Cells: []ui.Cell{{Text: name, URL: "/accounts" + link + "#list"}, {Text: "–"}, {Text: "–"}, {Text: words.T(ctx, "accounts.sheets.short"), URL: "/accounts/sheets" + link}}}
		for i, l := range lines[:same] {
			row.Cells[1+min(i, 1)] = ui.Cell{Body: ui.Progress{ID: "count-" + strconv.Itoa(len(t.Rows)) + "-" + strconv.Itoa(i), Label: words.T(ctx, "accounts.audience."+string(l.Audience)),
				Value: l.Active, Max: l.People, Words: words.T(ctx, "accounts.count.of", "some", words.Number(l.Active), "all", words.Number(l.People))}}
		}
		t.Rows = append(t.Rows, row)
		lines = lines[same:]
	}
	return t
}

// classesOf lists the classes of a roster by name.
func classesOf(roster []Member) []school.ClassRef {
	var list []school.ClassRef
	for _, l := range Count(roster) {
		if l.Class.Name != "" && !slices.ContainsFunc(list, func(c school.ClassRef) bool { return c.ID == l.Class.ID }) {
			list = append(list, l.Class)
		}
	}
	return list
}

func classSelect(ctx context.Context, roster []Member, chosen, none string) ui.Select {
	s := ui.Select{Name: "class", Label: words.T(ctx, "accounts.class"), Choices: []ui.Choice{{Label: none}}}
	for _, c := range classesOf(roster) {
		s.Choices = append(s.Choices, ui.Choice{Value: c.ID.String(), Label: c.Name, Selected: c.ID.String() == chosen})
	}
	return s
}

func shapeSearch(ctx context.Context, roster []Member, f Filter, whole bool) searchForm {
	v := searchForm{Text: f.Text}
	v.Selects = append(v.Selects, classSelect(ctx, roster, f.Class.String(), words.T(ctx, "accounts.any")))
	if whole {
		a := ui.Select{Name: "audience", Label: words.T(ctx, "accounts.audience"), Choices: []ui.Choice{{Label: words.T(ctx, "accounts.any_audience")}}}
		for _, one := range Audiences() {
			a.Choices = append(a.Choices, ui.Choice{Value: string(one), Label: words.T(ctx, "accounts.audience."+string(one)), Selected: one == f.Audience})
		}
		v.Selects = append(v.Selects, a)
	}
	s := ui.Select{Name: "state", Label: words.T(ctx, "accounts.state"), Choices: []ui.Choice{{Label: words.T(ctx, "accounts.any_state")}}}
	for _, one := range States() {
		s.Choices = append(s.Choices, ui.Choice{Value: string(one), Label: words.T(ctx, "accounts.state."+string(one)), Selected: one == f.State})
	}
	v.Selects = append(v.Selects, s)
	return v
}

func (r *Room) shapePupils(ctx context.Context, within []Member, f Filter) pupilsPage {
	v := pupilsPage{Search: shapeSearch(ctx, within, f, false), None: len(within) == 0}
	page, more, total := f.Pick(within)
	v.Total = words.N(ctx, "accounts.found", total)
	for _, m := range page {
		v.People = append(v.People, ui.Item{Title: m.Family + " " + m.Given, URL: "/accounts/people/" + m.Person.String(), Icon: ui.IconUser,
			Meta: kicker(ctx, m), Badges: []ui.Badge{stateBadge(ctx, m.State)}})
	}
	v.Next = next(f, page, more)
	return v
}

func (r *Room) shapePerson(ctx context.Context, m Member, returned mail.Bounce, form blockForm, wrong map[string]string) personPage {
	_, mayBlock := r.policy.Can(ctx, "accounts", block)
	v := personPage{Name: m.Name(), Path: "/accounts/people/" + m.Person.String(), Blocked: m.State == Blocked, MayBlock: mayBlock,
		Active: m.State == Active, Reason: form.Reason, Wrong: wrong["reason"], Back: "/accounts"}
	v.Facts = []ui.Fact{
		{Label: words.T(ctx, "accounts.profile"), Text: kicker(ctx, m)},
		{Label: words.T(ctx, "accounts.login"), Text: orDash(m.Login)},
		{Label: words.T(ctx, "accounts.state"), Body: stateBadge(ctx, m.State)},
		{Label: words.T(ctx, "accounts.seen"), Text: seen(ctx, m)},
	}
	if mayBlock && m.Reason != "" {
		v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "accounts.reason"), Text: m.Reason})
	}
	reach := words.T(ctx, "accounts.reach_none")
	if m.Reach != "" {
		reach = words.T(ctx, "accounts.reach_some")
	}
	if returned.Reason != "" {
		reach = words.T(ctx, "accounts.reach_returned", "address", returned.Address, "day", words.Date(returned.At), "reason", returned.Reason)
	}
	v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "accounts.reach"), Text: reach})
	return v
}

func shapeCode(ctx context.Context, c Code) codeGiven {
	return codeGiven{Name: c.Name(), Login: c.Login, Code: c.Print, URL: c.URL, Back: "/accounts/people/" + c.Person.String()}
}

func wrongReason(v personPage) []ui.FieldError {
	if v.Wrong == "" {
		return nil
	}
	return []ui.FieldError{{FieldID: "reason", Text: v.Wrong}}
}

func codeLead(ctx context.Context, v personPage) string {
	if v.Active {
		return words.T(ctx, "accounts.code.section_reset")
	}
	return words.T(ctx, "accounts.code.section_first")
}
