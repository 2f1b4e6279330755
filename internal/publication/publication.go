package publication

import (
	"mime"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// State is where a publication stands. One that is scheduled is published, at a time to come.
type State string

// The states.
const (
	Draft     State = "draft"
	InReview  State = "review"
	Published State = "published"
	Withdrawn State = "withdrawn"
	Archived  State = "archived"
)

const (
	maxTitle       = 160
	maxSummary     = 400
	maxBody        = 60000
	maxAttachments = 10
	maxFile        = 25 << 20
	maxName        = 200
	maxAlt         = 250
	maxFlash       = 600
)

// Publication is one thing that is written and read.
type Publication struct {
	ID            uuid.UUID
	Scope         school.ScopeID
	Room          string
	Section       string
	Title         string
	Summary       string
	Body          string // as the author wrote it, in Markdown
	HTML          string // the same, rendered and cleaned
	Urgent        bool
	Public        bool
	WantsReceipt  bool
	State         State
	PublishAt     time.Time // zero: as soon as it is published
	EndsAt        time.Time // zero: stays
	AnnouncedAt   time.Time
	Author        school.PersonID
	AuthorName    string
	Keys          []string
	Audience      audience.Audience
	AudienceWords string
	Cover         Cover
	Version       int
	UpdatedAt     time.Time
	Attachments   []Attachment
}

// Cover is the picture above an article. Key is empty when there is none.
type Cover struct {
	Key  string
	Type string
	Size int64
	Alt  string
}

// Attachment is a file that readers may take away.
type Attachment struct {
	ID   uuid.UUID
	Name string
	Type string
	Size int64
	Key  string
}

// Live reports whether readers see it at an instant.
func (p Publication) Live(now time.Time) bool {
	return p.State == Published && !p.PublishAt.After(now) && (p.EndsAt.IsZero() || p.EndsAt.After(now))
}

// Scheduled reports whether it waits for its time.
func (p Publication) Scheduled(now time.Time) bool {
	return p.State == Published && p.PublishAt.After(now)
}

// publish makes a draft visible from at, or from now when at is past.
func (p *Publication) publish(now time.Time) error {
	if p.State == Archived {
		return fault.New(fault.Conflict, "Cette publication est archivée : elle ne peut plus être publiée.")
	}
	if p.State == Published {
		return fault.New(fault.Conflict, "Cette publication est déjà publiée.")
	}
	if p.PublishAt.Before(now) {
		p.PublishAt = now
	}
	p.State = Published
	return nil
}

func (p *Publication) submit() error {
	if p.State != Draft {
		return fault.New(fault.Conflict, "Seul un brouillon peut être proposé à la relecture.")
	}
	p.State = InReview
	return nil
}

func (p *Publication) sendBack() error {
	if p.State != InReview {
		return fault.New(fault.Conflict, "Cette publication n’attend pas de relecture.")
	}
	p.State = Draft
	return nil
}

func (p *Publication) withdraw() error {
	if p.State != Published {
		return fault.New(fault.Conflict, "Cette publication n’est pas en ligne.")
	}
	p.State = Withdrawn
	return nil
}

func (p *Publication) restore() error {
	if p.State != Withdrawn {
		return fault.New(fault.Conflict, "Cette publication n’a pas été retirée.")
	}
	p.State = Published
	return nil
}

func (p *Publication) archive() error {
	if p.State == Archived {
		return fault.New(fault.Conflict, "Cette publication est déjà archivée.")
	}
	p.State = Archived
	return nil
}

// checkText says what is wrong with what was written, draft or not.
func (p Publication) checkText(bad fault.Fields) {
	if n := utf8.RuneCountInString(p.Title); n == 0 || n > maxTitle {
		bad.Add("title", "Donnez un titre de 160 caractères au plus.")
	}
	if utf8.RuneCountInString(p.Summary) > maxSummary {
		bad.Add("summary", "Raccourcissez le résumé : 400 caractères au plus.")
	}
	if utf8.RuneCountInString(p.Body) > maxBody {
		bad.Add("body", "Le texte est trop long : 60 000 caractères au plus. Joignez un fichier pour le reste.")
	}
	if utf8.RuneCountInString(p.Cover.Alt) > maxAlt {
		bad.Add("cover_alt", "Raccourcissez la description de l’image : 250 caractères au plus.")
	}
	if p.Cover.Key != "" && strings.TrimSpace(p.Cover.Alt) == "" {
		bad.Add("cover_alt", "Décrivez l’image en quelques mots, pour les personnes qui ne la voient pas.")
	}
	if !p.EndsAt.IsZero() && !p.EndsAt.After(p.PublishAt) {
		bad.Add("ends_at", "La fin doit venir après la publication.")
	}
}

// checkWhole adds what a reader would miss.
func (p Publication) checkWhole(bad fault.Fields, r Room, now time.Time) {
	if len(p.Keys) == 0 {
		bad.Add(audience.Field, "Choisissez à qui vous vous adressez.")
	}
	if strings.TrimSpace(p.Body) == "" {
		bad.Add("body", "Écrivez le texte.")
	}
	if r.Short && utf8.RuneCountInString(p.Body) > maxFlash {
		bad.Add("body", "Une annonce est courte : 600 caractères au plus. Publiez une actualité pour en dire davantage.")
	}
	if r.Short && p.EndsAt.IsZero() {
		bad.Add("ends_at", "Dites jusqu’à quand cette annonce reste affichée.")
	}
	if !p.EndsAt.IsZero() && !p.EndsAt.After(now) {
		bad.Add("ends_at", "Cette date est passée : choisissez une fin à venir.")
	}
}

// Editor is who works on publications here, and how far.
type Editor struct {
	Person    school.PersonID
	Name      string
	Publishes bool
	Every     bool     // every section
	Sections  []string // else these
}

// Serves reports whether the editor works on a section.
func (e Editor) Serves(section string) bool { return e.Every || slices.Contains(e.Sections, section) }

// Sees reports whether the editor finds p on the desk: what is the editor's own, and for those who publish everything.
func (e Editor) Sees(p Publication) bool {
	return e.Serves(p.Section) && (e.Publishes || p.Author == e.Person)
}

// MayEdit reports whether the editor may change p. What was published, or taken back, is changed only by those who
// publish: otherwise a text could be changed after its review.
func (e Editor) MayEdit(p Publication) bool {
	if !e.Sees(p) || p.State == Archived {
		return false
	}
	return e.Publishes || p.State == Draft || p.State == InReview
}

// cleanName makes a name that any system takes for a file: no control or path characters, at most 200 bytes, the
// ending kept.
func cleanName(name string) string {
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r), r == utf8.RuneError:
			return -1
		case strings.ContainsRune(`/\:*?"<>|`, r):
			return '-'
		}
		return r
	}, name)
	name = strings.Trim(name, ". ")
	if name == "" {
		return "fichier"
	}
	if len(name) <= maxName {
		return name
	}
	ending := ""
	if i := strings.LastIndexByte(name, '.'); i > 0 && len(name)-i <= 10 {
		ending = name[i:]
	}
	return cutBytes(name, maxName-len(ending)) + ending
}

func cutBytes(s string, n int) string {
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// cleanType keeps a declared type only when it is one.
func cleanType(declared string) string {
	t, _, err := mime.ParseMediaType(declared)
	if err != nil || len(t) > 100 || !strings.Contains(t, "/") {
		return "application/octet-stream"
	}
	return t
}
