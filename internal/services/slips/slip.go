package slips

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/words"
)

const (
	maxTitle     = 140
	maxBody      = 8000
	maxQuestions = 12
	maxAhead     = 400 * 24 * time.Hour
	maxTexts     = 12
)

// Kind is what people are asked for.
type Kind string

// The kinds.
const (
	Coupon Kind = "slip"   // a text and an answer that is signed
	Survey Kind = "survey" // several questions
	Ballot Kind = "ballot" // a vote between candidates
)

func (k Kind) valid() bool { return k == Coupon || k == Survey || k == Ballot }

// State is what its author made of a slip.
type State string

// The states. What is published is over at its deadline, whether a job has said so or not.
const (
	Draft     State = "draft"
	Published State = "published"
	Closed    State = "closed"
	Withdrawn State = "withdrawn"
)

// Text is the notice in another language, as the establishment supplied it.
type Text struct {
	Lang  string `json:"lang"`
	Title string `json:"title"`
	Body  string `json:"body"`
}

// Slip is what an author asks of people.
type Slip struct {
	ID          uuid.UUID
	Kind        Kind
	State       State
	Title, Body string
	HTML        string
	Questions   []Question
	Texts       []Text
	Audience    audience.Audience
	Whom        string
	Anonymous   bool
	PerChild    bool
	Both        bool // each guardian of a child answers; otherwise one is enough
	Required    bool
	ResultsOpen bool // those who are asked read the results once it is over
	Reminds     bool
	ClosesAt    time.Time
	PublishedAt time.Time
	ClosedAt    time.Time
	CreatedAt   time.Time
	Author      school.PersonID
	AuthorName  string
	Version     int
}

// Open reports whether answers are taken.
func (s Slip) Open(now time.Time) bool { return s.State == Published && now.Before(s.ClosesAt) }

// Over reports whether the results may be read.
func (s Slip) Over(now time.Time) bool {
	return s.State == Closed || s.State == Published && !now.Before(s.ClosesAt)
}

// ResultsAt reports whether the author may read results: at any time where answers bear names, and only after the end
// where they do not, because two readings would tell what was cast between them.
func (s Slip) ResultsAt(now time.Time) bool {
	return s.Over(now) || s.State == Published && !s.Anonymous
}

// settle makes what a kind does not leave open what it must be.
func (s *Slip) settle() {
	s.Title, s.Body = strings.TrimSpace(s.Title), strings.TrimSpace(s.Body)
	switch s.Kind {
	case Coupon:
		s.Anonymous, s.PerChild = false, true
	case Ballot:
		s.Anonymous, s.PerChild = true, false
	}
	if s.Anonymous || !s.PerChild {
		s.Both = true
	}
}

// fits bounds what a draft may hold; what is missing may come later.
func (s Slip) fits() error {
	bad := fault.Fields{}
	if !s.Kind.valid() {
		return fault.Missing()
	}
	if utf8.RuneCountInString(s.Title) > maxTitle {
		bad.Add("title", "Ce titre est trop long : 140 caractères au plus.")
	}
	if utf8.RuneCountInString(s.Body) > maxBody {
		bad.Add("body", "Ce texte est trop long : 8 000 caractères au plus.")
	}
	if len(s.Questions) > maxQuestions {
		bad.Add("questions", "Posez 12 questions au plus.")
	}
	for _, q := range s.Questions {
		q.fits(bad)
	}
	return bad.OrNil()
}

// Ready names what a draft lacks before people can be asked.
func (s Slip) Ready(now time.Time) error {
	if err := s.fits(); err != nil {
		return err
	}
	bad := fault.Fields{}
	if s.Title == "" {
		bad.Add("title", "Donnez un titre.")
	}
	if s.Kind == Coupon && s.Body == "" {
		bad.Add("body", "Écrivez l’information que les familles doivent lire.")
	}
	if s.Audience.Empty() {
		bad.Add(audience.Field, "Choisissez à qui vous vous adressez.")
	}
	switch {
	case s.ClosesAt.IsZero():
		bad.Add("closes", "Choisissez la date limite de réponse.")
	case !s.ClosesAt.After(now):
		bad.Add("closes", "Choisissez une date limite à venir.")
	case s.ClosesAt.After(now.Add(maxAhead)):
		bad.Add("closes", "Choisissez une date limite dans l’année qui vient.")
	}
	if len(s.Questions) == 0 {
		bad.Add("questions", "Posez au moins une question.")
	}
	for i, q := range s.Questions {
		if said := q.lacks(s.Kind); said != "" {
			bad.Add("questions", "Question "+words.Number(i+1)+" : "+said)
			break
		}
	}
	return bad.OrNil()
}

