package mail

import (
	"context"
	"errors"
	netmail "net/mail"
	"strings"
	"unicode"

	"github.com/google/uuid"

	"elyco/internal/db"
)

// Recipient is one person who gets a letter, in a message of the person's own: nobody sees who else got it.
type Recipient struct {
	Person  uuid.UUID // zero: nobody of the directory
	Name    string
	Address string // empty for a notification, which goes to all devices of the person

	Fields      map[string]string // what {{name}} says in this one's message; a name that ends in "link" is an absolute address
	Unsubscribe string            // absolute address that ends such letters for the recipient when a POST comes; empty: none
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

// ErrPhone is returned for what is no number of the kind that the channel needs.
var ErrPhone = errors.New("mail: not a telephone number")

// CleanPhone writes a mobile number the way it is stored, "+33612345678", or fails with ErrPhone. Numbers without a country
// are French.
func CleanPhone(typed string) (string, error) {
	number, err := CleanNumber(typed)
	if french, is := strings.CutPrefix(number, "+33"); err != nil || is && french[0] != '6' && french[0] != '7' {
		return "", ErrPhone
	}
	return number, nil
}

// CleanNumber is CleanPhone for a telephone of any kind, which can be called. Numbers that cost the caller are none.
func CleanNumber(typed string) (string, error) {
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
		isFrench && (len(french) != 9 || french[0] == '0' || french[0] == '8') {
		return "", ErrPhone
	}
	return digits, nil
}

// QueueText writes a short message in the author's transaction, as Queue does a letter.
func QueueText(ctx context.Context, tx db.Tx, t Text) error {
	_, err := QueueFor(ctx, tx, Outgoing{Channel: ByText, Kind: t.Kind, Site: t.Site, Subject: t.Site, Text: t.Body, To: t.To})
	return err
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
	_, err = QueueFor(ctx, tx, Outgoing{Channel: ByMail, Kind: p.Kind, Site: p.Letter.Site, Subject: p.Letter.Title, Text: text, HTML: html, To: p.To})
	return err
}
