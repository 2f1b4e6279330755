package theme

import (
	"crypto/sha256"
	"encoding/hex"
)

// File is a style sheet or a drawing, served under its hash.
type File struct {
	Bytes       []byte
	ContentType string
}

// mostRetired is how many files that nobody wears any more stay served, for pages that are still open somewhere.
const mostRetired = 2000

// rack holds the files of the skins in use, and the last of those that were.
type rack struct {
	files   map[string]*hung
	retired []string // oldest first; a name may be worn again since
}

type hung struct {
	File
	worn int // by how many skins
}

func newRack() rack { return rack{files: map[string]*hung{}} }

// nameOf is the file's name: what it holds, so that an address never leads to anything else.
func nameOf(f File) string {
	sum := sha256.Sum256(f.Bytes)
	ext := map[string]string{"image/svg+xml": "svg", "image/png": "png", "image/jpeg": "jpg"}[f.ContentType]
	if ext == "" {
		ext = "css"
	}
	return hex.EncodeToString(sum[:10]) + "." + ext
}

func (r *rack) hang(files []File) {
	for _, f := range files {
		name := nameOf(f)
		if r.files[name] == nil {
			r.files[name] = &hung{File: f}
		}
		r.files[name].worn++
	}
}

func (r *rack) retire(files []File) {
	for _, f := range files {
		name := nameOf(f)
		h := r.files[name]
		if h == nil {
			continue
		}
		if h.worn--; h.worn == 0 {
			r.retired = append(r.retired, name)
		}
	}
	for len(r.retired) > mostRetired {
		if h := r.files[r.retired[0]]; h != nil && h.worn == 0 {
			delete(r.files, r.retired[0])
		}
		r.retired = r.retired[1:]
	}
}
