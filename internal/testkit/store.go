package testkit

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"elyco/internal/blob"
	"elyco/internal/blob/blobtest"
	"elyco/internal/local/s3"
)

// What `elyco with-servers` tells the tests: the socket of an object store and the folder of its credentials, and the
// program that can be one.
const (
	sharedStore    = "ELYCO_TEST_S3"
	sharedStoreDir = "ELYCO_TEST_S3_DIR"
	program        = "ELYCO_TEST_BIN"
)

type store struct {
	config blob.Config
	err    error
}

var (
	private  = new(atomic.Pointer[s3.Server])
	storeDir = new(atomic.Pointer[string])

	openStore = sync.OnceValue(func() store {
		if config, named, err := blobtest.Named(); named {
			return store{config, err}
		}
		if socket := os.Getenv(sharedStore); socket != "" {
			keys, err := s3.ReadCredentials(os.Getenv(sharedStoreDir))
			return store{blob.Config{Endpoint: "s3.local", AccessKey: keys.AccessKey, SecretKey: keys.SecretKey, Transport: s3.Transport(socket)}, err}
		}
		config, err := startStore()
		return store{config, err}
	})
)

func startStore() (blob.Config, error) {
	binary, err := build()
	if err != nil {
		return blob.Config{}, err
	}
	dir, err := os.MkdirTemp("", "elyco-s3-")
	if err != nil {
		return blob.Config{}, err
	}
	storeDir.Store(&dir)
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	s, err := s3.Start(ctx, s3.Config{Dir: dir, Executable: s3.Beside(binary)})
	if err != nil {
		return blob.Config{}, err
	}
	private.Store(s)
	keys := s.Credentials()
	return blob.Config{Endpoint: s.Endpoint(), AccessKey: keys.AccessKey, SecretKey: keys.SecretKey, Transport: s.Transport()}, nil
}

// Program is the built program, for tests that run it as operators do.
func Program(t testing.TB) string {
	t.Helper()
	binary, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return binary
}

// build makes the program and the object store beside it. Test programs that run together build them once.
func build() (string, error) {
	if given := os.Getenv(program); given != "" {
		return given, nil
	}
	top, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("find the project: %w", err)
	}
	dir := filepath.Join(strings.TrimSpace(string(top)), ".cache")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	lock, err := os.OpenFile(filepath.Join(dir, "build.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", err
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return "", err
	}
	built := filepath.Join(dir, "for-tests") + string(filepath.Separator)
	if out, err := exec.Command("go", "build", "-o", built, "elyco/cmd/elyco", "elyco/cmd/elyco-store").CombinedOutput(); err != nil {
		return "", fmt.Errorf("build the program: %w: %s", err, out)
	}
	return built + "elyco", nil
}

func stopStore(code int) int {
	var errs []error
	if s := private.Load(); s != nil {
		errs = append(errs, s.Stop())
	}
	if dir := storeDir.Load(); dir != nil {
		errs = append(errs, os.RemoveAll(*dir))
	}
	if err := errors.Join(errs...); err != nil {
		fmt.Fprintln(os.Stderr, "stop the tests' object store:", err)
		return max(code, 1)
	}
	return code
}

// Blobs is a bucket of the test's own in a real object store.
func Blobs(t testing.TB) *blob.Store {
	t.Helper()
	s := openStore()
	if s.err != nil {
		t.Fatalf("start an object store: %v", s.err)
	}
	config := s.config
	config.Bucket = "t-" + strings.ToLower(rand.Text()[:16])
	b, err := blob.Open(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := b.EnsureBucket(t.Context()); err != nil {
		t.Fatal(err)
	}
	return b
}
