package roster

import (
	"cmp"
	"net/mail"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"elyco/internal/feed"
	"elyco/internal/words"
)

// Problem is something wrong in a line. People correct their list and send it again.
type Problem struct {
	Line  int
	Field string // what people call it; empty when the whole line is meant
	Words string
	Left  bool // the line is left out; otherwise only the field is
}

// List is what a table says, line by line, with what is wrong.
type List struct {
	Kind     Kind
	Pupils   []Pupil
	Staff    []Member
	Problems []Problem
	LeftOut  int // lines of which nothing would be imported
}

// Pupil is a line of a table of pupils.
type Pupil struct {
	Line      int
	Person    feed.Person
	INE       string
	Class     string
	Level     string
	Groups    []string
	Guardians []Guardian
}

// Guardian is a legal guardian that a line names.
type Guardian struct {
	Person feed.Person
	Link   int // code of the national list; 0: not said
}

// Member is a line of a table of staff.
type Member struct {
	Line     int
	Person   feed.Person
	Code     string // of the function
	Function string // as people call it
	Subject  string
	Classes  []string
	Forms    []string
}

// People is how many lines would be imported.
func (l *List) People() int { return len(l.Pupils) + len(l.Staff) }

// Compile reads the lines of a table through a mapping without problems. Nothing is guessed of a person: what is not
// readable is told and left out.
func Compile(k Kind, t *Table, m Mapping) *List {
	c := &compiler{list: &List{Kind: k}, mapping: m, seen: map[string]int{}, names: map[string]string{}}
	for _, line := range t.Rows {
		c.line = line
		there := c.pupil
		if k == Staff {
			there = c.member
		}
		if !there() {
			c.list.LeftOut++
		}
	}
	return c.list
}

type compiler struct {
	list    *List
	mapping Mapping
	line    Line
	seen    map[string]int    // line of each key
	names   map[string]string // of each guardian's key
}

func (c *compiler) text(f Field) string {
	i, said := c.mapping[f]
	if !said {
		return ""
	}
	return c.line.cell(i)
}

func (c *compiler) wrong(f Field, words string) {
	c.list.Problems = append(c.list.Problems, Problem{Line: c.line.Number, Field: c.list.Kind.Label(f), Words: words})
}

// leave tells why the line is left out.
func (c *compiler) leave(f Field, words string) bool {
	c.list.Problems = append(c.list.Problems, Problem{Line: c.line.Number, Field: c.list.Kind.Label(f), Words: words, Left: true})
	return false
}

// person reads what pupils and staff have in common; false when the line is left out.
func (c *compiler) person(id Field) (feed.Person, bool) {
	p := feed.Person{FamilyName: c.text(Family), GivenName: c.text(Given), BirthDate: c.day(Born), Email: c.mail(Mail)}
	switch {
	case p.FamilyName == "":
		return p, c.leave(Family, "Le nom manque : la ligne n’est pas lue.")
	case p.GivenName == "":
		return p, c.leave(Given, "Le prénom manque : la ligne n’est pas lue.")
	}
	p.Key = c.key(id, p)
	if first, twice := c.seen[p.Key]; twice {
		return p, c.leave(Family, "La ligne "+strconv.Itoa(first)+" parle déjà de cette personne. Si ce sont deux personnes, ajoutez une colonne avec leur date de naissance ou leur identifiant.")
	}
	c.seen[p.Key] = c.line.Number
	return p, true
}

// key is what the source calls a person for ever: the number that the school's program gives, else the national number,
// else name and day of birth. It says nothing of other tables.
func (c *compiler) key(id Field, p feed.Person) string {
	if n := words.Fold(c.text(id)); n != "" {
		return "id " + n
	}
	if n := words.Fold(c.text(INE)); c.list.Kind == Pupils && n != "" {
		return "ine " + n
	}
	if c.list.Kind == Staff && p.Email != "" {
		return "mail " + p.Email
	}
	return "name " + nameOf(p)
}

func nameOf(p feed.Person) string {
	name := words.Fold(p.FamilyName) + "/" + words.Fold(p.GivenName)
	if !p.BirthDate.IsZero() {
		name += "/" + p.BirthDate.Format(time.DateOnly)
	}
	return name
}

var days = []string{"02/01/2006", "2/1/2006", "2006-01-02", "02-01-2006", "02.01.2006", "2006-01-02T15:04:05Z", "02/01/06"}

// firstSerial and lastSerial are 1910 and 2050 as workbooks count days.
const firstSerial, lastSerial = 3_654, 54_789

// day reads a date as people write it in France, or as workbooks keep it.
func (c *compiler) day(f Field) time.Time {
	text := c.text(f)
	if text == "" {
		return time.Time{}
	}
	if n, err := strconv.ParseFloat(text, 64); err == nil && n >= firstSerial && n <= lastSerial {
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n))
	}
	date, _, _ := strings.Cut(text, " ")
	for _, form := range days {
		if d, err := time.Parse(form, date); err == nil && d.Year() >= 1910 && d.Year() <= 2050 {
			return d
		}
	}
	c.wrong(f, "La date « "+clip(text)+" » n’est pas lisible : écrivez-la comme 31/12/2015. Elle n’est pas importée.")
	return time.Time{}
}

