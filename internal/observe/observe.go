// Package observe is how operators see the program: its log, its figures and its health. Nothing in it tells who did
// what: a line carries the request, a figure the pattern of a route, never a person.
package observe

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
)

// Config says what is shown, and to whom.
type Config struct {
	Level  string    // debug, info, warn or error; empty: info
	Format string    // text for people, json for machines; empty: text
	Writer io.Writer // empty: standard error
	Pprof  bool      // opens the profiler on the operators' listener
}

// Observer gathers what operators see. Its parts are for one program; a test makes its own.
type Observer struct {
	Log      *slog.Logger
	Registry *prometheus.Registry

	pprof    bool
	draining atomic.Bool
	requests *prometheus.HistogramVec
	inFlight prometheus.Gauge
}

// New builds an Observer with the figures of the process and of the requests. It fails on a level or a format it does
// not know.
func New(c Config) (*Observer, error) {
	if c.Writer == nil {
		c.Writer = os.Stderr
	}
	log, err := newLogger(c)
	if err != nil {
		return nil, fmt.Errorf("open the log: %w", err)
	}
	o := &Observer{
		Log:      log,
		Registry: prometheus.NewRegistry(),
		pprof:    c.Pprof,
		requests: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name:    "elyco_http_request_duration_seconds",
			Help:    "Time to answer a request, by route pattern.",
			Buckets: []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10},
		}, []string{"method", "route", "status"}),
		inFlight: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "elyco_http_requests_in_flight",
			Help: "Requests being answered.",
		}),
	}
	o.Registry.MustRegister(o.requests, o.inFlight, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return o, nil
}

// Begin counts a request as being answered; the function it returns ends that and measures it. route is the pattern
// that matched, such as /absences/:id, or "" when none did: a path would name what a person looked at.
func (o *Observer) Begin() func(method, route string, status int) {
	start := time.Now()
	o.inFlight.Inc()
	return func(method, route string, status int) {
		o.inFlight.Dec()
		o.requests.WithLabelValues(known(method), route, statusLabel(status)).Observe(time.Since(start).Seconds())
	}
}

// known keeps the methods that people invent out of the figures.
func known(method string) string {
	switch method {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "REPORT":
		// A copy: the web server may use the string's memory again.
		return strings.Clone(method)
	}
	return "other"
}

func statusLabel(status int) string {
	if status < 100 || status > 599 {
		return "other"
	}
	return fmt.Sprint(status)
}

// Drain makes the program say that it is not ready, so that no new request is sent to it while it finishes its own.
func (o *Observer) Drain() { o.draining.Store(true) }
