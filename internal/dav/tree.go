package dav

import (
	"context"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/school"
)

// bare fails when a request that has no body sends one.
func (q *request) bare() error {
	if q.r.ContentLength != 0 {
		return refuse(http.StatusUnsupportedMediaType, "")
	}
	return nil
}

func (q *request) makeFolder(ctx context.Context) error {
	if err := q.bare(); err != nil {
		return err
	}
	if q.at.root() || q.at.top() {
		return refuse(http.StatusMethodNotAllowed, "Ce dossier existe déjà.")
	}
	if q.at.dusty() {
		return refuse(http.StatusForbidden, "Ce dossier n’est utile qu’à l’ordinateur : il n’est pas gardé.")
	}
	parent, err := q.folder(ctx, q.at.parent())
	if err != nil {
		return err
	}
	there, err := q.there(ctx, q.at)
	if err != nil {
		return err
	}
	if there != nil {
		return refuse(http.StatusMethodNotAllowed, "Un document porte déjà ce nom.")
	}
	if err := q.free(ctx, need{at: q.at, parent: true}); err != nil {
		return err
	}
	if _, err := q.h.drive.MakeFolder(ctx, q.at.space, parent.ID, school.NewID(), q.at.name()); err != nil {
		return err
	}
	q.w.WriteHeader(http.StatusCreated)
	return nil
}

// remove puts something into the trash of its space, with all that is in it.
func (q *request) remove(ctx context.Context) error {
	if q.at.root() || q.at.top() {
		return refuse(http.StatusForbidden, "Un espace ne se supprime pas.")
	}
	if d := q.r.Header.Get("Depth"); d != "" && !strings.EqualFold(d, "infinity") {
		there, err := q.walk(ctx, q.at)
		if err != nil {
			return err
		}
		if there.Folder {
			return refuse(http.StatusBadRequest, "")
		}
	}
	n, err := q.walk(ctx, q.at)
	if err != nil {
		return err
	}
	if err := q.matched(&n); err != nil {
		return err
	}
	if err := q.free(ctx, need{at: q.at, tree: true, parent: true}); err != nil {
		return err
	}
	if err := q.h.drive.Trash(ctx, n.ID); err != nil {
		return err
	}
	q.release(ctx, q.at)
	q.w.WriteHeader(http.StatusNoContent)
	return nil
}

// journey is a copy or a move, once both ends are known.
type journey struct {
	from, to drive.Node // to is zero when nothing is there yet
	taken    bool       // something is
	at       place      // where to
	parent   drive.Node
	move     bool
	shallow  bool // the folder alone
}

