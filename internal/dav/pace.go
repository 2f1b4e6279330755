package dav

import (
	"errors"
	"io"
	"net/http"
	"os"
	"time"
)

// A large file may take hours over a slow line, and nobody may hold a connection by sending a byte a minute.
const (
	patience = 60 * time.Second // without a byte
	grace    = 2 * time.Minute  // before the average counts
	slowest  = 1 << 10          // bytes a second, on average
	talk     = 30 * time.Second // for a body that is a question, not a file
)

// pacedBody waits for a body as long as it comes.
type pacedBody struct {
	io.Reader
	control *http.ResponseController
	start   time.Time
	n       int64
	cut     bool // the sender was too slow, or went away
}

func (q *request) paced() *pacedBody {
	return &pacedBody{Reader: q.r.Body, control: http.NewResponseController(q.w), start: time.Now()}
}

// Read gives the sender some time for the next piece.
func (b *pacedBody) Read(p []byte) (int, error) {
	if spent := time.Since(b.start); spent > grace && float64(b.n)/spent.Seconds() < slowest {
		b.cut = true
		return 0, os.ErrDeadlineExceeded
	}
	_ = b.control.SetReadDeadline(time.Now().Add(patience)) // a connection that knows no deadlines is a test's
	n, err := b.Reader.Read(p)
	b.n += int64(n)
	b.cut = b.cut || err != nil && !errors.Is(err, io.EOF)
	return n, err
}

// question reads the body of a request that is no file, for as long as a question takes.
func (q *request) question() (*element, error) {
	_ = http.NewResponseController(q.w).SetReadDeadline(time.Now().Add(talk))
	return readElement(q.r.Body)
}

// pacedWriter waits for a reader as long as it reads.
type pacedWriter struct {
	http.ResponseWriter
	control *http.ResponseController
}

// Write gives the reader some time to take the next piece.
func (w pacedWriter) Write(p []byte) (int, error) {
	_ = w.control.SetWriteDeadline(time.Now().Add(patience))
	return w.ResponseWriter.Write(p)
}
