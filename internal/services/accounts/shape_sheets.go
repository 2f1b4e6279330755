package accounts

import (
	"context"
	"slices"
	"strconv"

	"elyco/internal/mail"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func shapeSheets(ctx context.Context, roster []Member, runs []runRow, form orderForm, wrong map[string]string) sheetsPage {
	v := sheetsPage{ID: form.ID.String(), Renew: form.Renew, Mail: form.Mail, Class: classSelect(ctx, roster, form.Class, words.T(ctx, "accounts.sheets.everybody"))}
	v.Class.Error = wrong["class"]
	v.Audience = ui.CheckboxGroup{Name: "audience", Legend: words.T(ctx, "accounts.sheets.whom"), Error: wrong["audience"]}
	for _, a := range Audiences() {
		v.Audience.Choices = append(v.Audience.Choices, ui.Choice{Value: string(a), Label: words.T(ctx, "accounts.audience."+string(a)),
			Selected: slices.Contains(form.Audience, string(a))})
	}
	for _, field := range []string{"class", "audience"} {
		if wrong[field] != "" {
			v.Errors = append(v.Errors, ui.FieldError{FieldID: field, Text: wrong[field]})
		}
	}
	for _, run := range runs {
		badge := ui.Badge{Label: words.T(ctx, "accounts.sheets.ready"), Tone: ui.ToneSuccess}
		if run.Done < run.Parts {
			badge = ui.Badge{Label: words.T(ctx, "accounts.sheets.working", "done", run.Done, "parts", run.Parts), Tone: ui.ToneInfo}
		}
		v.Runs = append(v.Runs, ui.Item{Title: run.Title, URL: "/accounts/sheets/" + run.ID.String(), Icon: ui.IconPrint,
			Meta: words.T(ctx, "accounts.sheets.meta", "when", words.DateTime(run.CreatedAt), "people", words.Number(run.People)), Badges: []ui.Badge{badge}})
	}
	return v
}

func shapeRun(ctx context.Context, run runRow, parts []partRow) runPage {
	v := runPage{Title: run.Title, Path: "/accounts/sheets/" + run.ID.String(), Working: run.Done < run.Parts,
		Until: words.T(ctx, "accounts.sheets.until", "when", words.DateTime(run.ExpiresAt))}
	v.Progress = ui.Progress{ID: "progress", Label: words.T(ctx, "accounts.sheets.progress"), Value: run.Done, Max: run.Parts,
		Words: words.T(ctx, "accounts.sheets.progress_words", "done", run.Done, "parts", run.Parts)}
	for _, p := range parts {
		item := ui.Item{Title: p.Label, Icon: ui.IconPrint, Meta: words.N(ctx, "accounts.sheets.codes", p.People)}
		switch {
		case p.State != "done":
			item.Meta = words.T(ctx, "accounts.sheets.waiting")
		case p.Object != "":
			item.URL = v.Path + "/" + strconv.Itoa(p.Place)
		}
		v.Parts = append(v.Parts, item)
	}
	return v
}

func shapeLetters(ctx context.Context, list []mail.Sent, more, failed, simulated bool) lettersPage {
	v := lettersPage{Simulated: simulated, Failed: failed}
	v.Table = ui.Table{ID: "letters", Caption: words.T(ctx, "accounts.letters.title"), HideCaption: true, Dense: true, Columns: []ui.Column{
		{Label: words.T(ctx, "accounts.letters.subject")}, {Label: words.T(ctx, "accounts.letters.to")}, {Label: words.T(ctx, "accounts.letters.when")},
		{Label: words.T(ctx, "accounts.state")}}}
	for _, s := range list {
		v.Table.Rows = append(v.Table.Rows, ui.Row{Cells: []ui.Cell{{Text: s.Subject, URL: "/accounts/letters/" + s.ID.String()},
			{Text: orDash(s.Name)}, {Text: words.DateTime(s.CreatedAt)}, {Body: sentBadge(ctx, s)}}})
	}
	if more {
		v.Next = "/accounts/letters?before=" + list[len(list)-1].ID.String()
		if failed {
			v.Next += "&failed=1"
		}
	}
	return v
}

func sentBadge(ctx context.Context, s mail.Sent) ui.Badge {
	tone := map[string]ui.Tone{"sent": ui.ToneSuccess, "kept": ui.ToneWarning, "failed": ui.ToneDanger}[s.State]
	return ui.Badge{Label: words.T(ctx, "accounts.sent."+s.State), Tone: tone}
}

func shapeLetter(ctx context.Context, s mail.Sent, text string, framed, simulated bool) letterPage {
	v := letterPage{Subject: s.Subject, Text: text, Simulated: simulated}
	if framed {
		v.Frame = "/accounts/letters/" + s.ID.String() + "/page"
	}
	channel := words.T(ctx, "accounts.letters.mail")
	if s.Channel == "text" {
		channel = words.T(ctx, "accounts.letters.text")
	}
	v.Facts = []ui.Fact{
		{Label: words.T(ctx, "accounts.letters.to"), Text: s.Name + " (" + s.Address + ")"},
		{Label: words.T(ctx, "accounts.letters.channel"), Text: channel},
		{Label: words.T(ctx, "accounts.letters.when"), Text: words.DateTime(s.CreatedAt)},
		{Label: words.T(ctx, "accounts.state"), Body: sentBadge(ctx, s)},
	}
	if s.Error != "" {
		v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "accounts.letters.answer"), Text: s.Error})
	}
	return v
}
