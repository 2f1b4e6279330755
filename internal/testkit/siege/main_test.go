package siege_test

import (
	"bufio"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

// speak sends bytes to the house as they are and reads the answers until it closes or falls silent.
func speak(t *testing.T, h *testkit.House, text string) []*http.Response {
	t.Helper()
	conn, err := net.Dial("tcp", h.Address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(2 * time.Second)); err != nil {
		t.Fatal(err)
	}
	// The house may answer and close before it has heard everything.
	_, _ = conn.Write([]byte(text))
	var answers []*http.Response
	for in := bufio.NewReader(conn); ; {
		a, err := http.ReadResponse(in, nil)
		if err != nil {
			return answers
		}
		body := make([]byte, a.ContentLength)
		for n := 0; n < len(body); {
			k, err := in.Read(body[n:])
			if err != nil {
				break
			}
			n += k
		}
		answers = append(answers, a)
	}
}

// head writes a request's first lines; %H is the host.
func head(host string, lines ...string) string {
	return strings.ReplaceAll(strings.Join(append(lines, "", ""), "\r\n"), "%H", host)
}
