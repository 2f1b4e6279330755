package documents

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// spaceName is what people call a space. The room names those that have no name of their own.
func spaceName(ctx context.Context, s drive.Space) string {
	switch {
	case s.Kind == drive.Personal:
		return words.T(ctx, "documents.space.personal")
	case s.Kind == drive.Common:
		return commonName(ctx)
	case s.Name != "":
		return s.Name
	}
	return words.T(ctx, "documents.title")
}

func commonName(ctx context.Context) string {
	switch tenant.From(ctx).Kind {
	case tenant.KindAcademy:
		return words.T(ctx, "documents.space.academy")
	case tenant.KindCollectivity:
		return words.T(ctx, "documents.space.collectivity")
	}
	return words.T(ctx, "documents.space.house")
}

func spaceKind(ctx context.Context, k drive.Kind) string {
	switch k {
	case drive.Personal:
		return words.T(ctx, "documents.space.personal_kind")
	case drive.Class:
		return words.T(ctx, "documents.space.class_kind")
	case drive.Group:
		return words.T(ctx, "documents.space.group_kind")
	}
	return words.T(ctx, "documents.space.house_kind")
}

func spaceIcon(k drive.Kind) (ui.Icon, ui.Hue) {
	switch k {
	case drive.Personal:
		return ui.IconUser, 1
	case drive.Class:
		return ui.IconSchool, 2
	case drive.Group:
		return ui.IconGroup, 4
	}
	return ui.IconBuilding, 5
}

// usedWords is how full a space is: « 1,2 Go sur 5 Go ».
func usedWords(ctx context.Context, s drive.Space) (string, ui.Tone) {
	tone := ui.ToneNeutral
	if full := share(s.Used, s.Quota); full >= 950 {
		tone = ui.ToneDanger
	} else if full >= 800 {
		tone = ui.ToneWarning
	}
	return words.T(ctx, "documents.used_words", "used", words.Size(s.Used), "quota", words.Size(s.Quota)), tone
}

func (r *Room) shapeOverview(ctx context.Context, spaces []drive.Space, received []drive.Received) overviewView {
	const latest = 5
	v := overviewView{Recent: r.receivedItems(ctx, received[:min(latest, len(received))]), Doors: []door{
		{words.T(ctx, "documents.received"), words.T(ctx, "documents.received.door"), home + "/received", ui.IconShare},
		{words.T(ctx, "documents.trash"), words.T(ctx, "documents.trash.door"), home + "/trash", ui.IconTrash},
	}}
	for _, s := range spaces {
		icon, hue := spaceIcon(s.Kind)
		used, tone := usedWords(ctx, s)
		v.Spaces = append(v.Spaces, spaceCard{ID: s.Segment(), Name: spaceName(ctx, s), Kind: spaceKind(ctx, s.Kind), URL: spacePath(s.Segment()),
			Used: used, Files: words.N(ctx, "documents.files", s.Files), Icon: icon, Hue: hue, Share: share(s.Used, s.Quota), Tone: tone})
	}
	return v
}

// trail leads from the room to what a page shows.
func (r *Room) trail(ctx context.Context, s drive.Space, more ...drive.Node) []ui.Link {
	links := []ui.Link{{Label: words.T(ctx, "documents.title"), URL: home}}
	if s.Role == drive.None {
		links = append(links, ui.Link{Label: words.T(ctx, "documents.received"), URL: home + "/received"})
	} else {
		links = append(links, ui.Link{Label: spaceName(ctx, s), URL: spacePath(s.Segment())})
	}
	for _, n := range more {
		links = append(links, ui.Link{Label: n.Name, URL: folderPath(n.ID)})
	}
	return links
}

