package pg

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
)

// Running is a server that another program started and will stop.
type Running struct{ sock string }

// Join finds the server that another program runs on a folder, for a command beside it. It fails when none takes connections
// there, or when this account may not reach it.
func Join(c Config) (Running, error) {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	who, err := findAccount(c.User)
	if err != nil {
		return Running{}, err
	}
	dir, err := home(c, who)
	if err != nil {
		return Running{}, err
	}
	text, err := os.ReadFile(filepath.Join(dir, "data", "postmaster.pid"))
	if err != nil {
		return Running{}, fmt.Errorf("find the database that is running in %s: %w", dir, err)
	}
	// PostgreSQL writes the socket's folder on the fifth line and how it is on the eighth.
	const socket, state = 4, 7
	lines := strings.Split(string(text), "\n")
	if len(lines) <= state || strings.TrimSpace(lines[state]) != "ready" {
		return Running{}, errors.New("the database that is running is not ready")
	}
	return Running{sock: strings.TrimSpace(lines[socket])}, nil
}

// DSN is the address of a database for a role.
func (r Running) DSN(role, db string) string { return address(r.sock, role, db) }
