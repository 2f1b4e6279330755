package words_test

import (
	"testing"

	"elyco/internal/words"
)

func TestSize(t *testing.T) {
	const kib, gib = 1 << 10, 1 << 30
	for n, want := range map[int64]string{0: "0\u00a0octet", 1: "1\u00a0octet", 2: "2\u00a0octets", 1023: "1023\u00a0octets", 1024: "1\u00a0Ko", 1536: "1,5\u00a0Ko",
		10 * kib: "10\u00a0Ko", 145*kib + 700: "146\u00a0Ko", 5 * gib: "5\u00a0Go", gib + gib/5: "1,2\u00a0Go", 2048 * gib: "2\u202f048\u00a0Go"} {
		if got := words.Size(n); got != want {
			t.Errorf("%d: %q, not %q", n, got, want)
		}
	}
}
