package branding_test

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/services/branding"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/theme"
	"elyco/themes"
)

// desk is the room on a territory, with two replicas of what spaces wear.
type desk struct {
	*testkit.Territory
	room      *branding.Room
	here      *theme.Wardrobe
	elsewhere *theme.Wardrobe
}

func newDesk(t *testing.T) desk {
	t.Helper()
	w := testkit.NewTerritory(t, "localhost:8080", nil)
	d := desk{Territory: w, here: wardrobe(t, w), elsewhere: wardrobe(t, w)}
	d.room = branding.New(w.DB, w.Registry, d.here)
	return d
}

func wardrobe(t *testing.T, w *testkit.Territory) *theme.Wardrobe {
	t.Helper()
	skins, err := theme.NewWardrobe(w.DB, themes.FS)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { skins.Follow(ctx); close(done) }()
	t.Cleanup(func() { stop(); <-done })
	return skins
}

// as is somebody who administers a space, acting in it.
func (d desk) as(t *testing.T, space *tenant.Tenant) context.Context {
	t.Helper()
	profile := school.Collectivity
	if space.Kind == tenant.KindEstablishment {
		profile = school.Head
	}
	p := d.NewPerson(t, testkit.In(space, profile, testkit.Admin()))
	return session.With(tenant.Enter(t.Context(), space), d.Actor(t, space, p))
}

func (d desk) open(t *testing.T, ctx context.Context) branding.Desk {
	t.Helper()
	open, err := d.room.Open(ctx)
	if err != nil {
		t.Fatal(err)
	}
	return open
}

// form is the form as it stands, with one colour of the light scheme typed anew.
func form(d branding.Desk, role theme.Role, hex string) branding.Change {
	c := branding.Change{Shape: d.Look.Tokens.Shape, Login: d.Look.Login}
	for _, r := range branding.Roles() {
		light, dark := d.Look.Tokens.Light[r].Hex(), d.Look.Tokens.Dark[r].Hex()
		c.Light, c.Dark = append(c.Light, branding.Pair{Text: light, Pick: light}), append(c.Dark, branding.Pair{Text: dark, Pick: dark})
		if r == role {
			c.Light[len(c.Light)-1].Text = hex
		}
	}
	return c
}

func (d desk) set(t *testing.T, ctx context.Context, role theme.Role, hex string) branding.Desk {
	t.Helper()
	open := d.open(t, ctx)
	if err := d.room.Save(ctx, open.Draft.Revision, form(open, role, hex)); err != nil {
		t.Fatal(err)
	}
	return d.open(t, ctx)
}

func (d desk) publish(t *testing.T, ctx context.Context, role theme.Role, hex string) {
	t.Helper()
	open := d.set(t, ctx, role, hex)
	if err := d.room.Publish(ctx, open.Draft.Revision, ""); err != nil {
		t.Fatal(err)
	}
}

// within waits for what notifications bring, for a second.
func within(t *testing.T, what string, true func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if true() {
			return
		}
	}
	t.Errorf("after a second: %s", what)
}

func TestUnreadableThemesAreNotPublished(t *testing.T) {
	d := newDesk(t)
	ctx := d.as(t, d.Vendee)
	before := d.here.For(ctx, d.Vendee)
	open := d.set(t, ctx, theme.Brand, "#ffd166")
	if len(open.Verdicts) == 0 {
		t.Fatal("white on yellow passes")
	}
	if err := d.room.Publish(ctx, open.Draft.Revision, ""); !fault.Is(err, fault.Invalid) {
		t.Fatalf("an unreadable theme is answered with %v", err)
	}
	after := d.open(t, ctx)
	if after.Worn.Exists() || !after.Draft.Draft() || after.Draft.Revision != open.Draft.Revision {
		t.Errorf("the refusal changed something: %+v", after.Draft)
	}
	if d.here.For(ctx, d.Vendee) != before {
		t.Error("the refused theme is worn")
	}
	for range 12 {
		if len(after.Verdicts) == 0 {
			break
		}
		a := after.Verdicts[0].Advice
		if a == nil {
			t.Fatalf("no advice for %s", after.Verdicts[0].Words())
		}
		if err := d.room.Take(ctx, after.Draft.Revision, a.Scheme, a.Role, a.Colour); err != nil {
			t.Fatal(err)
		}
		after = d.open(t, ctx)
	}
	if err := d.room.Publish(ctx, after.Draft.Revision, "comme conseillé"); err != nil {
		t.Errorf("following the advice does not pass: %v", err)
	}
}

