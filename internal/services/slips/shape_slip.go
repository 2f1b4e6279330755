package slips

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/ui"
	"elyco/internal/words"
)

// questionView is a question with the field that takes its answer.
type questionView struct {
	ID, Name, Title, Value, Error string
	Form                          Form
	Needed                        bool
	Choices                       []ui.Choice
}

// shapeQuestions makes the fields of a form; given are the answers that it shows.
func shapeQuestions(ctx context.Context, s Slip, id string, given [][]string, faults map[string]string) []questionView {
	var out []questionView
	for i, q := range s.Questions {
		v := questionView{ID: fmt.Sprintf("%s-%d", id, i+1), Name: fieldOf(i), Title: q.Title, Form: q.Form, Needed: q.Needed || s.Kind == Ballot, Error: faults[fieldOf(i)]}
		var mine []string
		if i < len(given) {
			mine = given[i]
		}
		if len(mine) > 0 {
			v.Value = mine[0]
		}
		for _, c := range q.choices(s.Kind) {
			choice := ui.Choice{Value: c, Label: q.value(c)}
			if s.Kind == Ballot && c != blank {
				choice.Label, choice.Hint = candidates(ctx, choice.Label)
			}
			for _, m := range mine {
				choice.Selected = choice.Selected || m == c
			}
			v.Choices = append(v.Choices, choice)
		}
		out = append(out, v)
	}
	return out
}

// candidates splits a line of a ballot: who stands, and who would stand in.
func candidates(ctx context.Context, line string) (label, hint string) {
	first, second, pair := strings.Cut(line, "/")
	if !pair {
		return line, ""
	}
	return strings.TrimSpace(first), words.T(ctx, "slips.ballot.deputy", "name", strings.TrimSpace(second))
}

func shapeSlip(ctx context.Context, v sight, now time.Time, lang string, t telling) slipView {
	out := slipView{Path: slipPath(v.ID), Title: v.Title, HTML: v.HTML, Kicker: kindWords(ctx, v.Slip), Leads: v.seat.leads, Paper: v.seat.paper, ResultsPath: resultsPath(v.ID),
		Lead: words.T(ctx, "slips.slip.lead", "author", v.AuthorName, "day", words.DateTime(v.ClosesAt))}
	for _, f := range v.Files {
		out.Files = append(out.Files, ui.Item{Title: f.Name, URL: slipPath(v.ID) + "/files/" + f.ID.String(), Icon: ui.IconAttach})
	}
	shapeLanguages(v, lang, &out)
	if err := v.takes(now); err != nil {
		out.Why = sentence(err)
	}
	out.Results = v.seat.leads || v.ResultsOpen && v.Over(now)
	if v.Anonymous {
		out.Promise, out.How = words.T(ctx, "slips.promise.survey"), words.T(ctx, "slips.promise.survey.how")
		if v.Kind == Ballot {
			out.Promise, out.How = words.T(ctx, "slips.promise.ballot"), words.T(ctx, "slips.promise.ballot.how")
		}
	}
	if v.Required {
		out.Required = words.T(ctx, "slips.required")
	}
	for i, l := range v.lines() {
		out.Lines = append(out.Lines, shapeLine(ctx, v, l, i, now, t))
	}
	return out
}

func shapeLanguages(v sight, lang string, out *slipView) {
	for _, l := range Languages() {
		text, ok := v.text(l.Code)
		if !ok {
			continue
		}
		out.Languages = append(out.Languages, languageLink{Code: l.Code, Name: l.Name, Dir: l.dir(), URL: slipPath(v.ID) + "?lang=" + l.Code, Current: l.Code == lang})
		if l.Code == lang {
			out.Other = &otherText{Lang: l.Code, Dir: l.dir(), Title: text.Title, Paragraphs: paragraphs(text.Body)}
		}
	}
}

// paragraphs splits what a translator wrote into its paragraphs, and these into lines.
func paragraphs(body string) [][]string {
	var out [][]string
	for p := range strings.SplitSeq(body, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, strings.Split(p, "\n"))
		}
	}
	return out
}

