package drive

import (
	"context"
	"io"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Room is the room whose policy says what people may do with documents, wherever they meet them.
const Room = "documents"

// The actions that the room declares. The reach says where: self for the personal space, classes for the actor's classes
// and groups, children for those of the actor's children, establishment or wider for every space of the scope.
const (
	Own     = "own"     // has a personal space
	Read    = "read"    // reads what class and group spaces hold
	Deposit = "deposit" // adds to them, and changes what is one's own
	Edit    = "edit"    // changes everything in them
	House   = "house"   // reads the common space
	Keep    = "keep"    // changes everything in the common space
	Give    = "share"   // shares with people and groups
	Publish = "link"    // makes links that open without signing in
)

// Kind tells spaces apart.
type Kind string

// The kinds.
const (
	Personal Kind = "personal"
	Class    Kind = "class"
	Group    Kind = "group"
	Common   Kind = "house" // of the establishment, the collectivity or the academy; its owner is the zero id
	Box      Kind = "box"   // of a room that takes things in; opens to nobody but by Entrust
)

// SpaceRef names a space.
type SpaceRef struct {
	Scope school.ScopeID
	Kind  Kind
	Owner uuid.UUID
}

// Segment is the space in an address, within its host.
func (s SpaceRef) Segment() string {
	switch s.Kind {
	case Personal:
		return "perso"
	case Class:
		return "classe-" + s.Owner.String()
	case Group:
		return "groupe-" + s.Owner.String()
	case Box:
		return "boite-" + s.Owner.String()
	}
	return "etablissement"
}

// ParseSpace reads a segment in the scope and for the actor of ctx. It says nothing of whether the space exists.
func ParseSpace(ctx context.Context, segment string) (SpaceRef, error) {
	here := tenant.From(ctx)
	switch segment {
	case "perso":
		return SpaceRef{here.Academy().ID, Personal, session.Actor(ctx).Person.UUID}, nil
	case "etablissement":
		return SpaceRef{here.ID, Common, uuid.Nil}, nil
	}
	for prefix, kind := range map[string]Kind{"classe-": Class, "groupe-": Group} {
		if text, ok := strings.CutPrefix(segment, prefix); ok {
			if id, err := uuid.Parse(text); err == nil && id != uuid.Nil {
				return SpaceRef{here.ID, kind, id}, nil
			}
		}
	}
	return SpaceRef{}, fault.Missing()
}

// Role is how far somebody may go with a space, a folder or a file. Each includes those before it.
type Role int

// The roles.
const (
	None   Role = iota
	View        // reads
	Add         // deposits, and changes what is one's own
	Editor      // changes everything
)

// Space is one that the actor sees.
type Space struct {
	SpaceRef
	Name  string // of the class or group; empty for the personal and the common space, which pages name
	Role  Role
	Used  int64 // bytes of every version, the trash included
	Quota int64 // bytes
	Files int
}

// State says whether a file's content may be read.
type State string

// The states. What is not clean is read by nobody but its author, and what is quarantined by nobody.
const (
	Clean       State = "clean"
	Pending     State = "pending" // the antivirus has not answered yet
	Quarantined State = "quarantined"
)

// Opening is whether those who see a folder may put things into it.
type Opening string

// The openings. Inherited follows the folder above, and at the top the role of each person in the space.
const (
	Inherited Opening = ""
	Open      Opening = "open"   // who may view may add
	Closed    Opening = "closed" // who may add may only view
)

// Node is a folder or a file. The root of a space is the folder with the zero id.
type Node struct {
	ID, Parent  uuid.UUID // zero Parent: the root of the space
	Space       SpaceRef
	Name        string
	Folder      bool
	Size        int64
	Type        string // media type, found in the bytes; never the sender's word
	Hash        string // SHA-256 in hexadecimal: the ETag
	Version     int
	CreatedAt   time.Time
	ModifiedAt  time.Time
	Author      school.PersonID // who made it
	AuthorName  string
	ModifiedBy  string // a name
	State       State
	Preview     string // key of the object that shows it small; empty when there is none
	Opening     Opening
	Role        Role // what the actor may here
	TrashedAt   time.Time
	TrashedFrom string // where it was, in words
	TrashedBy   string // a name

	object blob.Key
}

// Object is the key of the current content; the zero key for a folder.
func (n Node) Object() blob.Key { return n.object }

// Judge is the policy, which says what an actor may do in a room and how far.
type Judge interface {
	For(a school.Actor, room, action string) (policy.Reach, bool)
}

// Scanner looks for viruses. Clean is false when one was found; an error means that nobody knows.
type Scanner interface {
	Scan(ctx context.Context, r io.Reader) (clean bool, err error)
}

// Settings are what an establishment may decide; see Defaults.
type Settings struct {
	Personal map[school.Profile]int64 // bytes of a personal space; the largest of a person's profiles counts
	Spaces   map[Kind]int64           // bytes of each class, group or common space
	Whole    int64                    // bytes of all the spaces of an establishment, the personal ones aside
	File     int64                    // bytes of one file
	Versions int                      // kept of one file, the current one included
	Trash    time.Duration            // after which what is in the trash goes
}

// Drive keeps the documents of every scope.
type Drive struct {
	db       *db.DB
	blobs    *blob.Store
	registry *tenant.Registry
	judge    Judge
	bridges  Bridges
	scanner  Scanner
	reader   Reader
	reading  chan struct{} // a place for each document that is being read
	follow   func(ctx context.Context, tx db.Tx, v Fresh) error
	settings func(ctx context.Context) Settings
	buffers  chan struct{}

	derivations chan struct{} // of passwords, which cost memory
}

// New makes a drive that nobody may use until Furnish gives it the policy.
func New(d *db.DB, blobs *blob.Store, r *tenant.Registry) *Drive {
	return &Drive{db: d, blobs: blobs, registry: r, settings: func(context.Context) Settings { return Defaults() }, buffers: make(chan struct{}, maxBuffers), derivations: make(chan struct{}, 2), reading: make(chan struct{}, 1)}
}

// Furnish gives the drive the policy, once every room is known.
func (d *Drive) Furnish(j Judge) { d.judge = j }

// Bridge lets what b allows be shared across establishments; without it nothing is.
func (d *Drive) Bridge(b Bridges) { d.bridges = b }

// Scan has every new version looked at by s before anybody but its author reads it.
func (d *Drive) Scan(s Scanner) { d.scanner = s }

// Configure replaces the settings that come with the program.
func (d *Drive) Configure(settings func(ctx context.Context) Settings) { d.settings = settings }

// visit is who acts and from where. It is taken from the request's context before that is moved to another scope.
type visit struct {
	actor school.Actor
	here  *tenant.Tenant
	keys  []string
	trust trust
}

func (d *Drive) visit(ctx context.Context) (visit, error) {
	v := visit{actor: session.Actor(ctx), here: tenant.From(ctx), trust: trusted(ctx)}
	if !v.actor.SignedIn() {
		return v, fault.New(fault.SignIn, "")
	}
	// Who has left the space keeps a sign-on, and nothing that was shared there.
	if len(v.actor.Here) > 0 {
		v.keys = audience.Held(v.here, v.actor)
	}
	return v, nil
}

// limits are the settings of the space where the actor stands. The files of a person are rows of the academy's scope, and what
// the school of the person decided holds for them all the same.
func (d *Drive) limits(ctx context.Context, v visit) Settings {
	return d.settings(tenant.Enter(ctx, v.here))
}

// writing is visit for those who change something. Who looks through another's eyes changes nothing, and the object
// store would not know.
func (d *Drive) writing(ctx context.Context) (visit, error) {
	if _, err := session.Writer(ctx); err != nil {
		return visit{}, err
	}
	return d.visit(ctx)
}

// in moves ctx to the scope of a space that can be reached from the request's: its own, or the academy's.
func (d *Drive) in(ctx context.Context, v visit, scope school.ScopeID) (context.Context, error) {
	if scope == v.here.ID {
		return ctx, nil
	}
	if academy := v.here.Academy(); scope == academy.ID {
		return tenant.Enter(ctx, academy), nil
	}
	return nil, fault.Missing()
}

// scopes lists where what the actor sees may be: here, and where personal spaces are.
func (v visit) scopes() []school.ScopeID {
	if academy := v.here.Academy().ID; academy != v.here.ID {
		return []school.ScopeID{v.here.ID, academy}
	}
	return []school.ScopeID{v.here.ID}
}
