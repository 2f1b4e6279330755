// Package child is the object store that package s3 starts: an S3 gateway over a folder. It is the only package that
// links the gateway.
package child

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"time"

	"github.com/versity/versitygw/backend"
	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"

	"elyco/internal/local/s3"
)

// Main serves the folder's objects on the socket until standard input closes, which it does when the program that
// started this one ends, even killed. It owns its process: it changes the working folder.
func Main(dir, socket string) error {
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		stop()
	}()
	if err := lockDir(ctx, dir); err != nil {
		return err
	}
	keys, err := s3.ReadCredentials(dir)
	if err != nil {
		return err
	}
	store, err := open(dir)
	if err != nil {
		return fmt.Errorf("open the objects in %s: %w", dir, err)
	}
	if err := os.Remove(socket); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return embedgw.RunVersityGW(ctx, store, &embedgw.Config{
		RootUserAccess: keys.AccessKey,
		RootUserSecret: keys.SecretKey,
		Ports:          []string{socket},
		SocketPerm:     "0600",
		MaxConnections: 4096,
		MaxRequests:    1024,
		// What S3 itself allows.
		MultipartMaxParts: 10000,
		Quiet:             true,
		// With it the gateway misreads the end of an empty upload on a connection that is used again.
		KeepAlive:   false,
		HealthPath:  s3.HealthPath,
		DisableACLs: true,
	})
}

func open(dir string) (backend.Backend, error) {
	root := filepath.Join(dir, "objects")
	if err := os.MkdirAll(root, 0o750); err != nil {
		return nil, err
	}
	store, options, err := metadata(dir, root)
	if err != nil {
		return nil, err
	}
	if err := reopen(root, store); err != nil {
		return nil, fmt.Errorf("reopen what was being put together: %w", err)
	}
	options.NewDirPerm, options.NewFilePerm = 0o750, 0o640
	options.CopyObjectThreshold = 5 << 30
	files, err := posix.New(root, store, options)
	if err != nil {
		return nil, err
	}
	disk, err := os.Open(root)
	if err != nil {
		return nil, err
	}
	return durable{Backend: files, disk: disk}, nil
}

// metadata is kept beside each file where the file system can, and in a folder of its own where it cannot (overlays,
// network shares). A folder once begun stays the way it began.
func metadata(dir, root string) (meta.MetadataStorer, posix.PosixOpts, error) {
	side := filepath.Join(dir, "meta")
	_, begun := os.Stat(side)
	if begun != nil && (meta.XattrMeta{}).Test(root) == nil {
		return meta.XattrMeta{}, posix.PosixOpts{}, nil
	}
	if err := os.MkdirAll(side, 0o750); err != nil {
		return nil, posix.PosixOpts{}, err
	}
	store, err := meta.NewSideCar(side)
	return store, posix.PosixOpts{SideCarDir: side}, err
}

// lockDir waits a little, for a store that is ending because its program was killed. The lock is never given back: it
// goes with the process, when nothing of it can touch the objects any more.
func lockDir(ctx context.Context, dir string) error {
	fd, err := syscall.Open(filepath.Join(dir, "lock"), syscall.O_CREAT|syscall.O_RDWR|syscall.O_CLOEXEC, 0o600)
	if err != nil {
		return fmt.Errorf("lock the objects in %s: %w", dir, err)
	}
	patience, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	for {
		if syscall.Flock(fd, syscall.LOCK_EX|syscall.LOCK_NB) == nil {
			return nil
		}
		select {
		case <-patience.Done():
			return fmt.Errorf("another program uses the objects in %s; stop it first, or choose another folder", dir)
		case <-time.After(20 * time.Millisecond):
		}
	}
}