func shapeLine(ctx context.Context, v sight, l Asked, i int, now time.Time, t telling) lineView {
	out := lineView{ID: fmt.Sprintf("for-%d", i+1), Child: l.Child.String(), Open: v.Open(now), Anonymous: v.Anonymous, Ballot: v.Kind == Ballot, Signs: v.Kind == Coupon,
		Title: words.T(ctx, "slips.line.you"), Signer: v.me.Name, Today: words.Date(now)}
	if out.Ballot {
		out.Title = words.T(ctx, "slips.line.ballot")
	}
	if l.ChildName != "" {
		out.Title = words.T(ctx, "slips.line.child", "name", l.ChildName)
		out.Class = l.Class
	}
	given := [][]string(nil)
	if l.Reply != nil {
		given = l.Reply.Answers
		out.Given = shapeGiven(ctx, v.Slip, *l.Reply)
		out.Receipt = slipPath(v.ID) + "/receipt?child=" + l.Child.String()
		out.Stamp = stampOf(ctx, *l.Reply)
	}
	out.Voted = l.Voted
	if done, other := v.settled(l); other.Reply != nil && l.Reply == nil {
		out.Other = words.T(ctx, "slips.line.other", "name", other.Name, "day", words.DateTime(other.Reply.SignedAt))
		if !done {
			out.Other = words.T(ctx, "slips.line.both", "name", other.Name)
		}
		out.Settled = done
	}
	if len(t.faults) > 0 && t.child == l.Child {
		given, out.Typed, out.Faults, out.Opened = t.sent, t.typed, t.faults, true
		out.Summary = summaryOf(t.faults, out.ID)
	}
	out.Questions = shapeQuestions(ctx, v.Slip, out.ID, given, out.Faults)
	return out
}

// summaryOf leads from the top of a refused form to each field that is wrong.
func summaryOf(faults map[string]string, id string) (s ui.ErrorSummary) {
	for i := range maxQuestions {
		if text := faults[fieldOf(i)]; text != "" {
			s.Errors = append(s.Errors, ui.FieldError{FieldID: fmt.Sprintf("%s-%d", id, i+1), Text: text})
		}
	}
	for _, field := range []string{"signature", "who"} {
		if text := faults[field]; text != "" {
			s.Errors = append(s.Errors, ui.FieldError{FieldID: id + "-" + field, Text: text})
		}
	}
	return s
}

func stampOf(ctx context.Context, r Reply) string {
	switch {
	case r.OnPaper:
		return words.T(ctx, "slips.stamp.paper", "day", words.DateTime(r.SignedAt), "name", r.WriterName)
	case r.SignedAs != "":
		return words.T(ctx, "slips.stamp.signed", "day", words.DateTime(r.SignedAt), "name", r.SignedAs)
	}
	return words.T(ctx, "slips.stamp.given", "day", words.DateTime(r.SignedAt))
}

func shapeGiven(ctx context.Context, s Slip, r Reply) []ui.Fact {
	var out []ui.Fact
	for i, q := range s.Questions {
		text := words.T(ctx, "slips.none_given")
		if i < len(r.Answers) && len(r.Answers[i]) > 0 {
			text = inWords(q, r.Answers[i])
		}
		out = append(out, ui.Fact{Label: q.Title, Text: text})
	}
	return out
}

func inWords(q Question, given []string) string {
	out := make([]string, 0, len(given))
	for _, g := range given {
		out = append(out, q.value(g))
	}
	return strings.Join(out, ", ")
}

func shapeReceipt(ctx context.Context, v sight, l Asked) receiptView {
	out := receiptView{Back: slipPath(v.ID), Title: v.Title, Facts: []ui.Fact{{Label: words.T(ctx, "slips.receipt.from"), Text: v.AuthorName}}}
	if l.ChildName != "" {
		text := l.ChildName
		if l.Class != "" {
			text += ", " + l.Class
		}
		out.Facts = append(out.Facts, ui.Fact{Label: words.T(ctx, "slips.receipt.child"), Text: text})
	}
	out.Facts = append(out.Facts, ui.Fact{Label: words.T(ctx, "slips.receipt.by"), Text: l.Name})
	out.Facts = append(out.Facts, shapeGiven(ctx, v.Slip, *l.Reply)...)
	out.Facts = append(out.Facts, ui.Fact{Label: words.T(ctx, "slips.receipt.when"), Text: stampOf(ctx, *l.Reply)},
		ui.Fact{Label: words.T(ctx, "slips.receipt.number"), Text: v.ID.String()[:8] + "-" + l.Child.String()[24:]})
	return out
}

func shapePaper(ctx context.Context, s Slip, list []Unit, t telling, who string) paperView {
	v := paperView{Path: slipPath(s.ID) + "/paper", Back: slipPath(s.ID), Title: s.Title, Faults: t.faults, Questions: shapeQuestions(ctx, s, "paper", t.sent, t.faults),
		Summary: summaryOf(t.faults, "paper")}
	v.Who = append(v.Who, ui.Choice{Label: words.T(ctx, "slips.paper.choose")})
	for _, u := range list {
		for _, a := range u.Asked {
			value := a.Person.String() + ":" + a.Child.String()
			label := a.Name
			if a.Child != uuid.Nil {
				label = words.T(ctx, "slips.paper.for", "child", a.ChildName, "name", a.Name)
			}
			if a.Reply != nil {
				label += " ✓"
			}
			v.Who = append(v.Who, ui.Choice{Value: value, Label: label, Group: a.Class, Selected: value == who})
		}
	}
	return v
}
