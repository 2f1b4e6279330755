package mail

import (
	"fmt"
	"html"
	"strings"
)

// HTML writes the letter for mail readers. Everything that is text is escaped.
func (l Letter) HTML() (string, error) {
	if err := l.check(); err != nil {
		return "", err
	}
	lang := l.Lang
	if lang == "" {
		lang = "fr"
	}
	w := &writer{light: l.Light}
	w.put(`<!DOCTYPE html><html lang="%s"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`, lang)
	w.put(`<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>%s</title>`, l.Title)
	w.raw("<style>" + darkRules(l.Dark) + "</style></head>")
	w.put(`<body class="m-bg" style="margin:0;padding:0;background:%s;color:%s;font-family:%s">`, l.Light.Background, l.Light.Text, l.Light.BodyFont)
	w.put(`<table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0" class="m-bg" style="background:%s"><tr><td align="center" style="padding:24px 12px">`, l.Light.Background)
	w.put(`<table role="presentation" width="100%%" cellpadding="0" cellspacing="0" border="0" class="m-card" style="max-width:600px;background:%s;border:1px solid %s;border-radius:%spx">`,
		l.Light.Surface, l.Light.Line, fmt.Sprint(l.Light.Radius))
	w.masthead(l)
	w.body(l)
	w.raw(`</table>`)
	if l.Footer != "" {
		w.put(`<p class="m-muted" style="max-width:600px;margin:16px auto 0;padding:0 8px;font-size:14px;line-height:1.5;color:%s;text-align:left">%s</p>`, l.Light.Muted, l.Footer)
	}
	w.raw(`</td></tr></table></body></html>`)
	return w.String(), nil
}

type writer struct {
	strings.Builder
	light Look
}

func (w *writer) raw(text string) { w.WriteString(text) }

// put writes a piece whose values are escaped, each of them.
func (w *writer) put(format string, values ...string) {
	safe := make([]any, len(values))
	for i, v := range values {
		safe[i] = html.EscapeString(v)
	}
	fmt.Fprintf(w, format, safe...)
}

func (w *writer) masthead(l Letter) {
	w.put(`<tr><td class="m-mast" style="background:%s;padding:18px 28px;border-radius:%spx %spx 0 0">`, w.light.Masthead, fmt.Sprint(w.light.Radius), fmt.Sprint(w.light.Radius))
	w.raw(`<table role="presentation" cellpadding="0" cellspacing="0" border="0"><tr>`)
	if l.LogoURL != "" {
		w.put(`<td style="padding-right:14px"><img src="%s" alt="" width="44" height="44" style="display:block;border:0"></td>`, l.LogoURL)
	}
	w.put(`<td class="m-on-mast" style="color:%s;font-family:%s;font-size:18px;font-weight:700;line-height:1.3">%s</td></tr></table></td></tr>`,
		w.light.OnMasthead, w.light.HeadingFont, l.Site)
}

func (w *writer) body(l Letter) {
	w.raw(`<tr><td style="padding:28px">`)
	w.put(`<h1 class="m-text" style="margin:0 0 16px;font-family:%s;font-size:24px;line-height:1.25;color:%s">%s</h1>`, w.light.HeadingFont, w.light.Text, l.Title)
	paragraphs := l.Paragraphs
	if l.Greeting != "" {
		paragraphs = append([]string{l.Greeting}, paragraphs...)
	}
	for _, p := range paragraphs {
		w.put(`<p class="m-text" style="margin:0 0 16px;font-size:16px;line-height:1.6;white-space:pre-line;color:%s">%s</p>`, w.light.Text, p)
	}
	if l.Action.URL != "" {
		w.action(l.Action)
	}
	w.raw(`</td></tr>`)
}

// action is a cell with a background, which every reader paints, and the address in letters for those who cannot press it.
func (w *writer) action(a Action) {
	w.put(`<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:24px 0 16px"><tr><td class="m-brand" style="background:%s;border-radius:%spx">`,
		w.light.Brand, fmt.Sprint(w.light.Radius))
	w.put(`<a class="m-on-brand" href="%s" style="display:inline-block;padding:13px 22px;font-size:16px;font-weight:700;color:%s;text-decoration:none">%s</a></td></tr></table>`,
		a.URL, w.light.OnBrand, a.Label)
	w.put(`<p class="m-muted" style="margin:0;font-size:14px;line-height:1.5;color:%s">%s<br><a class="m-link" href="%s" style="color:%s;word-break:break-all">%s</a></p>`,
		w.light.Muted, "Si le bouton ne répond pas, ouvrez cette adresse :", a.URL, w.light.Link, a.URL)
}

// darkRules repaint the letter where the reader's device is dark and the mail reader keeps style sheets.
func darkRules(d Look) string {
	if d == (Look{}) {
		return ""
	}
	var rules strings.Builder
	set := func(class, property, value string) {
		fmt.Fprintf(&rules, ".%s{%s:%s!important}", class, property, plain(value))
	}
	set("m-bg", "background", d.Background)
	set("m-card", "background", d.Surface)
	set("m-card", "border-color", d.Line)
	set("m-mast", "background", d.Masthead)
	set("m-on-mast", "color", d.OnMasthead)
	set("m-text", "color", d.Text)
	set("m-muted", "color", d.Muted)
	set("m-link", "color", d.Link)
	set("m-brand", "background", d.Brand)
	set("m-on-brand", "color", d.OnBrand)
	return "@media (prefers-color-scheme:dark){" + rules.String() + "}"
}

// plain keeps a value of the style sheet to what a colour is written with.
func plain(value string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune("#0123456789abcdefABCDEF", r) {
			return r
		}
		return -1
	}, value)
}
