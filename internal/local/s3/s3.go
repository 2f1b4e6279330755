package s3

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// ChildCommand is the first argument of a program that is to be the store; the folder and the socket follow.
const ChildCommand = "s3-child"

// Beside is where the store's program stands: in the folder of the program that starts it.
func Beside(program string) string { return filepath.Join(filepath.Dir(program), "elyco-store") }

// HealthPath answers once the store takes requests. No bucket can have this name.
const HealthPath = "/-health"

// longestSocket is what the system allows for a socket's path.
const longestSocket = 107

// Config says where the store keeps its objects and how it is started.
type Config struct {
	Dir        string    // holds the objects, the credentials and the lock
	Socket     string    // empty: s3.sock in Dir, or in a folder of its own when that path is too long
	Executable string    // the program that knows ChildCommand; empty: this one
	Errors     io.Writer // receives what the store complains of; empty: standard error
}

// Server is a running store.
type Server struct {
	socket string
	temp   string
	keys   Credentials
	config Config
	dir    string
	cmd    *exec.Cmd
	stdin  io.Closer
	errs   *lastWords
	done   chan struct{}
	err    error
	once   sync.Once
}

// Start runs the store and returns once it answers. It fails when another program uses the same folder. ctx bounds the
// start alone.
func Start(ctx context.Context, c Config) (*Server, error) {
	dir, err := filepath.Abs(c.Dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make the object store's folder: %w", err)
	}
	s := &Server{config: c, dir: dir, done: make(chan struct{})}
	if s.keys, err = ReadCredentials(dir); err != nil {
		return nil, err
	}
	if err := s.place(c.Socket, dir); err != nil {
		return nil, fmt.Errorf("place the object store's socket: %w", err)
	}
	if err := s.start(ctx, c, dir); err != nil {
		s.clean()
		return nil, fmt.Errorf("start the object store in %s: %w", dir, err)
	}
	return s, nil
}

func (s *Server) place(socket, dir string) error {
	if socket == "" {
		socket = filepath.Join(dir, "s3.sock")
	}
	socket, err := filepath.Abs(socket)
	if err != nil {
		return err
	}
	if len(socket) <= longestSocket {
		s.socket = socket
		return nil
	}
	if s.temp, err = os.MkdirTemp("/tmp", "elyco-s3-"); err != nil {
		return err
	}
	s.socket = filepath.Join(s.temp, "s3.sock")
	return nil
}

func (s *Server) start(ctx context.Context, c Config, dir string) error {
	program := c.Executable
	if program == "" {
		self, err := os.Executable()
		if err != nil {
			return err
		}
		program = self
	}
	if _, err := os.Stat(program); err != nil {
		return fmt.Errorf("its program is not there: make build makes it, and ELYCO_S3_ENDPOINT names a store of your own instead: %w", err)
	}
	if c.Errors == nil {
		c.Errors = os.Stderr
	}
	s.errs = &lastWords{to: c.Errors}
	s.cmd = exec.Command(program, ChildCommand, dir, s.socket)
	s.cmd.Dir = dir
	// Ctrl-C at a terminal is for the program, which finishes its requests before it stops the store.
	s.cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	s.cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "TZ=UTC", "TMPDIR=" + os.TempDir(), "GOMEMLIMIT=256MiB"}
	// Its standard output greets and explains; what goes wrong is on the other.
	s.cmd.Stderr = s.errs
	stdin, err := s.cmd.StdinPipe()
	if err != nil {
		return err
	}
	s.stdin = stdin
	if err := s.cmd.Start(); err != nil {
		return err
	}
	go func() {
		s.err = s.cmd.Wait()
		close(s.done)
	}()
	return s.untilReady(ctx)
}

func (s *Server) untilReady(ctx context.Context) error {
	client := http.Client{Transport: s.Transport(), Timeout: time.Second}
	defer client.CloseIdleConnections()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-s.done:
			return fmt.Errorf("the store ended: %v: %s", s.err, s.errs.last())
		case <-ctx.Done():
			_ = s.end()
			return ctx.Err()
		case <-tick.C:
			answer, err := client.Get("http://" + s.Endpoint() + HealthPath)
			if err != nil {
				continue
			}
			answer.Body.Close()
			return nil
		}
	}
}

// Again starts a store in the place of one that has ended: same objects, same socket. The old one is not to be used any
// more, but if it fails, when Again may be tried once more. ctx bounds the start alone.
func (s *Server) Again(ctx context.Context) (*Server, error) {
	<-s.done
	next := &Server{socket: s.socket, temp: s.temp, keys: s.keys, config: s.config, dir: s.dir, done: make(chan struct{})}
	if err := next.start(ctx, s.config, s.dir); err != nil {
		return nil, fmt.Errorf("start the object store in %s again: %w", s.dir, err)
	}
	return next, nil
}

// Endpoint is the host to name in requests; Transport takes them to the socket whatever the host.
func (s *Server) Endpoint() string { return "s3.local" }

// Socket is the path where the store listens.
func (s *Server) Socket() string { return s.socket }

// Credentials open the store. They stay the same for one folder.
func (s *Server) Credentials() Credentials { return s.keys }

// Transport makes a transport that reaches the store.
func (s *Server) Transport() *http.Transport { return Transport(s.socket) }

// Transport makes a transport that takes every request to the store on the socket.
func Transport(socket string) *http.Transport {
	return &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "unix", socket)
		},
		MaxIdleConnsPerHost: 64,
		IdleConnTimeout:     time.Minute,
		DisableCompression:  true,
	}
}

// Done closes when the store has ended, asked or not.
func (s *Server) Done() <-chan struct{} { return s.done }

// Kill ends the store as a crash would, for tests of what then happens.
func (s *Server) Kill() {
	_ = s.cmd.Process.Kill()
	<-s.done
	s.clean()
}

// Stop lets the store finish and returns when it has ended. It may be called again.
func (s *Server) Stop() error {
	err := s.end()
	s.clean()
	return err
}

func (s *Server) end() error {
	_ = s.stdin.Close()
	select {
	case <-s.done:
		return s.err
	case <-time.After(15 * time.Second):
		_ = s.cmd.Process.Kill()
		<-s.done
		return errors.New("the object store did not end in time and was killed")
	}
}

func (s *Server) clean() {
	s.once.Do(func() {
		if s.temp != "" {
			_ = os.RemoveAll(s.temp)
		}
	})
}

// lastWords passes on what the store writes and keeps the end of it, which says why it stopped.
type lastWords struct {
	to io.Writer
	mu sync.Mutex
	b  []byte
}

func (l *lastWords) Write(p []byte) (int, error) {
	l.mu.Lock()
	l.b = append(l.b, p...)
	l.b = l.b[max(0, len(l.b)-800):]
	l.mu.Unlock()
	return l.to.Write(p)
}

func (l *lastWords) last() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(bytes.TrimSpace(l.b))
}
