package picture

import (
	"encoding/binary"
	"image"
	"image/color"
)

// bytesAPixel is what the decoder keeps for each pixel of a source.
func bytesAPixel(config image.Config, source []byte) int {
	switch config.ColorModel {
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	case color.YCbCrModel, color.GrayModel, color.CMYKModel:
		if progressive(source) {
			// Coefficients of every component are kept until the last pass.
			return 20
		}
	}
	return 4
}

// progressive reports whether a JPEG comes in passes.
func progressive(source []byte) bool {
	const (
		startOfScan = 0xda
		firstFrame  = 0xc0
		passes      = 0xc2
	)
	for at := 2; at+4 <= len(source) && source[at] == 0xff; {
		marker := source[at+1]
		if marker == 0xff {
			at++
			continue
		}
		if marker == passes {
			return true
		}
		if marker == startOfScan || marker == firstFrame {
			return false
		}
		at += 2 + int(binary.BigEndian.Uint16(source[at+2:]))
	}
	return false
}
