package drive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fault"
)

// A store wants to know the length of what it is sent, so a file of unknown length passes by a buffer. There are as many
// as the program's memory stands.
const (
	maxBuffers = 8
	bufferSize = blob.MinPart
)

// Incoming says where a file goes. ID is the one of the document when it is new, made with the form, so that sending it
// twice makes one. When the name is taken, Replace makes a version of what has it, Rename gives the new file a number, and
// neither refuses. IfHash, when given, must be the hash of what is replaced.
type Incoming struct {
	Space   SpaceRef
	Parent  uuid.UUID
	ID      uuid.UUID
	Name    string
	Replace bool
	Rename  bool
	IfHash  string
}

func (in Incoming) onClash() string {
	switch {
	case in.Replace:
		return "replace"
	case in.Rename:
		return "rename"
	}
	return "refuse"
}

// content is what is in the object store and waits to be named by a row.
type content struct {
	key   blob.Key
	size  int64
	hash  string
	media string
}

// Store takes a file in as it comes, however large, and returns once it is kept for good. size is -1 when it is not known.
// Faults: Conflict or Invalid in the field "name" for a name that is taken, TooLarge when there is no room for it; nothing
// then stays.
func (d *Drive) Store(ctx context.Context, in Incoming, body io.Reader, size int64) (Node, error) {
	v, err := d.writing(ctx)
	if err != nil {
		return Node{}, err
	}
	room, scoped, err := d.admit(ctx, v, &in, size)
	if err != nil {
		return Node{}, err
	}
	c, err := d.receive(ctx, in, body, size, room)
	if err != nil {
		return Node{}, fault.Doing("store a file", err)
	}
	id, kept, err := d.reference(scoped, v, in, c)
	if fault.Refused(err) || err == nil && !kept {
		d.drop(ctx, c.key)
	}
	if err != nil {
		return Node{}, fault.Doing("store a file", err)
	}
	return d.Find(ctx, id)
}

// admit asks, before a byte is read, whether the file could be kept, and says how much room there is.
func (d *Drive) admit(ctx context.Context, v visit, in *Incoming, size int64) (room int64, scoped context.Context, err error) {
	if in.Name, err = CheckName(in.Name); err != nil {
		return 0, nil, err
	}
	if in.ID == uuid.Nil {
		return 0, nil, fault.Missing()
	}
	if scoped, err = d.in(ctx, v, in.Space.Scope); err != nil {
		return 0, nil, err
	}
	settings := d.limits(ctx, v)
	err = d.db.Write(scoped, func(ctx context.Context, tx db.Tx) error {
		t, err := d.reach(ctx, tx, v, in.Space, in.Parent, Add)
		if err != nil {
			return err
		}
		there, ok, err := named(ctx, tx, in.Space.Owner, in.Parent, keyOf(in.Name))
		if err != nil {
			return err
		}
		if ok && there.ID != in.ID {
			if err := in.mayReplace(there, t.inside, v); err != nil {
				return err
			}
		}
		room = settings.quota(t.space, in.Space, v.actor) - t.space.Used
		return d.roomFor(ctx, tx, v, in.Space, t.space, max(size, 1))
	})
	if err == nil && size > settings.File {
		err = tooLarge()
	}
	return room, scoped, fault.Doing("take a file in", err)
}

func tooLarge() error {
	return fault.New(fault.TooLarge, "Ce fichier est plus grand que ce que votre établissement accepte.")
}

// kept reports whether what has the name is what a try before this one has left there: the new document, or the version
// of an older one.
func (in Incoming) kept(there row, v visit, c content) bool {
	return there.Hash == c.hash && (there.ID == in.ID || in.Replace && there.IsFile && orZero(there.EditorID) == v.actor.Person.UUID)
}

// mayReplace judges a file whose name is already that of something in the folder. The id of a file opens nothing: a
// sender who chooses that of another's gets no further with it.
func (in Incoming) mayReplace(there row, inside Role, v visit) error {
	switch {
	case there.ID == in.ID && !in.Replace:
		return fault.New(fault.Conflict, "Ce document existe déjà.")
	case in.Rename:
		return nil
	case !in.Replace || !there.IsFile:
		return clash()
	case on(inside, false, there.by(v.actor.Person)) < Editor:
		return denied()
	case in.IfHash != "" && in.IfHash != there.Hash:
		return overtaken()
	}
	return nil
}

func overtaken() error {
	return fault.New(fault.Conflict, "Ce document a changé depuis que vous l’avez ouvert. Ouvrez-le à nouveau, puis refaites vos modifications.")
}

