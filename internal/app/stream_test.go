package app_test

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"elyco/internal/testkit"
)

// TestNobodyFillsTheDisk announces a form with a file of a terabyte and sends the beginning of it. Who may not send it is
// told so at once: nothing waits for the rest, and nothing keeps it.
func TestNobodyFillsTheDisk(t *testing.T) {
	h := testkit.NewHouse(t)
	conn, err := net.Dial("tcp", h.Address)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if err := conn.SetDeadline(time.Now().Add(5 * time.Second)); err != nil {
		t.Fatal(err)
	}
	_, err = io.WriteString(conn, "POST /branding/drawings/logo HTTP/1.1\r\nHost: "+h.College.Host()+
		"\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000000000000\r\n\r\n"+
		"--x\r\nContent-Disposition: form-data; name=\"drawing\"; filename=\"a\"\r\n\r\n"+strings.Repeat("x", 64<<10))
	if err != nil {
		t.Fatal(err)
	}
	begun := make([]byte, 12)
	if _, err := io.ReadFull(conn, begun); err != nil || string(begun) != "HTTP/1.1 401" {
		t.Errorf("%q, %v", begun, err)
	}
}
