// Package scantest pretends to be clamd, for tests: it speaks the protocol on a socket, and finds one mark.
package scantest

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"net"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// Clamd is a pretended clamd. Limit and Silent may be set between two questions.
type Clamd struct {
	Address string
	Limit   int  // bytes of a stream; 0: none
	Silent  bool // takes everything and answers nothing

	mark     []byte
	listener net.Listener
	running  sync.WaitGroup
}

// Start has one listen until the test ends or Stop is called.
func Start(t testing.TB, mark string) *Clamd {
	t.Helper()
	socket := filepath.Join(t.TempDir(), "c.sock")
	l, err := net.Listen("unix", socket)
	if err != nil {
		t.Fatal(err)
	}
	d := &Clamd{Address: "unix:" + socket, mark: []byte(mark), listener: l}
	d.running.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			d.running.Go(func() { d.answer(conn) })
		}
	})
	t.Cleanup(d.Stop)
	return d
}

// Stop ends it; nobody is answered any more.
func (d *Clamd) Stop() {
	_ = d.listener.Close()
	d.running.Wait()
}

func (d *Clamd) answer(conn net.Conn) {
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(10 * time.Second))
	in := bufio.NewReader(conn)
	if command, err := in.ReadString(0); err != nil || command != "zINSTREAM\x00" {
		_, _ = io.WriteString(conn, "UNKNOWN COMMAND\x00")
		return
	}
	var all bytes.Buffer
	for {
		var n uint32
		if err := binary.Read(in, binary.BigEndian, &n); err != nil {
			return
		}
		if n == 0 {
			break
		}
		if _, err := io.CopyN(&all, in, int64(n)); err != nil {
			return
		}
		if d.Limit > 0 && all.Len() > d.Limit {
			_, _ = io.WriteString(conn, "INSTREAM size limit exceeded. ERROR\x00")
			return
		}
	}
	switch {
	case d.Silent:
		_, _ = in.ReadByte()
	case bytes.Contains(all.Bytes(), d.mark):
		_, _ = io.WriteString(conn, "stream: Elyco.Test FOUND\x00")
	default:
		_, _ = io.WriteString(conn, "stream: OK\x00")
	}
}
