package child

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	aws "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/versity/versitygw/backend"
	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/s3err"
	"github.com/versity/versitygw/s3response"
	"golang.org/x/sys/unix"
)

// durable answers an upload only once it would survive a power cut. The gateway leaves that to the system, which may
// take half a minute: a pupil's work that was acknowledged could be lost.
type durable struct {
	backend.Backend
	disk *os.File
}

func (d durable) settle() error {
	if err := unix.Syncfs(int(d.disk.Fd())); err != nil {
		return fmt.Errorf("write the object to the disk: %w", err)
	}
	return nil
}

// PutObject stores a small object.
func (d durable) PutObject(ctx context.Context, in s3response.PutObjectInput) (s3response.PutObjectOutput, error) {
	out, err := d.Backend.PutObject(ctx, in)
	if err != nil {
		return out, err
	}
	return out, d.settle()
}

// CompleteMultipartUpload makes one object of the parts of a large one.
func (d durable) CompleteMultipartUpload(ctx context.Context, in *aws.CompleteMultipartUploadInput) (s3response.CompleteMultipartUploadResult, string, error) {
	out, version, err := d.Backend.CompleteMultipartUpload(ctx, in)
	if err != nil {
		return out, version, err
	}
	// To a second request the gateway answers that all is well while the first is still at work, and may yet die.
	if _, err := os.Stat(filepath.Join(d.disk.Name(), *in.Bucket, *in.Key)); err != nil {
		return out, version, s3err.GetAPIError(s3err.ErrSlowDown)
	}
	return out, version, d.settle()
}

// inProgress ends the name of an upload's folder while its parts are put together. The upload's own name ends at the first dot.
const inProgress = ".inprogress"

// reopen gives back to their uploads the parts that a store was putting together when it was killed. To the gateway they would
// look as if somebody were still at work: it would answer that the object stands, and nobody would ever make it.
func reopen(root string, store meta.MetadataStorer) error {
	left, err := filepath.Glob(filepath.Join(root, "*", posix.MetaTmpMultipartDir, "*", "*"+inProgress))
	if err != nil {
		return err
	}
	for _, dir := range left {
		upload, _, _ := strings.Cut(filepath.Base(dir), ".")
		inside, err := filepath.Rel(root, dir)
		if err != nil {
			return err
		}
		// The folder comes last: as long as it bears this name, a start that was cut off is made good by the next.
		bucket, name, _ := strings.Cut(inside, string(filepath.Separator))
		err = store.RenameObject(bucket, name, filepath.Join(filepath.Dir(name), upload))
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
		if err := os.Rename(dir, filepath.Join(filepath.Dir(dir), upload)); err != nil {
			return err
		}
	}
	return nil
}