// takes says why an answer is not taken now.
func (s Slip) takes(now time.Time) error {
	switch {
	case s.Open(now):
		return nil
	case s.State == Withdrawn:
		return fault.New(fault.Conflict, "Cette demande a été retirée : il n’y a plus rien à répondre.")
	case s.Over(now):
		return fault.New(fault.Conflict, "La date limite est passée : les réponses ne sont plus prises. Adressez-vous à l’établissement.")
	}
	return fault.Missing()
}

// text is the notice in a language, if the establishment supplied it.
func (s Slip) text(lang string) (Text, bool) {
	i := slices.IndexFunc(s.Texts, func(t Text) bool { return t.Lang == lang })
	if i < 0 {
		return Text{}, false
	}
	return s.Texts[i], true
}

// Language is one in which an establishment may supply a notice. Name is what its readers call it.
type Language struct {
	Code, Name, French string
	RTL                bool
}

// Languages lists those that the editor offers.
func Languages() []Language {
	return []Language{
		{"en", "English", "anglais", false}, {"ar", "العربية", "arabe", true}, {"tr", "Türkçe", "turc", false},
		{"pt", "Português", "portugais", false}, {"es", "Español", "espagnol", false}, {"uk", "Українська", "ukrainien", false},
		{"zh", "中文", "chinois", false}, {"ru", "Русский", "russe", false}, {"it", "Italiano", "italien", false},
		{"ro", "Română", "roumain", false}, {"fa", "فارسی", "persan", true}, {"sq", "Shqip", "albanais", false},
	}
}

func language(code string) (Language, bool) {
	all := Languages()
	i := slices.IndexFunc(all, func(l Language) bool { return l.Code == code })
	if i < 0 {
		return Language{}, false
	}
	return all[i], true
}

// dir is the direction in which a language is written.
func (l Language) dir() string {
	if l.RTL {
		return "rtl"
	}
	return "ltr"
}

// Asked is that somebody is asked, for oneself or for a child, with the answer if it bears a name.
type Asked struct {
	Person, Child          uuid.UUID
	Profile                string
	Name, ChildName, Class string
	Reply                  *Reply
	Voted                  bool // on the roll of an anonymous vote
}

// Reply is a named answer.
type Reply struct {
	Answers    [][]string
	SignedAs   string
	SignedAt   time.Time
	Changes    int
	OnPaper    bool
	WriterName string
}

// signs refuses a signature that is not the person's name, whatever its case and accents.
func signs(typed, name string) error {
	typed = strings.TrimSpace(typed)
	if utf8.RuneCountInString(typed) > 120 {
		return fault.Field("signature", "Cette signature est trop longue.")
	}
	of := strings.Fields(words.Fold(name))
	if slices.ContainsFunc(strings.Fields(words.Fold(typed)), func(w string) bool { return slices.Contains(of, w) }) {
		return nil
	}
	return fault.Field("signature", "Pour signer, écrivez votre prénom et votre nom : "+name+".")
}

// mine tells whether the actor still is who was asked: a guardian for a child whom the guardian follows, anybody else as a
// member of the space.
func (a Asked) mine(who school.Actor) bool {
	if a.Person != who.Person.UUID {
		return false
	}
	for _, m := range who.Here {
		if a.Child == uuid.Nil && string(m.Profile) == a.Profile && (m.Profile != school.Guardian || len(m.Children) > 0) {
			return true
		}
		if m.Profile == school.Guardian && slices.ContainsFunc(m.Children, func(c school.ChildRef) bool { return c.ID.UUID == a.Child }) {
			return true
		}
	}
	return false
}
