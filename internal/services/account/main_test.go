package account_test

import (
	"os"
	"testing"

	"elyco/internal/services/account"
	"elyco/internal/testkit"
)

func TestMain(m *testing.M) {
	code := testkit.Main(m)
	account.StopTerritory()
	os.Exit(code)
}
