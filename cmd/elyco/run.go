package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"

	"elyco/internal/app"
	"elyco/internal/demo"
	"elyco/internal/tenant"
)

// runAll is make run: private servers, the territory, the demonstration, pages and jobs in one process.
func runAll(ctx context.Context, args []string) error {
	if len(args) > 0 {
		return usage("run takes no argument")
	}
	return onGround(ctx, func(g *app.Ground) error {
		g.Config.Demo = true
		if g.Config.DAVListen == "" {
			g.Config.DAVListen = beside(g.Config.Listen, 2)
		}
		if g.Config.FeedsDir == "" {
			g.Config.FeedsDir = filepath.Join(g.Config.DataDir, "feeds")
			if err := os.MkdirAll(g.Config.FeedsDir, 0o700); err != nil {
				return fmt.Errorf("make the folder of the feeds: %w", err)
			}
		}
		a, err := raise(ctx, g)
		if err != nil {
			return err
		}
		return a.Serve(ctx, true, func(string) { welcome(g, a.Registry()) })
	})
}

// beside is the address with a port that much higher; empty when there is none.
func beside(address string, n int) string {
	host, text, err := net.SplitHostPort(address)
	port, bad := strconv.Atoi(text)
	if err != nil || bad != nil || port == 0 || port+n > 65535 {
		return ""
	}
	return net.JoinHostPort(host, strconv.Itoa(port+n))
}

func fillIfEmpty(ctx context.Context, g *app.Ground) error {
	t, err := readTerritory(g.Tenants)
	if err != nil {
		return err
	}
	if _, err := tenant.Sync(ctx, g.DB, t, true); err != nil {
		return err
	}
	return loadDemo(ctx, g, demo.Pilot)
}

func loadDemo(ctx context.Context, g *app.Ground, scale demo.Scale) error {
	r := tenant.NewRegistry(g.DB, g.Config.BaseHost, g.Config.Scheme)
	if err := r.Load(ctx); err != nil {
		return err
	}
	if _, err := demo.Load(ctx, g.DB, r, demo.Options{Scale: scale, Progress: os.Stderr}); err != nil {
		return err
	}
	if scale == demo.Full && g.OwnerDSN() != "" {
		return demo.Analyze(ctx, g.OwnerDSN())
	}
	return nil
}

func fillDemo(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("demo", flag.ContinueOnError)
	scale := flags.String("scale", string(demo.Pilot), "pilot: the pilot establishments; full: a million people, for benchmarks")
	if err := flags.Parse(args); err != nil {
		return usage(err.Error())
	}
	if s := demo.Scale(*scale); s != demo.Pilot && s != demo.Full {
		return usage("the scale is pilot or full")
	}
	return onGround(ctx, func(g *app.Ground) error {
		t, err := readTerritory(g.Tenants)
		if err != nil {
			return err
		}
		if _, err := tenant.Sync(ctx, g.DB, t, true); err != nil {
			return err
		}
		return loadDemo(ctx, g, demo.Scale(*scale))
	})
}

func welcome(g *app.Ground, r *tenant.Registry) {
	fmt.Printf("\nE-LYCO est ouvert : %s\n", r.URL(r.Academy(), "/"))
	fmt.Printf("Mot de passe de tous les comptes ci-dessous : %s\n\n", demo.Password)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	for _, account := range demo.Accounts(r) {
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", account.Login, account.Who, account.Look, account.URL)
	}
	w.Flush()
	if g.Config.DAVListen != "" {
		fmt.Println("\nExplorateur de fichiers (WebDAV) : /dav/ de chaque espace, port", g.Config.DAVListen[strings.LastIndexByte(g.Config.DAVListen, ':')+1:]+
			", avec un mot de passe d’application à créer sous Mon compte")
	}
	if g.Config.FeedsDir != "" {
		fmt.Println("\nFlux d’annuaire (AAF) : l’académie lit et applique ceux qui sont dans", g.Config.FeedsDir+
			" ; « elyco directory sample --out "+filepath.Join(g.Config.FeedsDir, "essai")+" » en écrit un")
	}
	fmt.Println("\nCtrl-C arrête tout. Les données restent dans", g.Config.DataDir)
}

// withDemo runs a command beside a demonstration of its own that ends with it, on the usual address.
func withDemo(ctx context.Context, args []string) (err error) {
	if len(args) < 2 || args[0] != "--" {
		return usage("with-demo -- COMMAND ARGUMENTS")
	}
	dir, err := os.MkdirTemp("", "elyco-demo-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	if err := errors.Join(os.Chmod(dir, 0o755), os.Setenv("ELYCO_DATA_DIR", dir)); err != nil {
		return err
	}
	return onGround(ctx, func(g *app.Ground) error {
		g.Config.Demo = true
		a, err := raise(ctx, g)
		if err != nil {
			return err
		}
		serving, stop := context.WithCancel(ctx)
		defer stop()
		var failed error
		err = a.Serve(serving, true, func(string) {
			go func() {
				defer stop()
				failed = runBeside(ctx, args[1:])
			}()
		})
		return errors.Join(err, failed)
	})
}

func runBeside(ctx context.Context, args []string) error {
	cmd := exec.CommandContext(ctx, args[0], args[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	return cmd.Run()
}
