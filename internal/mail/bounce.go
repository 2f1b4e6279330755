package mail

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
)

// Bounce is an address or a number of a person to which nothing can be sent.
type Bounce struct {
	Person  uuid.UUID `bun:"person_id"`
	Address string    `bun:"address"`
	Status  string    `bun:"status"` // as mail servers number it; empty: not said
	Reason  string    `bun:"reason"` // for people
	At      time.Time `bun:"bounced_at"`
}

// Bounced gives what is known against the addresses, the latest of each, by address as CleanAddress writes it. It runs in any
// scope.
func Bounced(ctx context.Context, tx db.Tx, addresses []string) (map[string]Bounce, error) {
	list, err := selectBounces(ctx, tx, addresses)
	if err != nil {
		return nil, fmt.Errorf("find addresses that bounced: %w", err)
	}
	found := make(map[string]Bounce, len(list))
	for _, b := range list {
		found[b.Address] = b
	}
	return found, nil
}

// Mended forgets that an address of a person bounced, once its owner has shown that it works. tx is one of the academy's scope.
func Mended(ctx context.Context, tx db.Tx, person uuid.UUID, address string) error {
	if err := deleteBounce(ctx, tx, person, address); err != nil {
		return fmt.Errorf("forget a bounce: %w", err)
	}
	return nil
}

// ErrNotOurs is returned for a message that is no answer to a letter of the house.
var ErrNotOurs = errors.New("mail: the message is no notice about a letter of ours")

// Returned is what a mail server's notice says of a letter.
type Returned struct {
	Scope  int64
	ID     uuid.UUID
	Report Report
}

// ReadReturned reads a notice that came by mail and finds the letter it is about: by its name, which nobody makes up. ErrNotOurs
// tells what is no such notice, and what says nothing final: a letter that waits will be told of again.
func (o *Office) ReadReturned(r io.Reader) (Returned, error) {
	n, err := readNotice(r)
	if err != nil {
		return Returned{}, err
	}
	name, _, _ := strings.Cut(n.messageID, "@")
	scope, id, ok := o.names.read(name)
	if !ok {
		return Returned{}, ErrNotOurs
	}
	report := Report{Event: Failed, Status: n.status, Reason: returnWords(n.status)}
	switch n.action {
	case "failed":
		if n.diagnostic != "" {
			report.Reason += " (" + n.diagnostic + ")"
		}
	case "delivered":
		report = Report{Event: Delivered}
	default:
		return Returned{}, ErrNotOurs
	}
	return Returned{Scope: scope, ID: id, Report: report}, nil
}

// noSuch is the status of an address that nobody has.
const noSuch = "5.1.1"

// TakeBack writes what a notice says of a letter of the scope of ctx, and what it says of the address for good.
func (o *Office) TakeBack(ctx context.Context, r Returned) error {
	return o.Report(ctx, ByMail, r.ID, r.Report)
}

// noteRefusal keeps what a server that was asked to take a letter said against the address.
func (o *Office) noteRefusal(ctx context.Context, p parcel, err error) error {
	var refused *Refusal
	if p.channel != ByMail || !errors.As(err, &refused) || !refused.ForGood {
		return nil
	}
	status := enhanced.FindString(refused.Answer)
	if status == "" && plainNo.MatchString(refused.Answer) {
		status = "5.1.0"
	}
	if !ofAddress(status) {
		return nil
	}
	return o.noteBounce(ctx, Bounce{Person: p.person, Address: p.message.Address, Status: status, Reason: returnWords(status)})
}

func (o *Office) noteBounce(ctx context.Context, b Bounce) error {
	if b.Person == uuid.Nil {
		return nil
	}
	return o.settle(academy(ctx), func(ctx context.Context, tx db.Tx) error { return upsertBounce(ctx, tx, b) })
}

var (
	enhanced = regexp.MustCompile(`\b5\.[0-9]{1,3}\.[0-9]{1,3}\b`)
	plainNo  = regexp.MustCompile(`^(550|551|553)\b`) // servers that give no number of three parts
)

// ofAddress reports whether a status is the fault of the address, or of its box, and not of one letter or of the sender.
func ofAddress(status string) bool {
	return strings.HasPrefix(status, "5.1.") && status != "5.1.7" && status != "5.1.8" || status == "5.2.0" || status == "5.2.1" || status == "5.2.2"
}

// returnWords say a status to people.
func returnWords(status string) string {
	for _, w := range []struct{ status, words string }{
		{"5.1.1", "Cette adresse n’existe pas."},
		{"5.1.2", "Le domaine de cette adresse n’existe pas."},
		{"5.1.3", "Cette adresse est mal écrite."},
		{"5.1.6", "La boîte a déménagé et n’a pas laissé d’adresse."},
		{"5.1.10", "Le domaine de cette adresse ne reçoit pas d’e-mails."},
		{"5.1.7", "Le serveur du destinataire refuse l’adresse d’expédition."},
		{"5.1.8", "Le serveur du destinataire refuse l’adresse d’expédition."},
		{"5.1.", "Cette adresse ne reçoit pas d’e-mails."},
		{"5.2.1", "Cette boîte est désactivée."},
		{"5.2.2", "Cette boîte est pleine."},
		{"5.2.3", "Le message est trop lourd pour cette boîte."},
		{"5.2.", "Cette boîte ne reçoit pas d’e-mails."},
		{"5.3.4", "Le message est trop lourd pour le serveur du destinataire."},
		{"5.4.", "Le serveur du destinataire est introuvable."},
		{"4.4.7", "Le serveur du destinataire n’a pas répondu à temps."},
		{"5.7.", "Le serveur du destinataire refuse ce message."},
		{"5.6.", "Le serveur du destinataire ne comprend pas ce message."},
	} {
		if status == w.status || strings.HasSuffix(w.status, ".") && strings.HasPrefix(status, w.status) {
			return w.words
		}
	}
	return "Le serveur du destinataire a refusé le message."
}

// BouncedOf gives what is known against the addresses of one person. It runs in any scope.
func BouncedOf(ctx context.Context, tx db.Tx, person uuid.UUID) ([]Bounce, error) {
	list, err := selectBouncesOf(ctx, tx, person)
	if err != nil {
		return nil, fmt.Errorf("find addresses of a person that bounced: %w", err)
	}
	return list, nil
}