func (r *Room) shapeFolder(ctx context.Context, l drive.Listing, p place, m manner, s folderState) folderView {
	root := p.folder == uuid.Nil
	v := folderView{Title: l.Folder.Name, Trail: r.trail(ctx, l.Space, l.Trail...), Problems: s.problems, Grid: m.View == "grid",
		Space: p.space.Segment(), Folder: p.folder.String(), Back: m.in(p.url())}
	if root {
		v.Title, v.Trail = spaceName(ctx, l.Space), v.Trail[:1]
		v.Lead = leadOf(ctx, l.Space)
	} else {
		v.Tools = append(v.Tools, ui.ButtonLink{Label: words.T(ctx, "documents.folder.details"), URL: itemPath(p.folder), Icon: ui.IconInfo})
	}
	if l.Space.Role != drive.None {
		v.Used, _ = usedWords(ctx, l.Space)
		v.Tools = append(v.Tools, ui.ButtonLink{Label: words.T(ctx, "documents.trash"), URL: trashPath(p.space.Segment()), Icon: ui.IconTrash, Kind: ui.ButtonQuiet})
	}
	list, grid := m, m
	list.View, grid.View = "", "grid"
	v.Views = []ui.Link{{Label: words.T(ctx, "documents.view.list"), URL: list.in(p.url()), Icon: ui.IconList, Current: !v.Grid},
		{Label: words.T(ctx, "documents.view.grid"), URL: grid.in(p.url()), Icon: ui.IconImage, Current: v.Grid}}
	for _, n := range l.Nodes {
		v.Entries = append(v.Entries, r.entry(ctx, n))
		v.MayChange = v.MayChange || n.Role == drive.Editor
	}
	v.Table = r.table(ctx, l.Nodes, v.Entries, m, p)
	v.Pager = pager(ctx, m, p, l.Next)
	if l.Folder.Role >= drive.Add {
		v.Deposit = depositOf(ctx, p, s)
	}
	return v
}

func leadOf(ctx context.Context, s drive.Space) string {
	switch s.Kind {
	case drive.Personal:
		return words.T(ctx, "documents.space.personal_lead")
	case drive.Class, drive.Group:
		if s.Role >= drive.Add {
			return words.T(ctx, "documents.space.class_lead")
		}
		return words.T(ctx, "documents.space.class_reader_lead")
	}
	return words.T(ctx, "documents.space.house_lead")
}

func pager(ctx context.Context, m manner, p place, next string) ui.Pager {
	first, after := m, m
	first.After, after.After = "", next
	out := ui.Pager{}
	if m.After != "" {
		out.Previous, out.Words = first.in(p.url()), words.T(ctx, "documents.pager.start")
	}
	if next != "" {
		out.Next = after.in(p.url())
	}
	return out
}

// depositWords are the sentences that the script shows; it fills in the figures.
func depositWords(ctx context.Context) string {
	text, err := json.Marshal(map[string]string{
		"waiting": words.T(ctx, "documents.sending.waiting"), "sending": words.T(ctx, "documents.sending.sending", "sent", "{sent}", "size", "{size}"),
		"paused":   words.T(ctx, "documents.sending.paused", "sent", "{sent}", "size", "{size}"),
		"failed":   words.T(ctx, "documents.sending.failed"),
		"retrying": words.T(ctx, "documents.sending.retrying"), "checking": words.T(ctx, "documents.sending.checking"),
		"done": words.T(ctx, "documents.sending.done", "size", "{size}"), "refused": words.T(ctx, "documents.error.other"),
		"total":    words.T(ctx, "documents.sending.total", "done", "{done}", "all", "{all}", "sent", "{sent}", "size", "{size}"),
		"finished": words.T(ctx, "documents.sending.finished", "done", "{done}", "all", "{all}"),
		"wrong":    words.T(ctx, "documents.sending.wrong", "wrong", "{wrong}"), "leave": words.T(ctx, "documents.sending.leave"),
	})
	if err != nil { // a map of strings is always text
		return "{}"
	}
	return string(text)
}

func depositOf(ctx context.Context, p place, s folderState) *deposit {
	d := &deposit{Space: p.space.Segment(), Folder: p.folder.String(), NewID: school.NewID().String(), FolderName: s.folderName, FolderError: s.nameError,
		Words: depositWords(ctx), Limit: words.T(ctx, "documents.deposit.limit")}
	d.PlainURL = home + "/files?space=" + d.Space + "&folder=" + d.Folder + "&id=" + school.NewID().String()
	return d
}

func (r *Room) entry(ctx context.Context, n drive.Node) entry {
	if n.Folder {
		return entry{ID: n.ID.String(), Name: n.Name, URL: folderPath(n.ID), Kind: words.T(ctx, "documents.kind.folder"), Folder: true,
			Facts: words.Since(n.ModifiedAt, r.db.NowIn(ctx)), Badges: folderBadges(ctx, n)}
	}
	k := kindOf(n.Type, n.Name)
	e := entry{ID: n.ID.String(), Name: n.Name, URL: itemPath(n.ID), Kind: words.T(ctx, k.key), Letters: k.letters, Hue: ui.Hue(k.hue),
		Facts: words.Size(n.Size) + " · " + words.Since(n.ModifiedAt, r.db.NowIn(ctx)), Badges: stateBadges(ctx, n.State)}
	if n.Preview != "" {
		e.Thumb = itemPath(n.ID, "preview") + "?v=" + n.Hash[:min(8, len(n.Hash))]
	}
	return e
}

