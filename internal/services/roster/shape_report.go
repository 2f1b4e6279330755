package roster

import (
	"context"

	"elyco/internal/feed"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func shapeReport(ctx context.Context, s Sheet, r Report, reason string, faults map[string]string) reportView {
	t := func(key string, args ...any) string { return words.T(ctx, key, args...) }
	p := r.Part
	v := reportView{around: frame(ctx, 4, s, titled{"roster.report", "roster.report.lead"}), Form: ui.Form{Action: at(s.ID, "apply")},
		Back: ui.ButtonLink{Label: t("roster.report.back"), URL: at(s.ID, "lines")},
		Stats: []ui.Stat{
			{Label: t("roster.stat.created"), Value: words.Number(p.Created), Icon: ui.IconPlus},
			{Label: t("roster.stat.changed"), Value: words.Number(p.Changed + p.Arrived + p.Moved + p.Back), Icon: ui.IconEdit},
			{Label: t("roster.stat.gone"), Value: words.Number(p.Gone), Icon: ui.IconAbsence, Tone: tone(p.Gone, ui.ToneWarning), Hint: t("roster.stat.gone.hint")},
			{Label: t("roster.stat.placed"), Value: words.Number(p.Placed + p.Classes), Icon: ui.IconSchool},
			{Label: t("roster.stat.ties"), Value: words.Number(p.Ties), Icon: ui.IconLink},
		},
	}
	for _, k := range shown {
		n := max(r.Counts[k], whole(p, k))
		if n == 0 {
			continue
		}
		title := words.N(ctx, findingWords[k].title, n)
		part := reportPart{Summary: title, Open: k == feed.Gone || k == feed.Duplicate, Lead: t(findingWords[k].lead), List: ui.Items{Label: title}}
		for _, f := range r.Named[k] {
			part.List.Items = append(part.List.Items, ui.Item{Title: f.Name, Meta: f.Detail})
		}
		if more := n - len(r.Named[k]); more > 0 {
			part.More = words.N(ctx, "roster.finding.more", more)
		}
		v.Parts = append(v.Parts, part)
	}
	v.decide(ctx, p, reason, faults)
	return v
}

// whole is how many there are of a kind: the names that are kept of each are bounded.
func whole(p feed.Part, k feed.FindingKind) int {
	return map[feed.FindingKind]int{feed.Gone: p.Gone, feed.Created: p.Created, feed.Arrived: p.Arrived, feed.Changed: p.Changed, feed.Back: p.Back,
		feed.Moved: p.Moved, feed.Duplicate: p.Duplicates}[k]
}

// decide says what may be done with the report: nothing to do, apply, or apply with a reason.
func (v *reportView) decide(ctx context.Context, p feed.Part, reason string, faults map[string]string) {
	t := func(key string, args ...any) string { return words.T(ctx, key, args...) }
	apply := &ui.Button{Label: t("roster.apply"), Kind: ui.ButtonPrimary, Icon: ui.IconCheck}
	switch p.State {
	case feed.Unchanged:
		v.Notice = &ui.InlineNotice{Tone: ui.ToneSuccess, Text: t("roster.unchanged")}
	case feed.PartHeld:
		v.Notice = &ui.InlineNotice{Tone: ui.ToneWarning, Title: t("roster.held"), Text: t(heldWords[p.HeldFor])}
		v.Reason = &ui.TextArea{ID: "reason", Name: "reason", Label: t("roster.reason"), Hint: t("roster.reason.hint"), Value: reason, Error: faults["reason"],
			Rows: 3, MaxLength: 500, Required: true}
		v.Apply = apply
	case feed.PartReady, feed.PartAgreed:
		v.Apply = apply
	}
	if faults["reason"] != "" {
		v.Errors.Errors = []ui.FieldError{{FieldID: "reason", Text: faults["reason"]}}
	}
}
