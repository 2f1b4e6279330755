package sheet

import (
	"errors"
	"fmt"
	"io"

	"codeberg.org/go-pdf/fpdf"
	"github.com/boombuler/barcode/qr"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// Slip is half a page for one person, to be cut off and handed over.
type Slip struct {
	Kicker string // whom it is for: "Élève, 6e A"
	Title  string // the person
	Lead   string
	Facts  []Fact // the last one is the code, and is printed large
	Steps  []string
	QR     string // address that a telephone opens; empty for none
	Note   string // one line at the foot
}

const (
	slipHeight = 148.5
	slipBand   = 16.0
	qrSide     = 34.0
)

// Slips writes two people a page, each half in the colours of the space with its name, and a line to cut along. Of the page
// itself Site, SiteKind, Logo and the colours are used.
func (p Page) Slips(w io.Writer, title string, slips []Slip) error {
	if p.Site == "" || len(slips) == 0 {
		return errors.New("sheet: slips need a site and somebody")
	}
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes(family, "", goregular.TTF)
	pdf.AddUTF8FontFromBytes(family, "B", gobold.TTF)
	pdf.SetLang("fr")
	pdf.SetTitle(title, true)
	pdf.SetAuthor(p.Site, true)
	pdf.SetMargins(margin, 0, margin)
	pdf.SetAutoPageBreak(false, 0)
	for i, s := range slips {
		top := 0.0
		if i%2 == 0 {
			pdf.AddPage()
		} else {
			top = slipHeight
			stroke(pdf, p.Muted)
			pdf.SetLineWidth(0.2)
			pdf.SetDashPattern([]float64{2, 2}, 0)
			pdf.Line(0, top, width, top)
			pdf.SetDashPattern(nil, 0)
		}
		if err := p.slip(pdf, top, s); err != nil {
			return fmt.Errorf("write a slip: %w", err)
		}
	}
	if err := pdf.Output(w); err != nil {
		return fmt.Errorf("write slips: %w", err)
	}
	return nil
}

func (p Page) slip(pdf *fpdf.Fpdf, top float64, s Slip) error {
	if err := p.slipHead(pdf, top); err != nil {
		return err
	}
	column := width - 2*margin
	if s.QR != "" {
		column -= qrSide + 8
	}
	pdf.SetXY(margin, top+slipBand+7)
	line := func(style string, size, height float64, c Colour, text string) {
		ink(pdf, c)
		pdf.SetFont(family, style, size)
		pdf.SetX(margin)
		pdf.MultiCell(column, height, text, "", "L", false)
	}
	line("", 9.5, 5, p.Muted, s.Kicker)
	line("B", 16, 8, p.Brand, s.Title)
	pdf.Ln(1)
	line("", 10, 4.8, p.Text, s.Lead)
	pdf.Ln(2.5)
	for i, f := range s.Facts {
		p.slipFact(pdf, f, column, i == len(s.Facts)-1)
	}
	if s.QR != "" {
		if err := p.code(pdf, s.QR, width-margin-qrSide, top+slipBand+8); err != nil {
			return err
		}
	}
	pdf.SetY(max(pdf.GetY(), top+slipBand+8+qrSide) + 3)
	column = width - 2*margin
	for i, step := range s.Steps {
		line("", 9.5, 4.8, p.Text, fmt.Sprintf("%d. %s", i+1, step))
	}
	pdf.SetXY(margin, top+slipHeight-13)
	line("", 8.5, 4, p.Muted, s.Note)
	return pdf.Error()
}

func (p Page) slipHead(pdf *fpdf.Fpdf, top float64) error {
	fill(pdf, p.Masthead)
	pdf.Rect(0, top, width, slipBand, "F")
	fill(pdf, p.Accent)
	pdf.Rect(0, top+slipBand, width, 1.2, "F")
	const side = 10.0
	start := margin
	if len(p.Logo.Bytes) > 0 {
		if err := p.Logo.draw(pdf, margin, top+(slipBand-side)/2, side); err != nil {
			return err
		}
		start += side + 4
	}
	ink(pdf, p.OnMasthead)
	pdf.SetXY(start, top+2.6)
	pdf.SetFont(family, "B", 12)
	pdf.CellFormat(width-start-margin, 6, p.Site, "", 2, "L", false, 0, "")
	pdf.SetFont(family, "", 8.5)
	pdf.CellFormat(width-start-margin, 4.5, p.SiteKind, "", 1, "L", false, 0, "")
	return nil
}

func (p Page) slipFact(pdf *fpdf.Fpdf, f Fact, column float64, large bool) {
	const label = 38.0
	height, size := 7.5, 11.0
	if large {
		height, size = 11, 17
	}
	stroke(pdf, p.Line)
	pdf.SetLineWidth(0.2)
	pdf.SetX(margin)
	ink(pdf, p.Muted)
	pdf.SetFont(family, "", 10)
	pdf.CellFormat(label, height, f.Label, "T", 0, "L", false, 0, "")
	ink(pdf, p.Text)
	pdf.SetFont(family, "B", size)
	pdf.CellFormat(column-label, height, f.Text, "T", 1, "L", false, 0, "")
}

// code draws an address for telephones, as squares on white with the margin that readers need.
func (p Page) code(pdf *fpdf.Fpdf, address string, x, y float64) error {
	matrix, err := qr.Encode(address, qr.M, qr.Auto)
	if err != nil {
		return fmt.Errorf("draw an address: %w", err)
	}
	n := matrix.Bounds().Dx()
	step := qrSide / float64(n)
	fill(pdf, Colour{})
	dark := func(i, j int) bool {
		r, _, _, _ := matrix.At(i, j).RGBA()
		return r == 0
	}
	for j := range n {
		for i := 0; i < n; i++ {
			run := 0
			for i+run < n && dark(i+run, j) {
				run++
			}
			if run > 0 {
				pdf.Rect(x+float64(i)*step, y+float64(j)*step, float64(run)*step, step+0.02, "F")
				i += run
			}
		}
	}
	return nil
}
