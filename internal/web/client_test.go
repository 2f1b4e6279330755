package web_test

import (
	"net/http/httptest"
	"net/netip"
	"testing"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/web"
)

// TestClient asks as a peer of 0.0.0.0, which is what the framework's tests come from.
func TestClient(t *testing.T) {
	for _, c := range []struct {
		proxies, said []string
		want          string
	}{
		{nil, []string{"203.0.113.7"}, "0.0.0.0"},
		{[]string{"10.0.0.0/8"}, []string{"203.0.113.7"}, "0.0.0.0"},
		{[]string{"0.0.0.0/32"}, nil, "0.0.0.0"},
		{[]string{"0.0.0.0/32"}, []string{"203.0.113.7"}, "203.0.113.7"},
		{[]string{"0.0.0.0/32"}, []string{"198.51.100.1, 203.0.113.7"}, "203.0.113.7"},
		{[]string{"0.0.0.0/32"}, []string{"198.51.100.1", "203.0.113.7"}, "203.0.113.7"},
		{[]string{"0.0.0.0/32", "10.0.0.0/8"}, []string{"198.51.100.1, 203.0.113.7, 10.1.2.3"}, "203.0.113.7"},
		{[]string{"0.0.0.0/32", "10.0.0.0/8"}, []string{"10.9.9.9, 10.1.2.3"}, "10.9.9.9"},
		{[]string{"0.0.0.0/32", "10.0.0.0/8"}, []string{"203.0.113.7, nonsense, 10.1.2.3"}, "10.1.2.3"},
		{[]string{"0.0.0.0/32"}, []string{"::ffff:203.0.113.7"}, "203.0.113.7"},
		{[]string{"0.0.0.0/32"}, []string{"2001:db8::7"}, "2001:db8::7"},
	} {
		var proxies []netip.Prefix
		for _, p := range c.proxies {
			proxies = append(proxies, netip.MustParsePrefix(p))
		}
		f := fiber.New()
		f.Get("/", web.Behind(proxies), func(c *fiber.Ctx) error { return c.SendString(web.Client(c)) })
		r := httptest.NewRequest("GET", "/", nil)
		for _, line := range c.said {
			r.Header.Add("X-Forwarded-For", line)
		}
		a, err := f.Test(r)
		if err != nil {
			t.Fatal(err)
		}
		got := make([]byte, 100)
		n, _ := a.Body.Read(got)
		if string(got[:n]) != c.want {
			t.Errorf("behind %v, told %q: %s, not %s", c.proxies, c.said, got[:n], c.want)
		}
	}
}
