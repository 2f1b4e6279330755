package app_test

import (
	"fmt"
	"io"
	"net"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"elyco/internal/testkit"
)

// wire is what is written on a connection, byte for byte, and the statuses that may come back. {host} is a school's.
type wire struct {
	name, sent string
	statuses   string // space separated; "" when nothing may be answered
}

const (
	get  = "GET /robots.txt HTTP/1.1\r\nHost: {host}\r\n"
	post = "POST /account/comfort HTTP/1.1\r\nHost: {host}\r\n"
	next = "GET /smuggled HTTP/1.1\r\nHost: {host}\r\n\r\n"
)

// smuggling lists messages whose end, host or path two programs in a row could read differently. One answer at the
// most comes back to each. Three of them are taken, because the server that parses them cannot be told not to: the
// proxy in front must refuse a folded header, Transfer-Encoding: identity and a GET with a body.
var smuggling = []wire{
	{"both lengths, chunks end first", post + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + next, "400 411"},
	{"both lengths, the length ends first", post + "Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nG", "400 411"},
	{"an unknown transfer coding", post + "Transfer-Encoding: xchunked\r\nContent-Length: 4\r\n\r\nABCD", "400"},
	{"a space before the colon", post + "Transfer-Encoding : chunked\r\nContent-Length: 4\r\n\r\nABCD", "400"},
	{"two transfer codings", post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
	{"a list of transfer codings", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "400"},
	{"the identity transfer coding", post + "Transfer-Encoding: identity\r\nContent-Length: 4\r\n\r\nABCD", "303 400"},
	{"two lengths", post + "Content-Length: 4\r\nContent-Length: 0\r\n\r\nABCD", "400"},
	{"a signed length", post + "Content-Length: +4\r\n\r\nABCD", "400"},
	{"a hexadecimal length", post + "Content-Length: 0x4\r\n\r\nABCD", "400"},
	{"a list of lengths", post + "Content-Length: 4, 4\r\n\r\nABCD", "400"},
	{"a negative length", post + "Content-Length: -1\r\n\r\nABCD", "400"},
	{"a newline in a chunk's extension", post + "Transfer-Encoding: chunked\r\n\r\n2;\n\r\nAB\r\n0\r\n\r\n", "400 411"},
	{"chunks that end with a bare newline", post + "Transfer-Encoding: chunked\r\n\r\n2\nAB\n0\n\n", "400 411"},
	{"a chunk size with a prefix", post + "Transfer-Encoding: chunked\r\n\r\n0x2\r\nAB\r\n0\r\n\r\n", "400 411"},
	{"headers that end with a bare newline", "GET /robots.txt HTTP/1.1\nHost: {host}\n\n", "200 400"},
	{"a folded header", get + "X-A: b\r\n c\r\n\r\n", "200 400"},
	{"no host", "GET /robots.txt HTTP/1.1\r\n\r\n", "400"},
	{"two hosts", get + "Host: evil.test\r\n\r\n", "400"},
	{"a target with another host", "GET http://evil.test/robots.txt HTTP/1.1\r\nHost: {host}\r\n\r\n", "400 404"},
	{"a host with a path", "GET /robots.txt HTTP/1.1\r\nHost: {host}/evil\r\n\r\n", "400 404"},
	{"a host with a user part", "GET /robots.txt HTTP/1.1\r\nHost: {host}@evil.test\r\n\r\n", "400 404"},
	{"a host with a dot at the end", "GET /robots.txt HTTP/1.1\r\nHost: {name}.\r\n\r\n", "404"},
	{"a host in capitals", "GET /robots.txt HTTP/1.1\r\nHost: {HOST}\r\n\r\n", "200"},
	{"a forwarded host", get + "X-Forwarded-Host: evil.test\r\n\r\n", "200"},
	{"a space in the target", "GET /robots.txt HTTP/1.1 x HTTP/1.1\r\nHost: {host}\r\n\r\n", "400 404"},
	{"a nul in a header", get + "X: a\x00b\r\n\r\n", "400"},
	{"a carriage return in a header", get + "X: a\rY: b\r\n\r\n", "400"},
	{"a control character in a name", get + "X\x01: a\r\n\r\n", "400"},
	{"a space before the first name", "GET /robots.txt HTTP/1.1\r\n Host: {host}\r\n\r\n", "400"},
	{"a path encoded twice", "GET /%2568ome HTTP/1.1\r\nHost: {host}\r\n\r\n", "404"},
	{"encoded dots", "GET /news/%2e%2e/home HTTP/1.1\r\nHost: {host}\r\n\r\n", "303 404"},
	{"dots and a backslash", "GET /news/..%5chome HTTP/1.1\r\nHost: {host}\r\n\r\n", "303 404"},
	{"two slashes", "GET //home HTTP/1.1\r\nHost: {host}\r\n\r\n", "303 404"},
	{"an encoded slash", "GET /news%2fpublic HTTP/1.1\r\nHost: {host}\r\n\r\n", "404"},
	{"a nul in the path", "GET /robots%00.txt HTTP/1.1\r\nHost: {host}\r\n\r\n", "404"},
	{"a GET with a body", get + "Content-Length: 5\r\n\r\nGET /", "200 400"},
	{"chunks in the old protocol", "POST /account/comfort HTTP/1.0\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400 411"},
	{"a path in capitals", "GET /ROBOTS.TXT HTTP/1.1\r\nHost: {host}\r\n\r\n", "404"},
}

func TestSmuggling(t *testing.T) {
	h := testkit.NewHouse(t)
	if len(smuggling) != 39 {
		t.Fatalf("the corpus holds %d messages", len(smuggling))
	}
	for _, w := range smuggling {
		t.Run(w.name, func(t *testing.T) {
			t.Parallel()
			if wrong := checkWire(w, exchange(t, h, w.sent)); wrong != "" {
				t.Error(wrong)
			}
		})
	}
}

// exchange writes the bytes and reads all that comes back until the server falls silent.
func exchange(t *testing.T, h *testkit.House, sent string) string {
	t.Helper()
	host := h.College.Host()
	name, _, _ := strings.Cut(host, ":")
	sent = strings.NewReplacer("{host}", host, "{HOST}", strings.ToUpper(host), "{name}", name).Replace(sent)
	conn, err := net.Dial("tcp", h.Address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(800 * time.Millisecond)); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, sent); err != nil {
		t.Fatal(err)
	}
	// The end of the silence is the deadline; what was read until then is what counts.
	answer, _ := io.ReadAll(conn)
	return string(answer)
}

