package demo

func drawBus() canvas {
	c := newCanvas(0xbcd3e6, 0xf3efe4)
	c.disc(0xffe9b8, 760, 130, 46)
	c.hill(0xd4dfe0, 310, 34, 140, 1)
	c.hill(0xe9eeea, 360, 20, 220, 0)
	for i, x := range []float64{70, 180, 850} {
		c.fill(0x3d6b5c, dot{x, 220 + float64(i)*14}, dot{x + 46, 380}, dot{x - 46, 380})
	}
	c.box(0x5b6470, 0, 400, coverWidth, 140)
	for x := 20.0; x < coverWidth; x += 120 {
		c.box(0xf7f3e8, x, 468, 64, 8)
	}
	c.box(0xf2b632, 250, 230, 470, 180)
	c.fill(0xf2b632, dot{700, 230}, dot{748, 300}, dot{752, 410}, dot{690, 410})
	c.box(0xc98a17, 250, 350, 502, 12)
	for i := range 5 {
		c.box(0x274b63, 275+float64(i)*82, 258, 64, 66)
	}
	c.fill(0x274b63, dot{690, 258}, dot{716, 258}, dot{738, 306}, dot{738, 326}, dot{690, 326})
	for _, x := range []float64{345, 640} {
		c.disc(0x23282f, x, 410, 42)
		c.disc(0xcdd3d8, x, 410, 18)
	}
	for i := range 60 {
		c.oval(0xffffff, 220, float64(i*163%coverWidth), float64(i*97%500), 3+float64(i%3), 3+float64(i%3))
	}
	return c
}

func drawTray() canvas {
	c := newCanvas(0xe9b98a, 0xd79a63)
	c.box(0xf8f4ec, 110, 60, 740, 420)
	c.box(0xe6ded0, 110, 466, 740, 14)
	c.disc(0xffffff, 430, 270, 158)
	c.disc(0xf0ece2, 430, 270, 122)
	c.oval(0x7fb069, 255, 385, 250, 62, 48)
	c.oval(0x5f9c58, 255, 350, 300, 44, 34)
	for i := range 7 {
		c.disc(0xe07a3f, 452+float64(i%3)*34, 225+float64(i/3)*32, 19)
		c.disc(0xf3a867, 452+float64(i%3)*34, 225+float64(i/3)*32, 9)
	}
	c.oval(0xf3d9a4, 255, 450, 340, 56, 30)
	c.disc(0xffffff, 700, 170, 74)
	c.disc(0xc94f4f, 700, 170, 46)
	c.disc(0x5f9c58, 712, 134, 12)
	c.oval(0xd9a25f, 255, 700, 360, 88, 50)
	for i := range 3 {
		c.oval(0xb87f3f, 255, 655+float64(i)*45, 352, 8, 22)
	}
	c.disc(0xd6ebf5, 195, 140, 50)
	c.disc(0xa9d3e8, 195, 140, 36)
	c.box(0xb9bfc6, 192, 230, 14, 210)
	c.oval(0xb9bfc6, 255, 199, 232, 20, 34)
	return c
}

func drawCinema() canvas {
	c := newCanvas(0x1d1730, 0x32233f)
	c.shape(0xfff1c9, 46, dot{480, 540}, dot{150, 70}, dot{810, 70})
	c.box(0x0f0b1a, 140, 50, 680, 300)
	c.box(0x8ecae6, 155, 65, 650, 270)
	c.disc(0xffd166, 640, 150, 44)
	c.fill(0x3f7ea6, dot{155, 335}, dot{300, 180}, dot{430, 335})
	c.fill(0x2b5d80, dot{330, 335}, dot{520, 140}, dot{720, 335})
	c.fill(0x4f8a4c, dot{155, 335}, dot{155, 300}, dot{480, 280}, dot{805, 310}, dot{805, 335})
	c.fill(0x8c2f39, dot{0, 0}, dot{140, 0}, dot{110, 370}, dot{0, 420})
	c.fill(0x8c2f39, dot{960, 0}, dot{820, 0}, dot{850, 370}, dot{960, 420})
	for row := range 2 {
		y := 420 + float64(row)*66
		for i := range 10 {
			x := 30 + float64(i)*104 - float64(row)*50
			c.oval([]uint32{0xb23a48, 0x93303d}[row], 255, x, y, 44, 40)
			c.box([]uint32{0xb23a48, 0x93303d}[row], x-44, y, 88, 120)
			if (i+row)%3 != 1 {
				c.disc(0x171124, x, y-38, 23)
			}
		}
	}
	return c
}

