package drive

import (
	"archive/zip"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"
	"golang.org/x/text/encoding/charmap"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

const unzipKind = Room + ".unzip"

// Refusal is an entry of an archive that was not unpacked, and why, in words.
type Refusal struct {
	Name string `json:"n"`
	Why  string `json:"w"`
}

// Unzipping is how far the unpacking of an archive has come. Refused says why nothing, or not all, was unpacked.
type Unzipping struct {
	Done     int       `json:"done"`
	Total    int       `json:"total"`
	Folder   uuid.UUID `json:"folder"` // zero until it is made
	Finished bool      `json:"finished"`
	Refused  []Refusal `json:"refused,omitempty"`
	Hidden   int       `json:"hidden,omitempty"` // refused, beyond those listed
}

const maxRefusals = 100

func (u *Unzipping) refuse(name, why string) {
	if len(u.Refused) == maxRefusals {
		u.Hidden++
		return
	}
	u.Refused = append(u.Refused, Refusal{cut(strings.ToValidUTF8(name, "?"), 200), why})
}

type unzipWork struct {
	Person school.PersonID `json:"person"`
	Node   uuid.UUID       `json:"node"`
	Space  SpaceRef        `json:"space"`
	Parent uuid.UUID       `json:"parent"`
}

// Unzip has an archive unpacked in the background, into a new folder called after it. id is made with the form, and tells
// how far it has come. What is too much for anybody is refused as a whole: entries, bytes, or a bomb.
func (d *Drive) Unzip(ctx context.Context, id, node uuid.UUID, to SpaceRef, parent uuid.UUID) error {
	v, err := d.writing(ctx)
	if err != nil {
		return err
	}
	n, _, err := d.look(ctx, node, 0)
	if err != nil {
		return err
	}
	if n.State != Clean {
		return readable(row{State: string(Pending)}, visit{})
	}
	in, err := d.in(ctx, v, to.Scope)
	if err != nil {
		return err
	}
	err = d.db.Write(in, func(ctx context.Context, tx db.Tx) error {
		_, err := d.reach(ctx, tx, v, to, parent, Add)
		return err
	})
	if err != nil {
		return fault.Doing("unpack an archive", err)
	}
	// The job is of the space that was asked from, whose policy decides.
	return fault.Doing("unpack an archive", d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return job.Enqueue(ctx, tx, job.Job{ID: id, Kind: unzipKind, Payload: unzipWork{v.actor.Person, node, to, parent}})
	}))
}

// UnzipState tells whoever asked for it how far the unpacking of an archive has come. failed is true when it was given up.
func (d *Drive) UnzipState(ctx context.Context, id uuid.UUID) (u Unzipping, failed bool, err error) {
	v, err := d.visit(ctx)
	if err != nil {
		return u, false, err
	}
	var found []unzipRow
	if err := d.db.Batch(ctx, func(b *db.Batch) { queueUnzip(b, &found, unzipKind, id, v.actor.Person) }); err != nil {
		return u, false, fault.Doing("ask how far an archive has come", err)
	}
	if len(found) == 0 {
		return u, false, fault.Missing()
	}
	return found[0].unzipping(), found[0].State == "failed", nil
}

// unzip is the job. It acts as the person who asked, with the rights that the person has now; ids are drawn from the job's,
// so that a second run goes on where the first was cut.
func (d *Drive) unzip(ctx context.Context, run job.Run, w unzipWork) error {
	actor, err := d.actorOf(ctx, w.Person)
	if err != nil {
		return err
	}
	ctx = session.With(ctx, actor)
	u := &Unzipping{}
	report := func() error {
		return d.db.Write(ctx, func(ctx context.Context, tx db.Tx) error { return reportUnzip(ctx, tx, run.ID, *u) })
	}
	err = d.unpack(ctx, run.ID, w, u, report)
	if k := fault.KindOf(err); err != nil && k != fault.Internal && k != fault.Busy {
		u.refuse("", words(err))
		err = nil
	}
	if err != nil {
		return err
	}
	u.Finished = true
	return report()
}

