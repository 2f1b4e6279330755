package ui

import "strconv"

// Tone says what a thing means, never how it looks; the theme decides the colour.
type Tone string

// The tones. The zero value is neutral.
const (
	ToneNeutral Tone = ""
	ToneBrand   Tone = "brand"
	ToneAccent  Tone = "accent"
	ToneInfo    Tone = "info"
	ToneSuccess Tone = "success"
	ToneWarning Tone = "warning"
	ToneDanger  Tone = "danger"
)

// Hues is how many distinct colours tell schools, subjects or sections apart; a Hue goes from 1 to Hues.
const Hues = 6

// Hue picks one of the colours that tell things of the same kind apart. Zero is neutral; it always stands beside a text, since
// a colour alone says nothing to many readers.
type Hue int

// HueOf gives the n-th thing of a list its colour, turning round after the last.
func HueOf(n int) Hue {
	return Hue(n%Hues + 1)
}

func (h Hue) attr() string {
	if h < 1 || h > Hues {
		return "0"
	}
	return strconv.Itoa(int(h))
}

func (t Tone) class(base string) string {
	if t == ToneNeutral {
		return base
	}
	return base + " " + base + "-" + string(t)
}

func (t Tone) icon() Icon {
	switch t {
	case ToneSuccess:
		return IconCheck
	case ToneWarning, ToneDanger:
		return IconAlert
	}
	return IconInfo
}

func (t Tone) word() string {
	switch t {
	case ToneSuccess:
		return wordFlashSuccess
	case ToneWarning:
		return wordFlashWarning
	case ToneDanger:
		return wordFlashDanger
	}
	return wordFlashInfo
}

// countWord keeps a count short enough for a badge.
func countWord(n int) string {
	const most = 99
	if n > most {
		return "99+"
	}
	return strconv.Itoa(n)
}
