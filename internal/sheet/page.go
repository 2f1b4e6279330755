package sheet

import (
	"bytes"
	"errors"
	"fmt"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// ContentType is what the bytes of PDF are.
const ContentType = "application/pdf"

// Colour is red, green and blue, from 0 to 255.
type Colour struct{ R, G, B int }

// Logo is a picture for the band: SVG, PNG or JPEG. The zero value is none.
type Logo struct {
	Bytes       []byte
	ContentType string
}

// Fact is one labelled value.
type Fact struct{ Label, Text string }

// Page is a document of one or several sheets of A4.
type Page struct {
	Masthead, OnMasthead, Brand, Accent, Text, Muted, Line Colour

	Lang       string // "fr" when empty
	Site       string // who issues the document
	SiteKind   string // one small line below it
	Logo       Logo
	Title      string
	Facts      []Fact
	Paragraphs []string
	Footer     string
	PageWord   string // "Page" in the reader's language
}

const (
	margin   = 20.0
	band     = 30.0
	width    = 210.0
	family   = "Go"
	bodySize = 11.0
	leading  = 6.0
)

// PDF writes the document.
func (p Page) PDF() ([]byte, error) {
	if p.Site == "" || p.Title == "" {
		return nil, errors.New("sheet: a page needs a site and a title")
	}
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddUTF8FontFromBytes(family, "", goregular.TTF)
	pdf.AddUTF8FontFromBytes(family, "B", gobold.TTF)
	lang := p.Lang
	if lang == "" {
		lang = "fr"
	}
	pdf.SetLang(lang)
	pdf.SetTitle(p.Title, true)
	pdf.SetAuthor(p.Site, true)
	pdf.SetMargins(margin, band+margin/2, margin)
	pdf.SetAutoPageBreak(true, margin+5)
	pdf.AliasNbPages("")
	var drawn error
	pdf.SetHeaderFunc(func() { drawn = errors.Join(drawn, p.header(pdf)) })
	pdf.SetFooterFunc(func() { p.footer(pdf) })
	pdf.AddPage()
	p.body(pdf)
	var out bytes.Buffer
	if err := errors.Join(drawn, pdf.Output(&out)); err != nil {
		return nil, fmt.Errorf("write a sheet: %w", err)
	}
	return out.Bytes(), nil
}

func (p Page) header(pdf *fpdf.Fpdf) error {
	fill(pdf, p.Masthead)
	pdf.Rect(0, 0, width, band, "F")
	fill(pdf, p.Accent)
	pdf.Rect(0, band, width, 1.6, "F")
	const side = 16.0
	start := margin
	if len(p.Logo.Bytes) > 0 {
		if err := p.Logo.draw(pdf, margin, (band-side)/2, side); err != nil {
			return err
		}
		start += side + 5
	}
	ink(pdf, p.OnMasthead)
	pdf.SetXY(start, band/2-7)
	pdf.SetFont(family, "B", 15)
	pdf.CellFormat(width-start-margin, 8, p.Site, "", 2, "L", false, 0, "")
	pdf.SetFont(family, "", 9.5)
	pdf.CellFormat(width-start-margin, 5, p.SiteKind, "", 1, "L", false, 0, "")
	pdf.SetXY(margin, band+margin/2)
	return nil
}

func (p Page) body(pdf *fpdf.Fpdf) {
	pdf.Ln(6)
	ink(pdf, p.Brand)
	pdf.SetFont(family, "B", 20)
	pdf.MultiCell(0, 9, p.Title, "", "L", false)
	pdf.Ln(4)
	ink(pdf, p.Text)
	for _, text := range p.Paragraphs {
		pdf.SetFont(family, "", bodySize)
		pdf.MultiCell(0, leading, text, "", "L", false)
		pdf.Ln(3)
	}
	if len(p.Facts) == 0 {
		return
	}
	pdf.Ln(2)
	stroke(pdf, p.Line)
	pdf.SetLineWidth(0.2)
	for _, f := range p.Facts {
		ink(pdf, p.Muted)
		pdf.SetFont(family, "", bodySize)
		pdf.CellFormat(55, 9, f.Label, "T", 0, "L", false, 0, "")
		ink(pdf, p.Text)
		pdf.SetFont(family, "B", bodySize)
		pdf.CellFormat(0, 9, f.Text, "T", 1, "L", false, 0, "")
	}
}

func (p Page) footer(pdf *fpdf.Fpdf) {
	pdf.SetY(-margin)
	stroke(pdf, p.Line)
	pdf.SetLineWidth(0.2)
	pdf.Line(margin, pdf.GetY(), width-margin, pdf.GetY())
	pdf.SetFont(family, "", 8.5)
	ink(pdf, p.Muted)
	pdf.CellFormat(130, 8, p.Footer, "", 0, "L", false, 0, "")
	if p.PageWord != "" {
		pdf.CellFormat(0, 8, fmt.Sprintf("%s %d / {nb}", p.PageWord, pdf.PageNo()), "", 0, "R", false, 0, "")
	}
}

func fill(pdf *fpdf.Fpdf, c Colour)   { pdf.SetFillColor(c.R, c.G, c.B) }
func ink(pdf *fpdf.Fpdf, c Colour)    { pdf.SetTextColor(c.R, c.G, c.B) }
func stroke(pdf *fpdf.Fpdf, c Colour) { pdf.SetDrawColor(c.R, c.G, c.B) }
