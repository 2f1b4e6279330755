package siege_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/mail"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"
)

// fate is how a server that is not ours ends.
type fate int

const (
	unharmed fate = iota
	midway        // while it is being told something
	unsaid        // after it has taken something, before it has said so
)

// outside is a server that is not ours, real and on a socket. It can be killed at any moment; what it took it remembers.
type outside struct {
	t       *testing.T
	address string
	serve   func(net.Listener) io.Closer

	mu     sync.Mutex
	closer io.Closer
	taken  map[string]map[string]int // how often, by who it is for and by the name of the message
	next   fate                      // of what comes in next
	struck chan struct{}
	midway int // messages in the middle of which it died
	unsaid int
}

func newOutside(t *testing.T, serve func(o *outside) func(net.Listener) io.Closer) *outside {
	t.Helper()
	o := &outside{t: t, address: freePort(t), taken: map[string]map[string]int{}}
	o.serve = serve(o)
	o.start()
	t.Cleanup(o.stop)
	return o
}

func (o *outside) start() {
	o.t.Helper()
	l, err := net.Listen("tcp", o.address)
	for n := 0; err != nil && n < 100; n++ {
		time.Sleep(20 * time.Millisecond)
		l, err = net.Listen("tcp", o.address)
	}
	if err != nil {
		o.t.Fatal(err)
	}
	closer := o.serve(l)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.closer = closer
}

// stop cuts every connection where it is.
func (o *outside) stop() {
	o.mu.Lock()
	closer := o.closer
	o.closer = nil
	o.mu.Unlock()
	if closer != nil {
		_ = closer.Close()
	}
}

// kill has the server meet its fate with the next message, or without one when none comes within a time.
func (o *outside) kill(f fate, within time.Duration) {
	struck := make(chan struct{})
	o.mu.Lock()
	o.next, o.struck = f, struck
	o.mu.Unlock()
	select {
	case <-struck:
	case <-time.After(within):
	}
	o.stop()
	o.mu.Lock()
	o.next = unharmed
	o.mu.Unlock()
}

// strike tells the fate of a message that comes in; whoever meets one has the server ended before it goes on.
func (o *outside) strike() fate {
	o.mu.Lock()
	defer o.mu.Unlock()
	f := o.next
	switch f {
	case midway:
		o.midway++
	case unsaid:
		o.unsaid++
	}
	if o.next = unharmed; f != unharmed {
		close(o.struck)
	}
	return f
}

func (o *outside) take(address, name string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.taken[address] == nil {
		o.taken[address] = map[string]int{}
	}
	o.taken[address][name]++
}

// took is what the server has taken so far.
func (o *outside) took() map[string]map[string]int {
	o.mu.Lock()
	defer o.mu.Unlock()
	all := map[string]map[string]int{}
	for address, names := range o.taken {
		all[address] = maps.Clone(names)
	}
	return all
}

var errDied = errors.New("the server died")

// postOffice is a mail server.
type postOffice struct{ *outside }

func newPostOffice(t *testing.T) *outside {
	return newOutside(t, func(o *outside) func(net.Listener) io.Closer {
		return func(l net.Listener) io.Closer {
			s := smtp.NewServer(postOffice{o})
			s.Domain, s.ErrorLog = "post.example", hushed{}
			go func() { _ = s.Serve(l) }()
			return s
		}
	})
}

type hushed struct{}

func (hushed) Printf(string, ...any) {}
func (hushed) Println(...any)        {}

func (p postOffice) NewSession(c *smtp.Conn) (smtp.Session, error) {
	return &talk{at: p, line: c.Conn()}, nil
}

type talk struct {
	at   postOffice
	line net.Conn
	to   string
}

// die ends the server, this line first: the library would answer for it otherwise.
func (k *talk) die() error {
	_ = k.line.Close()
	k.at.stop()
	return errDied
}

func (k *talk) Reset()                               { k.to = "" }
func (k *talk) Logout() error                        { return nil }
func (k *talk) Mail(string, *smtp.MailOptions) error { return nil }

func (k *talk) Rcpt(to string, _ *smtp.RcptOptions) error {
	k.to = to
	return nil
}

// slow is how long a server takes for a message, so that it has one in hand when it dies.
const slow = 8 * time.Millisecond

func (k *talk) Data(r io.Reader) error {
	time.Sleep(slow)
	f := k.at.strike()
	if f == midway {
		_, _ = r.Read(make([]byte, 100))
		return k.die()
	}
	m, err := mail.ReadMessage(r)
	if err == nil {
		_, err = io.Copy(io.Discard, m.Body)
	}
	if err != nil {
		return err
	}
	name, _, _ := strings.Cut(strings.Trim(m.Header.Get("Message-Id"), "<>"), "@")
	k.at.take(k.to, name)
	if f == unsaid {
		return k.die()
	}
	return nil
}

const gatewayKey = "une-clef-de-passerelle"

// newGateway is who sends texts. What is not signed it refuses, and says so.
func newGateway(t *testing.T) *outside {
	return newOutside(t, func(o *outside) func(net.Listener) io.Closer {
		return func(l net.Listener) io.Closer {
			s := &http.Server{Handler: http.HandlerFunc(o.text), ReadHeaderTimeout: 10 * time.Second}
			go func() { _ = s.Serve(l) }()
			return s
		}
	})
}

func (o *outside) text(w http.ResponseWriter, r *http.Request) {
	time.Sleep(slow)
	f := o.strike()
	if f == midway {
		_, _ = r.Body.Read(make([]byte, 20))
		o.stop()
		panic(http.ErrAbortHandler)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	mac := hmac.New(sha256.New, []byte(gatewayKey))
	fmt.Fprintf(mac, "%s.%s", r.Header.Get("Elyco-Timestamp"), body)
	var order struct{ ID, To string }
	if json.Unmarshal(body, &order) != nil || hex.EncodeToString(mac.Sum(nil)) != r.Header.Get("Elyco-Signature") || order.ID != r.Header.Get("Idempotency-Key") {
		o.t.Errorf("a text is not signed, or named twice: %s", body)
		http.Error(w, "not signed", http.StatusForbidden)
		return
	}
	o.take(order.To, order.ID)
	if f == unsaid {
		o.stop()
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(http.StatusAccepted)
}
