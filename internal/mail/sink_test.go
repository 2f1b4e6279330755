package mail_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/mail"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	elyco "elyco/internal/mail"
)

// sink is a mail server on this machine that keeps what it is handed, and misbehaves when told to.
type sink struct {
	mu       sync.Mutex
	messages []taken
	refuse   func(to string) error // asked at each recipient
	breaks   func(n int) fate      // asked at the n-th message, from 1
	begun    int
	server   *smtp.Server
	address  string
}

type fate int

const (
	take      fate = iota
	dieBefore      // in the middle of the message
	dieUnsaid      // after it has taken the message, before it has said so
)

type taken struct {
	from string
	to   []string
	raw  []byte
}

func (m taken) parse(t *testing.T) *mail.Message {
	t.Helper()
	parsed, err := mail.ReadMessage(bytes.NewReader(m.raw))
	if err != nil {
		t.Fatalf("the sink took something that is no message: %v", err)
	}
	return parsed
}

func newSink(t *testing.T) *sink {
	t.Helper()
	s := &sink{}
	s.server = s.newServer()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s.address = listener.Addr().String()
	go s.server.Serve(listener)
	t.Cleanup(func() { s.server.Close() })
	return s
}

func (s *sink) newServer() *smtp.Server {
	server := smtp.NewServer(s)
	server.Domain, server.ReadTimeout, server.WriteTimeout = "sink.example", 10*time.Second, 10*time.Second
	server.ErrorLog = quiet{}
	return server
}

type quiet struct{}

func (quiet) Printf(string, ...any) {}
func (quiet) Println(...any)        {}

func (s *sink) transport(t *testing.T) elyco.Transport {
	t.Helper()
	tr, err := elyco.NewSMTP(elyco.SMTP{Address: s.address, From: "ne-pas-repondre@ent.example", TLS: "none"})
	if err != nil {
		t.Fatal(err)
	}
	return tr
}

func (s *sink) got() []taken {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]taken(nil), s.messages...)
}

func (s *sink) NewSession(c *smtp.Conn) (smtp.Session, error) { return &talk{sink: s, conn: c}, nil }

type talk struct {
	sink *sink
	conn *smtp.Conn
	now  taken
}

func (k *talk) Reset()        { k.now = taken{} }
func (k *talk) Logout() error { return nil }

func (k *talk) Mail(from string, _ *smtp.MailOptions) error {
	k.now = taken{from: from}
	return nil
}

func (k *talk) Rcpt(to string, _ *smtp.RcptOptions) error {
	if k.sink.refuse != nil {
		if err := k.sink.refuse(to); err != nil {
			return err
		}
	}
	k.now.to = append(k.now.to, to)
	return nil
}

func (k *talk) Data(r io.Reader) error {
	k.sink.mu.Lock()
	k.sink.begun++
	f := take
	if k.sink.breaks != nil {
		f = k.sink.breaks(k.sink.begun)
	}
	k.sink.mu.Unlock()
	if f == dieBefore {
		_, _ = r.Read(make([]byte, 10))
		k.conn.Conn().Close()
		return errors.New("gone")
	}
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	k.now.raw = raw
	k.sink.mu.Lock()
	k.sink.messages = append(k.sink.messages, k.now)
	k.sink.mu.Unlock()
	if f == dieUnsaid {
		k.conn.Conn().Close()
		return errors.New("gone")
	}
	return nil
}
