package people

import (
	"path"
	"slices"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/words"
)

// The problems that a file of an archive may have.
const (
	unmatched = "unmatched" // nobody here has that name
	ambiguous = "ambiguous" // several people have it
	twice     = "twice"     // another file of the archive is the same person's
	refused   = "refused"   // no picture, or too large a one
)

// face is somebody whom a file may be named after.
type face struct {
	person uuid.UUID
	given  string
	family string
	keys   []string // login, national number: what a source calls the person
	class  []string // the names of a pupil's classes
}

// album finds people by the names of files: first by what a source calls one of them as it is written, then by names. A
// login is somebody's name with a point in it, and must tell two of one name apart. In a folder that is named after a class,
// the family name alone is enough where it is one pupil's, and so is a name that others have elsewhere.
type album struct {
	keys, names map[string][]uuid.UUID
	classes     map[string]map[string][]uuid.UUID // by class, then by name or family name
}

func newAlbum(faces []face) album {
	a := album{keys: map[string][]uuid.UUID{}, names: map[string][]uuid.UUID{}, classes: map[string]map[string][]uuid.UUID{}}
	for _, f := range faces {
		for _, key := range f.keys {
			add(a.keys, strings.ToLower(key), f.person)
			add(a.names, words.Fold(key), f.person)
		}
		add(a.names, words.Fold(f.family+" "+f.given), f.person)
		add(a.names, words.Fold(f.given+" "+f.family), f.person)
		for _, class := range f.class {
			class = folded(class)
			if a.classes[class] == nil {
				a.classes[class] = map[string][]uuid.UUID{}
			}
			for _, name := range []string{f.family + " " + f.given, f.given + " " + f.family, f.family} {
				add(a.classes[class], words.Fold(name), f.person)
			}
		}
	}
	return a
}

func add(to map[string][]uuid.UUID, name string, person uuid.UUID) {
	if name != "" && !slices.Contains(to[name], person) {
		to[name] = append(to[name], person)
	}
}

// folded writes a class, or a folder, so that "6e A" and "6EA" are one.
func folded(class string) string { return strings.ReplaceAll(words.Fold(class), " ", "") }

// classOf gives the names in the class after which the nearest folder is named; none where no folder is.
func (a album) classOf(file string) map[string][]uuid.UUID {
	for dir := path.Dir(file); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if class := a.classes[folded(path.Base(dir))]; class != nil {
			return class
		}
	}
	return nil
}

// whose tells whom a file is named after, or what the problem is. The ending, case and accents do not count, and of the
// folders only one that is named after a class.
func (a album) whose(file string) (uuid.UUID, string) {
	file = path.Clean(strings.ReplaceAll(file, `\`, "/"))
	name := path.Base(file)
	name = strings.TrimSuffix(name, path.Ext(name))
	if found := a.keys[strings.ToLower(name)]; len(found) == 1 {
		return found[0], ""
	}
	name = words.Fold(strings.ReplaceAll(name, "_", " "))
	here, found := a.classOf(file)[name], a.names[name]
	switch {
	case len(here) == 1:
		return here[0], ""
	case len(here) == 0 && len(found) == 0:
		return uuid.Nil, unmatched
	case len(here) == 0 && len(found) == 1:
		return found[0], ""
	}
	return uuid.Nil, ambiguous
}

// passed reports whether an entry of an archive is none of the photos: folders, and what computers leave beside files.
func passed(name string) bool {
	base := path.Base(strings.ReplaceAll(name, `\`, "/"))
	return strings.HasSuffix(name, "/") || strings.HasPrefix(base, ".") || strings.HasPrefix(name, "__MACOSX/") || strings.EqualFold(base, "thumbs.db")
}

// found is one file of an archive.
type found struct {
	Number      int
	File        string
	Person      uuid.UUID // Nil when nobody was found
	Name        string    // of the person
	Problem     string
	Note        string
	Key         string
	ContentType string
	Size        int64
}