func (q *request) copyOrMove(ctx context.Context, move bool) error {
	j, err := q.plan(ctx, move)
	if err != nil {
		return err
	}
	needs := []need{{at: j.at, tree: true, parent: true}}
	if move {
		needs = append(needs, need{at: q.at, tree: true, parent: true})
	}
	if err := q.free(ctx, needs...); err != nil {
		return err
	}
	old, err := q.below(ctx, j.from, j.shallow)
	if err != nil {
		return err
	}
	made, err := q.travel(ctx, j)
	if err != nil {
		return err
	}
	if made.ID != j.from.ID {
		if err := q.carryProperties(ctx, old, made, j.shallow); err != nil {
			return err
		}
	}
	if move {
		q.release(ctx, q.at)
	}
	if j.taken {
		q.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	q.w.WriteHeader(http.StatusCreated)
	return nil
}

// plan finds both ends, and refuses what cannot be. The other end is on this host, whatever its header says.
func (q *request) plan(ctx context.Context, move bool) (j journey, err error) {
	head := q.r.Header
	if len(head.Values("Destination")) != 1 {
		return j, refuse(http.StatusBadRequest, "La destination manque.")
	}
	depth := strings.ToLower(head.Get("Depth"))
	overwrite := strings.ToUpper(head.Get("Overwrite"))
	if overwrite != "" && overwrite != "T" && overwrite != "F" || depth != "" && depth != "infinity" && (move || depth != "0") {
		return j, refuse(http.StatusBadRequest, "")
	}
	var ok bool
	j.move, j.shallow = move, depth == "0"
	if j.at, ok, err = q.address(ctx, head.Get("Destination")); err != nil {
		return j, err
	}
	if !ok {
		return j, refuse(http.StatusBadGateway, "La destination n’est pas dans cet espace.")
	}
	if q.at.root() || q.at.top() || j.at.root() || j.at.top() {
		return j, refuse(http.StatusForbidden, "Un espace ne se copie ni ne se remplace.")
	}
	if j.at.dusty() {
		return j, refuse(http.StatusForbidden, "Ce nom n’est utile qu’à l’ordinateur : rien n’est gardé sous ce nom.")
	}
	if j.from, err = q.walk(ctx, q.at); err != nil {
		return j, err
	}
	if err := q.matched(&j.from); err != nil {
		return j, err
	}
	if j.parent, err = q.folder(ctx, j.at.parent()); err != nil {
		return j, err
	}
	there, err := q.there(ctx, j.at)
	if err != nil {
		return j, err
	}
	if q.at.space == j.at.space {
		from, to := q.at.key(), j.at.key()
		same := there != nil && there.ID == j.from.ID
		switch {
		case same && (!move || j.at.name() == j.from.Name), !same && within(from, to), !same && within(to, from) && j.from.Folder:
			return j, refuse(http.StatusForbidden, "Un document ne se met pas à la place de lui-même, ni un dossier dans lui-même.")
		case same:
			return j, nil // another way to write the same name
		}
	}
	if there != nil {
		if overwrite == "F" {
			return j, refuse(http.StatusPreconditionFailed, "Un document porte déjà ce nom.")
		}
		j.taken, j.to = true, *there
	}
	return j, nil
}

// travel does it. A file takes the place of a file in one transaction; what a folder replaces, or is replaced by, goes to
// the trash before, whence it comes back.
func (q *request) travel(ctx context.Context, j journey) (drive.Node, error) {
	if j.taken && (j.from.Folder || j.to.Folder) {
		if err := q.h.drive.Trash(ctx, j.to.ID); err != nil {
			return drive.Node{}, err
		}
	}
	switch {
	case j.move:
		return q.h.drive.Move(ctx, j.from.ID, j.at.space, j.parent.ID, j.at.name(), true)
	case j.shallow && j.from.Folder:
		return q.h.drive.MakeFolder(ctx, j.at.space, j.parent.ID, school.NewID(), j.at.name())
	}
	return q.h.drive.Copy(ctx, j.from.ID, school.NewID(), j.at.space, j.parent.ID, j.at.name(), true)
}

// mostCarried bounds the trees whose properties are copied with them; the drive refuses larger ones itself.
const mostCarried = 20000

// below lists a document and what is in it.
func (q *request) below(ctx context.Context, n drive.Node, shallow bool) ([]drive.Node, error) {
	if !n.Folder || shallow {
		return []drive.Node{n}, nil
	}
	return q.h.drive.Tree(ctx, n.Space, n.ID, mostCarried)
}

// carryProperties gives the documents of a copy the properties of those that they were copied from. They are told apart by
// where they are.
func (q *request) carryProperties(ctx context.Context, old []drive.Node, made drive.Node, shallow bool) error {
	ids := make([]uuid.UUID, len(old))
	for i, n := range old {
		ids[i] = n.ID
	}
	var kept []property
	err := q.h.db.Batch(q.in(ctx, old[0].Space), func(b *db.Batch) { queueProperties(b, &kept, ids) })
	if err != nil || len(kept) == 0 {
		return err
	}
	fresh, err := q.below(ctx, made, shallow)
	if err != nil {
		return err
	}
	was, is := paths(old), map[string]uuid.UUID{}
	for id, path := range paths(fresh) {
		is[path] = id
	}
	var carried []property
	for _, p := range kept {
		if id, ok := is[was[p.NodeID]]; ok {
			carried = append(carried, property{id, p.Name, p.Value})
		}
	}
	return q.h.db.Write(q.in(ctx, made.Space), func(ctx context.Context, tx db.Tx) error { return insertProperties(ctx, tx, carried) })
}

// paths tells where each node of a tree is, from its top, whose own name does not count.
func paths(tree []drive.Node) map[uuid.UUID]string {
	all := map[uuid.UUID]string{}
	for i, n := range tree {
		if i > 0 {
			all[n.ID] = all[n.Parent] + "/" + n.Name
			continue
		}
		all[n.ID] = ""
	}
	return all
}
