package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"elyco/internal/fault"
)

// patience is how long a request waits for a connection before it is told to come back.
const patience = 3 * time.Second

var errNoConnection = errors.New("db: every connection stayed taken")

// acquire takes a connection of the pool within patience.
func acquire(ctx context.Context, pool *pgxpool.Pool) (*pgxpool.Conn, error) {
	short, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	conn, err := pool.Acquire(short)
	return conn, waited(ctx, err)
}

// waited tells the end of our patience from the end of the caller's.
func waited(ctx context.Context, err error) error {
	if err != nil && errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return errors.Join(errNoConnection, err)
	}
	return err
}

// orBusy makes a Busy fault of an error that says that the database cannot answer now: it is down, starting, stopping,
// crowded, or took longer than a page may. Any other error stays as it is.
func orBusy(err error) error {
	if err == nil || !unavailable(err) {
		return err
	}
	return &fault.Error{Kind: fault.Busy, Cause: err}
}

func unavailable(err error) bool {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return strings.HasPrefix(pg.Code, "08") || strings.HasPrefix(pg.Code, "53") || strings.HasPrefix(pg.Code, "57P") ||
			pg.Code == "57014" || pg.Code == "55P03" || pg.Code == "25P03"
	}
	var network net.Error
	var connecting *pgconn.ConnectError
	for _, gone := range []error{errNoConnection, io.ErrUnexpectedEOF, io.EOF, pgconn.ErrConnClosed, driver.ErrBadConn, net.ErrClosed} {
		if errors.Is(err, gone) {
			return true
		}
	}
	return errors.As(err, &connecting) || errors.As(err, &network) && !errors.Is(err, context.DeadlineExceeded)
}
