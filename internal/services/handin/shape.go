package handin

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func boxPath(id uuid.UUID) string { return home + "/boxes/" + id.String() }

func shapeList(ctx context.Context, now time.Time, boxes []listed, more bool, seatOf func(l listed) seat, me school.PersonID, mayCreate bool) listView {
	v := listView{MayCreate: mayCreate}
	for _, l := range boxes {
		s := seatOf(l)
		it := ui.Item{Title: l.Title, URL: boxPath(l.ID), Icon: ui.IconHomework,
			Meta:   words.T(ctx, "handin.list.meta", "class", l.Target.Name, "author", l.AuthorName, "day", words.DateTime(l.ClosesAt)),
			Badges: []ui.Badge{phaseBadge(ctx, l.PhaseAt(now))}}
		if s.gives {
			it.Badges = append(it.Badges, givenBadge(ctx, l.gave(me), ""))
		}
		for _, c := range s.children {
			it.Badges = append(it.Badges, givenBadge(ctx, l.gave(c.ID), c.Name))
		}
		v.Items = append(v.Items, it)
	}
	if more {
		end := boxes[len(boxes)-1]
		v.Next = home + "?" + url.Values{"before": {end.ClosesAt.Format(time.RFC3339Nano)}, "last": {end.ID.String()}}.Encode()
	}
	return v
}

func phaseBadge(ctx context.Context, p Phase) ui.Badge {
	return []ui.Badge{
		{Label: words.T(ctx, "handin.phase.waiting")},
		{Label: words.T(ctx, "handin.phase.open"), Tone: ui.ToneInfo},
		{Label: words.T(ctx, "handin.phase.overdue"), Tone: ui.ToneWarning},
		{Label: words.T(ctx, "handin.phase.closed")},
		{Label: words.T(ctx, "handin.phase.returned"), Tone: ui.ToneSuccess},
	}[p]
}

func givenBadge(ctx context.Context, given bool, child string) ui.Badge {
	b := ui.Badge{Label: words.T(ctx, "handin.state.missing"), Tone: ui.ToneWarning}
	if given {
		b = ui.Badge{Label: words.T(ctx, "handin.state.given"), Tone: ui.ToneSuccess, Icon: ui.IconCheck}
	}
	if child != "" {
		b.Label = child + " : " + b.Label
	}
	return b
}

func local(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(words.Zone()).Format("2006-01-02T15:04")
}

func shapeNew(f boxForm, list []Target, faults map[string]string) newView {
	v := newView{Form: f, Opens: local(f.Opens), Closes: local(f.Closes), Faults: faults, None: len(list) == 0}
	for _, t := range list {
		value := string(t.Kind) + ":" + t.ID.String()
		v.Targets = append(v.Targets, ui.Choice{Value: value, Label: t.Name, Selected: value == f.Target})
	}
	return v
}

func shapeBox(ctx context.Context, s sight, t telling) boxView {
	phase := s.PhaseAt(s.now)
	v := boxView{ID: s.ID.String(), Path: boxPath(s.ID), Title: s.Title, Instructions: strings.FieldsFunc(s.Instructions, func(r rune) bool { return r == '\n' }),
		Problems: t.problems, Matched: t.matched, Faults: t.faults, Version: strconv.Itoa(s.Version)}
	v.Lead = words.T(ctx, "handin.box.lead", "class", s.Target.Name, "author", s.AuthorName)
	v.Facts = []ui.Fact{{Label: words.T(ctx, "handin.box.state"), Body: phaseBadge(ctx, phase)},
		{Label: words.T(ctx, "handin.box.closes"), Text: words.DateTime(s.ClosesAt)},
		{Label: words.T(ctx, "handin.box.late"), Text: words.T(ctx, map[bool]string{true: "handin.box.late.yes", false: "handin.box.late.no"}[s.Late])}}
	if !s.ReturnedAt.IsZero() {
		v.Facts = append(v.Facts, ui.Fact{Label: words.T(ctx, "handin.box.returned"), Text: words.DateTime(s.ReturnedAt)})
	}
	if s.seat.gives {
		v.Mine = shapeMine(ctx, s)
	}
	for _, c := range s.seat.children {
		d, _ := s.of(c.ID)
		line := childLine{Name: c.Name, State: givenBadge(ctx, d.Given(), "")}
		if d.Given() {
			line.Text = givenAt(ctx, d)
		}
		v.Children = append(v.Children, line)
	}
	if s.seat.author || s.seat.follows {
		v.Staff = shapeStaff(ctx, s)
	}
	return v
}

