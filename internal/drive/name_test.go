package drive

import (
	"slices"
	"strings"
	"testing"
	"testing/quick"

	"elyco/internal/fault"
)

func TestCheckName(t *testing.T) {
	for _, name := range []string{"", " ", ".", "..", "a/b", `a\b`, "a\x00b", "a\nb", "a\u202eb", " a", "a ", "a.", "a\u00a0", "con", "NUL.txt", "com1", "LPT9.pdf", "Aux .txt",
		`a"b`, "a?b", "a<b", "a:b", "a|b", "a*b", "\xff", strings.Repeat("a", 256), strings.Repeat("é", 128)} {
		if got, err := CheckName(name); !fault.Is(err, fault.Invalid) {
			t.Errorf("%q passes as %q, %v", name, got, err)
		}
	}
	for name, want := range map[string]string{"cours.pdf": "cours.pdf", "e\u0301te\u0301": "été", "console": "console", ".DS_Store": ".DS_Store", "com0": "com0",
		"…": "…", "a.b.c": "a.b.c", strings.Repeat("é", 127): strings.Repeat("é", 127), "👩‍👧.png": "👩‍👧.png", "~$note.docx": "~$note.docx"} {
		if got, err := CheckName(name); err != nil || got != want {
			t.Errorf("%q becomes %q, %v", name, got, err)
		}
	}
}

func TestSafeName(t *testing.T) {
	for sent, want := range map[string]string{"../../etc/passwd": "passwd", `C:\Users\x\note.txt`: "note.txt", "": "fichier", "..": "fichier", "a\nb.txt": "ab.txt",
		"aux.txt": "_aux.txt", "a:b.pdf": "a-b.pdf", "  x. ": "x", "/": "fichier", strings.Repeat("é", 200) + ".pdf": strings.Repeat("é", 125) + ".pdf"} {
		if got := SafeName(sent); got != want {
			t.Errorf("%q becomes %q, not %q", sent, got, want)
		}
	}
	if err := quick.Check(func(sent string) bool {
		name, err := CheckName(SafeName(sent))
		return err == nil && name == SafeName(sent)
	}, &quick.Config{MaxCount: 5000}); err != nil {
		t.Error(err)
	}
}

func TestNumberedNames(t *testing.T) {
	for _, c := range []struct {
		name, want string
		file       bool
	}{{"plan.pdf", "plan (2).pdf", true}, {"v1.2", "v1.2 (2)", false}, {".profil", ".profil (2)", true}, {strings.Repeat("a", 255), strings.Repeat("a", 251) + " (2)", true}} {
		if got := numbered(c.name, 2, c.file); got != c.want {
			t.Errorf("%q becomes %q", c.name, got)
		}
	}
}

func TestSortOf(t *testing.T) {
	names := []string{"Zoé", "10", "2", "élan", "Eau", "séance 10", "Séance 9"}
	slices.SortFunc(names, func(a, b string) int { return strings.Compare(sortOf(a), sortOf(b)) })
	if want := []string{"2", "10", "Eau", "élan", "Séance 9", "séance 10", "Zoé"}; !slices.Equal(names, want) {
		t.Errorf("sorted as %q", names)
	}
}

func TestTypeOf(t *testing.T) {
	png := "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
	for _, c := range []struct {
		name, head, want string
		inline           bool
	}{
		{"a.png", png, "image/png", true},
		{"a.html", png, "image/png", true},
		{"a.png", "<html><script>alert(1)</script>", "text/html", false},
		{"photo.jpg", "<!-- x --><svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>", "image/svg+xml", false},
		{"a.txt", "   \n\n<SCRIPT>alert(1)</SCRIPT>", "text/html", false},
		{"a.txt", "des mots, et < plus petit", "text/plain", true},
		{"a.txt", "GIF89a = 1; <script>alert(1)</script>", "text/html", false},
		{"a.xml", `<?xml version="1.0"?><x/>`, "text/xml", false},
		{"a.pdf", "%PDF-1.7\n", "application/pdf", true},
		{"a.docx", "PK\x03\x04\x14\x00\x00\x00", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false},
		{"a.pdf", "PK\x03\x04\x14\x00\x00\x00", "application/zip", false},
		{"a.exe", "MZ\x90\x00\x03\x00", "application/octet-stream", false},
		{"a.csv", "nom;note\nZoé;12\n", "text/csv", false},
		{"a.mp3", "ID3\x04\x00\x00\x00", "audio/mpeg", true},
		{"vide", "", "text/plain", true},
	} {
		if got := typeOf([]byte(c.head), c.name); got != c.want || Inline(got) != c.inline {
			t.Errorf("%s beginning %.20q is %s, inline %v", c.name, c.head, got, Inline(got))
		}
	}
}
