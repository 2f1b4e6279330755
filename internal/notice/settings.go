package notice

import (
	_ "embed"

	"elyco/internal/setting"
	"elyco/internal/tenant"
)

//go:embed words.fr.yaml
var wordsFR []byte

// Words are the messages of the package.
func Words() []byte { return wordsFR }

const (
	settingPayer = "notice.payer."
	settingPrice = "notice.price."
	payerNobody  = "nobody"
)

// Settings are what the levels of the territory decide about notices: who pays for what costs something, and what it costs.
func Settings() []setting.Def {
	const group, dearest = "notice.settings", 5000
	payers := []setting.Option{}
	for _, p := range []string{string(tenant.KindEstablishment), string(tenant.KindCollectivity), string(tenant.KindAcademy), payerNobody} {
		payers = append(payers, setting.Option{Value: p, Label: "notice.payer." + p})
	}
	usual := map[Channel]int{Text: 45, Voice: 90, Letter: 1390}
	var list []setting.Def
	for _, c := range []Channel{Text, Voice, Letter} {
		list = append(list,
			setting.Def{Name: settingPayer + string(c), Title: "notice.setting.payer." + string(c), Help: "notice.setting.payer", Group: group, Kind: setting.Choice,
				Choices: payers, Default: setting.Value{Text: string(tenant.KindEstablishment)}},
			setting.Def{Name: settingPrice + string(c), Title: "notice.setting.price." + string(c), Help: "notice.setting.price", Group: group, Kind: setting.Number,
				Min: 0, Max: dearest, Default: setting.Value{Number: usual[c]}})
	}
	return list
}
