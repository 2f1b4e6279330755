package mail

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	webpush "github.com/SherClockHolmes/webpush-go"
	"github.com/google/uuid"

	"elyco/internal/db"
)

// Push says how notifications reach devices.
type Push struct {
	DB      *db.DB
	Keys    Vapid
	Contact string // whom a push service writes to when something is wrong: an e-mail address
}

type push struct {
	Push
	client *http.Client
}

// NewPush makes the transport. A notification goes to every device of its person; it was handed over when one of them took it.
func NewPush(p Push) (Transport, error) {
	var err error
	if p.Contact, err = CleanAddress(p.Contact); err != nil {
		return nil, fmt.Errorf("mail: the contact of the notifications: %w", err)
	}
	return &push{p, outward(publicHTTPS, nil)}, nil
}

// Open gives a line. Connections are made when there is something to say.
func (p *push) Open(context.Context) (Line, error) { return p, nil }

// Close lets the connections go.
func (p *push) Close() error {
	p.client.CloseIdleConnections()
	return nil
}

// Payload is all that a notification carries, encrypted for the device alone.
type payload struct {
	ID    string `json:"id"` // a notification that comes twice is shown once
	Title string `json:"title"`
	Text  string `json:"text"`
	Path  string `json:"path"` // of the portal that the device knows
}

const (
	longestTitle = 120
	longestPush  = 400
	pushLives    = 24 * 60 * 60 // seconds that a push service keeps a notification for a device that is off
)

var errNoDevice = &Refusal{ForGood: true, Answer: "Aucun appareil n’affiche les notifications de cette personne."}

// Send hands a notification over to the person's devices.
func (p *push) Send(ctx context.Context, m Message) error {
	var devices []Device
	err := p.DB.Read(academy(ctx), func(ctx context.Context, tx db.Tx) (err error) {
		devices, err = selectDevices(ctx, tx, m.Person)
		return err
	})
	if err != nil {
		return fmt.Errorf("find the devices: %w", err)
	}
	body, err := json.Marshal(payloadOf(m))
	if err != nil {
		return err
	}
	var used, gone []uuid.UUID
	var last error
	for _, d := range devices {
		switch err := p.sendTo(ctx, d, m.ID, body); {
		case err == nil:
			used = append(used, d.ID)
		case errors.Is(err, errGone) || errors.Is(err, errAddress):
			gone = append(gone, d.ID)
		default:
			last = err
		}
	}
	if len(used)+len(gone) > 0 {
		err = p.DB.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error { return markDevices(ctx, tx, m.Person, used, gone) })
	}
	switch {
	case err != nil && len(used) == 0:
		return fmt.Errorf("note what became of the devices: %w", err)
	case len(used) > 0:
		return nil // what is noted of the others can wait for the next notification
	case last != nil:
		return last
	}
	return errNoDevice
}

func payloadOf(m Message) payload {
	p := payload{ID: m.ID.String(), Title: cut(oneLine(m.Subject), longestTitle), Text: cut(m.Text, longestPush), Path: "/"}
	if strings.HasPrefix(m.Path, "/") && !strings.HasPrefix(m.Path, "//") && !strings.Contains(m.Path, `\`) {
		p.Path = m.Path
	}
	return p
}

func cut(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return text
}

var errGone = errors.New("mail: the push service does not know the device any more")

func (p *push) sendTo(ctx context.Context, d Device, id uuid.UUID, body []byte) error {
	answer, err := webpush.SendNotificationWithContext(ctx, body, &webpush.Subscription{Endpoint: d.Endpoint, Keys: webpush.Keys{Auth: d.Auth, P256dh: d.P256dh}},
		&webpush.Options{HTTPClient: p.client, Subscriber: p.Contact, VAPIDPublicKey: p.Keys.Public(), VAPIDPrivateKey: p.Keys.secret(), TTL: pushLives,
			Urgency: webpush.UrgencyNormal, Topic: strings.ReplaceAll(id.String(), "-", "")})
	if err != nil {
		if errors.Is(err, errAddress) {
			return errAddress
		}
		return &Refusal{Answer: "Le service de notification ne répond pas : " + bare(err).Error()}
	}
	defer answer.Body.Close()
	switch {
	case answer.StatusCode >= 200 && answer.StatusCode < 300:
		return nil
	case answer.StatusCode == http.StatusNotFound || answer.StatusCode == http.StatusGone:
		return errGone
	}
	return &Refusal{ForGood: answer.StatusCode == http.StatusRequestEntityTooLarge, Answer: "Le service de notification a répondu " + strconv.Itoa(answer.StatusCode) + "."}
}
