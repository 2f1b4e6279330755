package feed

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
)

// The tables in which a feed is set down.
const (
	stagedStructure = iota
	stagedPerson
	stagedMember
	stagedClass
	stagedPlace
	stagedTie
	stagedLesson
	stagedTouch
	stagedTables
)

// sink takes the rows of the staging tables.
type sink interface {
	put(table int, values ...any) error
}

// stager turns neutral rows into rows of the staging tables: it knows which establishment a key means, what a function
// makes of somebody, and says what it cannot place.
type stager struct {
	feed      uuid.UUID
	header    Header
	byUAI     map[string]school.ScopeID
	functions map[string]school.Profile // empty: passed over
	inCharge  bool                      // people in charge without authority get an account, too

	scopes   map[string]school.ScopeID // by the source's key; 0: none of ours
	levels   map[string]string         // of programmes
	named    map[string]string         // what levelOf was asked for
	subjects map[string]string
	classes  map[classKey]*classSeen
	declares map[school.ScopeID]bool // structures that list their classes
	strange  map[string]bool         // what was said once
	found    *findings
	out      sink
	records  int64

	before *earlier // what the house knows of the feed before; nil: every record is set down
	agreed string   // the context of that feed
	print  int64    // of the record at hand
	odd    bool     // the record at hand is named by the report, which the next feed's report does again
	page   ink
	again  []string // keys of records that are looked at again next time
}

// wherever stands for all establishments of which the pupil is a member, which a change of ties does not repeat.
const wherever school.ScopeID = 0

type classKey struct {
	scope   school.ScopeID
	code    string
	grouped bool
}

type classSeen struct {
	declared bool
	level    string         // the structure's
	levels   map[string]int // of the pupils
}

func (s *stager) row(r *Row) error {
	s.records++
	key, print := r.person(&s.page)
	if key == "" || r.Operation != Put {
		s.print = 0
		return s.say(r)
	}
	if s.before != nil {
		if same, err := s.same(key, print); err != nil || same {
			return err
		}
	}
	s.print, s.odd = print, false
	found := s.found.total
	if err := s.say(r); err != nil {
		return err
	}
	if s.odd || s.found.total > found {
		s.again = append(s.again, key)
	}
	return nil
}

// same reports whether a record may be passed over. The first one shows whether the feed before may be leant on at all: what
// people are placed in has been read by then.
func (s *stager) same(key string, print int64) (bool, error) {
	if s.agreed != "" && s.agreed != s.context() {
		return false, errWhole
	}
	s.agreed = ""
	return s.before.same(key, print)
}

// say sets down what a record says.
func (s *stager) say(r *Row) error {
	if r.Problem != "" {
		s.found.add(Finding{Kind: Unreadable, Detail: r.Problem, File: r.File, Line: r.Line})
		return nil
	}
	switch {
	case r.Structure != nil:
		return s.structure(r, r.Structure)
	case r.Subject != nil:
		s.subjects[r.Subject.Code] = r.Subject.Label
	case r.Programme != nil:
		s.levels[r.Programme.Code] = cmp.Or(s.levelOf(r.Programme.Level), s.levelOf(r.Programme.Label))
	case r.Pupil != nil:
		return s.pupil(r, r.Pupil)
	case r.Relative != nil:
		_, err := s.person(r, "relative", r.Relative.Person, "")
		return err
	case r.Staff != nil:
		return s.staff(r, r.Staff)
	}
	return nil
}

func (s *stager) structure(r *Row, t *Structure) error {
	if r.Operation == Drop {
		return nil
	}
	scope := s.byUAI[strings.ToUpper(t.UAI)]
	switch {
	case scope == 0:
		s.found.add(Finding{Kind: Structures, Key: t.UAI, Name: t.Name, File: r.File, Line: r.Line})
	case s.header.Only != 0 && scope != s.header.Only:
		s.found.add(Finding{Scope: s.header.Only, Kind: Foreign, Key: t.UAI, Name: t.Name, File: r.File, Line: r.Line})
		scope = 0
	}
	s.scopes[t.Key] = scope
	if scope == 0 {
		return nil
	}
	for _, c := range t.Classes {
		seen := s.class(scope, c.Code, false)
		seen.declared, s.declares[scope] = true, true
		for _, p := range c.Programmes {
			seen.level = cmp.Or(seen.level, s.levels[p])
		}
	}
	for _, g := range t.Groups {
		s.class(scope, g.Code, true).declared = true
	}
	return s.out.put(stagedStructure, s.feed, t.Key, t.UAI, t.Name, int64(scope))
}

// levelOf is LevelOf, which is slow, for what hundreds of thousands of records write in a few dozen ways.
func (s *stager) levelOf(text string) string {
	level, known := s.named[text]
	if !known {
		level = LevelOf(text)
		if len(s.named) < 1000 {
			s.named[strings.Clone(text)] = level
		}
	}
	return level
}

// class notes that a class or a group is there.
func (s *stager) class(scope school.ScopeID, code string, grouped bool) *classSeen {
	k := classKey{scope, code, grouped}
	c := s.classes[k]
	if c == nil {
		c = &classSeen{levels: map[string]int{}}
		s.classes[k] = c
	}
	s.odd = s.odd || !grouped && !c.declared && s.declares[scope]
	return c
}

