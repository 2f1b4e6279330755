package mydata

import (
	"context"
	"time"

	"elyco/internal/school"
	"elyco/internal/ui"
	"elyco/internal/words"
)

type exportsView struct {
	around
	Waiting  bool
	Progress ui.Progress
	Form     ui.Form
	ID       string
	Child    string
	Contents []string
	List     []archiveItem
}

type archiveItem struct {
	Title, Text, URL string
	Badge            ui.Badge
}

func (r *Room) shapeExports(ctx context.Context, s Subject, list []Archive) exportsView {
	v := exportsView{around: frame(ctx, s, "/exports", "mydata.export.title", "mydata.export.lead", "mydata.export.lead_child"), Form: ui.Form{ID: "ask", Action: home + "/exports"}, ID: school.NewID().String()}
	v.Contents = []string{words.T(ctx, "mydata.export.contents.data"), words.T(ctx, "mydata.export.contents.list")}
	if s.Own {
		v.Contents = append(v.Contents, words.T(ctx, "mydata.export.contents.documents"))
	} else {
		v.Child = s.Person.String()
		v.Contents = append(v.Contents, words.T(ctx, "mydata.export.contents.child"))
	}
	now := r.db.NowIn(ctx)
	for _, a := range list {
		if a.State == Waiting {
			v.Waiting = true
			v.Progress = ui.Progress{ID: "progress", Label: words.T(ctx, "mydata.export.waiting"), Value: a.Done, Max: max(1, a.Total),
				Words: words.T(ctx, "mydata.export.progress", "done", a.Done*100/max(1, a.Total))}
			continue
		}
		if a.Person != s.Person {
			continue
		}
		item := archiveItem{Title: words.T(ctx, "mydata.export.of", "when", words.DateTime(a.CreatedAt))}
		if a.Takable(now) {
			item.URL = at("/exports/"+a.ID.String()+"/file", Subject{Own: true})
			item.Text = words.T(ctx, "mydata.export.until", "size", words.Size(a.Size), "when", words.DateTime(a.ExpiresAt))
			item.Badge = ui.Badge{Label: words.T(ctx, "mydata.export.ready"), Tone: ui.ToneSuccess, Icon: ui.IconCheck}
		} else {
			item.Text = words.T(ctx, "mydata.export.failed")
			item.Badge = ui.Badge{Label: words.T(ctx, "mydata.export.missed"), Tone: ui.ToneDanger, Icon: ui.IconAlert}
		}
		v.List = append(v.List, item)
	}
	return v
}

type archiveView struct {
	Lang, Title, Lead, Made, Documents string
	Spaces                             []archivedSpace
}

// shapeArchive is the page that opens an archive. It is read from a disk, years later perhaps: nothing in it leads
// elsewhere.
func shapeArchive(ctx context.Context, spaces []archivedSpace, documents int, own bool, now time.Time) archiveView {
	v := archiveView{Title: words.T(ctx, "mydata.archive.title"), Lead: words.T(ctx, "mydata.archive.lead", "mydata.archive.lead_child"), Made: words.T(ctx, "mydata.archive.made", "when", words.DateTime(now)), Spaces: spaces}
	v.Documents = words.T(ctx, "mydata.archive.no_documents")
	if own && documents > 0 {
		v.Documents = words.N(ctx, "mydata.archive.documents", documents)
	}
	return v
}
