package drive_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"

	"elyco/internal/blob"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
)

func TestFilesAndFolders(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	wantNames(t, ctx, s, uuid.Nil)
	cours := folder(t, ctx, s, uuid.Nil, "Cours")
	put(t, ctx, s, uuid.Nil, "séance 10.txt", "dix")
	put(t, ctx, s, uuid.Nil, "Séance 2.txt", "deux")
	put(t, ctx, s, uuid.Nil, "SEANCE 1.txt", "un")
	put(t, ctx, s, uuid.Nil, "zèbre.txt", "z")
	put(t, ctx, s, uuid.Nil, "Élan.txt", "e")
	wantNames(t, ctx, s, uuid.Nil, "Cours", "Élan.txt", "SEANCE 1.txt", "Séance 2.txt", "séance 10.txt", "zèbre.txt")
	plan := put(t, ctx, s, cours.ID, "plan.txt", "le plan")
	if plan.Type != "text/plain" || plan.Size != 7 || plan.Version != 1 || plan.ModifiedBy == "" || plan.Role != drive.Editor || plan.Space != s {
		t.Errorf("stored as %+v", plan)
	}
	if got := text(t, ctx, plan.ID, 0); got != "le plan" {
		t.Errorf("read %q", got)
	}
	walked, err := h.drive.Walk(ctx, s, []string{"COURS", "Plan.TXT"})
	if err != nil || walked.ID != plan.ID {
		t.Errorf("walked to %+v, %v", walked, err)
	}
	_, err = h.drive.Walk(ctx, s, []string{"Cours", "rien"})
	wantFault(t, err, fault.NotFound)
	l, err := h.drive.List(ctx, s, cours.ID, drive.ListOptions{Sort: "-modified"})
	if err != nil || len(l.Nodes) != 1 || l.Folder.Name != "Cours" || len(l.Trail) != 0 {
		t.Errorf("listed %+v, %v", l, err)
	}
	tree, err := h.drive.Tree(ctx, s, uuid.Nil, 100)
	if err != nil || len(tree) != 7 || tree[6].Name != "plan.txt" {
		t.Errorf("the tree is %+v, %v", tree, err)
	}
	if bytes, files := used(t, ctx, s); bytes != 18 || files != 6 {
		t.Errorf("weighs %d bytes in %d files", bytes, files)
	}
}

func TestNamesInAFolder(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	first := put(t, ctx, s, uuid.Nil, "Été.txt", "un")
	in := incoming(s, uuid.Nil, "E\u0301TE\u0301.TXT")
	_, err := h.drive.Store(ctx, in, strings.NewReader("deux"), 4)
	wantFault(t, err, fault.Invalid)
	in.Rename = true
	beside, err := h.drive.Store(ctx, in, strings.NewReader("deux"), 4)
	if err != nil || beside.Name != "ÉTÉ (2).TXT" {
		t.Errorf("beside it %+v, %v", beside, err)
	}
	in = incoming(s, uuid.Nil, "été.txt")
	in.Replace = true
	next, err := h.drive.Store(ctx, in, strings.NewReader("trois"), 5)
	if err != nil || next.ID != first.ID || next.Version != 2 || text(t, ctx, first.ID, 0) != "trois" || text(t, ctx, first.ID, 1) != "un" {
		t.Errorf("replaced by %+v, %v", next, err)
	}
	in.IfHash = first.Hash
	_, err = h.drive.Store(ctx, in, strings.NewReader("quatre"), 6)
	wantFault(t, err, fault.Conflict)
	_, err = h.drive.MakeFolder(ctx, s, uuid.Nil, school.NewID(), "ÉTÉ.txt")
	wantFault(t, err, fault.Invalid)
	id := school.NewID()
	for range 2 {
		if _, err := h.drive.MakeFolder(ctx, s, uuid.Nil, id, "Dossier"); err != nil {
			t.Error(err)
		}
	}
	in = incoming(s, uuid.Nil, "deux fois.txt")
	for range 2 {
		if _, err := h.drive.Store(ctx, in, strings.NewReader("x"), 1); err != nil {
			t.Error(err)
		}
	}
	wantNames(t, ctx, s, uuid.Nil, "Dossier", "deux fois.txt", "ÉTÉ (2).TXT", "Été.txt")
}

