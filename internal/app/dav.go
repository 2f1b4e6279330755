package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"elyco/internal/dav"
	"elyco/internal/school"
	"elyco/internal/services/account"
	"elyco/internal/tenant"
)

// files makes what answers file managers.
func (a *App) files() *dav.Handler {
	return dav.New(dav.House{DB: a.ground.DB, Drive: a.drive, Sessions: a.sessions, Registry: a.registry, Observer: a.ground.Observer,
		Proxies: a.ground.Config.Proxies(), TLS: a.ground.Config.Scheme == "https",
		May: func(who school.Actor) bool {
			_, may := a.policy.For(who, "account", account.AppPassword)
			return may
		}})
}

// mount is the address under which a file manager opens the documents of a space; empty where none does. Behind TLS it is
// on the pages' own host; without, on the port of the listener.
func (a *App) mount(t *tenant.Tenant) string {
	listen := a.ground.Config.DAVListen
	if listen == "" {
		return ""
	}
	if a.ground.Config.Scheme == "https" {
		return a.registry.URL(t, dav.Prefix)
	}
	_, port, _ := net.SplitHostPort(listen) // the configuration was checked
	host, _, _ := strings.Cut(t.Host(), ":")
	return "http://" + net.JoinHostPort(host, port) + dav.Prefix
}

// davServer is the listener of file managers; the zero one answers nobody.
type davServer struct {
	server   *dav.Server
	listener net.Listener
}

func (a *App) listenDAV() (davServer, error) {
	if a.ground.Config.DAVListen == "" {
		return davServer{}, nil
	}
	l, err := net.Listen("tcp", a.ground.Config.DAVListen)
	if err != nil {
		return davServer{}, fmt.Errorf("listen for file managers: %w", err)
	}
	return davServer{dav.NewServer(a.files()), l}, nil
}

// serve answers until shutdown; it returns an error when the listener fails before.
func (d davServer) serve() error {
	if d.server == nil {
		return nil
	}
	return d.server.Serve(d.listener)
}

func (d davServer) farewell() {
	if d.server != nil {
		d.server.Farewell()
	}
}

func (d davServer) close() error {
	if d.listener == nil {
		return nil
	}
	if err := d.listener.Close(); !errors.Is(err, net.ErrClosed) {
		return err
	}
	return nil
}

func (d davServer) shutdown(within time.Duration) error {
	if d.server == nil {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	return d.server.Shutdown(ctx)
}
