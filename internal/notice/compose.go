package notice

import (
	"context"
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"

	"crypto/hmac"
	"crypto/sha256"

	"github.com/google/uuid"

	"elyco/internal/mail"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// The addresses where links lead, on the host of the space. The rooms that answer them say so in their routes.
const (
	LinkPath = "/r/"           // and a code: without an account
	OffPath  = "/notices/off/" // and a token: no more e-mails of a kind
)

// fields are what differs from person to person in a text that is kept once.
func (h *Herald) fields(ctx context.Context, t *tenant.Tenant, m move) map[string]string {
	f := map[string]string{"about": "", "link": h.registry.URL(t, m.Path), "off_link": h.registry.URL(t, OffPath+h.OffToken(m.Person, m.Kind))}
	if m.AboutNames != "" {
		f["about"] = words.T(ctx, "notice.about", "child", m.AboutNames)
	}
	if len(m.Ladder) > 0 {
		f["link"] = h.registry.URL(t, LinkPath+h.Code(int64(t.ID), m.Notice, m.Person))
	}
	return f
}

// compose writes a notice for a channel. What differs from person to person stands in it as {{about}}, {{link}} and {{off_link}}.
func (h *Herald) compose(ctx context.Context, t *tenant.Tenant, way Channel, m move) (mail.Outgoing, error) {
	out := mail.Outgoing{Channel: string(way), Kind: m.Kind, Site: t.Name, Subject: m.Title, Path: m.Path}
	must := len(m.Ladder) > 0
	switch way {
	case Text:
		key := "notice.text"
		if must {
			key = "notice.text.must"
		}
		out.Text = words.T(ctx, key, "space", t.Name, "title", cut(m.Title, 80), "link", "{{link}}")
	case Voice:
		out.Text = words.T(ctx, "notice.voice", "space", t.Name, "title", m.Title, "text", cut(m.Text, 600))
	case Push:
		out.Text = cut(notEmpty(strings.TrimSpace(m.AuthorName), t.Name), 80)
		if m.Text != "" && must {
			out.Text = cut(m.Text, 140)
		}
	case Mail:
		return h.letter(ctx, t, m, out)
	}
	return out, nil
}

func (h *Herald) letter(ctx context.Context, t *tenant.Tenant, m move, out mail.Outgoing) (mail.Outgoing, error) {
	skin := h.skins.For(ctx, t)
	l := mail.Letter{Light: skin.Letter, Dark: skin.LetterDark, Site: t.Name, Title: m.Title, Footer: words.T(ctx, "notice.mail.footer", "space", t.Name) + " {{off_link}}",
		Action: mail.Action{Label: words.T(ctx, "notice.mail.open"), URL: placeholder}}
	if len(m.Ladder) > 0 {
		l.Action.Label = words.T(ctx, "notice.mail.acknowledge")
		l.Footer = words.T(ctx, "notice.mail.must", "space", t.Name)
	}
	l.Paragraphs = append(l.Paragraphs, words.T(ctx, "notice.mail.from", "name", notEmpty(m.AuthorName, t.Name), "when", words.DateTime(m.SentAt))+" {{about}}")
	for _, p := range strings.Split(m.Text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			l.Paragraphs = append(l.Paragraphs, p)
		}
	}
	text, err := l.Text()
	if err != nil {
		return out, err
	}
	html, err := l.HTML()
	out.Text, out.HTML = strings.ReplaceAll(text, placeholder, "{{link}}"), strings.ReplaceAll(html, placeholder, "{{link}}")
	return out, err
}

// placeholder stands for an address while a letter is written, which refuses what is none.
const placeholder = "https://link.invalid/"

func notEmpty(text, otherwise string) string {
	if text == "" {
		return otherwise
	}
	return text
}

// OffToken names a person and a kind of notice, or the digest, in a link that needs no account, and that only this house can make.
func (h *Herald) OffToken(person uuid.UUID, kind string) string {
	body := base64.RawURLEncoding.EncodeToString(person[:]) + "." + url.PathEscape(kind)
	return body + "." + h.offMac(body)
}

func (h *Herald) offMac(body string) string {
	mac := hmac.New(sha256.New, h.key)
	fmt.Fprintf(mac, "off %s", body)
	const bytes = 15
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:bytes])
}

// ReadOffToken takes a token apart; ok is false for one that this house did not make.
func (h *Herald) ReadOffToken(token string) (person uuid.UUID, kind Kind, ok bool) {
	end := strings.LastIndexByte(token, '.')
	if end < 0 || !hmac.Equal([]byte(h.offMac(token[:end])), []byte(token[end+1:])) {
		return uuid.Nil, Kind{}, false
	}
	id, name, _ := strings.Cut(token[:end], ".")
	raw, err := base64.RawURLEncoding.DecodeString(id)
	kind, known := h.kinds[name]
	if name == digestSent.Name {
		kind, known = digestSent, true
	}
	if err != nil || len(raw) != len(person) || !known {
		return uuid.Nil, Kind{}, false
	}
	return uuid.UUID(raw), kind, true
}
