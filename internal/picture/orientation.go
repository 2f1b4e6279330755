package picture

import (
	"bytes"
	"encoding/binary"
	"image"
)

// orientation is how a camera was held, numbered as EXIF does: 1 is upright, 3 upside down, 6 and 8 on a side, the even ones
// among 2, 4, 5, 7 mirrored.
type orientation int

const upright orientation = 1

// frame is the limit for the picture as it is stored, which lies on its side for half of the orientations.
func (o orientation) frame(limit Limit) Limit {
	if o < 5 {
		return limit
	}
	return Limit{MaxWidth: limit.MaxHeight, MaxHeight: limit.MaxWidth}
}

func (o orientation) apply(img *image.NRGBA) *image.NRGBA {
	if o <= upright || o > 8 {
		return img
	}
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	if o >= 5 {
		out = image.NewNRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			tx, ty := o.place(x, y, w, h)
			out.SetNRGBA(tx, ty, img.NRGBAAt(x, y))
		}
	}
	return out
}

// place says where a stored pixel belongs once the picture stands upright.
func (o orientation) place(x, y, w, h int) (int, int) {
	switch o {
	case 2:
		return w - 1 - x, y
	case 3:
		return w - 1 - x, h - 1 - y
	case 4:
		return x, h - 1 - y
	case 5:
		return y, x
	case 6:
		return h - 1 - y, x
	case 7:
		return h - 1 - y, w - 1 - x
	case 8:
		return y, w - 1 - x
	}
	return x, y
}

// orientationOf looks for the EXIF orientation of a JPEG; a file that does not say, or says it badly, is taken as upright.
func orientationOf(jpeg []byte) orientation {
	rest := jpeg
	if len(rest) < 4 || rest[0] != 0xff || rest[1] != 0xd8 {
		return upright
	}
	rest = rest[2:]
	for len(rest) >= 4 && rest[0] == 0xff {
		length := int(binary.BigEndian.Uint16(rest[2:]))
		if length < 2 || length+2 > len(rest) || rest[1] == 0xda {
			return upright
		}
		segment := rest[4 : length+2]
		if exif, found := bytes.CutPrefix(segment, []byte("Exif\x00\x00")); found && rest[1] == 0xe1 {
			return orientationIn(exif)
		}
		rest = rest[length+2:]
	}
	return upright
}

func orientationIn(tiff []byte) orientation {
	if len(tiff) < 8 {
		return upright
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	start := int64(order.Uint32(tiff[4:]))
	if start+2 > int64(len(tiff)) {
		return upright
	}
	entries := tiff[start+2:]
	for range order.Uint16(tiff[start:]) {
		if len(entries) < 12 {
			return upright
		}
		const tagOrientation = 0x0112
		if order.Uint16(entries) == tagOrientation {
			if o := orientation(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			return upright
		}
		entries = entries[12:]
	}
	return upright
}
