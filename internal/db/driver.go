package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// connector wraps pgx's database/sql driver so that bun cannot send a statement outside a scope.
type connector struct{ driver.Connector }

func (c connector) Connect(ctx context.Context) (driver.Conn, error) {
	short, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	dc, err := c.Connector.Connect(short)
	if err != nil {
		return nil, waited(ctx, err)
	}
	return &conn{dc.(*stdlib.Conn)}, nil
}

type conn struct{ *stdlib.Conn }

func (c *conn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	s, err := ScopeOf(ctx)
	if err != nil {
		return nil, err
	}
	pc := c.Conn.Conn()
	if pc.IsClosed() {
		return nil, driver.ErrBadConn
	}
	var b strings.Builder
	b.WriteString("begin")
	switch sql.IsolationLevel(o.Isolation) {
	case sql.LevelDefault, sql.LevelReadCommitted:
	case sql.LevelRepeatableRead:
		b.WriteString(" isolation level repeatable read")
	case sql.LevelSerializable:
		b.WriteString(" isolation level serializable")
	default:
		return nil, errors.New("db: unknown isolation level")
	}
	if o.ReadOnly {
		b.WriteString(" read only")
	}
	b.WriteString(s.setLocal())
	count(ctx, 1, 1)
	t, err := pc.BeginTx(ctx, pgx.TxOptions{BeginQuery: b.String()})
	if err != nil {
		return nil, err
	}
	return tx{ctx, t}, nil
}

type tx struct {
	ctx context.Context
	t   pgx.Tx
}

func (t tx) Commit() error {
	count(t.ctx, 1, 1)
	return t.t.Commit(t.ctx)
}

func (t tx) Rollback() error { return t.t.Rollback(context.WithoutCancel(t.ctx)) }

var errOutside = errors.New("db: a statement outside Read, Write or Batch")

// Statements come from bun with their arguments already inlined, each text seen once: preparing them would cost a
// round trip and fill the cache, so they go in exec mode.
func (c *conn) args(ctx context.Context, nv []driver.NamedValue) ([]driver.NamedValue, error) {
	if ctx.Value(inTx{}) == nil {
		return nil, errOutside
	}
	count(ctx, 1, 1)
	out := make([]driver.NamedValue, 0, len(nv)+1)
	out = append(out, driver.NamedValue{Ordinal: 0, Value: pgx.QueryExecModeExec})
	return append(out, nv...), nil
}

func (c *conn) ExecContext(ctx context.Context, q string, nv []driver.NamedValue) (driver.Result, error) {
	args, err := c.args(ctx, nv)
	if err != nil {
		return nil, err
	}
	return c.Conn.ExecContext(ctx, q, args)
}

func (c *conn) QueryContext(ctx context.Context, q string, nv []driver.NamedValue) (driver.Rows, error) {
	args, err := c.args(ctx, nv)
	if err != nil {
		return nil, err
	}
	return c.Conn.QueryContext(ctx, q, args)
}
