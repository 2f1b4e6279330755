package extract

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"
	"unicode/utf8"
)

// The bounds of a reading.
const (
	MostBytes = 32 << 20 // of a document; a larger one is found by its name only
	MostText  = 400_000  // bytes of words that are kept
	patience  = 20 * time.Second
)

// ChildCommand is the command under which the program reads a document: stdin to stdout.
const ChildCommand = "read-text"

// ErrUnreadable is returned for a document whose words cannot be read: broken, locked by a password, too large once
// unpacked. It is not worth another try.
var ErrUnreadable = errors.New("the words of the document cannot be read")

// Reader reads documents with a program that knows ChildCommand.
type Reader struct{ program string }

// NewReader makes a reader that runs program, which is the path of this very program outside tests.
func NewReader(program string) Reader { return Reader{program} }

// Text reads the words of a document, at most MostText bytes of valid UTF-8, without control characters but blanks. A
// document without words, as a picture is one, gives none.
func (r Reader) Text(ctx context.Context, document io.Reader) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, r.program, ChildCommand)
	cmd.Env = []string{"GOMAXPROCS=1", "GOTRACEBACK=none"}
	cmd.Stdin = io.LimitReader(document, MostBytes+1)
	out := &bounded{most: MostText}
	cmd.Stdout = out
	cmd.WaitDelay = time.Second
	err := cmd.Run()
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil && context.Cause(ctx) == context.DeadlineExceeded, errors.As(err, &exit):
		return "", ErrUnreadable
	case err != nil:
		return "", fmt.Errorf("read the words of a document: %w", err)
	}
	return clean(out.Bytes()), nil
}

// bounded keeps the first bytes that it is given.
type bounded struct {
	bytes.Buffer
	most int
}

func (b *bounded) Write(p []byte) (int, error) {
	if room := b.most - b.Len(); room > 0 {
		b.Buffer.Write(p[:min(room, len(p))])
	}
	return len(p), nil
}

// clean parts the words of what was read by single spaces, and its lines by single ends.
func clean(raw []byte) string {
	var out bytes.Buffer
	gap := byte(0)
	for len(raw) > 0 {
		r, size := utf8.DecodeRune(raw)
		raw = raw[size:]
		switch {
		case r == '\n':
			gap = '\n'
		case r == utf8.RuneError || r < ' ' || r == 0x7f || r == ' ' || r == '\u00a0' || r == '\u00ad':
			if gap == 0 && r != '\u00ad' {
				gap = ' '
			}
		default:
			if gap != 0 && out.Len() > 0 {
				out.WriteByte(gap)
			}
			gap = 0
			out.WriteRune(r)
		}
	}
	return out.String()
}
