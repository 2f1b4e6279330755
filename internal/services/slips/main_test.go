package slips_test

import (
	"os"
	"testing"

	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }
