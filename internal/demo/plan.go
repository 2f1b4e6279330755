package demo

import (
	"fmt"

	"elyco/internal/tenant"
)

// level is a year of study; what it is called is what audiences name.
type level struct {
	name string
	age  int // in the year in which the school year begins
	past int // school years that a pupil has usually spent here
}

// rank is a level with the way its classes are named and filled.
type rank struct {
	level   level
	stem    string // of the classes' names
	letters bool   // 6A, 6B; otherwise 2GT1, 2GT2
	classes int
	size    int
	groups  []string // stems of the groups among which its pupils are shared; a "-" stands for none
}

func (r rank) className(i int) string {
	if r.letters {
		return r.stem + string(rune('A'+i))
	}
	return fmt.Sprintf("%s%d", r.stem, i+1)
}

// ranksOf plans the levels of an establishment by its nature. The pilots are alike, so that every visit finds what it
// was told; the others differ in size, the private ones being smaller, and make 320,000 pupils in all.
func (s *space) ranksOf() []rank {
	t := s.tenant
	switch t.Nature {
	case "college":
		n := s.perLevel(4, 4, 6, 3, 5)
		return collegeRanks(n)
	case "lp":
		n := s.perLevel(2, 2, 4, 2, 3)
		return lpRanks(n)
	case "erea":
		return ereaRanks()
	case "lpo":
		n := s.perLevel(5, 5, 8, 3, 5)
		return append(lyceeRanks(n), proRanks(max(1, n/4))...)
	}
	return lyceeRanks(s.perLevel(6, 6, 10, 3, 6))
}

// perLevel draws how many classes a level has, by sector; a pilot has a set number.
func (s *space) perLevel(pilot, publicLow, publicHigh, privateLow, privateHigh int) int {
	public, private := s.between(publicLow, publicHigh), s.between(privateLow, privateHigh)
	if s.tenant.Pilot {
		return pilot
	}
	if s.tenant.Sector == "private" {
		return private
	}
	return public
}

func collegeRanks(n int) []rank {
	return []rank{
		{level{"6e", 11, 0}, "6", true, n, 25, []string{"-", "-", "6CHORALE"}},
		{level{"5e", 12, 1}, "5", true, n, 25, []string{"5ESP", "5ESP", "5ALL", "5LATIN"}},
		{level{"4e", 13, 2}, "4", true, n, 25, []string{"4ESP", "4ESP", "4ALL", "4LATIN"}},
		{level{"3e", 14, 3}, "3", true, n, 25, []string{"3ESP", "3ESP", "3ALL", "3LATIN"}},
	}
}

func lyceeRanks(n int) []rank {
	tech := max(1, n/4)
	general := max(1, n-tech)
	return []rank{
		{level{"2de", 15, 0}, "2GT", false, n, 30, []string{"2ESP", "2ESP", "2ALL", "2SES", "2SNT"}},
		{level{"1re", 16, 1}, "1G", false, general, 30, []string{"1MATHS", "1PC", "1SES", "1HGGSP", "1SVT"}},
		{level{"1re", 16, 1}, "1STMG", false, tech, 27, []string{"1MANAG"}},
		{level{"Tle", 17, 2}, "TG", false, general, 30, []string{"TMATHS", "TPC", "TSES", "THGGSP", "TSVT"}},
		{level{"Tle", 17, 2}, "TSTMG", false, tech, 27, []string{"TMERCA"}},
	}
}

func proRanks(n int) []rank {
	return []rank{
		{level{"2de pro", 15, 0}, "2PRO", false, n, 24, []string{"2ATELIER", "2ATELIER"}},
		{level{"1re pro", 16, 1}, "1PRO", false, n, 22, []string{"1ATELIER", "1ATELIER"}},
		{level{"Tle pro", 17, 2}, "TPRO", false, n, 22, []string{"TATELIER", "TATELIER"}},
	}
}

func lpRanks(n int) []rank {
	cap := max(1, n-1)
	return append([]rank{
		{level{"CAP 1", 15, 0}, "1CAP", false, cap, 19, []string{"1CAPTP"}},
		{level{"CAP 2", 16, 1}, "2CAP", false, cap, 18, []string{"2CAPTP"}},
	}, proRanks(n+1)...)
}

func ereaRanks() []rank {
	return append([]rank{
		{level{"6e", 11, 0}, "6", true, 1, 13, nil}, {level{"5e", 12, 1}, "5", true, 1, 14, nil},
		{level{"4e", 13, 2}, "4", true, 1, 14, nil}, {level{"3e", 14, 3}, "3", true, 1, 14, nil},
	}, lpRanks(1)[:2]...)
}

// subject is what a teacher teaches; hours is its share of a class's week.
type subject struct {
	name  string
	hours int
}

// subjectsOf lists the subjects of a nature, the heaviest first.
func subjectsOf(t *tenant.Tenant) []subject {
	switch t.Nature {
	case "college":
		return []subject{{"Français", 45}, {"Mathématiques", 40}, {"Éducation physique et sportive", 35},
			{"Histoire-géographie", 33}, {"Anglais", 32}, {"Espagnol", 18}, {"Sciences de la vie et de la Terre", 15},
			{"Physique-chimie", 15}, {"Technologie", 14}, {"Allemand", 9}, {"Arts plastiques", 10}, {"Éducation musicale", 10},
			{"Latin", 5}}
	case "lp", "erea":
		return []subject{{"Enseignement professionnel", 90}, {"Mathématiques et sciences", 35}, {"Lettres et histoire-géographie", 40},
			{"Anglais", 20}, {"Éducation physique et sportive", 25}, {"Prévention, santé, environnement", 15},
			{"Économie et gestion", 15}, {"Arts appliqués", 10}}
	}
	return []subject{{"Français", 36}, {"Mathématiques", 42}, {"Histoire-géographie", 34}, {"Anglais", 30},
		{"Physique-chimie", 32}, {"Sciences de la vie et de la Terre", 24}, {"Éducation physique et sportive", 24},
		{"Espagnol", 22}, {"Sciences économiques et sociales", 20}, {"Philosophie", 14}, {"Économie et gestion", 14},
		{"Allemand", 9}, {"Sciences numériques et technologie", 10}}
}
