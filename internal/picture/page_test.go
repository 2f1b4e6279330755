package picture

import (
	"bytes"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

func drawn(t *testing.T) []byte {
	t.Helper()
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddPage()
	pdf.SetFillColor(200, 30, 30)
	pdf.Rect(0, 0, 210, 297, "F")
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func needDrawer(t *testing.T) {
	t.Helper()
	if _, err := exec.LookPath("pdftoppm"); err != nil {
		t.Skip("pdftoppm is not installed")
	}
}

func TestFirstPage(t *testing.T) {
	needDrawer(t)
	p, err := FirstPage(t.Context(), bytes.NewReader(drawn(t)), Limit{MaxWidth: 400, MaxHeight: 400})
	if err != nil || p.Height != 400 || p.Width < 280 || p.Width > 285 || p.ContentType != "image/jpeg" {
		t.Errorf("%d×%d %s, %v", p.Width, p.Height, p.ContentType, err)
	}
}

func TestFirstPageOfNoDocument(t *testing.T) {
	needDrawer(t)
	for name, text := range map[string]string{"nothing": "", "a text": "bonjour", "a broken one": "%PDF-1.7\n" + strings.Repeat("x", 5000)} {
		start := time.Now()
		_, err := FirstPage(t.Context(), strings.NewReader(text), Limit{MaxWidth: 400, MaxHeight: 400})
		if _, refused := AsRefusal(err); !refused {
			t.Errorf("%s: %v", name, err)
		}
		if took := time.Since(start); took > longestDraw {
			t.Errorf("%s: took %s", name, took)
		}
	}
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("the store went away") }

// A store that stops in the middle is no fault of the document: the work is to be tried again.
func TestFirstPageOfWhatStops(t *testing.T) {
	needDrawer(t)
	_, err := FirstPage(t.Context(), io.MultiReader(bytes.NewReader(drawn(t)[:100]), broken{}), Limit{MaxWidth: 400, MaxHeight: 400})
	if _, refused := AsRefusal(err); refused || err == nil {
		t.Errorf("%v", err)
	}
}
