package policy_test

import (
	"math/rand/v2"
	"testing"

	"elyco/internal/fault"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// land is a territory without a database: an academy, two collectivities, an establishment of each and a second one of
// the first.
type land map[school.ScopeID]*tenant.Tenant

func (l land) ByID(id school.ScopeID) *tenant.Tenant { return l[id] }

const (
	academy, vendee, region   = 1, 2, 3
	college, lycee, neighbour = 10, 11, 12
)

func newLand() land {
	l := land{academy: {ID: academy, Kind: tenant.KindAcademy, Name: "Académie"}}
	for id, parent := range map[school.ScopeID]school.ScopeID{vendee: academy, region: academy} {
		l[id] = &tenant.Tenant{ID: id, Kind: tenant.KindCollectivity, Parent: l[parent], Name: "Collectivité"}
	}
	for id, parent := range map[school.ScopeID]school.ScopeID{college: vendee, lycee: region, neighbour: vendee} {
		l[id] = &tenant.Tenant{ID: id, Kind: tenant.KindEstablishment, Parent: l[parent], Name: "Établissement"}
	}
	return l
}

// newPolicy judges a chat: teachers start one with their classes, heads with everybody; an establishment may let pupils
// start one, and let teachers write to everybody. Everybody reads.
func newPolicy(t testing.TB) (*policy.Policy, land) {
	t.Helper()
	p, err := policy.New(map[string][]policy.Grant{"chat": {
		policy.Allow("read", policy.Self, school.Someone),
		policy.Allow("start", policy.Classes, school.Teacher),
		policy.Allow("start", policy.Establishment, school.Head),
	}},
		policy.Limit{Room: "chat", Action: "read", Kept: []school.Profile{school.Someone}},
		policy.Limit{Room: "chat", Action: "start", Offers: []policy.Offer{policy.UpTo(policy.Classes, school.Pupil), policy.UpTo(policy.Establishment, school.Teacher)}})
	if err != nil {
		t.Fatal(err)
	}
	l := newLand()
	p.Over(nil, l)
	return p, l
}

func start(scope school.ScopeID, who school.Profile, reach policy.Reach) policy.Delta {
	return policy.Delta{Scope: scope, Room: "chat", Action: "start", Profile: who, Reach: reach, Number: 1}
}

func closed(d policy.Delta) policy.Delta { d.Closed = true; return d }

func actor(scope school.ScopeID, profiles ...school.Profile) school.Actor {
	a := school.Actor{Person: school.PersonID{UUID: school.NewID()}, Scope: scope}
	for _, p := range profiles {
		a.Here = append(a.Here, school.Membership{Scope: scope, Profile: p})
	}
	return a
}

func TestTheNearestLineDecidesUnlessOneAboveIsClosed(t *testing.T) {
	for name, c := range map[string]struct {
		deltas []policy.Delta
		who    school.Actor
		want   policy.Reach
	}{
		"the default":                       {nil, actor(college, school.Teacher), policy.Classes},
		"nobody gave it":                    {nil, actor(college, school.Pupil), ""},
		"the establishment refuses":         {[]policy.Delta{start(college, school.Teacher, policy.None)}, actor(college, school.Teacher), ""},
		"another establishment does not":    {[]policy.Delta{start(college, school.Teacher, policy.None)}, actor(neighbour, school.Teacher), policy.Classes},
		"the establishment opens":           {[]policy.Delta{start(college, school.Pupil, policy.Classes)}, actor(college, school.Pupil), policy.Classes},
		"the establishment widens":          {[]policy.Delta{start(college, school.Teacher, policy.Establishment)}, actor(college, school.Teacher), policy.Establishment},
		"the collectivity refuses":          {[]policy.Delta{start(vendee, school.Teacher, policy.None)}, actor(college, school.Teacher), ""},
		"in its own portal too":             {[]policy.Delta{start(vendee, school.Teacher, policy.None)}, actor(vendee, school.Teacher), ""},
		"another collectivity does not":     {[]policy.Delta{start(vendee, school.Teacher, policy.None)}, actor(lycee, school.Teacher), policy.Classes},
		"the academy refuses for all":       {[]policy.Delta{start(academy, school.Teacher, policy.None)}, actor(lycee, school.Teacher), ""},
		"the establishment gives it back":   {[]policy.Delta{start(vendee, school.Teacher, policy.None), start(college, school.Teacher, policy.Classes)}, actor(college, school.Teacher), policy.Classes},
		"unless the collectivity closed":    {[]policy.Delta{closed(start(vendee, school.Teacher, policy.None)), start(college, school.Teacher, policy.Classes)}, actor(college, school.Teacher), ""},
		"or the academy":                    {[]policy.Delta{closed(start(academy, school.Teacher, policy.None)), start(vendee, school.Teacher, policy.Classes)}, actor(college, school.Teacher), ""},
		"the highest that closed":           {[]policy.Delta{closed(start(academy, school.Teacher, policy.Classes)), closed(start(vendee, school.Teacher, policy.None))}, actor(college, school.Teacher), policy.Classes},
		"closed as it is":                   {[]policy.Delta{closed(start(vendee, school.Pupil, policy.None)), start(college, school.Pupil, policy.Classes)}, actor(college, school.Pupil), ""},
		"of two profiles, the widest":       {[]policy.Delta{start(college, school.Teacher, policy.None)}, actor(college, school.Teacher, school.Head), policy.Establishment},
		"what is kept stays":                {[]policy.Delta{{Scope: college, Room: "chat", Action: "read", Profile: school.Someone, Reach: policy.None}}, school.Actor{}, ""},
		"what is not offered has no effect": {[]policy.Delta{start(college, school.Guardian, policy.Academy)}, actor(college, school.Guardian), ""},
		"beyond the offer has no effect":    {[]policy.Delta{start(college, school.Pupil, policy.Establishment)}, actor(college, school.Pupil), ""},
		"an unknown room has no effect":     {[]policy.Delta{{Scope: college, Room: "gone", Action: "x", Profile: school.Teacher, Reach: policy.None}}, actor(college, school.Teacher), policy.Classes},
	} {
		t.Run(name, func(t *testing.T) {
			p, _ := newPolicy(t)
			if err := p.Adopt(c.deltas...); err != nil {
				t.Fatal(err)
			}
			if got, _ := p.For(c.who, "chat", "start"); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestWhatIsKeptStays(t *testing.T) {
	p, _ := newPolicy(t)
	err := p.Adopt(policy.Delta{Scope: college, Room: "chat", Action: "read", Profile: school.Someone, Reach: policy.None})
	if err != nil {
		t.Fatal(err)
	}
	if _, may := p.For(actor(college), "chat", "read"); !may {
		t.Error("a kept right was taken away")
	}
}

// reference works out an answer without casbin: the simplest way to say the rule.
func reference(l land, shipped map[school.Profile]policy.Reach, deltas []policy.Delta, scope school.ScopeID, s school.Profile) policy.Reach {
	answer := shipped[s]
	var chain []*tenant.Tenant
	for t := l[scope]; t != nil; t = t.Parent {
		chain = append([]*tenant.Tenant{t}, chain...)
	}
	for _, t := range chain {
		for _, d := range deltas {
			if d.Scope != t.ID || d.Profile != s {
				continue
			}
			answer = d.Reach
			if d.Reach == policy.None {
				answer = ""
			}
			if d.Closed {
				return answer
			}
		}
	}
	return answer
}

func TestCompiledAnswersAreTheRule(t *testing.T) {
	shipped := map[school.Profile]policy.Reach{school.Teacher: policy.Classes, school.Head: policy.Establishment}
	choices := map[school.Profile][]policy.Reach{school.Teacher: {policy.None, policy.Classes, policy.Establishment},
		school.Head: {policy.None, policy.Establishment}, school.Pupil: {policy.None, policy.Classes}}
	p, l := newPolicy(t)
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var deltas []policy.Delta
		for scope, space := range l {
			for who, reaches := range choices {
				if r.IntN(2) == 0 {
					continue
				}
				d := start(scope, who, reaches[r.IntN(len(reaches))])
				d.Closed = space.Kind != tenant.KindEstablishment && r.IntN(3) == 0
				deltas = append(deltas, d)
			}
		}
		if err := p.Adopt(deltas...); err != nil {
			t.Fatal(err)
		}
		for scope := range l {
			for who := range choices {
				a := actor(scope, who)
				got, may := p.For(a, "chat", "start")
				if want := reference(l, shipped, deltas, scope, who); got != want {
					t.Fatalf("%s in %d: got %q, want %q, from %v", who, scope, got, want, deltas)
				}
				reason, err := p.Explain(session.With(t.Context(), a), "chat", "start")
				if err != nil {
					t.Fatal(err)
				}
				if reason.Allowed != may || (may && reason.Reach != got) {
					t.Fatalf("%s in %d: the reason says %v, the answer is %q", who, scope, reason, got)
				}
			}
		}
	}
}

func TestExplainNamesTheLineThatDecides(t *testing.T) {
	p, l := newPolicy(t)
	refusal := closed(start(vendee, school.Teacher, policy.None))
	refusal.Author = "Dominique Roy"
	if err := p.Adopt(refusal, start(college, school.Pupil, policy.Classes)); err != nil {
		t.Fatal(err)
	}
	explain := func(a school.Actor) policy.Reason {
		r, err := p.Explain(session.With(t.Context(), a), "chat", "start")
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	r := explain(actor(college, school.Teacher))
	if r.Allowed || r.Set == nil || r.Set.Space != l[vendee] || r.Set.Author != "Dominique Roy" || !r.Set.Closed || r.Default != policy.Classes {
		t.Errorf("the refusal does not name the collectivity's line: %+v", r)
	}
	if len(r.Profiles) != 2 || r.Profiles[0] != school.Pupil || r.Profiles[1] != school.Head {
		t.Errorf("who may: %v", r.Profiles)
	}
	if r = explain(actor(college, school.Pupil)); !r.Allowed || r.Set == nil || r.Set.Space != l[college] || r.Default != policy.None {
		t.Errorf("the pupil's line is the establishment's: %+v", r)
	}
	if r = explain(actor(college, school.Head)); !r.Allowed || r.Set != nil || r.Profile != school.Head {
		t.Errorf("the head's line is the default: %+v", r)
	}
	if r = explain(actor(college, school.Guardian)); r.Allowed || r.Set != nil || r.Profile != "" {
		t.Errorf("no line names guardians: %+v", r)
	}
	if r = explain(actor(lycee, school.Teacher)); !r.Allowed || r.Set != nil {
		t.Errorf("elsewhere the default holds: %+v", r)
	}
}

func TestWhatALevelMaySet(t *testing.T) {
	for name, c := range map[string]struct {
		above  []policy.Delta
		in     school.ScopeID
		who    school.Profile
		reach  policy.Reach
		closed bool
		want   fault.Kind // Internal: nothing is wrong
	}{
		"an establishment refuses":                  {nil, college, school.Teacher, policy.None, false, fault.Internal},
		"an establishment takes an offer":           {nil, college, school.Pupil, policy.Classes, false, fault.Internal},
		"an establishment widens by an offer":       {nil, college, school.Teacher, policy.Establishment, false, fault.Internal},
		"an establishment goes beyond":              {nil, college, school.Pupil, policy.Establishment, false, fault.Invalid},
		"an establishment has nothing to close":     {nil, college, school.Teacher, policy.None, true, fault.Invalid},
		"a collectivity refuses":                    {nil, vendee, school.Teacher, policy.None, false, fault.Internal},
		"a collectivity closes":                     {nil, vendee, school.Teacher, policy.Classes, true, fault.Internal},
		"a collectivity closes what is not given":   {nil, vendee, school.Pupil, policy.None, true, fault.Internal},
		"a collectivity does not widen":             {nil, vendee, school.Teacher, policy.Establishment, false, fault.Invalid},
		"a collectivity does not open":              {nil, vendee, school.Pupil, policy.Classes, false, fault.Invalid},
		"nobody closes what they give back":         {nil, vendee, school.Teacher, policy.Inherited, true, fault.Invalid},
		"nothing below what is closed":              {[]policy.Delta{closed(start(vendee, school.Teacher, policy.None))}, college, school.Teacher, policy.Classes, false, fault.Forbidden},
		"not even giving back":                      {[]policy.Delta{closed(start(academy, school.Teacher, policy.None))}, vendee, school.Teacher, policy.Inherited, false, fault.Forbidden},
		"open above":                                {[]policy.Delta{start(vendee, school.Teacher, policy.None)}, college, school.Teacher, policy.Establishment, false, fault.Internal},
		"an unknown reach":                          {nil, college, school.Teacher, "galaxy", false, fault.Invalid},
		"an academy's reach that nobody ever named": {nil, academy, school.Head, policy.Academy, false, fault.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			p, l := newPolicy(t)
			if err := p.Adopt(c.above...); err != nil {
				t.Fatal(err)
			}
			line, ok := p.Line(l[c.in], "chat", "start", c.who)
			if !ok {
				t.Fatal("there is no line")
			}
			if err := line.Check(c.reach, c.closed); (err == nil) != (c.want == fault.Internal) || (err != nil && !fault.Is(err, c.want)) {
				t.Errorf("got %v", err)
			}
		})
	}
	p, l := newPolicy(t)
	kept, _ := p.Line(l[college], "chat", "read", school.Someone)
	if err := kept.Check(policy.None, false); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a kept right may be taken: %v", err)
	}
	if _, ok := p.Line(l[college], "chat", "start", school.Guardian); ok {
		t.Error("there is a line for whom the room neither grants nor offers anything")
	}
}

func TestALineShowsEveryLevel(t *testing.T) {
	p, l := newPolicy(t)
	if err := p.Adopt(start(vendee, school.Teacher, policy.None), start(college, school.Teacher, policy.Establishment)); err != nil {
		t.Fatal(err)
	}
	line, _ := p.Line(l[college], "chat", "start", school.Teacher)
	if line.Default != policy.Classes || line.Inherited != policy.None || line.Effective != policy.Establishment ||
		len(line.Above) != 1 || line.Above[0].Space != l[vendee] || line.Own == nil || !line.Open() {
		t.Errorf("got %+v", line)
	}
	if line.After(policy.Inherited) != policy.None || line.After(policy.Classes) != policy.Classes {
		t.Error("the effect of a change is told wrongly")
	}
	if own, above := p.Changes(l[college], "chat"); own != 1 || above != 1 {
		t.Errorf("%d and %d changes", own, above)
	}
	if !line.Stands(policy.Establishment, false) || line.Stands(policy.Inherited, false) {
		t.Error("the line does not know how it stands")
	}
}

func TestRoomsThatAskTheImpossibleAreRefused(t *testing.T) {
	grants := map[string][]policy.Grant{"chat": {policy.Allow("read", policy.Self, school.Someone)}}
	for name, l := range map[string]policy.Limit{
		"an unknown reach":      {Room: "chat", Action: "read", Offers: []policy.Offer{policy.UpTo("galaxy", school.Pupil)}},
		"an unknown profile":    {Room: "chat", Action: "read", Offers: []policy.Offer{policy.UpTo(policy.Self, "martian")}},
		"what nobody was given": {Room: "chat", Action: "read", Kept: []school.Profile{school.Head}},
	} {
		if _, err := policy.New(grants, l); err == nil {
			t.Errorf("%s was accepted", name)
		}
	}
}

func BenchmarkFor(b *testing.B) {
	p, l := newPolicy(b)
	for scope := school.ScopeID(100); scope < 832; scope++ {
		l[scope] = &tenant.Tenant{ID: scope, Kind: tenant.KindEstablishment, Parent: l[vendee]}
	}
	a := actor(800, school.Teacher)
	var deltas []policy.Delta
	for scope := school.ScopeID(100); scope < 832; scope++ {
		deltas = append(deltas, start(scope, school.Pupil, policy.Classes), start(scope, school.Teacher, policy.None), start(scope, school.Head, policy.None))
	}
	b.Run("defaults", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p.For(a, "chat", "start")
		}
	})
	b.Run("compile 732 spaces", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			fresh, _ := newPolicy(b)
			fresh.Over(nil, l)
			if err := fresh.Adopt(deltas...); err != nil {
				b.Fatal(err)
			}
		}
	})
	if err := p.Adopt(deltas...); err != nil {
		b.Fatal(err)
	}
	b.Run("changed", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p.For(a, "chat", "start")
		}
	})
}
