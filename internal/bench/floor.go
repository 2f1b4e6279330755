package bench

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"github.com/gofiber/fiber/v2"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"golang.org/x/sync/errgroup"

	"elyco/internal/ui"
)

// FloorCommand is the first argument that makes the program the floor; what follows is for Floor.
const FloorCommand = "bench-floor"

// page is what the program asked the database for one session's page, and how long the page was.
type page struct {
	Host, Token string
	Trips       []trip
	Rows        int // that came back
	Length      int // of the page
}

// The two floors differ in how a transaction is made.
const (
	explicitTx = "explicit" // begin, the batch, commit: what a transaction costs at least
	implicitTx = "implicit" // the batch alone, which is a transaction
)

// Floor serves the recorded pages until ctx ends: pool address, pages file, kind of transaction, address to listen on.
func Floor(ctx context.Context, args []string) error {
	if len(args) != 4 {
		return errors.New("the floor wants: database, pages, explicit or implicit, address")
	}
	f, err := openFloor(ctx, args[0], args[1], args[2] == explicitTx)
	if err != nil {
		return err
	}
	defer f.pool.Close()
	app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true, CaseSensitive: true, StrictRouting: true})
	app.Get("/home", f.home)
	l, err := net.Listen("tcp", args[3])
	if err != nil {
		return err
	}
	go func() {
		<-ctx.Done()
		_ = app.ShutdownWithTimeout(2 * time.Second)
	}()
	return app.Listener(l)
}

type floor struct {
	pool     *pgxpool.Pool
	pages    map[string]*ready
	explicit bool
	padding  []byte
}

// ready is a page with its parameters as Go values.
type ready struct {
	host   string
	trips  [][]question
	rows   int
	length int
}

type question struct {
	sql  string
	args []any
}

func openFloor(ctx context.Context, dsn, file string, explicit bool) (*floor, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	cfg.MaxConns, cfg.MinConns = poolSize, poolSize
	pool, err := pgxpool.NewWithConfig(ctx, cfg)
	if err != nil {
		return nil, err
	}
	f := &floor{pool: pool, pages: map[string]*ready{}, explicit: explicit, padding: bytes.Repeat([]byte("<!-- the frame of a page -->\n"), 20_000)}
	if err := f.read(ctx, file); err != nil {
		pool.Close()
		return nil, fmt.Errorf("read the recorded pages: %w", err)
	}
	return f, nil
}

func (f *floor) read(ctx context.Context, file string) error {
	in, err := os.Open(file)
	if err != nil {
		return err
	}
	defer in.Close()
	var pages []page
	if err := gob.NewDecoder(in).Decode(&pages); err != nil {
		return err
	}
	conn, err := f.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	for _, p := range pages {
		one := &ready{host: p.Host, rows: p.Rows, length: p.Length}
		for _, t := range p.Trips {
			qs, err := decode(ctx, conn.Conn(), t)
			if err != nil {
				return err
			}
			one.trips = append(one.trips, qs)
		}
		f.pages[p.Token] = one
	}
	return nil
}

// decode turns parameters of the wire into the values that a program would have.
func decode(ctx context.Context, conn *pgx.Conn, t trip) ([]question, error) {
	var out []question
	for _, c := range t {
		if c.Simple {
			return nil, fmt.Errorf("a page sends %q as text, which the floor cannot send again", c.SQL)
		}
		sd, err := conn.Prepare(ctx, c.SQL, c.SQL)
		if err != nil {
			return nil, err
		}
		q := question{sql: c.SQL}
		for i, raw := range c.Args {
			v, err := decodeOne(conn, sd.ParamOIDs[i], format(c.Formats, i), raw)
			if err != nil {
				return nil, fmt.Errorf("parameter %d of %q: %w", i+1, c.SQL, err)
			}
			q.args = append(q.args, v)
		}
		out = append(out, q)
	}
	return out, nil
}

// format follows the protocol: none means text for all, one is for all, else one each.
func format(formats []int16, i int) int16 {
	switch len(formats) {
	case 0:
		return 0
	case 1:
		return formats[0]
	}
	return formats[i]
}

func decodeOne(conn *pgx.Conn, oid uint32, format int16, a arg) (any, error) {
	if a.Null {
		return nil, nil
	}
	raw := a.Bytes
	if raw == nil {
		raw = []byte{}
	}
	t, ok := conn.TypeMap().TypeForOID(oid)
	if !ok {
		return nil, fmt.Errorf("unknown type %d", oid)
	}
	if t.Name == "_text" {
		var list []string
		err := conn.TypeMap().Scan(oid, format, raw, &list)
		return list, err
	}
	return t.Codec.DecodeValue(conn.TypeMap(), oid, format, raw)
}

func (f *floor) home(c *fiber.Ctx) error {
	p := f.pages[c.Cookies(cookie)]
	if p == nil || p.host != string(c.Request().Header.Host()) {
		return fiber.ErrNotFound
	}
	ctx := c.UserContext()
	session, err := f.ask(ctx, p.trips[0], false)
	if err != nil {
		return err
	}
	rest := make([]answer, len(p.trips)-1)
	g, gctx := errgroup.WithContext(ctx)
	for i, t := range p.trips[1:] {
		g.Go(func() (err error) {
			rest[i], err = f.ask(gctx, t, f.explicit)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	var items []ui.Item
	rows := session.rows
	for _, a := range rest {
		items = append(items, a.items...)
		rows += a.rows
	}
	// A floor that reads less than the program would be too low.
	if rows != p.rows {
		return fmt.Errorf("the floor read %d rows, the program %d", rows, p.rows)
	}
	return f.send(c, session.name, items, p.length)
}

func (f *floor) send(c *fiber.Ctx, name string, items []ui.Item, length int) error {
	var b bytes.Buffer
	if err := floorPage(name, items).Render(c.UserContext(), &b); err != nil {
		return err
	}
	if short := length - b.Len(); short > 0 {
		b.Write(f.padding[:min(short, len(f.padding))])
	}
	c.Set(fiber.HeaderContentType, "text/html; charset=utf-8")
	return c.Send(b.Bytes())
}

// answer is what a page shows of the rows.
type answer struct {
	rows  int
	name  string
	items []ui.Item
}

func (f *floor) ask(ctx context.Context, questions []question, explicit bool) (answer, error) {
	b := &pgx.Batch{}
	var a answer
	for _, q := range questions {
		b.Queue(q.sql, q.args...).Query(a.read)
	}
	if !explicit {
		return a, f.pool.SendBatch(ctx, b).Close()
	}
	err := pgx.BeginTxFunc(ctx, f.pool, pgx.TxOptions{AccessMode: pgx.ReadOnly}, func(tx pgx.Tx) error {
		return tx.SendBatch(ctx, b).Close()
	})
	return a, err
}

// read takes from rows what a list shows, by the names of the columns, and reads past the rest.
func (a *answer) read(rows pgx.Rows) error {
	title, text, name := -1, -1, -1
	for i, d := range rows.FieldDescriptions() {
		switch d.Name {
		case "title":
			title = i
		case "summary":
			text = i
		case "name":
			name = i
		}
	}
	for rows.Next() {
		a.rows++
		v := rows.RawValues()
		if name >= 0 && a.name == "" {
			a.name = string(v[name])
		}
		if title < 0 {
			continue
		}
		item := ui.Item{Title: string(v[title])}
		if text >= 0 {
			item.Text = string(v[text])
		}
		a.items = append(a.items, item)
	}
	return rows.Err()
}
