// Command elyco is the whole product: it serves the portals, works through the jobs, migrates the database, keeps the
// territory, and fills a demonstration. Run it without arguments for the list of its commands.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"sort"
	"strings"
	"syscall"

	"elyco/internal/bench"
	"elyco/internal/config"
	"elyco/internal/extract"
)

// version is set by the build.
var version = "development"

// command is one thing that the program does.
type command struct {
	words string
	run   func(ctx context.Context, args []string) error
}

func commands() map[string]command {
	return map[string]command{
		"run":          {"everything on this machine, with the demonstration: what make run starts", runAll},
		"serve":        {"serve the portals", serve},
		"work":         {"work through the jobs", work},
		"migrate":      {"bring the database's schema up to date", migrate},
		"tenants":      {"sync | list | check | import | state: keep the territory", keepTenants},
		"audit":        {"verify [--head DAY:ROOT] [HOST] | seal: examine or seal the audit trail", keepTrail},
		"directory":    {"examine | check | apply | history | sample: feeds of the academic directory (AAF), see directory without argument", keepDirectory},
		"mail":         {"bounce < NOTICE: read a mail server's notice about a letter that came back", keepMail},
		"demo":         {"fill the demonstration (--scale pilot or full)", fillDemo},
		"schema":       {"print the schema that the migrations make", printSchema},
		"with-servers": {"-- COMMAND: run a command beside throwaway servers, for tests", withServers},
		"with-demo":    {"-- COMMAND: run a command beside a demonstration of its own, for pictures", withDemo},
		"bench":        {"measure the pages under load, beside the floor", runBench},
		"health":       {"ask the running program whether it is ready", health},
		"version":      {"print the version", func(context.Context, []string) error { fmt.Println(version); return nil }},
	}
}

// usage is an error in how the program was called: exit code 2.
type usage string

func (u usage) Error() string { return string(u) }

func main() {
	if len(os.Args) == 2 && os.Args[1] == extract.ChildCommand {
		exit(extract.Main(os.Stdin, os.Stdout))
	}
	if len(os.Args) > 1 && os.Args[1] == bench.FloorCommand {
		exit(bench.Floor(context.Background(), os.Args[2:]))
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if len(os.Args) < 2 {
		help()
		os.Exit(2)
	}
	c, known := commands()[os.Args[1]]
	if !known {
		help()
		exit(usage("there is no command " + os.Args[1]))
	}
	exit(c.run(ctx, os.Args[2:]))
}

func exit(err error) {
	if err == nil {
		os.Exit(0)
	}
	var code exitCode
	if errors.As(err, &code) {
		os.Exit(int(code))
	}
	fmt.Fprintln(os.Stderr, "elyco:", err)
	var u usage
	if errors.As(err, &u) {
		os.Exit(2)
	}
	os.Exit(1)
}

func help() {
	fmt.Fprintln(os.Stderr, "elyco, the digital workspace of schools. Commands:")
	all := commands()
	names := make([]string, 0, len(all))
	for n := range all {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		fmt.Fprintf(os.Stderr, "  %-13s %s\n", n, all[n].words)
	}
	fmt.Fprintln(os.Stderr, "Settings come from ELYCO_CONFIG (a YAML file) and from ELYCO_* variables.")
}

func load() (config.Config, error) {
	const fileName = "ELYCO_CONFIG"
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, fileName+"=") })
	return config.Load(os.Getenv(fileName), env)
}
