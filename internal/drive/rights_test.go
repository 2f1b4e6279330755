package drive_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"

	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
)

// TestIsolation asks for everything of one person's and of one class's as people who may not see it.
func TestIsolation(t *testing.T) {
	class, other := h.Class(t, h.Rochelle, "I1 "+uuid.NewString()[:4], "5EME"), h.Class(t, h.Rochelle, "I2 "+uuid.NewString()[:4], "5EME")
	far := h.Class(t, h.Lucon, "I3 "+uuid.NewString()[:4], "5EME")
	owner := member(t, h.Rochelle, school.Teacher, class)
	s, own := classSpace(h.Rochelle, class), mine(t, owner)
	private := folder(t, owner, own, uuid.Nil, "Privé")
	secret := put(t, owner, own, private.ID, "secret.txt", "secret")
	work := put(t, owner, s, uuid.Nil, "devoir.txt", "devoir")
	gone := put(t, owner, s, uuid.Nil, "jeté.txt", "jeté")
	must(h.drive.Trash(owner, gone.ID))

	for _, c := range []struct {
		name string
		at   string
		p    school.Profile
		ties []any
		sees bool
	}{
		{"another school's teacher", "lucon", school.Teacher, []any{far}, false},
		{"a colleague of another class", "", school.Teacher, []any{other}, false},
		{"a pupil of the class", "", school.Pupil, []any{class}, true},
		{"a pupil of another class", "", school.Pupil, []any{other}, false},
		{"the head", "", school.Head, nil, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			at := h.Rochelle
			if c.at != "" {
				at = h.Lucon
			}
			ctx := member(t, at, c.p, c.ties...)
			absent := func(what string, err error) {
				t.Helper()
				if !fault.Is(err, fault.NotFound) {
					t.Errorf("%s: %v", what, err)
				}
			}
			for what, id := range map[string]uuid.UUID{"the private folder": private.ID, "the secret": secret.ID, "what is in the trash": gone.ID} {
				_, err := h.drive.Find(ctx, id)
				absent("finds "+what, err)
				_, _, err = h.drive.Open(ctx, id, 0, 0, -1)
				absent("opens "+what, err)
				absent("throws away "+what, h.drive.Trash(ctx, id))
				absent("restores "+what, h.drive.Restore(ctx, id))
				absent("erases "+what, h.drive.Erase(ctx, id))
				_, err = h.drive.Move(ctx, id, mine(t, ctx), uuid.Nil, "volé.txt", false)
				absent("moves "+what, err)
			}
			for _, parent := range []uuid.UUID{uuid.Nil, private.ID} {
				_, err := h.drive.List(ctx, own, parent, drive.ListOptions{})
				absent("lists the private folder", err)
				_, err = h.drive.Tree(ctx, own, parent, 10)
				absent("lists the private tree", err)
				_, err = h.drive.MakeFolder(ctx, own, parent, school.NewID(), "x")
				absent("makes a folder", err)
				_, err = h.drive.Store(ctx, incoming(own, parent, "x"), strings.NewReader("x"), 1)
				absent("stores", err)
			}
			_, err := h.drive.TrashList(ctx, own)
			absent("lists the trash", err)
			absent("empties the trash", h.drive.EmptyTrash(ctx, own))
			_, err = h.drive.Walk(ctx, own, []string{"Privé"})
			absent("walks", err)
			_, err = h.drive.Find(ctx, work.ID)
			if sees := err == nil; sees != c.sees {
				t.Errorf("sees the class's document: %v", sees)
			}
			_, err = h.drive.List(ctx, s, uuid.Nil, drive.ListOptions{})
			if sees := err == nil; sees != c.sees {
				t.Errorf("sees the class's space: %v", sees)
			}
			if err := h.drive.Trash(ctx, work.ID); !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Forbidden) {
				t.Errorf("throws the class's document away: %v", err)
			}
		})
	}
	if got := text(t, owner, secret.ID, 0); got != "secret" {
		t.Errorf("the secret is %q", got)
	}
}

func TestWhoMayDeposit(t *testing.T) {
	class := h.Class(t, h.Rochelle, "D "+uuid.NewString()[:4], "5EME")
	teacher, pupil := member(t, h.Rochelle, school.Teacher, class), member(t, h.Rochelle, school.Pupil, class)
	librarian, classmate := member(t, h.Rochelle, school.Librarian), member(t, h.Rochelle, school.Pupil, class)
	s := classSpace(h.Rochelle, class)
	store := func(as string, parent uuid.UUID, want bool) drive.Node {
		t.Helper()
		who := pupil
		if as == "librarian" {
			who = librarian
		}
		n, err := h.drive.Store(who, incoming(s, parent, uuid.NewString()), strings.NewReader("x"), 1)
		if (err == nil) != want || err != nil && !fault.Is(err, fault.Forbidden) {
			t.Errorf("the %s stores: %v", as, err)
		}
		return n
	}
	store("pupil", uuid.Nil, false)
	theirs := store("librarian", uuid.Nil, true)
	given := folder(t, teacher, s, uuid.Nil, "À rendre")
	within := folder(t, teacher, s, given.ID, "Groupe 1")
	must(h.drive.SetOpening(teacher, given.ID, drive.Open))
	own := store("pupil", within.ID, true)
	must(h.drive.SetOpening(teacher, given.ID, drive.Closed))
	store("pupil", given.ID, false)
	store("librarian", given.ID, false)
	must(h.drive.SetOpening(teacher, within.ID, drive.Open))
	wantFault(t, h.drive.SetOpening(pupil, within.ID, drive.Closed), fault.Forbidden)
	// One's own may be changed where one may deposit, and nobody else's.
	if _, err := h.drive.Move(pupil, own.ID, s, within.ID, "le mien.txt", false); err != nil {
		t.Error(err)
	}
	_, err := h.drive.Move(classmate, own.ID, s, within.ID, "le tien.txt", false)
	wantFault(t, err, fault.Forbidden)
	wantFault(t, h.drive.Trash(classmate, own.ID), fault.Forbidden)
	wantFault(t, h.drive.Trash(pupil, theirs.ID), fault.Forbidden)
	must(h.drive.Trash(pupil, own.ID))
	wantFault(t, h.drive.Restore(classmate, own.ID), fault.NotFound)
	must(h.drive.Restore(pupil, own.ID))
	l, err := h.drive.List(classmate, s, within.ID, drive.ListOptions{})
	if err != nil || len(l.Nodes) != 1 || l.Nodes[0].Role != drive.View || l.Folder.Role != drive.Add {
		t.Errorf("a classmate's list says %+v, %v", l, err)
	}
}

