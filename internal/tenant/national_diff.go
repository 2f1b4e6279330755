package tenant

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// ChangeKind is what the national directory proposes for an establishment.
type ChangeKind string

// The kinds of change. Missing and Doubt ask a person to look; nothing is to be applied for them.
const (
	ChangeField   ChangeKind = "field"   // Field goes from Before to After
	ChangeCode    ChangeKind = "code"    // the provisional code Before becomes the national code After
	ChangeClose   ChangeKind = "close"   // the directory says that the establishment is closed
	ChangeAdd     ChangeKind = "add"     // National is not known here
	ChangeMissing ChangeKind = "missing" // the directory does not know the establishment
	ChangeDoubt   ChangeKind = "doubt"   // several answers are possible, or one that may be wrong: Reason says why
)

// Change is one difference between the territory and the national directory.
type Change struct {
	Kind       ChangeKind
	UAI        UAI    // of the establishment as known here; the national one for an addition
	Label      string // name and city, for people
	Field      string // uai, name, city, sector
	Before     string
	After      string
	Reason     string                  // of a doubt, in French
	National   NationalEstablishment   // what the change comes from, when it is one line of the directory
	Candidates []NationalEstablishment // of a doubt
}

// Words says whom the change is about, and what it is.
func (c Change) Words() string { return fmt.Sprintf("%s (%s)\u00a0: ", c.Label, c.UAI) + c.What() }

// What says what changes, in words that begin in the middle of a sentence.
func (c Change) What() string {
	switch c.Kind {
	case ChangeCode:
		return fmt.Sprintf("le code provisoire est remplacé par le code national %s", c.After)
	case ChangeClose:
		return "l’annuaire national le dit fermé"
	case ChangeAdd:
		n := c.National
		return fmt.Sprintf("nouvel établissement, %s %s", natureWords(n.Nature), sectorWords(n.Sector))
	case ChangeMissing:
		return "l’annuaire national ne le connaît pas ; rien ne change"
	case ChangeDoubt:
		return c.Reason + c.candidateWords() + " ; à décider à la main"
	}
	switch c.Field {
	case "name":
		return fmt.Sprintf("le nom « %s » devient « %s »", c.Before, c.After)
	case "city":
		return fmt.Sprintf("la commune « %s » devient « %s »", c.Before, c.After)
	}
	return fmt.Sprintf("le secteur, %s, devient %s", sectorWords(c.Before), sectorWords(c.After))
}

func (c Change) candidateWords() string {
	if len(c.Candidates) == 0 {
		return ""
	}
	var names []string
	for _, n := range c.Candidates {
		names = append(names, fmt.Sprintf("%s, %s (%s)", n.Name, n.City, n.UAI))
	}
	return " : " + strings.Join(names, " ; ")
}

func natureWords(nature string) string {
	switch nature {
	case "college":
		return "collège"
	case "lp":
		return "lycée professionnel"
	case "lpo":
		return "lycée polyvalent"
	case "legt", "lgt":
		return "lycée général et technologique"
	case "erea":
		return "établissement régional d’enseignement adapté"
	}
	return "lycée"
}

func sectorWords(sector string) string {
	if sector == "private" {
		return "privé"
	}
	return "public"
}

// DiffNational compares the establishments known here with the national directory and proposes changes: first for the
// establishments in the order of current, then additions by department, city and name. A code decides; a provisional
// one is replaced where name, city and family of nature designate one establishment on either side. What is not
// certain is a doubt, and the lines of the directory that it concerns are not proposed as additions. Made-up
// establishments are never touched.
func DiffNational(current []Establishment, national []NationalEstablishment) []Change {
	d := newDiff(current, national)
	d.pairByCode()
	d.pairByPlace()
	d.pairByName()
	for _, e := range current {
		d.tell(e)
	}
	d.additions()
	return d.changes
}