// words is what a fault says to people.
func words(err error) string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return ""
	}
	for _, w := range f.Fields {
		return w
	}
	if f.Words == "" {
		return "Ce document ou ce dossier n’est plus là, ou ne vous est plus ouvert."
	}
	return f.Words
}

func bomb(words string) error { return fault.New(fault.TooLarge, words) }

func (d *Drive) unpack(ctx context.Context, run uuid.UUID, w unzipWork, u *Unzipping, report func() error) error {
	n, key, err := d.look(ctx, w.Node, 0)
	if err != nil {
		return err
	}
	source := &window{ctx: ctx, blobs: d.blobs, key: key, size: n.Size, limit: maxDirectory}
	files, err := entries(source)
	if err != nil {
		return err
	}
	u.Total = len(files)
	stem, _ := split(n.Name)
	top, err := d.makeFolder(ctx, w.Space, w.Parent, derived(run, "/"), SafeName(stem), true)
	if err != nil {
		return err
	}
	u.Folder = top.ID
	b := unpacking{drive: d, run: run, space: w.Space, state: u, folders: map[string]uuid.UUID{"": top.ID}, left: maxUnpacked, source: source}
	for i, f := range files {
		if err := b.take(ctx, f); err != nil {
			return err
		}
		if u.Done = i + 1; u.Done%20 == 0 {
			if err := report(); err != nil {
				return err
			}
		}
	}
	return nil
}

// derived draws an id from that of a job: the same for the same place in every run.
func derived(run uuid.UUID, place string) uuid.UUID { return uuid.NewSHA1(run, []byte(place)) }

// entries reads the list of an archive and refuses one that no honest program has made, before anything is unpacked.
func entries(w *window) ([]*zip.File, error) {
	size := w.size
	if n, err := announced(w, size); err != nil || n > maxEntries {
		if err == nil {
			err = bomb("Cette archive contient plus de dix mille éléments. Envoyez-la en plusieurs fois.")
		}
		return nil, err
	}
	z, err := zip.NewReader(w, size)
	if errors.Is(err, errDirectory) {
		return nil, bomb("Cette archive contient trop d’éléments.")
	}
	if w.err != nil {
		return nil, w.err
	}
	if errors.Is(err, zip.ErrFormat) || errors.Is(err, zip.ErrAlgorithm) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return nil, &fault.Error{Kind: fault.Invalid, Words: "Ce fichier n’est pas une archive ZIP, ou il est abîmé.", Cause: err}
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, err
	}
	if len(z.File) > maxEntries {
		return nil, bomb("Cette archive contient plus de dix mille éléments. Envoyez-la en plusieurs fois.")
	}
	var total uint64
	for _, f := range z.File {
		if total += f.UncompressedSize64; f.UncompressedSize64 > maxUnpacked || total > maxUnpacked {
			return nil, bomb("Cette archive contient plus d’un gibioctet. Envoyez-la en plusieurs fois.")
		}
	}
	if total > ratioFrom && total/maxRatio > uint64(size) {
		return nil, bomb("Cette archive n’est pas normale : elle gonflerait plus de cent fois. Elle n’a pas été ouverte.")
	}
	w.limit = math.MaxInt64
	return z.File, nil
}

// announced reads how many entries an archive says to have, before a library reads them all into memory.
func announced(w io.ReaderAt, size int64) (int, error) {
	tail := make([]byte, min(size, 64<<10+22))
	if _, err := w.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	at := strings.LastIndex(string(tail), "PK\x05\x06")
	if at < 0 || at+22 > len(tail) {
		return 0, &fault.Error{Kind: fault.Invalid, Words: "Ce fichier n’est pas une archive ZIP, ou il est abîmé."}
	}
	if length := binary.LittleEndian.Uint32(tail[at+12:]); length > maxDirectory && length != math.MaxUint32 {
		return 0, bomb("Cette archive contient trop d’éléments.")
	}
	if n := binary.LittleEndian.Uint16(tail[at+10:]); n != math.MaxUint16 {
		return int(n), nil
	}
	return maxEntries + 1, nil
}

