package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/google/uuid"

	"elyco/internal/app"
	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/feed"
	"elyco/internal/school"
	"elyco/internal/services/feeds"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// feedDesk is what the commands about feeds work with.
type feedDesk struct {
	ground   *app.Ground
	registry *tenant.Registry
	engine   *feed.Engine
	academy  context.Context
}

func onFeeds(ctx context.Context, fn func(d feedDesk) error) error {
	return onSharedGround(ctx, func(g *app.Ground) error {
		d := feedDesk{ground: g, registry: tenant.NewRegistry(g.DB, g.Config.BaseHost, g.Config.Scheme)}
		if err := d.registry.Load(ctx); err != nil {
			return err
		}
		if d.registry.Academy() == nil {
			return errors.New("le territoire est vide : lancez d’abord « elyco tenants sync »")
		}
		book := setting.NewBook(g.DB)
		if err := book.Declare(feed.Settings()...); err != nil {
			return err
		}
		if err := book.Load(ctx); err != nil {
			return err
		}
		d.engine = feed.New(g.DB, d.registry, feed.LimitsBy(book)).Then(audience.CountSoon)
		spoken, err := spokenWords()
		if err != nil {
			return err
		}
		d.academy = tenant.Enter(words.With(ctx, spoken), d.registry.Academy())
		return sentence(fn(d))
	})
}

// sentence says a fault in the words that people read.
func sentence(err error) error {
	var f *fault.Error
	if !errors.As(err, &f) {
		return err
	}
	said := f.Words
	for _, w := range f.Fields {
		said += w
	}
	if said == "" {
		return errors.New("ce flux n’existe pas")
	}
	return errors.New(said)
}

// spokenWords are those of the page of feeds: what a command prints is called as the page calls it.
func spokenWords() (*words.Catalog, error) {
	c := words.NewCatalog("fr")
	return c, c.Add("feeds/words.fr.yaml", feeds.Words())
}

var heldWords = map[feed.Reason]string{feed.TooManyGone: "trop de manquants", feed.TooManyTies: "trop de liens changés"}

// partState says how far the part of an establishment is, and what keeps it.
func partState(ctx context.Context, p feed.Part) string {
	said := words.T(ctx, "feeds.part."+string(p.State))
	if p.State != feed.PartHeld {
		return said
	}
	return said + " (" + heldWords[p.HeldFor] + ")"
}

// compareFeed reads a feed, compares it with the house and prints the report; with apply it goes on.
func compareFeed(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("directory check", flag.ContinueOnError)
	apply := flags.Bool("apply", false, "apply what needs nobody's word")
	whole := flags.Bool("whole", false, "compare all of it with the house, and not what differs from the feed before alone")
	if err := flags.Parse(args); err != nil {
		return usage(err.Error())
	}
	if flags.NArg() != 1 {
		return directoryUsage
	}
	return onFeeds(ctx, func(d feedDesk) error {
		src, err := feed.OpenAcademy(ctx, flags.Arg(0), filepath.Base(flags.Arg(0)))
		if err != nil {
			return err
		}
		defer src.Close()
		src.Whole(*whole)
		id := school.NewID()
		told := func(n int64) { fmt.Fprintf(os.Stderr, "%d enregistrements lus\n", n) }
		if err := d.engine.Check(ctx, id, school.PersonID{}, feed.Watched(src, told)); err != nil {
			return err
		}
		if err := d.print(id); err != nil || !*apply {
			return err
		}
		return d.apply(id)
	})
}

// applyFeed applies a feed that was checked, the latest one without an id.
func applyFeed(ctx context.Context, args []string) error {
	if len(args) > 1 {
		return directoryUsage
	}
	return onFeeds(ctx, func(d feedDesk) error {
		if len(args) == 1 {
			id, err := uuid.Parse(args[0])
			if err != nil {
				return usage("the feed is named by the number that directory history prints")
			}
			return d.apply(id)
		}
		list, err := d.engine.Feeds(d.academy)
		if err != nil {
			return err
		}
		for _, f := range list {
			if f.State == feed.Checked || f.State == feed.Applying {
				return d.apply(f.ID)
			}
		}
		return errors.New("aucun flux n’attend d’être appliqué")
	})
}

