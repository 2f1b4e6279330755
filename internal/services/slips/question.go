package slips

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"elyco/internal/fault"
	"elyco/internal/words"
)

const (
	maxQuestion = 300
	maxOptions  = 20
	maxOption   = 160
	maxAnswer   = 1000
	steps       = 5 // of a scale
)

// Form is how a question is answered.
type Form string

// The forms.
const (
	Consent Form = "consent"
	One     Form = "one"
	Many    Form = "many"
	Scale   Form = "scale"
	Free    Form = "text"
	Number  Form = "number"
	Day     Form = "date"
)

// Forms lists those of a survey.
func Forms() []Form { return []Form{Consent, One, Many, Scale, Free, Number, Day} }

// The answers to a question of consent, and the vote for nobody.
const (
	yes   = "yes"
	no    = "no"
	blank = "blank"
)

// Question is one thing that is asked. Answers to One and Many are places in Options.
type Question struct {
	Form    Form     `json:"form"`
	Title   string   `json:"title"`
	Options []string `json:"options,omitempty"`
	Needed  bool     `json:"needed,omitempty"`
}

func (q Question) chooses() bool { return q.Form == One || q.Form == Many }

func (q Question) fits(bad fault.Fields) {
	if !slices.Contains(Forms(), q.Form) {
		bad.Add("questions", "Choisissez comment on répond à chaque question.")
	}
	if utf8.RuneCountInString(q.Title) > maxQuestion {
		bad.Add("questions", "Une question est trop longue : 300 caractères au plus.")
	}
	if len(q.Options) > maxOptions {
		bad.Add("questions", "Proposez 20 choix au plus.")
	}
	for _, o := range q.Options {
		if utf8.RuneCountInString(o) > maxOption {
			bad.Add("questions", "Un choix est trop long : 160 caractères au plus.")
		}
	}
}

func (q Question) lacks(k Kind) string {
	switch {
	case q.Title == "":
		return "écrivez ce que vous demandez."
	case k == Ballot && (q.Form != One || len(q.Options) < 1):
		return "inscrivez au moins une candidature."
	case k != Ballot && q.chooses() && len(q.Options) < 2:
		return "proposez au moins deux choix."
	}
	for i, o := range q.Options {
		if slices.Contains(q.Options[:i], o) {
			return "le choix « " + o + " » est proposé deux fois."
		}
	}
	return ""
}

// fieldOf names the field of a form that holds the answer to the question in place i.
func fieldOf(i int) string { return "q" + strconv.Itoa(i+1) }

// answersTo reads what was sent. A ballot may be blank and must be decided: either a candidate or nobody.
func (s Slip) answersTo(sent [][]string) ([][]string, error) {
	bad := fault.Fields{}
	out := make([][]string, len(s.Questions))
	for i, q := range s.Questions {
		var given []string
		if i < len(sent) {
			for _, v := range sent[i] {
				if v = strings.TrimSpace(v); v != "" {
					given = append(given, v)
				}
			}
		}
		if s.Kind == Ballot && len(given) == 1 && given[0] == blank {
			out[i] = given
			continue
		}
		if len(given) == 0 {
			if q.Needed || s.Kind == Ballot {
				bad.Add(fieldOf(i), "Cette question attend une réponse.")
			}
			continue
		}
		said := q.accept(given)
		if said != "" {
			bad.Add(fieldOf(i), said)
		}
		if q.Form == Number {
			given[0] = strings.ReplaceAll(given[0], ",", ".")
		}
		slices.Sort(given)
		out[i] = slices.Compact(given)
	}
	return out, bad.OrNil()
}

// accept says what is wrong with an answer that is not empty.
func (q Question) accept(given []string) string {
	const odd = "Choisissez parmi ce que la question propose."
	if len(given) > 1 && q.Form != Many {
		return "Une seule réponse est attendue."
	}
	switch q.Form {
	case Consent:
		if given[0] != yes && given[0] != no {
			return odd
		}
	case One, Many:
		for _, v := range given {
			if n, err := strconv.Atoi(v); err != nil || n < 0 || n >= len(q.Options) || strconv.Itoa(n) != v {
				return odd
			}
		}
	case Scale:
		if n, err := strconv.Atoi(given[0]); err != nil || n < 1 || n > steps || strconv.Itoa(n) != given[0] {
			return odd
		}
	case Free:
		if utf8.RuneCountInString(given[0]) > maxAnswer {
			return "Ce texte est trop long : 1 000 caractères au plus."
		}
	case Number:
		if _, err := strconv.ParseFloat(strings.ReplaceAll(given[0], ",", "."), 64); err != nil || len(given[0]) > 15 || strings.ContainsAny(given[0], "xXnNpPiI_") {
			return "Écrivez un nombre, par exemple 12 ou 3,5."
		}
	case Day:
		if _, err := time.Parse(time.DateOnly, given[0]); err != nil {
			return "Écrivez une date, par exemple 2026-12-18."
		}
	}
	return ""
}

// value puts one given answer in words.
func (q Question) value(v string) string {
	switch {
	case v == blank && q.chooses():
		return "Vote blanc"
	case q.chooses():
		if n, err := strconv.Atoi(v); err == nil && n >= 0 && n < len(q.Options) {
			return q.Options[n]
		}
	case q.Form == Consent && v == yes:
		return "Oui, j’autorise"
	case q.Form == Consent:
		return "Non, je n’autorise pas"
	case q.Form == Number:
		return strings.ReplaceAll(v, ".", ",")
	case q.Form == Scale:
		return v + " sur 5"
	case q.Form == Day:
		if t, err := time.ParseInLocation(time.DateOnly, v, words.Zone()); err == nil {
			return words.Date(t)
		}
	}
	return v
}

// choices lists the answers that a question proposes, in their order; none where they are free.
func (q Question) choices(k Kind) []string {
	var out []string
	switch q.Form {
	case Consent:
		out = []string{yes, no}
	case One, Many:
		for i := range q.Options {
			out = append(out, strconv.Itoa(i))
		}
	case Scale:
		for i := range steps {
			out = append(out, strconv.Itoa(i+1))
		}
	}
	if k == Ballot {
		out = append(out, blank)
	}
	return out
}
