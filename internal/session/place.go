package session

import (
	"net/netip"
	"strings"
)

// Device names a browser the way its owner would, from its User-Agent: "Firefox sur Windows". Nothing else of that
// header is kept.
func Device(userAgent string) string {
	browser := first(userAgent, "Navigateur",
		"Edg", "Edge", "OPR/", "Opera", "SamsungBrowser", "Samsung Internet", "Firefox", "Firefox", "FxiOS", "Firefox",
		"CriOS", "Chrome", "Chromium", "Chromium", "Chrome", "Chrome", "Safari", "Safari")
	system := first(userAgent, "", "iPhone", "iPhone", "iPad", "iPad", "Android", "Android", "CrOS", "Chromebook",
		"Windows", "Windows", "Macintosh", "Mac", "Linux", "Linux")
	if system == "" {
		return browser
	}
	return browser + " sur " + system
}

// first returns the name of the first mark that s contains; marks and names alternate.
func first(s, otherwise string, marksAndNames ...string) string {
	for i := 0; i+1 < len(marksAndNames); i += 2 {
		if strings.Contains(s, marksAndNames[i]) {
			return marksAndNames[i+1]
		}
	}
	return otherwise
}

// Network shortens an address to the network that a school or a home shares: /24, or /64 for IPv6. It is what is
// counted, kept and shown; the full address is not.
func Network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return "inconnu"
	}
	ip = ip.Unmap().WithZone("")
	bits := 24
	if ip.Is6() {
		bits = 64
	}
	p, err := ip.Prefix(bits)
	if err != nil {
		return "inconnu"
	}
	return p.String()
}
