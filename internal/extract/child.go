package extract

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"syscall"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// Main is the process that reads: it takes a document from in and writes its words to out. An error is its only other
// answer.
func Main(in io.Reader, out io.Writer) (err error) {
	const memory, seconds = 2 << 30, 15
	if err := errors.Join(
		syscall.Setrlimit(syscall.RLIMIT_AS, &syscall.Rlimit{Cur: memory, Max: memory}),
		syscall.Setrlimit(syscall.RLIMIT_CPU, &syscall.Rlimit{Cur: seconds, Max: seconds}),
		syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{}),
	); err != nil {
		return fmt.Errorf("bound the reading: %w", err)
	}
	document, err := io.ReadAll(io.LimitReader(in, MostBytes+1))
	if err != nil {
		return err
	}
	if len(document) > MostBytes {
		return ErrUnreadable
	}
	defer func() {
		// The readers of formats trust what they read.
		if broken := recover(); broken != nil {
			err = ErrUnreadable
		}
	}()
	return read(document, &limited{out: out, left: MostText})
}

// errFull ends a reading that has all it may keep.
var errFull = errors.New("enough words")

type limited struct {
	out  io.Writer
	left int
}

func (l *limited) Write(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errFull
	}
	n, err := l.out.Write(p[:min(l.left, len(p))])
	l.left -= n
	if err == nil && n < len(p) {
		err = errFull
	}
	return n, err
}

// read tells formats apart by how they begin; names lie.
func read(document []byte, out io.Writer) error {
	var err error
	switch {
	case bytes.HasPrefix(document, []byte("%PDF-")):
		err = readPDF(document, out)
	case bytes.HasPrefix(document, []byte("PK\x03\x04")):
		err = readPackage(document, out)
	default:
		err = readText(document, out)
	}
	if errors.Is(err, errFull) {
		return nil
	}
	return err
}

// readText takes what has no zero byte for text: UTF-8, or the Windows alphabet of older files.
func readText(document []byte, out io.Writer) error {
	document = bytes.TrimPrefix(document, []byte("\xef\xbb\xbf"))
	if bytes.IndexByte(document[:min(len(document), 8<<10)], 0) >= 0 {
		return nil
	}
	if !utf8.Valid(document) {
		var err error
		if document, err = charmap.Windows1252.NewDecoder().Bytes(document); err != nil {
			return ErrUnreadable
		}
	}
	head := bytes.ToLower(bytes.TrimSpace(document[:min(len(document), 512)]))
	if bytes.HasPrefix(head, []byte("<!doctype html")) || bytes.HasPrefix(head, []byte("<html")) {
		return readHTML(document, out)
	}
	_, err := out.Write(document)
	return err
}
