package bench

import (
	"bufio"
	"bytes"
	"encoding/gob"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestLoadTakesNoWrongAnswer(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/refused" {
			w.WriteHeader(http.StatusForbidden)
		}
		_, _ = w.Write([]byte("Bonjour Zoé"))
	}))
	defer server.Close()
	for name, c := range map[string]struct {
		path, person, want string
	}{
		"the right page":   {"/home", "Zoé", ""},
		"another's page":   {"/home", "Malo", "lacks"},
		"an error's page":  {"/refused", "Zoé", "status 403"},
		"a page of nobody": {"/home", "Inès", "lacks"},
	} {
		t.Run(name, func(t *testing.T) {
			var next atomic.Int64
			requests := []request{home(c.path, "etab-1.region.bench.localhost", cookie, seat{Name: c.person, Token: "t"}, "")}
			r, err := load(server.Listener.Addr().String(), requests, 2, 30*time.Millisecond, &next)
			if c.want == "" {
				if err != nil || r.requests == 0 || len(r.latencies) != r.requests || r.at(0.99) < r.at(0.5) {
					t.Fatalf("%d requests, %v", r.requests, err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want an error with %q", err, c.want)
			}
		})
	}
}

// message frames a body as a client of PostgreSQL does.
func message(kind byte, body string) []byte {
	n := len(body) + 4
	return append([]byte{kind, byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)}, body...)
}

func TestRecorderNotesWhatIsAsked(t *testing.T) {
	client, near := net.Pipe()
	far, server := net.Pipe()
	r := &recorder{}
	c := conversation{recorder: r, statements: map[string]string{}}
	done := make(chan struct{})
	go func() {
		defer close(done)
		relay(bufio.NewReader(near), bufio.NewWriter(far), untyped, c.note)
	}()
	sent := bytes.Join([][]byte{
		{0, 0, 0, 8, 0, 3, 0, 0}, // the first message has no type
		message('P', "s1\x00select $1, $2\x00\x00\x00"), message('S', ""),
		// one format for all; an empty text, then null
		message('B', "\x00s1\x00\x00\x01\x00\x01\x00\x02\x00\x00\x00\x00\xff\xff\xff\xff\x00\x00"), message('E', "\x00\x00\x00\x00\x00"), message('S', ""),
		message('Q', "-- ping\x00"),
	}, nil)
	go func() {
		_, _ = client.Write(sent)
		_ = client.Close()
	}()
	received := make([]byte, len(sent))
	if _, err := io.ReadFull(server, received); err != nil || !bytes.Equal(received, sent) {
		t.Fatalf("handed on %q, %v", received, err)
	}
	<-done
	trips, _ := r.take()
	want := []trip{{{SQL: "select $1, $2", Formats: []int16{1}, Args: []arg{{Bytes: []byte{}}, {Null: true}}}}}
	if got := asked(trips); !reflect.DeepEqual(got, want) {
		t.Errorf("noted %+v, want %+v", got, want)
	}
}

func TestPagesKeepEmptyTextsFromNull(t *testing.T) {
	var file bytes.Buffer
	in := []page{{Trips: []trip{{{Args: []arg{{Bytes: []byte{}}, {Null: true}}}}}}}
	if err := gob.NewEncoder(&file).Encode(in); err != nil {
		t.Fatal(err)
	}
	var out []page
	if err := gob.NewDecoder(&file).Decode(&out); err != nil {
		t.Fatal(err)
	}
	args := out[0].Trips[0][0].Args
	if args[0].Null || !args[1].Null {
		t.Errorf("read back %+v", args)
	}
}

func TestFamilyCountsItself(t *testing.T) {
	before, err := family(1)
	if err != nil {
		t.Skip("no /proc")
	}
	if after, err := family(1); err != nil || after < before {
		t.Errorf("processor time went from %v to %v, %v", before, after, err)
	}
}

func TestEarsHearTheirOwnEventAlone(t *testing.T) {
	tell := make(chan string)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie(cookie); err != nil || c.Value != "good" {
			w.WriteHeader(http.StatusForbidden)
			return
		}
		_ = http.NewResponseController(w).Flush()
		for text := range tell {
			_, _ = io.WriteString(w, "event: changed\ndata: messages "+text+"\n\n")
			_ = http.NewResponseController(w).Flush()
		}
	}))
	defer server.Close()
	open := func(token string) (*ears, error) {
		e := newEars()
		return e, e.open([]*watcher{{Token: token}}, func(int64) string { return "a.example" }, func(int) *child { return &child{address: server.Listener.Addr().String()} })
	}
	if _, err := open("bad"); err == nil || !strings.Contains(err.Error(), "403") {
		t.Errorf("a page that is refused: %v", err)
	}
	e, err := open("good")
	if err != nil {
		t.Fatal(err)
	}
	defer e.close()
	e.mu.Lock()
	e.ref, e.start = []byte("mine"), time.Now()
	e.mu.Unlock()
	tell <- "another"
	tell <- "mine"
	close(tell)
	<-e.rang
	e.mu.Lock()
	defer e.mu.Unlock()
	if len(e.took) != 1 {
		t.Errorf("%d events were heard", len(e.took))
	}
}
