package bench

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// request is one page to ask, ready to be sent, and what its answer must hold.
type request struct {
	raw    []byte
	status int
	marker []byte
}

// result is what one round of load gave.
type result struct {
	requests  int
	bytes     int64
	took      time.Duration
	latencies []time.Duration // sorted
	cpu       time.Duration   // of the server and the database
}

func (r result) perSecond() float64 { return float64(r.requests) / r.took.Seconds() }

func (r result) cpuEach() time.Duration { return r.cpu / time.Duration(max(1, r.requests)) }

func (r result) size() float64 { return float64(r.bytes) / float64(max(1, r.requests)) }

// at returns the latency that a share p of the requests did not exceed.
func (r result) at(p float64) time.Duration {
	if len(r.latencies) == 0 {
		return 0
	}
	return r.latencies[min(len(r.latencies)-1, int(p*float64(len(r.latencies))))]
}

// load asks requests in turn over connections that stay open, each waiting for its answer before asking again, for as
// long as given. next is shared by the rounds, so that each page is another session's. Any wrong answer ends it.
func load(address string, requests []request, connections int, length time.Duration, next *atomic.Int64) (result, error) {
	lanes := make([]lane, connections)
	for i := range lanes {
		if err := lanes[i].open(address); err != nil {
			return result{}, err
		}
		defer lanes[i].conn.Close()
	}
	var wg sync.WaitGroup
	start := time.Now()
	end := start.Add(length)
	for i := range lanes {
		wg.Go(func() { lanes[i].run(requests, next, end) })
	}
	wg.Wait()
	r := result{took: time.Since(start)}
	for i := range lanes {
		if lanes[i].err != nil {
			return result{}, lanes[i].err
		}
		r.requests += len(lanes[i].latencies)
		r.bytes += lanes[i].bytes
		r.latencies = append(r.latencies, lanes[i].latencies...)
	}
	slices.Sort(r.latencies)
	return r, nil
}

// lane is one connection and what it saw.
type lane struct {
	conn      net.Conn
	in        *bufio.Reader
	body      []byte
	latencies []time.Duration
	bytes     int64
	err       error
}

func (l *lane) open(address string) error {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return fmt.Errorf("connect to %s: %w", address, err)
	}
	l.conn, l.in = conn, bufio.NewReaderSize(conn, 64<<10)
	l.latencies = make([]time.Duration, 0, 1<<14)
	return nil
}

func (l *lane) run(requests []request, next *atomic.Int64, end time.Time) {
	for now := time.Now(); now.Before(end); {
		one := &requests[int(next.Add(1))%len(requests)]
		if l.err = l.ask(one, end); l.err != nil {
			return
		}
		after := time.Now()
		l.latencies = append(l.latencies, after.Sub(now))
		now = after
	}
}

func (l *lane) ask(one *request, end time.Time) error {
	if err := l.conn.SetDeadline(end.Add(30 * time.Second)); err != nil {
		return err
	}
	if _, err := l.conn.Write(one.raw); err != nil {
		return fmt.Errorf("ask a page: %w", err)
	}
	status, err := l.answer()
	if err != nil {
		return fmt.Errorf("read an answer: %w", err)
	}
	if status != one.status {
		return fmt.Errorf("status %d instead of %d: %.300s", status, one.status, l.body)
	}
	if !bytes.Contains(l.body, one.marker) {
		return fmt.Errorf("the answer lacks %q: %.300s", one.marker, l.body)
	}
	return nil
}

// answer reads one answer into l.body. It knows what these servers send: a length, no chunks.
func (l *lane) answer() (status int, err error) {
	length := -1
	for first := true; ; first = false {
		line, err := l.in.ReadSlice('\n')
		if err != nil {
			return 0, err
		}
		l.bytes += int64(len(line))
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		if first {
			if len(line) < 12 {
				return 0, fmt.Errorf("a status line %q", line)
			}
			status, _ = strconv.Atoi(string(line[9:12]))
			continue
		}
		key, value, _ := bytes.Cut(line, []byte(":"))
		if bytes.EqualFold(key, []byte("Content-Length")) {
			length, _ = strconv.Atoi(string(bytes.TrimSpace(value)))
		}
	}
	if length < 0 {
		return status, fmt.Errorf("status %d without a length", status)
	}
	l.body = slices.Grow(l.body[:0], length)[:length]
	n, err := io.ReadFull(l.in, l.body)
	l.bytes += int64(n)
	return status, err
}

// home is the request for the home page of a seat, over the host of its space.
func home(path, host, cookie string, s seat, extra string) request {
	return request{status: http.StatusOK, marker: []byte(s.Name),
		raw: []byte("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nAccept: text/html\r\n" + extra + "Cookie: " + cookie + "=" + s.Token + "\r\n\r\n")}
}
