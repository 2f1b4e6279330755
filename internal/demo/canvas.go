package demo

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

const (
	coverWidth  = 960
	coverHeight = 540
)

// canvas is what the covers of the demonstration are drawn on: flat shapes with smooth edges, in a square of 960 by 540.
type canvas struct{ image *image.RGBA }

type dot struct{ x, y float64 }

func hex(v uint32) color.RGBA {
	return color.RGBA{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v), A: 255}
}

// newCanvas starts with a sky that goes from one colour to another, downwards.
func newCanvas(top, bottom uint32) canvas {
	c := canvas{image.NewRGBA(image.Rect(0, 0, coverWidth, coverHeight))}
	from, to := hex(top), hex(bottom)
	blend := func(a, b uint8, y int) uint8 { return uint8((int(a)*(coverHeight-y) + int(b)*y) / coverHeight) }
	for y := range coverHeight {
		line := color.RGBA{R: blend(from.R, to.R, y), G: blend(from.G, to.G, y), B: blend(from.B, to.B, y), A: 255}
		draw.Draw(c.image, image.Rect(0, y, coverWidth, y+1), image.NewUniform(line), image.Point{}, draw.Src)
	}
	return c
}

// shape fills a polygon. alpha, from 0 to 255, lets what is behind be seen. Only the box around the polygon is worked on.
func (c canvas) shape(colour uint32, alpha uint8, dots ...dot) {
	around := bounds(dots).Intersect(c.image.Bounds())
	if around.Empty() {
		return
	}
	r := vector.NewRasterizer(around.Dx(), around.Dy())
	for i, d := range dots {
		x, y := float32(d.x)-float32(around.Min.X), float32(d.y)-float32(around.Min.Y)
		if i == 0 {
			r.MoveTo(x, y)
			continue
		}
		r.LineTo(x, y)
	}
	r.ClosePath()
	paint := hex(colour)
	r.Draw(c.image, around, image.NewUniform(color.NRGBA{R: paint.R, G: paint.G, B: paint.B, A: alpha}), image.Point{})
}

func bounds(dots []dot) image.Rectangle {
	var r image.Rectangle
	for _, d := range dots {
		x, y := int(math.Floor(d.x)), int(math.Floor(d.y))
		r = r.Union(image.Rect(x, y, x+1, y+1))
	}
	return r.Inset(-1)
}

func (c canvas) fill(colour uint32, dots ...dot) { c.shape(colour, 255, dots...) }

func (c canvas) box(colour uint32, x, y, width, height float64) {
	c.fill(colour, dot{x, y}, dot{x + width, y}, dot{x + width, y + height}, dot{x, y + height})
}

func (c canvas) oval(colour uint32, alpha uint8, x, y, rx, ry float64) {
	const steps = 72
	dots := make([]dot, steps)
	for i := range dots {
		a := 2 * math.Pi * float64(i) / steps
		dots[i] = dot{x + rx*math.Cos(a), y + ry*math.Sin(a)}
	}
	c.shape(colour, alpha, dots...)
}

func (c canvas) disc(colour uint32, x, y, radius float64) { c.oval(colour, 255, x, y, radius, radius) }

// hill fills everything below a wavy line.
func (c canvas) hill(colour uint32, level, height, length, phase float64) {
	dots := []dot{{0, coverHeight}}
	for x := 0.0; x <= coverWidth; x += 8 {
		dots = append(dots, dot{x, level - height*math.Sin(x/length+phase)})
	}
	c.fill(colour, append(dots, dot{coverWidth, coverHeight})...)
}

// tree stands on (x, y).
func (c canvas) tree(colour uint32, x, y, size float64) {
	c.box(0x6b4a2f, x-size*0.07, y-size*0.5, size*0.14, size*0.5)
	c.oval(colour, 255, x, y-size*0.8, size*0.34, size*0.42)
}
