package sheet

import (
	"bytes"
	"encoding/hex"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
	"strings"

	"codeberg.org/go-pdf/fpdf"
)

// box is the square in which a drawing is put, in millimetres.
type box struct{ x, y, side float64 }

// errBeyond says that a drawing uses more than plain shapes: gradients, text, copies, masks. It is then left out.
var errBeyond = errors.New("this drawing uses more than plain shapes")

// painted is a path with its colours, ready to be drawn.
type painted struct {
	path         path
	fill, stroke string // "#rrggbb" or "none"
	evenOdd      bool
	width        float64
	round        bool
}

// drawSVG draws plain shapes as vectors. A drawing beyond them leaves its place empty: the name beside it says who writes.
func drawSVG(pdf *fpdf.Fpdf, source []byte, b box) error {
	shapes, err := readSVG(source, b)
	if errors.Is(err, errBeyond) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read a drawing: %w", err)
	}
	for _, s := range shapes {
		s.draw(pdf)
	}
	return pdf.Error()
}

func (s painted) draw(pdf *fpdf.Fpdf) {
	style := ""
	if c, ok := colour(s.fill); ok {
		fill(pdf, c)
		style = "F"
	}
	if c, ok := colour(s.stroke); ok {
		stroke(pdf, c)
		pdf.SetLineWidth(s.width)
		if s.round {
			pdf.SetLineCapStyle("round")
		}
		style = "D" + style
	}
	if style == "" || len(s.path) == 0 {
		return
	}
	for _, op := range s.path {
		switch p := op.points; op.kind {
		case 'M':
			pdf.MoveTo(p[0].x, p[0].y)
		case 'L':
			pdf.LineTo(p[0].x, p[0].y)
		case 'C':
			pdf.CurveBezierCubicTo(p[0].x, p[0].y, p[1].x, p[1].y, p[2].x, p[2].y)
		case 'Z':
			pdf.ClosePath()
		}
	}
	if s.evenOdd {
		style += "*"
	}
	pdf.DrawPath(style)
	pdf.SetLineCapStyle("butt")
}

// level is what an element hands down to those inside it.
type level struct {
	m     matrix
	paint map[string]string
}

func readSVG(source []byte, b box) ([]painted, error) {
	decoder := xml.NewDecoder(bytes.NewReader(source))
	levels := []level{{m: matrix{1, 0, 0, 1, 0, 0}, paint: map[string]string{"fill": "#000000", "stroke": "none", "stroke-width": "1"}}}
	var shapes []painted
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return shapes, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := token.(type) {
		case xml.StartElement:
			l, s, err := element(t, levels[len(levels)-1], b)
			if err != nil {
				return nil, err
			}
			levels = append(levels, l)
			if s != nil {
				shapes = append(shapes, *s)
			}
		case xml.EndElement:
			levels = levels[:len(levels)-1]
		}
	}
}

func element(e xml.StartElement, above level, b box) (level, *painted, error) {
	attrs := map[string]string{}
	for _, a := range e.Attr {
		attrs[a.Name.Local] = strings.TrimSpace(a.Value)
	}
	l, err := above.under(attrs)
	if err != nil {
		return l, nil, err
	}
	var p path
	switch e.Name.Local {
	case "svg":
		l.m, err = fit(attrs["viewBox"], b)
		return l, nil, err
	case "g", "title", "desc", "defs":
		return l, nil, nil
	case "path":
		p, err = parsePath(attrs["d"])
	case "polygon", "polyline":
		p, err = parsePath("M" + attrs["points"])
		if e.Name.Local == "polygon" {
			p = append(p, step{kind: 'Z'})
		}
	case "line":
		p, err = parsePath(fmt.Sprintf("M%s %sL%s %s", zero(attrs["x1"]), zero(attrs["y1"]), zero(attrs["x2"]), zero(attrs["y2"])))
	case "rect", "circle", "ellipse":
		p, err = round(e.Name.Local, attrs)
	default:
		return l, nil, errBeyond
	}
	if err != nil {
		return l, nil, err
	}
	width, _ := strconv.ParseFloat(l.paint["stroke-width"], 64)
	return l, &painted{path: p.transform(l.m), fill: l.paint["fill"], stroke: l.paint["stroke"], evenOdd: l.paint["fill-rule"] == "evenodd",
		width: width * math.Sqrt(math.Abs(l.m[0]*l.m[3]-l.m[1]*l.m[2])), round: l.paint["stroke-linecap"] == "round"}, nil
}

