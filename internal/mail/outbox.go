package mail

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"unicode"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/job"
)

// Recipient is one person who gets a letter, in a message of the person's own: nobody sees who else got it.
type Recipient struct {
	Person  uuid.UUID // zero: nobody of the directory
	Name    string
	Address string
	Fields  map[string]string // what stands in the text as {{name}} for this recipient
}

// Post is a letter and to whom it goes. Kind says what it is for, as "account.recovery"; it is the key of a sentence that
// people read, with the room's "mail" before the name: account.mail.recovery.
type Post struct {
	Kind   string
	Letter Letter
	To     []Recipient
}

// Text is a short message to telephones. Recipients' addresses are numbers as CleanPhone writes them.
type Text struct {
	Kind string
	Site string
	Body string // 160 letters at most are one message
	To   []Recipient
}

// The channels.
const (
	byMail = "mail"
	byText = "text"
)

// ErrPhone is returned for what is no mobile number.
var ErrPhone = errors.New("mail: not a mobile number")

// CleanPhone writes a mobile number the way it is stored, "+33612345678", or fails with ErrPhone. Numbers without a country
// are French.
func CleanPhone(typed string) (string, error) {
	digits := strings.Map(func(r rune) rune {
		if strings.ContainsRune(" .-()/\u00a0\u202f", r) {
			return -1
		}
		return r
	}, typed)
	switch {
	case strings.HasPrefix(digits, "0033"):
		digits = "+33" + digits[4:]
	case strings.HasPrefix(digits, "00"):
		digits = "+" + digits[2:]
	case strings.HasPrefix(digits, "0"):
		digits = "+33" + digits[1:]
	}
	plain, international := strings.CutPrefix(digits, "+")
	french, isFrench := strings.CutPrefix(plain, "33")
	if !international || len(plain) < 8 || len(plain) > 15 || strings.Trim(plain, "0123456789") != "" ||
		isFrench && (len(french) != 9 || french[0] != '6' && french[0] != '7') {
		return "", ErrPhone
	}
	return digits, nil
}

// QueueText writes a short message in the author's transaction, as Queue does a letter.
func QueueText(ctx context.Context, tx db.Tx, t Text) error {
	if len(t.To) == 0 {
		return nil
	}
	for i, r := range t.To {
		var err error
		if t.To[i].Address, err = CleanPhone(r.Address); err != nil {
			return err
		}
		t.To[i].Name = oneLine(r.Name)
	}
	l := stored{ID: uuid.Must(uuid.NewV7()), Kind: t.Kind, Channel: byText, Site: oneLine(t.Site), Subject: oneLine(t.Site), Text: printable(t.Body)}
	if err := insertLetter(ctx, tx, l, t.To); err != nil {
		return fmt.Errorf("queue a text: %w", err)
	}
	return job.Enqueue(ctx, tx, job.New(deliverKind, struct{}{}))
}

// ErrAddress is returned for what is no e-mail address.
var ErrAddress = errors.New("mail: not an e-mail address")

const longestAddress = 254

// CleanAddress writes an e-mail address the way it is stored, or fails with ErrAddress for what is none: names beside it,
// blanks, control characters, a host without a dot.
func CleanAddress(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	a, err := netmail.ParseAddress(typed)
	if err != nil || a.Name != "" || a.Address != typed || len(typed) > longestAddress || strings.ContainsFunc(typed, unsafe) {
		return "", ErrAddress
	}
	at := strings.LastIndexByte(typed, '@')
	host := strings.ToLower(typed[at+1:])
	if !strings.Contains(host, ".") || strings.HasPrefix(host, ".") || strings.HasSuffix(host, ".") || strings.ContainsAny(host, "[]_") {
		return "", ErrAddress
	}
	return typed[:at+1] + host, nil
}

// unsafe are the letters that an address has no need of and that a server or a mail reader might take for an end.
func unsafe(r rune) bool {
	return unicode.IsControl(r) || unicode.IsSpace(r) || strings.ContainsRune(`<>"(),;:\`, r)
}

// oneLine takes everything away that could begin a line or a header of its own, also once a mail reader has decoded it.
func oneLine(text string) string {
	text = strings.ReplaceAll(text, "=?", "= ?")
	return strings.Join(strings.FieldsFunc(text, func(r rune) bool {
		return unicode.IsControl(r) || unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' || r == '\u2028' || r == '\u2029'
	}), " ")
}

// printable drops the control characters that no text has need of, and that a database or a server refuses.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, text)
}

const deliverKind = "mail.deliver"

// Queue writes a letter in the author's transaction: it goes out once that commits. However many people get it, it costs two
// statements and one job. An address that is none fails with ErrAddress.
func Queue(ctx context.Context, tx db.Tx, p Post) error {
	if len(p.To) == 0 {
		return nil
	}
	html, err := p.Letter.HTML()
	if err != nil {
		return err
	}
	text, err := p.Letter.Text()
	if err != nil {
		return err
	}
	for i, r := range p.To {
		if p.To[i].Address, err = CleanAddress(r.Address); err != nil {
			return err
		}
		p.To[i].Name = oneLine(r.Name)
	}
	l := stored{ID: uuid.Must(uuid.NewV7()), Kind: p.Kind, Channel: byMail, Site: oneLine(p.Letter.Site), Subject: oneLine(p.Letter.Title), Text: printable(text), HTML: printable(html)}
	if err := insertLetter(ctx, tx, l, p.To); err != nil {
		return fmt.Errorf("queue a letter: %w", err)
	}
	return job.Enqueue(ctx, tx, job.New(deliverKind, struct{}{}))
}
