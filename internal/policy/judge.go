package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"

	"elyco/internal/school"
)

// The first line that matches decides, so lines are laid before casbin in the order of their weight: what the spaces
// above closed, from the top; then what is open, from the space itself upwards; then the defaults. A domain lies in
// those above it, and all lie in "*".
const rules = `
[request_definition]
r = sub, dom, obj, act
[policy_definition]
p = sub, dom, obj, act, reach, eft
[role_definition]
g = _, _
[policy_effect]
e = priority(p.eft) || deny
[matchers]
m = r.sub == p.sub && r.obj == p.obj && r.act == p.act && g(r.dom, p.dom)
`

// everywhere is the domain of the defaults.
const everywhere = "*"

// line is a line as casbin reads it.
type line struct {
	subject school.Profile
	domain  string
	act     act
	reach   Reach
}

func domain(s school.ScopeID) string { return strconv.FormatInt(int64(s), 10) }

// newJudge lays the lines before casbin, the weightiest first. chain names the domains from the top down.
func newJudge(lines []line, chain []school.ScopeID) (*casbin.Enforcer, error) {
	m, err := model.NewModelFromString(rules)
	if err != nil {
		return nil, fmt.Errorf("read the policy model: %w", err)
	}
	e, err := casbin.NewEnforcer(m)
	if err != nil {
		return nil, fmt.Errorf("start the policy judge: %w", err)
	}
	above := everywhere
	for _, s := range chain {
		if _, err := e.AddGroupingPolicy(domain(s), above); err != nil {
			return nil, fmt.Errorf("tell the policy judge where %d lies: %w", s, err)
		}
		above = domain(s)
	}
	for _, l := range lines {
		effect := "allow"
		if l.reach == None {
			effect = "deny"
		}
		if _, err := e.AddPolicy(string(l.subject), l.domain, l.act.room, l.act.action, string(l.reach), effect); err != nil {
			return nil, fmt.Errorf("add the line %s.%s: %w", l.act.room, l.act.action, err)
		}
	}
	return e, nil
}

// ask puts one question to casbin: the reach of the line that allows, or nothing.
func ask(judge *casbin.Enforcer, s school.Profile, domain string, a act) (Reach, error) {
	ok, found, err := judge.EnforceEx(string(s), domain, a.room, a.action)
	if err != nil {
		return "", fmt.Errorf("ask the policy judge: %w", err)
	}
	if !ok {
		return "", nil
	}
	return Reach(found[4]), nil
}

// widestFirst lets the widest of a room's own lines for one profile decide.
func widestFirst(lines []line) {
	slices.SortStableFunc(lines, func(a, b line) int { return cmp.Compare(width[b.reach], width[a.reach]) })
}

// overlay holds the answers that differ, or could, in one space and those below it that change nothing themselves.
type overlay struct {
	chain []school.ScopeID // from the top down to the space itself
	made  []Delta          // of the chain, as they were compiled
	lines []line           // what casbin is asked about
	rows  map[act]row
}

func (o *overlay) domain() string { return domain(o.chain[len(o.chain)-1]) }

// judge is casbin with the lines that concern the space. It is made when somebody asks why, because it weighs far more
// than its answers.
func (o *overlay) judge() (*casbin.Enforcer, error) { return newJudge(o.lines, o.chain) }

// newOverlay asks casbin every question that a change in the chain touches. The chain goes from the top down to the
// space itself.
func (p *Policy) newOverlay(chain []school.ScopeID, deltas []Delta) (*overlay, error) {
	touched := weigh(chain, deltas)
	o := &overlay{chain: chain, made: deltas, lines: slices.Clone(touched), rows: map[act]row{}}
	for _, l := range touched {
		if reach := p.shipped(l.act, l.subject); reach != "" {
			o.lines = append(o.lines, line{l.subject, everywhere, l.act, reach})
		}
	}
	judge, err := o.judge()
	if err != nil {
		return nil, err
	}
	for _, l := range touched {
		reach, err := ask(judge, l.subject, o.domain(), l.act)
		if err != nil {
			return nil, err
		}
		r := o.rows[l.act]
		if r == nil {
			r = make(row, len(p.places))
			copy(r, p.defaults[l.act])
			o.rows[l.act] = r
		}
		r[p.places[l.subject]] = reach
	}
	return o, nil
}

// weigh orders the changes of a chain by their weight.
func weigh(chain []school.ScopeID, deltas []Delta) []line {
	depth := map[school.ScopeID]int{}
	for i, s := range chain {
		depth[s] = i + 1
	}
	weight := func(d Delta) int {
		if d.Closed {
			return depth[d.Scope]
		}
		return 2*len(chain) - depth[d.Scope] + 1
	}
	sorted := slices.Clone(deltas)
	slices.SortStableFunc(sorted, func(a, b Delta) int { return cmp.Compare(weight(a), weight(b)) })
	lines := make([]line, len(sorted))
	for i, d := range sorted {
		lines[i] = line{d.Profile, domain(d.Scope), act{d.Room, d.Action}, d.Reach}
	}
	return lines
}

// shipped is the default of a line, or "".
func (p *Policy) shipped(a act, s school.Profile) Reach {
	if r := p.defaults[a]; r != nil {
		return r[p.places[s]]
	}
	return ""
}
