package mail

import (
	"bytes"
	"cmp"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/fault"
)

// The headers with which the house and a gateway sign what they send each other: seconds since 1970, and the HMAC-SHA256 of
// these seconds, a full stop and the body, in hexadecimal digits.
const (
	TimestampHeader = "Elyco-Timestamp"
	SignatureHeader = "Elyco-Signature"
)

const (
	drift           = 5 * time.Minute // that a callback's clock may be away from ours; replayed later it is refused
	LongestCallback = 16 << 10        // bytes
)

// Signed is a callback as it came in.
type Signed struct {
	Channel, Timestamp, Signature string
	Body                          []byte
}

func sign(key []byte, timestamp string, body []byte) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(timestamp + "."))
	mac.Write(body)
	return mac.Sum(nil)
}

// Callback is what a gateway says of a message that it took, as JSON.
type callback struct {
	ID      string     `json:"id"`      // the name of the message
	Event   string     `json:"event"`   // failed, delivered, answered or acknowledged
	At      *time.Time `json:"at"`      // when; may be missing
	Reason  string     `json:"reason"`  // of a failure
	Unknown bool       `json:"unknown"` // of a failure: nobody has this number, and trying again is of no use
	Said    string     `json:"said"`    // of an answer: the key that was pressed, the text that came back
	Cost    int64      `json:"cost"`    // of the whole message so far, in millionths of a euro
}

// Heard is a callback that was checked: which message of which scope it is about, and what it says.
type Heard struct {
	Scope   int64
	Channel string
	ID      uuid.UUID
	Report  Report
}

// Hear checks a callback. A channel without callbacks and a name that the house did not make are NotFound, a signature that is
// not the gateway's or too old is Forbidden, and what says nothing is Invalid. What it gives is taken in by Report, in the
// scope it names.
func (o *Office) Hear(now time.Time, s Signed) (Heard, error) {
	key := o.keys[s.Channel]
	if len(key) == 0 {
		return Heard{}, fault.Missing()
	}
	if !genuine(key, now, s) {
		return Heard{}, fault.New(fault.Forbidden, "")
	}
	name, r, err := readCallback(s.Body)
	if err != nil {
		return Heard{}, &fault.Error{Kind: fault.Invalid, Cause: err}
	}
	scope, id, ok := o.names.read(name)
	if !ok {
		return Heard{}, fault.Missing()
	}
	return Heard{Scope: scope, Channel: s.Channel, ID: id, Report: r}, nil
}

func genuine(key []byte, now time.Time, s Signed) bool {
	signature, err := hex.DecodeString(s.Signature)
	if err != nil || len(s.Body) > LongestCallback || !hmac.Equal(signature, sign(key, s.Timestamp, s.Body)) {
		return false
	}
	seconds, err := strconv.ParseInt(s.Timestamp, 10, 64)
	return err == nil && now.Sub(time.Unix(seconds, 0)).Abs() <= drift
}

var errCallback = errors.New("mail: the callback says nothing")

// readCallback reads what a gateway says. Fields that are not known are passed over: a gateway may say more.
func readCallback(body []byte) (name string, r Report, err error) {
	if !utf8.Valid(body) {
		return "", r, errCallback
	}
	var c callback
	d := json.NewDecoder(bytes.NewReader(body))
	if err := d.Decode(&c); err != nil {
		return "", r, errCallback
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) || ranks[c.Event] == 0 || c.Cost < 0 {
		return "", r, errCallback
	}
	r = Report{Event: c.Event, Reason: note(c.Reason), Cost: min(MicroEuros(c.Cost), mostExpensive)}
	if c.At != nil {
		r.At = c.At.UTC()
	}
	if c.Event == Answered && confirms(c.Said) {
		r.Event = Acknowledged
	}
	if c.Event == Failed && c.Unknown {
		r.Status, r.Reason = noSuch, cmp.Or(r.Reason, "Ce numéro n’est attribué à personne.")
	}
	return c.ID, r, nil
}

// confirms reports whether a key or a short answer is the one that was asked for.
func confirms(said string) bool {
	switch strings.ToLower(strings.Trim(said, " .!\n\r\t")) {
	case ConfirmKey, "ok", "oui":
		return true
	}
	return false
}

// Play has a simulated recipient do something: the callback that a gateway would send is made, signed, heard and taken in. A
// message that a simulator did not keep is NotFound.
func (o *Office) Play(ctx context.Context, s Sent, event string) error {
	if !s.Kept || ranks[event] == 0 || !o.Simulates(s.Channel) {
		return fault.Missing()
	}
	scope, err := scopeOf(ctx)
	if err != nil {
		return err
	}
	now := o.db.NowIn(ctx)
	c := callback{ID: o.names.name(scope, s.ID), Event: event, Cost: int64(tariffs[s.Channel])}
	switch event {
	case Failed:
		c.Reason = "Échec joué par le simulateur."
	case Acknowledged:
		c.Event, c.Said = Answered, ConfirmKey
	}
	body, err := json.Marshal(c)
	if err != nil {
		return err
	}
	timestamp := strconv.FormatInt(now.Unix(), 10)
	heard, err := o.Hear(now, Signed{Channel: s.Channel, Timestamp: timestamp, Signature: hex.EncodeToString(sign(o.keys[s.Channel], timestamp, body)), Body: body})
	if err != nil {
		return err
	}
	return o.Report(ctx, heard.Channel, heard.ID, heard.Report)
}

// tariffs are what a simulated message costs, of the order of what gateways ask.
var tariffs = map[string]MicroEuros{ByText: 45_000, ByVoice: 82_500}