var statusLine = regexp.MustCompile(`HTTP/1\.[01] (\d{3})`)

func checkWire(w wire, answer string) string {
	found := statusLine.FindAllStringSubmatch(answer, -1)
	switch {
	case len(found) > 1:
		return fmt.Sprintf("one message got %d answers: %.300q", len(found), answer)
	case len(found) == 0:
		return ""
	case !slices.Contains(strings.Fields(w.statuses), found[0][1]):
		return fmt.Sprintf("answered %s, not %s", found[0][1], w.statuses)
	case strings.Contains(answer, "evil"):
		return fmt.Sprintf("the answer carries a foreign name: %.300q", answer)
	}
	return ""
}

func TestSmugglingCanFail(t *testing.T) {
	w := wire{"planted", "", "400"}
	for what, answer := range map[string]string{
		"a second answer":           "HTTP/1.1 400 Bad\r\n\r\nHTTP/1.1 404 Not\r\n\r\n",
		"a message that was taken":  "HTTP/1.1 200 OK\r\n\r\n",
		"an answer to another host": "HTTP/1.1 400 Bad\r\nLocation: http://evil.test/\r\n\r\n",
	} {
		if checkWire(w, answer) == "" {
			t.Errorf("not noticed: %s", what)
		}
	}
}

// TestHosts asks the pages that make addresses under hosts that are none of the territory's.
func TestHosts(t *testing.T) {
	h := testkit.NewHouse(t)
	host := h.College.Host()
	name, port, _ := strings.Cut(host, ":")
	for _, foreign := range []string{
		"evil.test", name + ".", name + ":1", name, host + ".evil.test", "evil." + host, host + "@evil.test", "evil.test#" + host,
		host + ",evil.test", "..", "xn--" + host, "127.0.0.1:" + port,
	} {
		for _, path := range []string{"/sign-in", "/home", "/", "/manifest.webmanifest", "/assets/none"} {
			answer := exchange(t, h, "GET "+path+" HTTP/1.1\r\nConnection: close\r\nHost: "+foreign+"\r\n\r\n")
			if wrong := checkWire(wire{statuses: "400 404"}, answer); wrong != "" {
				t.Errorf("%s under the host %q: %s", path, foreign, wrong)
			}
		}
	}
	for _, header := range []string{"X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-Host", "X-Forwarded-Server"} {
		for _, path := range []string{"/sign-in", "/home", "/"} {
			answer := exchange(t, h, "GET "+path+" HTTP/1.1\r\nConnection: close\r\nHost: {host}\r\n"+header+": evil.test\r\n\r\n")
			if wrong := checkWire(wire{statuses: "200 303"}, answer); wrong != "" {
				t.Errorf("%s with %s: %s", path, header, wrong)
			}
		}
	}
}
