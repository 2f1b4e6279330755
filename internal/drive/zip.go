package drive

import (
	"archive/zip"
	"compress/flate"
	"context"
	"errors"
	"io"
	"path"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fault"
)

// Zip writes documents, and what folders hold, as an archive, as fast as w takes it: nothing is kept in memory or on the
// disk. What may not be read yet, or any more, is left out, and a note in the archive names it. An error in the middle
// leaves the archive without its end, which every program notices.
func (d *Drive) Zip(ctx context.Context, ids []uuid.UUID, w io.Writer) error {
	p, err := d.Pack(ctx, ids)
	if err != nil {
		return err
	}
	return p.Write(ctx, w)
}

// Packing is an archive about to be written.
type Packing struct {
	drive   *Drive
	entries []parcel
	left    []string // what is left out
}

// parcel is one entry of an archive to be.
type parcel struct {
	name string
	row  row
}

// Pack finds what an archive would hold, so that a refusal comes before the first byte.
func (d *Drive) Pack(ctx context.Context, ids []uuid.UUID) (*Packing, error) {
	v, err := d.visit(ctx)
	if err != nil {
		return nil, err
	}
	if len(ids) > maxAtOnce {
		return nil, tooMany()
	}
	p := &Packing{drive: d}
	top := map[string]bool{}
	for _, id := range ids {
		f, in, err := d.locate(ctx, v, id)
		if err != nil {
			return nil, err
		}
		var rows []row
		if err := d.db.Batch(in, func(b *db.Batch) { queueBelow(b, &rows, id, maxTree+1) }); err != nil {
			return nil, fault.Doing("list what an archive holds", err)
		}
		name := f.chain[0].Name
		for n := 2; top[keyOf(name)]; n++ {
			name = numbered(f.chain[0].Name, n, f.chain[0].IsFile)
		}
		top[keyOf(name)] = true
		p.add(name, rows, func(r row) error { return readable(r, v) })
		if len(p.entries) > maxTree {
			return nil, fault.New(fault.TooLarge, "C’est trop d’éléments pour une seule archive. Procédez par sous-dossiers.")
		}
	}
	return p, nil
}

// Pack finds what an archive of the link's document would hold.
func (o *Door) Pack() (*Packing, error) {
	var rows []row
	if err := o.drive.db.Batch(o.in, func(b *db.Batch) { queueBelow(b, &rows, o.Document.ID, maxTree+1) }); err != nil {
		return nil, fault.Doing("list what an archive holds", err)
	}
	if len(rows) > maxTree {
		return nil, fault.New(fault.TooLarge, "C’est trop d’éléments pour une seule archive.")
	}
	p := &Packing{drive: o.drive}
	p.add(o.Document.Name, rows, func(r row) error { return readable(r, visit{}) })
	return p, nil
}

// add puts a tree, its top first, under a name.
func (p *Packing) add(name string, rows []row, may func(r row) error) {
	paths := map[uuid.UUID]string{}
	for i, r := range rows {
		at := name
		if i > 0 {
			at = paths[r.parent()] + "/" + r.Name
		}
		paths[r.ID] = at
		if r.IsFile && may(r) != nil {
			p.left = append(p.left, at)
			continue
		}
		p.entries = append(p.entries, parcel{at, r})
	}
}

// Write writes the archive.
func (p *Packing) Write(ctx context.Context, w io.Writer) error {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	for _, e := range p.entries {
		if err := p.write(ctx, z, e); err != nil {
			return fault.Doing("write an archive", err)
		}
	}
	if len(p.left) > 0 {
		note, err := z.Create(absentNote)
		if err != nil {
			return fault.Doing("write an archive", err)
		}
		if _, err := io.WriteString(note, p.absent()); err != nil {
			return fault.Doing("write an archive", err)
		}
	}
	return fault.Doing("write an archive", z.Close())
}

const absentNote = "À LIRE - fichiers absents.txt"

// absent names what is left out.
func (p *Packing) absent() string {
	return "Ces fichiers ne sont pas dans l’archive : l’antivirus ne les a pas encore vérifiés, ou les a mis à l’écart.\r\n\r\n" +
		strings.Join(p.left, "\r\n") + "\r\n"
}