// diff is the comparison under way.
type diff struct {
	current  []Establishment
	national []NationalEstablishment
	byCode   map[UAI]int      // place of a code in national
	byPlace  map[string][]int // open lines of the directory by place
	byName   map[string][]int // and by name in the department
	twins    map[string]int   // how many establishments with a provisional code share a place
	taken    []bool           // by place in national: paired, or held by a doubt
	pairs    map[UAI]int      // by code known here, place in national
	doubts   map[UAI]Change   // by code known here
	changes  []Change
}

func newDiff(current []Establishment, national []NationalEstablishment) *diff {
	d := &diff{current: current, national: national, byCode: map[UAI]int{}, byPlace: map[string][]int{},
		byName: map[string][]int{}, twins: map[string]int{}, taken: make([]bool, len(national)),
		pairs: map[UAI]int{}, doubts: map[UAI]Change{}}
	for i, n := range national {
		d.byCode[n.UAI] = i
		if n.Closed || nameKey(n.Name) == "" {
			continue
		}
		place, name := placeKey(n.Name, n.City, n.Nature), placeKey(n.Name, n.Department, n.Nature)
		d.byPlace[place] = append(d.byPlace[place], i)
		d.byName[name] = append(d.byName[name], i)
	}
	for _, e := range current {
		if e.Provisional {
			d.twins[placeKey(e.Name, e.City, e.Nature)]++
		}
	}
	return d
}

// pairByCode trusts codes, save invented ones: when the directory uses one of those, a person must choose another.
func (d *diff) pairByCode() {
	for _, e := range d.current {
		i, known := d.byCode[e.UAI]
		if !known {
			continue
		}
		d.taken[i] = true
		if e.Provisional || e.MadeUp {
			d.doubt(e, "son code inventé est celui d’un établissement de l’annuaire national", []int{i})
			continue
		}
		if natureFamily(e.Nature) != natureFamily(d.national[i].Nature) {
			d.doubt(e, fmt.Sprintf("c’est ici un %s, et pour l’annuaire national un %s",
				natureWords(e.Nature), natureWords(d.national[i].Nature)), []int{i})
			continue
		}
		d.pairs[e.UAI] = i
	}
}

// pairByPlace gives provisional codes their national one.
func (d *diff) pairByPlace() {
	for _, e := range d.waiting() {
		place := placeKey(e.Name, e.City, e.Nature)
		found := d.free(d.byPlace[place])
		if nameKey(e.Name) == "" || len(found) == 0 {
			continue
		}
		if len(found) > 1 {
			d.doubt(e, "plusieurs établissements de l’annuaire national peuvent lui correspondre", found)
			continue
		}
		if d.twins[place] > 1 {
			d.doubt(e, "plusieurs établissements d’ici peuvent correspondre à la même ligne de l’annuaire national", found)
			continue
		}
		if n := d.national[found[0]]; n.Sector != e.Sector {
			d.doubt(e, fmt.Sprintf("il est ici %s, et pour l’annuaire national %s",
				sectorWords(e.Sector), sectorWords(n.Sector)), found)
			continue
		}
		d.pairs[e.UAI] = found[0]
	}
	d.hold()
}

// pairByName pairs nothing: the same name in another city may be a commune that merged, or another school.
func (d *diff) pairByName() {
	for _, e := range d.waiting() {
		found := d.free(d.byName[placeKey(e.Name, e.Department, e.Nature)])
		if nameKey(e.Name) != "" && len(found) > 0 {
			d.doubt(e, "l’annuaire national connaît ce nom dans une autre commune", found)
		}
	}
	d.hold()
}

// waiting lists the establishments whose provisional code has no answer yet.
func (d *diff) waiting() []Establishment {
	var list []Establishment
	for _, e := range d.current {
		_, paired := d.pairs[e.UAI]
		_, doubtful := d.doubts[e.UAI]
		if e.Provisional && !e.MadeUp && !paired && !doubtful {
			list = append(list, e)
		}
	}
	return list
}

func (d *diff) free(places []int) []int {
	var list []int
	for _, i := range places {
		if !d.taken[i] {
			list = append(list, i)
		}
	}
	return list
}

