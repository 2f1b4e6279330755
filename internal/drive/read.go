package drive

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// ListOptions say which part of a folder is asked, and in which order: name, modified or size, backwards with a minus
// sign before. After is the Next of the part before.
type ListOptions struct {
	Sort  string
	After string
	Limit int // zero: 100; at most 500
}

// Listing is a part of a folder. Trail leads from the top of what the actor sees to the folder's parent.
type Listing struct {
	Space  Space
	Folder Node // the zero id for the root of the space
	Trail  []Node
	Nodes  []Node
	Next   string // empty at the end
}

// Spaces lists the spaces that the actor sees from the request's: the personal one, the common one, and those of the
// classes and groups that the policy opens.
func (d *Drive) Spaces(ctx context.Context) ([]Space, error) {
	v, err := d.visit(ctx)
	if err != nil {
		return nil, err
	}
	mine := SpaceRef{v.here.Academy().ID, Personal, v.actor.Person.UUID}
	spaces := []Space{{SpaceRef: mine}, {SpaceRef: SpaceRef{v.here.ID, Common, uuid.Nil}}}
	places, rows, err := d.places(ctx, v)
	if err != nil {
		return nil, fault.Doing("list the spaces", err)
	}
	for _, p := range places {
		spaces = append(spaces, Space{SpaceRef: SpaceRef{v.here.ID, Kind(p.Kind), p.ID}, Name: p.Name})
	}
	own, err := d.in(ctx, v, mine.Scope)
	if err != nil {
		return nil, err
	}
	var personal []spaceRow
	if err := d.db.Batch(own, func(b *db.Batch) { queueSpaces(b, &personal, []uuid.UUID{mine.Owner}) }); err != nil {
		return nil, fault.Doing("list the spaces", err)
	}
	rows = append(rows, personal...)
	settings := d.settings(ctx)
	for i := range spaces {
		s := &spaces[i]
		s.Role = d.roleIn(v, s.SpaceRef)
		sp := rowOf(rows, s.SpaceRef)
		s.Used, s.Files, s.Quota = sp.Used, int(sp.Files), settings.quota(sp, s.SpaceRef, v.actor)
	}
	return slices.DeleteFunc(spaces, func(s Space) bool { return s.Role == None }), nil
}

func rowOf(rows []spaceRow, s SpaceRef) spaceRow {
	for _, r := range rows {
		if school.ScopeID(r.TenantID) == s.Scope && r.OwnerID == s.Owner && Kind(r.Kind) == s.Kind {
			return r
		}
	}
	return spaceRow{}
}

// places lists the classes and groups that the actor may see documents of, by what the passport says, or all of the year
// for those whose reach covers them.
func (d *Drive) places(ctx context.Context, v visit) ([]place, []spaceRow, error) {
	var all, some []place
	var rows []spaceRow
	every := d.reaches(v.actor, Read, SpaceRef{Scope: v.here.ID, Kind: Class})
	for _, m := range v.actor.Here {
		some = appendTies(some, m.Classes, m.Groups)
		for _, c := range m.Children {
			some = appendTies(some, c.Classes, c.Groups)
		}
	}
	ids := make([]uuid.UUID, 0, len(some)+1)
	for _, p := range some {
		ids = append(ids, p.ID)
	}
	err := d.db.Batch(ctx, func(b *db.Batch) {
		if every {
			queueAllPlaces(b, &all, directory.Day(d.db.NowIn(ctx)))
			queueHereSpaces(b, &rows)
			return
		}
		queueSpaces(b, &rows, append(ids, uuid.Nil))
	})
	for _, p := range some {
		if !slices.ContainsFunc(all, func(q place) bool { return q.ID == p.ID }) {
			all = append(all, p)
		}
	}
	return all, rows, err
}

func appendTies(to []place, classes []school.ClassRef, groups []school.GroupRef) []place {
	for _, c := range classes {
		to = append(to, place{c.ID.UUID, string(Class), c.Name})
	}
	for _, g := range groups {
		to = append(to, place{g.ID.UUID, string(Group), g.Name})
	}
	return to
}

// found is one thing as the actor meets it.
type found struct {
	chain  chain
	ref    SpaceRef
	space  Role // in the space, shares aside
	inside Role // in the folder that it is
	self   Role
}

