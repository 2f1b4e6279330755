package setting

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"elyco/internal/words"
)

//go:embed words.fr.yaml
var wordsFR []byte

// Words are the package's messages, for the catalog of the house.
func Words() []byte { return wordsFR }

// Say writes a value as people read it: "500 Mo", "oui", "Trimestres", "du 1er septembre au 30 novembre".
func (d Def) Say(ctx context.Context, v Value) string {
	switch d.Kind {
	case Number:
		return d.Unit.say(ctx, v.Number)
	case Switch:
		if v.On {
			return words.T(ctx, "setting.yes")
		}
		return words.T(ctx, "setting.no")
	case Choice:
		return d.label(ctx, v.Text)
	case Choices:
		names := make([]string, len(v.Many))
		for i, s := range v.Many {
			names[i] = d.label(ctx, s)
		}
		return orNothing(ctx, strings.Join(names, ", "))
	case Periods:
		lines := make([]string, len(v.Periods))
		for i, p := range v.Periods {
			lines[i] = fmt.Sprintf("%s : %s – %s", p.Name, p.From.Format("02/01/2006"), p.To.Format("02/01/2006"))
		}
		return orNothing(ctx, strings.Join(lines, " ; "))
	}
	return orNothing(ctx, v.Text)
}

// Bounds writes what a number may be and what it counts: "En mégaoctets, de 50 à 20 480."
func (d Def) Bounds(ctx context.Context) string {
	key := map[Unit]string{
		Plain: "setting.bounds.plain", Mebibytes: "setting.bounds.mib", Days: "setting.bounds.days",
		Months: "setting.bounds.months", Minutes: "setting.bounds.minutes", People: "setting.bounds.people",
	}[d.Unit]
	return words.T(ctx, key, "min", words.Number(d.Min), "max", words.Number(d.Max))
}

func (d Def) label(ctx context.Context, value string) string {
	for _, o := range d.Choices {
		if o.Value == value {
			return words.T(ctx, o.Label)
		}
	}
	return value
}

func orNothing(ctx context.Context, s string) string {
	if s == "" {
		return words.T(ctx, "setting.nothing")
	}
	return s
}

func (u Unit) say(ctx context.Context, n int) string {
	switch u {
	case Mebibytes:
		const gibi = 1024
		if n >= gibi && n%gibi == 0 {
			return words.T(ctx, "setting.gibibytes", "n", n/gibi)
		}
		return words.T(ctx, "setting.mebibytes", "n", n)
	case Days:
		return words.N(ctx, "setting.days", n)
	case Months:
		return words.N(ctx, "setting.months", n)
	case Minutes:
		return words.N(ctx, "setting.minutes", n)
	case People:
		return words.N(ctx, "setting.people", n)
	}
	return words.Number(n)
}
