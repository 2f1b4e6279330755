package bench

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
)

// report writes figures as they come, and the goals at the end.
type report struct {
	out   io.Writer
	goals []goal
}

type goal struct {
	what, want, have string
	reached          bool
}

func (r *report) line(format string, args ...any) { fmt.Fprintf(r.out, format+"\n", args...) }

// atMost and atLeast note a goal; they change nothing of the exit code.
func (r *report) atMost(what string, have, want float64, unit string) {
	r.goals = append(r.goals, goal{what, fmt.Sprintf("≤ %.4g%s", want, unit), fmt.Sprintf("%.3g%s", have, unit), have <= want})
}

func (r *report) atLeast(what string, have, want float64, unit string) {
	r.goals = append(r.goals, goal{what, fmt.Sprintf("≥ %.4g%s", want, unit), fmt.Sprintf("%.3g%s", have, unit), have >= want})
}

// rounds writes one table: each target at one number of connections, and its share of the first floor.
func (r *report) rounds(title string, targets []*target, results map[string][]result, against string) {
	r.line("\n%s, medians of %d rounds", title, len(results[targets[0].name]))
	w := tabwriter.NewWriter(r.out, 0, 4, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\tpages/s\trange\tp50 ms\tp99 ms\tCPU ms/page\tbytes\tpages/s ÷ floor\tCPU ÷ floor\t")
	base := results[against]
	for _, t := range targets {
		all := results[t.name]
		rate := values(all, perSecond)
		fmt.Fprintf(w, "%s\t%.0f\t%.0f–%.0f\t%.2f\t%.1f\t%.2f\t%.0f\t%.2f\t%.2f\t\n", t.name, median(all, perSecond), rate[0], rate[len(rate)-1],
			median(all, p50), median(all, p99), median(all, cpu), median(all, size),
			median(all, perSecond)/median(base, perSecond), median(all, cpu)/median(base, cpu))
	}
	_ = w.Flush()
}

func (r *report) verdict() {
	r.line("\nGoals")
	w := tabwriter.NewWriter(r.out, 0, 4, 2, ' ', 0)
	for _, g := range r.goals {
		mark := "reached"
		if !g.reached {
			mark = "NOT reached"
		}
		fmt.Fprintf(w, "  %s\t%s\t%s\t%s\n", g.what, g.want, g.have, mark)
	}
	_ = w.Flush()
}

func (r *report) asked(t tally) {
	mid, last := len(t.trips)/2, len(t.trips)-1
	r.line("\nAsked of the database by a page: %d statements in %d round trips (median), %d in %d (most), %d different statements",
		t.statements[mid], t.trips[mid], t.statements[last], t.trips[last], len(t.texts))
	for _, text := range t.texts {
		if runes := []rune(text); len(runes) > 150 {
			text = strings.TrimSpace(string(runes[:150])) + " …"
		}
		r.line("  %s", text)
	}
}
