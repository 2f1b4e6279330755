package documents

import (
	"context"
	"net/url"

	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// address is where one stands in another folder, with the same things in hand.
func (d destination) address(space, folder string) string {
	q := url.Values{"how": {d.how}, "back": {d.back}, "space": {space}, "folder": {folder}}
	for _, id := range d.nodes {
		q.Add("node", id.String())
	}
	return home + "/destination?" + q.Encode()
}

func (r *Room) shapeDestination(ctx context.Context, d destination) (destinationView, error) {
	v := destinationView{Title: words.N(ctx, "documents.destination.move", len(d.nodes)), Choose: words.T(ctx, "documents.destination.move_here"),
		How: d.how, Space: d.space, Folder: d.folder, Error: d.problem,
		Cancel: ui.ButtonLink{Label: words.T(ctx, "documents.cancel"), URL: d.back, Kind: ui.ButtonQuiet}}
	if d.how == "copy" {
		v.Title, v.Choose = words.N(ctx, "documents.destination.copy", len(d.nodes)), words.T(ctx, "documents.destination.copy_here")
	}
	for _, id := range d.nodes {
		v.Nodes = append(v.Nodes, id.String())
	}
	if d.space == "" && d.folder == "" {
		v.Lead = words.T(ctx, "documents.destination.lead")
		return v, r.listSpaces(ctx, d, &v)
	}
	return v, r.openDestination(ctx, d, &v)
}

func (r *Room) listSpaces(ctx context.Context, d destination, v *destinationView) error {
	spaces, err := r.drive.Spaces(ctx)
	if err != nil {
		return err
	}
	for _, s := range spaces {
		if s.Role < drive.View {
			continue
		}
		icon, _ := spaceIcon(s.Kind)
		v.Folders = append(v.Folders, ui.Item{Title: spaceName(ctx, s), Meta: spaceKind(ctx, s.Kind), URL: d.address(s.Segment(), uuid.Nil.String()), Icon: icon})
	}
	return nil
}

func (r *Room) openDestination(ctx context.Context, d destination, v *destinationView) error {
	p, err := r.placeOf(ctx, d.space, d.folder)
	if err != nil {
		return err
	}
	l, err := r.drive.List(ctx, p.space, p.folder, drive.ListOptions{Limit: 500})
	if err != nil {
		return err
	}
	space := p.space.Segment()
	v.Trail = []ui.Link{{Label: words.T(ctx, "documents.title"), URL: d.address("", "")}}
	name := spaceName(ctx, l.Space)
	if p.folder != uuid.Nil {
		v.Trail = append(v.Trail, ui.Link{Label: name, URL: d.address(space, uuid.Nil.String())})
		name = l.Folder.Name
	}
	for _, n := range l.Trail {
		v.Trail = append(v.Trail, ui.Link{Label: n.Name, URL: d.address(space, n.ID.String())})
	}
	v.Lead = words.T(ctx, "documents.destination.here", "name", name)
	if l.Folder.Role >= drive.Add {
		v.Here = name
	} else {
		v.Lead = words.T(ctx, "documents.destination.closed", "name", name)
	}
	held := map[uuid.UUID]bool{}
	for _, id := range d.nodes {
		held[id] = true
	}
	for _, n := range l.Nodes {
		if n.Folder && !held[n.ID] {
			v.Folders = append(v.Folders, ui.Item{Title: n.Name, URL: d.address(space, n.ID.String()), Icon: ui.IconFolder})
		}
	}
	return nil
}
