package messages

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
)

const (
	maxSubject     = 150
	maxBody        = 20000
	maxAddresses   = 100 // lines of one message
	maxFiles       = 10
	batchSize      = 500 // copies made in one transaction
	shortestReason = 5
	longestReason  = 300
	furthest       = 180 * 24 * time.Hour // that a message may be scheduled ahead
)

// Field is where an address stands.
type Field string

// The fields. Nobody but the author knows of a hidden copy.
const (
	To  Field = "to"
	Cc  Field = "cc"
	Bcc Field = "bcc"
)

// Kind is what an address means.
type Kind string

// The kinds.
const (
	Person    Kind = "person"    // Who
	Guardians Kind = "guardians" // those of the child Who
	Class     Kind = "class"     // the members of the class Place with the Profile
	Group     Kind = "group"     // the members of the group Place with the Profile
	Level     Kind = "level"     // those of the classes of the Level with the Profile
	School    Kind = "school"    // the members of the school with the Profile
)

// everyone is the profile of an address that means all of them.
const everyone = "*"

// Address is one line of whom a message is for.
type Address struct {
	Field   Field
	Kind    Kind
	Who     uuid.UUID
	Place   uuid.UUID
	Level   string
	Profile string
	Label   string // in words; made by the room, never by the form
}

func (a Address) target() string {
	switch a.Kind {
	case Person, Guardians:
		return a.Who.String()
	case Class, Group:
		return a.Place.String()
	}
	return a.Level
}

// String is the address as a form carries it: to:class:<id>:guardian.
func (a Address) String() string {
	return strings.Join([]string{string(a.Field), string(a.Kind), a.target(), a.Profile}, ":")
}

// parseAddress reads what String wrote; ok is false for anything else.
func parseAddress(text string) (a Address, ok bool) {
	parts := strings.Split(text, ":")
	if len(parts) != 4 || !slices.Contains([]Field{To, Cc, Bcc}, Field(parts[0])) {
		return a, false
	}
	a = Address{Field: Field(parts[0]), Kind: Kind(parts[1]), Profile: parts[3]}
	id, err := uuid.Parse(parts[2])
	switch a.Kind {
	case Person, Guardians:
		a.Who = id
		return a, err == nil && a.Profile == ""
	case Class, Group:
		a.Place = id
		return a, err == nil && wideProfile(a.Profile)
	case Level:
		a.Level = parts[2]
		return a, a.Level != "" && len(a.Level) <= 60 && wideProfile(a.Profile)
	case School:
		return a, parts[2] == "" && wideProfile(a.Profile)
	}
	return a, false
}

func wideProfile(p string) bool {
	return p == everyone || slices.Contains(school.SchoolProfiles(), school.Profile(p))
}

// parseAddresses reads the lines of a form, each once. Lines that nothing could have written are a fault.
func parseAddresses(lines []string) ([]Address, error) {
	var all []Address
	for _, line := range lines {
		a, ok := parseAddress(line)
		if !ok {
			return nil, fault.Field("to", "Une adresse n’a pas été comprise. Enlevez-la, puis choisissez de nouveau la personne.")
		}
		same := func(b Address) bool {
			return b.Kind == a.Kind && b.target() == a.target() && b.Profile == a.Profile
		}
		if !slices.ContainsFunc(all, same) {
			all = append(all, a)
		}
		if len(all) > maxAddresses {
			break
		}
	}
	if len(all) > maxAddresses {
		return nil, fault.Field("to", "Vous avez choisi trop de destinataires : 100 au plus. Enlevez-en ; qui peut écrire à une classe ou à un groupe les choisit d’un coup.")
	}
	return all, nil
}

// Draft is what an author is writing.
type Draft struct {
	ID        uuid.UUID
	Parent    uuid.UUID // what it answers or forwards
	Thread    uuid.UUID // set by the room
	Subject   string
	Body      string
	Child     school.ChildRef // whom it is about
	NoReply   bool
	Receipt   bool
	Addresses []Address
	Files     []File
	Carry     bool // takes the files of what is passed on along
	SavedAt   time.Time

	Urgent    bool
	Reason    string    // why it is urgent
	Guardians Field     // Cc or Bcc: the guardians of the pupils who are meant get a copy; empty: none
	SendAt    time.Time // zero: at once
	State     State     // set by the room
	Refusal   string    // why it came back; set by the room
	People    int       // whom a waiting message is for; set by the room
}

// State is how far a message is.
type State string

// The states. A message that waits has no copies yet.
const (
	Drafted   State = "draft"
	Scheduled State = "scheduled" // for its hour
	Held      State = "held"      // for a moderator
	Sending   State = "sending"
	Gone      State = "sent"
)

// File is one that goes with a message.
type File struct {
	ID   uuid.UUID
	Name string
	Size int64
}

// tidy puts the texts in order. A subject is one line of signs that can be seen.
func (d *Draft) tidy() {
	d.Subject = strings.Join(strings.FieldsFunc(d.Subject, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)
	}), " ")
	d.Reason = strings.Join(strings.Fields(d.Reason), " ")
	d.Body = strings.TrimSpace(strings.ReplaceAll(d.Body, "\r\n", "\n"))
}

// check refuses what is too long to be kept.
func (d Draft) check() error {
	bad := fault.Fields{}
	if utf8.RuneCountInString(d.Subject) > maxSubject {
		bad.Add("subject", "L’objet compte 150 signes au plus.")
	}
	if utf8.RuneCountInString(d.Body) > maxBody {
		bad.Add("body", "Le message compte 20 000 signes au plus. Joignez un document pour un texte plus long.")
	}
	if utf8.RuneCountInString(d.Reason) > longestReason {
		bad.Add("reason", "La raison compte 300 signes au plus.")
	}
	return bad.OrNil()
}

// ready refuses what cannot be sent yet.
func (d Draft) ready() error {
	bad := fault.Fields{}
	if d.Subject == "" {
		bad.Add("subject", "Écrivez l’objet du message.")
	}
	if d.Body == "" && len(d.Files) == 0 {
		bad.Add("body", "Écrivez le message.")
	}
	if len(d.Addresses) == 0 {
		bad.Add("to", "Choisissez au moins un destinataire.")
	}
	if d.Urgent && utf8.RuneCountInString(d.Reason) < shortestReason {
		bad.Add("reason", "Dites en quelques mots pourquoi ce message ne peut pas attendre.")
	}
	return bad.OrNil()
}

// whom says for whom a message is, without those who get a hidden copy.
func (d Draft) whom() string {
	var names []string
	for _, a := range d.Addresses {
		if a.Field != Bcc {
			names = append(names, a.Label)
		}
	}
	const enough = 4
	if len(names) > enough {
		return strings.Join(names[:enough], ", ") + "…"
	}
	return strings.Join(names, ", ")
}

// prefixed puts "Re : " or "Tr : " before a subject, once.
func prefixed(sign, subject string) string {
	if strings.HasPrefix(subject, sign) {
		return subject
	}
	runes := []rune(sign + subject)
	return string(runes[:min(len(runes), maxSubject)])
}

// quoted is a text as one quotes it below an answer.
func quoted(text string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		lines[i] = "> " + l
	}
	return strings.Join(lines, "\n")
}

// sentenceOf is what a person may be told of an error; empty for the others.
func sentenceOf(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind == fault.Internal {
		return ""
	}
	for _, text := range f.Fields {
		return text
	}
	return f.Words
}
