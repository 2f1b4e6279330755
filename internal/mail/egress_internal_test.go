package mail

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
)

func TestHostileEndpoints(t *testing.T) {
	for _, endpoint := range []string{"", "x", "/x", "http://push.example.com/a", "ftp://push.example.com/a", "https:push.example.com", "https:///a", "https://", "//push.example.com/a",
		"https://localhost/a", "https://a.localhost/a", "https://push/a", "https://127.0.0.1/a", "https://127.1/a", "https://0/a", "https://2130706433/a", "https://0x7f000001/a", "https://0x7f.1/a",
		"https://0177.0.0.1/a", "https://a.0x7f/", "https://[::1]/a", "https://[::ffff:127.0.0.1]/a", "https://[fe80::1%25eth0]/a", "https://10.0.0.1/a", "https://169.254.169.254/latest/meta-data/",
		"https://192.168.1.1/a", "https://user@push.example.com/a", "https://user:pass@push.example.com/a", "https://push.example.com:8443/a", "https://push.example.com:/a", "https://push.example.com:22/a",
		"https://push.example.com/a#b", "https://push.example.com/a b", "https://push.example.com/a\r\nHost: x", "https://push.example.com\\@127.0.0.1/", "https://metadata.google.internal/a",
		"https://db.local/a", "https://x.test/a", "https://x.onion/a", "https://1.0.0.127.in-addr.arpa/", "https://push.example.com%00.x.com/a", "https://push.еxample.com/a", "https://127.0.0.1./a",
		"https://push.example.com/" + strings.Repeat("a", 1000)} {
		if err := checkEndpoint(endpoint); !errors.Is(err, errAddress) {
			t.Errorf("%q is posted to", endpoint)
		}
	}
	for _, endpoint := range []string{"https://fcm.googleapis.com/fcm/send/abc:def", "https://updates.push.services.mozilla.com/wpush/v2/gAAA", "https://web.push.apple.com/QGu", "https://wns2-par02p.notify.windows.com:443/w/?token=x"} {
		if err := checkEndpoint(endpoint); err != nil {
			t.Errorf("%q is refused", endpoint)
		}
	}
}

func TestAddressesThatAreNotPublic(t *testing.T) {
	for _, text := range []string{"0.0.0.0", "0.1.2.3", "10.1.2.3", "100.64.0.1", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.8", "192.0.2.1", "192.168.0.1",
		"198.18.0.1", "198.51.100.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
		"100::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "fc00::1", "fd12::1", "fe80::1", "fec0::1", "ff02::1"} {
		if isPublic(netip.MustParseAddr(text)) {
			t.Errorf("%s counts as public", text)
		}
	}
	for _, text := range []string{"1.1.1.1", "8.8.8.8", "142.250.75.234", "2a00:1450:4007:80e::200a", "2606:4700:4700::1111"} {
		if !isPublic(netip.MustParseAddr(text)) {
			t.Errorf("%s counts as not public", text)
		}
	}
}

// TestNamesThatLeadInside: a name that looks like a push service's and leads to this machine opens no connection at all.
func TestNamesThatLeadInside(t *testing.T) {
	canary, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer canary.Close()
	var reached atomic.Int32
	go func() {
		for {
			conn, err := canary.Accept()
			if err != nil {
				return
			}
			reached.Add(1)
			conn.Close()
		}
	}()
	inside := canary.Addr().(*net.TCPAddr).AddrPort()
	client := outward(publicHTTPS, nil)
	lead(client, inside)
	ask := func() error {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://push.example.com/a", nil)
		if err != nil {
			t.Fatal(err)
		}
		answer, err := client.Do(r)
		if err == nil {
			answer.Body.Close()
		}
		return err
	}
	if err := ask(); !errors.Is(err, errAddress) || reached.Load() != 0 {
		t.Errorf("%v, and %d connections", err, reached.Load())
	}
	// The same without the guard reaches it: the canary can sing.
	client = outward(func(netip.AddrPort) bool { return true }, nil)
	lead(client, inside)
	if err := ask(); err == nil || reached.Load() == 0 {
		t.Errorf("the canary heard nothing: %v", err)
	}
}