// gauge hashes what passes and stops it when it is more than there is room for.
type gauge struct {
	r    io.Reader
	left int64
	sum  hash.Hash
	n    int64
}

var errFull = errors.New("drive: more than there is room for")

func (g *gauge) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	if g.n += int64(n); g.n > g.left {
		return 0, errFull
	}
	g.sum.Write(p[:n])
	return n, err
}

// receive streams a file to the object store. No row names it yet: whatever happens now, nobody misses it.
func (d *Drive) receive(ctx context.Context, in Incoming, body io.Reader, size, room int64) (content, error) {
	head := make([]byte, headSize)
	n, err := io.ReadFull(body, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return content{}, cutShort(err)
	}
	c := content{key: blob.NewKey(int64(in.Space.Scope), d.db.NowIn(ctx)), media: typeOf(head[:n], in.Name)}
	most := d.settings(ctx).File
	g := &gauge{r: io.MultiReader(bytes.NewReader(head[:n]), body), left: min(room, most), sum: sha256.New()}
	if size >= 0 {
		c.size, err = size, d.blobs.Put(ctx, c.key, g, size, c.media)
	} else {
		c.size, err = d.putAll(ctx, c.key, g, c.media)
	}
	if g.n > g.left && most < room {
		return content{}, tooLarge()
	}
	if g.n > g.left {
		return content{}, full()
	}
	if errors.Is(err, blob.ErrSize) {
		return content{}, cutShort(err)
	}
	c.hash = hex.EncodeToString(g.sum.Sum(nil))
	return c, err
}

func cutShort(err error) error {
	return &fault.Error{Kind: fault.Invalid, Words: "L’envoi a été interrompu avant la fin. Recommencez.", Cause: err}
}

func (d *Drive) putAll(ctx context.Context, key blob.Key, r io.Reader, media string) (int64, error) {
	wait, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	select {
	case d.buffers <- struct{}{}:
		defer func() { <-d.buffers }()
	case <-wait.Done():
		return 0, fault.New(fault.Busy, "Trop d’envois arrivent en même temps. Recommencez dans quelques instants.")
	}
	return d.blobs.PutAll(ctx, key, r, make([]byte, bufferSize), media)
}

// reference names the content by a row: a new document, or a new version of the one that has the name. kept is false when
// the same had been sent before, and the object is one too many.
func (d *Drive) reference(scoped context.Context, v visit, in Incoming, c content) (id uuid.UUID, kept bool, err error) {
	err = d.db.Write(scoped, func(ctx context.Context, tx db.Tx) error {
		id, kept, err = d.referenceIn(ctx, tx, v, in, c)
		return err
	})
	return id, kept, err
}

func (d *Drive) referenceIn(ctx context.Context, tx db.Tx, v visit, in Incoming, c content) (uuid.UUID, bool, error) {
	t, err := d.reach(ctx, tx, v, in.Space, in.Parent, Add)
	if err != nil {
		return uuid.Nil, false, err
	}
	there, ok, err := named(ctx, tx, in.Space.Owner, in.Parent, keyOf(in.Name))
	if err != nil {
		return uuid.Nil, false, err
	}
	if ok && in.kept(there, v, c) {
		return there.ID, false, nil
	}
	if ok {
		if err := in.mayReplace(there, t.inside, v); err != nil {
			return uuid.Nil, false, err
		}
	}
	if !ok && in.IfHash != "" {
		return uuid.Nil, false, overtaken()
	}
	if err := d.roomFor(ctx, tx, v, in.Space, t.space, c.size); err != nil {
		return uuid.Nil, false, err
	}
	if !ok || in.Rename && there.ID != in.ID {
		name, err := free(ctx, tx, in.Space.Owner, in.Parent, in.Name, true)
		if err != nil {
			return uuid.Nil, false, err
		}
		made, err := insert(ctx, tx, v.row(t, in.ID, name, true))
		if err != nil {
			return uuid.Nil, false, err
		}
		if !made {
			return d.sentTwice(ctx, tx, v, in, c)
		}
		there = row{ID: in.ID, SpaceID: in.Space.Owner}
	}
	return there.ID, true, d.addVersion(ctx, tx, v, there, c)
}

// sentTwice answers for an id that is there already: the same file by the same person, under whatever name it has now.
func (d *Drive) sentTwice(ctx context.Context, tx db.Tx, v visit, in Incoming, c content) (uuid.UUID, bool, error) {
	was, err := up(ctx, tx, in.ID, v.keys)
	if err != nil {
		return uuid.Nil, false, err
	}
	if len(was) == 0 || !was[0].by(v.actor.Person) || was[0].Hash != c.hash {
		return uuid.Nil, false, fault.New(fault.Conflict, "Ce document existe déjà.")
	}
	return in.ID, false, nil
}

