package siege_test

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"elyco/internal/testkit"
)

// program is the house as operators run it, in a process that can be killed.
type program struct {
	t         *testing.T
	env       []string
	verb      string // the command that is run
	page, ops string
	cmd       *exec.Cmd
}

func newProgram(t *testing.T, settings ...string) *program {
	t.Helper()
	p := &program{t: t, verb: "serve", page: freePort(t), ops: freePort(t)}
	p.env = append([]string{"PATH=" + os.Getenv("PATH"), "HOME=" + t.TempDir(), "ELYCO_LISTEN=" + p.page, "ELYCO_OPS_LISTEN=" + p.ops,
		"ELYCO_BASE_HOST=localhost:" + port(p.page), "ELYCO_SECRET=" + strings.Repeat("1f", 32)}, settings...)
	t.Cleanup(p.kill)
	return p
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func port(address string) string {
	_, p, _ := net.SplitHostPort(address)
	return p
}

// start runs the program and returns once it is ready.
func (p *program) start() {
	p.t.Helper()
	p.launch()
	p.until(30*time.Second, "the program is ready", func() bool { return p.down() == "" })
}

// launch runs the program and does not wait for it.
func (p *program) launch() {
	p.t.Helper()
	p.cmd = exec.Command(testkit.Program(p.t), p.verb)
	p.cmd.Env, p.cmd.Stdout, p.cmd.Stderr = p.env, p.t.Output(), p.t.Output()
	if err := p.cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
}

func (p *program) kill() {
	if p.cmd == nil {
		return
	}
	_ = p.cmd.Process.Kill()
	_ = p.cmd.Wait()
	p.cmd = nil
}

// revive runs the program again when it has ended by itself, as whoever runs it in earnest does.
func (p *program) revive() {
	p.t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.cmd.Process.Pid))
	if err == nil && !strings.Contains(string(text), ") Z ") {
		return
	}
	p.kill()
	p.launch()
}

// stop asks the program to end, as a deployment does.
func (p *program) stop() error {
	err := errors.Join(p.cmd.Process.Signal(syscall.SIGTERM), p.cmd.Wait())
	p.cmd = nil
	return err
}

// down is what the program says it lacks, or "" when it is ready.
func (p *program) down() string {
	c := http.Client{Timeout: 3 * time.Second}
	a, err := c.Get("http://" + p.ops + "/readyz")
	if err != nil {
		return err.Error()
	}
	defer a.Body.Close()
	text, _ := io.ReadAll(a.Body)
	if a.StatusCode == http.StatusOK || strings.Count(string(text), `"name"`) == 1 && strings.Contains(string(text), `"territory"`) {
		return ""
	}
	return fmt.Sprintf("%d %s", a.StatusCode, text)
}

// until waits for something to be so, and tells how long that took.
func (p *program) until(limit time.Duration, what string, so func() bool) time.Duration {
	p.t.Helper()
	for start := time.Now(); time.Since(start) < limit; time.Sleep(20 * time.Millisecond) {
		if so() {
			return time.Since(start)
		}
	}
	p.t.Fatalf("not within %s: %s; %s", limit, what, p.down())
	return limit
}

// child finds the process below the program whose command line has the word; 0 for none.
func (p *program) child(word string) int {
	p.t.Helper()
	lists, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", p.cmd.Process.Pid))
	if err != nil {
		p.t.Fatal(err)
	}
	for _, list := range lists {
		text, _ := os.ReadFile(list)
		for _, pid := range strings.Fields(string(text)) {
			line, _ := os.ReadFile("/proc/" + pid + "/cmdline")
			var n int
			if _, err := fmt.Sscan(pid, &n); err == nil && strings.Contains(string(line), word) {
				return n
			}
		}
	}
	return 0
}
