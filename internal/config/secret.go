package config

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

const hidden = "[redacted]"

// Secret is a setting that no log, error or page may show. Reveal gives it to whom it is for.
type Secret string

// Reveal is the secret itself.
func (s Secret) Reveal() string { return string(s) }

// String hides the secret; an empty one shows as empty, so that one sees whether it is set.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return hidden
}

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return s.String() }

// LogValue hides the secret from the logs.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText hides the secret from every encoding.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Key signs what the program hands out and must recognise: the same on every replica.
type Key [32]byte

// IsZero reports that no key is set.
func (k Key) IsZero() bool { return k == Key{} }

// String hides the key.
func (k Key) String() string { return hidden }

// GoString hides the key from %#v.
func (k Key) GoString() string { return hidden }

// LogValue hides the key from the logs.
func (k Key) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText hides the key from every encoding.
func (k Key) MarshalText() ([]byte, error) { return []byte(hidden), nil }

func parseKey(text string) (Key, error) {
	var k Key
	b, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil || len(b) != len(k) {
		return Key{}, errors.New("it should be 64 hexadecimal digits, as `openssl rand -hex 32` gives")
	}
	copy(k[:], b)
	if k.IsZero() {
		return Key{}, errors.New("it is all zeros")
	}
	return k, nil
}

// localKey reads the key of a one-machine installation, and draws it the first time.
func localKey(dataDir string) (Key, error) {
	path := filepath.Join(dataDir, "secret")
	b, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return drawKey(path)
	}
	if err != nil {
		return Key{}, fmt.Errorf("read the secret: %w", err)
	}
	k, err := parseKey(string(b))
	if err != nil {
		return Key{}, fmt.Errorf("read the secret in %s: %w", path, err)
	}
	return k, nil
}

// drawKey links a whole file into place: of two programs that start together one draws and both read the same.
func drawKey(path string) (Key, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return Key{}, fmt.Errorf("draw the secret: %w", err)
	}
	f, err := os.CreateTemp(filepath.Dir(path), "secret-*")
	if err != nil {
		return Key{}, fmt.Errorf("draw the secret: %w", err)
	}
	defer os.Remove(f.Name())
	var k Key
	_, _ = rand.Read(k[:])
	_, err = f.WriteString(hex.EncodeToString(k[:]) + "\n")
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return Key{}, fmt.Errorf("draw the secret: %w", err)
	}
	err = os.Link(f.Name(), path)
	if errors.Is(err, os.ErrExist) {
		return localKey(filepath.Dir(path))
	}
	if err != nil {
		return Key{}, fmt.Errorf("draw the secret: %w", err)
	}
	return k, nil
}
