package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/minio/minio-go/v7"
)

// partSize is above what most files weigh, so that most uploads are one request.
const partSize = 16 << 20

// Put stores size bytes of r under a key that was never used. When it returns nil the object is stored whole; after an
// error it is not there, or is not to be counted on, and another key must be drawn to try again. r is read once, as the
// bytes leave: the size of a file costs no memory.
func (s *Store) Put(ctx context.Context, key Key, r io.Reader, size int64, contentType string) error {
	if err := mayWrite(ctx, key); err != nil {
		return err
	}
	if size < 0 {
		return fmt.Errorf("store object %s: %w: it must be known before", key, ErrSize)
	}
	given := &measured{r: r}
	send := s.putWhole
	if size > partSize {
		send = s.putParts
	}
	err := send(ctx, key, given, size, contentType)
	if err != nil && given.ended && given.n < size {
		return fmt.Errorf("store object %s: %w: %d bytes of %d", key, ErrSize, given.n, size)
	}
	if err != nil {
		return fmt.Errorf("store object %s: %w", key, translate(err))
	}
	if given.more() {
		return s.undo(ctx, key)
	}
	return nil
}

// fresh asks for an object written once: the store refuses a key that names an object already.
func fresh(contentType string) minio.PutObjectOptions {
	o := minio.PutObjectOptions{ContentType: contentType, DisableMultipart: true}
	o.SetMatchETagExcept("*")
	return o
}

func (s *Store) putWhole(ctx context.Context, key Key, r io.Reader, size int64, contentType string) error {
	_, err := s.core.Client.PutObject(ctx, s.bucket, key.name, io.LimitReader(r, size), size, fresh(contentType))
	return err
}

// putParts sends a large object in parts. The library would do it too, but forgets on the way that the key must be
// fresh, and holds each part in memory.
func (s *Store) putParts(ctx context.Context, key Key, r io.Reader, size int64, contentType string) error {
	upload, err := s.core.NewMultipartUpload(ctx, s.bucket, key.name, minio.PutObjectOptions{ContentType: contentType})
	if err != nil {
		return err
	}
	parts, err := s.sendParts(ctx, key, upload, r, size)
	if err == nil {
		_, err = s.core.CompleteMultipartUpload(ctx, s.bucket, key.name, upload, parts, fresh(contentType))
	}
	if err == nil {
		return nil
	}
	// The parts take room until they are given up; a store that cannot be reached keeps them for its own clean-up.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return errors.Join(err, s.core.AbortMultipartUpload(ctx, s.bucket, key.name, upload))
}

func (s *Store) sendParts(ctx context.Context, key Key, upload string, r io.Reader, size int64) ([]minio.CompletePart, error) {
	var parts []minio.CompletePart
	for left, number := size, 1; left > 0; number++ {
		n := min(left, partLength(size))
		part, err := s.core.PutObjectPart(ctx, s.bucket, key.name, upload, number, io.LimitReader(r, n), n, minio.PutObjectPartOptions{})
		if err != nil {
			return nil, err
		}
		parts = append(parts, minio.CompletePart{PartNumber: number, ETag: part.ETag})
		left -= n
	}
	return parts, nil
}

// partLength grows with the object: an upload has ten thousand parts at most.
func partLength(size int64) int64 { return max(partSize, (size+9999)/10000) }

// measured counts what is read. It also hides every other method of the reader: a library that finds it can seek would
// read it more than once, or not where it stands.
type measured struct {
	r     io.Reader
	n     int64
	ended bool
}

func (m *measured) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.n += int64(n)
	m.ended = m.ended || errors.Is(err, io.EOF)
	return n, err
}

// more reports whether something is left to read.
func (m *measured) more() bool {
	if m.ended {
		return false
	}
	n, _ := io.ReadFull(m.r, make([]byte, 1))
	return n > 0
}

// undo removes an object that Put has just stored and cannot vouch for.
func (s *Store) undo(ctx context.Context, key Key) error {
	// The person may have left meanwhile; the object goes all the same.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return fmt.Errorf("store object %s: %w", key, errors.Join(ErrSize, s.Delete(ctx, key)))
}
