// Package blob keeps files: what is handed in, shared and published. It speaks plain S3, so that any store will do.
//
// An object is written once and never changed; its name is drawn, and what people call the file is in the database. What
// Put has acknowledged stays until Delete.
package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"elyco/internal/fault"
	"elyco/internal/readonly"
)

var (
	// ErrNotFound is returned for an object that is not there.
	ErrNotFound = errors.New("no such object")
	// ErrExists is returned by Put for a key that has been used: objects are never overwritten.
	ErrExists = errors.New("the object exists already")
	// ErrSize is returned by Put when the reader gives less or more than announced. Nothing is then kept.
	ErrSize = errors.New("the size is not the one announced")
	// ErrRange is returned by Get for a range that begins after the end.
	ErrRange = errors.New("the range begins after the end of the object")
	// ErrKey is returned for the zero Key.
	ErrKey = errors.New("no object is named")
)

// Config says where the store is.
type Config struct {
	Endpoint  string // host, or host:port
	AccessKey string
	SecretKey string
	Region    string // empty: us-east-1
	Bucket    string
	Secure    bool              // TLS
	Transport http.RoundTripper // nil: the network
}

// Store is one bucket.
type Store struct {
	core   *minio.Core
	bucket string
	region string
}

// Info describes an object.
type Info struct {
	Key         Key
	Size        int64 // of the whole object, also when a part was asked for
	ContentType string
	Modified    time.Time
}

// Open prepares a store without reaching it: Ready tells whether it answers.
func Open(c Config) (*Store, error) {
	if c.Bucket == "" {
		return nil, errors.New("open the object store: no bucket is named")
	}
	if c.Region == "" {
		// Naming a region spares a question to the store at each start; stores of one's own take any.
		c.Region = "us-east-1"
	}
	core, err := minio.NewCore(c.Endpoint, &minio.Options{
		Creds:        credentials.NewStaticV4(c.AccessKey, c.SecretKey, ""),
		Secure:       c.Secure,
		Region:       c.Region,
		Transport:    c.Transport,
		BucketLookup: minio.BucketLookupPath,
		// A person waits: two more tries, not the ten of the library.
		MaxRetries: 3,
	})
	if err != nil {
		return nil, fmt.Errorf("open the object store: %w", err)
	}
	return &Store{core: core, bucket: c.Bucket, region: c.Region}, nil
}

// mayWrite refuses to touch what has no name, and anything on behalf of somebody who only looks.
func mayWrite(ctx context.Context, key Key) error {
	if key.IsZero() {
		return ErrKey
	}
	return readonly.Check(ctx)
}

// Get opens n bytes of an object from off; a negative n means to the end. The caller closes the reader.
func (s *Store) Get(ctx context.Context, key Key, off, n int64) (io.ReadCloser, Info, error) {
	if key.IsZero() {
		return nil, Info{}, ErrKey
	}
	if n == 0 {
		info, err := s.Stat(ctx, key)
		return io.NopCloser(strings.NewReader("")), info, err
	}
	var options minio.GetObjectOptions
	if err := setRange(&options, off, n); err != nil {
		return nil, Info{}, fmt.Errorf("read object %s: %w", key, err)
	}
	body, got, header, err := s.core.GetObject(ctx, s.bucket, key.name, options)
	if err != nil {
		return nil, Info{}, fmt.Errorf("read object %s: %w", key, translate(err))
	}
	info := Info{Key: key, Size: got.Size, ContentType: got.ContentType, Modified: got.LastModified}
	if whole, ok := wholeSize(header.Get("Content-Range")); ok {
		info.Size = whole
	}
	return body, info, nil
}

func setRange(o *minio.GetObjectOptions, off, n int64) error {
	if off < 0 {
		return ErrRange
	}
	if n > 0 {
		return o.SetRange(off, off+n-1)
	}
	if off == 0 {
		return nil
	}
	return o.SetRange(off, 0)
}

