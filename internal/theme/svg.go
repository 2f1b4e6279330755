package theme

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

const (
	svgMostBytes    = 256 << 10
	svgMostDepth    = 24
	svgMostElements = 5000
	svgMostUses     = 40
	svgNamespace    = "http://www.w3.org/2000/svg"
)

// SanitizeSVG rewrites a drawing with what a picture needs and nothing else: known elements, known attributes, references
// inside the file only. Scripts, handlers, embedded pages, animations, links, pictures and style sheets do not survive; what
// would change the drawing silently, or could tire a browser, is refused. The errors are in French, for who uploads.
func SanitizeSVG(source []byte) ([]byte, error) {
	if len(source) > svgMostBytes {
		return nil, errors.New("ce dessin dépasse 256 Kio : simplifiez-le, ou envoyez une image PNG")
	}
	s := svgWriter{decoder: xml.NewDecoder(bytes.NewReader(source))}
	s.decoder.Entity = map[string]string{}
	s.decoder.CharsetReader = func(string, io.Reader) (io.Reader, error) {
		return nil, errors.New("enregistrez le dessin en UTF-8")
	}
	for {
		token, err := s.decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("ce fichier n’est pas un dessin SVG lisible : %w", err)
		}
		if err := s.take(token); err != nil {
			return nil, err
		}
	}
	if s.elements == 0 {
		return nil, errors.New("ce fichier ne contient pas de dessin SVG")
	}
	return s.out.Bytes(), nil
}

type svgWriter struct {
	decoder  *xml.Decoder
	out      bytes.Buffer
	open     []svgOpen
	elements int
	uses     int
}

type svgOpen struct {
	name  string
	named bool // has an id, so it may be the target of a use
}

func (s *svgWriter) take(token xml.Token) error {
	switch t := token.(type) {
	case xml.Directive:
		return errors.New("ce dessin contient une déclaration DOCTYPE : enregistrez-le en « SVG simple »")
	case xml.StartElement:
		return s.start(t)
	case xml.EndElement:
		s.end()
	case xml.CharData:
		s.text(t)
	}
	return nil
}

func (s *svgWriter) start(e xml.StartElement) error {
	name := e.Name.Local
	if len(s.open) == 0 && (name != "svg" || e.Name.Space != svgNamespace || s.elements > 0) {
		return errors.New("ce fichier n’est pas un dessin SVG : il doit commencer par <svg xmlns=\"http://www.w3.org/2000/svg\">")
	}
	if name == "style" && strings.Contains(e.Name.Space, "svg") {
		return errors.New("ce dessin contient une feuille de style : exportez-le avec des « attributs de présentation »")
	}
	if e.Name.Space != svgNamespace || !slices.Contains(svgElements(), name) || (name == "svg" && len(s.open) > 0) {
		return s.decoder.Skip()
	}
	s.elements++
	if s.elements > svgMostElements || len(s.open) >= svgMostDepth {
		return errors.New("ce dessin est trop compliqué : simplifiez-le, ou envoyez une image PNG")
	}
	attrs := s.attributes(e.Attr)
	if name == "use" {
		if err := s.checkUse(attrs); err != nil {
			return err
		}
	}
	s.out.WriteString("<" + name)
	if len(s.open) == 0 {
		s.out.WriteString(` xmlns="` + svgNamespace + `"`)
	}
	for _, a := range attrs {
		s.out.WriteString(" " + a[0] + `="`)
		_ = xml.EscapeText(&s.out, []byte(a[1]))
		s.out.WriteByte('"')
	}
	s.out.WriteByte('>')
	s.open = append(s.open, svgOpen{name, hasID(attrs)})
	return nil
}

// checkUse keeps copies from multiplying: what can be copied holds no copy itself.
func (s *svgWriter) checkUse(attrs [][2]string) error {
	s.uses++
	nested := hasID(attrs) || slices.ContainsFunc(s.open, func(o svgOpen) bool { return o.named })
	if nested || s.uses > svgMostUses {
		return errors.New("ce dessin emboîte trop de copies (« use ») : décomposez-les avant l’export")
	}
	return nil
}

