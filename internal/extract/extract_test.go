package extract_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"

	"elyco/internal/extract"
	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

func pack(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func paper(t *testing.T, lines ...string) []byte {
	t.Helper()
	p := fpdf.New("P", "mm", "A4", "")
	latin := p.UnicodeTranslatorFromDescriptor("")
	p.SetFont("Helvetica", "", 12)
	for _, line := range lines {
		p.AddPage()
		p.Cell(40, 10, latin(line))
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestText(t *testing.T) {
	r := extract.NewReader(testkit.Program(t))
	word := `<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>Règle</w:t></w:r><w:r><w:t>ment</w:t></w:r></w:p><w:p><w:r><w:t>intérieur</w:t></w:r></w:p></w:body></w:document>`
	for name, c := range map[string]struct {
		document []byte
		words    string
	}{
		"PDF":                {paper(t, "Liste des fournitures", "Élèves de quatrième"), "Liste des fournitures\nÉlèves de quatrième"},
		"Word":               {pack(t, map[string]string{"[Content_Types].xml": "<x>non</x>", "word/document.xml": word}), "Règlement\nintérieur"},
		"Excel":              {pack(t, map[string]string{"xl/sharedStrings.xml": "<sst><si><t>Dupont</t></si><si><t>Zoé</t></si></sst>"}), "Dupont\nZoé"},
		"PowerPoint":         {pack(t, map[string]string{"ppt/slides/slide1.xml": "<p><p>Volcans</p></p>", "ppt/slides/slide2.xml": "<p>Séismes</p>"}), "Volcans\nSéismes"},
		"OpenDocument":       {pack(t, map[string]string{"content.xml": "<d><h>Titre</h><p>Un<s/>texte</p></d>"}), "Titre\nUn texte"},
		"HTML":               {[]byte("<!DOCTYPE html><title>Sortie</title><style>p{}</style><script>alert(1)</script><p>au ch&acirc;teau</p>"), "Sortie\nau château"},
		"text":               {[]byte("\xef\xbb\xbfUne ligne\r\n\tdeux  lignes"), "Une ligne\ndeux lignes"},
		"text of Windows":    {[]byte("Ann\xe9e \x9cuvre"), "Année œuvre"},
		"a picture":          {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), ""},
		"nothing":            {nil, ""},
		"a zip of something": {pack(t, map[string]string{"photo.jpg": "x"}), ""},
		"an entity bomb": {pack(t, map[string]string{"content.xml": `<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><d><p>avant</p></d>`}),
			"avant"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := r.Text(t.Context(), bytes.NewReader(c.document))
			if err != nil || got != c.words {
				t.Errorf("%q, %v; not %q", got, err, c.words)
			}
		})
	}
}

func TestHostileDocuments(t *testing.T) {
	r := extract.NewReader(testkit.Program(t))
	bomb := pack(t, map[string]string{"content.xml": `<d a="` + strings.Repeat(" ", 80<<20) + `"></d>`})
	many := map[string]string{}
	for i := range 10_001 {
		many["word/header"+strings.Repeat("1", 1+i%7)+string(rune('a'+i%26))+strings.Repeat("x", i/26)+".xml"] = ""
	}
	for name, document := range map[string][]byte{
		"a package that explodes":     bomb,
		"a package of too many files": pack(t, many),
		"a broken package":            []byte("PK\x03\x04" + strings.Repeat("x", 100)),
		"broken XML":                  pack(t, map[string]string{"content.xml": "<d><p>"}),
		"a broken PDF":                []byte("%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nstartxref\n9\n%%EOF"),
		"unknown entities":            pack(t, map[string]string{"content.xml": "<d>&a;&b;</d>"}),
		"too large":                   make([]byte, extract.MostBytes+1),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			if text, err := r.Text(t.Context(), bytes.NewReader(document)); !errors.Is(err, extract.ErrUnreadable) {
				t.Errorf("read %.40q, %v", text, err)
			}
			t.Logf("refused after %s", time.Since(start).Round(time.Millisecond))
		})
	}
	long := []byte(strings.Repeat("mot ", 1_000_000))
	if text, err := r.Text(t.Context(), bytes.NewReader(long)); err != nil || len(text) < extract.MostText-10 || len(text) > extract.MostText {
		t.Errorf("of a long text %d bytes are kept: %v", len(text), err)
	}
}
