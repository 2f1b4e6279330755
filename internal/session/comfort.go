package session

import (
	"slices"
	"strings"

	"elyco/internal/fault"
	"elyco/internal/school"
)

// CheckComfort refuses a value that no page offers.
func CheckComfort(c school.Comfort) error {
	ok := slices.Contains([]string{"", "light", "dark"}, c.Scheme) &&
		slices.Contains([]string{"", "high"}, c.Contrast) &&
		slices.Contains([]string{"", "large", "larger", "largest"}, c.TextSize) &&
		slices.Contains([]string{"", "dyslexic"}, c.Font) &&
		slices.Contains([]string{"", "reduced"}, c.Motion)
	if !ok {
		return fault.New(fault.Invalid, "Ce réglage de confort n’existe pas. Rechargez la page et recommencez.")
	}
	return nil
}

func packComfort(c school.Comfort) string {
	return strings.Join([]string{c.Scheme, c.Contrast, c.TextSize, c.Font, c.Motion}, ".")
}

// unpackComfort reads a visitor's cookie; anything odd is no setting at all.
func unpackComfort(v string) school.Comfort {
	p := strings.Split(v, ".")
	if len(v) > 60 || len(p) != 5 {
		return school.Comfort{}
	}
	c := school.Comfort{Scheme: p[0], Contrast: p[1], TextSize: p[2], Font: p[3], Motion: p[4]}
	if CheckComfort(c) != nil {
		return school.Comfort{}
	}
	return c
}
