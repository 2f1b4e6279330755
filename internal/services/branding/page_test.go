package branding_test

import (
	"errors"
	"maps"
	"net/url"
	"slices"
	"strings"
	"testing"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/local/pg"
	"elyco/internal/school"
	"elyco/internal/testkit"
	"elyco/internal/theme"
	"elyco/themes"
)

type dbTx = db.Tx

func fieldNames(err error) []string {
	var f *fault.Error
	if !errors.As(err, &f) {
		return nil
	}
	return slices.Collect(maps.Keys(f.Fields))
}

func TestPagesAsPeopleSeeThem(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	agent := h.SignInAs(t, h.Vendee, school.Collectivity, testkit.Admin())

	head.Get(t, h.College, "/branding").Is(t, 200).Sees(t, "h1", "Apparence").Sees(t, "iframe[title]", "").Sees(t, "label", "Couleur d’accent").SeesNot(t, "Fond de page")
	agent.Get(t, h.Vendee, "/branding").Is(t, 200).Sees(t, "summary", "Votre identité").Sees(t, "p", "Fond de page")
	h.SignInAs(t, h.College, school.Teacher).Get(t, h.College, "/branding").Is(t, 403)
	h.SignInAs(t, h.College, school.Guardian).Get(t, h.College, "/branding/preview").Is(t, 403)

	for _, path := range []string{"/branding/preview", "/branding/preview?view=sign-in&scheme=dark"} {
		head.Get(t, h.College, path).Is(t, 200)
	}
	nil36 := "00000000-0000-0000-0000-000000000000"
	for path, kind := range map[string]string{"/branding/preview/" + nil36 + "/style.css": "text/css", "/branding/preview/" + nil36 + "/logo": "image/svg+xml",
		"/branding/preview/letter": "text/html", "/branding/preview/pdf": "application/pdf"} {
		if got := head.Get(t, h.College, path).Is(t, 200).Header.Get("Content-Type"); !strings.HasPrefix(got, kind) {
			t.Errorf("%s is %s", path, got)
		}
	}
	head.Get(t, h.College, "/branding/preview/mail").Is(t, 200).Sees(t, "pre", "Répondre à l’invitation")
	head.Get(t, h.College, "/branding/preview/"+nil36+"/secret").Is(t, 404)
}

func TestASchoolPublishesWithoutScripts(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	form := url.Values{"revision": {"0"}, "accent": {"vert"}, "accent_pick": {"#000000"}, "login_title": {""}, "login_text": {""}}
	head.Post(t, h.College, "/branding/draft", form).Is(t, 422).Sees(t, ".error", "n’est pas une couleur")
	form.Set("accent", "#2e7d32")
	head.Post(t, h.College, "/branding/draft", form).LeadsTo(t, "/branding?scheme=light&view=home#branding-look")
	head.Get(t, h.College, "/branding").Sees(t, "button", "Publier")
	head.Post(t, h.College, "/branding/publications", url.Values{"revision": {"1"}, "note": {"notre vert"}}).LeadsTo(t, "/branding")
	head.Get(t, h.College, "/branding").Sees(t, "td", "notre vert").Sees(t, ".badge", "En place")
	head.Post(t, h.College, "/branding/publications", url.Values{"revision": {"1"}}).Is(t, 409)
}

func TestABrokenDatabaseBreaksNoPage(t *testing.T) {
	d := newDesk(t)
	ctx := d.as(t, d.Vendee)
	shipped := d.here.For(ctx, d.College).Colour
	d.publish(t, ctx, theme.Masthead, "#123456")
	within(t, "what was published is not worn", func() bool { return d.here.For(ctx, d.College).Colour == "#123456" })
	owner := d.As(t, pg.Owner)
	rename := func(from, to string) {
		if _, err := owner.Exec(t.Context(), "alter table "+from+" rename to "+to); err != nil {
			t.Fatal(err)
		}
	}
	rename("theme_version", "theme_lost")
	fresh, err := theme.NewWardrobe(d.DB, themes.FS)
	if err != nil {
		t.Fatal(err)
	}
	skin := fresh.For(ctx, d.College)
	if skin.Colour != shipped {
		t.Errorf("without the database a school wears %s", skin.Colour)
	}
	if _, ok := fresh.File(ctx, d.College, strings.TrimPrefix(skin.StylesheetURL, "/theme/")); !ok {
		t.Error("the style sheet of the shipped theme is not served")
	}
	rename("theme_lost", "theme_version")
	if got := fresh.For(ctx, d.College).Colour; got != "#123456" {
		t.Errorf("once the database is back a school still wears %s", got)
	}
}
