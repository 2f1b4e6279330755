package app

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/job"
	"elyco/internal/observe"
)

func sendImmutable(c *fiber.Ctx, contentType string, plain, packed []byte) error {
	c.Set(fiber.HeaderContentType, contentType)
	c.Set(fiber.HeaderCacheControl, "public, max-age=31536000, immutable")
	c.Set(fiber.HeaderVary, fiber.HeaderAcceptEncoding)
	if len(packed) > 0 && strings.Contains(c.Get(fiber.HeaderAcceptEncoding), "gzip") {
		c.Set(fiber.HeaderContentEncoding, "gzip")
		return c.Send(packed)
	}
	return c.Send(plain)
}

// lastRound is how long browsers and proxies that keep a connection have to be told that it ends.
const lastRound = time.Second

// lastCall says that the program is not ready any more and ends each connection with its next answer. One that was
// closed without a word could be carrying somebody's request at that moment.
func (a *App) lastCall() {
	a.ground.Observer.Drain()
	a.ending.Store(true)
	a.live.Close()
	time.Sleep(lastRound)
}

// Serve answers until ctx ends, then bids connections farewell, refuses new requests and lets the running ones finish
// for ten seconds. ready is called once pages are served.
func (a *App) Serve(ctx context.Context, work bool, ready func(address string)) error {
	pages, err := net.Listen("tcp", a.ground.Config.Listen)
	if err != nil {
		return fmt.Errorf("listen for pages: %w", err)
	}
	files, err := a.listenDAV()
	if err != nil {
		return errors.Join(err, pages.Close())
	}
	ops, err := net.Listen("tcp", a.ground.Config.OpsListen)
	if err != nil {
		return errors.Join(fmt.Errorf("listen for operators: %w", err), pages.Close(), files.close())
	}
	running, stop := context.WithCancel(ctx)
	defer stop()
	var wg sync.WaitGroup
	wg.Go(func() { a.Follow(running) })
	if work {
		wg.Go(func() { a.work(running) })
		wg.Go(func() { a.keeper.Follow(running) })
		a.ground.Observer.WatchTrail(a.keeper.Sealed, a.keeper.Broken)
	}
	a.ground.Observer.WatchPool("app", a.ground.DB.Stat)
	a.ground.Observer.WatchJobs(func(ctx context.Context) ([]observe.JobCount, error) { return job.Counts(ctx, a.ground.DB) })
	failed := make(chan error, 3)
	go func() { failed <- a.fiber.Listener(pages) }()
	if files.server != nil {
		go func() { failed <- files.serve() }()
	}
	opsCtx, stopOps := context.WithCancel(context.WithoutCancel(ctx))
	go func() { failed <- a.ground.Observer.ServeOps(opsCtx, ops, a.checks()) }()
	debug.FreeOSMemory() // what starting left behind
	ready(pages.Addr().String())
	select {
	case err = <-failed:
	case <-ctx.Done():
	}
	files.farewell()
	a.lastCall()
	filesEnd := make(chan error, 1)
	go func() { filesEnd <- files.shutdown(10 * time.Second) }()
	err = errors.Join(err, a.fiber.ShutdownWithTimeout(10*time.Second), <-filesEnd)
	stop()
	stopOps()
	wg.Wait()
	return err
}

// Follow keeps what the house holds in memory as other replicas change it, until ctx ends.
func (a *App) Follow(ctx context.Context) {
	var wg sync.WaitGroup
	for _, follow := range []func(context.Context){a.registry.Follow, a.skins.Follow, a.settings.Follow, a.policy.Follow,
		a.bridges.Follow, a.sessions.Follow, a.live.Follow} {
		wg.Go(func() { follow(ctx) })
	}
	wg.Wait()
}

// Work runs jobs without serving pages, until ctx ends.
func (a *App) Work(ctx context.Context) error {
	go a.Follow(ctx)
	var keeping sync.WaitGroup
	keeping.Go(func() { a.keeper.Follow(ctx) })
	a.work(ctx)
	keeping.Wait()
	return nil
}

func (a *App) checks() []observe.Check {
	return []observe.Check{
		{Name: "database", Run: a.ground.DB.Ready},
		{Name: "objects", Run: a.ground.Blobs.Ready},
		{Name: "territory", Run: a.registry.Ready},
	}
}
