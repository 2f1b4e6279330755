package aaf

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"time"
)

// Feed is a set of files that say the directory of one academy at one time.
type Feed struct {
	Delta bool      // says changes alone; otherwise everybody
	Date  time.Time // of its names; zero when they do not say
	Files []File    // in the order in which they lean on each other

	shelf shelf
}

// Notice is something in a feed that does not keep it from being read and that its sender should know.
type Notice struct {
	File      string
	Line      int
	Category  Category
	ID        string // the join key, when a record is meant
	Attribute string
	Words     string // in French
}

func (n Notice) String() string {
	if n.Attribute != "" {
		return at(n.File, n.Line) + n.Attribute + " : " + n.Words
	}
	return at(n.File, n.Line) + n.Words
}

// Open opens a feed: a folder, a .zip, .tar or .tgz archive, or a single .xml file. A set that is not whole, or that mixes
// two feeds, is refused with a SyntaxError: people would seem to have left. The feed is to be closed.
func Open(path string) (*Feed, error) {
	s, err := openShelf(path)
	if err != nil {
		return nil, err
	}
	f := &Feed{shelf: s, Files: s.files}
	if err := f.arrange(filepath.Base(path)); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// Close gives back what the feed holds open, or has unpacked.
func (f *Feed) Close() error { return f.shelf.close() }

// arrange puts the files in order, and sees that they are one whole feed.
func (f *Feed) arrange(archive string) error {
	refuse := func(file, words string) error { return &SyntaxError{File: file, Words: words} }
	if len(f.Files) == 0 {
		return refuse(archive, "aucun fichier d’annuaire ne s’y trouve ; leurs noms finissent par exemple par « _Eleve_0000.xml »")
	}
	slices.SortFunc(f.Files, func(a, b File) int {
		return cmp.Or(cmp.Compare(slices.Index(Categories(), a.Category), slices.Index(Categories(), b.Category)),
			cmp.Compare(a.prefix, b.prefix), cmp.Compare(a.Chunk, b.Chunk))
	})
	first := f.Files[0]
	for i, file := range f.Files {
		if file.kind != first.kind || !file.date.Equal(first.date) {
			return refuse(file.Name, "ce fichier et « "+first.Name+" » ne sont pas du même annuaire : l’un est complet et l’autre non, ou leurs dates diffèrent")
		}
		next := 0
		if i > 0 && f.Files[i-1].Category == file.Category && f.Files[i-1].prefix == file.prefix {
			next = f.Files[i-1].Chunk + 1
		}
		switch {
		case file.Chunk < next:
			return refuse(file.Name, "deux fichiers portent ce nom")
		case file.Chunk > next:
			return refuse(file.Name, fmt.Sprintf("le fichier %04d de cette suite manque : l’annuaire n’est pas entier", next))
		}
	}
	kind, date := kindAndDate(archive)
	if first.kind != "" {
		kind = first.kind
	}
	f.Date = first.date
	if f.Date.IsZero() {
		f.Date = date
	}
	f.Delta = kind == "delta"
	return nil
}

// Missing lists the categories of which the feed has no file. A complete one without pupils does not say that there are none.
func (f *Feed) Missing() []Category {
	return slices.DeleteFunc(Categories(), func(c Category) bool {
		return slices.ContainsFunc(f.Files, func(file File) bool { return file.Category == c })
	})
}

// Each shows all records in the order of the files. A record is valid until see returns. tell hears of what is odd, each
// unknown name once. The first error ends the reading: that of see, or a SyntaxError with the name of the file.
func (f *Feed) Each(ctx context.Context, see func(*Record) error, tell func(Notice)) error {
	b := newBook()
	for _, file := range f.Files {
		if err := f.read(ctx, file, b, see, tell); err != nil {
			return err
		}
	}
	return nil
}

func (f *Feed) read(ctx context.Context, file File, b *book, see func(*Record) error, tell func(Notice)) (err error) {
	in, err := f.shelf.open(file)
	if err != nil {
		return fmt.Errorf("open a file of a feed: %w", err)
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	r := NewReader(in)
	r.record.File = file.Name
	for {
		rec, err := r.Next()
		if err == io.EOF {
			return nil
		}
		var bad *SyntaxError
		if errors.As(err, &bad) {
			bad.File = file.Name
		}
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return err
		}
		if b.told[string(rec.Category)] {
			continue
		}
		if !known(rec.Category) {
			b.told[string(rec.Category)] = true
			tell(Notice{File: rec.File, Line: rec.Line, Category: rec.Category,
				Words: "les enregistrements de la catégorie « " + clip([]byte(rec.Category)) + " » sont inconnus ; ils ne sont pas lus"})
			continue
		}
		for _, a := range b.news(rec) {
			tell(Notice{File: rec.File, Line: a.line, Category: rec.Category, Attribute: clip([]byte(a.name)),
				Words: "cet attribut est inconnu ; il n’est pas lu"})
		}
		if err := see(rec); err != nil {
			return err
		}
	}
}

// Header is what the comments of the first file say of the feed, as Reader.Header.
func (f *Feed) Header() (header map[string]string, err error) {
	in, err := f.shelf.open(f.Files[0])
	if err != nil {
		return nil, fmt.Errorf("open a file of a feed: %w", err)
	}
	defer func() { err = errors.Join(err, in.Close()) }()
	r := NewReader(in)
	if _, err := r.Next(); err != nil && err != io.EOF {
		return nil, err
	}
	return r.Header(), nil
}
