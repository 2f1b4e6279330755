package demo

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// chunkSize is after how many bytes a category goes on in another file.
const chunkSize = 48 << 20

// feedFiles writes the files of a feed. The first failure is kept, and told at the end.
type feedFiles struct {
	options SampleOptions
	current map[string]*feedFile // by category, as files name it
	record  []byte
	only    []string // attributes that a modification names; nil: a record in full
	element string
	files   int
	bytes   int64
	err     error
}

// manner is how a file is written: real ones are not what they announce.
type manner struct {
	label  string // announced
	latin  bool   // is ISO-8859-15
	mark   bool   // begins with the mark of UTF-8
	breaks bool   // lines end as Windows ends them
}

// mannerOf gives some files a manner of their own.
func mannerOf(category string, chunk int) manner {
	switch {
	case category == "MatiereEducNat", category == "PersRelEleve" && chunk%2 == 0:
		return manner{label: "ISO-8859-15", latin: true}
	case category == "PersEducNat":
		return manner{label: "ISO-8859-15"} // and is UTF-8
	case category == "EtabEducNat":
		return manner{label: "UTF-8", mark: true}
	case category == "MefEducNat":
		return manner{label: "UTF-8", breaks: true}
	}
	return manner{label: "UTF-8"}
}

type feedFile struct {
	file   *os.File
	out    *bufio.Writer
	manner manner
	chunk  int
	size   int
}

func newFeedFiles(o SampleOptions) (*feedFiles, error) {
	if err := os.MkdirAll(o.Dir, 0o755); err != nil {
		return nil, err
	}
	f := &feedFiles{options: o, current: map[string]*feedFile{}}
	return f, os.WriteFile(filepath.Join(o.Dir, "ficAlimMENESR.dtd"), []byte(definition), 0o644)
}

const definition = `<!ELEMENT ficAlimMENESR ((addRequest | modifyRequest | deleteRequest)*)>
<!ELEMENT addRequest (operationalAttributes, identifier, attributes)>
<!ELEMENT modifyRequest (operationalAttributes, identifier, modifications)>
<!ELEMENT deleteRequest (operationalAttributes, identifier)>
<!ELEMENT operationalAttributes (attr)>
<!ELEMENT identifier (id)>
<!ELEMENT attributes (attr+)>
<!ELEMENT modifications (modification+)>
<!ELEMENT attr (value+)>
<!ELEMENT modification (value+)>
<!ELEMENT value (#PCDATA)>
<!ELEMENT id (#PCDATA)>
<!ATTLIST attr name CDATA #REQUIRED>
<!ATTLIST modification name CDATA #REQUIRED operation (replace) #REQUIRED>
`

func (f *feedFiles) open(category string) *feedFile {
	now := f.current[category]
	if now != nil && now.size < chunkSize {
		return now
	}
	next := &feedFile{}
	if now != nil {
		f.fail(now.close())
		next.chunk = now.chunk + 1
	}
	kind := "Complet"
	if f.options.Delta {
		kind = "Delta"
	}
	name := fmt.Sprintf("ENT2DVA-ELYCO_%s_%s_%s_%04d.xml", kind, f.options.Day.Format("20060102"), category, next.chunk)
	file, err := os.Create(filepath.Join(f.options.Dir, name))
	f.fail(err)
	next.file, next.out, next.manner = file, bufio.NewWriterSize(file, 1<<20), mannerOf(category, next.chunk)
	f.current[category] = next
	f.files++
	if next.manner.mark {
		f.put(next, []byte("\ufeff"))
	}
	f.put(next, fmt.Appendf(nil, `<?xml version="1.0" encoding="%s"?>
<!DOCTYPE ficAlimMENESR SYSTEM "ficAlimMENESR.dtd">
<ficAlimMENESR>
<!-- versionAF="AAF-VE2407" -->
<!-- versionSDET="Annexe 4bis version 6.4" -->
<!-- codeAcademieExport="17" -->
<!-- degre="2D" -->
<!-- dateGenerationExport="%s" -->
`, next.manner.label, f.options.Day.Format(frenchDay)))
	return next
}

