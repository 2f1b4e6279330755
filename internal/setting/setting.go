package setting

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"elyco/internal/tenant"
)

// Kind is the type of a setting's value.
type Kind string

// The kinds, each with the field of Value that it uses.
const (
	Text    Kind = "text"    // Value.Text
	Number  Kind = "number"  // Value.Number
	Switch  Kind = "switch"  // Value.On
	Choice  Kind = "choice"  // Value.Text, one of the choices
	Choices Kind = "choices" // Value.Many, any of the choices
	Periods Kind = "periods" // Value.Periods
)

// Unit says what a number counts; its words are the package's.
type Unit string

// The units.
const (
	Plain     Unit = ""
	Mebibytes Unit = "mib"
	Days      Unit = "days"
	Months    Unit = "months"
	Minutes   Unit = "minutes"
	People    Unit = "people"
)

// Def declares a setting.
type Def struct {
	Name    string // of the whole house: "drive.quota.pupil"
	Title   string // key of what people read beside the field
	Help    string // key of the sentence that explains it; "" for none
	Group   string // key of the heading under which pages gather settings
	Kind    Kind
	Unit    Unit     // of a number
	Min     int      // of a number
	Max     int      // of a number; of a text, in characters; of periods, how many
	Choices []Option // of Choice and Choices
	Default Value
	Ranks   []tenant.Kind // who may decide; empty: every rank
}

// Option is one of the answers to a choice. Label is a key.
type Option struct{ Value, Label string }

// MaySet reports whether a space of the rank decides about the setting.
func (d Def) MaySet(k tenant.Kind) bool { return len(d.Ranks) == 0 || slices.Contains(d.Ranks, k) }

// MayLock reports whether a space of the rank has spaces below that decide as well.
func (d Def) MayLock(k tenant.Kind) bool {
	if !d.MaySet(k) {
		return false
	}
	below := map[tenant.Kind][]tenant.Kind{
		tenant.KindAcademy:      {tenant.KindCollectivity, tenant.KindEstablishment},
		tenant.KindCollectivity: {tenant.KindEstablishment},
	}[k]
	return slices.ContainsFunc(below, d.MaySet)
}

var nameShape = regexp.MustCompile(`^[a-z][a-z_]*(\.[a-z0-9_]+)+$`)

// Validate refuses a declaration that misses a part, or whose default it would itself refuse.
func (d Def) Validate() error {
	if !nameShape.MatchString(d.Name) {
		return fmt.Errorf("setting %q: the name is a room, a dot, and lower-case letters", d.Name)
	}
	if d.Title == "" || d.Group == "" {
		return fmt.Errorf("setting %s: title and group are needed", d.Name)
	}
	switch d.Kind {
	case Text, Number, Switch, Periods:
	case Choice, Choices:
		if len(d.Choices) == 0 {
			return fmt.Errorf("setting %s: a choice needs answers", d.Name)
		}
	default:
		return fmt.Errorf("setting %s: the kind %q is unknown", d.Name, d.Kind)
	}
	if err := d.Check(d.Default); err != nil {
		return errors.Join(fmt.Errorf("setting %s refuses its own default", d.Name), err)
	}
	return nil
}

func (d Def) limit(otherwise int) int { return cmp.Or(d.Max, otherwise) }

func (d Def) offers(value string) bool {
	return slices.ContainsFunc(d.Choices, func(o Option) bool { return o.Value == value })
}
