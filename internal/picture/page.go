package picture

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"time"
)

const (
	longestDraw  = 20 * time.Second
	mostPage     = 64 << 20 // bytes of a document whose page is drawn
	drawerMemory = "--as=805306368"
	drawerTime   = "--cpu=15"
	drawerFiles  = "--nofile=32"
	drawerOutput = "--fsize=16777216"
)

// ErrNoDrawer says that this machine has no program that draws pages.
var ErrNoDrawer = errors.New("no program on this machine draws the pages of a PDF")

// FirstPage draws the first page of a PDF inside a frame, with pdftoppm where it is installed. That program reads what
// strangers sent: it runs with nothing of this one's surroundings, little memory and little time, and what it writes is
// read as a picture like any other. A document that it cannot draw is answered with a Refusal.
func FirstPage(ctx context.Context, pdf io.Reader, limit Limit) (Picture, error) {
	limits, err := exec.LookPath("prlimit")
	if err != nil {
		return Picture{}, ErrNoDrawer
	}
	drawer, err := exec.LookPath("pdftoppm")
	if err != nil {
		return Picture{}, ErrNoDrawer
	}
	ctx, cancel := context.WithTimeout(ctx, longestDraw)
	defer cancel()
	size := fmt.Sprint(2 * max(limit.MaxWidth, limit.MaxHeight))
	read := &fed{Reader: io.LimitReader(pdf, mostPage)}
	for _, cut := range cuts() {
		out := &bounded{left: mostBytes}
		command := exec.CommandContext(ctx, limits, drawerMemory, drawerTime, drawerFiles, drawerOutput, "--core=0", drawer,
			"-f", "1", "-l", "1", "-singlefile", "-scale-to", size, "-jpeg", "-")
		command.Env = []string{"PATH=/nonexistent", "HOME=/nonexistent", "LC_ALL=C.UTF-8"}
		command.Dir = "/"
		command.Stdin, command.Stdout = read, out
		command.WaitDelay = time.Second
		command.SysProcAttr = cut
		if err := command.Start(); err != nil {
			continue // this machine does not let the program cut another one off like that
		}
		if err := command.Wait(); err != nil {
			return Picture{}, undrawn(ctx, read)
		}
		return Reencode(&out.Buffer, limit)
	}
	return Picture{}, ErrNoDrawer
}

// undrawn tells a document that cannot be drawn from a store that stopped giving it.
func undrawn(ctx context.Context, read *fed) error {
	if read.err != nil {
		return fmt.Errorf("read the document to draw: %w", read.err)
	}
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	return Refusal{"Ce document n’a pas pu être dessiné."}
}

// fed remembers why reading stopped, when it was not at the end.
type fed struct {
	io.Reader
	err error
}

func (c *fed) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		c.err = err
	}
	return n, err
}

// bounded keeps what is written up to a limit, and fails beyond.
type bounded struct {
	bytes.Buffer
	left int
}

func (b *bounded) Write(p []byte) (int, error) {
	if len(p) > b.left {
		return 0, errors.New("picture: the page is too large")
	}
	b.left -= len(p)
	return b.Buffer.Write(p)
}
