package ui_test

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"elyco/internal/theme"
	"elyco/internal/ui"
	"elyco/themes"

	"github.com/a-h/templ"
	"golang.org/x/net/html"
)

func frame() ui.Frame {
	return ui.Frame{
		Title: "Accueil", SiteName: "Collège Les Dunes", SiteKind: "Collège public · Vendée", HomeURL: "#home", SearchURL: "#search", WhyURL: "#why",
		LogoURL: "logo.svg", FaviconURL: "favicon.svg", BannerURL: "banner.svg", ComfortURL: "#comfort-save", Here: "/", SignInURL: "#sign-in",
		Menu: []ui.MenuItem{
			{Label: "Accueil", URL: "#1", Icon: ui.IconHome, Current: true},
			{Label: "Messages", URL: "#2", Icon: ui.IconMail, Badge: 2},
			{Label: "Agenda", URL: "#3", Icon: ui.IconAgenda},
			{Label: "Cahier de textes", URL: "#4", Icon: ui.IconHomework, Group: "Mes cours"},
			{Label: "Emploi du temps", URL: "#5", Icon: ui.IconTimetable, Group: "Mes cours"},
			{Label: "Notes et compétences", URL: "#6", Icon: ui.IconGrades, Group: "Mes cours"},
			{Label: "Documents", URL: "#7", Icon: ui.IconFolder, Group: "Mes cours"},
			{Label: "Absences", URL: "#8", Icon: ui.IconAbsence, Group: "La vie au collège", Badge: 1},
			{Label: "Cantine", URL: "#9", Icon: ui.IconCanteen, Group: "La vie au collège"},
			{Label: "Transport", URL: "#10", Icon: ui.IconBus, Group: "La vie au collège"},
		},
		Person:   &ui.PersonChip{Name: "Camille Le Goff", ProfileLabel: "Élève de 4e B", Initials: "CL", AccountURL: "#account", SignOutURL: "#out"},
		SwitchTo: []ui.Link{{Label: "Collège Les Dunes", URL: "#a", Current: true}, {Label: "Lycée des Deux Rives", URL: "#b"}},
		Urgent:   []ui.AnnouncementCard{{Title: "Pas de transport scolaire demain matin", Text: "Vigilance orange neige et verglas. Le collège reste ouvert.", Urgent: true, From: "Le Département", Until: "mercredi 25 novembre"}},
		Notice:   []ui.Flash{{Kind: ui.ToneSuccess, Text: "Votre réponse est enregistrée."}},
		Trail:    []ui.Link{{Label: "Accueil", URL: "#home"}, {Label: "Vie de l’élève", URL: "#life"}},
		Footer:   []ui.Link{{Label: "Mentions légales", URL: "#legal"}, {Label: "Accessibilité : partiellement conforme", URL: "#access"}, {Label: "Données personnelles", URL: "#data"}, {Label: "Aide", URL: "#help"}},
	}
}

func public() templ.Component {
	f := frame()
	f.Public, f.Person, f.Notice, f.Trail = true, nil, nil, nil
	f.Menu = []ui.MenuItem{{Label: "Accueil", URL: "#1", Current: true}, {Label: "Actualités", URL: "#2"}, {Label: "Le collège", URL: "#3"}, {Label: "Contact", URL: "#4"}}
	hero := ui.Hero{Kicker: "Collège public · Vendée", Title: "Collège Les Dunes", Lead: "Apprendre face à la mer, dans un collège à taille humaine.", BannerURL: "banner.svg",
		Actions: ui.ButtonLink{Label: "Entrer dans mon espace", URL: "#in", Kind: ui.ButtonPrimary, Icon: ui.IconKey}}
	return ui.PublicLayout(f, hero, ui.Section{ID: "s", Title: "Une matinée ordinaire"}.With())
}

func gate() templ.Component {
	f := frame()
	f.Public, f.Person, f.Menu, f.Notice, f.Trail, f.Urgent, f.SignInURL = true, nil, nil, nil, nil, nil, ""
	body := templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		ctx = templ.WithChildren(ctx, templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
			return templ.Join(
				ui.Field{Name: "login", Label: "Identifiant", Autocomplete: "username", Required: true},
				ui.Field{Name: "password", Label: "Mot de passe", Type: "password", Autocomplete: "current-password", Required: true},
				ui.Button{Label: "Se connecter", Kind: ui.ButtonPrimary},
			).Render(templ.ClearChildren(ctx), w)
		}))
		return ui.Gate{Title: "Bienvenue dans l’espace de votre collège", Text: "Connectez-vous pour retrouver l’essentiel de la journée.", BannerURL: "banner.svg", LogoURL: "logo.svg"}.With().Render(ctx, w)
	})
	return ui.PublicLayout(f, nil, body)
}

