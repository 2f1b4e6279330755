package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"elyco/internal/aaf"
	"elyco/internal/demo"
)

const directoryUsage = usage("directory examine FEED | check [--apply] FEED | apply [NUMBER] | history [NUMBER] | sample --out DIR [--scale pilot|full] [--seed N] [--day DAY] [--change 1%] [--delta]")

func keepDirectory(ctx context.Context, args []string) error {
	if len(args) == 0 {
		return directoryUsage
	}
	switch args[0] {
	case "examine":
		return checkFeed(ctx, args[1:])
	case "check":
		return compareFeed(ctx, args[1:])
	case "apply":
		return applyFeed(ctx, args[1:])
	case "history":
		return feedHistory(ctx, args[1:])
	case "sample":
		return sampleFeed(ctx, args[1:])
	}
	return directoryUsage
}

// checkFeed reads a feed to its end and says what it holds and what its sender should know. Nothing is kept.
func checkFeed(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("directory examine", flag.ContinueOnError)
	most := flags.Int("most", 50, "how many remarks to print")
	if err := flags.Parse(args); err != nil {
		return usage(err.Error())
	}
	if flags.NArg() != 1 {
		return directoryUsage
	}
	f, err := aaf.Open(flags.Arg(0))
	if err != nil {
		return err
	}
	defer f.Close()
	header, err := f.Header()
	if err != nil {
		return err
	}
	meaning, err := f.Meaning(ctx)
	if err != nil {
		return err
	}
	counts := map[aaf.Category]map[aaf.Operation]int{}
	remarks := 0
	tell := func(n aaf.Notice) {
		if remarks++; remarks <= *most {
			fmt.Println(n)
		}
	}
	err = f.Each(ctx, func(r *aaf.Record) error {
		if counts[r.Category] == nil {
			counts[r.Category] = map[aaf.Operation]int{}
		}
		counts[r.Category][r.Operation]++
		view(r, tell)
		return nil
	}, tell)
	if err != nil {
		return err
	}
	describeFeed(f, header, meaning)
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "catégorie\tajouts\tmodifications\tsuppressions\t")
	for _, c := range aaf.Categories() {
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t\n", c, counts[c][aaf.Add], counts[c][aaf.Modify], counts[c][aaf.Delete])
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Printf("%d remarques.\n", remarks)
	return nil
}

// view reads the record as what it is, so that its values are looked at.
func view(r *aaf.Record, tell func(aaf.Notice)) {
	switch r.Category {
	case aaf.Structures:
		r.Structure(tell)
	case aaf.Pupils:
		r.Pupil(tell)
	case aaf.Relatives:
		r.Relative(tell)
	case aaf.StaffMembers:
		r.Staff(tell)
	}
}

func describeFeed(f *aaf.Feed, header map[string]string, meaning aaf.Meaning) {
	kind := "complet"
	if f.Delta {
		kind = "de modifications (delta)"
	}
	fmt.Printf("Annuaire %s du %s, %d fichiers, version %s.\n", kind, f.Date.Format("02/01/2006"), len(f.Files), header["versionAF"])
	for _, c := range f.Missing() {
		fmt.Printf("Aucun fichier de la catégorie %s.\n", c)
	}
	if meaning == aaf.ByRank {
		fmt.Println("Responsabilité légale : 1 et 2 sont le premier et le second responsable légal (ancien format).")
		return
	}
	fmt.Println("Responsabilité légale : 1 est un responsable légal, 2 une personne en charge de l’élève, 0 un contact.")
}

// sampleFeed writes a feed of made-up people, for trials.
func sampleFeed(ctx context.Context, args []string) error {
	o := demo.SampleOptions{Day: time.Now()}
	flags := flag.NewFlagSet("directory sample", flag.ContinueOnError)
	flags.StringVar(&o.Dir, "out", "", "folder of the feed; it is made when it is not there")
	scale := flags.String("scale", string(demo.Pilot), "pilot: the pilot establishments; full: all of them, with a million people")
	flags.Uint64Var(&o.Seed, "seed", 0, "makes other people; 0: those of the demonstration")
	flags.BoolVar(&o.Delta, "delta", false, "write only what has changed")
	flags.Func("day", "day of the feed, 2026-11-24; today unless said", func(s string) (err error) {
		o.Day, err = time.Parse(time.DateOnly, s)
		return err
	})
	flags.Func("change", "share of the people of whom something has changed since the feed without it: 1%", func(s string) error {
		n, err := strconv.ParseFloat(strings.TrimSuffix(s, "%"), 64)
		if err != nil || n < 0 || n > 100 {
			return errors.New("a percentage from 0 to 100 is wanted")
		}
		o.Change = n / 100
		return nil
	})
	if err := flags.Parse(args); err != nil {
		return usage(err.Error())
	}
	if o.Scale = demo.Scale(*scale); o.Dir == "" || flags.NArg() > 0 || o.Scale != demo.Pilot && o.Scale != demo.Full {
		return directoryUsage
	}
	if o.Delta && o.Change == 0 {
		o.Change = 0.01
	}
	files, err := territoryFiles()
	if err != nil {
		return err
	}
	t, err := readTerritory(files)
	if err != nil {
		return err
	}
	r, err := demo.WriteSample(ctx, t, o)
	if err != nil {
		return err
	}
	fmt.Printf("%d fichiers, %d Mo : %d établissements, %d élèves, %d responsables, %d personnels ; %d personnes ont changé.\n",
		r.Files, r.Bytes>>20, r.Schools, r.Pupils, r.Relatives, r.Staff, r.Changed)
	return nil
}
