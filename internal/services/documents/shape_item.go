package documents

import (
	"context"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"elyco/internal/drive"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// Item is a thing with all that its page shows of it.
type Item struct {
	Node     drive.Node
	Way      drive.Listing // of the folder that it is in; zero when only the thing itself was shared
	Versions []drive.Version
	Comments []Comment
	Text     string
	Cut      bool
}

func (r *Room) shapeItem(ctx context.Context, item Item, s itemState) itemView {
	n := item.Node
	v := itemView{Title: n.Name, Kicker: words.T(ctx, "documents.kind.folder"), ID: n.ID.String(), Name: n.Name, NameError: s.nameError, Folder: n.Folder,
		Trail: r.itemTrail(ctx, item), MayChange: n.Role == drive.Editor, Text: item.Text, Cut: item.Cut,
		Comment: commentForm{Body: s.comment, Error: s.commentError, ID: school.NewID().String()}}
	if s.nameError != "" {
		v.Name = s.name
	}
	if !n.Folder {
		k := kindOf(n.Type, n.Name)
		v.Kicker, v.Look, v.Content = words.T(ctx, k.key), k.look, itemPath(n.ID, "content")+"?show=1"
		v.Archive = n.Type == zipType && item.Way.Folder.Role >= drive.Add
		if n.State == drive.Quarantined || n.Size == 0 || n.State == drive.Pending && n.Author != session.Actor(ctx).Person {
			v.Look = lookNone
		}
		if v.Look == lookWords && v.Text == "" {
			v.Look = lookNone
		}
		if n.Preview != "" {
			v.Thumb = itemPath(n.ID, "preview")
		}
	}
	v.State = stateNotice(ctx, n.State)
	v.Facts = r.facts(ctx, item)
	v.Tools = r.itemTools(ctx, n)
	if n.Folder && n.Role == drive.Editor && n.Space.Kind != drive.Personal {
		v.Opening = openingChoices(ctx, n.Opening)
	}
	for _, one := range item.Versions {
		v.Versions = append(v.Versions, r.version(ctx, n, one))
	}
	for _, one := range item.Comments {
		v.Comments = append(v.Comments, r.comment(ctx, n, one))
	}
	return v
}

func (r *Room) itemTrail(ctx context.Context, item Item) []ui.Link {
	if item.Way.Space.Kind == "" {
		return r.trail(ctx, drive.Space{})
	}
	more := item.Way.Trail
	if item.Way.Folder.Name != "" {
		more = append(more, item.Way.Folder)
	}
	return r.trail(ctx, item.Way.Space, more...)
}

// stateNotice says why a file cannot be read; nil when it can.
func stateNotice(ctx context.Context, s drive.State) templ.Component {
	switch s {
	case drive.Pending:
		return ui.InlineNotice{Tone: ui.ToneWarning, Title: words.T(ctx, "documents.state.pending"), Text: words.T(ctx, "documents.state.pending_text")}
	case drive.Quarantined:
		return ui.InlineNotice{Tone: ui.ToneDanger, Title: words.T(ctx, "documents.state.quarantined"), Text: words.T(ctx, "documents.state.quarantined_text")}
	}
	return nil
}

func openingChoices(ctx context.Context, now drive.Opening) []ui.Choice {
	choices := []ui.Choice{
		{Value: string(drive.Inherited), Label: words.T(ctx, "documents.opening.inherited")},
		{Value: string(drive.Open), Label: words.T(ctx, "documents.opening.open"), Hint: words.T(ctx, "documents.opening.open_hint")},
		{Value: string(drive.Closed), Label: words.T(ctx, "documents.opening.closed")},
	}
	for i := range choices {
		choices[i].Selected = choices[i].Value == string(now)
	}
	return choices
}

func (r *Room) itemTools(ctx context.Context, n drive.Node) []ui.ButtonLink {
	var tools []ui.ButtonLink
	if n.Folder {
		tools = append(tools, ui.ButtonLink{Label: words.T(ctx, "documents.open"), URL: folderPath(n.ID), Icon: ui.IconFolder, Kind: ui.ButtonPrimary},
			ui.ButtonLink{Label: words.T(ctx, "documents.zip"), URL: home + "/archive?node=" + n.ID.String(), Icon: ui.IconDownload})
	} else if n.State != drive.Quarantined {
		tools = append(tools, ui.ButtonLink{Label: words.T(ctx, "documents.download"), URL: itemPath(n.ID, "content"), Icon: ui.IconDownload, Kind: ui.ButtonPrimary})
	}
	if _, may := r.policy.For(session.Actor(ctx), drive.Room, drive.Give); may && n.Role == drive.Editor {
		tools = append(tools, ui.ButtonLink{Label: words.T(ctx, "documents.sharing"), URL: itemPath(n.ID, "sharing"), Icon: ui.IconShare})
	}
	carry := func(label, how string) ui.ButtonLink {
		return ui.ButtonLink{Label: label, URL: home + "/destination?how=" + how + "&node=" + n.ID.String() + "&back=" + itemPath(n.ID), Kind: ui.ButtonQuiet}
	}
	if n.Role == drive.Editor {
		tools = append(tools, carry(words.T(ctx, "documents.move"), "move"))
	}
	return append(tools, carry(words.T(ctx, "documents.copy"), "copy"))
}

func (r *Room) facts(ctx context.Context, item Item) ui.Facts {
	n, now := item.Node, r.db.NowIn(ctx)
	list := []ui.Fact{{Label: words.T(ctx, "documents.fact.made"), Text: words.Since(n.CreatedAt, now) + who(n.AuthorName)}}
	if !n.Folder {
		list = append([]ui.Fact{{Label: words.T(ctx, "documents.column.size"), Text: words.Size(n.Size)}}, list...)
		if n.Version > 1 {
			list = append(list, ui.Fact{Label: words.T(ctx, "documents.column.modified"), Text: words.Since(n.ModifiedAt, now) + who(n.ModifiedBy)})
		}
	}
	return ui.Facts{Facts: list}
}

func who(name string) string {
	if name == "" {
		return ""
	}
	return " · " + name
}

func (r *Room) version(ctx context.Context, n drive.Node, one drive.Version) versionView {
	number := strconv.Itoa(one.Number)
	v := versionView{Number: number, Current: one.Current, Words: words.Since(one.At, r.db.NowIn(ctx)) + who(one.By) + " · " + words.Size(one.Size),
		URL: itemPath(n.ID, "content") + "?version=" + number}
	if !v.Current && n.Role == drive.Editor && one.State != drive.Quarantined {
		v.Restore = itemPath(n.ID, "restoration")
	}
	return v
}

func (r *Room) comment(ctx context.Context, n drive.Node, one Comment) commentView {
	v := commentView{ID: one.ID.String(), Author: one.AuthorName, When: words.Since(one.At, r.db.NowIn(ctx)), Body: one.Body}
	if v.Author == "" {
		v.Author = words.T(ctx, "documents.comment.nobody")
	}
	for _, word := range strings.Fields(v.Author) {
		v.Initials += string([]rune(word)[:1])
	}
	if len([]rune(v.Initials)) > 2 {
		v.Initials = string([]rune(v.Initials)[:2])
	}
	if mayRemove(n, one.Author, session.Actor(ctx).Person.UUID) {
		v.Removal = itemPath(n.ID, "comments", one.ID.String(), "removal")
	}
	return v
}
