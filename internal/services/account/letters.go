package account

import (
	"context"

	"elyco/internal/mail"
	"elyco/internal/tenant"
	"elyco/internal/theme"
	"elyco/internal/words"
)

// dressed is a letter in the colours of a space. key is the beginning of its sentences: title, text, more, button where url
// is not empty, and footer.
func dressed(ctx context.Context, t *tenant.Tenant, skin theme.Skin, key, url string, values ...any) mail.Letter {
	l := mail.Letter{Light: look(skin.Inline), Site: t.Name, Title: words.T(ctx, key+"title", values...),
		Greeting: words.T(ctx, "account.letter.greeting"), Footer: words.T(ctx, key+"footer", values...)}
	for _, part := range []string{"text", "more"} {
		l.Paragraphs = append(l.Paragraphs, words.T(ctx, key+part, values...))
	}
	if url != "" {
		l.Action = mail.Action{Label: words.T(ctx, key+"button"), URL: url}
	}
	return l
}

func look(i theme.Inline) mail.Look {
	return mail.Look{Background: i.Background, Surface: i.Surface, Text: i.Text, Muted: i.Muted, Line: i.Line, Masthead: i.Masthead,
		OnMasthead: i.OnMasthead, Brand: i.Brand, OnBrand: i.OnBrand, Link: i.Link, BodyFont: i.BodyFont, HeadingFont: i.HeadingFont, Radius: i.Radius}
}

// veiled shows enough of an address to be known by who has it, and no more.
func veiled(address string) string {
	at := 0
	for i, r := range address {
		if r == '@' {
			at = i
		}
	}
	if at == 0 {
		return "…" + address[max(0, len(address)-2):]
	}
	for i := range address {
		if i > 0 {
			return address[:i] + "…" + address[at:]
		}
	}
	return address
}