// under adds what an element says to what stands above it.
func (l level) under(attrs map[string]string) (level, error) {
	paint := map[string]string{}
	for k, v := range l.paint {
		paint[k] = v
	}
	for _, k := range []string{"fill", "stroke", "stroke-width", "fill-rule", "stroke-linecap"} {
		if v := attrs[k]; v != "" {
			paint[k] = v
		}
	}
	for _, k := range []string{"fill", "stroke"} {
		if _, ok := colour(paint[k]); !ok && paint[k] != "none" {
			return l, errBeyond
		}
	}
	for _, k := range []string{"opacity", "fill-opacity", "stroke-opacity", "clip-path", "mask", "display", "visibility", "stroke-dasharray"} {
		if v := attrs[k]; v != "" && v != "1" && v != "none" && v != "inline" && v != "visible" {
			return l, errBeyond
		}
	}
	m, err := parseTransform(attrs["transform"])
	return level{m: l.m.times(m), paint: paint}, err
}

func colour(text string) (Colour, bool) {
	names := map[string]string{"white": "#ffffff", "black": "#000000"}
	if known, ok := names[text]; ok {
		text = known
	}
	digits, found := strings.CutPrefix(text, "#")
	if found && len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	raw, err := hex.DecodeString(digits)
	if !found || err != nil || len(raw) != 3 {
		return Colour{}, false
	}
	return Colour{int(raw[0]), int(raw[1]), int(raw[2])}, true
}

// fit puts the view box into the square, whole and in the middle.
func fit(viewBox string, b box) (matrix, error) {
	n, err := numbers(viewBox)
	if err != nil || len(n) != 4 || n[2] <= 0 || n[3] <= 0 {
		return matrix{}, errBeyond
	}
	scale := b.side / math.Max(n[2], n[3])
	return matrix{scale, 0, 0, scale, b.x + (b.side-n[2]*scale)/2 - n[0]*scale, b.y + (b.side-n[3]*scale)/2 - n[1]*scale}, nil
}

func round(name string, attrs map[string]string) (path, error) {
	var v [6]float64
	for i, key := range []string{"x", "y", "width", "height", "rx", "ry"} {
		n, err := strconv.ParseFloat(zero(attrs[key]), 64)
		if err != nil {
			return nil, errBeyond
		}
		v[i] = n
	}
	if name != "rect" {
		return ellipse(name, attrs)
	}
	rx, ry := v[4], v[5]
	if attrs["ry"] == "" {
		ry = rx
	}
	if attrs["rx"] == "" {
		rx = ry
	}
	rx, ry = math.Min(rx, v[2]/2), math.Min(ry, v[3]/2)
	if rx == 0 || ry == 0 {
		return parsePath(fmt.Sprintf("M%g %gh%gv%gh%gz", v[0], v[1], v[2], v[3], -v[2]))
	}
	arc := func(dx, dy float64) string { return fmt.Sprintf("a%g %g 0 0 1 %g %g", rx, ry, dx, dy) }
	return parsePath(fmt.Sprintf("M%g %gh%g%sv%g%sh%g%sv%g%sz", v[0]+rx, v[1], v[2]-2*rx, arc(rx, ry), v[3]-2*ry, arc(-rx, ry),
		-(v[2] - 2*rx), arc(-rx, -ry), -(v[3] - 2*ry), arc(rx, -ry)))
}

func ellipse(name string, attrs map[string]string) (path, error) {
	if name == "circle" {
		attrs["rx"], attrs["ry"] = attrs["r"], attrs["r"]
	}
	n, err := numbers(strings.Join([]string{zero(attrs["cx"]), zero(attrs["cy"]), zero(attrs["rx"]), zero(attrs["ry"])}, " "))
	if err != nil || len(n) != 4 {
		return nil, errBeyond
	}
	return parsePath(fmt.Sprintf("M%g %ga%g %g 0 0 1 %g 0a%g %g 0 0 1 %g 0z", n[0]-n[2], n[1], n[2], n[3], 2*n[2], n[2], n[3], -2*n[2]))
}

func zero(text string) string {
	if text == "" {
		return "0"
	}
	return text
}

var number = regexp.MustCompile(`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`)

func numbers(text string) ([]float64, error) {
	var out []float64
	for _, s := range number.FindAllString(text, -1) {
		n, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return nil, err
		}
		out = append(out, n)
	}
	return out, nil
}
