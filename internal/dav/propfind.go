package dav

import (
	"bufio"
	"context"
	"encoding/xml"
	"net/http"
	"strings"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/drive"
)

const xmlHead = `<?xml version="1.0" encoding="utf-8"?>` + "\n"

// wanted says which properties a PROPFIND asks for.
type wanted struct {
	names   []xml.Name
	all     bool // those of every document, and those that programs kept
	namesOf bool // the names alone
}

func readWanted(body *element) (wanted, error) {
	if body == nil {
		return wanted{all: true}, nil
	}
	if !body.is("propfind") {
		return wanted{}, errBody
	}
	var w wanted
	asked := 0
	for _, c := range body.children {
		switch {
		case c.is("allprop"):
			w.all = true
			asked++
		case c.is("propname"):
			w.namesOf = true
			asked++
		case c.is("prop"):
			asked++
			fallthrough
		case c.is("include"):
			for _, p := range c.children {
				w.names = append(w.names, p.name)
			}
		}
	}
	if asked != 1 || len(w.names) > 200 {
		return w, errBody
	}
	return w, nil
}

// resource is one thing of an answer.
type resource struct {
	at     place
	node   drive.Node
	title  string       // what people call it
	space  *drive.Space // of a folder, when what it weighs is asked for
	dead   []property
	locks  []lock // around the thing
	folder bool
}

func (w wanted) quota() bool {
	for _, n := range w.names {
		if n.Space == "DAV:" && strings.HasPrefix(n.Local, "quota-") {
			return true
		}
	}
	return false
}

// propfind describes something and, one level deep, what is in it. Deeper is refused: a tree is walked folder by folder.
func (q *request) propfind(ctx context.Context) error {
	body, err := q.question()
	if err != nil {
		return err
	}
	w, err := readWanted(body)
	if err != nil {
		return err
	}
	deep := false
	switch q.r.Header.Get("Depth") {
	case "0":
	case "1":
		deep = true
	case "", "infinity", "Infinity":
		return &status{code: http.StatusForbidden, condition: "propfind-finite-depth"}
	default:
		return refuse(http.StatusBadRequest, "")
	}
	out := &answers{q: q, wanted: w}
	if q.at.root() {
		return q.describeSpaces(ctx, out, deep)
	}
	n, err := q.walk(ctx, q.at)
	if err != nil {
		return err
	}
	locks, err := q.locksAround(ctx, q.at)
	if err != nil {
		return err
	}
	if !n.Folder || !deep && !w.quota() {
		if err := q.describe(ctx, out, false, locks, nil, n); err != nil {
			return err
		}
		return out.end()
	}
	return q.describeFolder(ctx, out, n, locks, deep)
}

func (q *request) describeSpaces(ctx context.Context, out *answers, deep bool) error {
	var list []named
	if deep {
		var err error
		if list, err = q.spaces(ctx); err != nil {
			return err
		}
	}
	out.add(resource{at: q.at, title: q.tenant.Name, folder: true})
	for _, s := range list {
		at := place{segment: s.name, space: s.SpaceRef}
		out.add(resource{at: at, node: drive.Node{Space: s.SpaceRef, Folder: true, Role: s.Role}, title: s.name, space: &s.Space, folder: true})
	}
	return out.end()
}

// page is how much of a folder is read at a time.
const page = 500

func (q *request) describeFolder(ctx context.Context, out *answers, n drive.Node, locks []lock, deep bool) error {
	for after, first := "", true; first || after != ""; first = false {
		limit := page
		if !deep {
			limit = 1
		}
		l, err := q.h.drive.List(ctx, q.at.space, n.ID, drive.ListOptions{After: after, Limit: limit})
		if err != nil {
			return err
		}
		if first {
			if err := q.describe(ctx, out, false, locks, &l.Space, n); err != nil {
				return err
			}
		}
		if !deep {
			break
		}
		if err := q.describe(ctx, out, true, locks, &l.Space, l.Nodes...); err != nil {
			return err
		}
		after = l.Next
	}
	return out.end()
}

// describe adds the node at an address to an answer, or, with inside, nodes that are in the folder there.
func (q *request) describe(ctx context.Context, out *answers, inside bool, locks []lock, space *drive.Space, nodes ...drive.Node) error {
	dead, err := q.properties(ctx, q.at.space, nodes)
	if err != nil {
		return err
	}
	for _, n := range nodes {
		r := resource{at: q.at, node: n, title: n.Name, dead: dead[n.ID], locks: locks, folder: n.Folder}
		switch {
		case inside:
			r.at = q.at.child(n.Name)
		case q.at.top():
			r.title = q.at.segment
		}
		if n.Folder {
			r.space = space
		}
		out.add(r)
	}
	return nil
}

// properties reads what programs kept on documents.
func (q *request) properties(ctx context.Context, s drive.SpaceRef, nodes []drive.Node) (map[uuid.UUID][]property, error) {
	var ids []uuid.UUID
	for _, n := range nodes {
		if n.ID != uuid.Nil {
			ids = append(ids, n.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	var list []property
	if err := q.h.db.Batch(q.in(ctx, s), func(b *db.Batch) { queueProperties(b, &list, ids) }); err != nil {
		return nil, err
	}
	byNode := map[uuid.UUID][]property{}
	for _, p := range list {
		byNode[p.NodeID] = append(byNode[p.NodeID], p)
	}
	return byNode, nil
}

// answers writes a multi-status as it grows. Nothing is sent before there is something to say.
type answers struct {
	q      *request
	wanted wanted
	out    *bufio.Writer
}

func (a *answers) write(text string) {
	if a.out == nil {
		a.q.w.Header().Set("Content-Type", "application/xml; charset=utf-8")
		a.q.w.WriteHeader(http.StatusMultiStatus)
		a.out = bufio.NewWriterSize(pacedWriter{a.q.w, http.NewResponseController(a.q.w)}, 16<<10)
		a.write(xmlHead + `<D:multistatus xmlns:D="DAV:">` + "\n")
	}
	_, _ = a.out.WriteString(text) // Flush tells
}

func (a *answers) end() error {
	a.write("</D:multistatus>\n")
	return a.out.Flush()
}
