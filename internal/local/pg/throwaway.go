package pg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"strings"
)

// Throwaway starts a server for tests in a folder of its own, which Stop removes. Config.Dir and Config.Durable are
// not its business.
func Throwaway(ctx context.Context, c Config) (*Server, error) {
	dir, err := os.MkdirTemp("", "elyco-pg-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for a throwaway server: %w", err)
	}
	// The server's account must be able to cross it; what is inside is closed to all others.
	if err := os.Chmod(dir, 0o755); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	c.Dir, c.Durable = dir, false
	s, err := Start(ctx, c)
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	s.throwaway = dir
	return s, nil
}

// Dump writes the schema of a database as SQL that one can read and compare: no data, no date, no version.
func (s *Server) Dump(ctx context.Context, database string) (string, error) {
	out, err := s.program.command(ctx, "pg_dump", "--schema-only", "--host", s.sock, "--username", superuser, "--dbname", database).Output()
	if err != nil {
		return "", fmt.Errorf("dump the schema of %s: %w", database, err)
	}
	// The first lines name the versions; the restrict lines hold a word drawn at each run.
	volatile := regexp.MustCompile(`(?m)^(-- Dumped .*|\\(un)?restrict .*)\n`)
	blank := regexp.MustCompile(`\n{3,}`)
	text := blank.ReplaceAllString(volatile.ReplaceAllString(string(out), ""), "\n\n")
	return strings.TrimSpace(text) + "\n", nil
}
