package pg

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Config says where the server lives and how careful it is.
type Config struct {
	Dir     string       // holds the data, the socket, the lock and the server's journal
	BinDir  string       // where initdb and postgres are; empty: the newest that Debian installed, or that of PATH
	User    string       // account to become when the program runs as root; empty: postgres
	Durable bool         // what is committed survives a power cut; false only for tests
	Log     *slog.Logger // told what a person should know; empty: nobody
	Extra   []string     // more settings, as "name=value"
}

// Server is a running server.
type Server struct {
	dir  string
	sock string
	temp string // a socket folder of its own, when Dir's path is too long for one
	lock *os.File

	config    Config
	program   program
	throwaway string // the folder that was made for this server alone; Stop removes it

	cmd  *exec.Cmd
	done chan struct{}
	err  error // of the process; set before done closes
	stop sync.Once
}

// Start creates the data folder when there is none, starts the server and returns once it takes connections. It fails
// when another program uses the same folder, and when PostgreSQL is not installed. ctx bounds the start alone.
func Start(ctx context.Context, c Config) (*Server, error) {
	bin, err := findBin(c.BinDir)
	if err != nil {
		return nil, err
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	who, err := findAccount(c.User)
	if err != nil {
		return nil, err
	}
	dir, err := home(c, who)
	if err != nil {
		return nil, err
	}
	lock, err := lockDir(dir)
	if err != nil {
		return nil, err
	}
	s := &Server{dir: dir, lock: lock, config: c, program: program{bin: bin, who: who}, done: make(chan struct{})}
	if err := s.start(ctx, c); err != nil {
		s.release()
		return nil, fmt.Errorf("start PostgreSQL in %s: %w", dir, err)
	}
	return s, nil
}

func (s *Server) start(ctx context.Context, c Config) error {
	p := s.program
	if s.sock == "" {
		if err := s.socket(p.who); err != nil {
			return err
		}
	}
	if err := p.initdb(ctx, s.data(), c.Durable); err != nil {
		return err
	}
	if err := p.stopOrphan(ctx, s.data()); err != nil {
		return err
	}
	args := []string{"-D", s.data()}
	for _, set := range settings(c, s.sock) {
		args = append(args, "-c", set)
	}
	journal, err := openJournal(s.journal())
	if err != nil {
		return err
	}
	defer journal.Close()
	s.cmd = p.command(context.Background(), "postgres", args...)
	s.cmd.Stdout, s.cmd.Stderr = journal, journal
	// When the program dies the server is told to end at once and properly.
	s.cmd.SysProcAttr.Pdeathsig = syscall.SIGINT
	// Ctrl-C at a terminal is for the program, which finishes its requests before it stops the server.
	s.cmd.SysProcAttr.Setpgid = true
	if err := s.launch(); err != nil {
		return err
	}
	return s.untilReady(ctx)
}

// launch keeps one thread for the life of the child: the death signal follows the thread that started it, not the
// program.
func (s *Server) launch() error {
	started := make(chan error, 1)
	go func() {
		runtime.LockOSThread()
		err := s.cmd.Start()
		started <- err
		if err != nil {
			return
		}
		s.err = s.cmd.Wait()
		close(s.done)
	}()
	return <-started
}

// untilReady waits for the word that the server writes in its pid file when it takes connections.
func (s *Server) untilReady(ctx context.Context) error {
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-s.done:
			return fmt.Errorf("the server ended: %v: %s", s.err, tail(s.journal()))
		case <-ctx.Done():
			s.interrupt()
			return ctx.Err()
		case <-tick.C:
			if f, ok := readPidFile(s.data()); ok && f.ready && f.pid == s.cmd.Process.Pid {
				return nil
			}
		}
	}
}

// Again starts a server in the place of one that has ended: same data, same address. The old one is not to be used any
// more, but if it fails, when Again may be tried once more. ctx bounds the start alone.
func (s *Server) Again(ctx context.Context) (*Server, error) {
	<-s.done
	next := &Server{dir: s.dir, sock: s.sock, temp: s.temp, lock: s.lock, config: s.config, program: s.program, throwaway: s.throwaway,
		done: make(chan struct{})}
	if err := next.start(ctx, s.config); err != nil {
		return nil, fmt.Errorf("start PostgreSQL in %s again: %w", s.dir, err)
	}
	return next, nil
}

// DSN is the address of a database for a role. No password: whoever reaches the socket is trusted.
func (s *Server) DSN(role, db string) string { return address(s.sock, role, db) }

func address(socket, role, db string) string {
	return fmt.Sprintf("host=%s user=%s dbname=%s sslmode=disable", socket, role, db)
}

// Dir is where the data is: Config.Dir, or the folder chosen in its place.
func (s *Server) Dir() string { return s.dir }

// Done closes when the server has ended, asked or not.
func (s *Server) Done() <-chan struct{} { return s.done }

// Stop cuts the sessions, writes everything down and returns when the server has ended. It may be called again.
func (s *Server) Stop() error {
	s.interrupt()
	s.release()
	return s.err
}

func (s *Server) interrupt() {
	_ = s.cmd.Process.Signal(syscall.SIGINT)
	select {
	case <-s.done:
	case <-time.After(30 * time.Second):
		_ = s.cmd.Process.Signal(syscall.SIGQUIT)
		<-s.done
	}
}

func (s *Server) release() {
	s.stop.Do(func() {
		if s.temp != "" {
			_ = os.RemoveAll(s.temp)
		}
		if s.throwaway != "" {
			_ = os.RemoveAll(s.dir)
			_ = os.RemoveAll(s.throwaway)
		}
		_ = s.lock.Close()
	})
}

func (s *Server) data() string    { return filepath.Join(s.dir, "data") }
func (s *Server) journal() string { return filepath.Join(s.dir, "postgres.log") }

const journalLimit = 8 << 20

// openJournal appends to the server's journal, after setting aside one that has grown: two files at most.
func openJournal(path string) (*os.File, error) {
	if info, err := os.Stat(path); err == nil && info.Size() > journalLimit {
		if err := os.Rename(path, path+".1"); err != nil {
			return nil, err
		}
	}
	return os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
}

func tail(path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		return err.Error()
	}
	return strings.TrimSpace(string(b[max(0, len(b)-800):]))
}

// lockDir makes the folder this program's alone. The lock goes with the program, so a crash leaves none behind.
func lockDir(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "lock"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return f, nil
	}
	f.Close()
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, fmt.Errorf("%w: %s", ErrInUse, dir)
	}
	return nil, fmt.Errorf("lock %s: %w", dir, err)
}

// ErrInUse is returned by Start when another running program owns the data folder.
var ErrInUse = errors.New("another program uses this data folder; stop it first, or choose another folder")
