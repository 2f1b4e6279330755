package account

import (
	"slices"
	"time"

	"elyco/internal/school"
	"elyco/internal/setting"
	"elyco/internal/tenant"
)

// The settings of the room.
const (
	FactorFor   = "account.factor_for"   // the profiles that must have a second factor
	FactorGrace = "account.factor_grace" // the days that they have to add one, from the sign-in at which they are first told
)

// watched are the profiles of which a level may demand a second factor. Families and pupils are only ever offered one.
func watched() []school.Profile {
	return []school.Profile{school.Administrator, school.Head, school.Teacher, school.SchoolLife, school.Administrative, school.Technical,
		school.Health, school.Librarian, school.Collectivity, school.AcademyAgent}
}

// Thirty days let a head who comes back from the holidays find the time, and lock nobody out: after them, the only page that
// opens is the one that adds a factor.
func settings() []setting.Def {
	who := setting.Def{Name: FactorFor, Title: "account.setting.factor_for", Help: "account.setting.factor_for_help", Group: "account.setting.group",
		Kind: setting.Choices, Default: setting.Value{Many: []string{string(school.Administrator), string(school.Head)}}}
	for _, p := range watched() {
		who.Choices = append(who.Choices, setting.Option{Value: string(p), Label: "profile." + string(p)})
	}
	return []setting.Def{who, {Name: FactorGrace, Title: "account.setting.factor_grace", Help: "account.setting.factor_grace_help", Group: "account.setting.group",
		Kind: setting.Number, Unit: setting.Days, Min: 0, Max: 365, Default: setting.Value{Number: 30}}}
}

// decisions is what the room asks of the settings.
type decisions interface {
	Many(t *tenant.Tenant, name string) []string
	Number(t *tenant.Tenant, name string) int
}

// demand tells whether one of somebody's roles, anywhere, asks for a second factor, and the shortest grace among those that
// do.
func demand(d decisions, place func(school.ScopeID) *tenant.Tenant, who school.Actor) (asked bool, grace time.Duration) {
	for _, m := range who.Everywhere {
		t := place(m.Scope)
		if t == nil {
			continue
		}
		profiles := d.Many(t, FactorFor)
		if !slices.Contains(profiles, string(m.Profile)) && !(m.Admin && slices.Contains(profiles, string(school.Administrator))) {
			continue
		}
		days := time.Duration(d.Number(t, FactorGrace)) * 24 * time.Hour
		if !asked || days < grace {
			grace = days
		}
		asked = true
	}
	return asked, grace
}
