package web

import (
	"net/netip"
	"slices"
	"strings"

	"github.com/gofiber/fiber/v2"
)

type clientKey struct{}

// Behind tells where requests come from when the program stands behind proxies: what they say in X-Forwarded-For is
// believed, what anybody else says is not.
func Behind(proxies []netip.Prefix) fiber.Handler {
	return func(c *fiber.Ctx) error {
		if len(proxies) > 0 {
			var said []string
			for _, line := range c.Request().Header.PeekAll(fiber.HeaderXForwardedFor) {
				said = append(said, strings.Split(string(line), ",")...)
			}
			c.Locals(clientKey{}, LastStranger(peer(c), said, proxies))
		}
		return c.Next()
	}
}

// Client is the address that the request comes from, as far as it can be believed.
func Client(c *fiber.Ctx) string {
	if a, ok := c.Locals(clientKey{}).(netip.Addr); ok {
		return a.String()
	}
	return peer(c).String()
}

func peer(c *fiber.Ctx) netip.Addr {
	a, _ := netip.AddrFromSlice(c.Context().RemoteIP())
	return a.Unmap()
}

// LastStranger walks back from the program through the proxies to the first address that is none of them. Each proxy
// writes whom it heard at the end of the list; what stands before that, the stranger may have invented.
func LastStranger(peer netip.Addr, said []string, proxies []netip.Prefix) netip.Addr {
	trusted := func(a netip.Addr) bool {
		return slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(a) })
	}
	for i := len(said) - 1; i >= 0 && trusted(peer); i-- {
		a, err := netip.ParseAddr(strings.TrimSpace(said[i]))
		if err != nil {
			return peer
		}
		peer = a.Unmap().WithZone("")
	}
	return peer
}