func (d *diff) doubt(e Establishment, reason string, places []int) {
	c := Change{Kind: ChangeDoubt, UAI: e.UAI, Label: e.Name + ", " + e.City, Reason: reason}
	for _, i := range places {
		c.Candidates = append(c.Candidates, d.national[i])
	}
	d.doubts[e.UAI] = c
}

// hold takes the lines of pairs and doubts at the end of a round, so that the answer does not depend on the order in
// which establishments were asked.
func (d *diff) hold() {
	for _, i := range d.pairs {
		d.taken[i] = true
	}
	for _, c := range d.doubts {
		for _, n := range c.Candidates {
			d.taken[d.byCode[n.UAI]] = true
		}
	}
}

// tell appends what there is to say of one establishment.
func (d *diff) tell(e Establishment) {
	if c, doubtful := d.doubts[e.UAI]; doubtful {
		d.changes = append(d.changes, c)
		return
	}
	if e.MadeUp {
		return
	}
	i, paired := d.pairs[e.UAI]
	if !paired {
		d.changes = append(d.changes, Change{Kind: ChangeMissing, UAI: e.UAI, Label: e.Name + ", " + e.City})
		return
	}
	n := d.national[i]
	change := func(kind ChangeKind, field, before, after string) {
		d.changes = append(d.changes, Change{Kind: kind, UAI: e.UAI, Label: e.Name + ", " + e.City,
			Field: field, Before: before, After: after, National: n})
	}
	if n.Closed {
		change(ChangeClose, "", "", "")
		return
	}
	if e.UAI != n.UAI {
		change(ChangeCode, "uai", string(e.UAI), string(n.UAI))
	}
	if k := nameKey(n.Name); k != "" && k != nameKey(e.Name) {
		change(ChangeField, "name", e.Name, n.Name)
	}
	if cityKey(n.City) != cityKey(e.City) {
		change(ChangeField, "city", e.City, n.City)
	}
	if n.Sector != e.Sector {
		change(ChangeField, "sector", e.Sector, n.Sector)
	}
}

func (d *diff) additions() {
	first := len(d.changes)
	for i, n := range d.national {
		if !d.taken[i] && !n.Closed {
			d.changes = append(d.changes, Change{Kind: ChangeAdd, UAI: n.UAI, Label: n.Name + ", " + n.City, National: n})
		}
	}
	slices.SortStableFunc(d.changes[first:], func(a, b Change) int {
		return cmp.Or(strings.Compare(a.National.Department, b.National.Department),
			strings.Compare(fold(a.National.City), fold(b.National.City)),
			strings.Compare(fold(a.National.Name), fold(b.National.Name)), strings.Compare(string(a.UAI), string(b.UAI)))
	})
}

func placeKey(name, place, nature string) string {
	return nameKey(name) + "|" + cityKey(place) + "|" + natureFamily(nature)
}

// nameKey keeps of a name what tells establishments of a city apart, so that "LEGT Réaumur" and "Lycée général et
// technologique Réaumur" are one. It is empty when nothing is left: such a name proves nothing.
func nameKey(name string) string {
	const kinds = " college lycee lp lpo lpr legt lgt leg let erea etablissement regional enseignement adapte general " +
		"generale et technologique technique professionnel professionnelle polyvalent metiers prive privee public " +
		"publique "
	const links = " du de des d la le les l au aux "
	return keep(name, kinds+links)
}

// cityKey brings the ways to write a city to one: "SAINT HERBLAIN CEDEX" and "St-Herblain".
func cityKey(city string) string {
	key, _, _ := strings.Cut(keep(city, ""), " cedex")
	return key
}

func keep(text, without string) string {
	var words []string
	for _, w := range strings.Fields(fold(text)) {
		switch w {
		case "st":
			w = "saint"
		case "ste":
			w = "sainte"
		}
		if !strings.Contains(without, " "+w+" ") {
			words = append(words, w)
		}
	}
	return strings.Join(words, " ")
}
