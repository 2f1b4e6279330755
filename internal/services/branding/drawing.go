package branding

import (
	"bytes"
	"fmt"
	"io"

	"elyco/internal/fault"
	"elyco/internal/picture"
	"elyco/internal/theme"
)

// frame is what a picture of a place is fitted into.
func (p Place) frame() picture.Limit {
	if p == Banner {
		return picture.Limit{MaxWidth: 1600, MaxHeight: 800}
	}
	return picture.Limit{MaxWidth: 512, MaxHeight: 512}
}

func (p Place) valid(full bool) bool {
	for _, known := range Places(full) {
		if p == known {
			return true
		}
	}
	return false
}

// readDrawing makes an upload safe: what begins as a drawing is cleaned, all else is decoded and written anew. What the
// browser says of the file is not looked at. A refusal names the field.
func readDrawing(r io.Reader, place Place) (theme.Drawing, error) {
	source, err := io.ReadAll(io.LimitReader(r, maxUpload+1))
	if err != nil {
		return theme.Drawing{}, fmt.Errorf("read an upload: %w", err)
	}
	if len(source) == 0 {
		return theme.Drawing{}, fault.Field(string(place), "Choisissez d’abord un fichier.")
	}
	start := bytes.TrimLeft(bytes.TrimPrefix(source, []byte("\xef\xbb\xbf")), " \t\r\n")
	if bytes.HasPrefix(start, []byte("<")) {
		return cleaned(start, place)
	}
	return encoded(source, place)
}

func cleaned(source []byte, place Place) (theme.Drawing, error) {
	safe, err := theme.SanitizeSVG(source)
	if err != nil {
		return theme.Drawing{}, fault.Field(string(place), "Ce fichier n’a pas été pris : "+sentence(err))
	}
	return theme.Drawing{Bytes: safe, ContentType: "image/svg+xml"}, nil
}

// encoded takes smaller frames until the picture is light enough for a page that everybody loads.
func encoded(source []byte, place Place) (theme.Drawing, error) {
	limit := place.frame()
	for range 4 {
		p, err := picture.Reencode(bytes.NewReader(source), limit)
		if refusal, ok := picture.AsRefusal(err); ok {
			return theme.Drawing{}, fault.Field(string(place), refusal.Words)
		}
		if err != nil {
			return theme.Drawing{}, fmt.Errorf("write a picture anew: %w", err)
		}
		if len(p.Bytes) <= maxDrawing {
			return theme.Drawing{Bytes: p.Bytes, ContentType: p.ContentType}, nil
		}
		limit = picture.Limit{MaxWidth: p.Width * 7 / 10, MaxHeight: p.Height * 7 / 10}
		source = p.Bytes
	}
	return theme.Drawing{}, fault.Field(string(place), "Cette image reste trop lourde une fois réduite : simplifiez-la, ou envoyez un dessin SVG.")
}
