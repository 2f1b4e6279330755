package observe_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"elyco/internal/observe"
)

func observer(t *testing.T, c observe.Config) *observe.Observer {
	t.Helper()
	if c.Writer == nil {
		c.Writer = t.Output()
	}
	o, err := observe.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestLog(t *testing.T) {
	var out bytes.Buffer
	o := observer(t, observe.Config{Format: "json", Level: "info", Writer: &out})
	ctx := observe.WithRequestID(t.Context(), "r-1")
	o.Log.With("room", "absences").InfoContext(ctx, "call rolled", "lesson", 12, "password", "hunter2", "Email", "a@b.fr", observe.Hidden("body"))
	o.Log.DebugContext(ctx, "not asked for")
	var line map[string]any
	if err := json.Unmarshal(out.Bytes(), &line); err != nil {
		t.Fatalf("%v: %s", err, out.String())
	}
	for key, want := range map[string]any{"request": "r-1", "room": "absences", "lesson": 12.0, "password": "[redacted]", "Email": "[redacted]", "body": "[redacted]"} {
		if line[key] != want {
			t.Errorf("%s: got %v, want %v", key, line[key], want)
		}
	}
	for _, c := range []observe.Config{{Level: "loud"}, {Format: "xml"}} {
		if _, err := observe.New(c); err == nil {
			t.Errorf("%+v was accepted", c)
		}
	}
}

func get(t *testing.T, h http.Handler, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

func TestReadiness(t *testing.T) {
	up := observe.Check{Name: "store", Run: func(context.Context) error { return nil }}
	broken := observe.Check{Name: "database", Run: func(context.Context) error { return errors.New("refused") }}
	deaf := observe.Check{Name: "mail", Timeout: 20 * time.Millisecond, Run: func(context.Context) error { time.Sleep(2 * time.Second); return nil }}
	o := observer(t, observe.Config{})
	begin := time.Now()
	code, body := get(t, o.OpsHandler([]observe.Check{deaf, up, broken}), "/readyz")
	want := `{"ready":false,"down":[{"name":"database","error":"refused"},{"name":"mail","error":"no answer in 20ms"}]}`
	if code != http.StatusServiceUnavailable || strings.TrimSpace(body) != want {
		t.Errorf("got %d %s", code, body)
	}
	if took := time.Since(begin); took > time.Second {
		t.Errorf("the answer took %s", took)
	}
	h := o.OpsHandler([]observe.Check{up})
	if code, body = get(t, h, "/readyz"); code != http.StatusOK {
		t.Errorf("got %d %s", code, body)
	}
	o.Drain()
	if code, body = get(t, h, "/readyz"); code != http.StatusServiceUnavailable || !strings.Contains(body, `"draining":true`) {
		t.Errorf("draining: got %d %s", code, body)
	}
	if code, body = get(t, h, "/healthz"); code != http.StatusOK || body != "ok\n" {
		t.Errorf("got %d %s", code, body)
	}
}

func TestFigures(t *testing.T) {
	o := observer(t, observe.Config{Writer: io.Discard})
	var fails error
	o.WatchJobs(func(context.Context) ([]observe.JobCount, error) {
		return []observe.JobCount{{Kind: "digest", State: "waiting", Count: 7, Oldest: time.Minute}}, fails
	})
	end := o.Begin()
	h := o.OpsHandler(nil)
	if _, body := get(t, h, "/metrics"); !strings.Contains(body, "elyco_http_requests_in_flight 1") {
		t.Error("the request is not seen while it is answered")
	}
	end("GET", "/absences/:id", 200)
	o.Begin()("BREW", "", 404)
	_, body := get(t, h, "/metrics")
	for _, want := range []string{
		`elyco_http_request_duration_seconds_count{method="GET",route="/absences/:id",status="200"} 1`,
		`elyco_http_request_duration_seconds_count{method="other",route="",status="404"} 1`,
		`elyco_jobs{kind="digest",state="waiting"} 7`,
		`elyco_jobs_oldest_seconds{kind="digest",state="waiting"} 60`,
		"elyco_http_requests_in_flight 0",
		"go_goroutines",
	} {
		if !strings.Contains(body, want) {
			t.Errorf("no %s", want)
		}
	}
	fails = errors.New("no database")
	if code, body := get(t, h, "/metrics"); code != http.StatusOK || !strings.Contains(body, "elyco_http_request") {
		t.Errorf("one failure hides the other figures: %d", code)
	}
}

func TestProfilerOnlyWhenAsked(t *testing.T) {
	closed, open := observer(t, observe.Config{}), observer(t, observe.Config{Pprof: true})
	if code, _ := get(t, closed.OpsHandler(nil), "/debug/pprof/"); code != http.StatusNotFound {
		t.Errorf("closed: got %d", code)
	}
	if code, _ := get(t, open.OpsHandler(nil), "/debug/pprof/"); code != http.StatusOK {
		t.Errorf("open: got %d", code)
	}
}

func TestServeOpsAndAsk(t *testing.T) {
	o := observer(t, observe.Config{})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- o.ServeOps(ctx, l, nil) }()
	if err := observe.Ask(t.Context(), l.Addr().String()); err != nil {
		t.Errorf("ready: %v", err)
	}
	o.Drain()
	if err := observe.Ask(t.Context(), l.Addr().String()); err == nil || !strings.Contains(err.Error(), "draining") {
		t.Errorf("draining: %v", err)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("end: %v", err)
	}
	if err := observe.Ask(t.Context(), l.Addr().String()); err == nil {
		t.Error("a program that has ended is ready")
	}
}