func TestMove(t *testing.T) {
	class := h.Class(t, h.Rochelle, "5A "+uuid.NewString()[:4], "5EME")
	other := h.Class(t, h.Rochelle, "5B "+uuid.NewString()[:4], "5EME")
	ctx := member(t, h.Rochelle, school.Teacher, class, other)
	a, b := classSpace(h.Rochelle, class), classSpace(h.Rochelle, other)
	outer := folder(t, ctx, a, uuid.Nil, "Dehors")
	inner := folder(t, ctx, a, outer.ID, "Dedans")
	file := put(t, ctx, a, inner.ID, "f.txt", "12345")
	_, err := h.drive.Move(ctx, outer.ID, a, inner.ID, "Dehors", false)
	wantFault(t, err, fault.Conflict)
	_, err = h.drive.Move(ctx, outer.ID, a, outer.ID, "Dehors", false)
	wantFault(t, err, fault.Conflict)
	moved, err := h.drive.Move(ctx, outer.ID, b, uuid.Nil, "Ailleurs", false)
	if err != nil || moved.Name != "Ailleurs" || moved.Space != b {
		t.Fatalf("moved %+v, %v", moved, err)
	}
	if n, err := h.drive.Find(ctx, file.ID); err != nil || n.Space != b {
		t.Errorf("what it holds is in %+v, %v", n.Space, err)
	}
	if bytes, files := used(t, ctx, a); bytes != 0 || files != 0 {
		t.Errorf("left behind %d bytes, %d files", bytes, files)
	}
	if bytes, files := used(t, ctx, b); bytes != 5 || files != 1 {
		t.Errorf("came with %d bytes, %d files", bytes, files)
	}
	second := put(t, ctx, b, uuid.Nil, "g.txt", "1")
	_, err = h.drive.Move(ctx, second.ID, b, inner.ID, "F.txt", false)
	wantFault(t, err, fault.Invalid)
	if _, err := h.drive.Move(ctx, second.ID, b, inner.ID, "F.txt", true); err != nil {
		t.Error(err)
	}
	wantNames(t, ctx, b, inner.ID, "F.txt")
	trash, err := h.drive.TrashList(ctx, b)
	if err != nil || len(trash) != 1 || trash[0].ID != file.ID || trash[0].TrashedFrom != "Ailleurs / Dedans" {
		t.Errorf("in the trash: %+v, %v", trash, err)
	}
}

func TestCopy(t *testing.T) {
	class := h.Class(t, h.Rochelle, "6C "+uuid.NewString()[:4], "6EME")
	ctx := member(t, h.Rochelle, school.Teacher, class)
	a, own := classSpace(h.Rochelle, class), mine(t, ctx)
	top := folder(t, ctx, a, uuid.Nil, "Séquence")
	in := folder(t, ctx, a, top.ID, "Séance 1")
	plan := put(t, ctx, a, in.ID, "plan.txt", "le plan")
	thrown := put(t, ctx, a, in.ID, "jeté.txt", "jeté")
	must(h.drive.Trash(ctx, thrown.ID))
	as := school.NewID()
	for range 2 {
		if n, err := h.drive.Copy(ctx, top.ID, as, a, uuid.Nil, "", false); err != nil || n.Name != "Séquence (2)" || n.ID != as {
			t.Errorf("copied as %+v, %v", n, err)
		}
	}
	copied, err := h.drive.Walk(ctx, a, []string{"Séquence (2)", "Séance 1", "plan.txt"})
	if err != nil || copied.ID == plan.ID || copied.Object() != plan.Object() || copied.Hash != plan.Hash {
		t.Errorf("the copy is %+v, %v", copied, err)
	}
	if bytes, files := used(t, ctx, a); bytes != 7+7+int64(len("jeté")) || files != 3 {
		t.Errorf("weighs %d bytes in %d files", bytes, files)
	}
	// The copy outlives the original.
	must(h.drive.Trash(ctx, top.ID))
	must(h.drive.EmptyTrash(ctx, a))
	runJobs(t, h.drive, "documents.forget")
	if got := text(t, ctx, copied.ID, 0); got != "le plan" {
		t.Errorf("the copy reads %q", got)
	}
	// To another scope, objects of its own; into itself, once.
	mineNow, err := h.drive.Copy(ctx, as, school.NewID(), own, uuid.Nil, "Chez moi", false)
	if err != nil {
		t.Fatal(err)
	}
	here, err := h.drive.Walk(ctx, own, []string{"Chez moi", "Séance 1", "plan.txt"})
	if err != nil || here.Object().Scope() != int64(h.Academy.ID) || text(t, ctx, here.ID, 0) != "le plan" {
		t.Errorf("the copy across is %+v, %v", here, err)
	}
	if _, err := h.drive.Copy(ctx, mineNow.ID, school.NewID(), own, mineNow.ID, "", false); err != nil {
		t.Error(err)
	}
	wantNames(t, ctx, own, mineNow.ID, "Chez moi", "Séance 1")
	moved, err := h.drive.Move(ctx, here.ID, a, as, "déplacé.txt", false)
	if err != nil || moved.Space != a || text(t, ctx, moved.ID, 0) != "le plan" {
		t.Errorf("moved across: %+v, %v", moved, err)
	}
	_, err = h.drive.Find(ctx, here.ID)
	wantFault(t, err, fault.NotFound)
	must(h.drive.Restore(ctx, here.ID))
	pupil := member(t, h.Rochelle, school.Pupil, class)
	_, err = h.drive.Copy(pupil, mineNow.ID, school.NewID(), mine(t, pupil), uuid.Nil, "", false)
	wantFault(t, err, fault.NotFound)
	_, err = h.drive.Copy(pupil, moved.ID, school.NewID(), a, uuid.Nil, "", false)
	wantFault(t, err, fault.Forbidden)
	if _, err := h.drive.Copy(pupil, moved.ID, school.NewID(), mine(t, pupil), uuid.Nil, "", false); err != nil {
		t.Error(err)
	}
}

