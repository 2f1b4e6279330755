package sheet

import (
	"bytes"
	"fmt"

	"codeberg.org/go-pdf/fpdf"
)

// draw puts the logo into a square, whole and unstretched.
func (l Logo) draw(pdf *fpdf.Fpdf, x, y, side float64) error {
	if l.ContentType == "image/svg+xml" {
		return drawSVG(pdf, l.Bytes, box{x, y, side})
	}
	kind := map[string]string{"image/png": "PNG", "image/jpeg": "JPG"}[l.ContentType]
	if kind == "" {
		return fmt.Errorf("a logo of type %q cannot be printed", l.ContentType)
	}
	options := fpdf.ImageOptions{ImageType: kind}
	info := pdf.RegisterImageOptionsReader("logo", options, bytes.NewReader(l.Bytes))
	if err := pdf.Error(); err != nil {
		return err
	}
	w, h := side, side
	if info.Width() > info.Height() {
		h = side * info.Height() / info.Width()
	}
	if info.Height() > info.Width() {
		w = side * info.Width() / info.Height()
	}
	pdf.ImageOptions("logo", x+(side-w)/2, y+(side-h)/2, w, h, false, options, 0, "")
	return pdf.Error()
}
