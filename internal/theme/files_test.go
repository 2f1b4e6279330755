package theme

import (
	"fmt"
	"testing"
)

func TestTheRackKeepsWhatIsWornAndForgetsTheOldest(t *testing.T) {
	r := newRack()
	file := func(i int) File {
		return File{Bytes: fmt.Appendf(nil, "sheet %d", i), ContentType: "text/css; charset=utf-8"}
	}
	worn := file(-1)
	r.hang([]File{worn, worn}) // by two skins
	r.retire([]File{worn})
	for i := range mostRetired + 50 {
		r.hang([]File{file(i)})
		r.retire([]File{file(i)})
	}
	if r.files[nameOf(worn)] == nil {
		t.Error("a file that a skin wears is gone")
	}
	if r.files[nameOf(file(0))] != nil || r.files[nameOf(file(mostRetired))] == nil {
		t.Error("what is forgotten is not the oldest")
	}
	if n := len(r.files); n != mostRetired+1 {
		t.Errorf("%d files are kept", n)
	}
}
