package tenant

import (
	"strings"
	"testing"
)

func TestParseUAI(t *testing.T) {
	for _, s := range []string{"0449901Y", "0449902Z", "0499903Y", "0539904C", "0729905A", "0859906F", "0290009C"} {
		if got, err := ParseUAI(s); err != nil || got != UAI(s) {
			t.Errorf("ParseUAI(%q) = %q, %v", s, got, err)
		}
	}
	if got, err := ParseUAI("\t0449901y \n"); err != nil || got != "0449901Y" {
		t.Errorf("case and spaces around should not matter: %q, %v", got, err)
	}
}

func TestParseUAISaysWhatIsWrong(t *testing.T) {
	for s, want := range map[string]string{
		"":                       "le code UAI manque",
		"  ":                     "le code UAI manque",
		"0449901Z":               "0449901Z : la lettre de contrôle devrait être Y",
		"0449901I":               "la lettre de contrôle devrait être Y",
		"04499019":               "la lettre de contrôle devrait être Y",
		"044990Y":                "7 chiffres suivis d’une lettre",
		"0449901YY":              "7 chiffres suivis d’une lettre",
		"O449901Y":               "le caractère 1, « O », devrait être un chiffre",
		"044٣901Y":               "le caractère 4",
		strings.Repeat("9", 500): "7 chiffres suivis d’une lettre",
	} {
		_, err := ParseUAI(s)
		if err == nil || !strings.Contains(plainSpaces(err.Error()), want) {
			t.Errorf("ParseUAI(%q): %v, want %q", s, err, want)
		}
		if err != nil && len(err.Error()) > 200 {
			t.Errorf("the message for a long value is %d bytes long", len(err.Error()))
		}
	}
}

func TestCheckLetter(t *testing.T) {
	if c, ok := CheckLetter("0449901"); !ok || c != 'Y' {
		t.Errorf("CheckLetter(0449901) = %c, %v", c, ok)
	}
	for _, s := range []string{"", "044990", "04499011", "-449901", "04499O1", "+449901"} {
		if _, ok := CheckLetter(s); ok {
			t.Errorf("CheckLetter(%q) should refuse", s)
		}
	}
}

func TestUAIDepartment(t *testing.T) {
	for u, want := range map[UAI]string{"0449901Y": "44", "0010001W": "01", "9710001A": "971", "": "", "044": ""} {
		if got := u.Department(); got != want {
			t.Errorf("%q.Department() = %q, want %q", u, got, want)
		}
	}
}

func FuzzParseUAI(f *testing.F) {
	for _, s := range []string{"0449901Y", " 0859906f", "0449901Z", "", "0123456A", "éééééééé", "0449901\x00"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, err := ParseUAI(s)
		if err != nil {
			if u != "" {
				t.Errorf("ParseUAI(%q) gives %q with an error", s, u)
			}
			return
		}
		letter, ok := CheckLetter(string(u)[:7])
		if !ok || letter != u[7] || len(u) != 8 {
			t.Errorf("ParseUAI(%q) accepts %q", s, u)
		}
		if again, err := ParseUAI(string(u)); err != nil || again != u {
			t.Errorf("%q is not read back: %q, %v", u, again, err)
		}
	})
}

// plainSpaces lets a test write ordinary spaces where people see non-breaking ones.
func plainSpaces(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }
