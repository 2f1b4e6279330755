// Package scan asks clamd, the daemon of ClamAV, whether a stream of bytes holds a virus it knows.
package scan

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"

	"elyco/internal/fault"
)

// ErrTooLarge is returned for a stream that is longer than clamd takes: its StreamMaxLength must be at least what the house
// lets people store.
var ErrTooLarge = errors.New("the stream is longer than clamd takes")

// Clamd is one clamd.
type Clamd struct {
	network, address string
	silence          time.Duration
}

// New names a clamd by an address such as "clamd:3310" or "unix:/run/clamav/clamd.ctl", without reaching it.
func New(address string) (*Clamd, error) {
	c := &Clamd{network: "tcp", address: address, silence: 2 * time.Minute}
	if path, ok := strings.CutPrefix(address, "unix:"); ok {
		c.network, c.address = "unix", path
	} else if _, _, err := net.SplitHostPort(address); err != nil {
		return nil, fmt.Errorf("read the address of clamd: %w", err)
	}
	return c, nil
}

// Scan sends all that r gives. Clean is false when clamd found something; an error means that nobody knows: a Busy fault
// when clamd cannot be reached, or another.
func (c *Clamd) Scan(ctx context.Context, r io.Reader) (clean bool, err error) {
	dial := net.Dialer{Timeout: 5 * time.Second}
	conn, err := dial.DialContext(ctx, c.network, c.address)
	if err != nil {
		return false, &fault.Error{Kind: fault.Busy, Cause: fmt.Errorf("reach clamd: %w", err)}
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { conn.Close() })()
	sent := c.send(conn, r)
	var ours *unread
	if errors.As(sent, &ours) {
		return false, sent // clamd waits for the rest, and would have nothing to say
	}
	if err := conn.SetReadDeadline(time.Now().Add(c.silence)); err != nil {
		return false, err
	}
	// clamd may have answered, and closed, in the middle of what was sent.
	answer, err := bufio.NewReader(io.LimitReader(conn, 4096)).ReadString(0)
	answer = strings.TrimSuffix(answer, "\x00")
	switch {
	case strings.HasSuffix(answer, " FOUND"):
		return false, nil
	case strings.HasPrefix(answer, "INSTREAM size limit exceeded"):
		return false, ErrTooLarge
	case sent != nil:
		return false, sent
	case strings.HasSuffix(answer, ": OK"):
		return true, nil
	case err != nil:
		return false, &fault.Error{Kind: fault.Busy, Cause: fmt.Errorf("hear from clamd: %w", err)}
	}
	return false, fmt.Errorf("clamd says %.100q", answer)
}

// send speaks clamd's INSTREAM: each stretch after its length, and a length of nothing at the end.
func (c *Clamd) send(conn net.Conn, r io.Reader) error {
	if _, err := io.WriteString(conn, "zINSTREAM\x00"); err != nil {
		return unheard(err)
	}
	buf := make([]byte, 4+64<<10)
	for {
		n, read := r.Read(buf[4:])
		if n > 0 {
			binary.BigEndian.PutUint32(buf, uint32(n))
			if err := conn.SetWriteDeadline(time.Now().Add(c.silence)); err != nil {
				return err
			}
			if _, err := conn.Write(buf[:4+n]); err != nil {
				return unheard(err)
			}
		}
		if errors.Is(read, io.EOF) {
			_, err := conn.Write([]byte{0, 0, 0, 0})
			return unheard(err)
		}
		if read != nil {
			return &unread{read}
		}
	}
}

// unread says that what was to be scanned could not be read.
type unread struct{ cause error }

func (u *unread) Error() string { return "read what is to be scanned: " + u.cause.Error() }

func (u *unread) Unwrap() error { return u.cause }

func unheard(err error) error {
	if err == nil {
		return nil
	}
	return &fault.Error{Kind: fault.Busy, Cause: fmt.Errorf("speak to clamd: %w", err)}
}
