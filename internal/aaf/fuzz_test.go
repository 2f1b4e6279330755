package aaf

import (
	"bytes"
	"encoding/xml"
	"html"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// plainRecord is a record as the oracle sees it.
type plainRecord struct {
	Operation, Category, ID string
	Attributes              []plainAttribute
}

type plainAttribute struct {
	Name   string
	Values []string
}

// The shape of a feed for encoding/xml.
type (
	oracleFile struct {
		XMLName xml.Name       `xml:"ficAlimMENESR"`
		Records []oracleRecord `xml:",any"`
	}
	oracleRecord struct {
		XMLName       xml.Name
		Operational   []oracleAttr `xml:"operationalAttributes>attr"`
		IDs           []string     `xml:"identifier>id"`
		Attributes    []oracleAttr `xml:"attributes>attr"`
		Modifications []oracleAttr `xml:"modifications>modification"`
	}
	oracleAttr struct {
		Name   string   `xml:"name,attr"`
		Values []string `xml:"value"`
	}
)

var twice = regexp.MustCompile(`&[a-zA-Z#0-9]+;`)

// oracleText does to a value what is done to it after the first reading of entities.
func oracleText(v string) string {
	v = twice.ReplaceAllStringFunc(v, func(e string) string {
		read := html.UnescapeString(e)
		if len(read) > len(e) || e[1] != '#' && strings.HasSuffix(read, ";") {
			return e
		}
		return read
	})
	v = strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f {
			return ' '
		}
		return c
	}, v)
	return strings.TrimSpace(v)
}

func oracle(in []byte) (records []plainRecord, ok bool) {
	d := xml.NewDecoder(bytes.NewReader(in))
	d.Entity = xml.HTMLEntity
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	var f oracleFile
	if err := d.Decode(&f); err != nil {
		return nil, false
	}
	for _, o := range f.Records {
		r := plainRecord{Operation: o.XMLName.Local}
		for _, a := range o.Operational {
			for _, v := range a.Values {
				r.Category = oracleText(v)
			}
		}
		for _, id := range o.IDs {
			r.ID = oracleText(id)
		}
		for _, a := range append(o.Attributes, o.Modifications...) {
			p := plainAttribute{Name: a.Name}
			for _, v := range a.Values {
				if v = oracleText(v); v != "" {
					p.Values = append(p.Values, v)
				}
			}
			r.Attributes = append(r.Attributes, p)
		}
		records = append(records, r)
	}
	return records, true
}

func readPlain(in []byte) (records []plainRecord, err error) {
	r := NewReader(bytes.NewReader(in))
	for {
		rec, err := r.Next()
		if err == io.EOF {
			return records, nil
		}
		if err != nil {
			return nil, err
		}
		p := plainRecord{Operation: string(rec.Operation), Category: string(rec.Category), ID: rec.ID}
		for _, a := range rec.attributes {
			p.Attributes = append(p.Attributes, plainAttribute{a.name, append([]string(nil), rec.values[a.first:a.last]...)})
		}
		records = append(records, p)
	}
}

// peculiar is what the two readers see differently for reasons that are ours: names with entities or prefixes, numbers that
// HTML takes for Windows', and alphabets, which the oracle does not guess.
var peculiar = regexp.MustCompile(`(?s)name\s*=\s*["'][^"']*&|&#[xX]?0*(1[2-5]\d|[89][0-9a-fA-F]);|:`)

// FuzzReader reads anything: nothing may fall over, and what encoding/xml reads as well must come out the same.
func FuzzReader(f *testing.F) {
	f.Add([]byte(feedOf(`<attr name="sn"><value>D&amp;apos;ESSAI &eacute;</value><value/><value><![CDATA[a&b]]></value></attr>`)))
	f.Add([]byte(strings.ReplaceAll(feedOf(`<attr name="sn"><value>a<!-- b -->c<?d e?>f</value></attr>`), "\n", "\r\n")))
	f.Add([]byte("<ficAlimMENESR><deleteRequest><operationalAttributes><attr name='categoriePersonne'><value>Eleve</value></attr>" +
		"</operationalAttributes><identifier><id>1</id></identifier></deleteRequest></ficAlimMENESR>"))
	f.Add([]byte("<ficAlimMENESR><modifyRequest><operationalAttributes><attr name='a'><value>Eleve</value></attr></operationalAttributes>" +
		"<identifier><id>1</id></identifier><modifications><modification name='sn' operation='replace'><value>\xe9\xa4</value></modification>" +
		"</modifications></modifyRequest></ficAlimMENESR>"))
	f.Fuzz(func(t *testing.T, in []byte) {
		got, err := readPlain(in)
		if err != nil {
			return
		}
		for _, r := range got {
			for _, a := range r.Attributes {
				for _, v := range a.Values {
					if !utf8.ValidString(v) || len(v) > 4*maxValue {
						t.Fatalf("a value is %q", v)
					}
				}
			}
		}
		want, ok := oracle(in)
		if !ok || !utf8.Valid(in) || peculiar.Match(in) {
			return
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("another reading of %q (-encoding/xml +ours):\n%s", in, diff)
		}
	})
}

// FuzzViews makes views of anything that a value may hold.
func FuzzViews(f *testing.F) {
	f.Add("4312$6A", "7100031$10$1$1$1$0")
	f.Add("$$$", "$")
	f.Add("31/12/2015", "INTERNE 5 JOURS")
	f.Add("é$\u2028", " ")
	f.Fuzz(func(t *testing.T, a, b string) {
		for _, c := range Categories() {
			r := &Record{Operation: Add, Category: c, ID: "1"}
			for name := range newBook().known[c] {
				r.attributes = append(r.attributes, attribute{name, 1, len(r.values), len(r.values) + 2})
				r.values = append(r.values, a, b)
			}
			tell := func(n Notice) {
				if n.Words == "" || n.Attribute == "" {
					t.Fatalf("an empty notice: %+v", n)
				}
			}
			r.Structure(tell)
			r.Pupil(tell)
			r.Relative(tell)
			r.Staff(tell)
			r.Subject()
			r.Programme()
		}
	})
}
