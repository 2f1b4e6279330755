package page_test

import (
	"strings"
	"testing"

	"elyco/internal/testkit/page"
)

const sample = `<!doctype html><html lang="fr"><body><main id="top" class="wide calm">
<h1>Les  <b>nouvelles</b>&nbsp;!</h1><p hidden>secret</p><script>x()</script>
<form action="/news"><label for="t">Titre</label><input id="t" name="title" value="Un"><label>Oui <input type="checkbox" name="yes" checked></label>
<input type="checkbox" name="no"><select name="who"><option value="a">A<option value="b" selected>B</select><textarea name="body">
Bonjour</textarea><button name="go" value="1" aria-label="Envoyer">→</button></form>
<ul><li><a href="/news/1">Un</a></li><li class="last"><a href="/news/2">Deux</a></li></ul></main></body></html>`

func parse(t *testing.T) page.Node {
	t.Helper()
	p, err := page.Parse(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestSelectors(t *testing.T) {
	p := parse(t)
	for selector, want := range map[string]int{
		"li": 2, "main li a": 2, "li.last a": 1, "#top": 1, "main.calm.wide": 1, "main.calm.narrow": 0, "a[href]": 2,
		"a[href=/news/2]": 1, "a[href^=/news/]": 2, "h1,li": 3, "ul h1": 0, "main#top.wide ul li.last a[href$=2]": 1,
	} {
		if got := len(p.All(selector)); got != want {
			t.Errorf("%q means %d elements, not %d", selector, got, want)
		}
	}
}

func TestText(t *testing.T) {
	main, _ := parse(t).First("h1")
	if got := main.Text(); got != "Les nouvelles !" {
		t.Errorf("read %q", got)
	}
	body, _ := parse(t).First("body")
	if got := body.Text(); strings.Contains(got, "secret") || strings.Contains(got, "x()") {
		t.Errorf("read what nobody sees: %q", got)
	}
}

func TestForms(t *testing.T) {
	p := parse(t)
	form, _ := p.First("form")
	if got, want := form.Values().Encode(), "body=Bonjour&title=Un&who=b&yes=on"; got != want {
		t.Errorf("the form would send %q, not %q", got, want)
	}
	var labels []string
	for _, f := range form.Fields() {
		labels = append(labels, f.Label(p))
	}
	if got, want := strings.Join(labels, "|"), "Titre|Oui|||"; got != want {
		t.Errorf("the fields are named %q, not %q", got, want)
	}
	button, _ := p.First("button")
	if got := button.Label(p); got != "Envoyer" {
		t.Errorf("the button is named %q", got)
	}
}
