package theme

import "math"

// oklch is a colour by lightness, chroma and hue as people see them: moving the lightness alone keeps what the colour is.
type oklch struct{ L, C, H float64 }

func (c Colour) oklch() oklch {
	r, g, b := linear(c.R), linear(c.G), linear(c.B)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	okA := 1.9779984951*l - 2.4285922050*m + 0.4505937099*s
	okB := 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
	return oklch{
		L: 0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		C: math.Hypot(okA, okB),
		H: math.Atan2(okB, okA),
	}
}

// rgb converts without caring for the gamut; a channel outside 0 to 1 means that no screen shows this colour.
func (o oklch) rgb() (r, g, b float64) {
	okA, okB := o.C*math.Cos(o.H), o.C*math.Sin(o.H)
	l := cube(o.L + 0.3963377774*okA + 0.2158037573*okB)
	m := cube(o.L - 0.1055613458*okA - 0.0638541728*okB)
	s := cube(o.L - 0.0894841775*okA - 1.2914855480*okB)
	return 4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s
}

// colour gives the nearest colour a screen can show with the same lightness and hue, at the cost of chroma.
func (o oklch) colour() Colour {
	if o.L <= 0 {
		return Colour{}
	}
	if o.L >= 1 {
		return Colour{255, 255, 255}
	}
	if !o.shown() {
		low, high := 0.0, o.C
		for range 14 {
			o.C = (low + high) / 2
			if o.shown() {
				low = o.C
				continue
			}
			high = o.C
		}
		o.C = low
	}
	r, g, b := o.rgb()
	return Colour{encode(r), encode(g), encode(b)}
}

func (o oklch) shown() bool {
	const slack = 1e-4
	r, g, b := o.rgb()
	return min(r, g, b) >= -slack && max(r, g, b) <= 1+slack
}

func cube(v float64) float64 { return v * v * v }

// need is a contrast to reach against one colour.
type need struct {
	against Colour
	ratio   float64
}

func against(ratio float64, grounds ...Colour) []need {
	needs := make([]need, len(grounds))
	for i, g := range grounds {
		needs[i] = need{g, ratio}
	}
	return needs
}

func meets(c Colour, needs []need) bool {
	for _, n := range needs {
		if Contrast(c, n.against) < n.ratio {
			return false
		}
	}
	return true
}

// fit moves the lightness of a colour as little as possible until it meets every need; ok is false when no lightness does,
// and then the colour with the best worst contrast is returned.
func fit(c Colour, needs []need) (fitted Colour, ok bool) {
	if meets(c, needs) {
		return c, true
	}
	const steps = 400
	seen := c.oklch()
	best, bestScore := c, score(c, needs)
	for i := 1; i <= steps; i++ {
		move := float64(i) / steps
		for _, l := range [2]float64{seen.L - move, seen.L + move} {
			if l < -1.0/steps || l > 1+1.0/steps {
				continue
			}
			candidate := oklch{l, seen.C, seen.H}.colour()
			if meets(candidate, needs) {
				return candidate, true
			}
			if s := score(candidate, needs); s > bestScore {
				best, bestScore = candidate, s
			}
		}
	}
	return best, false
}

// score is how near the worst of the needs is to being met.
func score(c Colour, needs []need) float64 {
	worst := math.Inf(1)
	for _, n := range needs {
		worst = math.Min(worst, Contrast(c, n.against)/n.ratio)
	}
	return worst
}
