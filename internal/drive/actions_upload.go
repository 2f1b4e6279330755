package drive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"log/slog"
	"time"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fault"
)

// How large the pieces of an upload are: large enough for any store, small enough that a cut costs seconds.
const (
	PieceSize = 8 * mib
	maxPiece  = 32 * mib
)

// Upload is a file that arrives in pieces, each kept for good once it is acknowledged. Its ID is the one of the document
// that it becomes.
type Upload struct {
	ID       uuid.UUID
	Name     string
	Size     int64
	Received int64 // where the next piece begins
	Done     bool
}

// BeginUpload opens an upload of a known size. Asked again with the same id, it tells how far the upload has come.
func (d *Drive) BeginUpload(ctx context.Context, in Incoming, size int64) (Upload, error) {
	v, err := d.writing(ctx)
	if err != nil {
		return Upload{}, err
	}
	if size < 0 {
		return Upload{}, fault.Field("size", "La taille du fichier n’est pas connue.")
	}
	if u, _, err := d.uploadOf(ctx, v, in.ID); err == nil {
		if u.Size != size || u.Name != in.Name {
			return Upload{}, fault.New(fault.Conflict, "Un autre fichier est déjà en cours d’envoi sous ce numéro. Recommencez l’envoi.")
		}
		return u.upload(), nil
	} else if !fault.Is(err, fault.NotFound) {
		return Upload{}, err
	}
	room, scoped, err := d.admit(ctx, v, &in, size)
	if err != nil {
		return Upload{}, err
	}
	key := blob.NewKey(int64(in.Space.Scope), d.db.NowIn(ctx))
	u := uploadRow{ID: in.ID, SpaceID: in.Space.Owner, ParentID: in.Parent, Name: in.Name, OnClash: in.onClash(), IfHash: in.IfHash, Size: size,
		ObjectKey: key.String(), AuthorID: v.actor.Person.UUID, AuthorName: v.actor.Name, Kind: string(in.Space.Kind)}
	if u.Digest, err = sha256.New().(encoding.BinaryMarshaler).MarshalBinary(); err != nil {
		return Upload{}, err
	}
	if u.Multipart, err = d.blobs.Begin(ctx, key, unknownType); err != nil {
		return Upload{}, fault.Doing("begin an upload", err)
	}
	made := false
	err = d.db.Write(scoped, func(ctx context.Context, tx db.Tx) error {
		waiting, err := uploading(ctx, tx, v.actor.Person)
		if err != nil {
			return err
		}
		if waiting+size > room {
			return full()
		}
		if made, err = insertUpload(ctx, tx, u); err != nil {
			return err
		}
		return upkeepLater(ctx, tx, int64(in.Space.Scope))
	})
	if err != nil || !made {
		d.giveUp(ctx, key, u.Multipart)
	}
	if err != nil {
		return Upload{}, fault.Doing("begin an upload", err)
	}
	return d.UploadState(ctx, in.ID)
}

// UploadState tells how far an upload of the actor has come. NotFound once it was given up, or was left alone for days.
func (d *Drive) UploadState(ctx context.Context, id uuid.UUID) (Upload, error) {
	v, err := d.visit(ctx)
	if err != nil {
		return Upload{}, err
	}
	u, _, err := d.uploadOf(ctx, v, id)
	return u.upload(), err
}

// uploadOf finds an upload of the actor's, in whichever scope it goes to.
func (d *Drive) uploadOf(ctx context.Context, v visit, id uuid.UUID) (uploadRow, context.Context, error) {
	for _, scope := range v.scopes() {
		in, err := d.in(ctx, v, scope)
		if err != nil {
			return uploadRow{}, nil, err
		}
		var found []uploadRow
		if err := d.db.Batch(in, func(b *db.Batch) { queueUpload(b, &found, id) }); err != nil {
			return uploadRow{}, nil, fault.Doing("find an upload", err)
		}
		if len(found) > 0 && found[0].AuthorID == v.actor.Person.UUID {
			return found[0], in, nil
		}
	}
	return uploadRow{}, nil, fault.Missing()
}

