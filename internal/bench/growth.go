package bench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync/atomic"
	"time"
)

// growth holds the whole territory against a single establishment, for the program and for its floor: a floor grows
// too, because more rows lie further apart.
func (c *cluster) growth(ctx context.Context, r *report, large []*target) (err error) {
	k, err := openCourse(ctx, c, single)
	if err != nil {
		return err
	}
	small, stop, err := c.field(ctx, k, ", alone")
	defer func() { err = errors.Join(err, stop()) }()
	if err != nil {
		return err
	}
	pairs := []*target{large[0], small[0], large[2], small[2]}
	if err := c.warm([]*target{small[0], small[2]}); err != nil {
		return err
	}
	for _, connections := range []int{poolSize, 1} {
		results, err := c.interleave(ctx, pairs, connections, c.o.few()+1)
		if err != nil {
			return err
		}
		r.rounds(fmt.Sprintf("Growth: %d establishments and one, %d connections", c.o.Establishments, connections), pairs, results, large[2].name)
		of := func(f func(result) float64) (own, floor float64) {
			return median(results[pairs[0].name], f) / median(results[pairs[1].name], f),
				median(results[pairs[2].name], f) / median(results[pairs[3].name], f)
		}
		what, f := "processor time", cpu
		if connections == 1 {
			what, f = "p50", p50
		}
		own, floor := of(f)
		r.line("%s grows by %.2f, the floor's by %.2f", what, own, floor)
		r.atMost("growth of "+what+", ÷ that of the floor", own/floor, 1.1, "")
	}
	return nil
}

// profile writes where the program spends its processor time, when asked to.
func (c *cluster) profile(t *target) error {
	if c.o.Profile == "" {
		return nil
	}
	seconds := max(1, int(2*c.o.Round/time.Second))
	failed := make(chan error, 1)
	go func() {
		failed <- fetch(fmt.Sprintf("http://%s/debug/pprof/profile?seconds=%d", t.ops, seconds), c.o.Profile)
	}()
	var next atomic.Int64
	_, err := load(t.address, t.requests, poolSize, time.Duration(seconds+1)*time.Second, &next)
	return errors.Join(err, <-failed)
}

func fetch(url, path string) error {
	answer, err := http.Get(url)
	if err != nil {
		return fmt.Errorf("fetch a profile: %w", err)
	}
	defer answer.Body.Close()
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, answer.Body)
	return errors.Join(err, f.Close())
}