// place tells the establishment of a key; what is not ours is said once.
func (s *stager) place(r *Row, key string) school.ScopeID {
	if key == "" {
		return 0
	}
	scope, known := s.scopes[key]
	s.odd = s.odd || !known
	if !known && !s.strange[key] {
		s.strange[key] = true
		s.found.add(Finding{Scope: s.header.Only, Kind: Structures, Key: key, File: r.File, Line: r.Line})
	}
	return scope
}

// person sets somebody down; false where the record names nobody.
func (s *stager) person(r *Row, kind string, p Person, ine string) (bool, error) {
	given, family := clean(p.GivenName), clean(p.FamilyName)
	fields := r.Given
	if r.Operation == Put {
		fields = Everything
		if family == "" {
			given, family = "", given
		}
	}
	if p.Key == "" || family == "" && fields.Has(FamilyName) && r.Operation != Drop {
		s.found.add(Finding{Kind: Unreadable, Key: p.Key, Detail: "Cet enregistrement n’a pas de nom ou pas d’identifiant.", File: r.File, Line: r.Line})
		s.before.unsay(p.Key)
		return false, nil
	}
	return true, s.out.put(stagedPerson, s.feed, p.Key, kind, string(r.Operation), int32(fields), given, family, orNull(p.BirthDate),
		nullIfEmpty(strings.ToLower(strings.TrimSpace(p.Email))), nullIfEmpty(strings.TrimSpace(ine)), r.File, int32(r.Line), s.printed())
}

func (s *stager) printed() any {
	if s.print == 0 {
		return nil
	}
	return s.print
}

func (s *stager) pupil(r *Row, p *Pupil) error {
	if there, err := s.person(r, "pupil", p.Person, p.INE); err != nil || !there || r.Operation == Drop {
		return err
	}
	var scopes []school.ScopeID
	if home := s.place(r, p.Home); home != 0 {
		scopes = append(scopes, home)
	}
	level := cmp.Or(s.levelOf(p.Level), s.levels[p.Programme])
	for _, c := range p.Classes {
		scope := s.place(r, c.Structure)
		if scope == 0 || c.Code == "" {
			continue
		}
		scopes = append(scopes, scope)
		if level != "" {
			s.class(scope, c.Code, false).levels[level]++
		}
	}
	slices.Sort(scopes)
	scopes = slices.Compact(scopes)
	for _, scope := range scopes {
		if err := s.out.put(stagedMember, s.feed, int64(scope), p.Key, string(school.Pupil), ""); err != nil {
			return err
		}
	}
	if r.Operation == Modify && !r.Given.Has(Home) {
		scopes = []school.ScopeID{wherever}
	}
	for _, scope := range scopes {
		if err := s.ties(scope, p); err != nil {
			return err
		}
	}
	if err := s.places(r, p.Key, school.Pupil, p.Classes, false); err != nil {
		return err
	}
	return s.places(r, p.Key, school.Pupil, p.Groups, true)
}

func (s *stager) ties(scope school.ScopeID, p *Pupil) error {
	for i, t := range p.Ties {
		if slices.ContainsFunc(p.Ties[:i], func(o Tie) bool { return o.Relative == t.Relative }) {
			continue
		}
		standing, rank := t.Standing()
		if t.Relative == "" || t.Relative == p.Key || standing != Authority && (standing != InCharge || !s.inCharge) {
			continue
		}
		var ranked any
		if rank > 0 {
			ranked = int16(rank)
		}
		err := s.out.put(stagedTie, s.feed, int64(scope), p.Key, t.Relative, t.Kinship(), ranked, t.Pays, t.Contact, t.Home)
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *stager) places(r *Row, key string, profile school.Profile, places []Place, grouped bool) error {
	for i, p := range places {
		scope := s.place(r, p.Structure)
		if scope == 0 || p.Code == "" || slices.Contains(places[:i], p) {
			continue
		}
		s.class(scope, p.Code, grouped)
		if err := s.out.put(stagedPlace, s.feed, int64(scope), key, string(profile), p.Code, grouped, false); err != nil {
			return err
		}
	}
	return nil
}

// settle sets the classes and groups down, once everybody has been read.
func (s *stager) settle() error {
	for k, seen := range s.classes {
		level, voted := seen.level, false
		if level == "" {
			level, voted = mostFrequent(seen.levels), true
		}
		if !seen.declared && !k.grouped && s.declares[k.scope] {
			s.found.add(Finding{Scope: k.scope, Kind: NewClass, Key: k.code})
		}
		if err := s.out.put(stagedClass, s.feed, int64(k.scope), k.code, k.grouped, level, voted); err != nil {
			return err
		}
	}
	return nil
}

func mostFrequent(counts map[string]int) string {
	best := ""
	for level, n := range counts {
		if n > counts[best] || n == counts[best] && level < best {
			best = level
		}
	}
	return best
}

// clean takes away what no name holds: characters that cannot be seen, and blanks around and between.
func clean(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return ' '
		}
		return r
	}, name)
	name = strings.Join(strings.Fields(name), " ")
	if runes := []rune(name); len(runes) > 120 {
		return string(runes[:120])
	}
	return name
}

func orNull(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}

func nullIfEmpty(s string) any {
	if s == "" {
		return nil
	}
	return s
}
