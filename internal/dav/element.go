package dav

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
)

// element is a node of a request's body, small enough to be held whole.
type element struct {
	name     xml.Name
	attrs    []xml.Attr
	children []*element
	text     string // directly in it, when it has no children
	content  string // as it is written again, without its own tags
}

const (
	longestBody  = 256 << 10
	deepest      = 40
	mostElements = 4000
)

var errBody = refuse(http.StatusBadRequest, "La demande n’a pas été comprise.")

// readElement reads a body: nil when there is none. It knows no document types, and so no entities of anybody's own.
func readElement(r io.Reader) (*element, error) {
	body, err := io.ReadAll(io.LimitReader(r, longestBody+1))
	switch {
	case err != nil:
		return nil, errBody
	case len(body) > longestBody:
		return nil, refuse(http.StatusRequestEntityTooLarge, "")
	case len(bytes.TrimSpace(body)) == 0:
		return nil, nil
	}
	p := parser{dec: xml.NewDecoder(bytes.NewReader(body))}
	p.dec.CharsetReader = func(string, io.Reader) (io.Reader, error) { return nil, errBody }
	var top *element
	for {
		t, err := p.dec.Token()
		if errors.Is(err, io.EOF) && top != nil {
			return top, nil
		}
		if err != nil {
			return nil, errBody
		}
		switch t := t.(type) {
		case xml.StartElement:
			if top != nil {
				return nil, errBody
			}
			if top, err = p.read(t, 0); err != nil {
				return nil, err
			}
		case xml.Directive:
			return nil, errBody
		case xml.CharData:
			if len(bytes.TrimSpace(t)) > 0 {
				return nil, errBody
			}
		}
	}
}

type parser struct {
	dec *xml.Decoder
	n   int
}

func (p *parser) read(start xml.StartElement, depth int) (*element, error) {
	if p.n++; depth > deepest || p.n > mostElements {
		return nil, errBody
	}
	e := &element{name: start.Name}
	for _, a := range start.Attr {
		if a.Name.Space == "xmlns" && a.Value == "" {
			return nil, errBody // a prefix cannot stand for nothing
		}
		if a.Name.Space != "xmlns" && a.Name != (xml.Name{Local: "xmlns"}) {
			e.attrs = append(e.attrs, a)
		}
	}
	var content, text strings.Builder
	for {
		t, err := p.dec.Token()
		if err != nil {
			return nil, errBody
		}
		switch t := t.(type) {
		case xml.StartElement:
			child, err := p.read(t, depth+1)
			if err != nil {
				return nil, err
			}
			e.children = append(e.children, child)
			content.WriteString(child.String())
		case xml.CharData:
			text.Write(t)
			content.WriteString(escape(string(t)))
		case xml.Directive:
			return nil, errBody
		case xml.EndElement:
			e.text, e.content = text.String(), content.String()
			return e, nil
		}
	}
}

func escape(s string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(s)) // a Builder never fails
	return out.String()
}

const xmlSpace = "http://www.w3.org/XML/1998/namespace"

// String writes the element so that it can stand anywhere: each tag says its own namespace, and no prefix is left.
func (e *element) String() string {
	var out strings.Builder
	out.WriteString("<" + e.name.Local + ` xmlns="` + escape(e.name.Space) + `"`)
	for i, a := range e.attrs {
		switch a.Name.Space {
		case "":
			out.WriteString(" " + a.Name.Local)
		case xmlSpace, "xml":
			out.WriteString(" xml:" + a.Name.Local)
		default:
			prefix := "a" + strconv.Itoa(i)
			out.WriteString(" xmlns:" + prefix + `="` + escape(a.Name.Space) + `" ` + prefix + ":" + a.Name.Local)
		}
		out.WriteString(`="` + escape(a.Value) + `"`)
	}
	if e.content == "" {
		out.WriteString("/>")
		return out.String()
	}
	out.WriteString(">" + e.content + "</" + e.name.Local + ">")
	return out.String()
}

// is reports whether e is the element of the protocol of that name.
func (e *element) is(local string) bool { return e.name == xml.Name{Space: "DAV:", Local: local} }

// child is the first child of the protocol of that name, or nil.
func (e *element) child(local string) *element {
	for _, c := range e.children {
		if c.is(local) {
			return c
		}
	}
	return nil
}
