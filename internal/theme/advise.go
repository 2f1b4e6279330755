package theme

import (
	"slices"
	"strings"
)

// Verdict is a finding of either check, with what would repair it.
type Verdict struct {
	Finding
	Enhanced bool    // found in the palettes for those who ask for high contrast
	Advice   *Advice // nil when no single colour repairs it
}

// Advice is one colour to change.
type Advice struct {
	Role   Role
	Scheme Scheme
	Colour Colour
}

// Examine runs both checks and says for each pair which colour, moved as little as possible, would repair it. An empty answer
// means that the theme may be published.
func Examine(t Tokens) []Verdict {
	verdicts := judge(t)
	if len(verdicts) == 0 {
		return nil
	}
	full := map[Scheme]Palette{Light: t.Light.derived(textRatio), Dark: t.Dark.derived(textRatio)}
	for i, v := range verdicts {
		verdicts[i].Advice = advise(full[v.Scheme], v, verdicts)
	}
	return verdicts
}

// RatioWords gives the two ratios as people read them; what was measured is rounded down.
func (f Finding) RatioWords() (got, required string) {
	return ratioWords(f.Ratio), ratioWords(f.Required)
}

func judge(t Tokens) []Verdict {
	var verdicts []Verdict
	for _, f := range Check(t) {
		verdicts = append(verdicts, Verdict{Finding: f})
	}
	for _, f := range CheckHighContrast(t) {
		verdicts = append(verdicts, Verdict{Finding: f, Enhanced: true})
	}
	return verdicts
}

// culprit is how many colours that fail on one background show that the background is what is wrong.
const culprit = 3

// advise changes the colour in front, unless so much fails on the one behind that changing that one is what helps.
func advise(full Palette, v Verdict, all []Verdict) *Advice {
	if v.Enhanced {
		return nil // those palettes are derived: nobody sets them
	}
	order := []Role{settable(v.Front), settable(v.Back)}
	if failing(all, v) >= culprit {
		slices.Reverse(order)
	}
	for _, role := range order {
		if c, ok := fit(full[role], around(role, full)); ok && c != full[role] {
			return &Advice{role, v.Scheme, c}
		}
	}
	if v.Possible && settable(v.Front) == v.Front {
		return &Advice{v.Front, v.Scheme, v.Nearest}
	}
	if c, ok := fit(v.BackColour, against(v.Required, v.FrontColour)); ok && settable(v.Back) == v.Back {
		return &Advice{v.Back, v.Scheme, c}
	}
	return nil
}

// failing counts the colours that people set and that fail on the same background as v.
func failing(all []Verdict, v Verdict) (n int) {
	for _, o := range all {
		if o.Scheme == v.Scheme && o.Enhanced == v.Enhanced && o.Back == v.Back && settable(o.Front) == o.Front {
			n++
		}
	}
	return n
}

// around is everything that a role must contrast with: what it stands on, and what people set to stand on it.
func around(role Role, full Palette) []need {
	var needs []need
	for _, one := range usedPairs(textRatio) {
		if one.front == role && settable(one.back) == one.back {
			needs = append(needs, need{full[one.back], one.ratio})
		}
		if one.back == role && settable(one.front) == one.front {
			needs = append(needs, need{full[one.front], one.ratio})
		}
	}
	return needs
}

// settable is the role that people set, of which a derived one is made.
func settable(r Role) Role {
	switch r {
	case Sunken:
		return Surface
	case BrandStrong:
		return Brand
	case OnMastheadMuted:
		return OnMasthead
	}
	name := strings.TrimSuffix(strings.TrimSuffix(string(r), "-soft"), "-ink")
	if name == string(r) {
		return r
	}
	for _, t := range tints() {
		if t.name == name {
			return t.from
		}
	}
	return Surface
}
