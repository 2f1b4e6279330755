package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"

	"elyco/internal/app"
	"elyco/internal/config"
	"elyco/internal/db"
	"elyco/internal/local/pg"
	"elyco/internal/local/s3"
	"elyco/internal/observe"
	"elyco/migrations"
)

// onGround runs fn on prepared ground and puts everything away after it.
func onGround(ctx context.Context, fn func(g *app.Ground) error) error {
	return on(ctx, app.Prepare, fn)
}

// onSharedGround is onGround for a command that may run while the program serves the same data folder.
func onSharedGround(ctx context.Context, fn func(g *app.Ground) error) error {
	return on(ctx, app.PrepareBeside, fn)
}

func on(ctx context.Context, prepare func(context.Context, config.Config) (*app.Ground, error), fn func(g *app.Ground) error) (err error) {
	c, err := load()
	if err != nil {
		return err
	}
	g, err := prepare(ctx, c)
	if err != nil {
		return err
	}
	slog.SetDefault(g.Observer.Log)
	defer func() { err = errors.Join(err, g.Close()) }()
	return fn(g)
}

func serve(ctx context.Context, args []string) error {
	if len(args) > 0 {
		return usage("serve takes no argument")
	}
	return onGround(ctx, func(g *app.Ground) error {
		a, err := raise(ctx, g)
		if err != nil {
			return err
		}
		return a.Serve(ctx, g.Config.Workers > 0 || g.Config.Database.Local(), func(address string) {
			g.Observer.Log.Info("pages are served", "listen", address, "base", g.Config.BaseHost, "version", version)
		})
	})
}

// raise builds the house; where the configuration asks for a demonstration, on a territory that has one.
func raise(ctx context.Context, g *app.Ground) (*app.App, error) {
	if !g.Config.Demo {
		return app.New(ctx, g)
	}
	if err := fillIfEmpty(ctx, g); err != nil {
		return nil, err
	}
	a, err := app.New(ctx, g)
	if err != nil {
		return nil, err
	}
	for _, part := range []struct {
		name string
		fill func(context.Context) error
	}{
		{"what is published", a.PublishDemo}, {"documents", a.FileDemo}, {"hand-in boxes", a.HandInDemo}, {"messages", a.MailDemo}, {"chat", a.ChatDemo},
		{"slips", a.SlipsDemo}, {"outbox", a.OutboxDemo}, {"must-read messages", a.MustReadDemo}, {"personal data", a.MyDataDemo},
	} {
		if err := part.fill(ctx); err != nil {
			return nil, fmt.Errorf("fill the demonstration, %s: %w", part.name, err)
		}
	}
	return a, nil
}

func work(ctx context.Context, args []string) error {
	if len(args) > 0 {
		return usage("work takes no argument")
	}
	return onGround(ctx, func(g *app.Ground) error {
		a, err := app.New(ctx, g)
		if err != nil {
			return err
		}
		return a.Work(ctx)
	})
}

func migrate(ctx context.Context, args []string) error {
	if len(args) > 0 {
		return usage("migrate takes no argument")
	}
	c, err := load()
	if err != nil {
		return err
	}
	if c.Database.Local() {
		return onGround(ctx, func(*app.Ground) error {
			fmt.Println("the private database is up to date")
			return nil
		})
	}
	n, err := db.Migrate(ctx, c.Database.OwnerURL.Reveal(), migrations.FS)
	if err != nil {
		return err
	}
	fmt.Printf("%d migrations applied\n", n)
	return nil
}

func health(ctx context.Context, _ []string) error {
	c, err := load()
	if err != nil {
		return err
	}
	return observe.Ask(ctx, c.OpsListen)
}

// printSchema migrates a throwaway database and prints what came of it.
func printSchema(ctx context.Context, _ []string) (err error) {
	s, err := pg.Throwaway(ctx, pg.Config{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Stop()) }()
	if err := pg.Bootstrap(ctx, s, "elyco"); err != nil {
		return err
	}
	if _, err := db.Migrate(ctx, s.DSN(pg.Owner, "elyco"), migrations.FS); err != nil {
		return err
	}
	text, err := s.Dump(ctx, "elyco")
	if err != nil {
		return err
	}
	_, err = fmt.Print(text)
	return err
}

// exitCode is what a command that was run beside the servers ended with.
type exitCode int

func (e exitCode) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// withServers runs a command beside a throwaway database server and object store, whose addresses it finds in
// ELYCO_TEST_PG (the socket's folder), ELYCO_TEST_S3 (the socket) and ELYCO_TEST_S3_DIR (where the keys are).
func withServers(ctx context.Context, args []string) (err error) {
	if len(args) < 2 || args[0] != "--" {
		return usage("with-servers -- COMMAND ARGUMENTS")
	}
	database, err := pg.Throwaway(ctx, pg.Config{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, database.Stop()) }()
	dir, err := os.MkdirTemp("", "elyco-s3-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	self, err := os.Executable()
	if err != nil {
		return err
	}
	objects, err := s3.Start(ctx, s3.Config{Dir: dir, Executable: s3.Beside(self)})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, objects.Stop()) }()
	cmd := exec.CommandContext(ctx, args[1], args[2:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), "ELYCO_TEST_PG="+filepath.Join(database.Dir(), "sock"), "ELYCO_TEST_S3="+objects.Socket(),
		"ELYCO_TEST_S3_DIR="+dir, "ELYCO_TEST_BIN="+self)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	err = cmd.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return exitCode(ended.ExitCode())
	}
	return err
}
