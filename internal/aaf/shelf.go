package aaf

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// The bounds of an archive. A whole academy makes one or two gigabytes in some hundred files.
const (
	maxFiles  = 5_000
	maxUnpack = 16 << 30
)

// shelf is where the files of a feed lie.
type shelf struct {
	files []File
	open  func(File) (io.ReadCloser, error)
	close func() error
}

func (s *shelf) add(name, place string, size int64) error {
	f, ok := ParseName(name)
	if !ok {
		return nil
	}
	if len(s.files) == maxFiles {
		return &SyntaxError{Words: "l’archive contient trop de fichiers pour un annuaire"}
	}
	f.Size, f.place = size, place
	s.files = append(s.files, f)
	return nil
}

func openShelf(path string) (shelf, error) {
	info, err := os.Stat(path)
	if err != nil {
		return shelf{}, fmt.Errorf("open a feed: %w", err)
	}
	if info.IsDir() {
		return openFolder(path)
	}
	in, err := os.Open(path)
	if err != nil {
		return shelf{}, fmt.Errorf("open a feed: %w", err)
	}
	first := make([]byte, 4)
	n, err := io.ReadFull(in, first)
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		return shelf{}, errors.Join(fmt.Errorf("open a feed: %w", err), in.Close())
	}
	_, isName := ParseName(path)
	switch {
	case strings.HasPrefix(string(first[:n]), "PK"):
		return openZip(in, info.Size())
	case strings.HasPrefix(string(first[:n]), "\x1f\x8b"), strings.HasSuffix(strings.ToLower(path), ".tar"):
		s, err := unpack(in, n > 1 && first[0] == 0x1f)
		return s, errors.Join(err, in.Close())
	case isName:
		s := shelf{open: openFile, close: func() error { return nil }}
		return s, errors.Join(s.add(path, path, info.Size()), in.Close())
	}
	return shelf{}, errors.Join(&SyntaxError{File: filepath.Base(path), Words: "ce n’est ni une archive .zip ou .tgz, ni un fichier d’annuaire"}, in.Close())
}

func openFile(f File) (io.ReadCloser, error) { return os.Open(f.place) }

// openFolder takes the files of a folder, not of those within: each of these may be a feed of its own.
func openFolder(path string) (shelf, error) {
	entries, err := os.ReadDir(path)
	if err != nil {
		return shelf{}, fmt.Errorf("open a feed: %w", err)
	}
	s := shelf{open: openFile, close: func() error { return nil }}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			return shelf{}, fmt.Errorf("open a feed: %w", err)
		}
		if !info.Mode().IsRegular() {
			continue
		}
		if err := s.add(e.Name(), filepath.Join(path, e.Name()), info.Size()); err != nil {
			return shelf{}, err
		}
	}
	return s, nil
}

func openZip(in *os.File, size int64) (shelf, error) {
	z, err := zip.NewReader(in, size)
	if err != nil {
		return shelf{}, errors.Join(&SyntaxError{Words: "l’archive est coupée ou abîmée"}, in.Close())
	}
	s := shelf{close: in.Close, open: func(f File) (io.ReadCloser, error) {
		for _, e := range z.File {
			if e.Name == f.place {
				return e.Open()
			}
		}
		return nil, os.ErrNotExist
	}}
	var total uint64
	for _, e := range z.File {
		if total += e.UncompressedSize64; total > maxUnpack || e.UncompressedSize64 > maxUnpack {
			return shelf{}, errors.Join(errTooBig(), in.Close())
		}
		if err := s.add(e.Name, e.Name, int64(e.UncompressedSize64)); err != nil {
			return shelf{}, errors.Join(err, in.Close())
		}
	}
	return s, nil
}

func errTooBig() error {
	return &SyntaxError{Words: "l’archive est trop grande pour un annuaire une fois ouverte"}
}

// unpack lays the files of an archive that can only be read from its beginning into a folder of their own, because they are
// to be read in another order.
func unpack(in *os.File, packed bool) (s shelf, err error) {
	dir, err := os.MkdirTemp("", "elyco-aaf-")
	if err != nil {
		return shelf{}, fmt.Errorf("unpack a feed: %w", err)
	}
	s = shelf{open: openFile, close: func() error { return os.RemoveAll(dir) }}
	defer func() {
		if err != nil {
			err = errors.Join(err, s.close())
		}
	}()
	if _, err := in.Seek(0, io.SeekStart); err != nil {
		return s, fmt.Errorf("unpack a feed: %w", err)
	}
	var from io.Reader = bufio.NewReaderSize(in, chunk)
	if packed {
		if from, err = gzip.NewReader(from); err != nil {
			return s, damaged(err)
		}
	}
	left := int64(maxUnpack)
	archive := tar.NewReader(from)
	for {
		h, err := archive.Next()
		if err == io.EOF {
			return s, nil
		}
		if err != nil {
			return s, damaged(err)
		}
		if _, ok := ParseName(h.Name); !ok || h.Typeflag != tar.TypeReg {
			continue
		}
		if left -= h.Size; left < 0 {
			return s, errTooBig()
		}
		place := filepath.Join(dir, fmt.Sprintf("%05d.xml", len(s.files)))
		if err := s.add(h.Name, place, h.Size); err != nil {
			return s, err
		}
		if err := lay(place, archive); err != nil {
			return s, err
		}
	}
}

func lay(place string, from io.Reader) (err error) {
	out, err := os.OpenFile(place, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("unpack a feed: %w", err)
	}
	defer func() { err = errors.Join(err, out.Close()) }()
	if _, err := io.Copy(out, from); err != nil {
		return damaged(err)
	}
	return nil
}

// damaged tells an archive that cannot be read from a disk that cannot be written.
func damaged(err error) error {
	var disk *os.PathError
	if errors.As(err, &disk) {
		return fmt.Errorf("unpack a feed: %w", err)
	}
	return &SyntaxError{Words: "l’archive est coupée ou abîmée"}
}
