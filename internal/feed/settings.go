package feed

import (
	"elyco/internal/setting"
	"elyco/internal/tenant"
)

const (
	goneSetting  = "feeds.gone_percent"
	tiesSetting  = "feeds.ties_percent"
	graceSetting = "feeds.grace_days"
	chargeSwitch = "feeds.in_charge"
)

// Settings declares what the academy decides about feeds, for all establishments.
func Settings() []setting.Def {
	academy := []tenant.Kind{tenant.KindAcademy}
	usual := Defaults()
	number := func(name, title, help string, unit setting.Unit, min, max, usual int) setting.Def {
		return setting.Def{Name: name, Title: title, Help: help, Group: "feeds.title", Kind: setting.Number, Unit: unit, Min: min, Max: max,
			Default: setting.Value{Number: usual}, Ranks: academy}
	}
	return []setting.Def{
		number(goneSetting, "feeds.setting.gone", "feeds.setting.gone_help", setting.Plain, 0, 100, usual.GonePercent),
		number(tiesSetting, "feeds.setting.ties", "feeds.setting.ties_help", setting.Plain, 0, 100, usual.TiesPercent),
		number(graceSetting, "feeds.setting.grace", "feeds.setting.grace_help", setting.Days, 0, 60, usual.GraceDays),
		{Name: chargeSwitch, Title: "feeds.setting.in_charge", Help: "feeds.setting.in_charge_help", Group: "feeds.title", Kind: setting.Switch, Ranks: academy},
	}
}

// LimitsBy are the limits that the book's decisions set in a space.
func LimitsBy(b *setting.Book) func(t *tenant.Tenant) Limits {
	return func(t *tenant.Tenant) Limits {
		return Limits{GonePercent: b.Number(t, goneSetting), TiesPercent: b.Number(t, tiesSetting), GraceDays: b.Number(t, graceSetting),
			InCharge: b.On(t, chargeSwitch)}
	}
}
