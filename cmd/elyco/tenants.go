package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"text/tabwriter"

	"elyco/internal/app"
	"elyco/internal/fault"
	"elyco/internal/tenant"
	"elyco/tenants"
)

func keepTenants(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return usage("tenants sync | list | check | import FILE | state HOST STATE [NOTE]")
	}
	flags := flag.NewFlagSet("tenants "+args[0], flag.ContinueOnError)
	dry := flags.Bool("dry-run", false, "say what would change, and change nothing")
	if err := flags.Parse(args[1:]); err != nil {
		return usage(err.Error())
	}
	switch args[0] {
	case "check":
		return checkTenants()
	case "sync":
		return onSharedGround(ctx, func(g *app.Ground) error { return syncTenants(ctx, g, *dry) })
	case "list":
		return onSharedGround(ctx, func(g *app.Ground) error { return listTenants(ctx, g) })
	case "state":
		if flags.NArg() < 2 || flags.NArg() > 3 {
			return usage("tenants state HOST STATE [NOTE]")
		}
		return onSharedGround(ctx, func(g *app.Ground) error { return setState(ctx, g, flags.Args()) })
	case "import":
		if flags.NArg() != 1 {
			return usage("tenants import [--dry-run] FILE")
		}
		return onSharedGround(ctx, func(g *app.Ground) error { return importNational(ctx, g, flags.Arg(0), *dry) })
	}
	return usage("tenants sync | list | check | import FILE | state HOST STATE [NOTE]")
}

func territoryFiles() (fs.FS, error) {
	c, err := load()
	if err != nil {
		return nil, err
	}
	if c.TenantsDir != "" {
		return os.DirFS(c.TenantsDir), nil
	}
	return tenants.FS, nil
}

func checkTenants() error {
	files, err := territoryFiles()
	if err != nil {
		return err
	}
	t, err := readTerritory(files)
	if err != nil {
		return err
	}
	n := 0
	for _, c := range t.Collectivities {
		n += len(c.Establishments)
	}
	fmt.Printf("%d collectivités, %d établissements : les fichiers sont justes.\n", len(t.Collectivities), n)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "année scolaire\tpublics\tprivés\t")
	for _, total := range t.Totals() {
		fmt.Fprintf(w, "%s\t%d\t%d\t\n", total.SchoolYear, total.Public, total.Private)
	}
	return w.Flush()
}

func readTerritory(files fs.FS) (tenant.Territory, error) {
	t, problems := tenant.LoadTerritory(files)
	var errs []error
	for _, p := range problems {
		errs = append(errs, errors.New(p.String()))
	}
	return t, errors.Join(errs...)
}

func syncTenants(ctx context.Context, g *app.Ground, dry bool) error {
	t, err := readTerritory(g.Tenants)
	if err != nil {
		return err
	}
	report, err := tenant.Sync(ctx, g.DB, t, false)
	if err != nil {
		return err
	}
	for _, c := range report.Changes {
		fmt.Println(c)
	}
	fmt.Printf("%d créations, %d modifications.\n", report.Count(tenant.SyncCreated), report.Count(tenant.SyncChanged))
	if dry || !report.Pending() {
		return nil
	}
	if _, err = tenant.Sync(ctx, g.DB, t, true); err != nil {
		return err
	}
	fmt.Println("C’est fait.")
	return nil
}

func listTenants(ctx context.Context, g *app.Ground) error {
	r := tenant.NewRegistry(g.DB, g.Config.BaseHost, g.Config.Scheme)
	if err := r.Load(ctx); err != nil {
		return err
	}
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	for _, t := range r.All() {
		fmt.Fprintf(w, "%d\t%s\t%s\t%s\t%s\t%s\n", t.ID, t.UAI, t.State, t.KindWords(), t.Name, r.URL(t, "/"))
	}
	return w.Flush()
}

func importNational(ctx context.Context, g *app.Ground, file string, dry bool) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	national, problems := tenant.ReadNationalDirectory(f)
	for _, p := range problems {
		fmt.Fprintln(os.Stderr, p)
	}
	if len(problems) > 0 {
		return errors.New("le fichier contient des erreurs : rien n’a été changé")
	}
	changes, err := tenant.PlanNational(ctx, g.DB, national)
	if err != nil {
		return err
	}
	for _, c := range changes {
		fmt.Println(c.Words())
	}
	fmt.Printf("%d lignes du répertoire national, %d différences.\n", len(national), len(changes))
	if dry || len(changes) == 0 {
		return nil
	}
	report, err := tenant.ApplyNational(ctx, g.DB, changes)
	if err != nil {
		return err
	}
	fmt.Printf("%d établissements modifiés, %d ajoutés (prévus), %d cas à décider.\n", report.Changed, report.Added, len(report.ToDecide))
	return nil
}

func setState(ctx context.Context, g *app.Ground, args []string) error {
	r := tenant.NewRegistry(g.DB, g.Config.BaseHost, g.Config.Scheme)
	if err := r.Load(ctx); err != nil {
		return err
	}
	t := r.Resolve(args[0])
	if t == nil {
		return fmt.Errorf("aucun espace n’a l’adresse %s", args[0])
	}
	note := ""
	if len(args) == 3 {
		note = args[2]
	}
	err := tenant.SetState(ctx, g.DB, t.ID, tenant.State(args[1]), note)
	var refused *fault.Error
	if errors.As(err, &refused) {
		return errors.New(refused.Words + refused.Fields["state"])
	}
	if err != nil {
		return err
	}
	fmt.Printf("%s : %s\n", t.Name, args[1])
	return nil
}
