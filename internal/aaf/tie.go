package aaf

import (
	"context"
	"errors"
	"strconv"
)

// Kin is what a relative is to a pupil. Feeds have written it in two nomenclatures; this one says both.
type Kin string

// The kinds of tie that either nomenclature knows.
const (
	Mother      Kin = "mother"
	Father      Kin = "father"
	Ward        Kin = "ward"       // tuteur
	Sibling     Kin = "sibling"    // fratrie
	Forebear    Kin = "forebear"   // ascendant
	OtherFamily Kin = "family"     // autre membre de la famille
	Educator    Kin = "educator"   // éducateur
	FosterCarer Kin = "foster"     // assistant familial
	Childminder Kin = "childmind"  // garde d'enfant
	ChildCare   Kin = "child-care" // aide sociale à l'enfance: a service, and no person
	Self        Kin = "self"       // the pupil, who is of age
	OtherKin    Kin = "other"
)

var kinByCode = map[int]Kin{
	1: Father, 2: Mother, 3: Ward, 4: OtherFamily, 5: ChildCare, 6: OtherKin, 7: Self,
	10: Mother, 20: Father, 37: Sibling, 38: Forebear, 39: OtherFamily, 41: Educator, 42: FosterCarer, 43: Childminder,
	50: Ward, 51: ChildCare, 70: Self, 90: OtherKin,
}

// firstModernKin is where the second nomenclature begins; the first one ends below.
const firstModernKin = 10

// Tie is what a pupil's record says of one relative.
type Tie struct {
	Relative string // join key; its record may be absent from the feed
	Code     int    // of the kind of tie, in the nomenclature of the feed; 0 when the feed does not say
	Pays     bool   // the school's bills
	Legal    int    // as written; Responsibility says what it means
	Contact  bool   // is to be called
	Paid     bool   // receives aids and grants
}

// Kin tells what the relative is, OtherKin for a code that nobody knows.
func (t Tie) Kin() Kin {
	if k, ok := kinByCode[t.Code]; ok {
		return k
	}
	return OtherKin
}

// modernCodes says each code of the old nomenclature in the new one.
var modernCodes = map[int]int{1: 20, 2: 10, 3: 50, 4: 39, 5: 51, 6: 90, 7: 70}

// Modern is the tie with its code in the new nomenclature, which leaves no doubt that Legal is to be read by status.
func (t Tie) Modern() Tie {
	if c, old := modernCodes[t.Code]; old {
		t.Code = c
	}
	return t
}

// Meaning is what a feed understands by the field of legal responsibility, which changed around 2017.
type Meaning int

const (
	// ByStatus is how feeds have written since: 1 a legal guardian, of whom there may be several with equal rights; 2 a
	// person in charge of the pupil, without legal authority; 0 a contact.
	ByStatus Meaning = iota
	// ByRank is how they wrote before: 1 the first legal guardian, 2 the second one, 0 anybody else.
	ByRank
)

// Responsibility is what a relative answers for.
type Responsibility string

// The responsibilities, from the least.
const (
	Contact  Responsibility = "contact"   // may be called, sees nothing
	InCharge Responsibility = "in-charge" // has the pupil in everyday life, without legal authority
	Guardian Responsibility = "guardian"  // legal guardian
)

// Responsibility tells what the tie means in a feed that writes by m. The rule that decides: a 2 makes a guardian only when
// the feed writes by rank and the tie itself is in the old nomenclature. Where they disagree the lesser right holds.
func (t Tie) Responsibility(m Meaning) Responsibility {
	switch {
	case t.Legal == 1, t.Legal == 2 && m == ByRank && t.Code < firstModernKin:
		return Guardian
	case t.Legal == 2:
		return InCharge
	}
	return Contact
}

// Rank orders the legal guardians where the feed does: 1 or 2, and 0 where all are equal or the relative is none.
func (t Tie) Rank(m Meaning) int {
	if m == ByRank && t.Code < firstModernKin && t.Responsibility(m) == Guardian {
		return t.Legal
	}
	return 0
}

// enoughTies is after how many a feed's way of writing is certain.
const enoughTies = 2_000

var errEnough = errors.New("enough was read")

// Meaning finds out how the feed writes legal responsibility: by rank when its first ties use the old nomenclature of kin,
// and none the new one. Without any tie the version that its comments announce says it, and failing that ByStatus holds,
// which gives less.
func (f *Feed) Meaning(ctx context.Context) (Meaning, error) {
	header, err := f.Header()
	if err != nil {
		return ByStatus, err
	}
	seen, old, modern := 0, false, false
	pupils := Feed{Files: f.of(Pupils), shelf: f.shelf}
	err = pupils.Each(ctx, func(r *Record) error {
		for _, t := range r.Ties(func(Notice) {}) {
			seen++
			modern = modern || t.Code >= firstModernKin
			old = old || t.Code > 0 && t.Code < firstModernKin
		}
		if modern || seen >= enoughTies {
			return errEnough
		}
		return nil
	}, func(Notice) {})
	if err != nil && !errors.Is(err, errEnough) {
		return ByStatus, err
	}
	if !modern && (old || seen == 0 && before2017(header["versionAF"])) {
		return ByRank, nil
	}
	return ByStatus, nil
}

func (f *Feed) of(c Category) (files []File) {
	for _, file := range f.Files {
		if file.Category == c {
			files = append(files, file)
		}
	}
	return files
}

// before2017 reads a version such as AAF-VE1301: its last four digits are a year and a month.
func before2017(version string) bool {
	if len(version) < 4 {
		return false
	}
	n, err := strconv.Atoi(version[len(version)-4:])
	return err == nil && n > 0 && n < 1700
}
