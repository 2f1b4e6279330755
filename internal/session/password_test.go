package session

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"elyco/internal/fault"
)

func TestPHC(t *testing.T) {
	phc := HashPassword("Élodie aime les girafes")
	if !strings.HasPrefix(phc, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Fatalf("stored as %s", phc)
	}
	s, err := parse(phc)
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{
		"Élodie aime les girafes":       true,
		"E\u0301lodie aime les girafes": true, // the same accent in two characters
		"élodie aime les girafes":       false,
		"":                              false,
	} {
		if s.matches(password) != want {
			t.Errorf("%q: want %v", password, want)
		}
	}
	if first, second := HashPassword("x"), HashPassword("x"); first == second {
		t.Error("two stored forms of one password are the same")
	}
}

func TestParseRefuses(t *testing.T) {
	for _, phc := range []string{"", "x", "$argon2i$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=18$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=4194304,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=2,p=0$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA",
		"$argon2id$v=19$m=19456,t=2,p=1$$AAAAAAAAAAAAAAAAAAAAAA", "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$",
		"$2y$10$abcdefghijklmnopqrstuv"} {
		if _, err := parse(phc); err == nil {
			t.Errorf("%q was read", phc)
		}
	}
}

func TestQueueIsBounded(t *testing.T) {
	h := newHasher(1)
	hold := make(chan struct{})
	var done sync.WaitGroup
	for range cap(h.queue) {
		done.Go(func() {
			if err := h.run(context.Background(), func() { <-hold }); err != nil {
				t.Error(err)
			}
		})
	}
	for !h.crowded() {
		time.Sleep(time.Millisecond)
	}
	if err := h.run(context.Background(), func() {}); !fault.Is(err, fault.Busy) {
		t.Errorf("one too many: got %v, want Busy", err)
	}
	close(hold)
	done.Wait()
	if err := h.run(context.Background(), func() {}); err != nil {
		t.Errorf("after the rush: %v", err)
	}
}

func TestWaitingEndsWithTheRequest(t *testing.T) {
	h := newHasher(1)
	hold := make(chan struct{})
	defer close(hold)
	started := make(chan struct{})
	go h.run(context.Background(), func() { close(started); <-hold })
	<-started
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := h.run(ctx, func() {}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestWeakness(t *testing.T) {
	const old = "ancienne phrase secrète"
	for password, want := range map[string]string{
		"girafe lente sous la pluie": "",
		"Tr0mbone&violet-Kayak":      "",
		"été à la plage, marée":      "",
		"court":                      "12 caractères",
		"onze carac.":                "12 caractères",
		old:                          "différent",
		"motdepasse123!":             "courant",
		"M0tDeP@sse2026":             "courant",
		"bonjourbonjour":             "courant",
		"Azertyuiop123":              "courant",
		"azertyuiopqsdfghjklm":       "courant",
		"aaaaaaaaaaaaaaa":            "courant",
		"abababababab":               "courant",
		"abcdefghijklmnop":           "courant",
		"4815162342108":              "pas de lettres",
		"j.bertholet a dit oui":      "identifiant ou votre nom",
		"jolie MARCELINE 1987":       "identifiant ou votre nom",
		strings.Repeat("ab ç9", 60):  "trop long",
	} {
		got := weakness(password, old, "m.bertholet", "Marceline Bertholet")
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%q: got %q, want %q", password, got, want)
		}
	}
}

func TestSlowdownNeverRefuses(t *testing.T) {
	for n, want := range map[int]time.Duration{0: 0, 35: 0, 200: 0, 300: time.Second, 500: 3 * time.Second, 1 << 30: 3 * time.Second} {
		if got := slowdown(n); got != want {
			t.Errorf("%d failures: got %v, want %v", n, got, want)
		}
	}
}

func TestDeviceAndNetwork(t *testing.T) {
	for ua, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:133.0) Gecko/20100101 Firefox/133.0":                                                        "Firefox sur Windows",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36 Edg/131.0":                   "Edge sur Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1": "Safari sur iPhone",
		"Mozilla/5.0 (Linux; Android 15; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Mobile Safari/537.36":                       "Chrome sur Android",
		"Mozilla/5.0 (Linux; Android 14; SM-A546B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0 Mobile Safari/537.36":  "Samsung Internet sur Android",
		"Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/126.0 Mobile/15E148 Safari/604.1":           "Chrome sur iPad",
		"curl/8.5": "Navigateur",
		"":         "Navigateur",
	} {
		if got := Device(ua); got != want {
			t.Errorf("%s: got %s", ua, got)
		}
	}
	for ip, want := range map[string]string{"192.0.2.77": "192.0.2.0/24", "::ffff:192.0.2.77": "192.0.2.0/24",
		"2001:db8:1:2:3::4": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64", "": "inconnu", "10.0.0.1, 9.9.9.9": "inconnu"} {
		if got := Network(ip); got != want {
			t.Errorf("%s: got %s", ip, got)
		}
	}
}

func TestReturnPath(t *testing.T) {
	for path, want := range map[string]string{"/news/1?page=2#x": "/news/1?page=2#x", "/": "/", "": home, "news": home,
		"/sign-in": home, "/sign-on?to=3": home, "/sign-out": home} {
		if got := ReturnPath(path); got != want {
			t.Errorf("%q: got %q", path, got)
		}
	}
	for _, path := range hostile() {
		if got := ReturnPath(path); got != home {
			t.Errorf("%q: got %q", path, got)
		}
	}
}

// hostile is what people try in place of a path of the same host.
func hostile() []string {
	list := []string{"//evil.test", "///evil.test", "////evil.test/x", "/\\evil.test", "\\\\evil.test", "\\/evil.test", "/\t/evil.test",
		"/\n/evil.test", "/\r/evil.test", "\t//evil.test", " //evil.test", "\x00//evil.test", "/\x00/evil.test", "/\x0b/evil.test", "/x\r\nSet-Cookie: a=b",
		"/x\nLocation: http://evil.test", "/x\u0000", "http:evil.test", "http:/evil.test", "http:\\\\evil.test", "https:evil.test", "ftp://evil.test",
		"file:///etc/passwd", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "blob:x",
		"view-source:http://evil.test", "about:blank", "mailto:a@evil.test", "tel:0", "@evil.test", "evil.test", "evil.test/path", ".evil.test", "?x=//evil.test",
		"#//evil.test", "%2f%2fevil.test", "%5cevil.test", "..//evil.test", "./evil.test", "／／evil.test", "/\\/evil.test", "/\\\\evil.test", "//\\evil.test",
		"//evil.test:80", "//user:pass@evil.test", "//[::1]", "//0x7f000001", "//evil%2etest", "//%65vil.test", "/%zz", "/\x7f/evil.test"}
	for _, host := range []string{"evil.test", "elyco.test.evil.test", "elyco.test@evil.test", "evil.test/elyco.test", "127.0.0.1", "localhost:9"} {
		list = append(list, "http://"+host, "//"+host+"/home")
	}
	return append(list, "/"+strings.Repeat("a", 3000))
}
