package dav_test

import (
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"elyco/internal/school"
)

// TestLitmus runs the suite by which WebDAV servers are compared: nothing may fail, and nothing be skipped.
func TestLitmus(t *testing.T) {
	if _, err := exec.LookPath("litmus"); err != nil {
		t.Fatal("litmus is missing: make need-litmus")
	}
	u := member(t, h.Academy, school.AcademyAgent)
	cmd := exec.CommandContext(t.Context(), "litmus", "-k", "http://localhost:"+h.port()+"/dav/perso/", u.login, u.secret)
	cmd.Dir = t.TempDir()
	out, err := cmd.CombinedOutput()
	text := string(out)
	summary := regexp.MustCompile("summary for `(\\w+)': of (\\d+) tests run: (\\d+) passed, (\\d+) failed").FindAllStringSubmatch(text, -1)
	for _, s := range summary {
		t.Logf("%s: %s of %s passed", s[1], s[3], s[2])
	}
	if err != nil || len(summary) != 5 || strings.Contains(text, "SKIPPED") || strings.Contains(text, "skipped") || strings.Contains(text, "FAIL") {
		t.Errorf("litmus: %v\n%s", err, text)
	}
	if strings.Contains(text, "WARNING") {
		t.Errorf("litmus warns:\n%s", text)
	}
}
