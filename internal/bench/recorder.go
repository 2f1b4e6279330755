package bench

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"sync"
)

// call is one statement as it was sent, with its parameters in the wire's own form.
type call struct {
	SQL     string
	Formats []int16
	Args    []arg
	Simple  bool // sent as text, without parameters
}

// arg is a parameter. That it is null stands beside its bytes: files do not tell none from an empty text.
type arg struct {
	Null  bool
	Bytes []byte
}

// trip is what travelled together: one wait for the database.
type trip []call

// recorder stands between the program and PostgreSQL and notes what is asked, while somebody asks pages one by one.
type recorder struct {
	dir    string
	target string
	listen net.Listener

	mu    sync.Mutex
	trips []trip
	rows  int
}

func startRecorder(target string) (*recorder, error) {
	dir, err := os.MkdirTemp("", "elyco-bench-")
	if err != nil {
		return nil, err
	}
	l, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	r := &recorder{dir: dir, target: filepath.Join(target, ".s.PGSQL.5432"), listen: l}
	go r.accept()
	return r, nil
}

func (r *recorder) dsn(role, database string) string {
	return fmt.Sprintf("host=%s user=%s dbname=%s sslmode=disable", r.dir, role, database)
}

func (r *recorder) Close() error { return errors.Join(r.listen.Close(), os.RemoveAll(r.dir)) }

// take returns what was noted since the last time: what was asked, and how many rows came back.
func (r *recorder) take() ([]trip, int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	trips, rows := r.trips, r.rows
	r.trips, r.rows = nil, 0
	return trips, rows
}

func (r *recorder) accept() {
	for {
		client, err := r.listen.Accept()
		if err != nil {
			return
		}
		go r.pass(client)
	}
}

func (r *recorder) pass(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("unix", r.target)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		defer client.Close()
		relay(bufio.NewReaderSize(server, 64<<10), bufio.NewWriterSize(client, 64<<10), typed, r.countRows)
	}()
	c := conversation{recorder: r, statements: map[string]string{}}
	relay(bufio.NewReaderSize(client, 64<<10), bufio.NewWriterSize(server, 64<<10), untyped, c.note)
}

func (r *recorder) countRows(kind byte, _ []byte) {
	if kind != 'D' {
		return
	}
	r.mu.Lock()
	r.rows++
	r.mu.Unlock()
}

// Lengths of a message's head: a type and a length, but for a client's first message, which has no type.
const (
	typed   = 5
	untyped = 4
)

// relay hands on message after message and shows each to note.
func relay(from *bufio.Reader, to *bufio.Writer, head int, note func(kind byte, body []byte)) {
	for {
		message, err := readMessage(from, head)
		if err != nil {
			return
		}
		if head == typed {
			note(message[0], message[typed:])
		}
		head = typed
		if _, err := to.Write(message); err != nil {
			return
		}
		if from.Buffered() > 0 {
			continue
		}
		if to.Flush() != nil {
			return
		}
	}
}

func readMessage(from *bufio.Reader, head int) ([]byte, error) {
	prefix := make([]byte, head)
	if _, err := io.ReadFull(from, prefix); err != nil {
		return nil, err
	}
	n := int(binary.BigEndian.Uint32(prefix[head-4:])) - 4
	if n < 0 || n > 64<<20 {
		return nil, errors.New("a message of impossible length")
	}
	message := append(prefix, make([]byte, n)...)
	_, err := io.ReadFull(from, message[head:])
	return message, err
}

// conversation is one connection's side of the protocol.
type conversation struct {
	recorder   *recorder
	statements map[string]string
	now        trip
}

func (c *conversation) note(kind byte, body []byte) {
	r := reader{b: body}
	switch kind {
	case 'P': // Parse: a statement gets its name
		name := r.text()
		c.statements[name] = r.text()
	case 'B': // Bind: a statement gets its parameters
		r.text()
		one := call{SQL: c.statements[r.text()]}
		for range r.int16() {
			one.Formats = append(one.Formats, r.int16())
		}
		for range r.int16() {
			one.Args = append(one.Args, r.arg())
		}
		c.now = append(c.now, one)
	case 'Q':
		c.now = append(c.now, call{SQL: r.text(), Simple: true})
		c.end()
	case 'S':
		c.end()
	}
}

// end is where the client waits. Preparing a statement is no trip of a page: it happens once a connection.
func (c *conversation) end() {
	if len(c.now) == 0 {
		return
	}
	c.recorder.mu.Lock()
	c.recorder.trips = append(c.recorder.trips, c.now)
	c.recorder.mu.Unlock()
	c.now = nil
}

// reader reads the parts of a message; past its end it reads nothing.
type reader struct{ b []byte }

func (r *reader) text() string {
	for i, x := range r.b {
		if x == 0 {
			s := string(r.b[:i])
			r.b = r.b[i+1:]
			return s
		}
	}
	r.b = nil
	return ""
}

func (r *reader) int16() int16 {
	if len(r.b) < 2 {
		return 0
	}
	n := int16(binary.BigEndian.Uint16(r.b))
	r.b = r.b[2:]
	return n
}

func (r *reader) arg() arg {
	if len(r.b) < 4 {
		return arg{Null: true}
	}
	n := int(int32(binary.BigEndian.Uint32(r.b)))
	r.b = r.b[4:]
	if n < 0 || n > len(r.b) {
		return arg{Null: true}
	}
	out := r.b[:n:n]
	r.b = r.b[n:]
	return arg{Bytes: out}
}
