package mail

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Gateway says how to reach who sends texts or makes calls, over HTTP. The protocol is one small POST:
//
//	POST <URL>
//	Content-Type: application/json
//	Idempotency-Key: <the message's name>
//	Elyco-Timestamp: <seconds since 1970>
//	Elyco-Signature: <HMAC-SHA256 with Key of the timestamp, a full stop and the body, in hexadecimal digits>
//
//	{"id": "<name>", "channel": "text", "to": "+33612345678", "from": "<Sender>", "text": "…", "callback": "https://…"}
//	{"id": "<name>", "channel": "voice", "to": "+33240123456", "text": "…", "lang": "fr-FR", "confirm": {"key": "1", "text": "…"}, "callback": "https://…"}
//
// A call reads text aloud, then confirm.text, and waits for confirm.key. Any answer of the two hundreds takes the message; one
// whose Idempotency-Key was taken before is answered the same way and not sent again. 400, 410, 413, 415 and 422 refuse it for
// good, others for the moment. Later the gateway says what became of the message: it posts to callback, with the same two
// headers,
//
//	{"id": "<name>", "event": "delivered", "at": "2026-11-30T17:00:00Z", "reason": "…", "said": "1", "cost": 45000}
//
// where event is delivered, failed (with a reason for people), answered (with the key or the text that came back in said) or
// acknowledged, and cost is that of the whole message so far, in millionths of a euro. At and cost may be missing. It is
// answered with 204, and may be sent again for as long as it is not.
type Gateway struct {
	Channel  string // ByText or ByVoice
	URL      string
	Key      string // shared with the gateway
	Sender   string // what a text says it comes from; empty: the gateway's own
	Callback string // absolute address where the gateway says what became of a message
}

// ConfirmKey is the key with which somebody who is called confirms.
const ConfirmKey = "1"

const confirmWords = "Pour confirmer que vous avez entendu ce message, appuyez sur la touche 1."

const (
	gatewayTime    = 20 * time.Second
	longestAnswer  = 8 << 10 // bytes read of what a gateway answers
	shortestSecret = 16      // letters of a gateway's key
)

type gateway struct {
	Gateway
	client *http.Client
	now    func() time.Time
}

// NewGateway makes the transport. It does not reach the gateway.
func NewGateway(g Gateway) (Transport, error) {
	u, err := url.Parse(g.URL)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		return nil, errors.New("mail: the address of the gateway should be absolute")
	}
	if g.Channel != ByText && g.Channel != ByVoice {
		return nil, fmt.Errorf("mail: no gateway carries %q", g.Channel)
	}
	if len(g.Key) < shortestSecret {
		return nil, errors.New("mail: the key of the gateway is too short")
	}
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	return &gateway{g, &http.Client{Transport: t, Timeout: gatewayTime, CheckRedirect: stay}, time.Now}, nil
}

// stay follows no redirect: a message goes where the operator said, or nowhere.
func stay(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Open gives a line. Connections are made when there is something to say.
func (g *gateway) Open(context.Context) (Line, error) { return g, nil }

// Close lets the connections go.
func (g *gateway) Close() error {
	g.client.CloseIdleConnections()
	return nil
}

type order struct {
	ID       string   `json:"id"`
	Channel  string   `json:"channel"`
	To       string   `json:"to"`
	From     string   `json:"from,omitempty"`
	Text     string   `json:"text"`
	Lang     string   `json:"lang,omitempty"`
	Confirm  *confirm `json:"confirm,omitempty"`
	Callback string   `json:"callback,omitempty"`
}

type confirm struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// Send hands a message over.
func (g *gateway) Send(ctx context.Context, m Message) error {
	o := order{ID: m.Key, Channel: g.Channel, To: m.Address, From: g.Sender, Text: m.Text, Callback: g.Callback}
	if g.Channel == ByVoice {
		o.Lang, o.Confirm = "fr-FR", &confirm{ConfirmKey, confirmWords}
	}
	body, err := json.Marshal(o)
	if err != nil {
		return err
	}
	timestamp := strconv.FormatInt(g.now().Unix(), 10)
	reached := false
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { reached = true }})
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, g.URL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", m.Key)
	r.Header.Set(TimestampHeader, timestamp)
	r.Header.Set(SignatureHeader, hex.EncodeToString(sign([]byte(g.Key), timestamp, body)))
	answer, err := g.client.Do(r)
	if err != nil && !reached {
		return fmt.Errorf("%w: %w", errUnreached, bare(err))
	}
	if err != nil {
		return fmt.Errorf("hand a message over to the gateway: %w", bare(err))
	}
	defer answer.Body.Close()
	return judge(answer)
}

// bare drops the address from an error: it may hold a key.
func bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}

// judge reads an answer. What an operator can mend (a wrong key, a wrong address) is no fault of the message.
func judge(answer *http.Response) error {
	said, _ := io.ReadAll(io.LimitReader(answer.Body, longestAnswer))
	if answer.StatusCode >= 200 && answer.StatusCode < 300 {
		return nil
	}
	refusal := &Refusal{Answer: strings.TrimSpace(strconv.Itoa(answer.StatusCode) + " " + note(printable(strings.ToValidUTF8(string(said), "�"))))}
	switch answer.StatusCode {
	case http.StatusBadRequest, http.StatusGone, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusUnprocessableEntity:
		refusal.ForGood = true
	}
	return refusal
}
