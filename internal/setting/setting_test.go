package setting_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"elyco/internal/fault"
	"elyco/internal/setting"
	"elyco/internal/tenant"
)

func on(day string) time.Time {
	d, err := time.Parse("2006-01-02", day)
	if err != nil {
		panic(err)
	}
	return d
}

var (
	quota  = setting.Def{Name: "files.quota", Title: "t", Group: "g", Kind: setting.Number, Unit: setting.Mebibytes, Min: 10, Max: 5000, Default: setting.Value{Number: 500}}
	motto  = setting.Def{Name: "files.motto", Title: "t", Group: "g", Kind: setting.Text, Max: 12}
	chat   = setting.Def{Name: "files.chat", Title: "t", Group: "g", Kind: setting.Switch, Ranks: []tenant.Kind{tenant.KindEstablishment}}
	zone   = setting.Def{Name: "files.zone", Title: "t", Group: "g", Kind: setting.Choice, Choices: []setting.Option{{"A", "a"}, {"B", "b"}}, Default: setting.Value{Text: "B"}}
	fields = setting.Def{Name: "files.fields", Title: "t", Group: "g", Kind: setting.Choices, Choices: []setting.Option{{"mail", "a"}, {"phone", "b"}}}
	off    = setting.Def{Name: "files.off", Title: "t", Group: "g", Kind: setting.Periods, Max: 2}
)

func TestValuesThatCannotBe(t *testing.T) {
	day := on("2026-11-11")
	for name, c := range map[string]struct {
		def  setting.Def
		v    setting.Value
		says string
	}{
		"too small":              {quota, setting.Value{Number: 9}, "entre 10 et"},
		"too large":              {quota, setting.Value{Number: 5001}, "entre 10 et"},
		"too long":               {motto, setting.Value{Text: "treize lettres"}, "12 caractères"},
		"no such answer":         {zone, setting.Value{Text: "D"}, "réponses"},
		"one of several answers": {fields, setting.Value{Many: []string{"mail", "shoe"}}, "réponses"},
		"a period without name":  {off, setting.Value{Periods: []setting.Period{{"", day, day}}}, "nom"},
		"a period without end":   {off, setting.Value{Periods: []setting.Period{{"Pont", day, time.Time{}}}}, "dernier jour"},
		"a period backwards":     {off, setting.Value{Periods: []setting.Period{{"Pont", day, day.AddDate(0, 0, -1)}}}, "commencer"},
		"too many periods":       {off, setting.Value{Periods: []setting.Period{{"a", day, day}, {"b", day, day}, {"c", day, day}}}, "2 au plus"},
	} {
		err := c.def.Check(c.v)
		var f *fault.Error
		if !errors.As(err, &f) || f.Kind != fault.Invalid || !strings.Contains(strings.ReplaceAll(f.Fields[c.def.Name], "\u202f", " "), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, ok := range []struct {
		def setting.Def
		v   setting.Value
	}{{quota, setting.Value{Number: 10}}, {quota, setting.Value{Number: 5000}}, {motto, setting.Value{Text: "douzelettres"}},
		{fields, setting.Value{}}, {off, setting.Value{Periods: []setting.Period{{"Pont", day, day}}}}} {
		if err := ok.def.Check(ok.v); err != nil {
			t.Errorf("%s refuses %+v: %v", ok.def.Name, ok.v, err)
		}
	}
}

func TestDeclarationsThatCannotBe(t *testing.T) {
	for name, d := range map[string]setting.Def{
		"no room":           {Name: "quota", Title: "t", Group: "g", Kind: setting.Text},
		"no title":          {Name: "files.quota", Group: "g", Kind: setting.Text},
		"no heading":        {Name: "files.quota", Title: "t", Kind: setting.Text},
		"no kind":           {Name: "files.quota", Title: "t", Group: "g"},
		"no answers":        {Name: "files.quota", Title: "t", Group: "g", Kind: setting.Choice},
		"a default outside": {Name: "files.quota", Title: "t", Group: "g", Kind: setting.Number, Min: 1, Max: 2},
	} {
		if setting.NewBook(nil).Declare(d) == nil {
			t.Errorf("%s: it is accepted", name)
		}
	}
	if setting.NewBook(nil).Declare(quota, quota) == nil {
		t.Error("a setting is declared twice")
	}
}

func TestRanksThatLock(t *testing.T) {
	for kind, want := range map[tenant.Kind]bool{tenant.KindAcademy: true, tenant.KindCollectivity: true, tenant.KindEstablishment: false} {
		if quota.MayLock(kind) != want {
			t.Errorf("the rank %s locks: %v", kind, !want)
		}
	}
	if chat.MaySet(tenant.KindCollectivity) || chat.MayLock(tenant.KindCollectivity) || !chat.MaySet(tenant.KindEstablishment) {
		t.Error("what only establishments decide is decided above")
	}
}