const frenchDay = "02/01/2006"

func (f *feedFile) close() error {
	_, err := f.out.WriteString("</ficAlimMENESR>\n")
	return errors.Join(err, f.out.Flush(), f.file.Close())
}

func (f *feedFiles) close() error {
	for _, file := range f.current {
		f.fail(file.close())
	}
	return f.err
}

func (f *feedFiles) fail(err error) {
	if f.err == nil {
		f.err = err
	}
}

func (f *feedFiles) put(file *feedFile, b []byte) {
	if f.err != nil {
		return
	}
	if file.manner.latin {
		b = latin(b)
	}
	if file.manner.breaks {
		b = bytes.ReplaceAll(b, []byte("\n"), []byte("\r\n"))
	}
	n, err := file.out.Write(b)
	file.size += n
	f.bytes += int64(n)
	f.fail(err)
}

// latin writes in ISO-8859-15; what that has no sign for becomes a number.
func latin(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		r, n := utf8.DecodeRune(b)
		b = b[n:]
		if c, ok := charmap.ISO8859_15.EncodeRune(r); ok {
			out = append(out, c)
			continue
		}
		out = fmt.Appendf(out, "&#%d;", r)
	}
	return out
}

// kindOf is what a record calls its category, and in which attribute.
var kindOf = map[string][2]string{"EtabEducNat": {"categorieStructure", "EtabEducNat"}, "MatiereEducNat": {"categorieMatiere", "MatEducNat"},
	"MefEducNat": {"categorieMef", "MefEducNat"}, "Eleve": {"categoriePersonne", "Eleve"}, "PersRelEleve": {"categoriePersonne", "PersRelEleve"},
	"PersEducNat": {"categoriePersonne", "PersEducNat"}}

// write writes one record. only names what a modification replaces; nil makes an addition.
func (f *feedFiles) write(category, id string, only []string, attributes func()) {
	request, group := "addRequest", "attributes"
	f.only, f.element = only, "attr"
	if only != nil {
		request, group, f.element = "modifyRequest", "modifications", "modification"
	}
	f.begin(request, category, id)
	f.record = append(f.record, "<"+group+">\n"...)
	attributes()
	f.record = append(f.record, "</"+group+">\n</"+request+">\n"...)
	f.put(f.open(category), f.record)
}

// drop writes that the record is no longer sent.
func (f *feedFiles) drop(category, id string) {
	f.begin("deleteRequest", category, id)
	f.record = append(f.record, "</deleteRequest>\n"...)
	f.put(f.open(category), f.record)
}

func (f *feedFiles) begin(request, category, id string) {
	kind := kindOf[category]
	f.record = append(f.record[:0], "<"+request+">\n<operationalAttributes><attr name=\""+kind[0]+"\"><value>"+kind[1]+
		"</value></attr></operationalAttributes> \n<identifier><id>"+id+"</id></identifier>\n"...)
}

// attr writes an attribute of the record; without a value it is there and empty.
func (f *feedFiles) attr(name string, values ...string) {
	if f.only != nil && !slices.Contains(f.only, name) {
		return
	}
	f.record = append(f.record, "<"+f.element+" name=\""+name+"\""...)
	if f.only != nil {
		f.record = append(f.record, " operation=\"replace\""...)
	}
	f.record = append(f.record, '>')
	if len(values) == 0 {
		f.record = append(f.record, "<value/>"...)
	}
	for _, v := range values {
		if v == "" {
			f.record = append(f.record, "<value/>"...)
			continue
		}
		f.record = append(f.record, "<value>"...)
		f.record = append(f.record, escaper.Replace(v)...)
		f.record = append(f.record, "</value>"...)
	}
	f.record = append(f.record, "</"+f.element+">\n"...)
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "'", "&apos;")

func keyText(key int) string { return strconv.Itoa(key) }
