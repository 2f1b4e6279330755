package demo

import (
	"math/rand/v2"
	"strings"

	"elyco/internal/tenant"
)

// origin is where a family's names come from: given names follow the family's, as they do in life, though not always.
type origin struct {
	families    []string
	girls, boys []string
	women, men  []string
	upTo        int
}

// nameBook draws names. It belongs to one generator and is not shared.
type nameBook struct {
	origins []origin
	total   int
	slugs   map[string]string
}

func newNameBook() *nameBook {
	b := &nameBook{slugs: map[string]string{}}
	for _, o := range []struct {
		weight                            int
		families, girls, boys, women, men string
	}{
		{62, familiesFrance, girlsFrance, boysFrance, womenFrance, menFrance},
		{10, familiesBrittany, girlsFrance, boysFrance, womenFrance, menFrance},
		{5, familiesSouth, girlsSouth, boysSouth, womenSouth, menSouth},
		{8, familiesMaghreb, girlsMaghreb, boysMaghreb, womenMaghreb, menMaghreb},
		{5, familiesAfrica, girlsAfrica, boysAfrica, womenAfrica, menAfrica},
		{3, familiesTurkey, girlsTurkey, boysTurkey, womenTurkey, menTurkey},
		{2, familiesEast, girlsEast, boysEast, womenEast, menEast},
		{3, familiesAsia, girlsAsia, boysAsia, womenAsia, menAsia},
		{2, familiesOverseas, girlsOversea, boysOversea, womenOverse, menOverse},
	} {
		b.total += o.weight
		b.origins = append(b.origins, origin{families: list(o.families), girls: list(o.girls),
			boys: list(o.boys), women: list(o.women), men: list(o.men), upTo: b.total})
	}
	return b
}

func list(names string) []string {
	words := strings.Fields(names)
	for i, w := range words {
		words[i] = strings.ReplaceAll(w, "_", " ")
	}
	return words
}

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func (b *nameBook) origin(r *rand.Rand) *origin {
	n := r.IntN(b.total)
	for i := range b.origins {
		if n < b.origins[i].upTo {
			return &b.origins[i]
		}
	}
	return &b.origins[0]
}

// kin is the kind of given name that a person bears.
type kin int

const (
	girl kin = iota
	boy
	woman
	man
)

func (k kin) female() bool { return k == girl || k == woman }

// given draws a given name; one family in four took it from the place where it lives.
func (b *nameBook) given(r *rand.Rand, o *origin, k kin) string {
	if r.IntN(4) == 0 {
		o = &b.origins[0]
	}
	switch k {
	case girl:
		return pick(r, o.girls)
	case boy:
		return pick(r, o.boys)
	case woman:
		return pick(r, o.women)
	}
	return pick(r, o.men)
}

// slug is a name as a login writes it.
func (b *nameBook) slug(name string) string {
	if s, ok := b.slugs[name]; ok {
		return s
	}
	s := tenant.Slugify(strings.NewReplacer("ı", "i", "ł", "l", "Ł", "L").Replace(name))
	b.slugs[name] = s
	return s
}
