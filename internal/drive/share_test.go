package drive_test

import (
	"context"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/drive"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
)

func share(t testing.TB, ctx context.Context, n drive.Node, role drive.Role, until time.Time, keys ...string) drive.Share {
	t.Helper()
	s, err := h.drive.Share(ctx, drive.Sharing{ID: school.NewID(), Node: n.ID, Keys: keys, Role: role, Until: until, Words: "quelqu’un"})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestShares(t *testing.T) {
	class := h.Class(t, h.Rochelle, "X "+uuid.NewString()[:4], "5EME")
	owner, other := member(t, h.Rochelle, school.Teacher, class), member(t, h.Rochelle, school.Teacher)
	pupil, stranger := member(t, h.Rochelle, school.Pupil, class), member(t, h.Lucon, school.Teacher)
	s := mine(t, owner)
	top := folder(t, owner, s, uuid.Nil, "Projet")
	in := folder(t, owner, s, top.ID, "Dedans")
	file := put(t, owner, s, in.ID, "a.txt", "abc")
	beside := put(t, owner, s, uuid.Nil, "b.txt", "b")
	given := share(t, owner, in, drive.Editor, h.Clock.At.Add(time.Hour), audience.PersonKey(session.Actor(other).Person))
	share(t, owner, in, drive.View, time.Time{}, audience.ClassKey(class, school.Pupil))

	l, err := h.drive.List(other, s, in.ID, drive.ListOptions{})
	if err != nil || l.Folder.Role != drive.Editor || len(l.Trail) != 0 || len(l.Nodes) != 1 {
		t.Errorf("who received it lists %+v, %v", l, err)
	}
	for _, id := range []uuid.UUID{top.ID, beside.ID} {
		_, err = h.drive.Find(other, id)
		wantFault(t, err, fault.NotFound)
	}
	added := put(t, other, s, in.ID, "le mien.txt", "12")
	if bytes, _ := used(t, owner, s); bytes != 3+1+2 {
		t.Errorf("the owner's space weighs %d", bytes)
	}
	must(h.drive.Trash(owner, added.ID))
	_, err = h.drive.Move(other, in.ID, s, uuid.Nil, "ailleurs", false)
	wantFault(t, err, fault.NotFound)
	_, err = h.drive.Share(other, drive.Sharing{ID: school.NewID(), Node: in.ID, Role: drive.View, Keys: []string{audience.PersonKey(session.Actor(pupil).Person)}})
	wantFault(t, err, fault.Forbidden)

	if text(t, pupil, file.ID, 0) != "abc" {
		t.Error("the pupil reads something else")
	}
	_, err = h.drive.Store(pupil, incoming(s, in.ID, "x"), strings.NewReader("x"), 1)
	wantFault(t, err, fault.Forbidden)
	_, err = h.drive.Find(stranger, file.ID)
	wantFault(t, err, fault.NotFound)
	for who, want := range map[context.Context]int{other: 1, pupil: 1, stranger: 0, owner: 0} {
		got, _, err := h.drive.Received(who, "")
		if err != nil || len(got) != want || want == 1 && (got[0].Document.ID != in.ID || got[0].By == "") {
			t.Errorf("received %+v, %v; want %d", got, err, want)
		}
	}
	shares, err := h.drive.SharesOf(owner, in.ID)
	if err != nil || len(shares) != 2 {
		t.Errorf("shared as %+v, %v", shares, err)
	}
	// A share ends by itself, by the hand of the owner, and with what was shared.
	h.Clock.At = h.Clock.At.Add(2 * time.Hour)
	_, err = h.drive.Find(other, file.ID)
	wantFault(t, err, fault.NotFound)
	must(h.drive.Unshare(owner, in.ID, given.ID))
	must(h.drive.Trash(owner, top.ID))
	_, err = h.drive.Find(pupil, file.ID)
	wantFault(t, err, fault.NotFound)
	if got, _, err := h.drive.Received(pupil, ""); err != nil || len(got) != 0 {
		t.Errorf("from the trash: %+v, %v", got, err)
	}
}

type bridge map[string]bool

func (b bridge) Bridged(_ context.Context, _ school.ScopeID, key string) (bool, error) {
	return b[key], nil
}

func TestWhomOneMayShareWith(t *testing.T) {
	class, other := h.Class(t, h.Rochelle, "Y1 "+uuid.NewString()[:4], "5EME"), h.Class(t, h.Rochelle, "Y2 "+uuid.NewString()[:4], "5EME")
	far := h.Class(t, h.Lucon, "Y3 "+uuid.NewString()[:4], "5EME")
	teacher, stranger := member(t, h.Rochelle, school.Teacher, class), member(t, h.Lucon, school.Teacher)
	file := put(t, teacher, mine(t, teacher), uuid.Nil, "a.txt", "abc")
	try := func(d *drive.Drive, key string) error {
		_, err := d.Share(teacher, drive.Sharing{ID: school.NewID(), Node: file.ID, Role: drive.View, Keys: []string{key}})
		return err
	}
	foreign := audience.PersonKey(session.Actor(stranger).Person)
	for key, want := range map[string]bool{
		audience.PersonKey(session.Actor(teacher).Person): true, audience.ClassKey(class, school.Pupil): true, audience.ClassKey(other, "*"): true, "e10:teacher": true, "e10:*:5EME": true,
		foreign: false, audience.ClassKey(far, school.Pupil): false, "e11:teacher": false, "t2.college:*": false, "a:*": false, "t2:*": false,
		"": false, "p": false, "x": false, "pnonsense": false, "e10": false, "e10:": false, "c" + class.String(): false, "g" + uuid.NewString() + ":*": false,
	} {
		err := try(h.drive, key)
		if (err == nil) != want || err != nil && !fault.Is(err, fault.Invalid) {
			t.Errorf("shared with %q: %v", key, err)
		}
	}
	d := h.newDrive()
	d.Bridge(bridge{foreign: true})
	if err := try(d, foreign); err != nil {
		t.Error(err)
	}
	if _, err := h.drive.Find(stranger, file.ID); err != nil {
		t.Errorf("across the bridge: %v", err)
	}
	// Who has left the space has nothing of what was shared there.
	work := put(t, teacher, classSpace(h.Rochelle, class), uuid.Nil, "c.txt", "c")
	leaver := member(t, h.Rochelle, school.Pupil)
	share(t, teacher, work, drive.View, time.Time{}, audience.PersonKey(session.Actor(leaver).Person))
	if _, err := h.drive.Find(leaver, work.ID); err != nil {
		t.Error(err)
	}
	h.Import(t, `update membership set ends_on = current_date - 1 where person_id = $1`, session.Actor(leaver).Person.UUID)
	_, err := h.drive.Find(as(t, h.Rochelle, session.Actor(leaver).Person), work.ID)
	wantFault(t, err, fault.NotFound)
}

func TestLinks(t *testing.T) {
	class := h.Class(t, h.Rochelle, "Z "+uuid.NewString()[:4], "5EME")
	owner, pupil := member(t, h.Rochelle, school.Teacher, class), member(t, h.Rochelle, school.Pupil, class)
	visitor := session.With(owner, school.Actor{})
	for _, s := range []drive.SpaceRef{mine(t, owner), classSpace(h.Rochelle, class)} {
		top := folder(t, owner, s, uuid.Nil, "Public "+uuid.NewString()[:4])
		file := put(t, owner, s, top.ID, "a.txt", "abc")
		secretFile := put(t, owner, s, uuid.Nil, uuid.NewString(), "privé")
		_, _, err := h.drive.NewLink(owner, top.ID, school.NewID(), h.Clock.At.Add(-time.Hour), "")
		wantFault(t, err, fault.Invalid)
		_, _, err = h.drive.NewLink(owner, top.ID, school.NewID(), h.Clock.At.AddDate(2, 0, 0), "court")
		wantFault(t, err, fault.Invalid)
		_, _, err = h.drive.NewLink(pupil, top.ID, school.NewID(), h.Clock.At.Add(time.Hour), "")
		if err == nil {
			t.Error("a pupil makes a link of a teacher's folder")
		}
		link, secret, err := h.drive.NewLink(owner, top.ID, school.NewID(), h.Clock.At.Add(time.Hour), "")
		if err != nil {
			t.Fatal(err)
		}
		door, err := h.drive.OpenLink(visitor, secret, "")
		if err != nil || door.Document.ID != top.ID || door.Document.Role != drive.View {
			t.Fatalf("opened %+v, %v", door, err)
		}
		must(door.Enter())
		if tree, err := door.Tree(10); err != nil || len(tree) != 2 {
			t.Errorf("leads to %+v, %v", tree, err)
		}
		body, n, err := door.Open(file.ID, 1, -1)
		if err != nil {
			t.Fatal(err)
		}
		if got, _ := io.ReadAll(body); string(got) != "bc" || n.Name != "a.txt" {
			t.Errorf("reads %q of %s", got, n.Name)
		}
		body.Close()
		_, _, err = door.Open(secretFile.ID, 0, -1)
		wantFault(t, err, fault.NotFound)
		_, err = h.drive.OpenLink(visitor, secret+"x", "")
		wantFault(t, err, fault.NotFound)
		_, err = h.drive.OpenLink(session.With(member(t, h.Lucon, school.Teacher), school.Actor{}), secret, "")
		if s.Kind == drive.Class {
			wantFault(t, err, fault.NotFound)
		}
		if links, err := h.drive.LinksOf(owner, top.ID); err != nil || len(links) != 1 || links[0].Opened != 1 {
			t.Errorf("links are %+v, %v", links, err)
		}
		must(h.drive.RevokeLink(owner, top.ID, link.ID))
		_, err = h.drive.OpenLink(visitor, secret, "")
		wantFault(t, err, fault.NotFound)

		_, secret, err = h.drive.NewLink(owner, file.ID, school.NewID(), h.Clock.At.Add(time.Hour), "corriger des copies")
		if err != nil {
			t.Fatal(err)
		}
		for range 10 {
			_, err = h.drive.OpenLink(visitor, secret, "au hasard")
			wantFault(t, err, fault.Invalid)
		}
		_, err = h.drive.OpenLink(visitor, secret, "corriger des copies")
		wantFault(t, err, fault.Busy)
		h.Clock.At = h.Clock.At.Add(20 * time.Minute)
		if _, err = h.drive.OpenLink(visitor, secret, "corriger des copies"); err != nil {
			t.Error(err)
		}
		must(h.drive.Trash(owner, top.ID))
		_, err = h.drive.OpenLink(visitor, secret, "corriger des copies")
		wantFault(t, err, fault.NotFound)
		must(h.drive.Restore(owner, top.ID))
		h.Clock.At = h.Clock.At.Add(2 * time.Hour)
		_, err = h.drive.OpenLink(visitor, secret, "corriger des copies")
		wantFault(t, err, fault.NotFound)
	}
}