func (c *compiler) mail(f Field) string {
	text := strings.ToLower(c.text(f))
	if text == "" {
		return ""
	}
	a, err := mail.ParseAddress(text)
	if err != nil || a.Address != text || len(text) > 254 || !strings.Contains(text[strings.LastIndexByte(text, '@')+1:], ".") {
		c.wrong(f, "L’adresse « "+clip(text)+" » n’est pas une adresse de courriel. Elle n’est pas importée.")
		return ""
	}
	return text
}

// several reads a list within a cell.
func several(text string) []string {
	var all []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;/|", r) }) {
		if part = strings.TrimSpace(part); part != "" && !slices.Contains(all, part) {
			all = append(all, part)
		}
	}
	return all
}

// maxCode bounds the name of a class or a group.
const maxCode = 40

func (c *compiler) code(f Field, text string) string {
	if len([]rune(text)) > maxCode {
		c.wrong(f, "« "+clip(text)+" » est trop long pour le nom d’une classe ou d’un groupe. Il n’est pas importé.")
		return ""
	}
	return text
}

func (c *compiler) codes(f Field) []string {
	var all []string
	for _, text := range several(c.text(f)) {
		if code := c.code(f, text); code != "" {
			all = append(all, code)
		}
	}
	return all
}

func (c *compiler) pupil() bool {
	p, there := c.person(PupilID)
	if !there {
		return false
	}
	out := Pupil{Line: c.line.Number, Person: p, INE: c.ine(), Class: c.code(Class, c.text(Class)), Level: c.text(Level), Groups: c.codes(Groups)}
	if c.text(Class) == "" {
		c.wrong(Class, "La classe manque : l’élève est importé sans classe.")
	}
	for _, fields := range [][5]Field{{OneID, OneFamily, OneGiven, OneMail, OneKin}, {TwoID, TwoFamily, TwoGiven, TwoMail, TwoKin}} {
		if g, there := c.guardian(p.Key, fields); there && !slices.ContainsFunc(out.Guardians, func(o Guardian) bool { return o.Person.Key == g.Person.Key }) {
			out.Guardians = append(out.Guardians, g)
		}
	}
	c.list.Pupils = append(c.list.Pupils, out)
	return true
}

var ineShape = regexp.MustCompile(`^[0-9A-Z]{10,11}$`)

func (c *compiler) ine() string {
	text := strings.ToUpper(strings.ReplaceAll(c.text(INE), " ", ""))
	if text != "" && !ineShape.MatchString(text) {
		c.wrong(INE, "« "+clip(text)+" » n’est pas un numéro national : il compte 11 chiffres et lettres. Il n’est pas importé.")
		return ""
	}
	return text
}

// guardian reads a guardian of the pupil of the line. Two children share one only by a number of the program, or by the
// same name with the same address of mail: a name alone would give somebody the children of others.
func (c *compiler) guardian(pupil string, f [5]Field) (Guardian, bool) {
	p := feed.Person{FamilyName: c.text(f[1]), GivenName: c.text(f[2]), Email: c.mail(f[3])}
	if p.FamilyName == "" {
		if p.GivenName != "" || p.Email != "" {
			c.wrong(f[1], "Le nom de ce responsable manque : il n’est pas importé.")
		}
		return Guardian{}, false
	}
	id := words.Fold(c.text(f[0]))
	switch {
	case id != "":
		p.Key = "guardian id " + id
		if name := nameOf(p); cmp.Or(c.names[p.Key], name) != name {
			c.wrong(f[0], "Cet identifiant est déjà celui d’un autre responsable : celui-ci n’est pas importé.")
			return Guardian{}, false
		}
		c.names[p.Key] = nameOf(p)
	case p.Email != "":
		p.Key = "guardian " + nameOf(p) + " " + p.Email
	default:
		p.Key = "guardian " + nameOf(p) + " of " + pupil
	}
	return Guardian{Person: p, Link: c.link(f[4])}, true
}

var links = map[string]int{"mere": 10, "maman": 10, "pere": 20, "papa": 20, "tuteur": 50, "tutrice": 50, "ase": 51, "aide sociale a l enfance": 51,
	"grand mere": 38, "grand pere": 38, "grands parents": 38, "ascendant": 38, "frere": 37, "soeur": 37, "fratrie": 37, "oncle": 39, "tante": 39,
	"autre membre de la famille": 39, "beau pere": 39, "belle mere": 39, "assistant familial": 42, "famille d accueil": 42, "educateur": 41, "educatrice": 41,
	"eleve lui meme": 70, "lui meme": 70, "elle meme": 70, "autre": 90, "autre lien": 90, "autre cas": 90}

func (c *compiler) link(f Field) int {
	text := words.Fold(c.text(f))
	if text == "" {
		return 0
	}
	if code, known := links[text]; known {
		return code
	}
	c.wrong(f, "Le lien « "+clip(c.text(f))+" » est inconnu : écrivez par exemple mère, père ou tuteur. La personne est importée sans lien précis.")
	return 0
}
