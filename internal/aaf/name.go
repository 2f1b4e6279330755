package aaf

import (
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// File is one file of a feed.
type File struct {
	Name     string // within the feed, without its folder
	Category Category
	Chunk    int // from 0; a feed cuts a category in files
	Size     int64

	prefix string // what names the sender's export, the same for all chunks of a series
	kind   string // complet, delta, or empty when the name does not say
	date   time.Time
	place  string // where the opener finds it
}

var (
	nameForm = regexp.MustCompile(`(?i)^(.*?)(EtabEducNat|MatiereEducNat|MefEducNat|PersRelEleve|PersEducNat|Eleve)_(\d{4})\.xml$`)
	kindForm = regexp.MustCompile(`(?i)(?:^|[^a-z])(complet|delta)(?:[^a-z]|$)`)
	dateForm = regexp.MustCompile(`(?:^|\D)(20\d{6})(?:\D|$)`)
)

// categoriesByToken says which category a file's name announces; that of subjects is not the one which records say.
var categoriesByToken = map[string]Category{"etabeducnat": Structures, "matiereeducnat": Subjects, "mefeducnat": Programmes,
	"eleve": Pupils, "persreleleve": Relatives, "perseducnat": StaffMembers}

// ParseName reads a file's name: <sender>_<Complet|Delta>_<yyyymmdd>_<category>_<chunk>.xml. It reports false for what is
// no part of a feed.
func ParseName(name string) (File, bool) {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	m := nameForm.FindStringSubmatch(base)
	if m == nil || strings.EqualFold(m[2], "Eleve") && m[1] != "" && !strings.HasSuffix(m[1], "_") {
		return File{}, false
	}
	n, err := strconv.Atoi(m[3])
	if err != nil {
		return File{}, false
	}
	f := File{Name: base, Category: categoriesByToken[strings.ToLower(m[2])], Chunk: n, prefix: m[1]}
	f.kind, f.date = kindAndDate(m[1])
	return f, true
}

// kindAndDate reads what the name of a file or of an archive says of the feed.
func kindAndDate(name string) (kind string, date time.Time) {
	if m := kindForm.FindStringSubmatch(name); m != nil {
		kind = strings.ToLower(m[1])
	}
	if m := dateForm.FindStringSubmatch(name); m != nil {
		if d, err := time.Parse("20060102", m[1]); err == nil {
			date = d
		}
	}
	return kind, date
}
