package aaf

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

// feedOf wraps attributes into a whole feed of one pupil.
func feedOf(attributes string) string {
	return `<?xml version="1.0" encoding="ISO-8859-15"?>
<!DOCTYPE ficAlimMENESR SYSTEM "ficAlimMENESR.dtd">
<ficAlimMENESR>
<!-- versionAF="AAF-VE2407" -->
<!-- codeAcademieExport="17" -->
<addRequest>
<operationalAttributes><attr name="categoriePersonne"><value>Eleve</value></attr></operationalAttributes> ` + `
<identifier><id>7004512</id></identifier>
<attributes>
` + attributes + `
</attributes>
</addRequest>
</ficAlimMENESR>
`
}

func first(t *testing.T, in string) *Record {
	t.Helper()
	rec, err := NewReader(strings.NewReader(in)).Next()
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

func TestReaderReadsARecord(t *testing.T) {
	r := NewReader(strings.NewReader(feedOf(`<attr name="sn"><value>GUÉRINEAU</value></attr>
<attr name="ENTEleveGroupes"><value>4312$6ANG1</value><value/><value></value><value>4312$6 LAT</value></attr>
<attr name="mail"><value/></attr>`)))
	rec, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	if rec.ID != "7004512" || rec.Category != Pupils || rec.Operation != Add || rec.Line != 6 {
		t.Errorf("got %s %s %s at line %d", rec.Operation, rec.Category, rec.ID, rec.Line)
	}
	if got := rec.One("sn"); got != "GUÉRINEAU" {
		t.Errorf("sn is %q", got)
	}
	if diff := cmp.Diff([]string{"4312$6ANG1", "4312$6 LAT"}, rec.All("ENTEleveGroupes")); diff != "" {
		t.Error(diff)
	}
	if !rec.Has("mail") || rec.One("mail") != "" || rec.Has("givenName") {
		t.Error("an attribute without a value is named, and one that is absent is not")
	}
	if got := rec.LineOf("ENTEleveGroupes"); got != 11 {
		t.Errorf("the groups are at line %d", got)
	}
	if diff := cmp.Diff([]string{"sn", "ENTEleveGroupes", "mail"}, rec.Names()); diff != "" {
		t.Error(diff)
	}
	if h := r.Header(); h["versionAF"] != "AAF-VE2407" || h["codeAcademieExport"] != "17" {
		t.Errorf("the header is %v", h)
	}
	if _, err := r.Next(); err != io.EOF {
		t.Errorf("the end is %v", err)
	}
	if _, err := r.Next(); err != io.EOF {
		t.Errorf("asked again, the end is %v", err)
	}
}

func TestReaderReadsValues(t *testing.T) {
	for _, c := range []struct{ name, written, want string }{
		{"UTF-8 whatever is declared", "Loïs", "Loïs"},
		{"ISO-8859-15 where it is no UTF-8", "Lo\xefs C\xbdur \xa4", "Loïs Cœur €"},
		{"marks that Windows puts among ISO-8859-15", "L\x92H\xe9risson", "L’Hérisson"},
		{"both in one value", "\xe9t\xe9 &eacute;", "été é"},
		{"an entity of XML", "DANS L&apos;ETABLISSEMENT", "DANS L'ETABLISSEMENT"},
		{"an entity that was escaped twice", "DIRECTION CHEF D&amp;apos;ETABLISSEMENT", "DIRECTION CHEF D'ETABLISSEMENT"},
		{"an entity of HTML", "Ga&euml;lle &amp; Lo&iuml;c", "Gaëlle & Loïc"},
		{"numbers", "&#233;&#xE9;&amp;#233;", "ééé"},
		{"an entity that nobody knows", "a &lol9; b", "a &lol9; b"},
		{"an ampersand on its own", "R&D", "R&D"},
		{"a name that only begins like an entity", "TEST&COPYRIGHT;", "TEST&COPYRIGHT;"},
		{"a name without its end", "&eacute", "&eacute"},
		{"what is longer than its name", "&nGt;", "&nGt;"},
		{"marked text", "<![CDATA[A < B & C]]> et D", "A < B & C et D"},
		{"a comment within", "DU<!-- ou DUR -->PONT", "DUPONT"},
		{"an instruction within", "DU<?x y?>PONT", "DUPONT"},
		{"blanks around", " \r\n  DUPONT\t", "DUPONT"},
		{"a line end within", "1 rue\r\ndes Lilas", "1 rue des Lilas"},
		{"controls", "a&#1;b\x02c", "a b c"},
		{"a sign that is no entity's end", "a & b; c", "a & b; c"},
		{"a greater-than sign", "a > b", "a > b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rec := first(t, feedOf(`<attr name="sn"><value>`+c.written+`</value></attr><attr name="mail"><value>x</value></attr>`))
			if got := rec.One("sn"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got := rec.One("mail"); got != "x" {
				t.Errorf("the next value is %q", got)
			}
		})
	}
}

func TestReaderIsTolerant(t *testing.T) {
	whole := feedOf(`<attr name="sn"><value>NOÉ</value></attr>`)
	for name, in := range map[string]string{
		"as it is":             whole,
		"lines ended CRLF":     strings.ReplaceAll(whole, "\n", "\r\n"),
		"no declaration":       whole[strings.Index(whole, "<!DOCTYPE"):],
		"no document type":     whole[strings.Index(whole, "<ficAlimMENESR>"):],
		"marked as UTF-8":      "\xef\xbb\xbf" + whole,
		"quotes of one stroke": strings.ReplaceAll(whole, `"`, `'`),
		"an attribute twice":   strings.Replace(whole, `<attr name="sn">`, `<attr name="sn"><value>X</value></attr><attr name="sn">`, 1),
		"blanks in tags":       strings.NewReplacer("<value>", "<value\n>", "</value>", "</value >", `<attr name="`, "<attr\tname = \"").Replace(whole),
		"a sign in quotes":     strings.Replace(whole, `<ficAlimMENESR>`, `<ficAlimMENESR a="x > y">`, 1),
		"a comment at the end": whole + "<!-- fin -->\n",
		"one line":             strings.ReplaceAll(whole, "\n", ""),
	} {
		t.Run(name, func(t *testing.T) {
			for _, in := range []io.Reader{strings.NewReader(in), iotest.OneByteReader(strings.NewReader(in))} {
				r := NewReader(in)
				rec, err := r.Next()
				if err != nil {
					t.Fatal(err)
				}
				if got := rec.All("sn"); len(got) != 1 || got[0] != "NOÉ" {
					t.Errorf("the name is %q", got)
				}
				if _, err := r.Next(); err != io.EOF {
					t.Errorf("the end is %v", err)
				}
			}
		})
	}
}

func TestReaderTakesAMarkedFileForUTF8(t *testing.T) {
	rec := first(t, "\xef\xbb\xbf"+feedOf("<attr name=\"sn\"><value>Lo\xefs</value></attr>"))
	if got := rec.One("sn"); got != "Lo\ufffds" {
		t.Errorf("got %q", got)
	}
}

func TestReaderReadsDeltas(t *testing.T) {
	r := NewReader(strings.NewReader(`<ficAlimMENESR>
<modifyRequest>
<operationalAttributes><attr name="categoriePersonne"><value>Eleve</value></attr></operationalAttributes>
<identifier><id>7004512</id></identifier>
<modifications>
<modification name="ENTEleveClasses" operation="replace"><value>4312$6C</value></modification>
<modification name="ENTEleveGroupes" operation="replace"><value/></modification>
</modifications>
</modifyRequest>
<deleteRequest>
<operationalAttributes><attr name="categoriePersonne"><value>PersRelEleve</value></attr></operationalAttributes>
<identifier><id>7100990</id></identifier>
</deleteRequest>
</ficAlimMENESR>`))
	rec, err := r.Next()
	if err != nil {
		t.Fatal(err)
	}
	if rec.Operation != Modify || rec.One("ENTEleveClasses") != "4312$6C" || !rec.Has("ENTEleveGroupes") || rec.Has("sn") {
		t.Errorf("the modification names %v", rec.Names())
	}
	kept := rec.One("ENTEleveClasses")
	if rec, err = r.Next(); err != nil {
		t.Fatal(err)
	}
	if rec.Operation != Delete || rec.Category != Relatives || rec.ID != "7100990" || len(rec.Names()) != 0 {
		t.Errorf("the deletion is %s %s %s %v", rec.Operation, rec.Category, rec.ID, rec.Names())
	}
	if kept != "4312$6C" {
		t.Errorf("a value that was kept has become %q", kept)
	}
}

func TestReaderRefuses(t *testing.T) {
	whole := feedOf(`<attr name="sn"><value>NOÉ</value></attr>`)
	change := func(from, to string) string {
		if !strings.Contains(whole, from) {
			t.Fatalf("nothing to change: %s", from)
		}
		return strings.Replace(whole, from, to, 1)
	}
	long := strings.Repeat("x", maxValue+1)
	for _, c := range []struct {
		name, in, want string
		line           int
	}{
		{"nothing", "", "n’est pas un annuaire", 1},
		{"another document", "<html><body/></html>", "commence par « html »", 1},
		{"a text", "Bonjour", "hors de tout", 1},
		{"UTF-16, little end", "\xff\xfe<\x00f\x00", "UTF-16", 1},
		{"UTF-16 without a mark", "<\x00f\x00i\x00", "UTF-16", 1},
		{"UTF-16, big end", "\xfe\xff\x00<", "UTF-16", 1},
		{"an archive", "PK\x03\x04", "archive", 1},
		{"a packed file", "\x1f\x8b\x08\x00", "archive", 1},
		{"the end of the file cut", strings.TrimSuffix(whole, "</ficAlimMENESR>\n"), "sa fin manque", 13},
		{"cut in a record", whole[:strings.Index(whole, "</attributes>")], "au milieu d’un enregistrement", 11},
		{"cut in a tag", whole[:strings.Index(whole, "</attributes>")+5], "au milieu d’un élément", 11},
		{"cut in a value", whole[:strings.Index(whole, "NOÉ")+2], "au milieu d’un enregistrement", 10},
		{"a second root", whole + "<ficAlimMENESR/>", "suit la fin", 14},
		{"entities of its own", change(`"ficAlimMENESR.dtd"`, `"x" [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]`), "ses propres entités", 2},
		{"an entity of a file", change(`"ficAlimMENESR.dtd"`, `"x" [<!ENTITY f SYSTEM "file:///etc/passwd">]`), "ses propres entités", 2},
		{"a document type without end", change(`"ficAlimMENESR.dtd"`, `"`+strings.Repeat("x", maxSubset)), "trop longue", 2},
		{"no category", change("<value>Eleve</value>", "<value/>"), "catégorie", 12},
		{"no identifier", change("<id>7004512</id>", "<id/>"), "identifiant", 12},
		{"another element", change("<attributes>", "<attributes><script/>"), "« script » n’a pas sa place", 9},
		{"a value in the wrong place", change("<attributes>", "<attributes><value>x</value>"), "« value » n’a pas sa place", 9},
		{"modifications in an addition", strings.ReplaceAll(whole, "attributes>", "modifications>"), "n’a pas sa place", 9},
		{"crossed tags", change("</value></attr>", "</attr></value>"), "se ferme avant", 7},
		{"an end without beginning", change("</addRequest>", "</addRequest></addRequest>"), "sans avoir été ouverte", 12},
		{"another end", change("</addRequest>", "</modifyRequest>"), "sans avoir été ouverte", 12},
		{"an unknown request", strings.ReplaceAll(whole, "addRequest", "eraseRequest"), "« eraseRequest » n’est pas un enregistrement", 6},
		{"an empty record", "<ficAlimMENESR><addRequest/></ficAlimMENESR>", "vide", 1},
		{"an attribute without name", change(`<attr name="sn">`, `<attr>`), "pas de nom", 10},
		{"a text between attributes", change("<attributes>", "<attributes>oops"), "hors de toute valeur", 10},
		{"a value without bound", change("NOÉ", long), "trop longue", 10},
		{"a text without bound", change("NOÉ", strings.Repeat("x", maxToken+chunk)), "trop long", 10},
		{"a tag without bound", change("<attributes>", "<attributes "+strings.Repeat("x", maxToken+chunk)+">"), "trop long", 9},
		{"attributes without bound", change("<attributes>", "<attributes>"+strings.Repeat(`<attr name="a"><value/></attr>`, maxAttributes)), "trop d’attributs", 10},
		{"values without bound", change("<value>NOÉ</value>", strings.Repeat(`<value>x</value>`, maxValues+1)), "trop de valeurs", 10},
		{"an empty tag", change("<attributes>", "<attributes><>"), "mal formée", 9},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := drain(NewReader(strings.NewReader(c.in)))
			var bad *SyntaxError
			if !errors.As(err, &bad) {
				t.Fatalf("it was not refused: %v", err)
			}
			if !strings.Contains(bad.Words, c.want) || bad.Line != c.line {
				t.Errorf("got line %d: %s; want line %d: …%s…", bad.Line, bad.Words, c.line, c.want)
			}
		})
	}
	bad := "<ficAlimMENESR>" + `<modifyRequest><operationalAttributes><attr name="categoriePersonne"><value>Eleve</value></attr></operationalAttributes><identifier><id>1</id></identifier><modifications><modification name="sn" operation="append"><value>x</value></modification></modifications></modifyRequest></ficAlimMENESR>`
	if _, err := drain(NewReader(strings.NewReader(bad))); err == nil || !strings.Contains(err.Error(), "« append »") {
		t.Errorf("another operation gives %v", err)
	}
}

// drain reads to the end and counts.
func drain(r *Reader) (n int, err error) {
	for {
		if _, err := r.Next(); err == io.EOF {
			return n, nil
		} else if err != nil {
			return n, err
		}
		n++
	}
}

func TestReaderPassesOnAFailingDisk(t *testing.T) {
	broken := errors.New("disk")
	in := feedOf(`<attr name="sn"><value>NOÉ</value></attr>`)
	_, err := drain(NewReader(io.MultiReader(strings.NewReader(in[:300]), iotest.ErrReader(broken))))
	if !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
	if _, err := drain(NewReader(iotest.DataErrReader(strings.NewReader(in)))); err != nil {
		t.Errorf("the end beside the last bytes gives %v", err)
	}
}
