package drive

import (
	"context"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/search"
	"elyco/internal/service"
)

// Hit is a folder or file that was looked for.
type Hit struct {
	ID         uuid.UUID
	Folder     bool
	Name       string
	Space      Space    // with its kind, its name and, for those who came by a share, no role
	Path       []string // the names of the folders above that the reader sees, from the top
	ModifiedAt time.Time
	Excerpt    string // of the words of a file, around those that were looked for; empty when it was found by its name
}

// Search queues the search of the reader's space on its batch: folders and files by the beginnings of the words of their
// names, and files by their words. It finds what the reader may open in class, group and common spaces or through a
// share, not what is in the trash, and at most limit of it, the best first.
func (d *Drive) Search(ctx context.Context, b *db.Batch, who service.Reader, q search.Query, limit int) func() []Hit {
	v := visitOf(who)
	s := sought{every: d.reaches(v.actor, Read, SpaceRef{Scope: v.here.ID, Kind: Class})}
	refs := []SpaceRef{{Scope: v.here.ID, Kind: Common}}
	var near []place
	for _, m := range v.actor.Here {
		near = appendTies(near, m.Classes, m.Groups)
		for _, c := range m.Children {
			near = appendTies(near, c.Classes, c.Groups)
		}
	}
	for _, p := range near {
		refs = append(refs, SpaceRef{v.here.ID, Kind(p.Kind), p.ID})
	}
	return d.seek(ctx, b, v, s, refs, q, limit)
}

// SearchOwn is Search among the reader's own documents and what people shared of theirs. Its batch is in the academy's
// scope, which keeps them, and who is the reader in the space of the request.
func (d *Drive) SearchOwn(ctx context.Context, b *db.Batch, who service.Reader, q search.Query, limit int) func() []Hit {
	v := visitOf(who)
	own := SpaceRef{v.here.Academy().ID, Personal, v.actor.Person.UUID}
	return d.seek(ctx, b, v, sought{own: true}, []SpaceRef{own}, q, limit)
}

func visitOf(who service.Reader) visit {
	v := visit{actor: who.Actor, here: who.Tenant}
	// Who has left the space keeps a sign-on, and nothing that was shared there.
	if len(v.actor.Here) > 0 {
		v.keys = who.Keys
	}
	return v
}

func (d *Drive) seek(ctx context.Context, b *db.Batch, v visit, s sought, refs []SpaceRef, q search.Query, limit int) func() []Hit {
	for _, ref := range refs {
		if d.roleIn(v, ref) >= View {
			s.spaces = append(s.spaces, ref.Owner)
		}
	}
	s.keys, s.reader, s.text, s.names, s.limit = v.keys, v.actor.Person.UUID, q.Text(), q.Names(), limit
	if q.Empty() || !v.actor.SignedIn() {
		return func() []Hit { return nil }
	}
	var rows []hit
	queueSought(b, &rows, s, d.db.NowIn(ctx))
	return func() []Hit {
		hits := make([]Hit, 0, len(rows))
		for _, r := range rows {
			h := Hit{ID: r.ID, Folder: !r.IsFile, Name: r.Name, Path: r.Path, ModifiedAt: r.ModifiedAt.UTC(), Excerpt: r.Excerpt}
			h.Space = Space{SpaceRef: SpaceRef{Kind: Kind(r.Kind), Owner: r.SpaceID}, Name: r.SpaceName}
			if r.Seen {
				h.Space.Role = View
			}
			hits = append(hits, h)
		}
		return hits
	}
}
