package account

import (
	"testing"
	"time"

	"elyco/internal/school"
	"elyco/internal/tenant"
)

// decided is what each space says.
type decided map[school.ScopeID]struct {
	who  []string
	days int
}

func (d decided) Many(t *tenant.Tenant, _ string) []string { return d[t.ID].who }
func (d decided) Number(t *tenant.Tenant, _ string) int    { return d[t.ID].days }

func TestDemand(t *testing.T) {
	d := decided{1: {[]string{"administrator", "head"}, 30}, 2: {[]string{"teacher"}, 5}, 3: {nil, 0}}
	place := func(id school.ScopeID) *tenant.Tenant {
		if id > 3 {
			return nil
		}
		return &tenant.Tenant{ID: id}
	}
	const day = 24 * time.Hour
	for name, c := range map[string]struct {
		roles []school.Membership
		asked bool
		grace time.Duration
	}{
		"nobody":                          {nil, false, 0},
		"a guardian":                      {[]school.Membership{{Scope: 1, Profile: school.Guardian}}, false, 0},
		"a head":                          {[]school.Membership{{Scope: 1, Profile: school.Head}}, true, 30 * day},
		"a teacher where it is not asked": {[]school.Membership{{Scope: 1, Profile: school.Teacher}}, false, 0},
		"a teacher who administers":       {[]school.Membership{{Scope: 1, Profile: school.Teacher, Admin: true}}, true, 30 * day},
		"an administrator where only teachers are asked": {[]school.Membership{{Scope: 2, Profile: school.Head, Admin: true}}, false, 0},
		"a head where nobody is asked":                   {[]school.Membership{{Scope: 3, Profile: school.Head, Admin: true}}, false, 0},
		"two roles, the shorter grace":                   {[]school.Membership{{Scope: 1, Profile: school.Head}, {Scope: 2, Profile: school.Teacher}}, true, 5 * day},
		"the same, the other way":                        {[]school.Membership{{Scope: 2, Profile: school.Teacher}, {Scope: 1, Profile: school.Head}}, true, 5 * day},
		"a place that is gone":                           {[]school.Membership{{Scope: 9, Profile: school.Head}}, false, 0},
	} {
		if asked, grace := demand(d, place, school.Actor{Everywhere: c.roles}); asked != c.asked || grace != c.grace {
			t.Errorf("%s: %t, %s", name, asked, grace)
		}
	}
}
