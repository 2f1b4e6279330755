package s3

import (
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

// Credentials open one store.
type Credentials struct {
	AccessKey string
	SecretKey string
}

// LogValue keeps the secret out of the logs.
func (c Credentials) LogValue() slog.Value { return slog.StringValue(c.String()) }

// String shows whose credentials these are, not what they are.
func (c Credentials) String() string { return c.AccessKey + ":[redacted]" }

// ReadCredentials reads those of the store in dir, and draws them the first time. Only the program's account may read
// the file.
func ReadCredentials(dir string) (Credentials, error) {
	path := filepath.Join(dir, "credentials")
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return drawCredentials(path)
	}
	if err != nil {
		return Credentials{}, fmt.Errorf("read the object store's credentials: %w", err)
	}
	access, secret, ok := strings.Cut(strings.TrimSpace(string(b)), "\n")
	if !ok || access == "" || len(secret) < 16 {
		return Credentials{}, fmt.Errorf("read the object store's credentials: %s should hold two lines, a name and a secret; remove it to draw new ones", path)
	}
	return Credentials{AccessKey: access, SecretKey: secret}, nil
}

// drawCredentials writes aside and links into place, so that of two programs that start together one draws and both
// read the same.
func drawCredentials(path string) (Credentials, error) {
	c := Credentials{AccessKey: "elyco", SecretKey: rand.Text() + rand.Text()}
	f, err := os.CreateTemp(filepath.Dir(path), "credentials-*")
	if err != nil {
		return Credentials{}, fmt.Errorf("draw the object store's credentials: %w", err)
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(c.AccessKey + "\n" + c.SecretKey + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return Credentials{}, fmt.Errorf("draw the object store's credentials: %w", err)
	}
	err = os.Link(f.Name(), path)
	if errors.Is(err, os.ErrExist) {
		return ReadCredentials(filepath.Dir(path))
	}
	if err != nil {
		return Credentials{}, fmt.Errorf("draw the object store's credentials: %w", err)
	}
	return c, nil
}
