package pg

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// program runs PostgreSQL's own programs under the server's account.
type program struct {
	bin string
	who account
}

func (p program) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(p.bin, name), args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{}
	if p.who.drop {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(p.who.uid), Gid: uint32(p.who.gid), NoSetGroups: false}
	}
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "TZ=UTC", "LC_ALL=C.UTF-8", "HOME=/nonexistent"}
	return cmd
}

// initdb makes the cluster, unless one is there. It is made aside and then renamed, so that a cut never leaves half a
// cluster in the place of a whole one, and no data folder is ever removed.
func (p program) initdb(ctx context.Context, data string, durable bool) error {
	if _, err := os.Stat(data); err == nil {
		return nil
	}
	aside := data + ".new"
	if err := os.RemoveAll(aside); err != nil {
		return err
	}
	if err := p.who.mine(aside); err != nil {
		return err
	}
	args := []string{"-D", aside, "-U", superuser, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums"}
	if !durable {
		args = append(args, "--no-sync")
	}
	if out, err := p.command(ctx, "initdb", args...).CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return os.Rename(aside, data)
}

// superuser is the role that owns the cluster; only Bootstrap uses it.
const superuser = "postgres"

// stopOrphan ends a server that a killed program left on this folder. The caller holds the folder's lock, so whoever
// started that server is gone.
func (p program) stopOrphan(ctx context.Context, data string) error {
	f, ok := readPidFile(data)
	if !ok || !running(f.pid, data) {
		return nil
	}
	if err := syscall.Kill(f.pid, syscall.SIGINT); err != nil && !errors.Is(err, syscall.ESRCH) {
		return fmt.Errorf("stop the server that a killed program left: %w", err)
	}
	wait, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	for running(f.pid, data) {
		select {
		case <-wait.Done():
			return fmt.Errorf("the server that a killed program left, process %d, does not end: %w", f.pid, wait.Err())
		case <-time.After(10 * time.Millisecond):
		}
	}
	return nil
}

// running reports whether the process is a server on this very folder: process numbers are used again.
func running(pid int, data string) bool {
	cmdline, err := os.ReadFile(filepath.Join("/proc", strconv.Itoa(pid), "cmdline"))
	if err != nil {
		return false
	}
	return bytes.Contains(cmdline, []byte("postgres")) && bytes.Contains(cmdline, []byte(data+"\x00"))
}

type pidFile struct {
	pid   int
	ready bool
}

// readPidFile reads what a server writes about itself: its process on the first line, its state on the eighth.
func readPidFile(data string) (pidFile, bool) {
	b, err := os.ReadFile(filepath.Join(data, "postmaster.pid"))
	if err != nil {
		return pidFile{}, false
	}
	lines := strings.Split(string(b), "\n")
	pid, err := strconv.Atoi(strings.TrimSpace(lines[0]))
	if err != nil {
		return pidFile{}, false
	}
	return pidFile{pid: pid, ready: len(lines) >= 8 && strings.TrimSpace(lines[7]) == "ready"}, true
}

// findBin is the folder of PostgreSQL's server programs: the newest that Debian installed, else that of PATH.
func findBin(dir string) (string, error) {
	if dir != "" {
		return dir, nil
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err != nil {
		return "", err
	}
	version := func(path string) float64 {
		v, err := strconv.ParseFloat(filepath.Base(filepath.Dir(filepath.Dir(path))), 64)
		if err != nil {
			return 0
		}
		return v
	}
	sort.Slice(found, func(i, j int) bool { return version(found[i]) > version(found[j]) })
	if len(found) > 0 {
		return filepath.Dir(found[0]), nil
	}
	path, err := exec.LookPath("postgres")
	if err != nil {
		return "", errors.New("no PostgreSQL server on this machine; install it, for example: apt-get install postgresql postgresql-contrib")
	}
	return filepath.Dir(path), nil
}
