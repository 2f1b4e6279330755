package dav

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"elyco/internal/drive"
)

// Prefix begins the path of every address.
const Prefix = "/dav/"

// place is what an address names: the list of spaces, a space, or something in it.
type place struct {
	segment string // of the space, as it was written; empty for the list of spaces
	space   drive.SpaceRef
	path    []string // names from the top of the space
	slash   bool     // the address ends as a folder's
}

const (
	mostSteps   = 64
	longestPath = 4096
)

// split reads the path of an address, before anybody knows which space it means. A step is decoded by itself, so that a
// slash that was written as %2F never becomes one.
func split(escaped string) (place, error) {
	if escaped+"/" == Prefix {
		escaped = Prefix
	}
	rest, ours := strings.CutPrefix(escaped, Prefix)
	if !ours {
		return place{}, refuse(http.StatusNotFound, "")
	}
	p := place{slash: rest == "" || strings.HasSuffix(rest, "/")}
	for step := range strings.SplitSeq(rest, "/") {
		if step == "" {
			continue
		}
		name, err := url.PathUnescape(step)
		if err != nil || !utf8.ValidString(name) || strings.ContainsAny(name, "/\x00") || name == "." || name == ".." {
			return place{}, refuse(http.StatusBadRequest, "Cette adresse n’est pas valable.")
		}
		if p.segment == "" {
			p.segment = name
			continue
		}
		p.path = append(p.path, name)
	}
	if len(p.path) > mostSteps || len(escaped) > longestPath {
		return place{}, refuse(http.StatusRequestURITooLong, "Cette adresse est trop longue.")
	}
	return p, nil
}

func (p place) root() bool { return p.segment == "" }
func (p place) top() bool  { return p.segment != "" && len(p.path) == 0 }

// name is the last step.
func (p place) name() string {
	if len(p.path) == 0 {
		return p.segment
	}
	return p.path[len(p.path)-1]
}

// parent is the folder that something is in. It is asked of what is in a space only.
func (p place) parent() place {
	p.path = p.path[:len(p.path)-1]
	p.slash = true
	return p
}

func (p place) child(name string) place {
	p.path = append(slices.Clone(p.path), name)
	return p
}

// href is the address as an answer writes it.
func (p place) href(folder bool) string {
	var out strings.Builder
	out.WriteString(strings.TrimSuffix(Prefix, "/"))
	for _, step := range append([]string{p.segment}, p.path...) {
		if step != "" {
			out.WriteByte('/')
			out.WriteString(url.PathEscape(step))
		}
	}
	if folder {
		out.WriteByte('/')
	}
	return out.String()
}

// key is the place as locks know it: names that the drive takes for one another are one.
func (p place) key() string {
	var out strings.Builder
	for _, name := range p.path {
		out.WriteByte('/')
		out.WriteString(norm.NFC.String(cases.Fold().String(norm.NFC.String(name))))
	}
	return out.String()
}

// ways lists the keys of the place and of all folders that it is in, the top of the space first.
func ways(key string) []string {
	keys := []string{""}
	for i := 1; i < len(key); i++ {
		if key[i] == '/' {
			keys = append(keys, key[:i])
		}
	}
	if key != "" {
		keys = append(keys, key)
	}
	return keys
}

// within reports whether key is top or lies below it.
func within(key, top string) bool {
	rest, ok := strings.CutPrefix(key, top)
	return ok && (rest == "" || rest[0] == '/')
}

// above is the key of the folder that key is in.
func above(key string) string {
	i := strings.LastIndexByte(key, '/')
	if i < 0 {
		return ""
	}
	return key[:i]
}

// dust reports whether a name is one that systems write for themselves in every folder they look into, and that nobody
// wants to find among documents.
func dust(name string) bool {
	low := strings.ToLower(name)
	return strings.HasPrefix(low, "._") || slices.Contains([]string{".ds_store", "thumbs.db", "desktop.ini", ".trashes", ".fseventsd",
		".temporaryitems", ".spotlight-v100", ".metadata_never_index", ".metadata_never_index_unless_rootfs", ".apdisk"}, low)
}

// dusty reports whether any step of the path is dust.
func (p place) dusty() bool { return slices.ContainsFunc(p.path, dust) }
