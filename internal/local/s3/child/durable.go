package child

import (
	"context"
	"fmt"
	"os"

	aws "github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/versity/versitygw/backend"
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
	return out, version, d.settle()
}
