package accounts

import (
	"context"

	"elyco/internal/mail"
	"elyco/internal/tenant"
	"elyco/internal/theme"
	"elyco/internal/words"
)

// codeLetter is the sheet of one person, as an e-mail.
func codeLetter(ctx context.Context, t *tenant.Tenant, i theme.Inline, login, code, url string) mail.Letter {
	return mail.Letter{
		Light: mail.Look{Background: i.Background, Surface: i.Surface, Text: i.Text, Muted: i.Muted, Line: i.Line, Masthead: i.Masthead,
			OnMasthead: i.OnMasthead, Brand: i.Brand, OnBrand: i.OnBrand, Link: i.Link, BodyFont: i.BodyFont, HeadingFont: i.HeadingFont, Radius: i.Radius},
		Site: t.Name, Title: words.T(ctx, "accounts.letter.title", "space", t.Name), Greeting: words.T(ctx, "accounts.letter.greeting"),
		Paragraphs: []string{words.T(ctx, "accounts.letter.text", "space", t.Name), words.T(ctx, "accounts.letter.facts", "login", login, "code", code), words.T(ctx, "accounts.letter.more")},
		Action:     mail.Action{Label: words.T(ctx, "accounts.letter.button"), URL: url},
		Footer:     words.T(ctx, "accounts.letter.footer", "space", t.Name),
	}
}