func feedHistory(ctx context.Context, args []string) error {
	if len(args) > 1 {
		return directoryUsage
	}
	return onFeeds(ctx, func(d feedDesk) error {
		if len(args) == 1 {
			id, err := uuid.Parse(args[0])
			if err != nil {
				return usage("the feed is named by the number that directory history prints")
			}
			return d.print(id)
		}
		list, err := d.engine.Feeds(d.academy)
		if err != nil {
			return err
		}
		w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
		fmt.Fprintln(w, "numéro\tsource\tdu\tlu le\tétat\tétablissements\tretenus\tappliqués\tnom\t")
		for _, f := range list {
			fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%d\t%d\t%d\t%s\t%s\n", f.ID, f.Source, f.Day.Format("02/01/2006"), f.StartedAt.Format("02/01/2006 15:04"),
				words.T(d.academy, "feeds.state."+string(f.State)), f.Parts, f.PartsHeld, f.PartsDone, f.Label, f.Problem)
		}
		return w.Flush()
	})
}

func (d feedDesk) apply(id uuid.UUID) error {
	start := func(ctx context.Context, tx db.Tx) error { return feed.Start(ctx, tx, id, school.PersonID{}) }
	if err := d.ground.DB.Write(d.academy, start); err != nil {
		return err
	}
	written, done := int64(0), 0
	for more := true; more; {
		var last feed.Progress
		var err error
		more, err = d.engine.Apply(d.academy, id, func(p feed.Progress) { last = p })
		if err != nil {
			return err
		}
		written, done = written+last.Written, done+last.Done
		fmt.Fprintf(os.Stderr, "%d établissements faits\n", done)
	}
	fmt.Printf("%d établissements, %d lignes écrites.\n", done, written)
	f, err := d.engine.Feed(d.academy, id)
	if err == nil && f.PartsHeld > 0 {
		fmt.Printf("%d établissements attendent qu’un administrateur confirme, dans la page « Flux d’annuaire ».\n", f.PartsHeld)
	}
	return err
}

// print writes the report as a table; establishments of which nothing changes are summed.
func (d feedDesk) print(id uuid.UUID) error {
	f, err := d.engine.Feed(d.academy, id)
	if err != nil {
		return err
	}
	parts, err := d.engine.Parts(d.academy, id, feed.PartFilter{})
	if err != nil {
		return err
	}
	fmt.Printf("Flux %s, du %s, %d enregistrements, %s.\n", f.ID, f.Day.Format("02/01/2006"), f.Records, words.T(d.academy, "feeds.state."+string(f.State)))
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "UAI\tconnus\tnouveaux\tarrivés\tmodifiés\tpartis ailleurs\tmanquants\trevenus\tplaces\tliens\thomonymes\terreurs\tétat\tétablissement\t")
	unchanged := 0
	for _, p := range parts {
		if p.State == feed.Unchanged {
			unchanged++
			continue
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%d\t%s\t%s\t\n", p.UAI, p.Known, p.Created, p.Arrived, p.Changed, p.Moved, p.Gone, p.Back,
			p.Placed, p.Ties, p.Duplicates, p.Problems, partState(d.academy, p), p.Name)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Printf("%d établissements, dont %d sans changement.\n", len(parts), unchanged)
	return d.printProblems(id)
}

// printProblems names what no establishment can be told.
func (d feedDesk) printProblems(id uuid.UUID) error {
	list, err := d.engine.Problems(d.academy, id, 20)
	for _, one := range list {
		fmt.Printf("%s : %s ligne %d, %s %s %s\n", words.T(d.academy, "feeds.finding."+string(one.Kind)), one.File, one.Line, one.Key, one.Name, one.Detail)
	}
	return err
}
