package bench

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync/atomic"
	"time"

	"elyco/internal/local/pg"
)

// target is a server, and what it is asked.
type target struct {
	*child
	requests []request
	next     atomic.Int64
}

// round is one target under load by so many connections.
func (c *cluster) round(t *target, connections int, length time.Duration) (result, error) {
	before, err := c.processorTime(t.pid())
	if err != nil {
		return result{}, err
	}
	r, err := load(t.address, t.requests, connections, length, &t.next)
	if err != nil {
		return result{}, fmt.Errorf("%s: %w", t.name, err)
	}
	after, err := c.processorTime(t.pid())
	r.cpu = after - before
	return r, err
}

// processorTime is that of a server and of the whole of PostgreSQL.
func (c *cluster) processorTime(pid int) (time.Duration, error) {
	own, err := family(pid)
	if err != nil {
		return 0, err
	}
	first, err := postmaster(c.dir)
	if err != nil {
		return 0, err
	}
	base, err := family(first)
	return own + base, err
}

// interleave gives every target its turn in each round, so that a noisy minute troubles all of them.
func (c *cluster) interleave(ctx context.Context, targets []*target, connections, rounds int) (map[string][]result, error) {
	out := map[string][]result{}
	for i := range rounds {
		for j := range targets {
			// The order turns, so that none always runs after the same neighbour.
			t := targets[(i+j)%len(targets)]
			r, err := c.round(t, connections, c.o.Round)
			if err != nil {
				return nil, err
			}
			out[t.name] = append(out[t.name], r)
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
		}
	}
	return out, nil
}

// warm lets fresh connections and caches settle: a new PostgreSQL backend is slow for its first seconds.
func (c *cluster) warm(targets []*target) error {
	for _, t := range targets {
		if _, err := c.round(t, poolSize, c.o.warm()); err != nil {
			return err
		}
	}
	return nil
}

const (
	product       = "elyco"
	floorExplicit = "floor, begin and commit"
	floorImplicit = "floor, one message"
)

// field starts the program and its floors on one database.
func (c *cluster) field(ctx context.Context, k *course, suffix string) (targets []*target, stop func() error, err error) {
	stop = func() error {
		var errs []error
		for _, t := range targets {
			errs = append(errs, t.stop())
		}
		return errors.Join(errs...)
	}
	dsn := c.server.DSN(pg.App, k.database)
	add := func(one *child, err error) error {
		if one != nil {
			targets = append(targets, &target{child: one, requests: k.requests})
		}
		return err
	}
	if err := add(startProgram(ctx, c.o, product+suffix, dsn, c.server.DSN(pg.Import, k.database))); err != nil {
		return targets, stop, err
	}
	if err := add(startFloor(ctx, c.o, floorExplicit+suffix, dsn, k.pages, explicitTx)); err != nil {
		return targets, stop, err
	}
	return targets, stop, add(startFloor(ctx, c.o, floorImplicit+suffix, dsn, k.pages, implicitTx))
}

// median of what f reads from each round.
func median(rounds []result, f func(result) float64) float64 {
	v := values(rounds, f)
	if len(v) == 0 {
		return 0
	}
	return (v[len(v)/2] + v[(len(v)-1)/2]) / 2
}

func values(rounds []result, f func(result) float64) []float64 {
	var v []float64
	for _, r := range rounds {
		v = append(v, f(r))
	}
	slices.Sort(v)
	return v
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

func perSecond(r result) float64 { return r.perSecond() }
func p50(r result) float64       { return milliseconds(r.at(0.50)) }
func p99(r result) float64       { return milliseconds(r.at(0.99)) }
func cpu(r result) float64       { return milliseconds(r.cpuEach()) }
func size(r result) float64      { return r.size() }
