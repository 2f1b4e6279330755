package db

import (
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Migrate brings the schema up to date as the owner, once, however many replicas start together. It returns how
// many migrations were applied.
func Migrate(ctx context.Context, ownerDSN string, files fs.FS) (int, error) {
	cfg, err := pgx.ParseConfig(ownerDSN)
	if err != nil {
		return 0, fmt.Errorf("read the owner's database address: %w", err)
	}
	conn := sql.OpenDB(stdlib.GetConnector(*cfg))
	defer conn.Close()
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 120))
	if err != nil {
		return 0, err
	}
	p, err := goose.NewProvider(goose.DialectPostgres, conn, files, goose.WithSessionLocker(locker), goose.WithExcludeNames([]string{"roles.sql", "schema.sql"}))
	if err != nil {
		return 0, fmt.Errorf("read the migrations: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	done, err := p.Up(ctx)
	if err != nil {
		return 0, fmt.Errorf("migrate: %w", err)
	}
	return len(done), nil
}