func TestSpaces(t *testing.T) {
	class := h.Class(t, h.Rochelle, "S "+uuid.NewString()[:4], "5EME")
	group := h.Group(t, h.Rochelle, "Latin "+uuid.NewString()[:4])
	pupil, guardian := h.Person(t, "Élève", "Essai"), h.Person(t, "Parent", "Essai")
	h.Join(t, h.Rochelle, pupil, school.Pupil, class, group)
	h.Join(t, h.Rochelle, guardian, school.Guardian)
	h.Follow(t, h.Rochelle, guardian, pupil)
	// Teaches elsewhere in the school, and has a child in the class.
	both := h.Person(t, "Les deux", "Essai")
	h.Join(t, h.Rochelle, both, school.Guardian)
	h.Join(t, h.Rochelle, both, school.Teacher)
	h.Follow(t, h.Rochelle, both, pupil)
	for _, c := range []struct {
		name string
		who  school.PersonID
		want map[string]drive.Role
	}{
		{"pupil", pupil, map[string]drive.Role{"perso": drive.Editor, "classe-" + class.String(): drive.View, "groupe-" + group.String(): drive.View}},
		{"guardian", guardian, map[string]drive.Role{"perso": drive.Editor, "classe-" + class.String(): drive.View, "groupe-" + group.String(): drive.View}},
		{"both", both, map[string]drive.Role{"perso": drive.Editor, "etablissement": drive.View, "classe-" + class.String(): drive.View, "groupe-" + group.String(): drive.View}},
	} {
		spaces, err := h.drive.Spaces(as(t, h.Rochelle, c.who))
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]drive.Role{}
		for _, s := range spaces {
			got[s.Segment()] = s.Role
			if s.Quota <= 0 || s.Kind == drive.Class && s.Name == "" {
				t.Errorf("%s: %+v", c.name, s)
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s sees %v", c.name, got)
		}
		for segment, role := range c.want {
			if got[segment] != role {
				t.Errorf("%s has role %d in %s, not %d", c.name, got[segment], segment, role)
			}
			back, err := drive.ParseSpace(as(t, h.Rochelle, c.who), segment)
			if err != nil || !slices.ContainsFunc(spaces, func(s drive.Space) bool { return s.SpaceRef == back }) {
				t.Errorf("%s is read as %+v, %v", segment, back, err)
			}
		}
	}
	head := member(t, h.Rochelle, school.Head)
	spaces, err := h.drive.Spaces(head)
	if err != nil || !slices.ContainsFunc(spaces, func(s drive.Space) bool { return s.Owner == class.UUID && s.Role == drive.View }) {
		t.Errorf("the head sees %+v, %v", spaces, err)
	}
	for _, id := range []uuid.UUID{uuid.New(), h.Class(t, h.Lucon, "L "+uuid.NewString()[:4], "5EME").UUID} {
		_, err := h.drive.List(head, drive.SpaceRef{Scope: h.Rochelle.ID, Kind: drive.Class, Owner: id}, uuid.Nil, drive.ListOptions{})
		wantFault(t, err, fault.NotFound)
	}
}

// TestPreview holds who looks through another's eyes to looking, and away from what is a person's.
func TestPreview(t *testing.T) {
	class := h.Class(t, h.Rochelle, "P "+uuid.NewString()[:4], "5EME")
	ctx := member(t, h.Rochelle, school.Teacher, class)
	s, own := classSpace(h.Rochelle, class), mine(t, ctx)
	kept := put(t, ctx, s, uuid.Nil, "a.txt", "a")
	private := put(t, ctx, own, uuid.Nil, "b.txt", "b")
	a := session.Actor(ctx)
	a.PreviewOnly, a.Person = true, school.PersonID{UUID: uuid.New()} // a preview plays nobody
	preview := session.With(ctx, a)
	if _, err := h.drive.Find(preview, kept.ID); err != nil {
		t.Error(err)
	}
	_, err := h.drive.Find(preview, private.ID)
	wantFault(t, err, fault.NotFound)
	_, err = h.drive.Store(preview, incoming(s, uuid.Nil, "c.txt"), strings.NewReader("c"), 1)
	wantFault(t, err, fault.ReadOnly)
	wantFault(t, h.drive.Trash(preview, kept.ID), fault.ReadOnly)
}
