package mail

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// Hasten has a gateway waited for no longer than a test does.
func Hasten(t Transport, d time.Duration) { t.(*gateway).client.Timeout = d }

// Trust has a gateway's own certificate believed.
func Trust(t Transport, c *tls.Config) {
	t.(*gateway).client.Transport.(*http.Transport).TLSClientConfig = c
}

// LetNear has notifications posted to a push service of this machine.
func LetNear(t Transport, near netip.AddrPort, trust *tls.Config) {
	p := t.(*push)
	p.client = outward(func(to netip.AddrPort) bool { return to == near }, trust)
	lead(p.client, near)
}

// lead has every name lead to one place.
func lead(c *http.Client, near netip.AddrPort) {
	inner := c.Transport.(guarded).next
	dial := inner.DialContext
	inner.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return dial(ctx, network, near.String())
	}
}
