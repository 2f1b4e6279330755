package mail

import (
	"context"
	"errors"
	"fmt"
	"net"
	netmail "net/mail"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// SMTP says how to reach the server that takes the letters.
type SMTP struct {
	Address  string // host:port
	User     string // empty: the server asks for no password
	Password string
	From     string // the address that letters come from
	TLS      string // "starttls" asks for it and does without nowhere; "implicit" speaks it from the first byte; "none"
}

type server struct {
	options []gomail.Option
	host    string
	from    string
}

// NewSMTP makes the transport. It does not reach the server.
func NewSMTP(c SMTP) (Transport, error) {
	host, portText, err := net.SplitHostPort(c.Address)
	if err != nil {
		return nil, errors.New("mail: the address of the server should be a host and a port")
	}
	port, err := strconv.Atoi(portText)
	if err != nil {
		return nil, errors.New("mail: the port of the server should be a number")
	}
	from, err := CleanAddress(c.From)
	if err != nil {
		return nil, fmt.Errorf("mail: the sender's address: %w", err)
	}
	s := &server{host: host, from: from, options: []gomail.Option{gomail.WithPort(port), gomail.WithTimeout(20 * time.Second), gomail.WithoutNoop(), gomail.WithoutRset()}}
	switch c.TLS {
	case "starttls":
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case "implicit":
		s.options = append(s.options, gomail.WithSSL())
	case "none":
		s.options = append(s.options, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		return nil, errors.New("mail: TLS is starttls, implicit or none")
	}
	if c.User != "" {
		s.options = append(s.options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover), gomail.WithUsername(c.User), gomail.WithPassword(c.Password))
	}
	_, err = gomail.NewClient(s.host, s.options...)
	return s, err
}

// Open dials and signs in.
func (s *server) Open(ctx context.Context) (Line, error) {
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return nil, fmt.Errorf("prepare a line to the mail server: %w", err)
	}
	if err := client.DialWithContext(ctx); err != nil {
		return nil, fmt.Errorf("reach the mail server: %w", err)
	}
	return &line{client, s.from}, nil
}

type line struct {
	client *gomail.Client
	from   string
}

// Send hands a message over. The connection has its own time limits; ctx bounds them all.
func (l *line) Send(ctx context.Context, m Message) error {
	msg := l.compose(m)
	done := make(chan error, 1)
	go func() { done <- l.client.Send(msg) }()
	select {
	case err := <-done:
		return translate(err)
	case <-ctx.Done():
		_ = l.client.Close()
		return ctx.Err()
	}
}

// Close says good-bye.
func (l *line) Close() error { return l.client.Close() }

func (l *line) compose(m Message) *gomail.Msg {
	msg := gomail.NewMsg()
	msg.FromMailAddress(&netmail.Address{Name: oneLine(m.Site), Address: l.from})
	msg.AddToMailAddress(&netmail.Address{Name: oneLine(m.Name), Address: m.Address})
	msg.Subject(oneLine(m.Subject))
	msg.SetMessageIDWithValue(messageID(m, l.from))
	msg.SetDateWithValue(m.At)
	// Answering machines keep quiet.
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "All")
	if u := oneLine(m.Unsubscribe); u != "" {
		msg.SetGenHeader("List-Unsubscribe", "<"+u+">")
		if strings.HasPrefix(u, "https://") {
			msg.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
		}
	}
	msg.SetBodyString(gomail.TypeTextPlain, m.Text)
	if m.HTML != "" {
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
	}
	return msg
}

// translate tells what a server refused from a server that is gone. Only an answer with a number is a refusal.
func translate(err error) error {
	if err == nil {
		return nil
	}
	var answer *textproto.Error
	var sent *gomail.SendError
	code, text := 0, ""
	switch {
	case errors.As(err, &answer):
		code, text = answer.Code, strconv.Itoa(answer.Code)+" "+answer.Msg
	case errors.As(err, &sent):
		code, text = sent.ErrorCode(), strings.TrimSpace(strconv.Itoa(sent.ErrorCode())+" "+sent.EnhancedStatusCode()+" "+sent.Error())
	}
	// 421 is a server that goes away.
	if code < 400 || code == 421 {
		return fmt.Errorf("hand a letter over: %w", err)
	}
	return &Refusal{ForGood: code >= 500, Answer: text}
}
