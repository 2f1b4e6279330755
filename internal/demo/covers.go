package demo

import (
	"bytes"
	"fmt"
	"image/png"
)

// Illustration is a decorative drawing that stands above a piece, made when the demonstration is loaded.
type Illustration struct {
	Alt  string // what it shows
	draw func() canvas
}

// PNG draws the picture.
func (i Illustration) PNG() ([]byte, error) {
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&b, i.draw().image); err != nil {
		return nil, fmt.Errorf("draw a cover: %w", err)
	}
	return b.Bytes(), nil
}

// Cover finds the drawing of a piece; not every piece has one.
func (p Piece) Cover() (Illustration, bool) {
	switch p.Title {
	case "Portes ouvertes le samedi 30 janvier":
		return Illustration{"Dessin : un collège aux portes ouvertes, sous le soleil.", drawSchool}, true
	case "4B : sortie au planétarium le 8 décembre":
		return Illustration{"Dessin : un planétarium sous un ciel étoilé, avec une planète à anneau.", drawPlanetarium}, true
	case "Le CDI lance son club lecture":
		return Illustration{"Dessin : des livres de toutes les couleurs sur deux étagères.", drawBooks}, true
	case "Le collège obtient le label « établissement en démarche de développement durable »":
		return Illustration{"Dessin : un potager devant des collines et des arbres.", drawGarden}, true
	case "Cars scolaires : horaires d’hiver à partir du 30 novembre":
		return Illustration{"Dessin : un car scolaire jaune sur une route de campagne, en hiver.", drawBus}, true
	case "La semaine vendéenne au self":
		return Illustration{"Dessin : un plateau-repas vu de dessus, avec des légumes.", drawTray}, true
	case "Collège au cinéma : trois films cette année":
		return Illustration{"Dessin : une salle de cinéma, l’écran allumé devant les fauteuils.", drawCinema}, true
	case "Concours « Dessine ton littoral »":
		return Illustration{"Dessin : un bateau à voile entre les vagues et un phare.", drawShore}, true
	case "Calendrier de l’orientation après la 3e":
		return Illustration{"Dessin : un chemin qui se partage entre des collines au lever du soleil.", drawPaths}, true
	case "Marché de Noël des lycéens":
		return Illustration{"Dessin : des étals sous une guirlande de lumières, le soir.", drawMarket}, true
	case "Réseau de chaleur : coupures de nuit dans les lycées de Vendée":
		return Illustration{"Dessin : un bâtiment en travaux et une grue, au crépuscule.", drawWorks}, true
	}
	return Illustration{}, false
}

func drawSchool() canvas {
	c := newCanvas(0x9fd3ee, 0xfdf0d5)
	c.disc(0xffd166, 790, 120, 58)
	c.hill(0xa8cf8e, 400, 24, 170, 1)
	c.box(0xfff6e6, 230, 220, 500, 200)
	c.fill(0xb5472a, dot{205, 225}, dot{300, 150}, dot{660, 150}, dot{755, 225})
	c.box(0xfff6e6, 420, 120, 120, 300)
	c.fill(0xb5472a, dot{400, 125}, dot{480, 60}, dot{560, 125})
	c.disc(0x2b5d80, 480, 165, 20)
	for _, x := range []float64{265, 335, 570, 640} {
		c.box(0x2b8dc0, x, 260, 44, 60)
	}
	c.box(0x2b4a5e, 440, 300, 80, 120)
	c.fill(0xd9824a, dot{440, 300}, dot{408, 312}, dot{408, 430}, dot{440, 420})
	c.fill(0xd9824a, dot{520, 300}, dot{552, 312}, dot{552, 430}, dot{520, 420})
	c.hill(0x7fb069, 440, 14, 260, 2)
	c.fill(0xf2deb5, dot{440, 418}, dot{520, 418}, dot{640, 540}, dot{320, 540})
	c.tree(0x4f8a4c, 140, 450, 150)
	c.tree(0x5f9c58, 840, 470, 180)
	return c
}

func drawPlanetarium() canvas {
	c := newCanvas(0x101c46, 0x4a3f86)
	for i := range 70 {
		x, y := float64(i*137%coverWidth), float64(i*89%400)
		c.oval(0xffffff, uint8(110+i*2), x, y, 1.2+float64(i%3), 1.2+float64(i%3))
	}
	c.disc(0xf4a259, 730, 140, 62)
	c.oval(0xfbd9a5, 110, 730, 140, 120, 20)
	c.oval(0xf4a259, 255, 730, 128, 60, 48)
	c.disc(0xdfe7f5, 170, 110, 34)
	c.disc(0x27306b, 184, 100, 30)
	c.oval(0xe7e9f7, 255, 480, 440, 210, 210)
	c.shape(0x8ea0d8, 90, dot{480, 230}, dot{500, 230}, dot{560, 440}, dot{480, 440})
	c.box(0xc8cdea, 250, 430, 460, 70)
	c.box(0x27306b, 445, 440, 70, 60)
	c.hill(0x1c2350, 495, 10, 200, 0)
	return c
}

func drawBooks() canvas {
	c := newCanvas(0xf7e7cf, 0xefd6b0)
	colours := []uint32{0xb5472a, 0x1b6b93, 0xe0a03a, 0x4f8a4c, 0x6a4c93, 0xd9703c, 0x2b4a5e, 0xc94f6d}
	for shelf := range 2 {
		floor := 250 + float64(shelf)*230
		x := 60.0
		for i := 0; x < 880; i++ {
			width, height := 30+float64((i*7+shelf*5)%4)*9, 120+float64((i*11+shelf*3)%5)*16
			if (i+shelf*3)%7 == 6 {
				x += 40
			}
			c.box(colours[(i*3+shelf)%len(colours)], x, floor-height, width, height)
			c.box(0xfff3dc, x+6, floor-height+22, width-12, 6)
			c.box(0xfff3dc, x+6, floor-34, width-12, 4)
			x += width + 4
		}
		c.box(0x8a5a34, 30, floor, 900, 22)
	}
	return c
}

func drawGarden() canvas {
	c := newCanvas(0xc8e6f5, 0xf6f3d9)
	c.disc(0xffdd83, 180, 120, 52)
	c.hill(0xb9d7a0, 300, 40, 150, 0)
	c.hill(0x8fbf7a, 350, 30, 120, 2)
	for i, x := range []float64{90, 250, 720, 860} {
		c.tree([]uint32{0x4f8a4c, 0x6aa15f}[i%2], x, 370, 130+float64(i%3)*18)
	}
	for row := range 4 {
		y := 390 + float64(row)*40
		c.box(0x7a5233, 0, y, coverWidth, 26)
		for i := range 14 {
			x := 40 + float64(i)*68 + float64(row%2)*30
			c.oval([]uint32{0x5fa052, 0x86b84c, 0xd9703c, 0x3f7f4f}[(i+row)%4], 255, x, y+4, 22, 15)
		}
	}
	return c
}
