package theme_test

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"elyco/internal/theme"
	"elyco/themes"

	"pgregory.net/rapid"
)

func shipped(t testing.TB) map[string]theme.Theme {
	t.Helper()
	entries, err := fs.ReadDir(themes.FS, ".")
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]theme.Theme{}
	for _, e := range entries {
		one, err := theme.Load(themes.FS, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		all[one.Slug] = one
	}
	return all
}

func TestEveryShippedThemeCanBeRead(t *testing.T) {
	all := shipped(t)
	for _, slug := range []string{"default", "pays-de-la-loire", "loire-atlantique", "maine-et-loire", "mayenne", "sarthe", "vendee", "academie-nantes"} {
		one, found := all[slug]
		if !found {
			t.Errorf("theme %s is not shipped", slug)
			continue
		}
		tokens := theme.Compose(all["default"].Layer, one.Layer)
		for _, f := range theme.Check(tokens) {
			t.Errorf("%s: %s", slug, f.Words())
		}
		for _, f := range theme.CheckHighContrast(tokens) {
			t.Errorf("%s, high contrast: %s", slug, f.Words())
		}
		if one.Name == "" || one.Login.Title == "" || one.Login.Text == "" {
			t.Errorf("%s lacks a name or a welcome", slug)
		}
	}
}

func TestDefaultThemeSetsEveryRole(t *testing.T) {
	base := shipped(t)["default"].Layer
	for _, role := range theme.Roles() {
		if _, ok := base.Light[role]; !ok {
			t.Errorf("light lacks %s", role)
		}
		if _, ok := base.Dark[role]; !ok {
			t.Errorf("dark lacks %s", role)
		}
	}
}

func TestThemesDiffer(t *testing.T) {
	all := shipped(t)
	seen := map[theme.Colour]string{}
	for slug, one := range all {
		masthead := one.Layer.Light[theme.Masthead]
		if other, taken := seen[masthead]; taken {
			t.Errorf("%s and %s have the same masthead", slug, other)
		}
		seen[masthead] = slug
	}
}

func TestAnyAccentCanBeRead(t *testing.T) {
	all := shipped(t)
	channel := rapid.Uint8()
	rapid.Check(t, func(t *rapid.T) {
		accent := theme.Colour{R: channel.Draw(t, "red"), G: channel.Draw(t, "green"), B: channel.Draw(t, "blue")}
		slug := rapid.SampledFrom([]string{"default", "maine-et-loire", "sarthe", "vendee"}).Draw(t, "theme")
		tokens := theme.Compose(all["default"].Layer, all[slug].Layer, theme.Layer{Accent: &accent})
		for _, f := range append(theme.Check(tokens), theme.CheckHighContrast(tokens)...) {
			t.Fatalf("%s with %s: %s", slug, accent.Hex(), f.Words())
		}
	})
}

func TestContrastOfKnownPairs(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want float64
	}{
		{"#000000", "#ffffff", 21}, {"#ffffff", "#ffffff", 1}, {"#767676", "#ffffff", 4.54}, {"#ff0000", "#ffffff", 4.0}, {"#777777", "#fff", 4.48},
	} {
		got := theme.Contrast(colour(t, c.a), colour(t, c.b))
		if diff := got - c.want; diff > 0.005 || diff < -0.005 {
			t.Errorf("contrast of %s on %s is %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func TestFindingNamesTheNearestColour(t *testing.T) {
	base := shipped(t)["default"].Layer
	pale := theme.Layer{Light: theme.Palette{theme.Muted: colour(t, "#9aa4ae")}}
	findings := theme.Check(theme.Compose(base, pale))
	if len(findings) == 0 {
		t.Fatal("a pale text was accepted")
	}
	for _, f := range findings {
		if f.Scheme != theme.Light || f.Front != theme.Muted {
			t.Fatalf("unexpected finding: %s", f.Words())
		}
	}
	words := findings[0].Words()
	for _, part := range []string{"En couleurs claires", "text-muted", "#9aa4ae", "4,5", findings[0].Nearest.Hex()} {
		if !strings.Contains(words, part) {
			t.Errorf("%q lacks %q", words, part)
		}
	}
	mended := theme.Layer{Light: theme.Palette{theme.Muted: findings[0].Nearest}}
	if left := theme.Check(theme.Compose(base, mended)); len(left) > 0 {
		t.Errorf("the colour proposed does not do: %s", left[0].Words())
	}
}

func TestParseRefusesWhatItDoesNotKnow(t *testing.T) {
	for name, c := range map[string]struct{ source, want string }{
		"unknown key":    {"name: A\nlogos: b\n", "ligne 2 : la clé « logos » est inconnue"},
		"unknown role":   {"light:\n  texte: \"#000000\"\n", "ligne 2 : la clé « texte » est inconnue"},
		"not a colour":   {"dark:\n  text: \"rouge\"\n", "ligne 2 : « rouge » n’est pas une couleur"},
		"injected value": {"light:\n  text: \"#000;}body{\"\n", "n’est pas une couleur"},
		"unknown font":   {"fonts: {body: comic}\n", "« comic » n’est pas proposé"},
		"radius":         {"shape: {radius: 90}\n", "de 0 à 24"},
		"twice":          {"name: A\nname: B\n", "écrite deux fois"},
		"a list":         {"- 1\n", "une liste de clés est attendue"},
		"empty":          {"", "vide"},
		"alias":          {"light: &a\n  text: \"#000\"\ndark: *a\n", "une liste de clés est attendue"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := theme.Parse([]byte(c.source))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestLoadNamesTheMissingFile(t *testing.T) {
	files := fstest.MapFS{"x/theme.yaml": {Data: []byte("name: X\n")}}
	if _, err := theme.Load(files, "x"); err == nil || !strings.Contains(err.Error(), ".svg") {
		t.Fatalf("got %v", err)
	}
	if _, err := theme.Load(files, "../x"); err == nil {
		t.Fatal("a path was taken as a slug")
	}
}

func TestStylesheetIsStableAndCoversEveryScheme(t *testing.T) {
	all := shipped(t)
	tokens := theme.Compose(all["default"].Layer, all["vendee"].Layer)
	first, hash := theme.Stylesheet(tokens)
	second, again := theme.Stylesheet(theme.Compose(all["default"].Layer, all["vendee"].Layer))
	if !bytes.Equal(first, second) || hash != again {
		t.Fatal("the same tokens gave two sheets")
	}
	if _, other := theme.Stylesheet(theme.Compose(all["default"].Layer, all["sarthe"].Layer)); other == hash {
		t.Fatal("two themes share a hash")
	}
	for _, part := range []string{":root{color-scheme:light", "@media (prefers-color-scheme:dark)", ":root[data-scheme=dark]", ":root[data-contrast=high]", "--hue-6-ink:", "--brand-soft:"} {
		if !strings.Contains(string(first), part) {
			t.Errorf("the sheet lacks %s", part)
		}
	}
	if strings.Contains(string(first), "url(") {
		t.Error("the sheet fetches something")
	}
}

func colour(t testing.TB, text string) theme.Colour {
	t.Helper()
	c, err := theme.ParseColour(text)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func FuzzParse(f *testing.F) {
	f.Add([]byte("name: A\nlight: {text: \"#000000\"}\n"))
	f.Add([]byte("a: &a [*a]"))
	f.Fuzz(func(t *testing.T, source []byte) {
		_, _ = theme.Parse(source)
	})
}