func TestReplicasSeeAChangeAndOthersDoNot(t *testing.T) {
	d := newDesk(t)
	ctx := d.as(t, d.Vendee)
	worn := func(w *theme.Wardrobe, space *tenant.Tenant) string { return w.For(t.Context(), space).StylesheetURL }
	college, lycee := worn(d.elsewhere, d.College), worn(d.elsewhere, d.Lycee)
	d.publish(t, ctx, theme.Masthead, "#123456")
	within(t, "the other replica still wears the old theme", func() bool { return worn(d.elsewhere, d.College) != college })
	within(t, "the replica that published wears the old theme", func() bool { return worn(d.here, d.College) == worn(d.elsewhere, d.College) })
	if worn(d.elsewhere, d.Lycee) != lycee {
		t.Error("the establishment of another collectivity changed")
	}
	if _, ok := d.elsewhere.File(ctx, d.College, strings.TrimPrefix(college, "/theme/")); !ok {
		t.Error("the old style sheet is gone while pages are open")
	}
	fresh, err := theme.NewWardrobe(d.DB, themes.FS)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := fresh.File(ctx, d.College, strings.TrimPrefix(worn(d.here, d.College), "/theme/")); !ok {
		t.Error("a replica that has just started does not find a style sheet that was published before")
	}
}

func TestAVersionIsTakenBackAndForth(t *testing.T) {
	d := newDesk(t)
	ctx := d.as(t, d.Vendee)
	d.publish(t, ctx, theme.Masthead, "#123456")
	d.publish(t, ctx, theme.Masthead, "#5a1a4a")
	open := d.open(t, ctx)
	if len(open.History) != 2 || open.Worn.Number != 2 {
		t.Fatalf("%d versions, the last one %d", len(open.History), open.Worn.Number)
	}
	if err := d.room.Restore(ctx, open.History[1].ID); err != nil {
		t.Fatal(err)
	}
	if back := d.open(t, ctx); back.Worn.Number != 3 || back.Look.Tokens.Light[theme.Masthead].Hex() != "#123456" {
		t.Errorf("version %d wears %s", back.Worn.Number, back.Look.Tokens.Light[theme.Masthead].Hex())
	}
	if err := d.room.Restore(ctx, open.History[0].ID); err != nil {
		t.Fatal(err)
	}
	if again := d.open(t, ctx); again.Worn.Number != 4 || again.Look.Tokens.Light[theme.Masthead].Hex() != "#5a1a4a" {
		t.Errorf("version %d wears %s", again.Worn.Number, again.Look.Tokens.Light[theme.Masthead].Hex())
	}
	if err := d.room.Restore(d.as(t, d.Region), open.History[0].ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("another collectivity takes the version: %v", err)
	}
	if err := d.room.Restore(d.as(t, d.College), open.History[0].ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("an establishment takes its collectivity's version, which it can read: %v", err)
	}
}

func TestNobodyPublishesWhatTheyHaveNotSeen(t *testing.T) {
	d := newDesk(t)
	one, other := d.as(t, d.Vendee), d.as(t, d.Vendee)
	seen := d.set(t, one, theme.Masthead, "#123456")
	d.set(t, other, theme.Masthead, "#5a1a4a")
	if err := d.room.Publish(one, seen.Draft.Revision, ""); !fault.Is(err, fault.Conflict) {
		t.Errorf("a draft that another person changed is answered with %v", err)
	}
	if err := d.room.Save(one, seen.Draft.Revision, form(seen, theme.Masthead, "#123457")); !fault.Is(err, fault.Conflict) {
		t.Errorf("a change over another person's is answered with %v", err)
	}
	if err := d.room.Publish(d.as(t, d.Region), 0, ""); !fault.Is(err, fault.Invalid) {
		t.Errorf("publishing nothing is answered with %v", err)
	}
}