// Append takes the piece that begins at offset, and returns once it is kept for good. A piece that was acknowledged before
// is not read again. Every piece but the last holds between 5 and 32 MiB. Conflict when offset is not where the upload
// stands: UploadState tells.
func (d *Drive) Append(ctx context.Context, id uuid.UUID, offset int64, piece io.Reader, size int64) (Upload, error) {
	v, err := d.writing(ctx)
	if err != nil {
		return Upload{}, err
	}
	u, in, err := d.uploadOf(ctx, v, id)
	if err != nil {
		return Upload{}, err
	}
	if u.DoneAt != nil || offset+size <= u.Received {
		return u.upload(), nil
	}
	if offset != u.Received {
		return u.upload(), fault.New(fault.Conflict, "Ce morceau ne fait pas suite à ce qui a été reçu. L’envoi reprend où il en était.")
	}
	if size <= 0 || offset+size > u.Size || size > maxPiece || size < blob.MinPart && offset+size < u.Size {
		return u.upload(), fault.Field("size", "Ce morceau n’a pas une taille acceptée.")
	}
	return d.take(ctx, in, u, piece, size)
}

func (d *Drive) take(ctx, in context.Context, u uploadRow, piece io.Reader, size int64) (Upload, error) {
	key, err := blob.ParseKey(u.ObjectKey)
	if err != nil {
		return Upload{}, err
	}
	sum, err := resume(u.Digest)
	if err != nil {
		return Upload{}, err
	}
	var head bytes.Buffer
	if want := headSize - len(u.Head); want > 0 && int64(len(u.Head)) == u.Received {
		first := make([]byte, min(int64(want), size))
		n, err := io.ReadFull(piece, first)
		if err != nil {
			return u.upload(), cutShort(err)
		}
		head.Write(first[:n])
	}
	body := io.TeeReader(io.MultiReader(bytes.NewReader(head.Bytes()), piece), sum)
	part, err := d.blobs.SendPart(ctx, key, u.Multipart, u.Parts+1, body, size)
	if errors.Is(err, blob.ErrSize) {
		return u.upload(), cutShort(err)
	}
	if errors.Is(err, blob.ErrNoUpload) {
		return Upload{}, d.lost(ctx, in, u)
	}
	if err != nil {
		return u.upload(), fault.Doing("take a piece of an upload", err)
	}
	next := u
	next.Received += size
	next.Head = append(append([]byte{}, u.Head...), head.Bytes()...)
	if next.Digest, err = sum.(encoding.BinaryMarshaler).MarshalBinary(); err != nil {
		return u.upload(), err
	}
	taken := false
	err = d.db.Write(in, func(ctx context.Context, tx db.Tx) (err error) {
		taken, err = advance(ctx, tx, u.Received, next, part)
		return err
	})
	if err != nil {
		return u.upload(), fault.Doing("take a piece of an upload", err)
	}
	if !taken {
		return u.upload(), fault.New(fault.Conflict, "Ce fichier est envoyé deux fois en même temps. L’envoi reprend où il en était.")
	}
	return next.upload(), nil
}

// lost ends an upload whose pieces the store has given up, unless another request has brought it further meanwhile.
func (d *Drive) lost(ctx, in context.Context, u uploadRow) error {
	var now []uploadRow
	if err := d.db.Batch(in, func(b *db.Batch) { queueUpload(b, &now, u.ID) }); err != nil {
		return fault.Doing("find an upload", err)
	}
	if len(now) > 0 && (now[0].DoneAt != nil || now[0].Received != u.Received) {
		return fault.New(fault.Conflict, "Ce fichier est envoyé deux fois en même temps. L’envoi reprend où il en était.")
	}
	gone := fault.New(fault.NotFound, "Cet envoi a été interrompu trop longtemps. Envoyez à nouveau le fichier.")
	return errors.Join(gone, d.endUpload(ctx, in, u))
}

// resume goes on with a hash where it stood.
func resume(digest []byte) (hash.Hash, error) {
	sum := sha256.New()
	if err := sum.(encoding.BinaryUnmarshaler).UnmarshalBinary(digest); err != nil {
		return nil, fmt.Errorf("resume a hash: %w", err)
	}
	return sum, nil
}

