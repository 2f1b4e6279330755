package setting

import "elyco/internal/tenant"

const trailMonths = "setting.trail.months"

// Trail declares how long the trail of the whole house is kept. The academy alone decides: one keeper keeps all chains.
func Trail() []Def {
	const least, most, usual = 12, 120, 36
	return []Def{{Name: trailMonths, Title: "setting.trail.months", Help: "setting.trail.months_help", Group: "setting.trail", Kind: Number, Unit: Months,
		Min: least, Max: most, Default: Value{Number: usual}, Ranks: []tenant.Kind{tenant.KindAcademy}}}
}

// TrailMonths is how many months the trail is kept.
func (b *Book) TrailMonths(academy *tenant.Tenant) int { return b.Number(academy, trailMonths) }
