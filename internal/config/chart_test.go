package config_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"testing"

	"elyco/internal/config"
)

// TestChartKnowsTheSettings: a variable that is no setting keeps every pod of a release from starting.
func TestChartKnowsTheSettings(t *testing.T) {
	files, err := filepath.Glob("../../charts/elyco/templates/*")
	if err != nil {
		t.Fatal(err)
	}
	files = append(files, "../../charts/elyco/values.yaml", "../../Dockerfile")
	variable := regexp.MustCompile(`ELYCO_[A-Z0-9_]+`)
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range variable.FindAllString(string(text), -1) {
			found++
			if !slices.Contains(config.EnvNames(), name) {
				t.Errorf("%s: %s is not a setting", file, name)
			}
		}
	}
	if found < 10 {
		t.Errorf("only %d variables were found: are they looked for in the right place?", found)
	}
}
