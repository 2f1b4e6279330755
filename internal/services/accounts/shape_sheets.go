package accounts

import (
	"context"
	"slices"
	"strconv"

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
