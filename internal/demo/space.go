package demo

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/directory"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// person is a made-up person. Memberships point at it, so that renaming it renames them.
type person struct {
	id     uuid.UUID
	given  string
	family string
	kin    kin
	born   time.Time
	login  string
	email  string
	phone  string // a mobile number that the person has confirmed; empty: none
}

type class struct {
	id    uuid.UUID
	name  string
	level level
}

type group struct {
	id   uuid.UUID
	name string
}

// member is a person's membership of one space, with what ties it to classes and groups.
type member struct {
	*person
	profile  school.Profile
	function string
	admin    bool
	sections []string
	starts   time.Time
	ends     time.Time // zero: none
	classes  []*class
	groups   []*group
	form     *class // of a form teacher
}

// tie is one guardianship.
type tie struct {
	child     *member
	guardian  *member
	kind      string
	rank      int // 0: not a legal guardian
	livesWith bool
	pays      bool
	pickUp    bool
	excluded  bool // by a ruling, still in force
}

// space is all that one scope of the territory receives.
type space struct {
	tenant    *tenant.Tenant
	stageName string // of the ready-made accounts; empty for most
	year      directory.Year
	today     time.Time
	classes   []*class
	groups    []*group
	persons   []*person // who are new in the academy
	members   []*member
	ties      []tie
	shared    []uuid.UUID // members of another space too, whose passports are issued at the end
	byFamily  []*family

	rng    *rand.Rand
	ids    idMaker
	logins map[string]int
	names  *nameBook
}

// idMaker gives time-ordered identifiers that depend on the seed and the space alone.
type idMaker struct {
	rng *rand.Rand
	at  uint64 // milliseconds
}

func (m *idMaker) next() uuid.UUID {
	var id uuid.UUID
	binary.BigEndian.PutUint64(id[:8], m.at<<16|0x7000|uint64(m.rng.IntN(0x1000)))
	binary.BigEndian.PutUint64(id[8:], m.rng.Uint64()>>2|1<<63)
	m.at++
	return id
}

// newSpace prepares a space's dice: they depend on the seed and on the place, never on the other spaces.
func newSpace(t *tenant.Tenant, seed uint64, names *nameBook, today time.Time) *space {
	h := fnv.New64a()
	fmt.Fprint(h, path(t))
	sum := h.Sum64()
	year := directory.YearAt(today)
	s := &space{tenant: t, today: directory.Day(today), rng: rand.New(rand.NewPCG(seed, sum)), names: names, logins: map[string]int{},
		ids: idMaker{rng: rand.New(rand.NewPCG(sum, seed)), at: uint64(year.StartsOn.UnixMilli()) - sum%(60*24*3600*1000)}}
	if t.Kind == tenant.KindEstablishment {
		year.ID = s.ids.next()
	}
	s.year = year
	return s
}

// path is how people name a space: vendee/haxo.
func path(t *tenant.Tenant) string {
	if t.Kind == tenant.KindEstablishment {
		return t.Parent.Slug + "/" + t.Slug
	}
	return t.Slug
}

// chance is true in so many cases out of a thousand.
func (s *space) chance(perMille int) bool { return s.rng.IntN(1000) < perMille }

// between draws a whole number, both ends included.
func (s *space) between(low, high int) int { return low + s.rng.IntN(high-low+1) }

// newPerson makes a person with an account; year is that of birth.
func (s *space) newPerson(given, family string, k kin, year int) *person {
	p := &person{id: s.ids.next(), given: given, family: family, kin: k,
		born: time.Date(year, time.Month(s.between(1, 12)), s.between(1, 28), 0, 0, 0, 0, time.UTC)}
	p.login = s.login(given, family)
	if k == woman || k == man {
		p.email = p.login + "@courriel.example.org"
	}
	s.persons = append(s.persons, p)
	return p
}

// login is unique in the academy: the space's number ends it, and homonyms of one space are counted.
func (s *space) login(given, family string) string {
	base := s.names.slug(given) + "." + s.names.slug(family)
	s.logins[base]++
	count := ""
	if n := s.logins[base]; n > 1 {
		count = strconv.Itoa(n)
	}
	return strings.Join([]string{base + count, strconv.FormatInt(int64(s.tenant.ID), 36)}, ".")
}

// adult makes a grown-up who works here.
func (s *space) adult() *person {
	o, k := s.names.origin(s.rng), woman
	if s.chance(420) {
		k = man
	}
	return s.newPerson(s.names.given(s.rng, o, k), pick(s.rng, o.families), k, s.year.StartsOn.Year()-s.between(24, 63))
}

// join makes p a member here since some first of September.
func (s *space) join(p *person, profile school.Profile, function string, years int) *member {
	m := &member{person: p, profile: profile, function: function, starts: s.year.StartsOn.AddDate(-years, 0, 0)}
	s.members = append(s.members, m)
	return m
}

// staff makes a grown-up a member with a function, said in the person's gender.
func (s *space) staff(profile school.Profile, f function) *member {
	p := s.adult()
	return s.join(p, profile, f.of(p), s.between(0, 14))
}

// function is what a person does, as it is said of a woman and of a man.
type function struct{ her, him string }

func (f function) of(p *person) string {
	if p.kin.female() || f.him == "" {
		return f.her
	}
	return f.him
}
