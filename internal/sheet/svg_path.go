package sheet

import (
	"math"
	"regexp"
	"strings"
)

type point struct{ x, y float64 }

// step is a move, a line, a cubic curve or the closing of a path.
type step struct {
	kind   byte
	points []point
}

type path []step

// matrix maps (x, y) to (a·x + c·y + e, b·x + d·y + f).
type matrix [6]float64

func (m matrix) times(n matrix) matrix {
	return matrix{m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1], m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5]}
}

func (m matrix) apply(p point) point {
	return point{m[0]*p.x + m[2]*p.y + m[4], m[1]*p.x + m[3]*p.y + m[5]}
}

func (p path) transform(m matrix) path {
	out := make(path, len(p))
	for i, s := range p {
		out[i].kind = s.kind
		for _, q := range s.points {
			out[i].points = append(out[i].points, m.apply(q))
		}
	}
	return out
}

var transformShape = regexp.MustCompile(`([a-zA-Z]+)\s*\(([^)]*)\)`)

func parseTransform(text string) (matrix, error) {
	m := matrix{1, 0, 0, 1, 0, 0}
	for _, part := range transformShape.FindAllStringSubmatch(text, -1) {
		n, err := numbers(part[2])
		if err != nil {
			return m, err
		}
		one, ok := transformation(part[1], n)
		if !ok {
			return m, errBeyond
		}
		m = m.times(one)
	}
	return m, nil
}

func transformation(name string, n []float64) (matrix, bool) {
	switch {
	case name == "translate" && len(n) == 1:
		return matrix{1, 0, 0, 1, n[0], 0}, true
	case name == "translate" && len(n) == 2:
		return matrix{1, 0, 0, 1, n[0], n[1]}, true
	case name == "scale" && len(n) == 1:
		return matrix{n[0], 0, 0, n[0], 0, 0}, true
	case name == "scale" && len(n) == 2:
		return matrix{n[0], 0, 0, n[1], 0, 0}, true
	case name == "matrix" && len(n) == 6:
		return matrix(n), true
	case name == "rotate" && (len(n) == 1 || len(n) == 3):
		sin, cos := math.Sincos(n[0] * math.Pi / 180)
		turn := matrix{cos, sin, -sin, cos, 0, 0}
		if len(n) == 1 {
			return turn, true
		}
		return matrix{1, 0, 0, 1, n[1], n[2]}.times(turn).times(matrix{1, 0, 0, 1, -n[1], -n[2]}), true
	}
	return matrix{}, false
}

// pen follows path data: where it is, where the figure began, and the last control point, which smooth curves mirror.
type pen struct {
	out               path
	at, start, mirror point
	smooth            byte // 'C' or 'Q' when mirror counts
}

var pathToken = regexp.MustCompile(`[MmLlHhVvCcSsQqTtAaZz]|` + number.String())

// arity is how many numbers a command takes.
func arity(command byte) int {
	return map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'S': 4, 'Q': 4, 'T': 2, 'A': 7, 'Z': 0}[command]
}

func parsePath(d string) (path, error) {
	p := &pen{}
	tokens := pathToken.FindAllString(spreadFlags(d), -1)
	for i := 0; i < len(tokens); {
		command := tokens[i][0]
		if !strings.ContainsRune("MmLlHhVvCcSsQqTtAaZz", rune(command)) {
			return nil, errBeyond
		}
		i++
		for first := true; ; first = false {
			n := arity(upper(command))
			if i+n > len(tokens) {
				return nil, errBeyond
			}
			args, err := numbers(strings.Join(tokens[i:i+n], " "))
			if err != nil || len(args) != n {
				return nil, errBeyond
			}
			i += n
			if upper(command) == 'M' && !first {
				command-- // what follows a move are lines
			}
			p.follow(command, args)
			if n == 0 || i >= len(tokens) || strings.ContainsAny(tokens[i][:1], "MmLlHhVvCcSsQqTtAaZz") {
				break
			}
		}
	}
	return p.out, nil
}

var arcFlags = regexp.MustCompile(`([Aa])([^A-Za-z]*)`)
var arcNumbers = regexp.MustCompile(`(` + number.String() + `)[\s,]*(` + number.String() + `)[\s,]*(` + number.String() + `)[\s,]*([01])[\s,]*([01])[\s,]*(` + number.String() + `)[\s,]*(` + number.String() + `)`)

