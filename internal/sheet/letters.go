package sheet

import (
	"errors"
	"fmt"
	"io"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// Letters writes pages that follow each other in one document, each of them beginning a sheet of its own.
func Letters(w io.Writer, title string, letters []Page) error {
	if len(letters) == 0 {
		return errors.New("sheet: there is no letter")
	}
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes(family, "", goregular.TTF)
	pdf.AddUTF8FontFromBytes(family, "B", gobold.TTF)
	pdf.SetLang("fr")
	pdf.SetTitle(title, true)
	pdf.SetAuthor(letters[0].Site, true)
	pdf.SetMargins(margin, band+margin/2, margin)
	pdf.SetAutoPageBreak(true, margin+5)
	var drawn error
	current := letters[0]
	pdf.SetHeaderFunc(func() { drawn = errors.Join(drawn, current.header(pdf)) })
	// The foot of a sheet is drawn when the next one begins: it is still that of the letter before.
	foot := letters[0]
	pdf.SetFooterFunc(func() { foot.footer(pdf) })
	for _, l := range letters {
		current = l
		pdf.AddPage()
		foot = l
		l.body(pdf)
	}
	if err := errors.Join(drawn, pdf.Output(w)); err != nil {
		return fmt.Errorf("write letters: %w", err)
	}
	return nil
}
