package blob_test

import (
	"crypto/rand"
	"strings"
	"testing"

	"elyco/internal/blob/blobtest"
)

// TestNamedStore holds the store that the environment names to the contract.
func TestNamedStore(t *testing.T) {
	c, named, err := blobtest.Named()
	if err != nil {
		t.Fatal(err)
	}
	if !named {
		t.Skip("no store is named")
	}
	c.Bucket = "contract-" + strings.ToLower(rand.Text()[:16])
	blobtest.Contract(t, c)
}
