package setting

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"elyco/internal/fault"
	"elyco/internal/words"
)

// Value is what a setting says. The kind of the setting tells which field is used; the others are zero.
type Value struct {
	Text    string
	Number  int
	On      bool
	Many    []string
	Periods []Period
}

// Period is some days with a name, both ends included. Days are midnights UTC, as package directory cuts them.
type Period struct {
	Name     string
	From, To time.Time
}

const (
	longestText = 2000
	mostPeriods = 60
	dayShape    = "2006-01-02"
)

// Check refuses with Invalid, naming the setting as the field, a value that the setting cannot have.
func (d Def) Check(v Value) error {
	wrong := ""
	switch d.Kind {
	case Text:
		if n := d.limit(longestText); utf8.RuneCountInString(v.Text) > n {
			wrong = fmt.Sprintf("Ce texte est trop long : écrivez %s caractères au plus.", words.Number(n))
		}
	case Number:
		if v.Number < d.Min || d.Max != 0 && v.Number > d.Max {
			wrong = fmt.Sprintf("Choisissez un nombre entre %s et %s.", words.Number(d.Min), words.Number(d.Max))
		}
	case Choice:
		if !d.offers(v.Text) {
			wrong = "Choisissez l’une des réponses proposées."
		}
	case Choices:
		if slices.ContainsFunc(v.Many, func(s string) bool { return !d.offers(s) }) {
			wrong = "Choisissez parmi les réponses proposées."
		}
	case Periods:
		wrong = checkPeriods(v.Periods, d.limit(mostPeriods))
	}
	if wrong == "" {
		return nil
	}
	return fault.Field(d.Name, wrong)
}

func checkPeriods(list []Period, most int) string {
	if len(list) > most {
		return fmt.Sprintf("Il y a trop de périodes : gardez-en %d au plus.", most)
	}
	for _, p := range list {
		switch {
		case strings.TrimSpace(p.Name) == "" || utf8.RuneCountInString(p.Name) > 80:
			return "Donnez à chaque période un nom de 80 caractères au plus."
		case p.From.IsZero() || p.To.IsZero():
			return "Donnez à chaque période son premier et son dernier jour."
		case p.To.Before(p.From):
			return "Une période finit avant de commencer. Corrigez l’une des deux dates."
		}
	}
	return ""
}

// clean keeps of v what the kind uses, in one form, so that equal answers are equal values.
func (d Def) clean(v Value) Value {
	switch d.Kind {
	case Text, Choice:
		return Value{Text: strings.TrimSpace(v.Text)}
	case Number:
		return Value{Number: v.Number}
	case Switch:
		return Value{On: v.On}
	case Choices:
		// In the order of the declaration, each once.
		var many []string
		for _, o := range d.Choices {
			if slices.Contains(v.Many, o.Value) {
				many = append(many, o.Value)
			}
		}
		return Value{Many: many}
	}
	list := slices.Clone(v.Periods)
	slices.SortStableFunc(list, func(a, b Period) int { return a.From.Compare(b.From) })
	return Value{Periods: list}
}

// Same reports whether two values of the setting say the same.
func (d Def) Same(a, b Value) bool { return reflect.DeepEqual(d.clean(a), d.clean(b)) }

type writtenPeriod struct {
	Name string `json:"name"`
	From string `json:"from"`
	To   string `json:"to"`
}

func (d Def) encode(v Value) ([]byte, error) {
	v = d.clean(v)
	switch d.Kind {
	case Number:
		return json.Marshal(v.Number)
	case Switch:
		return json.Marshal(v.On)
	case Choices:
		if v.Many == nil {
			return []byte("[]"), nil
		}
		return json.Marshal(v.Many)
	case Periods:
		list := make([]writtenPeriod, len(v.Periods))
		for i, p := range v.Periods {
			list[i] = writtenPeriod{p.Name, p.From.Format(dayShape), p.To.Format(dayShape)}
		}
		return json.Marshal(list)
	}
	return json.Marshal(v.Text)
}

// decode reads what encode wrote, and refuses what the setting as it is declared now cannot have.
func (d Def) decode(raw []byte) (Value, error) {
	var v Value
	var err error
	switch d.Kind {
	case Number:
		err = json.Unmarshal(raw, &v.Number)
	case Switch:
		err = json.Unmarshal(raw, &v.On)
	case Choices:
		err = json.Unmarshal(raw, &v.Many)
	case Periods:
		var list []writtenPeriod
		err = json.Unmarshal(raw, &list)
		for _, p := range list {
			from, e1 := time.Parse(dayShape, p.From)
			to, e2 := time.Parse(dayShape, p.To)
			if e1 != nil || e2 != nil {
				return Value{}, fmt.Errorf("a period without its days")
			}
			v.Periods = append(v.Periods, Period{p.Name, from, to})
		}
	default:
		err = json.Unmarshal(raw, &v.Text)
	}
	if err != nil {
		return Value{}, err
	}
	return d.clean(v), d.Check(v)
}