// spreadFlags puts spaces around the two flags of an arc, which may be written without any.
func spreadFlags(d string) string {
	return arcFlags.ReplaceAllStringFunc(d, func(arc string) string {
		return arc[:1] + arcNumbers.ReplaceAllString(arc[1:], "$1 $2 $3 $4 $5 $6 $7 ")
	})
}

func upper(c byte) byte {
	if c >= 'a' {
		return c - ('a' - 'A')
	}
	return c
}

func (p *pen) follow(command byte, n []float64) {
	from := point{}
	if command >= 'a' {
		from = p.at
	}
	xy := func(i int) point { return point{from.x + n[i], from.y + n[i+1]} }
	smooth := p.smooth
	p.smooth = 0
	switch upper(command) {
	case 'M':
		p.at, p.start = xy(0), xy(0)
		p.out = append(p.out, step{'M', []point{p.at}})
	case 'L':
		p.line(xy(0))
	case 'H':
		p.line(point{from.x + n[0], p.at.y})
	case 'V':
		p.line(point{p.at.x, from.y + n[0]})
	case 'C':
		p.cubic(xy(0), xy(2), xy(4))
	case 'S':
		p.cubic(p.reflected(smooth == 'C'), xy(0), xy(2))
	case 'Q':
		p.quadratic(xy(0), xy(2))
	case 'T':
		p.quadratic(p.reflected(smooth == 'Q'), xy(0))
	case 'A':
		p.arc(n[0], n[1], n[2], n[3] != 0, n[4] != 0, xy(5))
	case 'Z':
		p.out = append(p.out, step{kind: 'Z'})
		p.at = p.start
	}
}

func (p *pen) reflected(counts bool) point {
	if !counts {
		return p.at
	}
	return point{2*p.at.x - p.mirror.x, 2*p.at.y - p.mirror.y}
}

func (p *pen) line(to point) {
	p.out = append(p.out, step{'L', []point{to}})
	p.at = to
}

func (p *pen) cubic(a, b, to point) {
	p.out = append(p.out, step{'C', []point{a, b, to}})
	p.at, p.mirror, p.smooth = to, b, 'C'
}

func (p *pen) quadratic(a, to point) {
	third := func(q point) point { return point{q.x + (a.x-q.x)*2/3, q.y + (a.y-q.y)*2/3} }
	p.out = append(p.out, step{'C', []point{third(p.at), third(to), to}})
	p.at, p.mirror, p.smooth = to, a, 'Q'
}

// arc follows an ellipse by cubic curves of at most a quarter turn, as the annex of the SVG recommendation computes them.
func (p *pen) arc(rx, ry, degrees float64, large, sweep bool, to point) {
	rx, ry = math.Abs(rx), math.Abs(ry)
	if rx == 0 || ry == 0 || p.at == to {
		p.line(to)
		return
	}
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	dx, dy := (p.at.x-to.x)/2, (p.at.y-to.y)/2
	x, y := cos*dx+sin*dy, cos*dy-sin*dx
	if reach := x*x/(rx*rx) + y*y/(ry*ry); reach > 1 {
		rx, ry = rx*math.Sqrt(reach), ry*math.Sqrt(reach)
	}
	k := math.Sqrt(math.Max(0, (rx*rx*ry*ry-rx*rx*y*y-ry*ry*x*x)/(rx*rx*y*y+ry*ry*x*x)))
	if large == sweep {
		k = -k
	}
	cx, cy := k*rx*y/ry, -k*ry*x/rx
	start := math.Atan2((y-cy)/ry, (x-cx)/rx)
	turn := math.Atan2((-y-cy)/ry, (-x-cx)/rx) - start
	if sweep && turn < 0 {
		turn += 2 * math.Pi
	}
	if !sweep && turn > 0 {
		turn -= 2 * math.Pi
	}
	place := matrix{cos * rx, sin * rx, -sin * ry, cos * ry, cos*cx - sin*cy + (p.at.x+to.x)/2, sin*cx + cos*cy + (p.at.y+to.y)/2}
	pieces := int(math.Ceil(math.Abs(turn)/(math.Pi/2) - 1e-9))
	angle := turn / float64(pieces)
	handle := 4.0 / 3 * math.Tan(angle/4)
	for i := range pieces {
		s0, c0 := math.Sincos(start + float64(i)*angle)
		s1, c1 := math.Sincos(start + float64(i+1)*angle)
		p.cubic(place.apply(point{c0 - handle*s0, s0 + handle*c0}), place.apply(point{c1 + handle*s1, s1 - handle*c1}), place.apply(point{c1, s1}))
	}
	p.at = to
	p.smooth = 0
}
