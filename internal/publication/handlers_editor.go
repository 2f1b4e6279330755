package publication

import (
	"context"
	"sort"
	"strconv"
	"time"

	"elyco/internal/audience"
	"elyco/internal/fault"
	"elyco/internal/notice"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// editState is all that the editor's page is made from.
type editState struct {
	form     editForm
	stored   Publication // what the database holds; empty for a new draft
	fresh    bool        // a new draft
	errors   map[string]string
	conflict string
	refused  bool
	asked    bool   // shown again on the author's own wish, to see a preview or who is meant
	preview  string // rendered
}

func (d *Desk) shapeEditor(ctx context.Context, s editState) (editView, error) {
	e, err := d.editor(ctx)
	if err != nil {
		return editView{}, err
	}
	id := s.form.ID.String()
	v := editView{Title: words.T(ctx, "publication.edit"), Lead: s.stored.Title, Room: d.room, Form: s.form, SaveURL: d.path(id),
		PreviewURL: d.path("preview"), Errors: s.errors, Conflict: s.conflict, Preview: s.preview,
		PublishAt: localInput(s.form.PublishAt), EndsAt: localInput(s.form.EndsAt),
		Back: ui.Link{Label: words.T(ctx, d.room.Desk), URL: d.path("desk")}, Summary: summaryOf(s.errors)}
	if s.fresh {
		v.Title, v.Lead = words.T(ctx, d.room.New), ""
	}
	if s.stored.State == Published {
		v.PublishedNote = words.T(ctx, "publication.edit_live")
	}
	v.Sections = d.sectionChoices(ctx, e, s.form.Section)
	if s.stored.Cover.Key != "" {
		v.CoverURL = d.path(id, "draft-cover") + coverVersion(s.stored.Cover)
	}
	for _, a := range s.stored.Attachments {
		v.Files = append(v.Files, ui.Choice{Value: a.ID.String(), Label: a.Name, Hint: words.Size(a.Size)})
	}
	v.Picker, err = d.picker(ctx, s)
	return v, err
}

// sectionChoices lists what the editor serves. Whoever serves several sections chooses one: the first of the list would be
// nobody's choice.
func (d *Desk) sectionChoices(ctx context.Context, e Editor, chosen string) []ui.Choice {
	var list []ui.Choice
	for _, section := range d.room.Sections {
		if e.Serves(section.Name) {
			list = append(list, ui.Choice{Value: section.Name, Label: words.T(ctx, section.Title), Selected: section.Name == chosen})
		}
	}
	if len(list) < 2 || chosen != "" {
		return list
	}
	return append([]ui.Choice{{Label: words.T(ctx, "publication.section_choose"), Selected: true}}, list...)
}

func (d *Desk) picker(ctx context.Context, s editState) (audience.Picker, error) {
	choices, err := audience.ChoicesOf(ctx, d.db, tenant.From(ctx))
	if err != nil {
		return audience.Picker{}, err
	}
	// A choice that cannot be read was refused with its sentence; the picker then shows none.
	chosen, _ := s.form.audience()
	p := audience.Picker{Choices: choices, Chosen: chosen, Error: s.errors[audience.Field], LiveURL: d.path("audience"), AskURL: d.path("audience")}
	if !chosen.Empty() {
		r, err := d.reachOf(ctx, choices, chosen)
		if err != nil {
			return p, err
		}
		p.Reach = &r
	}
	return p, nil
}

// summaryOf leads from the top of a refused form to each field that is wrong.
func summaryOf(errors map[string]string) ui.ErrorSummary {
	var s ui.ErrorSummary
	for field, text := range errors {
		s.Errors = append(s.Errors, ui.FieldError{FieldID: field, Text: text})
	}
	sort.Slice(s.Errors, func(i, j int) bool { return s.Errors[i].FieldID < s.Errors[j].FieldID })
	return s
}

// localInput writes an instant as a browser's date and time field takes it.
func localInput(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(words.Zone()).Format("2006-01-02T15:04")
}

func (d *Desk) shapeDesk(ctx context.Context, v DeskView, e Editor) deskView {
	out := deskView{Title: words.T(ctx, d.room.Desk), Lead: words.T(ctx, "publication.desk_lead"), Icon: d.room.Icon,
		Empty: words.T(ctx, "publication.desk_empty"), EmptyText: emptyTab(ctx, v.Tab),
		Tools: []tool{{words.T(ctx, d.room.New), d.path("new"), ui.IconPlus, ui.ButtonPrimary}},
		Pager: numbered(ctx, d.path("desk")+"?state="+v.Tab+"&page=", v.Page, v.More)}
	for _, tab := range Tabs() {
		label := words.T(ctx, "publication.tab", "state", tabWord(ctx, tab), "n", v.Counts[tab])
		out.Tabs = append(out.Tabs, ui.Link{Label: label, URL: d.path("desk") + "?state=" + tab, Current: tab == v.Tab})
	}
	out.Table = ui.Table{Caption: words.T(ctx, d.room.Desk), HideCaption: true, Columns: []ui.Column{
		{Label: words.T(ctx, "publication.title_and_readers")}, {Label: words.T(ctx, "publication.when")},
		{Label: words.T(ctx, "publication.actions"), Hide: true}}}
	for _, p := range v.Items {
		out.Table.Rows = append(out.Table.Rows, d.deskRow(ctx, p, e))
	}
	return out
}

func (d *Desk) deskRow(ctx context.Context, p Publication, e Editor) ui.Row {
	id := p.ID.String()
	meant := p.AudienceWords
	if meant == "" {
		meant = words.T(ctx, "publication.for_nobody")
	}
	when := words.T(ctx, "publication.changed", "when", words.Since(p.UpdatedAt, d.db.NowIn(ctx)), "who", p.AuthorName)
	if p.State == Published {
		when = words.Since(p.PublishAt, d.db.NowIn(ctx))
	}
	return ui.Row{Cells: []ui.Cell{{Body: deskTitle(p.Title, d.path(id, "check"), meant)}, {Text: when},
		{Body: rowActions(strconv.Itoa(p.Version), d.rowLinks(ctx, p, e), d.rowPosts(ctx, p, e))}}}
}

func (d *Desk) rowLinks(ctx context.Context, p Publication, e Editor) []tool {
	id := p.ID.String()
	var links []tool
	if e.MayEdit(p) {
		links = append(links, tool{words.T(ctx, "publication.edit"), d.path(id, "edit"), ui.IconEdit, ui.ButtonQuiet})
	}
	if p.State == Published {
		links = append(links, tool{words.T(ctx, "publication.readers"), d.path(id, "receipts"), ui.IconGroup, ui.ButtonQuiet},
			tool{words.T(ctx, "publication.withdraw"), d.path(id, "withdrawal"), ui.IconClose, ui.ButtonQuiet})
	}
	return links
}

func (d *Desk) rowPosts(ctx context.Context, p Publication, e Editor) []post {
	id := p.ID.String()
	var posts []post
	if p.State == Withdrawn {
		posts = append(posts, post{words.T(ctx, "publication.restore"), d.path(id, "restoration"), ui.IconCheck})
	}
	if p.State != Archived && (e.Publishes || p.State != Published) {
		posts = append(posts, post{words.T(ctx, "publication.archive"), d.path(id, "archive"), ui.IconFolder})
	}
	return posts
}

func tabWord(ctx context.Context, tab string) string {
	switch tab {
	case string(Draft):
		return words.T(ctx, "publication.tab_draft")
	case string(InReview):
		return words.T(ctx, "publication.tab_review")
	case tabScheduled:
		return words.T(ctx, "publication.tab_scheduled")
	case string(Withdrawn):
		return words.T(ctx, "publication.tab_withdrawn")
	case string(Archived):
		return words.T(ctx, "publication.tab_archived")
	}
	return words.T(ctx, "publication.tab_published")
}

func stateWord(ctx context.Context, tab string) string {
	switch tab {
	case string(Draft):
		return words.T(ctx, "publication.state_draft")
	case string(InReview):
		return words.T(ctx, "publication.state_review")
	case tabScheduled:
		return words.T(ctx, "publication.state_scheduled")
	case string(Withdrawn):
		return words.T(ctx, "publication.state_withdrawn")
	case string(Archived):
		return words.T(ctx, "publication.state_archived")
	}
	return words.T(ctx, "publication.state_published")
}

func emptyTab(ctx context.Context, tab string) string {
	switch tab {
	case string(Draft):
		return words.T(ctx, "publication.empty_draft")
	case string(InReview):
		return words.T(ctx, "publication.empty_review")
	case tabScheduled:
		return words.T(ctx, "publication.empty_scheduled")
	}
	return words.T(ctx, "publication.empty_other")
}

func (d *Desk) shapeCheck(ctx context.Context, p Publication, e Editor) (checkView, error) {
	id := p.ID.String()
	v := checkView{Title: words.T(ctx, "publication.check_title"), Lead: words.Typeset(p.Title), Summary: words.Typeset(p.Summary), HTML: p.HTML, CoverAlt: p.Cover.Alt,
		Version: strconv.Itoa(p.Version), EditURL: d.path(id, "edit"), PublishWord: words.T(ctx, "publication.publish"),
		Back: ui.Link{Label: words.T(ctx, d.room.Desk), URL: d.path("desk")}, Facts: d.checkFacts(ctx, p)}
	if p.Cover.Key != "" {
		v.CoverURL = d.path(id, "draft-cover") + coverVersion(p.Cover)
	}
	reach, err := d.reach(ctx, p.Audience)
	if err != nil {
		return v, err
	}
	v.Reach = &reach
	now := d.db.NowIn(ctx)
	if err := d.foresee(ctx, p, &v); err != nil {
		return v, err
	}
	bad := fault.Fields{}
	p.checkText(bad)
	p.checkWhole(bad, d.room, now)
	v.Problems = summaryOf(bad)
	for i := range v.Problems.Errors {
		v.Problems.Errors[i].FieldID = ""
	}
	if len(bad) > 0 || p.State == Published || p.State == Archived {
		return v, nil
	}
	if p.PublishAt.After(now) {
		v.PublishWord = words.T(ctx, "publication.schedule", "when", words.DateTime(p.PublishAt))
	}
	if e.Publishes {
		v.PublishURL = d.path(id, "publication")
	}
	if !e.Publishes && p.State == Draft {
		v.SubmitURL = d.path(id, "review")
	}
	if p.State == InReview {
		v.SendBackURL = d.path(id, "return")
	}
	return v, nil
}

func (d *Desk) checkFacts(ctx context.Context, p Publication) []ui.Fact {
	yes := func(b bool) string {
		if b {
			return words.T(ctx, "publication.yes")
		}
		return words.T(ctx, "publication.no")
	}
	when, until := words.T(ctx, "publication.at_once"), words.T(ctx, "publication.no_end")
	if !p.PublishAt.IsZero() {
		when = words.DateTime(p.PublishAt)
	}
	if !p.EndsAt.IsZero() {
		until = words.DateTime(p.EndsAt)
	}
	facts := []ui.Fact{{Label: words.T(ctx, "publication.state"), Text: stateWord(ctx, d.tabOf(ctx, p))}, {Label: words.T(ctx, "publication.publish_at"), Text: when},
		{Label: words.T(ctx, "publication.ends_at"), Text: until}, {Label: words.T(ctx, "publication.wants_receipt"), Text: yes(p.WantsReceipt)}}
	if d.room.Public {
		facts = append(facts, ui.Fact{Label: words.T(ctx, "publication.public"), Text: yes(p.Public)})
	}
	if d.room.Short {
		facts = append(facts, ui.Fact{Label: words.T(ctx, "publication.urgent"), Text: yes(p.Urgent)})
	}
	return append(facts, ui.Fact{Label: words.T(ctx, "publication.files"), Text: strconv.Itoa(len(p.Attachments))})
}

func (d *Desk) tabOf(ctx context.Context, p Publication) string {
	if p.Scheduled(d.db.NowIn(ctx)) {
		return tabScheduled
	}
	return string(p.State)
}

func (d *Desk) shapeWithdraw(ctx context.Context, p Publication) withdrawView {
	return withdrawView{Title: words.T(ctx, "publication.withdraw_title"), Lead: p.Title, Version: strconv.Itoa(p.Version),
		URL: d.path(p.ID.String(), "withdrawal"), Reach: words.T(ctx, "publication.withdraw_reach", "who", p.AudienceWords),
		Back: ui.Link{Label: words.T(ctx, d.room.Desk), URL: d.path("desk") + "?state=" + string(Published)}}
}

// foresee says when readers would be told, and how much they have had to read of late; a space above does not look into its
// schools for that.
func (d *Desk) foresee(ctx context.Context, p Publication, v *checkView) error {
	if tenant.From(ctx).Kind != tenant.KindEstablishment || len(p.Keys) == 0 || p.State == Published || p.State == Archived {
		return nil
	}
	f, err := d.herald.Foresee(ctx, notice.Notice{ID: p.ID, Title: p.Title, Text: p.Summary, Urgent: p.Urgent && d.room.Short}, p.Audience)
	if err != nil {
		return err
	}
	for _, said := range f.Words(ctx, d.db.NowIn(ctx)) {
		v.Facts = append(v.Facts, ui.Fact{Label: said.Label, Text: said.Text})
	}
	v.Alike = f.Warnings(ctx, d.db.NowIn(ctx))
	return nil
}