func givenAt(ctx context.Context, d Deposit) string {
	key := "handin.given_at"
	if d.Late {
		key = "handin.given_late"
	}
	return words.T(ctx, key, "day", words.DateTime(d.At))
}

func shapeMine(ctx context.Context, s sight) *mineView {
	late, err := s.Takes(s.now)
	m := &mineView{Open: err == nil, Late: late, Why: sentence(err)}
	d, _ := s.mine()
	m.Comment = d.Comment
	if d.Given() {
		m.Receipt = givenAt(ctx, d)
	}
	if len(d.Members) > 1 {
		m.Team = d.Label()
	}
	for _, f := range d.Files {
		m.Files = append(m.Files, fileView{Name: f.Name, Meta: words.T(ctx, "handin.file.meta", "size", words.Size(f.Size), "name", f.By), URL: fileURL(s, f), Removal: fileURL(s, f) + "/removal"})
	}
	if !s.ReturnedAt.IsZero() {
		for _, f := range d.Copies {
			m.Copies = append(m.Copies, ui.Item{Title: f.Name, URL: fileURL(s, f), Meta: words.Size(f.Size), Icon: ui.IconDownload})
		}
	}
	if s.Teams && m.Open && len(d.Members) < maxTeam {
		m.TeamID = d.ID.String()
		if d.ID == uuid.Nil {
			m.TeamID = school.NewID().String()
		}
		for _, p := range s.Pupils {
			if p.ID != s.me && !d.Of(p.ID) {
				m.Mates = append(m.Mates, ui.Choice{Value: p.ID.String(), Label: p.Name()})
			}
		}
	}
	return m
}

func fileURL(s sight, f File) string { return boxPath(s.ID) + "/files/" + f.ID.String() }

func shapeStaff(ctx context.Context, s sight) *staffView {
	_, err := s.Takes(s.now)
	v := &staffView{Author: s.seat.author, Closes: local(s.ClosesAt), Late: s.Late, Open: s.ReturnedAt.IsZero(), CanClose: err == nil && s.PhaseAt(s.now) != Waiting}
	all := s.everybody()
	slices.SortFunc(all, func(a, b Pupil) int { return cmp.Compare(words.Fold(a.Name()), words.Fold(b.Name())) })
	for _, p := range all {
		d, _ := s.of(p.ID)
		row := pupilRow{ID: p.ID.String(), Name: p.Name(), State: givenBadge(ctx, d.Given(), "")}
		if len(d.Members) > 1 {
			row.Team = words.T(ctx, "handin.team.of", "names", d.Label())
		}
		switch {
		case d.Given():
			v.Given++
			row.At = words.Stamp(d.At)
			if d.Late {
				row.State = ui.Badge{Label: words.T(ctx, "handin.state.late"), Tone: ui.ToneWarning}
			}
		default:
			v.Missing = append(v.Missing, p.Name())
		}
		if s.seat.author {
			row.Comment = d.Comment
			for _, f := range d.Files {
				row.Files = append(row.Files, ui.Link{Label: f.Name, URL: fileURL(s, f)})
			}
			for _, f := range d.Copies {
				row.Copies = append(row.Copies, ui.Link{Label: f.Name, URL: fileURL(s, f)})
				v.Copies++
			}
		}
		v.Rows = append(v.Rows, row)
	}
	v.Progress = ui.Progress{ID: "given", Label: words.T(ctx, "handin.progress"), Value: v.Given, Max: max(1, len(all)),
		Words: words.T(ctx, "handin.progress.words", "n", v.Given, "all", len(all)), Tone: ui.ToneSuccess}
	phase := s.PhaseAt(s.now)
	v.CanReturn = s.seat.author && v.Copies > 0 && (phase == Overdue || phase == Closed)
	for _, p := range all {
		v.Choices = append(v.Choices, ui.Choice{Value: p.ID.String(), Label: p.Name()})
	}
	return v
}

// shapeCSV is the list as a table. A cell that a spreadsheet would run as a formula is made a text.
func shapeCSV(ctx context.Context, s sight) [][]string {
	rows := [][]string{{words.T(ctx, "handin.col.pupil"), words.T(ctx, "handin.col.state"), words.T(ctx, "handin.col.at")}}
	for _, p := range shapeStaff(ctx, s).Rows {
		name := p.Name
		if strings.ContainsAny(name[:min(1, len(name))], "=+-@\t") {
			name = "'" + name
		}
		rows = append(rows, []string{name, p.State.Label, p.At})
	}
	return rows
}
