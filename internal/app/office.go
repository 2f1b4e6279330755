package app

import (
	"context"
	"fmt"
	"io"

	"elyco/internal/config"
	"elyco/internal/mail"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// office hands messages to what the configuration names for each channel; the others are simulators.
func office(g *Ground, registry *tenant.Registry) (*mail.Office, error) {
	o := mail.NewOffice(g.DB, nil, nil)
	c := g.Config
	if c.SMTP.Address != "" {
		t, err := mail.NewSMTP(mail.SMTP{Address: c.SMTP.Address, User: c.SMTP.User, Password: c.SMTP.Password.Reveal(), From: c.SMTP.From, TLS: c.SMTP.TLS})
		if err != nil {
			return nil, err
		}
		o.Connect(mail.ByMail, t, "")
	}
	for _, w := range []struct {
		channel, url, sender string
		key                  config.Secret
	}{{mail.ByText, c.SMS.URL, c.SMS.Sender, c.SMS.Key}, {mail.ByVoice, c.Voice.URL, "", c.Voice.Key}} {
		if w.url == "" {
			continue
		}
		t, err := mail.NewGateway(mail.Gateway{Channel: w.channel, URL: w.url, Key: w.key.Reveal(), Sender: w.sender,
			Callback: registry.URL(registry.Academy(), "/gateway/"+w.channel+"/callback")})
		if err != nil {
			return nil, err
		}
		o.Connect(w.channel, t, w.key.Reveal())
	}
	return o, notifications(g, o)
}

// notifications gives the office its keys, and the way to devices when somebody answers for it.
func notifications(g *Ground, o *mail.Office) error {
	o.Sign(g.Config.Secret[:])
	keys := mail.DrawVapid(g.Config.Secret[:])
	if own := g.Config.Push.Key; own != "" {
		var err error
		if keys, err = mail.ReadVapid(own.Reveal()); err != nil {
			return err
		}
	}
	o.Subscribe(keys)
	if g.Config.Push.Contact == "" {
		return nil
	}
	t, err := mail.NewPush(mail.Push{DB: g.DB, Keys: keys, Contact: g.Config.Push.Contact})
	if err != nil {
		return err
	}
	o.Connect(mail.ByPush, t, "")
	return nil
}

// TakeBack reads a notice of a mail server about a letter that came back, and writes what became of the letter.
func (a *App) TakeBack(ctx context.Context, notice io.Reader) error {
	r, err := a.letters.ReadReturned(notice)
	if err != nil {
		return err
	}
	space := a.registry.ByID(school.ScopeID(r.Scope))
	if space == nil {
		return mail.ErrNotOurs
	}
	if err := a.letters.TakeBack(tenant.Enter(ctx, space), r); err != nil {
		return fmt.Errorf("take a letter back: %w", err)
	}
	return nil
}
