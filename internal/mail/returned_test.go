package mail_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/emersion/go-smtp"
	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/mail"
	"elyco/internal/tenant"
)

var noSuchBox = &smtp.SMTPError{Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such mailbox"}

// notice is what a mail server sends back about a letter.
func notice(messageID, action, status, diagnostic string) string {
	return strings.ReplaceAll(fmt.Sprintf(`From: MAILER-DAEMON@mx.example
To: ne-pas-repondre@ent.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

This is a MIME-encapsulated message.
--B
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example
Arrival-Date: Mon, 30 Nov 2026 10:00:00 +0100

Final-Recipient: rfc822; parent1@famille.example
Action: %s
Status: %s
Diagnostic-Code: smtp; %s

--B
Content-Type: text/rfc822-headers

Message-ID: <%s>
Subject: Votre code

--B--
`, action, status, diagnostic, messageID), "\n", "\r\n")
}

// letterGone is a letter that a server took, and its Message-ID.
func letterGone(t *testing.T) (p post, o *mail.Office, person uuid.UUID, id string) {
	t.Helper()
	p, s := newPost(t), newSink(t)
	o = mail.NewOffice(p.DB, s.transport(t), nil)
	o.Sign([]byte("le secret de la maison"))
	to := parent(1)
	to.Person = uuid.New()
	p.queueFor(t, mail.Outgoing{Channel: mail.ByMail, Subject: "Votre code", Text: "x", To: []mail.Recipient{to}})
	p.deliver(t, o)
	return p, o, to.Person, strings.Trim(s.got()[0].parse(t).Header.Get("Message-Id"), "<>")
}

func (p post) bounced(t *testing.T) (found map[string]mail.Bounce) {
	t.Helper()
	err := p.DB.Read(p.ctx, func(ctx context.Context, tx db.Tx) (err error) {
		found, err = mail.Bounced(ctx, tx, []string{parent(1).Address})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func takeBack(t *testing.T, p post, o *mail.Office, text string) error {
	t.Helper()
	r, err := o.ReadReturned(strings.NewReader(text))
	if err != nil {
		return err
	}
	if r.Scope != int64(p.College.ID) {
		t.Fatalf("it was sent by %d", r.Scope)
	}
	return o.TakeBack(p.ctx, r)
}

func TestALetterThatComesBack(t *testing.T) {
	for name, c := range map[string]struct {
		status, diagnostic, words string
		address                   bool
	}{
		"nobody lives there":        {"5.1.1", "550 5.1.1 <parent1@famille.example>: Recipient address rejected", "Cette adresse n’existe pas.", true},
		"the box is full":           {"5.2.2", "552 5.2.2 Mailbox full", "Cette boîte est pleine.", true},
		"it looks like spam":        {"5.7.1", "554 5.7.1 rejected", "refuse ce message", false},
		"in the server's own words": {"5.0.0", "554 nope", "a refusé le message. (554 nope)", false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, o, person, id := letterGone(t)
			for range 2 {
				if err := takeBack(t, p, o, notice(id, "failed", c.status, c.diagnostic)); err != nil {
					t.Fatal(err)
				}
			}
			if m := p.one(t); m.State != "failed" || !strings.Contains(m.Error, c.words) {
				t.Errorf("%+v", m)
			}
			if found := p.bounced(t); (len(found) == 1) != c.address || c.address && found[parent(1).Address].Person != person {
				t.Errorf("bounced: %+v", found)
			}
		})
	}
}

func TestNoticesThatSayNothingOfOurs(t *testing.T) {
	p, o, _, id := letterGone(t)
	forged := id[:20] + strings.Map(func(r rune) rune {
		if r == 'A' {
			return 'B'
		}
		return 'A'
	}, id[20:21]) + id[21:]
	for name, text := range map[string]string{
		"a letter that waits":        notice(id, "delayed", "4.4.1", "no route"),
		"a name that was made up":    notice(forged, "failed", "5.1.1", "x"),
		"somebody else's letter":     notice("20261130.abcdefghijklmnopqrstuvwxyz@autre.example", "failed", "5.1.1", "x"),
		"no kind of report":          "Subject: bonjour\r\n\r\nMessage-ID: <" + id + ">\r\nAction: failed\r\n",
		"a report of something else": strings.Replace(notice(id, "failed", "5.1.1", "x"), "report-type=delivery-status", "report-type=disposition-notification", 1),
		"a report that is cut off":   notice(id, "failed", "5.1.1", "x")[:500],
		"nothing":                    "",
	} {
		if err := takeBack(t, p, o, text); !errors.Is(err, mail.ErrNotOurs) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if m := p.one(t); m.State != "sent" {
		t.Errorf("%+v", m)
	}
}

func TestAnOwnerMendsAnAddress(t *testing.T) {
	p, o, person, id := letterGone(t)
	if err := takeBack(t, p, o, notice(id, "failed", "5.1.1", "x")); err != nil {
		t.Fatal(err)
	}
	err := p.DB.Write(tenant.Enter(t.Context(), p.Academy), func(ctx context.Context, tx db.Tx) error {
		return mail.Mended(ctx, tx, person, parent(1).Address)
	})
	if err != nil || len(p.bounced(t)) != 0 {
		t.Errorf("%v, %v", err, p.bounced(t))
	}
}

func FuzzReturned(f *testing.F) {
	o := mail.NewOffice(nil, nil, nil)
	o.Sign([]byte("le secret de la maison"))
	whole := notice("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA@ent.example", "failed", "5.1.1", "550 no")
	for _, text := range []string{whole, whole[:len(whole)-200], strings.ReplaceAll(whole, "\r\n", "\n"), strings.Replace(whole, "text/rfc822-headers", "message/rfc822", 1),
		strings.Replace(whole, "Message-ID", "message-id:\r\n", 1), "Content-Type: multipart/report; report-type=delivery-status; boundary=B\r\n\r\n--B\r\n\r\n--B--", strings.Repeat("--B\r\n", 200)} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if r, err := o.ReadReturned(strings.NewReader(text)); !errors.Is(err, mail.ErrNotOurs) {
			t.Fatalf("%+v, %v", r, err)
		}
	})
}
