package people

import (
	"path"
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
}

// album finds people by the names of files.
type album map[string][]uuid.UUID

func newAlbum(faces []face) album {
	a := album{}
	for _, f := range faces {
		for _, name := range append([]string{f.family + " " + f.given, f.given + " " + f.family}, f.keys...) {
			a.add(words.Fold(name), f.person)
		}
	}
	return a
}

func (a album) add(name string, person uuid.UUID) {
	if name == "" {
		return
	}
	for _, known := range a[name] {
		if known == person {
			return
		}
	}
	a[name] = append(a[name], person)
}

// whose tells whom a file is named after, or what the problem is. The folder, the ending, case and accents do not count.
func (a album) whose(file string) (uuid.UUID, string) {
	name := path.Base(strings.ReplaceAll(file, `\`, "/"))
	name = strings.TrimSuffix(name, path.Ext(name))
	switch found := a[words.Fold(strings.ReplaceAll(name, "_", " "))]; len(found) {
	case 0:
		return uuid.Nil, unmatched
	case 1:
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