// locate finds a node of any scope that the actor reaches. NotFound for what is not there, in the trash, or not seen.
func (d *Drive) locate(ctx context.Context, v visit, id uuid.UUID) (found, context.Context, error) {
	for _, scope := range v.scopes() {
		in, err := d.in(ctx, v, scope)
		if err != nil {
			return found{}, nil, err
		}
		var rows []row
		if err := d.db.Batch(in, func(b *db.Batch) { queueUp(b, &rows, id, v.keys, d.db.NowIn(ctx)) }); err != nil {
			return found{}, nil, fault.Doing("find a document", err)
		}
		if len(rows) == 0 {
			continue
		}
		f, err := d.meet(v, rows)
		return f, in, err
	}
	return found{}, nil, fault.Missing()
}

// meet judges a way up that was just read.
func (d *Drive) meet(v visit, c chain) (found, error) {
	f := found{chain: c, ref: c[0].ref()}
	f.space = d.roleIn(v, f.ref)
	f.inside, f.self = c.roles(f.space, v.actor.Person)
	if f.self == None || c.trashed() {
		return found{}, fault.Missing()
	}
	return f, nil
}

func (f found) node() Node { return f.chain[0].node(f.self) }

// Find is one folder or file that the actor may see, in a space or through a share.
func (d *Drive) Find(ctx context.Context, id uuid.UUID) (Node, error) {
	v, err := d.visit(ctx)
	if err != nil {
		return Node{}, err
	}
	f, _, err := d.locate(ctx, v, id)
	if err != nil {
		return Node{}, err
	}
	return f.node(), nil
}

// List shows a part of a folder; the zero folder is the root of the space.
func (d *Drive) List(ctx context.Context, s SpaceRef, folder uuid.UUID, o ListOptions) (Listing, error) {
	v, err := d.visit(ctx)
	if err != nil {
		return Listing{}, err
	}
	in, err := d.in(ctx, v, s.Scope)
	if err != nil {
		return Listing{}, err
	}
	by, ok := orders()[o.Sort]
	if !ok {
		by = orders()["name"]
	}
	after, err := readCursor(o.After)
	if err != nil {
		return Listing{}, err
	}
	limit := 100
	if o.Limit > 0 {
		limit = min(o.Limit, 500)
	}
	var way, children []row
	var spaces []spaceRow
	var places []place
	err = d.db.Batch(in, func(b *db.Batch) {
		if folder != uuid.Nil {
			queueUp(b, &way, folder, v.keys, d.db.NowIn(ctx))
		}
		queueChildren(b, &children, s.Owner, folder, by, after, limit+1)
		queueSpaces(b, &spaces, []uuid.UUID{s.Owner})
		if s.Kind == Class || s.Kind == Group {
			queuePlaces(b, &places, []uuid.UUID{s.Owner})
		}
	})
	if err != nil {
		return Listing{}, fault.Doing("list a folder", err)
	}
	l := Listing{Space: d.space(ctx, v, s, rowOf(spaces, s))}
	if err := d.enterFolder(v, &l, s, folder, way, places); err != nil {
		return Listing{}, err
	}
	if len(children) > limit {
		children = children[:limit]
		last := children[limit-1]
		l.Next = cursor{last.IsFile, by.value(last), last.ID}.String()
	}
	for _, r := range children {
		l.Nodes = append(l.Nodes, r.node(on(l.inside(r), !r.IsFile, r.by(v.actor.Person))))
	}
	return l, nil
}

// inside is the role around a child, as the child's own opening changes it when it is a folder.
func (l Listing) inside(r row) Role {
	if !r.IsFile && Opening(r.Deposit) != Inherited && l.Folder.Role < Editor {
		return within(l.Folder.Role, Opening(r.Deposit), None)
	}
	return l.Folder.Role
}

func (d *Drive) space(ctx context.Context, v visit, s SpaceRef, sp spaceRow) Space {
	return Space{SpaceRef: s, Role: d.roleIn(v, s), Used: sp.Used, Files: int(sp.Files), Quota: d.limits(ctx, v).quota(sp, s, v.actor)}
}

// enterFolder judges whether the actor sees the folder, and says how it was reached.
func (d *Drive) enterFolder(v visit, l *Listing, s SpaceRef, folder uuid.UUID, way chain, places []place) error {
	named := slices.IndexFunc(places, func(p place) bool { return Kind(p.Kind) == s.Kind })
	if named >= 0 {
		l.Space.Name = places[named].Name
	}
	if folder == uuid.Nil {
		if l.Space.Role == None || (s.Kind == Class || s.Kind == Group) && named < 0 {
			return fault.Missing()
		}
		l.Folder = Node{Space: s, Folder: true, Role: l.Space.Role}
		return nil
	}
	if len(way) == 0 || way[0].IsFile || way[0].ref() != s {
		return fault.Missing()
	}
	f, err := d.meet(v, way)
	if err != nil {
		return err
	}
	l.Folder = way[0].node(f.inside)
	seen := way.visible(f.space)
	for i := len(seen) - 1; i > 0; i-- {
		l.Trail = append(l.Trail, seen[i].node(View))
	}
	return nil
}