func (s *svgWriter) end() {
	last := len(s.open) - 1
	s.out.WriteString("</" + s.open[last].name + ">")
	s.open = s.open[:last]
}

func (s *svgWriter) text(t xml.CharData) {
	if len(s.open) == 0 {
		return
	}
	switch s.open[len(s.open)-1].name {
	case "text", "tspan", "title", "desc":
		_ = xml.EscapeText(&s.out, t)
	}
}

// attributes keeps what is known, each once; a style attribute is spread into the presentation attributes it stands for.
func (s *svgWriter) attributes(all []xml.Attr) [][2]string {
	var kept [][2]string
	keep := func(name, value string) {
		known := slices.ContainsFunc(kept, func(a [2]string) bool { return a[0] == name })
		if !known && safeAttribute(name, value) && (name != "id" || len(s.open) > 0) {
			kept = append(kept, [2]string{name, value})
		}
	}
	for _, a := range all {
		if a.Name.Space == "" && a.Name.Local == "style" {
			for declaration := range strings.SplitSeq(a.Value, ";") {
				name, value, _ := strings.Cut(declaration, ":")
				if name = strings.ToLower(strings.TrimSpace(name)); presentation(name) {
					keep(name, strings.TrimSpace(value))
				}
			}
		}
	}
	for _, a := range all {
		if a.Name.Space == "" || (a.Name.Local == "href" && a.Name.Space == "http://www.w3.org/1999/xlink") {
			keep(a.Name.Local, strings.TrimSpace(a.Value))
		}
	}
	return kept
}

func hasID(attrs [][2]string) bool {
	return slices.ContainsFunc(attrs, func(a [2]string) bool { return a[0] == "id" })
}

func safeAttribute(name, value string) bool {
	if len(value) > 100<<10 {
		return false
	}
	if name == "href" {
		return localReference(value)
	}
	if name == "id" {
		return plainName(value)
	}
	if !presentation(name) && !slices.Contains(svgGeometry(), name) {
		return false
	}
	if strings.ContainsAny(value, "\\<>&{}@") {
		return false
	}
	lower := strings.ToLower(value)
	if !strings.Contains(lower, "url") {
		return !strings.Contains(lower, "script:") && !strings.Contains(lower, "data:") && !strings.Contains(lower, "//")
	}
	inside, ok := strings.CutPrefix(lower, "url(")
	target, _, closed := strings.Cut(inside, ")")
	return ok && closed && strings.Count(lower, "url") == 1 && localReference(strings.Trim(target, `"' `))
}

func localReference(value string) bool {
	name, found := strings.CutPrefix(value, "#")
	return found && plainName(name)
}

func plainName(name string) bool {
	return regexp.MustCompile(`^[\p{L}_][\p{L}\p{N}_.-]{0,120}$`).MatchString(name)
}

func svgElements() []string {
	return []string{"svg", "g", "defs", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "text", "tspan",
		"linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "symbol", "use"}
}

func presentation(name string) bool {
	return slices.Contains([]string{"fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap",
		"stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "opacity", "color", "display", "visibility",
		"stop-color", "stop-opacity", "clip-path", "clip-rule", "mask", "paint-order", "vector-effect", "font-family", "font-size",
		"font-weight", "font-style", "text-anchor", "letter-spacing", "dominant-baseline"}, name)
}

func svgGeometry() []string {
	return []string{"viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "fx", "fy", "fr", "d", "dx", "dy",
		"points", "pathLength", "transform", "offset", "gradientUnits", "gradientTransform", "spreadMethod", "clipPathUnits", "maskUnits",
		"maskContentUnits", "patternUnits", "patternContentUnits", "patternTransform", "preserveAspectRatio", "role", "aria-hidden", "aria-label"}
}
