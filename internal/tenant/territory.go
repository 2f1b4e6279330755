package tenant

import (
	"fmt"
	"slices"
	"strings"
)

// Territory is what the files of the territory say: one academy, the collectivities that fund, their establishments.
type Territory struct {
	Academy        Academy
	Collectivities []Collectivity
}

// Academy is the top of the territory, with its deployment plan in the order of school years.
type Academy struct {
	Slug         string
	Name         string
	Code         string
	Departments  []string
	CalendarZone string
	ContactEmail string
	Presentation string
	Deployment   []WaveTotal
}

// What a collectivity can be.
const (
	Region      = "region"
	Departement = "departement"
)

// Collectivity funds establishments: a Région its lycées, a département its collèges.
type Collectivity struct {
	Slug           string
	Name           string
	Kind           string // Region or Departement
	Department     string // empty for a Région
	Theme          string
	Services       []string
	Presentation   string
	ContactEmail   string
	Retention      Retention
	Establishments []Establishment
}

// Retention says how long a collectivity has things kept.
type Retention struct {
	AccountDays     int // after a person has left
	JournalDays     int // journals of connections and of access
	SchoolLifeYears int // absences and punishments, the current school year included
	ExportHours     int // prepared downloads
}

// Establishment is one line of an establishments file.
type Establishment struct {
	UAI         UAI
	Provisional bool // the code is invented and awaits the national one
	MadeUp      bool // the establishment does not exist
	Slug        string
	Nature      string // college, lycee, lp, lpo, legt, lgt, erea
	Sector      string // public, private
	Name        string
	City        string
	Department  string
	Wave        string // school year of opening: 2009-2010
	Pilot       bool
}

// WaveTotal counts the establishments that open in a school year.
type WaveTotal struct {
	SchoolYear string
	Public     int
	Private    int
}

// Problem is one fault of a file, told to the person who wrote it. Line and Column are zero when the fault is of the
// file as a whole.
type Problem struct {
	File     string
	Line     int
	Column   string // name of the column or of the field
	Sentence string
}

func (p Problem) String() string {
	var where []string
	if p.File != "" {
		where = append(where, p.File)
	}
	if p.Line > 0 {
		where = append(where, fmt.Sprintf("ligne %d", p.Line))
	}
	part := "colonne"
	if strings.HasSuffix(p.File, ".yaml") {
		part = "champ"
	}
	if p.Column != "" {
		where = append(where, part+" « "+p.Column+" »")
	}
	if len(where) == 0 {
		return p.Sentence
	}
	return strings.Join(where, ", ") + " : " + p.Sentence
}

// Totals counts the establishments by school year of opening and sector, in the order of years.
func (t Territory) Totals() []WaveTotal {
	var totals []WaveTotal
	for _, c := range t.Collectivities {
		for _, e := range c.Establishments {
			i, found := slices.BinarySearchFunc(totals, e.Wave, func(w WaveTotal, year string) int {
				return strings.Compare(w.SchoolYear, year)
			})
			if !found {
				totals = slices.Insert(totals, i, WaveTotal{SchoolYear: e.Wave})
			}
			if e.Sector == "private" {
				totals[i].Private++
				continue
			}
			totals[i].Public++
		}
	}
	return totals
}

// OffPlan says, a sentence a difference, where the establishments differ in number from the academy's deployment
// plan. That is worth a look and no fault: schools open, close and merge.
func (t Territory) OffPlan() []string {
	var found []string
	totals := t.Totals()
	tell := func(year, sector string, are, planned int) {
		if are != planned {
			found = append(found, fmt.Sprintf("%s : %d établissements %s, le plan en prévoit %d", year, are, sector, planned))
		}
	}
	for _, plan := range t.Academy.Deployment {
		i := slices.IndexFunc(totals, func(w WaveTotal) bool { return w.SchoolYear == plan.SchoolYear })
		var are WaveTotal
		if i >= 0 {
			are = totals[i]
		}
		tell(plan.SchoolYear, "publics", are.Public, plan.Public)
		tell(plan.SchoolYear, "privés", are.Private, plan.Private)
	}
	return found
}

// natureFamily gathers the natures that are compared as one. It is empty for an unknown nature.
func natureFamily(nature string) string {
	switch nature {
	case "college", "lp", "erea":
		return nature
	case "lycee", "lpo", "legt", "lgt":
		return "lycee"
	}
	return ""
}

// schoolYearStart reads "2009-2010" as 2009, and returns 0 for anything else.
func schoolYearStart(s string) int {
	var from, to int
	if _, err := fmt.Sscanf(s, "%4d-%4d", &from, &to); err != nil || to != from+1 {
		return 0
	}
	if s != fmt.Sprintf("%04d-%04d", from, to) {
		return 0
	}
	return from
}
