package theme

import (
	"encoding/hex"
	"fmt"
	"math"
	"strings"
)

// Colour is an opaque sRGB colour.
type Colour struct{ R, G, B uint8 }

// ParseColour reads "#rrggbb" or "#rgb". The error is in French, for the person who typed it.
func ParseColour(text string) (Colour, error) {
	digits, found := strings.CutPrefix(strings.TrimSpace(text), "#")
	if found && len(digits) == 3 {
		digits = string([]byte{digits[0], digits[0], digits[1], digits[1], digits[2], digits[2]})
	}
	raw, err := hex.DecodeString(digits)
	if !found || err != nil || len(raw) != 3 {
		return Colour{}, fmt.Errorf("« %s » n’est pas une couleur : écrivez un dièse et six chiffres de 0 à f, par exemple #1f5a86", shorten(text))
	}
	return Colour{raw[0], raw[1], raw[2]}, nil
}

// Hex writes the colour as "#rrggbb".
func (c Colour) Hex() string {
	return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
}

// RGB gives the three channels, as PDF writers want them.
func (c Colour) RGB() (red, green, blue int) {
	return int(c.R), int(c.G), int(c.B)
}

// Contrast is the ratio of WCAG 2.2 between two colours, from 1 to 21, whichever is the lighter.
func Contrast(a, b Colour) float64 {
	la, lb := a.luminance(), b.luminance()
	return (math.Max(la, lb) + 0.05) / (math.Min(la, lb) + 0.05)
}

func (c Colour) luminance() float64 {
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// linear undoes the sRGB transfer curve, with the threshold that WCAG 2.2 states.
func linear(channel uint8) float64 {
	v := float64(channel) / 255
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func encode(v float64) uint8 {
	if v <= 0.0031308 {
		v *= 12.92
	} else {
		v = 1.055*math.Pow(v, 1/2.4) - 0.055
	}
	return uint8(math.Round(math.Max(0, math.Min(1, v)) * 255))
}

// mix lays amount of paint (0 to 1) over ground, in sRGB as browsers blend.
func mix(ground, paint Colour, amount float64) Colour {
	blend := func(g, p uint8) uint8 { return uint8(math.Round(float64(g)*(1-amount) + float64(p)*amount)) }
	return Colour{blend(ground.R, paint.R), blend(ground.G, paint.G), blend(ground.B, paint.B)}
}

func shorten(text string) string {
	const most = 24
	letters := []rune(text)
	if len(letters) <= most {
		return text
	}
	return string(letters[:most]) + "…"
}
