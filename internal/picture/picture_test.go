package picture_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"elyco/internal/picture"
)

// halves is red on its left and blue on its right, so that a turn shows.
func halves(w, h int, right color.Color) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			if x < w/2 {
				img.Set(x, y, color.NRGBA{200, 0, 0, 255})
				continue
			}
			img.Set(x, y, right)
		}
	}
	return img
}

var blue = color.NRGBA{0, 0, 200, 255}

func asJPEG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// held adds the EXIF orientation that a camera writes.
func held(source []byte, orientation uint16) []byte {
	exif := []byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00")
	binary.BigEndian.PutUint16(exif[24:], orientation)
	segment := append([]byte{0xff, 0xe1, 0, 0}, exif...)
	binary.BigEndian.PutUint16(segment[2:], uint16(len(exif)+2))
	return append(append([]byte{0xff, 0xd8}, segment...), source[2:]...)
}

func TestReencodeFitsTheFrame(t *testing.T) {
	p, err := picture.Reencode(bytes.NewReader(asJPEG(t, halves(400, 200, blue))), picture.Limit{MaxWidth: 100, MaxHeight: 100})
	if err != nil {
		t.Fatal(err)
	}
	if p.Width != 100 || p.Height != 50 || p.ContentType != "image/jpeg" {
		t.Errorf("got %dx%d %s", p.Width, p.Height, p.ContentType)
	}
	small, err := picture.Reencode(bytes.NewReader(asJPEG(t, halves(40, 20, blue))), picture.Limit{MaxWidth: 100, MaxHeight: 100})
	if err != nil || small.Width != 40 {
		t.Errorf("a small picture became %d wide, %v", small.Width, err)
	}
}

func TestReencodeKeepsTransparency(t *testing.T) {
	var source bytes.Buffer
	if err := png.Encode(&source, halves(20, 20, color.Transparent)); err != nil {
		t.Fatal(err)
	}
	p, err := picture.Reencode(&source, picture.Limit{})
	if err != nil || p.ContentType != "image/png" {
		t.Fatalf("got %s, %v", p.ContentType, err)
	}
	back, err := png.Decode(bytes.NewReader(p.Bytes))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, alpha := back.At(15, 5).RGBA(); alpha != 0 {
		t.Error("the transparent half is opaque")
	}
}

func TestReencodeTurnsUpright(t *testing.T) {
	source := asJPEG(t, halves(80, 40, blue))
	for orientation, want := range map[uint16]struct {
		w, h       int
		redX, redY int
	}{1: {80, 40, 10, 20}, 2: {80, 40, 70, 20}, 3: {80, 40, 70, 20}, 4: {80, 40, 10, 20}, 5: {40, 80, 20, 10}, 6: {40, 80, 20, 10}, 7: {40, 80, 20, 70}, 8: {40, 80, 20, 70}} {
		p, err := picture.Reencode(bytes.NewReader(held(source, orientation)), picture.Limit{})
		if err != nil {
			t.Fatal(err)
		}
		if p.Width != want.w || p.Height != want.h {
			t.Errorf("orientation %d gave %dx%d", orientation, p.Width, p.Height)
			continue
		}
		back, err := jpeg.Decode(bytes.NewReader(p.Bytes))
		if err != nil {
			t.Fatal(err)
		}
		if red, _, b, _ := back.At(want.redX, want.redY).RGBA(); red < 0x8000 || b > 0x6000 {
			t.Errorf("orientation %d: the red half is elsewhere", orientation)
		}
	}
}

func TestReencodeDropsWhatIsNotPicture(t *testing.T) {
	source := append(held(asJPEG(t, halves(20, 20, blue)), 1), []byte("<script>alert(1)</script>")...)
	p, err := picture.Reencode(bytes.NewReader(source), picture.Limit{})
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(p.Bytes, []byte("Exif")) || bytes.Contains(p.Bytes, []byte("script")) {
		t.Error("the payload survived")
	}
}

func TestReencodeTakesTheFirstImageOfAnAnimation(t *testing.T) {
	frame := image.NewPaletted(image.Rect(0, 0, 10, 10), color.Palette{color.White, color.Black})
	var source bytes.Buffer
	if err := gif.EncodeAll(&source, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{1, 1}}); err != nil {
		t.Fatal(err)
	}
	if p, err := picture.Reencode(&source, picture.Limit{}); err != nil || p.Width != 10 {
		t.Fatalf("got %v, %v", p.Width, err)
	}
}

func TestReencodeRefuses(t *testing.T) {
	whole := asJPEG(t, halves(200, 200, blue))
	for name, c := range map[string]struct {
		source []byte
		want   string
	}{
		"heavy":  {make([]byte, 9<<20), "8 Mio"},
		"pixels": {hugePNG(), "40 millions"},
		"text":   {[]byte("bonjour"), "pas une image"},
		"cut":    {whole[:len(whole)/2], "abîmée"},
		"empty":  {nil, "pas une image"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := picture.Reencode(bytes.NewReader(c.source), picture.Limit{})
			refusal, ok := picture.AsRefusal(err)
			if !ok || !strings.Contains(refusal.Words, c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
		})
	}
}

// hugePNG announces 60 000 by 60 000 pixels in a few bytes.
func hugePNG() []byte {
	header := []byte("IHDR\x00\x00\xea\x60\x00\x00\xea\x60\x08\x02\x00\x00\x00")
	out := []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d")
	out = append(out, header...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(header))
}