func folderBadges(ctx context.Context, n drive.Node) []ui.Badge {
	switch n.Opening {
	case drive.Open:
		return []ui.Badge{{Label: words.T(ctx, "documents.opening.open_badge"), Tone: ui.ToneSuccess}}
	case drive.Closed:
		return []ui.Badge{{Label: words.T(ctx, "documents.opening.closed_badge")}}
	}
	return nil
}

func stateBadges(ctx context.Context, s drive.State) []ui.Badge {
	switch s {
	case drive.Pending:
		return []ui.Badge{{Label: words.T(ctx, "documents.state.pending"), Tone: ui.ToneWarning, Icon: ui.IconClock}}
	case drive.Quarantined:
		return []ui.Badge{{Label: words.T(ctx, "documents.state.quarantined"), Tone: ui.ToneDanger, Icon: ui.IconAlert}}
	}
	return nil
}

func (r *Room) table(ctx context.Context, nodes []drive.Node, entries []entry, m manner, p place) ui.Table {
	column := func(label, by string, numeric bool) ui.Column {
		to, c := m, ui.Column{Label: label, Numeric: numeric}
		to.After, to.Sort = "", by
		switch m.Sort {
		case by:
			c.Sorted, to.Sort = "ascending", "-"+by
		case "-" + by:
			c.Sorted = "descending"
		}
		c.Sort = to.in(p.url())
		return c
	}
	t := ui.Table{Caption: words.T(ctx, "documents.content"), HideCaption: true, Columns: []ui.Column{
		column(words.T(ctx, "documents.column.name"), "name", false), column(words.T(ctx, "documents.column.size"), "size", true),
		column(words.T(ctx, "documents.column.modified"), "modified", false), {Label: words.T(ctx, "documents.column.by")}, {Label: words.T(ctx, "documents.column.more"), Hide: true}}}
	for i, n := range nodes {
		size := "–"
		if !n.Folder {
			size = words.Size(n.Size)
		}
		by := n.ModifiedBy
		if strings.TrimSpace(by) == "" {
			by = n.AuthorName
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Body: nameCell(entries[i])}, {Text: size}, {Text: words.Since(n.ModifiedAt, r.db.NowIn(ctx))}, {Text: by},
			{Body: moreCell(words.T(ctx, "documents.more", "name", n.Name), itemPath(n.ID))}}})
	}
	return t
}

func (r *Room) shapeTrash(ctx context.Context, spaces []drive.Space, s drive.Space, nodes []drive.Node) trashView {
	days := int(drive.Defaults().Trash.Hours() / 24)
	v := trashView{Trail: r.trail(ctx, s), Lead: words.N(ctx, "documents.trash.lead", days), Space: s.Segment(), Empty: len(nodes) == 0, MayWipe: s.Role == drive.Editor}
	for _, one := range spaces {
		v.Tabs = append(v.Tabs, ui.Link{Label: spaceName(ctx, one), URL: trashPath(one.Segment()), Current: one.SpaceRef == s.SpaceRef})
	}
	v.Table = ui.Table{Caption: words.T(ctx, "documents.trash"), HideCaption: true, Columns: []ui.Column{{Label: words.T(ctx, "documents.column.name")},
		{Label: words.T(ctx, "documents.trash.from")}, {Label: words.T(ctx, "documents.trash.when")}, {Label: words.T(ctx, "documents.trash.until")}}}
	for _, n := range nodes {
		e := r.entry(ctx, n)
		e.URL, e.Thumb = "", ""
		from := slices.DeleteFunc([]string{spaceName(ctx, s), n.TrashedFrom}, func(s string) bool { return s == "" })
		v.Table.Rows = append(v.Table.Rows, ui.Row{Cells: []ui.Cell{{Body: nameCell(e)}, {Text: strings.Join(from, " / ")},
			{Text: words.T(ctx, "documents.trash.by", "when", words.Since(n.TrashedAt, r.db.NowIn(ctx)), "who", n.TrashedBy)},
			{Text: words.Date(n.TrashedAt.AddDate(0, 0, days))}}})
	}
	return v
}