// addVersion makes content the current version of a file, and lets the oldest go when there are too many.
func (d *Drive) addVersion(ctx context.Context, tx db.Tx, v visit, r row, c content) error {
	state := Clean
	if d.scanner != nil {
		state = Pending
	}
	version := versionRow{NodeID: r.ID, Number: r.Version + 1, ObjectKey: c.key.String(), Size: c.size, ContentType: c.media, Hash: c.hash,
		State: string(state), AuthorID: &v.actor.Person.UUID, AuthorName: v.actor.Name}
	if err := addVersion(ctx, tx, version); err != nil {
		return err
	}
	after := func() error { return d.tell(ctx, tx, version) }
	if state == Pending {
		after = func() error { return scanLater(ctx, tx, version.ObjectKey, 0) }
	}
	if err := after(); err != nil {
		return err
	}
	files := int64(0)
	if r.Version == 0 {
		files = 1
	}
	if err := weigh(ctx, tx, r.SpaceID, c.size, files); err != nil {
		return err
	}
	if err := d.prune(ctx, tx, r.ID, r.SpaceID); err != nil {
		return err
	}
	return d.readLater(ctx, tx, version.ObjectKey)
}

// prune removes the versions of a file that are more than the settings keep.
func (d *Drive) prune(ctx context.Context, tx db.Tx, id, space uuid.UUID) error {
	keys, bytes, err := pruneVersions(ctx, tx, id, max(1, d.settings(ctx).Versions))
	if err != nil || len(keys) == 0 {
		return err
	}
	if err := weigh(ctx, tx, space, -bytes, 0); err != nil {
		return err
	}
	return forgetLater(ctx, tx, keys)
}

// drop removes an object that no row came to name, at once. The sweep finds what a failure leaves.
func (d *Drive) drop(ctx context.Context, key blob.Key) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := d.blobs.Delete(ctx, key); err != nil {
		slog.WarnContext(ctx, "an object without a document stays until it is swept", "error", err)
	}
}

// Open reads n bytes of a file from off, of a version or, with 0, of the current one; a negative n means to the end. The
// node tells what the version is. What an antivirus has not cleared yet is read by its author alone.
func (d *Drive) Open(ctx context.Context, id uuid.UUID, version int, off, n int64) (io.ReadCloser, Node, error) {
	node, key, err := d.look(ctx, id, version)
	if err != nil {
		return nil, Node{}, err
	}
	body, _, err := d.blobs.Get(ctx, key, off, n)
	if err != nil {
		return nil, Node{}, fault.Doing("read a file", err)
	}
	return body, node, nil
}

// look finds a version that the actor may read.
func (d *Drive) look(ctx context.Context, id uuid.UUID, version int) (Node, blob.Key, error) {
	v, err := d.visit(ctx)
	if err != nil {
		return Node{}, blob.Key{}, err
	}
	f, in, err := d.locate(ctx, v, id)
	if err != nil {
		return Node{}, blob.Key{}, err
	}
	r := f.chain[0]
	if !r.IsFile {
		return Node{}, blob.Key{}, fault.Missing()
	}
	if version > 0 && version != r.Version {
		var ok bool
		var old versionRow
		if err := d.db.Batch(in, func(b *db.Batch) { queueVersion(b, &ok, &old, id, version) }); err != nil {
			return Node{}, blob.Key{}, fault.Doing("find a version", err)
		}
		if !ok {
			return Node{}, blob.Key{}, fault.Missing()
		}
		r = old.over(r)
	}
	if err := readable(r, v); err != nil {
		return Node{}, blob.Key{}, err
	}
	key, err := blob.ParseKey(r.ObjectKey)
	return r.node(f.self), key, err
}

// readable says whether the content of a row may be given to the actor.
func readable(r row, v visit) error {
	switch {
	case State(r.State) == Quarantined:
		return fault.New(fault.Conflict, "Ce fichier contient un virus : il a été mis à l’écart et ne peut pas être ouvert.")
	case State(r.State) == Pending && (!v.actor.SignedIn() || orZero(r.EditorID) != v.actor.Person.UUID):
		return fault.New(fault.Conflict, "Ce fichier vient d’être déposé et n’a pas encore été vérifié par l’antivirus. Réessayez dans quelques minutes.")
	}
	return nil
}
