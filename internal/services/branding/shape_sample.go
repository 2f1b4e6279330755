package branding

import (
	"context"

	"elyco/internal/mail"
	"elyco/internal/sheet"
	"elyco/internal/tenant"
	"elyco/internal/theme"
	"elyco/internal/ui"
	"elyco/internal/words"
)

const styleFile = "style.css"

// dress puts the frame of a sample page into the look of a version. A sample has no scripts and leads nowhere.
func dress(f *ui.Frame, l look, at func(file string) string, o theme.Outfit) {
	light := o.Tokens.Palette(theme.Light)
	f.ThemeHref, f.LogoURL, f.FaviconURL, f.BannerURL = at(styleFile), at(string(Logo)), at(string(Favicon)), at(string(Banner))
	f.ThemeColor = light[theme.Masthead].Hex()
	f.Comfort = ui.Comfort{Scheme: l.Scheme}
	f.ScriptHref, f.ManifestURL, f.ComfortURL, f.WhyURL, f.SearchURL, f.HomeURL = "", "", "", "", "", "#"
	f.Notice, f.Urgent, f.SwitchTo, f.Person, f.SignInURL = nil, nil, nil, nil, ""
	for i := range f.Footer {
		f.Footer[i].URL = "#"
	}
	for i := range f.Menu {
		f.Menu[i].URL, f.Menu[i].Current = "#", i == 0
	}
	if f.Public {
		f.Menu = nil
		return
	}
	f.Person = &ui.PersonChip{Name: "Camille Parent", ProfileLabel: "Responsable légal", Initials: "CP"}
}

func shapeGate(ctx context.Context, o theme.Outfit, at func(file string) string) ui.Gate {
	return ui.Gate{Kicker: o.Login.Title, Title: words.T(ctx, "branding.sample.gate", "site", tenant.From(ctx).Name), Text: o.Login.Text, BannerURL: at(string(Banner)), LogoURL: at(string(Logo))}
}

func sampleLetter(ctx context.Context, t theme.Tokens, site, url string) mail.Letter {
	light, dark := t.Letters()
	return mail.Letter{
		Light: light, Dark: dark, Site: site, Title: words.T(ctx, "branding.sample.mail.title"),
		Greeting: words.T(ctx, "branding.sample.mail.greeting"), Paragraphs: []string{words.T(ctx, "branding.sample.mail.text"), words.T(ctx, "branding.sample.mail.more")},
		Action: mail.Action{Label: words.T(ctx, "branding.sample.mail.action"), URL: url}, Footer: words.T(ctx, "branding.sample.mail.footer", "site", site),
	}
}

func sampleSheet(ctx context.Context, o theme.Outfit, site string) sheet.Page {
	p := o.Tokens.Paper()
	return sheet.Page{
		Masthead: paint(p.Masthead), OnMasthead: paint(p.OnMasthead), Brand: paint(p.Brand), Accent: paint(p.Accent),
		Text: paint(p.Text), Muted: paint(p.Muted), Line: paint(p.Line),
		Site: site, SiteKind: tenant.From(ctx).KindWords(), Logo: sheet.Logo{Bytes: o.Logo.Bytes, ContentType: o.Logo.ContentType},
		Title:      words.T(ctx, "branding.sample.sheet.title"),
		Paragraphs: []string{words.T(ctx, "branding.sample.mail.greeting"), words.T(ctx, "branding.sample.mail.text"), words.T(ctx, "branding.sample.mail.more")},
		Facts: []sheet.Fact{
			{Label: words.T(ctx, "branding.sample.sheet.day"), Text: words.T(ctx, "branding.sample.sheet.day_value")},
			{Label: words.T(ctx, "branding.sample.sheet.place"), Text: words.T(ctx, "branding.sample.sheet.place_value")},
			{Label: words.T(ctx, "branding.sample.sheet.answer"), Text: words.T(ctx, "branding.sample.sheet.answer_value")},
		},
		Footer: site, PageWord: words.T(ctx, "branding.sample.sheet.page"),
	}
}

func paint(c theme.Colour) sheet.Colour {
	r, g, b := c.RGB()
	return sheet.Colour{R: r, G: g, B: b}
}
