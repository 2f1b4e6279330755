package drive_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

func TestPrivacy(t *testing.T) {
	class := h.Class(t, h.Rochelle, "Q "+uuid.NewString()[:4], "5EME")
	ctx, other := member(t, h.Rochelle, school.Teacher, class), member(t, h.Rochelle, school.Teacher, class)
	who := session.Actor(ctx).Person
	s, common := mine(t, ctx), classSpace(h.Rochelle, class)
	f := folder(t, ctx, s, uuid.Nil, "Dossier")
	own := put(t, ctx, s, f.ID, "a.txt", "abc")
	gone := put(t, ctx, s, f.ID, "b.txt", "b")
	must(h.drive.Trash(ctx, gone.ID))
	begin(t, ctx, incoming(s, uuid.Nil, "film.bin"), drive.PieceSize+1)
	work := put(t, ctx, common, uuid.Nil, "c.txt", "c")
	theirs := put(t, other, mine(t, other), uuid.Nil, "d.txt", "d")
	share(t, other, theirs, drive.View, time.Time{}, audience.PersonKey(who))
	r := h.drive.Record("p", "g", "r")
	for _, at := range []*tenant.Tenant{h.Academy, h.Rochelle} {
		in := tenant.Enter(t.Context(), at)
		must(h.DB.Read(in, func(ctx context.Context, tx db.Tx) error {
			all, err := r.Export(ctx, tx, who)
			if err != nil || len(all) != 3 {
				t.Errorf("%s exports %v, %v", at.Name, all, err)
			}
			return nil
		}))
		must(h.DB.Write(in, func(ctx context.Context, tx db.Tx) error { return r.Erase(ctx, tx, who) }))
		must(h.DB.Read(in, func(ctx context.Context, tx db.Tx) error {
			if all, err := r.Export(ctx, tx, who); err != nil || len(all) != 0 {
				t.Errorf("%s still has %v, %v", at.Name, all, err)
			}
			return nil
		}))
	}
	runJobs(t, h.drive, "documents.forget")
	if there(t, own.Object()) || there(t, gone.Object()) {
		t.Error("the objects stay")
	}
	n, err := h.drive.Find(other, work.ID)
	if err != nil || n.AuthorName != "" || n.ModifiedBy != "" || text(t, other, work.ID, 0) != "c" {
		t.Errorf("the class's document is %+v, %v", n, err)
	}
	_, err = h.drive.Find(ctx, theirs.ID)
	wantFault(t, err, fault.NotFound)
}
