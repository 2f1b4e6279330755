package demo_test

import (
	"bytes"
	"image/png"
	"testing"

	"elyco/internal/demo"
)

func TestCoversAreWideDescribedPictures(t *testing.T) {
	drawn := 0
	for _, p := range demo.Pieces() {
		cover, ok := p.Cover()
		if !ok {
			continue
		}
		drawn++
		content, err := cover.PNG()
		if err != nil {
			t.Fatalf("%s: %v", p.Title, err)
		}
		picture, err := png.Decode(bytes.NewReader(content))
		if err != nil {
			t.Fatalf("%s: %v", p.Title, err)
		}
		if b := picture.Bounds(); b.Dx()*9 != b.Dy()*16 || cover.Alt == "" {
			t.Errorf("%s: %v, described as %q", p.Title, b, cover.Alt)
		}
	}
	if drawn != 11 {
		t.Errorf("%d pieces bear a drawing, want 11: a title changed", drawn)
	}
}
