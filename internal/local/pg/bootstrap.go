package pg

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"elyco/migrations"
)

// The roles that migrations/roles.sql makes.
const (
	Owner  = "elyco_owner"  // owns the schema and migrates
	App    = "elyco_app"    // serves pages; row security binds it
	Import = "elyco_import" // loads in bulk; row security does not bind it
)

// extensions that roles.sql asks for; Debian ships them in postgresql-contrib.
var extensions = [...]string{"unaccent", "pg_trgm", "btree_gin"}

// bootstrapLock serialises programs that prepare databases of one server: roles belong to all of them.
const bootstrapLock = 0x656c79636f

// Addresses tells where a role finds a database. A Server does; so does whoever was told where one listens.
type Addresses interface {
	DSN(role, database string) string
}

// At is a server that another program runs, by the folder of its socket.
type At string

// DSN is the address of a database for a role.
func (a At) DSN(role, database string) string { return address(string(a), role, database) }

// Bootstrap makes the database when it does not exist, and the roles, extensions and rights of migrations/roles.sql in
// it. Doing it again changes nothing. The migrations are not its business.
func Bootstrap(ctx context.Context, s Addresses, database string) error {
	admin, err := pgx.Connect(ctx, s.DSN(superuser, "postgres"))
	if err != nil {
		return fmt.Errorf("prepare database %s: %w", database, err)
	}
	defer admin.Close(ctx)
	if _, err := admin.Exec(ctx, "select pg_advisory_lock($1)", int64(bootstrapLock)); err != nil {
		return fmt.Errorf("prepare database %s: %w", database, err)
	}
	if err := available(ctx, admin); err != nil {
		return err
	}
	if err := create(ctx, admin, database); err != nil {
		return fmt.Errorf("create database %s: %w", database, err)
	}
	if err := roles(ctx, s, database); err != nil {
		return fmt.Errorf("give database %s its roles: %w", database, err)
	}
	return nil
}

func available(ctx context.Context, conn *pgx.Conn) error {
	rows, err := conn.Query(ctx, "select name from unnest($1::text[]) as name where name not in (select name from pg_available_extensions)", extensions[:])
	if err != nil {
		return err
	}
	missing, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	if len(missing) == 0 {
		return nil
	}
	return fmt.Errorf("this PostgreSQL lacks the extensions %s; install them, for example: apt-get install postgresql-contrib", strings.Join(missing, ", "))
}

func create(ctx context.Context, conn *pgx.Conn, database string) error {
	_, err := conn.Exec(ctx, "create database "+pgx.Identifier{database}.Sanitize()+" template template0 encoding 'UTF8' locale 'C.UTF-8'")
	var pg *pgconn.PgError
	if errors.As(err, &pg) && pg.Code == "42P04" {
		return nil
	}
	return err
}

func roles(ctx context.Context, s Addresses, database string) error {
	sql, err := migrations.FS.ReadFile(migrations.Roles)
	if err != nil {
		return err
	}
	conn, err := pgx.Connect(ctx, s.DSN(superuser, database))
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	// One message of several statements is one transaction: all of it, or none.
	_, err = conn.PgConn().Exec(ctx, string(sql)).ReadAll()
	return err
}