func (o order) value(r row) string {
	switch o.column {
	case "n.size":
		return strconv.FormatInt(r.Size, 10)
	case "n.modified_at":
		return r.ModifiedAt.UTC().Format(time.RFC3339Nano)
	}
	return r.NameSort
}

func (c cursor) String() string {
	text, _ := json.Marshal(c)
	return base64.RawURLEncoding.EncodeToString(text)
}

func readCursor(s string) (*cursor, error) {
	if s == "" {
		return nil, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(s)
	var c cursor
	if err == nil {
		err = json.Unmarshal(text, &c)
	}
	if err != nil {
		return nil, &fault.Error{Kind: fault.Invalid, Cause: fmt.Errorf("read where a list ended: %w", err)}
	}
	return &c, nil
}

// Walk follows names from the top of a space, as file managers address things. No name is the root.
func (d *Drive) Walk(ctx context.Context, s SpaceRef, path []string) (Node, error) {
	v, err := d.visit(ctx)
	if err != nil {
		return Node{}, err
	}
	if len(path) == 0 {
		l, err := d.List(ctx, s, uuid.Nil, ListOptions{Limit: 1})
		return l.Folder, err
	}
	if d.roleIn(v, s) == None || len(path) > maxDepth+1 {
		return Node{}, fault.Missing()
	}
	in, err := d.in(ctx, v, s.Scope)
	if err != nil {
		return Node{}, err
	}
	keys := make([]string, 0, len(path))
	for _, name := range path {
		keys = append(keys, keyOf(name))
	}
	var ok bool
	var id uuid.UUID
	if err := d.db.Batch(in, func(b *db.Batch) { queueWalk(b, &ok, &id, s.Owner, keys) }); err != nil {
		return Node{}, fault.Doing("walk to a document", err)
	}
	if !ok {
		return Node{}, fault.Missing()
	}
	f, _, err := d.locate(ctx, v, id)
	if err != nil {
		return Node{}, err
	}
	return f.node(), nil
}

// Tree lists what a folder holds at any depth, parents before what they hold, the folder itself first unless it is the
// root of the space. TooLarge when there is more than limit.
func (d *Drive) Tree(ctx context.Context, s SpaceRef, folder uuid.UUID, limit int) ([]Node, error) {
	v, err := d.visit(ctx)
	if err != nil {
		return nil, err
	}
	in, err := d.in(ctx, v, s.Scope)
	if err != nil {
		return nil, err
	}
	var rows, way []row
	var places []place
	limit = min(limit, maxTree)
	err = d.db.Batch(in, func(b *db.Batch) {
		if folder == uuid.Nil {
			queueBelowRoot(b, &rows, s.Owner, limit+1)
			queuePlaces(b, &places, []uuid.UUID{s.Owner})
			return
		}
		queueUp(b, &way, folder, v.keys, d.db.NowIn(ctx))
		queueBelow(b, &rows, folder, limit+1)
	})
	if err != nil {
		return nil, fault.Doing("list a tree", err)
	}
	l := Listing{Space: Space{SpaceRef: s, Role: d.roleIn(v, s)}}
	if err := d.enterFolder(v, &l, s, folder, way, places); err != nil {
		return nil, err
	}
	if len(rows) > limit {
		return nil, fault.New(fault.TooLarge, "Ce dossier contient trop d’éléments pour une seule opération. Procédez par sous-dossiers.")
	}
	roles := map[uuid.UUID]Role{uuid.Nil: l.Folder.Role}
	nodes := make([]Node, 0, len(rows))
	for i, r := range rows {
		inside, known := roles[r.parent()]
		if !known || i == 0 && folder != uuid.Nil {
			inside = l.Folder.Role
		}
		here := Listing{Folder: Node{Role: inside}}.inside(r)
		roles[r.ID] = here
		nodes = append(nodes, r.node(on(here, !r.IsFile, r.by(v.actor.Person))))
	}
	return nodes, nil
}

// Stored tells how many files the space of ctx keeps, and how many bytes their versions take. Personal spaces belong to
// people and are not in it.
func (d *Drive) Stored(ctx context.Context) (files int, bytes int64, err error) {
	var found bool
	if err := d.db.Batch(ctx, func(b *db.Batch) { queueStored(b, &found, &files, &bytes) }); err != nil {
		return 0, 0, fault.Doing("add up what a space keeps", err)
	}
	return files, bytes, nil
}
