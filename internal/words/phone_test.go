package words

import "testing"

func TestPhone(t *testing.T) {
	for stored, want := range map[string]string{
		"+33612345678":   "06\u00a012\u00a034\u00a056\u00a078",
		"+3221234567":    "+3221234567",
		"+33 6 12":       "+33 6 12",
		"+33612345abc":   "+33612345abc",
		"":               "",
		"+336123456789":  "+336123456789",
		"+33240123456\n": "+33240123456\n",
	} {
		if got := Phone(stored); got != want {
			t.Errorf("Phone(%q) is %q, not %q", stored, got, want)
		}
	}
}
