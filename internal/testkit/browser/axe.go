package browser

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// axeVersion is the release of axe-core that judges the pages.
const axeVersion = "4.14.1"

// axe returns the program of axe-core. It is fetched once from the npm registry into .cache, and is no part of the
// product.
func axe() (string, error) {
	top, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("find the project: %w", err)
	}
	cache := filepath.Join(strings.TrimSpace(string(top)), ".cache")
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return "", err
	}
	kept := filepath.Join(cache, "axe-core-"+axeVersion+".js")
	if text, err := os.ReadFile(kept); err == nil {
		return string(text), nil
	}
	lock, err := os.OpenFile(filepath.Join(cache, "axe.lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return "", err
	}
	defer lock.Close()
	if err := syscall.Flock(int(lock.Fd()), syscall.LOCK_EX); err != nil {
		return "", err
	}
	text, err := fetch(cache)
	if err != nil {
		return "", fmt.Errorf("fetch axe-core %s, which judges the pages (npm and its registry are needed once): %w", axeVersion, err)
	}
	if err := os.WriteFile(kept+".new", text, 0o644); err != nil {
		return "", err
	}
	return string(text), os.Rename(kept+".new", kept)
}

func fetch(cache string) ([]byte, error) {
	pack := exec.Command("npm", "pack", "--silent", "--pack-destination", cache, "axe-core@"+axeVersion)
	pack.Dir = cache
	if out, err := pack.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("npm pack: %w: %s", err, out)
	}
	archive := filepath.Join(cache, "axe-core-"+axeVersion+".tgz")
	defer os.Remove(archive)
	f, err := os.Open(archive)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return extract(f, "package/axe.min.js")
}

func extract(archive io.Reader, name string) ([]byte, error) {
	unpacked, err := gzip.NewReader(archive)
	if err != nil {
		return nil, err
	}
	files := tar.NewReader(unpacked)
	for {
		h, err := files.Next()
		if errors.Is(err, io.EOF) {
			return nil, fmt.Errorf("the package holds no %s", name)
		}
		if err != nil {
			return nil, err
		}
		if h.Name == name {
			return io.ReadAll(io.LimitReader(files, 8<<20))
		}
	}
}
