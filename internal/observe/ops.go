package observe

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/pprof"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Check is something the program cannot serve without.
type Check struct {
	Name    string
	Timeout time.Duration // 0: two seconds
	Run     func(context.Context) error
}

// Down is a check that failed.
type Down struct {
	Name  string `json:"name"`
	Error string `json:"error"`
}

// readiness is what /readyz answers.
type readiness struct {
	Ready    bool   `json:"ready"`
	Draining bool   `json:"draining,omitempty"`
	Down     []Down `json:"down,omitempty"`
}

// OpsHandler answers machines: /healthz (the process runs), /readyz (every check passes, and the program does not
// drain), /metrics, and the profiler when the configuration opens it. It is for a listener of its own that the network
// does not reach.
func (o *Observer) OpsHandler(checks []Check) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = io.WriteString(w, "ok\n")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		answer := readiness{Draining: o.draining.Load(), Down: run(r.Context(), checks)}
		answer.Ready = !answer.Draining && len(answer.Down) == 0
		w.Header().Set("Content-Type", "application/json")
		if !answer.Ready {
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		_ = json.NewEncoder(w).Encode(answer)
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(o.Registry, promhttp.HandlerOpts{
		ErrorHandling: promhttp.ContinueOnError,
		ErrorLog:      metricsLog{o},
	}))
	if o.pprof {
		mux.HandleFunc("GET /debug/pprof/", pprof.Index)
		mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
		mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	}
	return mux
}

type metricsLog struct{ o *Observer }

// Println is for the metrics library.
func (l metricsLog) Println(v ...any) {
	l.o.Log.Error("figures are missing", "error", strings.TrimSpace(fmt.Sprintln(v...)))
}

// run makes the checks side by side, so that the answer takes no longer than the slowest, and that one no longer than
// its time, even when it does not listen to its context.
func run(ctx context.Context, checks []Check) []Down {
	var (
		mu   sync.Mutex
		all  sync.WaitGroup
		down []Down
	)
	for _, c := range checks {
		all.Go(func() {
			if err := c.within(ctx); err != nil {
				mu.Lock()
				defer mu.Unlock()
				down = append(down, Down{Name: c.Name, Error: err.Error()})
			}
		})
	}
	all.Wait()
	slices.SortFunc(down, func(a, b Down) int { return strings.Compare(a.Name, b.Name) })
	return down
}

func (c Check) within(ctx context.Context) error {
	if c.Timeout == 0 {
		c.Timeout = 2 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, c.Timeout)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- c.Run(ctx) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("no answer in %s", c.Timeout)
	}
}

// ServeOps answers machines on l until ctx ends.
func (o *Observer) ServeOps(ctx context.Context, l net.Listener, checks []Check) error {
	server := &http.Server{Handler: o.OpsHandler(checks), ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve the operators' listener: %w", err)
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err := server.Shutdown(last)
	if errors.Is(err, context.DeadlineExceeded) {
		return server.Close()
	}
	return err
}

// Ask asks a program's operators' listener whether it is ready; nil means that it is. It is what the container's health
// check runs.
func Ask(ctx context.Context, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+address+"/readyz", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return fmt.Errorf("ask %s: %w", address, err)
	}
	defer answer.Body.Close()
	if answer.StatusCode == http.StatusOK {
		return nil
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, 4096))
	if err != nil {
		return fmt.Errorf("ask %s: %w", address, err)
	}
	return fmt.Errorf("not ready: %s", strings.TrimSpace(string(body)))
}