func (p *Packing) write(ctx context.Context, z *zip.Writer, e parcel) error {
	head := &zip.FileHeader{Name: e.name, Modified: e.row.ModifiedAt.UTC(), Method: zip.Deflate}
	if !e.row.IsFile {
		head.Name += "/"
		head.Method = zip.Store
		_, err := z.CreateHeader(head)
		return err
	}
	if squeezed(e.row.ContentType) {
		head.Method = zip.Store
	}
	key, err := blob.ParseKey(e.row.ObjectKey)
	if err != nil {
		return err
	}
	body, _, err := p.drive.blobs.Get(ctx, key, 0, -1)
	if err != nil {
		return err
	}
	defer body.Close()
	out, err := z.CreateHeader(head)
	if err != nil {
		return err
	}
	_, err = io.CopyBuffer(out, body, make([]byte, 64<<10))
	return err
}

// squeezed reports whether a type is packed already, so that packing it again would only cost time.
func squeezed(mediaType string) bool {
	switch {
	case strings.HasPrefix(mediaType, "video/"), strings.HasPrefix(mediaType, "audio/") && mediaType != "audio/wave":
		return true
	case strings.HasPrefix(mediaType, "image/"):
		return mediaType != "image/svg+xml" && mediaType != "image/bmp"
	}
	return mediaType == "application/pdf" || mediaType == "application/zip" || strings.Contains(mediaType, "officedocument") ||
		strings.Contains(mediaType, "opendocument") || strings.HasSuffix(mediaType, "gzip") || strings.HasSuffix(mediaType, "+zip")
}

// The limits of an archive that is unpacked. An honest one is far below each.
const (
	maxEntries   = 10000
	maxUnpacked  = gib
	maxRatio     = 100
	ratioFrom    = mib      // below it a ratio says nothing
	maxDirectory = 16 * mib // that the list of entries may take
)

// entryPath judges the name of an entry and gives its parts, mended. skip is for what archives carry beside documents.
func entryPath(f *zip.File) (parts []string, skip bool, why string) {
	name := f.Name
	if f.NonUTF8 {
		name = oldName(name)
	}
	name = strings.ReplaceAll(name, `\`, "/")
	clean := path.Clean(name)
	switch {
	case strings.HasPrefix(name, "__MACOSX/"), path.Base(name) == ".DS_Store", path.Base(name) == "Thumbs.db":
		return nil, true, ""
	case strings.HasPrefix(name, "/"), clean == "..", strings.HasPrefix(clean, "../"), strings.Contains(name, "\x00"), len(name) > 1 && name[1] == ':',
		strings.Contains("/"+name+"/", "/../"):
		return nil, false, "son chemin sort de l’archive"
	case !f.Mode().IsRegular() && !f.Mode().IsDir():
		return nil, false, "ce n’est ni un fichier ni un dossier"
	case f.Flags&1 != 0:
		return nil, false, "il est protégé par un mot de passe"
	case f.Method != zip.Store && f.Method != zip.Deflate:
		return nil, false, "il est compressé d’une façon inconnue"
	case clean == ".":
		return nil, true, ""
	}
	for _, part := range strings.Split(clean, "/") {
		parts = append(parts, SafeName(part))
	}
	if len(parts) > maxDepth {
		return nil, false, "il est dans trop de dossiers"
	}
	return parts, false, ""
}

// window reads an object as a file: a stretch at a time, because an archive is read forwards for the most part. limit is
// what may be read in all while the list of entries is read.
type window struct {
	ctx   context.Context
	blobs *blob.Store
	key   blob.Key
	size  int64
	buf   []byte
	at    int64
	limit int64
	err   error // of the store; what else goes wrong is the archive's own
}

const stretch = mib

var errDirectory = errors.New("drive: the list of an archive is too long")

// ReadAt implements io.ReaderAt for one reader at a time.
func (w *window) ReadAt(p []byte, off int64) (n int, err error) {
	for n < len(p) && off < w.size {
		if off < w.at || off >= w.at+int64(len(w.buf)) {
			if err := w.fill(off); err != nil {
				w.err = err
				return n, err
			}
		}
		k := copy(p[n:], w.buf[off-w.at:])
		n += k
		off += int64(k)
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

func (w *window) fill(off int64) error {
	n := min(stretch, w.size-off)
	if w.limit -= n; w.limit < 0 {
		return errDirectory
	}
	body, _, err := w.blobs.Get(w.ctx, w.key, off, n)
	if err != nil {
		return err
	}
	defer body.Close()
	if cap(w.buf) < stretch {
		w.buf = make([]byte, stretch)
	}
	w.buf, w.at = w.buf[:n], off
	if _, err := io.ReadFull(body, w.buf); err != nil {
		w.buf = w.buf[:0]
		return err
	}
	return nil
}
