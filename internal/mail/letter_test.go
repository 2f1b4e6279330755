package mail

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func letter() Letter {
	look := Look{Background: "#eeeeee", Surface: "#ffffff", Text: "#111111", Muted: "#444444", Line: "#cccccc", Masthead: "#003355",
		OnMasthead: "#ffffff", Brand: "#005599", OnBrand: "#ffffff", Link: "#004488", BodyFont: `"Segoe UI", sans-serif`, Radius: 8}
	dark := look
	dark.Background, dark.Text = "#101010", "#f0f0f0"
	return Letter{Light: look, Dark: dark, Site: "Collège Colette", Title: "Réunion <b>jeudi</b>", Greeting: "Bonjour,",
		Paragraphs: []string{"La réunion a lieu jeudi à 18 h & tout le monde est attendu dans la grande salle du rez-de-chaussée, comme l’an passé."},
		Action:     Action{"Répondre", `https://colette.example/?a=1&b="2"`}, Footer: "Vous recevez ce message car vous suivez un élève."}
}

func TestHTMLIsSafeAndWhole(t *testing.T) {
	text, err := letter().HTML()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := html.Parse(strings.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Réunion &lt;b&gt;jeudi&lt;/b&gt;", "18 h &amp; tout", `href="https://colette.example/?a=1&amp;b=&#34;2&#34;"`,
		`name="color-scheme"`, "prefers-color-scheme:dark", `.m-bg{background:#101010!important}`, `background:#003355`, `font-family:&#34;Segoe UI&#34;`} {
		if !strings.Contains(text, want) {
			t.Errorf("the letter lacks %s", want)
		}
	}
	if strings.Contains(text, "%!") {
		t.Error("a value has no place")
	}
}

func TestTextSaysTheSame(t *testing.T) {
	text, err := letter().Text()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Collège Colette", "Bonjour,", "Répondre :\nhttps://colette.example", "vous suivez un élève."} {
		if !strings.Contains(text, want) {
			t.Errorf("the letter lacks %q:\n%s", want, text)
		}
	}
	for _, line := range strings.Split(text, "\n") {
		if len([]rune(line)) > measure {
			t.Errorf("a line of %d letters: %s", len([]rune(line)), line)
		}
	}
}

func TestIncompleteLettersAreRefused(t *testing.T) {
	for name, l := range map[string]Letter{
		"nobody writes": {Title: "a", Paragraphs: []string{"b"}},
		"no text":       {Site: "a", Title: "b"},
		"a script":      {Site: "a", Title: "b", Paragraphs: []string{"c"}, Action: Action{"d", "javascript:alert(1)"}},
	} {
		if _, err := l.HTML(); err == nil {
			t.Errorf("%s: written as HTML", name)
		}
		if _, err := l.Text(); err == nil {
			t.Errorf("%s: written as text", name)
		}
	}
}
