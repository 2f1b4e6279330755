// Package app is the roof: it builds every part from the configuration, mounts the rooms, and runs servers and
// workers until it is asked to stop.
package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"

	"elyco/internal/blob"
	"elyco/internal/config"
	"elyco/internal/db"
	"elyco/internal/local/pg"
	"elyco/internal/local/s3"
	"elyco/internal/observe"
	"elyco/migrations"
	"elyco/tenants"
	"elyco/themes"
)

// Ground is what every command stands on: the database, the object store, the log.
type Ground struct {
	Config   config.Config
	DB       *db.DB
	Blobs    *blob.Store
	Observer *observe.Observer
	Tenants  fs.FS
	Themes   fs.FS
	Program  string // path of this very program, which reads documents in processes of their own; empty: nobody reads them

	owner   string // address of the database for the owner of its tables; empty when it is not known
	servers []stopper
	beside  bool // another program runs the private servers
	room    []byte
}

type stopper struct {
	name string
	stop func() error
}

const database = "elyco"

// Prepare starts the private servers that the configuration does not replace, migrates a private database, and
// connects. Close undoes it all.
func Prepare(ctx context.Context, c config.Config) (*Ground, error) { return prepare(ctx, c, false) }

// PrepareBeside is Prepare for a command that may run while another program serves the same data folder: it then uses the
// servers of that one, and leaves them as they are.
func PrepareBeside(ctx context.Context, c config.Config) (*Ground, error) {
	return prepare(ctx, c, true)
}

func prepare(ctx context.Context, c config.Config, mayJoin bool) (*Ground, error) {
	room := roomyHeap()
	o, err := observe.New(observe.Config{Level: c.LogLevel, Format: c.LogFormat, Pprof: c.Pprof})
	if err != nil {
		return nil, err
	}
	self, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find the program: %w", err)
	}
	g := &Ground{Config: c, room: room, Observer: o, Tenants: tenants.FS, Themes: themes.FS, Program: self}
	if c.TenantsDir != "" {
		g.Tenants = os.DirFS(c.TenantsDir)
	}
	if c.ThemesDir != "" {
		g.Themes = os.DirFS(c.ThemesDir)
	}
	if err := g.openDatabase(ctx, mayJoin); err != nil {
		return nil, errors.Join(err, g.Close())
	}
	if err := g.openBlobs(ctx); err != nil {
		return nil, errors.Join(err, g.Close())
	}
	return g, nil
}

func (g *Ground) openDatabase(ctx context.Context, mayJoin bool) error {
	urls := db.Config{App: g.Config.Database.URL.Reveal(), Import: g.Config.Database.ImportURL.Reveal(), Pool: g.Config.Database.Pool}
	if g.Config.Database.Local() {
		dsn, err := g.ownDatabase(ctx, mayJoin)
		if err != nil {
			return err
		}
		g.owner = dsn(pg.Owner, database)
		urls.App, urls.Import = dsn(pg.App, database), dsn(pg.Import, database)
	}
	if g.owner == "" {
		g.owner = g.Config.Database.OwnerURL.Reveal()
	}
	var err error
	g.DB, err = db.Open(ctx, urls)
	return err
}

// ownDatabase starts and migrates the private database, or finds the one that another program runs.
func (g *Ground) ownDatabase(ctx context.Context, mayJoin bool) (dsn func(role, db string) string, err error) {
	c := pg.Config{Dir: filepath.Join(g.Config.DataDir, "pg"), Durable: true, Log: g.Observer.Log}
	server, err := pg.Start(ctx, c)
	if mayJoin && errors.Is(err, pg.ErrInUse) {
		running, err := pg.Join(c)
		g.beside = err == nil
		return running.DSN, err
	}
	if err != nil {
		return nil, fmt.Errorf("start the private database: %w", err)
	}
	g.servers = append(g.servers, keep("database", server, g.Observer.Log))
	if err := pg.Bootstrap(ctx, server, database); err != nil {
		return nil, err
	}
	_, err = db.Migrate(ctx, server.DSN(pg.Owner, database), migrations.FS)
	return server.DSN, err
}

// OwnerDSN is the address of the database for the owner of its tables, who alone may have them analyzed; empty when the
// configuration does not say it.
func (g *Ground) OwnerDSN() string { return g.owner }

func (g *Ground) openBlobs(ctx context.Context) error {
	c := blob.Config{Endpoint: g.Config.S3.Endpoint, AccessKey: g.Config.S3.AccessKey, SecretKey: g.Config.S3.SecretKey.Reveal(),
		Region: g.Config.S3.Region, Bucket: g.Config.S3.Bucket, Secure: g.Config.S3.Secure}
	if g.Config.S3.Local() {
		server, err := g.ownBlobs(ctx)
		if err != nil {
			return err
		}
		own := server.Credentials()
		c = blob.Config{Endpoint: server.Endpoint(), AccessKey: own.AccessKey, SecretKey: own.SecretKey,
			Region: c.Region, Bucket: c.Bucket, Transport: server.Transport()}
	}
	var err error
	if g.Blobs, err = blob.Open(c); err != nil {
		return err
	}
	return g.Blobs.EnsureBucket(ctx)
}

// store is a private object store, started here or by another program.
type store interface {
	Endpoint() string
	Credentials() s3.Credentials
	Transport() *http.Transport
}

func (g *Ground) ownBlobs(ctx context.Context) (store, error) {
	dir := filepath.Join(g.Config.DataDir, "s3")
	if g.beside {
		return s3.Join(dir)
	}
	server, err := s3.Start(ctx, s3.Config{Dir: dir, Executable: s3.Beside(g.Program)})
	if err != nil {
		return nil, fmt.Errorf("start the private object store: %w", err)
	}
	g.servers = append(g.servers, keep("object store", server, g.Observer.Log))
	return server, nil
}

// Close ends the connections and the private servers, last started first.
func (g *Ground) Close() error {
	if g.DB != nil {
		g.DB.Close()
	}
	var errs []error
	for i := len(g.servers) - 1; i >= 0; i-- {
		if err := g.servers[i].stop(); err != nil {
			errs = append(errs, fmt.Errorf("stop the %s: %w", g.servers[i].name, err))
		}
	}
	return errors.Join(errs...)
}
