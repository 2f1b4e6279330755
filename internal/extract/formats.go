package extract

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/ledongthuc/pdf"
	"golang.org/x/net/html"
)

// The bounds of what a document may unpack to.
const (
	mostUnpacked = 64 << 20
	mostEntries  = 10_000
	mostPages    = 300
)

func readPDF(document []byte, out io.Writer) error {
	r, err := pdf.NewReader(bytes.NewReader(document), int64(len(document)))
	if err != nil {
		return ErrUnreadable
	}
	for n := 1; n <= min(r.NumPage(), mostPages); n++ {
		page := r.Page(n)
		if page.V.IsNull() {
			continue
		}
		text, err := page.GetPlainText(nil)
		if err != nil {
			continue // one page that cannot be read does not hide the others
		}
		if _, err := io.WriteString(out, text+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// parts are the files of a package that hold words: Word, PowerPoint, Excel, OpenDocument.
func parts() *regexp.Regexp {
	return regexp.MustCompile(`^(word/(document|footnotes|endnotes|header\d*|footer\d*)\.xml|ppt/(slides|notesSlides)/[a-zA-Z]+\d+\.xml|xl/sharedStrings\.xml|content\.xml)$`)
}

func readPackage(document []byte, out io.Writer) error {
	z, err := zip.NewReader(bytes.NewReader(document), int64(len(document)))
	if err != nil || len(z.File) > mostEntries {
		return ErrUnreadable
	}
	holds := parts()
	files := slices.DeleteFunc(slices.Clone(z.File), func(f *zip.File) bool { return !holds.MatchString(f.Name) })
	slices.SortFunc(files, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	left := int64(mostUnpacked)
	for _, f := range files {
		in, err := f.Open()
		if err != nil {
			return ErrUnreadable
		}
		counted := &io.LimitedReader{R: in, N: left}
		err = readXML(counted, out)
		in.Close()
		if err != nil {
			return err
		}
		if left = counted.N; left <= 0 {
			return ErrUnreadable
		}
	}
	return nil
}

// readXML writes the text of elements. The ends of paragraphs, cells and lines part words; those of runs do not, because
// Word cuts a word in two where its look changes.
func readXML(in io.Reader, out io.Writer) error {
	d := xml.NewDecoder(in)
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return ErrUnreadable
		}
		var text string
		switch t := token.(type) {
		case xml.CharData:
			text = string(t)
		case xml.StartElement:
			if slices.Contains([]string{"tab", "br", "s", "line-break"}, t.Name.Local) {
				text = " "
			}
		case xml.EndElement:
			if slices.Contains([]string{"p", "h", "tc", "si", "table-cell"}, t.Name.Local) {
				text = "\n"
			}
		}
		if text == "" {
			continue
		}
		if _, err := io.WriteString(out, text); err != nil {
			return err
		}
	}
}

func readHTML(document []byte, out io.Writer) error {
	z := html.NewTokenizer(bytes.NewReader(document))
	hidden := 0
	for {
		switch z.Next() {
		case html.ErrorToken:
			return nil
		case html.StartTagToken:
			hidden += hides(z)
		case html.EndTagToken:
			hidden = max(0, hidden-hides(z))
		case html.TextToken:
			if hidden > 0 {
				continue
			}
			if _, err := io.WriteString(out, string(z.Text())+"\n"); err != nil {
				return err
			}
		}
	}
}

// hides is one for the elements whose text nobody reads.
func hides(z *html.Tokenizer) int {
	name, _ := z.TagName()
	if n := string(name); n == "script" || n == "style" {
		return 1
	}
	return 0
}