func TestASchoolAddsItsMarks(t *testing.T) {
	d := newDesk(t)
	head := d.as(t, d.College)
	before := d.open(t, head)
	change := form(before, theme.Masthead, "#000000")
	change.Accent.Text = "#2e7d32"
	change.Login.Title = "Bienvenue à Dolto"
	if err := d.room.Save(head, 0, change); err != nil {
		t.Fatal(err)
	}
	after := d.open(t, head)
	if after.Look.Tokens.Light[theme.Masthead] != before.Look.Tokens.Light[theme.Masthead] {
		t.Error("a school changed its collectivity's masthead")
	}
	if after.Look.Tokens.Light[theme.Brand] == before.Look.Tokens.Light[theme.Brand] || after.Look.Login.Title != "Bienvenue à Dolto" {
		t.Error("the school's accent and welcome are not worn")
	}
	if err := d.room.PutDrawing(head, after.Draft.Revision, branding.Favicon, drawing(t, 8, 8)); !fault.Is(err, fault.NotFound) {
		t.Errorf("a school sets an icon: %v", err)
	}
	if err := d.room.PutDrawing(head, after.Draft.Revision, branding.Logo, drawing(t, 2000, 1000)); err != nil {
		t.Fatal(err)
	}
	after = d.open(t, head)
	if err := d.room.Publish(head, after.Draft.Revision, "nos couleurs"); err != nil {
		t.Fatal(err)
	}
	college, sibling := d.here.For(head, d.College), d.here.For(head, d.Sibling)
	within(t, "the school does not wear its logo", func() bool { college = d.here.For(head, d.College); return college.LogoURL != sibling.LogoURL })
	if college.FaviconURL != sibling.FaviconURL || college.StylesheetURL == sibling.StylesheetURL {
		t.Error("the icon is not the collectivity's, or the accent is not the school's")
	}
	d.publish(t, d.as(t, d.Vendee), theme.Masthead, "#123456")
	within(t, "the school does not follow its collectivity", func() bool { return d.here.For(head, d.College).Colour == "#123456" })
}

func TestHostileUploadsAreRefused(t *testing.T) {
	d := newDesk(t)
	ctx := d.as(t, d.Vendee)
	bomb := drawing(t, 1, 1).Bytes()
	copy(bomb[16:24], []byte{0, 1, 0, 0, 0, 1, 0, 0}) // 65 536 by 65 536 pixels, said in the head of the file
	for name, file := range map[string][]byte{
		"bomb": bomb, "nothing": nil, "page": []byte("<html><script>alert(1)</script></html>"), "text": []byte("ceci n’est pas une image"),
		"entities": []byte(`<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg"><text>&a;</text></svg>`),
		"large":    bytes.Repeat([]byte("x"), 10<<20),
	} {
		err := d.room.PutDrawing(ctx, 0, branding.Logo, bytes.NewReader(file))
		if !fault.Is(err, fault.Invalid) || !strings.Contains(strings.Join(fieldNames(err), " "), "logo") {
			t.Errorf("%s: %v", name, err)
		}
	}
	svg := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2" onload="alert(1)"><script>alert(2)</script><rect width="2" height="2" fill="#123456"/></svg>`
	if err := d.room.PutDrawing(ctx, 0, branding.Logo, strings.NewReader(svg)); err != nil {
		t.Fatal(err)
	}
	o, err := d.room.Try(ctx, d.open(t, ctx).Draft.ID)
	if err != nil {
		t.Fatal(err)
	}
	if text := string(o.Logo.Bytes); strings.Contains(text, "alert") || !strings.Contains(text, "rect") {
		t.Errorf("the drawing is kept as %s", text)
	}
}

func TestAuthorsAreForgotten(t *testing.T) {
	d := newDesk(t)
	ctx := d.as(t, d.Vendee)
	d.publish(t, ctx, theme.Masthead, "#123456")
	record := d.room.Service().Privacy
	err := d.Write(ctx, func(ctx context.Context, tx dbTx) error {
		kept, err := record.Export(ctx, tx, session.Actor(ctx).Person)
		if err != nil || kept["theme_versions"] == nil {
			t.Errorf("exported: %v, %v", kept, err)
		}
		return record.Erase(ctx, tx, session.Actor(ctx).Person)
	})
	if err != nil {
		t.Fatal(err)
	}
	if v := d.open(t, ctx).Worn; v.AuthorName != "" || v.Author.UUID != uuid.Nil || v.Number != 1 {
		t.Errorf("after erasure: %+v", v)
	}
}

func drawing(t *testing.T, w, h int) *bytes.Buffer {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	img.Set(0, 0, color.NRGBA{200, 30, 60, 128})
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return &out
}