// unpacking is one archive being unpacked.
type unpacking struct {
	drive   *Drive
	run     uuid.UUID
	space   SpaceRef
	state   *Unzipping
	folders map[string]uuid.UUID // by path
	left    int64                // bytes that may still come out
	source  *window
}

// take unpacks one entry. What is wrong with it alone is noted; an error ends the whole.
func (b *unpacking) take(ctx context.Context, f *zip.File) error {
	parts, skip, why := entryPath(f)
	if skip {
		return nil
	}
	if why != "" {
		b.state.refuse(f.Name, why)
		return nil
	}
	if f.FileInfo().IsDir() {
		_, err := b.folder(ctx, parts)
		return err
	}
	parent, err := b.folder(ctx, parts[:len(parts)-1])
	if err != nil {
		return err
	}
	body, err := f.Open()
	if b.source.err != nil {
		return b.source.err
	}
	if err != nil {
		b.state.refuse(f.Name, "il est abîmé")
		return nil
	}
	defer body.Close()
	most := min(b.left, max(ratioFrom, maxRatio*int64(min(f.CompressedSize64, maxUnpacked))))
	g := &swelling{r: body, left: most}
	in := Incoming{Space: b.space, Parent: parent, ID: derived(b.run, fmt.Sprint(f.Name, "\x00", b.state.Done)), Name: parts[len(parts)-1], Rename: true}
	_, err = b.drive.Store(ctx, in, g, -1)
	b.left -= g.n
	switch {
	case b.source.err != nil:
		return b.source.err
	case errors.Is(err, errSwollen):
		return bomb("Cette archive n’est pas normale : elle contient plus que ce qu’elle annonce. Elle n’a pas été ouverte jusqu’au bout.")
	case errors.Is(err, zip.ErrChecksum), errors.Is(err, zip.ErrFormat), g.damaged:
		b.state.refuse(f.Name, "il est abîmé")
		return nil
	}
	return err
}

// folder makes the folders of a path that are not there yet.
func (b *unpacking) folder(ctx context.Context, parts []string) (uuid.UUID, error) {
	at := ""
	for _, name := range parts {
		parent := b.folders[at]
		at += "/" + keyOf(name)
		if _, made := b.folders[at]; made {
			continue
		}
		n, err := b.drive.makeFolder(ctx, b.space, parent, derived(b.run, at), name, true)
		if err != nil {
			return uuid.Nil, err
		}
		b.folders[at] = n.ID
	}
	return b.folders[at], nil
}

// swelling stops an entry that gives more than it may.
type swelling struct {
	r       io.Reader
	left    int64
	n       int64
	damaged bool
}

var errSwollen = errors.New("drive: an entry gives more than it may")

func (s *swelling) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if s.n += int64(n); s.n > s.left {
		return 0, errSwollen
	}
	s.damaged = err != nil && !errors.Is(err, io.EOF)
	return n, err
}

// oldName reads a name from before archives were in UTF-8, as Windows wrote it in France.
func oldName(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	if read, err := charmap.CodePage850.NewDecoder().String(name); err == nil {
		return read
	}
	return name
}

// actorOf is a person as the passport says now, in the space of ctx.
func (d *Drive) actorOf(ctx context.Context, who school.PersonID) (school.Actor, error) {
	here := tenant.From(ctx)
	a := school.Actor{Person: who}
	var ok bool
	academy := tenant.Enter(ctx, here.Academy())
	if err := d.db.Batch(academy, func(b *db.Batch) { queuePassport(b, &ok, &a) }); err != nil {
		return a, fault.Doing("read a passport", err)
	}
	if !ok {
		return a, fault.Missing()
	}
	return a.In(here.ID), nil
}
