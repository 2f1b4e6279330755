package blob

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/minio/minio-go/v7"

	"elyco/internal/fault"
)

// MinPart is the least that a part may hold, the last one apart.
const MinPart = 5 << 20

// MaxParts is how many parts an object has at most.
const MaxParts = 10000

// ErrNoUpload is returned for an upload in parts that the store does not know: it has ended, or was given up.
var ErrNoUpload = errors.New("no such upload")

// Part is one that the store keeps. ETag is what the store calls its content.
type Part struct {
	Number int
	ETag   string
	Size   int64
}

// Begin opens an upload in parts, for an object under a key that was never used. What is sent stays in the store until
// Complete makes an object of it or Abort removes it; neither a restart of this program nor one of the store loses it.
func (s *Store) Begin(ctx context.Context, key Key, contentType string) (upload string, err error) {
	if err := mayWrite(ctx, key); err != nil {
		return "", err
	}
	upload, err = s.core.NewMultipartUpload(ctx, s.bucket, key.name, minio.PutObjectOptions{ContentType: contentType})
	if err != nil {
		return "", fmt.Errorf("begin object %s: %w", key, translate(err))
	}
	return upload, nil
}

// SendPart stores size bytes of r as a part, in place of what the part held before. The part is kept once SendPart
// returns nil.
func (s *Store) SendPart(ctx context.Context, key Key, upload string, number int, r io.Reader, size int64) (Part, error) {
	if err := mayWrite(ctx, key); err != nil {
		return Part{}, err
	}
	given := &measured{r: r}
	sent, err := s.core.PutObjectPart(ctx, s.bucket, key.name, upload, number, io.LimitReader(given, size), size, minio.PutObjectPartOptions{})
	if err != nil && given.ended && given.n < size {
		return Part{}, fmt.Errorf("store part %d of %s: %w: %d bytes of %d", number, key, ErrSize, given.n, size)
	}
	if err != nil {
		err = translate(err)
		if fault.Is(err, fault.Busy) && s.lost(ctx, key, upload) {
			err = fmt.Errorf("%w: %w", ErrNoUpload, err)
		}
		return Part{}, fmt.Errorf("store part %d of %s: %w", number, key, err)
	}
	return Part{number, sent.ETag, size}, nil
}

// lost reports whether the store says that it does not know the upload. A store that refuses a part may hang up before it
// has read it, and the sender then hears of a broken connection instead of the reason.
func (s *Store) lost(ctx context.Context, key Key, upload string) bool {
	_, err := s.core.ListObjectParts(ctx, s.bucket, key.name, upload, 0, 1)
	return errors.Is(translate(err), ErrNoUpload)
}

// Complete makes the object of the parts, in the order of their numbers. It may be asked again after a failure: an upload
// that has become the object already gives ErrNoUpload, and Stat then tells of the object.
func (s *Store) Complete(ctx context.Context, key Key, upload string, parts []Part, contentType string) error {
	if err := mayWrite(ctx, key); err != nil {
		return err
	}
	list := make([]minio.CompletePart, 0, len(parts))
	for _, p := range parts {
		list = append(list, minio.CompletePart{PartNumber: p.Number, ETag: p.ETag})
	}
	if _, err := s.core.CompleteMultipartUpload(ctx, s.bucket, key.name, upload, list, fresh(contentType)); err != nil {
		return fmt.Errorf("complete object %s: %w", key, translate(err))
	}
	return nil
}

// Abort removes the parts of an upload. One that the store does not know is removed already.
func (s *Store) Abort(ctx context.Context, key Key, upload string) error {
	if err := mayWrite(ctx, key); err != nil {
		return err
	}
	err := translate(s.core.AbortMultipartUpload(ctx, s.bucket, key.name, upload))
	if err != nil && !errors.Is(err, ErrNoUpload) && !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("give up object %s: %w", key, err)
	}
	return nil
}

// Unfinished is an upload in parts that has not become an object.
type Unfinished struct {
	Key    Key
	Upload string
	Begun  time.Time
}

// Unfinished calls fn for every upload in parts under prefix that has neither been completed nor given up. A store may keep
// some to itself, as MinIO does unless prefix is a whole key; it then gives up by itself, within days, what nobody touches.
func (s *Store) Unfinished(ctx context.Context, prefix string, fn func(Unfinished) error) error {
	for keyMarker, idMarker := "", ""; ; {
		page, err := s.core.ListMultipartUploads(ctx, s.bucket, prefix, keyMarker, idMarker, "", 1000)
		if err != nil {
			return fmt.Errorf("list unfinished objects %s: %w", prefix, translate(err))
		}
		for _, u := range page.Uploads {
			key, err := ParseKey(u.Key)
			if err != nil {
				return fmt.Errorf("list unfinished objects %s: %w", prefix, err)
			}
			if err := fn(Unfinished{key, u.UploadID, u.Initiated}); err != nil {
				return err
			}
		}
		if !page.IsTruncated || page.NextKeyMarker == keyMarker && page.NextUploadIDMarker == idMarker {
			return nil
		}
		keyMarker, idMarker = page.NextKeyMarker, page.NextUploadIDMarker
	}
}

// PutAll stores all that r gives, however much it is, and returns how much that was. buffer holds a part while it is read,
// MinPart bytes at least, because a store wants to know the length of what it is sent. An error of r is returned as it
// is, and nothing is then kept.
func (s *Store) PutAll(ctx context.Context, key Key, r io.Reader, buffer []byte, contentType string) (int64, error) {
	n, err := io.ReadFull(r, buffer)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return int64(n), s.Put(ctx, key, bytes.NewReader(buffer[:n]), int64(n), contentType)
	}
	if err != nil {
		return 0, err
	}
	upload, err := s.Begin(ctx, key, contentType)
	if err != nil {
		return 0, err
	}
	size, parts, err := s.putBuffered(ctx, key, upload, r, buffer)
	if err == nil {
		err = s.Complete(ctx, key, upload, parts, contentType)
	}
	if err == nil {
		return size, nil
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return 0, errors.Join(err, s.Abort(ctx, key, upload))
}

// putBuffered sends the buffer, which is full, and then all that r gives.
func (s *Store) putBuffered(ctx context.Context, key Key, upload string, r io.Reader, buffer []byte) (int64, []Part, error) {
	var parts []Part
	var size int64
	for n := len(buffer); n > 0; {
		if len(parts) == MaxParts {
			return 0, nil, fmt.Errorf("store object %s: %w: more than %d parts", key, ErrSize, MaxParts)
		}
		part, err := s.SendPart(ctx, key, upload, len(parts)+1, bytes.NewReader(buffer[:n]), int64(n))
		if err != nil {
			return 0, nil, err
		}
		parts = append(parts, part)
		size += int64(n)
		if n < len(buffer) {
			break
		}
		n, err = io.ReadFull(r, buffer)
		if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
			return 0, nil, err
		}
	}
	return size, parts, nil
}

// Copy makes a second object of the same bytes, within the store. The content type of the copy is not promised: not every
// store carries it over.
func (s *Store) Copy(ctx context.Context, from, to Key) error {
	if from.IsZero() {
		return ErrKey
	}
	if err := mayWrite(ctx, to); err != nil {
		return err
	}
	_, err := s.core.Client.ComposeObject(ctx, minio.CopyDestOptions{Bucket: s.bucket, Object: to.name},
		minio.CopySrcOptions{Bucket: s.bucket, Object: from.name})
	if err != nil {
		return fmt.Errorf("copy object %s: %w", from, translate(err))
	}
	return nil
}
