package publication

import (
	"context"
	"io"

	"elyco/internal/audience"
	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/notice"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
)

// The actions that a room on a desk has. Their grants are the room's own.
const (
	Read       = "read"        // read what is published to one
	ReadPublic = "read_public" // read what is public
	Write      = "write"       // write drafts
	Publish    = "publish"     // publish, and change what others wrote
)

// Room is in what a room differs from the others on a desk. Words are keys of messages.
type Room struct {
	Name     string
	Icon     ui.Icon
	Title    string // of the readers' page
	Lead     string
	Desk     string        // title of the editors' page
	New      string        // label of the button that begins one
	Empty    string        // title when a reader finds nothing
	Told     string        // what people read where they choose how to hear of it
	Short    bool          // a flash: no summary, cover or files; shown at length in lists; its end is obligatory
	Public   bool          // may be shown to visitors
	Writers  []tenant.Kind // ranks of the territory where things are written
	Sections []Section
}

// Section is a part of a room with editors of its own.
type Section struct {
	Name  string
	Title string // key
	Icon  ui.Icon
}

// Files keeps what is attached; *blob.Store does.
type Files interface {
	Put(ctx context.Context, key blob.Key, r io.Reader, size int64, contentType string) error
	Get(ctx context.Context, key blob.Key, off, n int64) (io.ReadCloser, blob.Info, error)
	Delete(ctx context.Context, key blob.Key) error
}

// Desk is where one room's publications are written, published and read.
type Desk struct {
	room     Room
	db       *db.DB
	registry *tenant.Registry
	files    Files
	policy   *policy.Policy
	herald   *notice.Herald
	markdown markdown
	pictures chan struct{} // one place for each picture that is unpacked at a time
}

// NewDesk makes the desk of a room.
func NewDesk(r Room, d *db.DB, reg *tenant.Registry, files Files, h *notice.Herald) *Desk {
	const unpackedAtOnce = 1
	return &Desk{room: r, db: d, registry: reg, files: files, herald: h, markdown: newMarkdown(), pictures: make(chan struct{}, unpackedAtOnce)}
}

// Furnish gives the desk the policy, which is made of all rooms' grants. It is called once, before the first request.
func (d *Desk) Furnish(p *policy.Policy) { d.policy = p }

// editor says who works here and how far; not allowed to write, not an editor.
func (d *Desk) editor(ctx context.Context) (Editor, error) {
	actor := session.Actor(ctx)
	reach, may := d.policy.For(actor, d.room.Name, Write)
	if !may {
		return Editor{}, fault.New(fault.Forbidden, "")
	}
	e := Editor{Person: actor.Person, Name: actor.Name, Every: reach != policy.Sections, Sections: actor.Sections()}
	_, e.Publishes = d.policy.For(actor, d.room.Name, Publish)
	return e, nil
}

func held(ctx context.Context) []string {
	return audience.Held(tenant.From(ctx), session.Actor(ctx))
}

func (d *Desk) section(name string) (Section, bool) {
	for _, s := range d.room.Sections {
		if s.Name == name {
			return s, true
		}
	}
	return Section{}, false
}

// sourceOf names who publishes, for what comes from a space above.
func (d *Desk) sourceOf(here *tenant.Tenant, scope school.ScopeID) *tenant.Tenant {
	for t := here; t != nil; t = t.Parent {
		if t.ID == scope {
			return t
		}
	}
	return here
}