func render(t *testing.T, c templ.Component) string {
	t.Helper()
	var out bytes.Buffer
	if err := c.Render(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func pages(t *testing.T) map[string]string {
	return map[string]string{
		"gallery.html": render(t, ui.Layout(frame(), ui.Gallery())),
		"public.html":  render(t, public()),
		"gate.html":    render(t, gate()),
	}
}

func TestPagesHoldTogether(t *testing.T) {
	for name, page := range pages(t) {
		t.Run(name, func(t *testing.T) {
			root, err := html.Parse(strings.NewReader(page))
			if err != nil {
				t.Fatal(err)
			}
			ids, headings := map[string]bool{}, 0
			var pointers []string
			for n := range root.Descendants() {
				if n.Type != html.ElementNode {
					continue
				}
				if n.Data == "h1" {
					headings++
				}
				for _, a := range n.Attr {
					switch a.Key {
					case "id":
						if ids[a.Val] || a.Val == "" {
							t.Errorf("id %q is empty or used twice", a.Val)
						}
						ids[a.Val] = true
					case "for", "aria-describedby", "aria-labelledby", "popovertarget", "commandfor", "data-opens", "data-count", "data-echo":
						pointers = append(pointers, strings.Fields(a.Val)...)
					case "style":
						t.Errorf("<%s> has an inline style", n.Data)
					}
					if strings.HasPrefix(a.Key, "on") {
						t.Errorf("<%s> has an inline handler %s", n.Data, a.Key)
					}
				}
			}
			for _, p := range pointers {
				if !ids[p] {
					t.Errorf("nothing has the id %q that something points at", p)
				}
			}
			if headings != 1 {
				t.Errorf("%d h1", headings)
			}
		})
	}
}

func TestEveryPropertyOfTheSheetIsSet(t *testing.T) {
	set, err := ui.Assets()
	if err != nil {
		t.Fatal(err)
	}
	base := string(set.Files[set.BaseCSS].Bytes)
	defaults, err := theme.Load(themes.FS, "default")
	if err != nil {
		t.Fatal(err)
	}
	sheet, _ := theme.Stylesheet(theme.Compose(defaults.Layer))
	defined := map[string]bool{}
	for _, m := range regexp.MustCompile(`(--[\w-]+):`).FindAllStringSubmatch(base+string(sheet), -1) {
		defined[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`var\((--[\w-]+)\)`).FindAllStringSubmatch(base, -1) {
		if !defined[m[1]] {
			t.Errorf("%s is used and never set", m[1])
		}
	}
	for _, m := range regexp.MustCompile(`(--(?:[a-z]+-)*[a-z0-9]+):#`).FindAllStringSubmatch(string(sheet), -1) {
		if !strings.Contains(base, m[1]+":") {
			t.Errorf("%s has no fallback for a page without theme", m[1])
		}
	}
}

func TestAssetsAreNamedByContent(t *testing.T) {
	first, err := ui.Assets()
	if err != nil {
		t.Fatal(err)
	}
	second, err := ui.Assets()
	if err != nil {
		t.Fatal(err)
	}
	if first.BaseCSS != second.BaseCSS || first.Script != second.Script {
		t.Error("the same content got two names")
	}
	for name, a := range first.Files {
		if len(a.Gzip) >= len(a.Bytes) || a.ContentType == "" {
			t.Errorf("%s is not packed", name)
		}
	}
}

// TestWriteGallery writes the pages for a designer's eyes where GALLERY_DIR names a folder.
func TestWriteGallery(t *testing.T) {
	dir := os.Getenv("GALLERY_DIR")
	if dir == "" {
		t.Skip("GALLERY_DIR names no folder")
	}
	set, err := ui.Assets()
	if err != nil {
		t.Fatal(err)
	}
	entries, err := themes.FS.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	base, err := theme.Load(themes.FS, "default")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		one, err := theme.Load(themes.FS, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		sheet, _ := theme.Stylesheet(theme.Compose(base.Layer, one.Layer))
		files := map[string][]byte{"base.css": set.Files[set.BaseCSS].Bytes, "elyco.js": set.Files[set.Script].Bytes, "theme.css": sheet,
			"logo.svg": one.Logo, "favicon.svg": one.Favicon, "banner.svg": one.Banner}
		for name, page := range pages(t) {
			files[name] = []byte(strings.Replace(page, "</head>", `<link rel="stylesheet" href="base.css"><link rel="stylesheet" href="theme.css"><script src="elyco.js" defer></script></head>`, 1))
		}
		for name, content := range files {
			place := filepath.Join(dir, e.Name(), name)
			if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(place, content, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
