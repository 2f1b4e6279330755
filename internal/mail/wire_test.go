package mail_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"time"

	"elyco/internal/mail"
)

// wire is a gateway on this machine: it checks what it is told as the protocol says, and misbehaves when told to.
type wire struct {
	server *httptest.Server
	mu     sync.Mutex
	asked  []asked
	answer func(n int, w http.ResponseWriter) // at the n-th request, from 1; nil: takes it
}

// asked is a message as the gateway was handed it.
type asked struct {
	Key  string
	Body map[string]any
}

const wireKey = "une clé assez longue pour signer"

func newWire(t *testing.T, start func(*httptest.Server)) *wire {
	t.Helper()
	g := &wire{}
	g.server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return
		}
		mac := hmac.New(sha256.New, []byte(wireKey))
		mac.Write([]byte(r.Header.Get("Elyco-Timestamp") + "." + string(body)))
		seconds, err := strconv.ParseInt(r.Header.Get("Elyco-Timestamp"), 10, 64)
		if err != nil || time.Since(time.Unix(seconds, 0)).Abs() > time.Minute || hex.EncodeToString(mac.Sum(nil)) != r.Header.Get("Elyco-Signature") {
			t.Errorf("a message that is not signed: %s", body)
		}
		a := asked{Key: r.Header.Get("Idempotency-Key")}
		if err := json.Unmarshal(body, &a.Body); err != nil || a.Body["id"] != a.Key || r.Method != http.MethodPost {
			t.Errorf("%s %s (%v), under the key %s", r.Method, body, err, a.Key)
		}
		g.mu.Lock()
		g.asked = append(g.asked, a)
		n := len(g.asked)
		g.mu.Unlock()
		if g.answer != nil {
			g.answer(n, w)
		}
	}))
	start(g.server)
	t.Cleanup(g.server.Close)
	return g
}

func (g *wire) got() []asked {
	g.mu.Lock()
	defer g.mu.Unlock()
	return append([]asked(nil), g.asked...)
}

func (g *wire) transport(t *testing.T, channel string) mail.Transport {
	t.Helper()
	tr, err := mail.NewGateway(mail.Gateway{Channel: channel, URL: g.server.URL, Key: wireKey, Sender: "COLETTE", Callback: "https://ent.example/gateway/" + channel + "/callback"})
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

// hang up closes the connection without an answer, like a server that dies.
func hangUp(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		conn.Close()
	}
}
