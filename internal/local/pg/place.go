package pg

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// fallback holds the data of projects below a folder that the server's account may not enter, such as /root.
const fallback = "/var/lib/elyco"

// longestSocket leaves room, in the 107 bytes that a socket's path may have, for the name PostgreSQL gives it.
const longestSocket = 88

// account is who runs the server. PostgreSQL refuses to run as root.
type account struct {
	drop     bool // from root to uid and gid
	uid, gid int
	name     string
}

func findAccount(name string) (account, error) {
	if os.Geteuid() != 0 {
		return account{}, nil
	}
	if name == "" {
		name = "postgres"
	}
	u, err := user.Lookup(name)
	if err != nil {
		return account{}, fmt.Errorf("PostgreSQL refuses to run as root and needs the account %q: %w", name, err)
	}
	uid, err := strconv.Atoi(u.Uid)
	if err != nil {
		return account{}, err
	}
	gid, err := strconv.Atoi(u.Gid)
	if err != nil {
		return account{}, err
	}
	return account{drop: true, uid: uid, gid: gid, name: name}, nil
}

// mine makes a folder that the server's account alone may enter.
func (a account) mine(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	if !a.drop {
		return nil
	}
	return os.Chown(dir, a.uid, a.gid)
}

// barred names the first folder on the way to dir that the account may not cross, or "".
func (a account) barred(dir string) (string, error) {
	if !a.drop {
		return "", nil
	}
	for p := dir; ; p = filepath.Dir(p) {
		info, err := os.Stat(p)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return "", err
		}
		if err == nil && !a.crosses(info) {
			return p, nil
		}
		if p == filepath.Dir(p) {
			return "", nil
		}
	}
}

func (a account) crosses(info os.FileInfo) bool {
	st, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return true
	}
	bit := os.FileMode(0o001)
	if int(st.Gid) == a.gid {
		bit = 0o010
	}
	if int(st.Uid) == a.uid {
		bit = 0o100
	}
	return info.Mode()&bit != 0
}

// home is the folder that holds the data: the one asked for, or one below fallback when the server's account could
// not reach the one asked for.
func home(c Config, a account) (string, error) {
	if c.Dir == "" {
		return "", errors.New("start PostgreSQL: no data folder given")
	}
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return "", err
	}
	wall, err := a.barred(dir)
	if err != nil {
		return "", fmt.Errorf("find the way to %s: %w", dir, err)
	}
	if wall != "" {
		sum := sha256.Sum256([]byte(dir))
		other := filepath.Join(fallback, "postgres-"+hex.EncodeToString(sum[:6]))
		c.Log.Warn("the database is kept elsewhere: its account may not enter the folder asked for",
			"asked", dir, "closed", wall, "account", a.name, "kept", other)
		dir = other
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", fmt.Errorf("make the database's folder: %w", err)
	}
	return dir, nil
}

// socket makes the folder of the socket. It is the whole of the access control, so nobody else may enter it.
func (s *Server) socket(a account) error {
	s.sock = filepath.Join(s.dir, "sock")
	if len(s.sock) <= longestSocket {
		return a.mine(s.sock)
	}
	temp, err := os.MkdirTemp("/tmp", "elyco-pg-")
	if err != nil {
		return err
	}
	s.temp, s.sock = temp, temp
	return a.mine(temp)
}