func drawShore() canvas {
	c := newCanvas(0xbfe3f3, 0xfdeccb)
	c.disc(0xffd98a, 250, 150, 60)
	c.hill(0x4fa3c7, 320, 6, 60, 0)
	c.fill(0xffffff, dot{470, 110}, dot{470, 300}, dot{600, 300})
	c.fill(0xe0703c, dot{455, 140}, dot{455, 300}, dot{370, 300})
	c.box(0x5b3a24, 458, 100, 8, 216)
	c.fill(0x7a3b22, dot{350, 312}, dot{620, 312}, dot{570, 362}, dot{400, 362})
	c.hill(0x2b83ad, 365, 12, 46, 1)
	c.hill(0x1b6b93, 415, 14, 58, 2.4)
	c.fill(0x6f7f6a, dot{700, 420}, dot{760, 340}, dot{960, 320}, dot{960, 460}, dot{720, 460})
	c.fill(0xfffaf0, dot{808, 345}, dot{824, 120}, dot{876, 120}, dot{892, 345})
	c.fill(0xc0392b, dot{814, 270}, dot{819, 200}, dot{881, 200}, dot{886, 270})
	c.box(0x2b4a5e, 820, 92, 60, 28)
	c.box(0xffe08a, 832, 66, 36, 26)
	c.fill(0xc0392b, dot{822, 66}, dot{850, 38}, dot{878, 66})
	c.hill(0xf2deb5, 480, 16, 130, 0.5)
	return c
}

func drawPaths() canvas {
	c := newCanvas(0x3f5f9b, 0xffd3a1)
	c.disc(0xffe6a8, 480, 300, 96)
	c.hill(0x8a7fb0, 310, 36, 110, 0)
	c.hill(0x6f8f8a, 350, 30, 150, 2)
	c.hill(0x5f9c7a, 400, 18, 210, 4)
	c.fill(0xf7e7c4, dot{400, 540}, dot{560, 540}, dot{500, 440}, dot{500, 425}, dot{760, 385}, dot{750, 378}, dot{480, 418}, dot{235, 372}, dot{222, 380}, dot{462, 430}, dot{458, 440})
	c.box(0x6b4a2f, 600, 350, 10, 150)
	c.fill(0xffffff, dot{560, 360}, dot{690, 360}, dot{716, 380}, dot{690, 400}, dot{560, 400})
	c.fill(0xf4a259, dot{650, 412}, dot{530, 412}, dot{506, 431}, dot{530, 450}, dot{650, 450})
	c.tree(0x3f7f5f, 130, 470, 150)
	c.tree(0x4f8f6a, 860, 480, 170)
	return c
}

func drawMarket() canvas {
	c := newCanvas(0x1f2a52, 0x6a4a7a)
	for i := range 40 {
		c.oval(0xffffff, 170, float64(i*151%coverWidth), float64(i*61%260), 2, 2)
	}
	for i := range 16 {
		x := 30 + float64(i)*60
		sag := 60 + 40*(1-(x-480)*(x-480)/(480*480))
		c.oval(0xffe08a, 70, x, sag+24, 24, 24)
		c.disc([]uint32{0xffd166, 0xf28482, 0x9ad1b0}[i%3], x, sag+24, 10)
	}
	for i, x := range []float64{70, 370, 670} {
		c.box(0x5b3a24, x, 250, 12, 230)
		c.box(0x5b3a24, x+208, 250, 12, 230)
		c.box(0xffe9c4, x+12, 290, 196, 110)
		c.box(0x8a5a34, x-6, 400, 232, 84)
		for s := range 6 {
			left := x - 16 + float64(s)*42
			c.fill([]uint32{0xb23a48, 0xfff6e6}[(s+i)%2], dot{left + 8, 210}, dot{left + 42, 210}, dot{left + 42, 290}, dot{left, 290})
		}
		for g := range 5 {
			c.disc([]uint32{0xe0a03a, 0x4f8a4c, 0xd9703c}[(g+i)%3], x+36+float64(g)*38, 388, 15)
		}
	}
	c.hill(0xe8ecf5, 490, 8, 90, 0)
	return c
}

func drawWorks() canvas {
	c := newCanvas(0x2f4468, 0xf1b98a)
	c.hill(0x6f6a86, 380, 20, 130, 1)
	c.box(0xd9d2c6, 150, 200, 380, 250)
	c.box(0xb7aea0, 150, 190, 380, 16)
	for i := range 15 {
		lit := []uint32{0xffdf8f, 0x4a5f7a}[i*7%5%2]
		c.box(lit, 182+float64(i%5)*68, 232+float64(i/5)*68, 40, 40)
	}
	for i := range 4 {
		c.box(0x8a6a3a, 140+float64(i)*133, 180, 6, 270)
		c.box(0x8a6a3a, 130, 240+float64(i)*60, 420, 5)
	}
	c.box(0xf2b632, 690, 90, 18, 370)
	c.box(0xf2b632, 420, 90, 420, 14)
	c.fill(0xf2b632, dot{699, 40}, dot{840, 92}, dot{560, 92}, dot{690, 44})
	c.box(0x3a3f47, 800, 104, 40, 34)
	c.box(0x3a3f47, 470, 104, 3, 120)
	c.box(0xc0562e, 444, 222, 56, 34)
	c.box(0x5b524c, 0, 450, coverWidth, 90)
	for i := range 5 {
		x := 90 + float64(i)*200
		c.fill(0xe8702a, dot{x, 440}, dot{x + 26, 510}, dot{x - 26, 510})
		c.box(0xffffff, x-15, 472, 30, 10)
	}
	return c
}