func TestDepth(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	parent := uuid.Nil
	for i := range 30 {
		parent = folder(t, ctx, s, parent, fmt.Sprint(i)).ID
	}
	_, err := h.drive.MakeFolder(ctx, s, parent, school.NewID(), "trop")
	wantFault(t, err, fault.Invalid)
	put(t, ctx, s, parent, "au fond.txt", "x")
	beside := folder(t, ctx, s, uuid.Nil, "beside")
	folder(t, ctx, s, beside.ID, "in")
	_, err = h.drive.Move(ctx, beside.ID, s, parent, "beside", false)
	wantFault(t, err, fault.Invalid)
}

func TestTrash(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	f := folder(t, ctx, s, uuid.Nil, "Dossier")
	file := put(t, ctx, s, f.ID, "a.txt", "abc")
	must(h.drive.Trash(ctx, file.ID))
	put(t, ctx, s, f.ID, "a.txt", "another")
	must(h.drive.Restore(ctx, file.ID))
	wantNames(t, ctx, s, f.ID, "a (2).txt", "a.txt")
	must(h.drive.Trash(ctx, file.ID))
	must(h.drive.Trash(ctx, f.ID))
	_, err := h.drive.Find(ctx, f.ID)
	wantFault(t, err, fault.NotFound)
	must(h.drive.Restore(ctx, file.ID)) // its folder is in the trash
	wantNames(t, ctx, s, uuid.Nil, "a (2).txt")
	must(h.drive.Trash(ctx, file.ID))
	must(h.drive.Erase(ctx, f.ID))
	trash, err := h.drive.TrashList(ctx, s)
	if err != nil || len(trash) != 1 || trash[0].ID != file.ID {
		t.Errorf("in the trash: %+v, %v", trash, err)
	}
	if bytes, files := used(t, ctx, s); bytes != 3 || files != 1 {
		t.Errorf("weighs %d bytes in %d files", bytes, files)
	}
	key := file.Object()
	must(h.drive.EmptyTrash(ctx, s))
	if bytes, files := used(t, ctx, s); bytes != 0 || files != 0 {
		t.Errorf("weighs %d bytes in %d files", bytes, files)
	}
	runJobs(t, h.drive, "documents.forget")
	if _, err := h.files.Stat(t.Context(), key); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("its object: %v", err)
	}
	wantFault(t, h.drive.Erase(ctx, f.ID), fault.NotFound)
}

func TestSameNameTogether(t *testing.T) {
	ctx := member(t, h.Rochelle, school.Teacher)
	s := mine(t, ctx)
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			in := incoming(s, uuid.Nil, "même.txt")
			in.Replace, in.Rename = i%2 == 0, i%2 == 1
			if _, err := h.drive.Store(ctx, in, strings.NewReader(fmt.Sprint(i)), 1); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	l, err := h.drive.List(ctx, s, uuid.Nil, drive.ListOptions{})
	if err != nil {
		t.Fatal(err)
	}
	versions := 0
	for _, n := range l.Nodes {
		versions += n.Version
	}
	if versions != 8 || l.Space.Used != 8 || len(l.Nodes) < 4 {
		t.Errorf("%d versions, %d bytes in %d files", versions, l.Space.Used, len(l.Nodes))
	}
}
