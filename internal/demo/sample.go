package demo

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"time"

	"github.com/google/uuid"

	"elyco/internal/directory"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// SampleOptions choose what a sample feed holds.
type SampleOptions struct {
	Dir    string
	Scale  Scale
	Seed   uint64    // 0: the usual one, which makes the people of the demonstration
	Day    time.Time // of the feed
	Change float64   // share of the people of whom something has changed since the feed without it; 0: none
	Delta  bool      // writes what has changed, and no more
}

// SampleReport counts what was written.
type SampleReport struct {
	Files                    int
	Bytes                    int64
	Schools                  int
	Pupils, Relatives, Staff int
	Changed                  int // people, of those
}

// WriteSample writes a feed of the academy's directory with made-up people, in the format that the rectorat uses, with the
// odd records of real ones. The same territory, seed, scale and school year make the same people, a feed with changes
// included. What is held in memory is one establishment and who may also belong to the next ones.
func WriteSample(ctx context.Context, territory tenant.Territory, o SampleOptions) (SampleReport, error) {
	if o.Seed == 0 {
		o.Seed = usualSeed
	}
	all := spacesOf(territory)
	l := &load{options: Options{Scale: o.Scale, Seed: o.Seed}, all: territoryOrder(all), today: directory.Day(o.Day), names: newNameBook(),
		carried: map[string]*carry{}}
	l.lycee = stageLyceeOf(l.all)
	out, err := newFeedFiles(o)
	if err != nil {
		return SampleReport{}, fmt.Errorf("write a sample feed: %w", err)
	}
	s := &sampler{out: out, options: o, names: l.names, adults: map[uuid.UUID]*adult{}, told: map[int]bool{},
		year: directory.YearAt(l.today).StartsOn}
	s.nomenclatures()
	for i, t := range l.all {
		if err := ctx.Err(); err != nil {
			return SampleReport{}, errors.Join(err, out.close())
		}
		sp := l.make(t)
		if t.Kind == tenant.KindEstablishment && len(sp.classes) > 0 {
			s.school(sp, i)
			s.settle(l.carried[t.Department])
		}
	}
	s.technical()
	s.settle(nil)
	if err := out.close(); err != nil {
		return SampleReport{}, fmt.Errorf("write a sample feed: %w", err)
	}
	s.report.Files, s.report.Bytes = out.files, out.bytes
	return s.report, nil
}

// spacesOf makes of the territory's files what the registry makes of them in a database, in the same order.
func spacesOf(territory tenant.Territory) []*tenant.Tenant {
	academy := &tenant.Tenant{ID: 1, Kind: tenant.KindAcademy, Slug: territory.Academy.Slug, Name: territory.Academy.Name}
	all := []*tenant.Tenant{academy}
	add := func(t *tenant.Tenant) *tenant.Tenant {
		t.ID = school.ScopeID(len(all) + 1)
		all = append(all, t)
		return t
	}
	parents := map[string]*tenant.Tenant{}
	for _, c := range territory.Collectivities {
		parents[c.Slug] = add(&tenant.Tenant{Kind: tenant.KindCollectivity, Slug: c.Slug, Name: c.Name, Nature: c.Kind, Parent: academy})
	}
	for _, c := range territory.Collectivities {
		for _, e := range c.Establishments {
			add(&tenant.Tenant{Kind: tenant.KindEstablishment, Slug: e.Slug, Name: e.Name, Nature: e.Nature, Sector: e.Sector, City: e.City,
				Department: e.Department, UAI: string(e.UAI), Pilot: e.Pilot, Parent: parents[c.Slug]})
		}
	}
	return all
}

// sampler turns people into records.
type sampler struct {
	out     *feedFiles
	options SampleOptions
	names   *nameBook
	year    time.Time // when the school year begins
	report  SampleReport
	adults  map[uuid.UUID]*adult // who are not written yet
	order   []uuid.UUID          // of the adults, so that a seed says it
	told    map[int]bool         // relatives who are no persons, and were written
	last    *schoolSheet         // the establishment written last
}

// adult gathers what several establishments say of a grown-up, who has one record.
type adult struct {
	*person
	key      int
	pupils   []int // of a relative
	relative bool
	arrived  bool // since the feed before
	work     work // of staff
}

// settle writes the adults whom no other establishment can name any more.
func (s *sampler) settle(c *carry) {
	waits := map[uuid.UUID]bool{}
	if c != nil {
		for _, f := range c.families {
			for _, p := range f.parents {
				waits[p.person.id] = true
			}
		}
		if c.star != nil {
			for _, p := range c.star.parents {
				waits[p.person.id] = true
			}
		}
		for _, of := range c.teachers {
			for _, p := range of {
				waits[p.id] = true
			}
		}
	}
	kept := s.order[:0]
	for _, id := range s.order {
		a := s.adults[id]
		if waits[id] || c != nil && a.work.department != "" && a.work.department != s.last.space.tenant.Department {
			kept = append(kept, id)
			continue
		}
		delete(s.adults, id)
		if a.relative {
			s.relative(a)
			continue
		}
		s.staff(a)
	}
	s.order = kept
}

// adult finds or begins the record of a grown-up.
func (s *sampler) adult(p *person, key int, relative bool) *adult {
	a := s.adults[p.id]
	if a == nil {
		a = &adult{person: p, key: key, relative: relative}
		a.work.department = s.last.space.tenant.Department
		s.adults[p.id] = a
		s.order = append(s.order, p.id)
	}
	return a
}

// dice are the same for the same person and question, whatever is drawn elsewhere: a number below n.
func (s *sampler) dice(key int, question string, n int) int {
	h := fnv.New64a()
	fmt.Fprint(h, s.options.Seed, " ", key, " ", question)
	return int(h.Sum64() >> 16 % uint64(n))
}

// one is true for one key out of n.
func (s *sampler) one(key int, question string, n int) bool { return s.dice(key, question, n) == 0 }

// changes tells whether something of the person has changed since the feed before.
func (s *sampler) changes(key int) bool {
	const fine = 1_000_000
	return float64(s.dice(key, "change", fine)) < s.options.Change*fine
}
