package web

import "testing"

func TestRange(t *testing.T) {
	for header, want := range map[string][3]int64{"": {0, 10, 0}, "bytes=0-3": {0, 4, 1}, "bytes=4-": {4, 6, 1}, "bytes=-3": {7, 3, 1},
		"bytes=0-99": {0, 10, 1}, "bytes=0-1,3-4": {0, 10, 0}, "lines=1-2": {0, 10, 0}, "bytes=-99": {0, 10, 1}} {
		off, n, partial, err := rangeOf(header, 10)
		if err != nil || off != want[0] || n != want[1] || partial != (want[2] == 1) {
			t.Errorf("%q: %d, %d, %v, %v", header, off, n, partial, err)
		}
	}
	for _, header := range []string{"bytes=10-", "bytes=5-4", "bytes=-0", "bytes=a-b", "bytes=--1"} {
		if _, _, _, err := rangeOf(header, 10); err == nil {
			t.Errorf("%q is taken", header)
		}
	}
	if _, _, _, err := rangeOf("bytes=-3", 0); err == nil {
		t.Error("the end of nothing is taken")
	}
}

func TestDisposition(t *testing.T) {
	for name, want := range map[string]string{
		"a.pdf":            `inline; filename="a.pdf"; filename*=UTF-8''a.pdf`,
		"règlement 1.pdf":  `inline; filename="r_glement 1.pdf"; filename*=UTF-8''r%C3%A8glement%201.pdf`,
		"a\"; x=\"\r\n.sh": `inline; filename="a_; x=___.sh"; filename*=UTF-8''a%22%3B%20x%3D%22%0D%0A.sh`,
	} {
		if got := Disposition(name, true); got != want {
			t.Errorf("%q: %s, not %s", name, got, want)
		}
	}
}
