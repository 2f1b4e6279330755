package bench

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	baseHost = "bench.localhost"
	poolSize = 8
	patience = 90 * time.Second
)

// child is a server under measure, a process of its own.
type child struct {
	name    string
	address string
	ops     string
	cmd     *exec.Cmd
	said    *tail
	done    chan struct{}
	err     error
}

// startProgram runs the program as an operator would, on a database that exists, and returns once it is ready.
func startProgram(ctx context.Context, o Options, name, appDSN, importDSN string) (*child, error) {
	address, ops, err := twoAddresses()
	if err != nil {
		return nil, err
	}
	env := append(inherited(),
		"ELYCO_BASE_HOST="+baseHost, "ELYCO_LISTEN="+address, "ELYCO_OPS_LISTEN="+ops, "ELYCO_DATA_DIR="+o.Dir+"/data-"+name,
		"ELYCO_SECRET="+strings.Repeat("5e", 32), "ELYCO_LOG_LEVEL=warn", "ELYCO_LOG_FORMAT=json", "ELYCO_PPROF=true",
		"ELYCO_DATABASE_URL="+appDSN, "ELYCO_DATABASE_IMPORT_URL="+importDSN, fmt.Sprintf("ELYCO_DATABASE_POOL=%d", poolSize))
	c := &child{name: name, address: address, ops: ops}
	if err := c.start(o.Program, env, "serve"); err != nil {
		return nil, err
	}
	return c, c.until(ctx, func() bool { return answers(ctx, "http://"+ops+"/readyz") })
}

// startFloor runs the floor on the same database, as the same role.
func startFloor(ctx context.Context, o Options, name, dsn, pages, kind string) (*child, error) {
	address, _, err := twoAddresses()
	if err != nil {
		return nil, err
	}
	c := &child{name: name, address: address}
	if err := c.start(o.Program, inherited(), FloorCommand, dsn, pages, kind, address); err != nil {
		return nil, err
	}
	return c, c.until(ctx, func() bool { return opens(address) })
}

func inherited() []string {
	var env []string
	for _, line := range os.Environ() {
		if !strings.HasPrefix(line, "ELYCO_") || strings.HasPrefix(line, "ELYCO_TEST_") {
			env = append(env, line)
		}
	}
	return env
}

// twoAddresses finds ports that were free a moment ago.
func twoAddresses() (string, string, error) {
	var found [2]string
	for i := range found {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return "", "", err
		}
		defer l.Close()
		found[i] = l.Addr().String()
	}
	return found[0], found[1], nil
}

// start keeps one thread for the life of the child: the death signal follows the thread that started it.
func (c *child) start(program string, env []string, args ...string) error {
	c.said, c.done = &tail{}, make(chan struct{})
	c.cmd = exec.Command(program, args...)
	c.cmd.Env, c.cmd.Stdout, c.cmd.Stderr = env, c.said, c.said
	c.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGTERM}
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		err := c.cmd.Start()
		started <- err
		if err == nil {
			c.err = c.cmd.Wait()
			close(c.done)
		}
	}()
	if err := <-started; err != nil {
		return fmt.Errorf("start %s: %w", c.name, err)
	}
	return nil
}

func (c *child) until(ctx context.Context, ready func() bool) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for !ready() {
		select {
		case <-c.done:
			return fmt.Errorf("%s ended: %v: %s", c.name, c.err, c.said)
		case <-ctx.Done():
			return errors.Join(fmt.Errorf("%s is not ready after %s: %s", c.name, patience, c.said), c.stop())
		case <-time.After(50 * time.Millisecond):
		}
	}
	return nil
}

func answers(ctx context.Context, url string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return false
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	return answer.Body.Close() == nil && answer.StatusCode == http.StatusOK
}

func opens(address string) bool {
	conn, err := net.DialTimeout("tcp", address, time.Second)
	return err == nil && conn.Close() == nil
}

func (c *child) pid() int { return c.cmd.Process.Pid }

// stop asks the server to end, and insists after a while.
func (c *child) stop() error {
	_ = c.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-c.done:
		return nil
	case <-time.After(20 * time.Second):
	}
	_ = c.cmd.Process.Kill()
	<-c.done
	return fmt.Errorf("%s did not end when asked", c.name)
}

// tail keeps the last words of a child.
type tail struct {
	mu sync.Mutex
	b  []byte
}

// Write implements io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.b = append(t.b, p...)
	t.b = t.b[max(0, len(t.b)-2000):]
	return len(p), nil
}

// String returns what is kept.
func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.b))
}
