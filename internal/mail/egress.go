package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"
)

// Addresses to which browsers ask us to post are anybody's to make up. They are https, on its port, of a host with a name;
// and what that name leads to is looked at when the connection is made, so that no answer of a name server leads inside.

var errAddress = errors.New("mail: an address to which nothing is posted")

// checkEndpoint refuses what cannot be an address of a push service, before anything is asked of the network.
func checkEndpoint(endpoint string) error {
	u, err := url.Parse(endpoint)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Opaque != "" || u.Fragment != "" || len(endpoint) > 1000 ||
		strings.ContainsFunc(endpoint, func(r rune) bool { return r <= ' ' || r == '\\' || r == 0x7f }) {
		return errAddress
	}
	if port := u.Port(); port != "" && port != "443" || strings.HasSuffix(u.Host, ":") {
		return errAddress
	}
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	last := host[strings.LastIndexByte(host, '.')+1:]
	// A last part without letters is an address in figures, however it is written.
	if !strings.Contains(host, ".") || strings.Trim(host, "abcdefghijklmnopqrstuvwxyz0123456789-.") != "" ||
		strings.Trim(last, "0123456789") == "" || strings.HasPrefix(last, "0x") || inside[last] {
		return errAddress
	}
	return nil
}

// inside are ends of names that lead nowhere on the network of all.
var inside = map[string]bool{"localhost": true, "local": true, "internal": true, "intranet": true, "lan": true, "home": true, "corp": true,
	"private": true, "test": true, "invalid": true, "onion": true, "arpa": true}

// notPublic are the networks that are not everybody's, beside those that the library knows.
var notPublic = prefixes("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24",
	"203.0.113.0/24", "240.0.0.0/4", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fec0::/10")

func prefixes(list ...string) []netip.Prefix {
	var out []netip.Prefix
	for _, p := range list {
		out = append(out, netip.MustParsePrefix(p))
	}
	return out
}

func isPublic(a netip.Addr) bool {
	if a.Zone() != "" {
		return false
	}
	a = a.Unmap()
	if !a.IsGlobalUnicast() || a.IsPrivate() {
		return false
	}
	for _, p := range notPublic {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// outward is a client for such addresses. may judges where a connection is about to be made.
func outward(may func(netip.AddrPort) bool, trust *tls.Config) *http.Client {
	d := &net.Dialer{Timeout: 5 * time.Second, Control: func(network, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil || !strings.HasPrefix(network, "tcp") || !may(to) {
			return errAddress
		}
		return nil
	}}
	t := &http.Transport{
		Proxy: nil, // one would be asked to go where the guard does not look
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return d.DialContext(ctx, network, address)
		},
		TLSClientConfig: trust, TLSHandshakeTimeout: 5 * time.Second, ResponseHeaderTimeout: 10 * time.Second, ForceAttemptHTTP2: true,
		MaxResponseHeaderBytes: 16 << 10, MaxIdleConnsPerHost: 2, IdleConnTimeout: 30 * time.Second,
	}
	return &http.Client{Transport: guarded{t}, Timeout: 15 * time.Second, CheckRedirect: stay}
}

// guarded asks again what an address looks like, whoever made the request.
type guarded struct{ next *http.Transport }

func (g guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := checkEndpoint(r.URL.String()); err != nil {
		return nil, fmt.Errorf("post outside: %w", err)
	}
	return g.next.RoundTrip(r)
}

func (g guarded) CloseIdleConnections() { g.next.CloseIdleConnections() }

func publicHTTPS(to netip.AddrPort) bool { return to.Port() == 443 && isPublic(to.Addr()) }
