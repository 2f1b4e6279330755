package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/app"
	"elyco/internal/audit"
	"elyco/internal/fault"
	"elyco/internal/tenant"
)

const trailUsage = usage("audit verify [--head DAY:ROOT] [HOST] | seal")

func keepTrail(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return trailUsage
	}
	flags := flag.NewFlagSet("audit "+args[0], flag.ContinueOnError)
	var kept []audit.Kept
	if args[0] == "verify" {
		flags.Func("head", "a daily head that was kept elsewhere, DAY:ROOT as the log says them; may be given several times", func(s string) error {
			k, err := audit.ParseKept(s)
			kept = append(kept, k)
			return spoken(err)
		})
	}
	if err := flags.Parse(args[1:]); err != nil {
		return usage(err.Error())
	}
	switch {
	case args[0] == "verify" && flags.NArg() <= 1:
		return onSharedGround(ctx, func(g *app.Ground) error { return verifyTrail(ctx, g, flags.Arg(0), kept) })
	case args[0] == "seal" && flags.NArg() == 0:
		return onSharedGround(ctx, func(g *app.Ground) error { return sealTrail(ctx, g) })
	}
	return trailUsage
}

// spoken gives a fault's sentence to those who read a terminal.
func spoken(err error) error {
	var f *fault.Error
	if errors.As(err, &f) {
		return errors.New(f.Words + f.Fields["head"])
	}
	return err
}

func sealTrail(ctx context.Context, g *app.Ground) error {
	k := audit.NewKeeper(g.DB, g.Config.Secret)
	n, err := k.Seal(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d inscriptions scellées.\n", n)
	h, taken, err := k.TakeHead(ctx)
	if taken {
		fmt.Printf("Empreinte du jour, à garder ailleurs : %s\n", h)
	}
	return err
}

var errTrail = errors.New("le journal d’audit a été modifié en dehors du programme")

func verifyTrail(ctx context.Context, g *app.Ground, host string, kept []audit.Kept) error {
	r := tenant.NewRegistry(g.DB, g.Config.BaseHost, g.Config.Scheme)
	if err := r.Load(ctx); err != nil {
		return err
	}
	spaces := r.All()
	if host != "" {
		t := r.Resolve(host)
		if t == nil {
			return fmt.Errorf("aucun espace n’a l’adresse %s", host)
		}
		spaces = []*tenant.Tenant{t}
	}
	k := audit.NewKeeper(g.DB, g.Config.Secret)
	var entries, seals, waiting int64
	broken := false
	for _, t := range spaces {
		v, err := k.Verify(tenant.Enter(ctx, t))
		if err != nil {
			return err
		}
		entries, seals, waiting = entries+v.Entries, seals+v.Seals, waiting+v.Waiting
		if !v.Holds() {
			broken = true
			fmt.Printf("%s (%s) : %s\n", t.Name, t.Host(), say(v))
		}
	}
	heads, err := k.VerifyHeads(ctx, kept...)
	if err != nil {
		return err
	}
	for _, v := range heads {
		broken = true
		fmt.Printf("Empreinte du %s : %s\n", v.At.Format(time.DateOnly), say(v))
	}
	fmt.Printf("%d espaces, %d sceaux, %d inscriptions examinées ; %d attendent leur sceau.\n", len(spaces), seals, entries, waiting)
	if broken {
		return errTrail
	}
	fmt.Println("La chaîne est intacte.")
	return nil
}

func say(v audit.Verdict) string {
	s := v.Damage.Words()
	if v.Scope != 0 && v.Damage == audit.ChainCut {
		s += fmt.Sprintf(" (espace %d)", v.Scope)
	}
	if v.Seal != 0 {
		s += fmt.Sprintf(", au sceau %d", v.Seal)
	}
	if v.Entry != uuid.Nil {
		s += fmt.Sprintf(", inscription %s", v.Entry)
	}
	return s
}
