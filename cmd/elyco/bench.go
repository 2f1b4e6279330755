package main

import (
	"context"
	"flag"
	"os"
	"path/filepath"

	"elyco/internal/bench"
	"elyco/internal/session"
)

func runBench(ctx context.Context, args []string) error {
	c, err := load()
	if err != nil {
		return err
	}
	o := bench.Options{Password: session.HashPassword}
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.StringVar(&o.Dir, "dir", filepath.Join(c.DataDir, "bench"), "folder of the database, kept between runs")
	flags.IntVar(&o.Establishments, "n", 0, "establishments; 0: all of them, with a million people")
	flags.IntVar(&o.Sessions, "sessions", 0, "sessions in the database; 0: 200 000")
	flags.IntVar(&o.Seats, "seats", 0, "sessions that the load uses; 0: 10 000")
	flags.IntVar(&o.Rounds, "rounds", 0, "rounds of each measure; 0: five")
	flags.IntVar(&o.Pages, "pages", 0, "pages held open and told of changes; 0: 5 000; -1: none")
	flags.StringVar(&o.Feed, "feed", "", "scale of the directory's feed: pilot or full (the default), none to leave it out")
	flags.DurationVar(&o.Round, "round", 0, "length of a round; 0: four seconds")
	flags.StringVar(&o.Profile, "profile", "", "file for a processor profile of the program under load")
	if err := flags.Parse(args); err != nil {
		return usage(err.Error())
	}
	return bench.Run(ctx, o, os.Stdout)
}
