package audience_test

import (
	"os"
	"testing"

	"elyco/internal/audience/audiencetest"
)

var world *audiencetest.World

func TestMain(m *testing.M) {
	os.Exit(audiencetest.Main(m, func(w *audiencetest.World) { world = w }))
}
