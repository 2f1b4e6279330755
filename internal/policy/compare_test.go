package policy_test

import (
	"testing"

	"elyco/internal/school"
)

func TestExceeds(t *testing.T) {
	p, _ := newPolicy(t)
	for name, c := range map[string]struct {
		by      []school.Membership
		profile school.Profile
		action  string
	}{
		"a pupil does nothing that a guardian does not": {[]school.Membership{{Scope: college, Profile: school.Guardian}}, school.Pupil, ""},
		"a teacher reaches classes":                     {[]school.Membership{{Scope: college, Profile: school.Guardian}}, school.Teacher, "start"},
		"a head reaches farther than a teacher":         {[]school.Membership{{Scope: college, Profile: school.Teacher}}, school.Head, "start"},
		"a teacher does not reach farther than a head":  {[]school.Membership{{Scope: college, Profile: school.Head}}, school.Teacher, ""},
		"what one is elsewhere does not count":          {[]school.Membership{{Scope: lycee, Profile: school.Head}}, school.Teacher, "start"},
	} {
		a := school.Actor{Person: school.PersonID{UUID: school.NewID()}, Everywhere: c.by}.In(college)
		room, action, exceeds := p.Exceeds(a, c.profile)
		if action != c.action || exceeds != (c.action != "") || exceeds && room != "chat" {
			t.Errorf("%s: %s.%s, %t", name, room, action, exceeds)
		}
	}
}