// FinishUpload makes a document of an upload that has come whole. It may be asked again after any failure; once it has
// answered, the document is kept for good.
func (d *Drive) FinishUpload(ctx context.Context, id uuid.UUID) (Node, error) {
	v, err := d.writing(ctx)
	if err != nil {
		return Node{}, err
	}
	u, in, err := d.uploadOf(ctx, v, id)
	if err != nil {
		return Node{}, err
	}
	if u.DoneAt != nil {
		return d.Find(ctx, u.NodeID)
	}
	if u.Received < u.Size {
		return Node{}, fault.New(fault.Conflict, "Le fichier n’est pas encore arrivé en entier. L’envoi reprend où il en était.")
	}
	c, err := d.compose(ctx, in, u)
	if err != nil {
		return Node{}, fault.Doing("finish an upload", err)
	}
	var node uuid.UUID
	err = d.db.Write(in, func(ctx context.Context, tx db.Tx) error {
		var kept bool
		node, kept, err = d.referenceIn(ctx, tx, v, u.incoming(), c)
		if err != nil {
			return err
		}
		still, err := finishUpload(ctx, tx, u.ID, node)
		if err != nil || !still {
			return orElse(err, errEnded)
		}
		if !kept {
			return forgetLater(ctx, tx, []string{u.ObjectKey})
		}
		return nil
	})
	if errors.Is(err, errEnded) {
		// Somebody finished it, or gave it up, at the same moment.
		if u, _, err = d.uploadOf(ctx, v, id); err == nil {
			node = u.NodeID
		}
	}
	if fault.Is(err, fault.TooLarge) {
		err = errors.Join(err, d.AbortUpload(ctx, id))
	}
	if err != nil {
		return Node{}, fault.Doing("finish an upload", err)
	}
	return d.Find(ctx, node)
}

var errEnded = errors.New("drive: the upload has ended")

// compose makes one object of the pieces, unless that has happened before.
func (d *Drive) compose(ctx, in context.Context, u uploadRow) (content, error) {
	key, err := blob.ParseKey(u.ObjectKey)
	if err != nil {
		return content{}, err
	}
	sum, err := resume(u.Digest)
	if err != nil {
		return content{}, err
	}
	c := content{key: key, size: u.Size, hash: hex.EncodeToString(sum.Sum(nil)), media: typeOf(u.Head, u.Name)}
	if u.Size == 0 {
		err = d.blobs.Put(ctx, key, bytes.NewReader(nil), 0, c.media)
	} else {
		var parts []partRow
		if err := d.db.Batch(in, func(b *db.Batch) { queueParts(b, &parts, u.ID) }); err != nil {
			return content{}, err
		}
		list := make([]blob.Part, 0, len(parts))
		for _, p := range parts {
			list = append(list, blob.Part{Number: p.Number, ETag: p.ETag, Size: p.Size})
		}
		err = d.blobs.Complete(ctx, key, u.Multipart, list, c.media)
	}
	if errors.Is(err, blob.ErrNoUpload) || errors.Is(err, blob.ErrExists) {
		info, stat := d.blobs.Stat(ctx, key)
		if errors.Is(stat, blob.ErrNotFound) {
			// Some stores give up by themselves what nobody has touched for a day.
			return content{}, d.lost(ctx, in, u)
		}
		if stat != nil {
			return content{}, errors.Join(err, stat)
		}
		if info.Size != u.Size {
			return content{}, fmt.Errorf("object %s holds %d bytes of %d", key, info.Size, u.Size)
		}
		err = nil
	}
	return c, err
}

// AbortUpload gives an upload of the actor's up. One that is done, or is not there, stays as it is.
func (d *Drive) AbortUpload(ctx context.Context, id uuid.UUID) error {
	v, err := d.writing(ctx)
	if err != nil {
		return err
	}
	u, in, err := d.uploadOf(ctx, v, id)
	if fault.Is(err, fault.NotFound) || u.DoneAt != nil {
		return nil
	}
	if err != nil {
		return err
	}
	return d.endUpload(ctx, in, u)
}

// endUpload forgets an upload and then what it has sent: the other way round, a failure would leave a row that promises
// bytes which are gone.
func (d *Drive) endUpload(ctx, in context.Context, u uploadRow) error {
	gone := false
	err := d.db.Write(in, func(ctx context.Context, tx db.Tx) (err error) {
		gone, err = deleteUpload(ctx, tx, u.ID)
		if err != nil || !gone {
			return err
		}
		return forgetLater(ctx, tx, []string{u.ObjectKey})
	})
	if err != nil || !gone {
		return fault.Doing("give an upload up", err)
	}
	key, err := blob.ParseKey(u.ObjectKey)
	if err != nil {
		return err
	}
	d.giveUp(ctx, key, u.Multipart)
	return nil
}

// giveUp removes parts at once; the sweep finds what a failure leaves.
func (d *Drive) giveUp(ctx context.Context, key blob.Key, multipart string) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if err := d.blobs.Abort(ctx, key, multipart); err != nil {
		slog.WarnContext(ctx, "parts of an upload stay until they are swept", "error", err)
	}
}
