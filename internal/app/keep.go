package app

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// server is a private server that this program started: the database, or the object store.
type server[S any] interface {
	comparable
	Done() <-chan struct{}
	Stop() error
	Again(ctx context.Context) (S, error)
}

// The pauses between two starts: a crash is over at once, a full disk is not.
const (
	firstPause   = 100 * time.Millisecond
	longestPause = 10 * time.Second
	longestStart = 2 * time.Minute
)

// keep starts the server again whenever it ends by itself, until the stopper that it returns is called.
func keep[S server[S]](name string, s S, log *slog.Logger) stopper {
	ctx, cancel := context.WithCancel(context.Background())
	var watch sync.WaitGroup
	watch.Go(func() {
		for {
			select {
			case <-ctx.Done():
				return
			case <-s.Done():
			}
			if ctx.Err() != nil {
				return
			}
			log.Error("a private server ended by itself and is started again", "server", name)
			next, err := again(ctx, name, s, log)
			if err != nil {
				return
			}
			s = next
			log.Info("a private server is back", "server", name)
		}
	})
	return stopper{name, func() error {
		cancel()
		watch.Wait()
		return s.Stop()
	}}
}

// again tries until the server runs, or until nobody needs it any more.
func again[S server[S]](ctx context.Context, name string, s S, log *slog.Logger) (S, error) {
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		start, cancel := context.WithTimeout(ctx, longestStart)
		next, err := s.Again(start)
		cancel()
		if err == nil {
			return next, nil
		}
		log.Error("a private server does not start", "server", name, "error", err, "pause", pause)
		select {
		case <-ctx.Done():
			return s, errors.Join(err, ctx.Err())
		case <-time.After(pause):
		}
	}
}
