package picture_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"runtime"
	"strings"
	"testing"

	"elyco/internal/picture"
)

// TestLargePicture holds what a picture takes to little more than its pixels.
func TestLargePicture(t *testing.T) {
	var source bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&source, image.NewGray(image.Rect(0, 0, 6000, 6000))); err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	p, err := picture.Reencode(&source, picture.Limit{MaxWidth: 1600, MaxHeight: 1200})
	runtime.ReadMemStats(&after)
	if err != nil || p.Width != 1200 || p.Height != 1200 {
		t.Errorf("%d × %d, %v", p.Width, p.Height, err)
	}
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 200 {
		t.Errorf("%d MiB were taken", used)
	}
}

// TestBombs refuses, by their first bytes, pictures that are far larger once open.
func TestBombs(t *testing.T) {
	pngHeader := func(width, height uint32, depth byte) []byte {
		chunk := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32([]byte("IHDR"), width), height)
		chunk = append(chunk, depth, 2, 0, 0, 0)
		out := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), chunk...)
		return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	}
	jpegHeader := func(frame byte) []byte { // 5120 × 5120
		start := []byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
		return append(start, 0xff, frame, 0, 17, 8, 0x14, 0, 0x14, 0, 3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0)
	}
	for name, c := range map[string]struct {
		source []byte
		why    string
	}{
		"a strip":            {pngHeader(1, 30_000_000, 8), "pixels"},
		"too many pixels":    {pngHeader(20_000, 20_000, 8), "pixels"},
		"deep colours":       {pngHeader(6000, 6000, 16), "trop de place"},
		"passes":             {jpegHeader(0xc2), "trop de place"},
		"no passes, but cut": {jpegHeader(0xc0), "abîmée"},
	} {
		_, err := picture.Reencode(bytes.NewReader(c.source), picture.Limit{MaxWidth: 1600, MaxHeight: 1200})
		if err == nil || !strings.Contains(err.Error(), c.why) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