// wholeSize reads the size after the slash of "bytes 0-9/100".
func wholeSize(contentRange string) (int64, bool) {
	_, after, ok := strings.Cut(contentRange, "/")
	if !ok {
		return 0, false
	}
	size, err := strconv.ParseInt(after, 10, 64)
	return size, err == nil
}

// Stat describes an object.
func (s *Store) Stat(ctx context.Context, key Key) (Info, error) {
	if key.IsZero() {
		return Info{}, ErrKey
	}
	got, err := s.core.StatObject(ctx, s.bucket, key.name, minio.StatObjectOptions{})
	if err != nil {
		return Info{}, fmt.Errorf("describe object %s: %w", key, translate(err))
	}
	return Info{Key: key, Size: got.Size, ContentType: got.ContentType, Modified: got.LastModified}, nil
}

// Delete removes an object. One that is not there is removed already.
func (s *Store) Delete(ctx context.Context, key Key) error {
	if err := mayWrite(ctx, key); err != nil {
		return err
	}
	err := translate(s.core.RemoveObject(ctx, s.bucket, key.name, minio.RemoveObjectOptions{}))
	if err != nil && !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("remove object %s: %w", key, err)
	}
	return nil
}

// List calls fn for every object whose name begins with prefix, in no promised order, until fn returns an error, which
// List then returns. ContentType is not told. An object that this program did not name is an error.
func (s *Store) List(ctx context.Context, prefix string, fn func(Info) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	for got := range s.core.Client.ListObjectsIter(ctx, s.bucket, minio.ListObjectsOptions{Prefix: prefix, Recursive: true}) {
		if got.Err != nil {
			return fmt.Errorf("list objects %s: %w", prefix, translate(got.Err))
		}
		key, err := ParseKey(got.Key)
		if err != nil {
			return fmt.Errorf("list objects %s: %w", prefix, err)
		}
		if err := fn(Info{Key: key, Size: got.Size, Modified: got.LastModified}); err != nil {
			return err
		}
	}
	return ctx.Err()
}

// Ready reports whether the store answers and the bucket is there.
func (s *Store) Ready(ctx context.Context) error {
	found, err := s.core.BucketExists(ctx, s.bucket)
	if err != nil {
		return fmt.Errorf("reach the object store: %w", err)
	}
	if !found {
		return fmt.Errorf("reach the object store: bucket %s is missing", s.bucket)
	}
	return nil
}

// EnsureBucket makes the bucket when it is not there.
func (s *Store) EnsureBucket(ctx context.Context) error {
	err := s.core.MakeBucket(ctx, s.bucket, minio.MakeBucketOptions{Region: s.region})
	code := minio.ToErrorResponse(err).Code
	if err == nil || code == minio.BucketAlreadyOwnedByYou || code == minio.BucketAlreadyExists {
		return nil
	}
	return fmt.Errorf("make bucket %s: %w", s.bucket, err)
}

// translate gives the store's answers the package's names.
func translate(err error) error {
	if err == nil {
		return nil
	}
	var answer minio.ErrorResponse
	if !errors.As(err, &answer) {
		return orBusy(err)
	}
	switch answer.Code {
	case "NoSuchUpload":
		return fmt.Errorf("%w: %w", ErrNoUpload, err)
	case minio.NoSuchKey:
		return fmt.Errorf("%w: %w", ErrNotFound, err)
	case minio.PreconditionFailed:
		return fmt.Errorf("%w: %w", ErrExists, err)
	case "InvalidRange":
		return fmt.Errorf("%w: %w", ErrRange, err)
	case "SlowDown", "ServiceUnavailable":
		return &fault.Error{Kind: fault.Busy, Cause: err}
	}
	return err
}

// orBusy makes a Busy fault of an error that says that the store cannot be reached now.
func orBusy(err error) error {
	var network net.Error
	if !errors.Is(err, context.Canceled) && errors.As(err, &network) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return &fault.Error{Kind: fault.Busy, Cause: err}
	}
	return err
}
