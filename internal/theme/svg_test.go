package theme_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"elyco/internal/theme"
)

func svg(inside string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">` + inside + `</svg>`
}

func TestSanitizeSVGDropsWhatIsNotDrawing(t *testing.T) {
	for name, source := range map[string]string{
		"script":            svg(`<script>alert(1)</script>`),
		"namespaced script": svg(`<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>`),
		"handler":           svg(`<rect width="1" height="1" onload="alert(1)" onclick="alert(1)"/>`),
		"foreign object":    svg(`<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="alert(1)"/></body></foreignObject>`),
		"link":              svg(`<a href="javascript:alert(1)"><rect width="1" height="1"/></a>`),
		"outside picture":   svg(`<image href="https://evil.example/x.png"/>`),
		"outside use":       svg(`<use xlink:href="https://evil.example/x.svg#a"/>`),
		"data use":          svg(`<use href="data:image/svg+xml;base64,AAAA#a"/>`),
		"outside paint":     svg(`<rect fill="url(https://evil.example/#p)" width="1" height="1"/>`),
		"escaped url":       svg(`<rect fill="u\72l(https://evil.example/)" width="1" height="1"/>`),
		"two urls":          svg(`<rect fill="url(#a) url(https://evil.example/)" width="1" height="1"/>`),
		"style attribute":   svg(`<rect style="fill:url(https://evil.example/);background:url(x);behavior:url(x)" width="1" height="1"/>`),
		"animation":         svg(`<rect id="a"><set attributeName="href" to="javascript:alert(1)"/><animate attributeName="x" onbegin="alert(1)"/></rect>`),
		"handler namespace": svg(`<handler type="text/javascript">alert(1)</handler>`),
		"processing":        `<?xml-stylesheet href="https://evil.example/x.css"?>` + svg(`<rect/>`),
		"comment":           svg(`<!-- <script>alert(1)</script> --><rect/>`),
		"cdata":             svg(`<title><![CDATA[<script>alert(1)</script>]]></title>`),
		"nested svg":        svg(`<svg onload="alert(1)"><script>alert(1)</script></svg>`),
		"base":              svg(`<rect xml:base="https://evil.example/" width="1"/>`),
	} {
		t.Run(name, func(t *testing.T) {
			clean, err := theme.SanitizeSVG([]byte(source))
			if err != nil {
				t.Fatal(err)
			}
			mustBeHarmless(t, string(clean))
		})
	}
}

// mustBeHarmless reads the result as a browser would and looks at names and references, not at the text as a whole.
func mustBeHarmless(t *testing.T, clean string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(clean))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("the result is not XML: %v in %s", err, clean)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "script", "foreignObject", "a", "image", "set", "animate", "handler", "style", "body", "img":
			t.Errorf("%s survived: %s", e.Name.Local, clean)
		}
		for _, a := range e.Attr {
			value := strings.ToLower(a.Value)
			outside := strings.Contains(value, "evil") || strings.Contains(value, "javascript") || strings.Contains(value, "data:")
			if outside || strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "style" || a.Name.Local == "base" {
				t.Errorf("%s=%q survived", a.Name.Local, a.Value)
			}
		}
	}
}

func TestSanitizeSVGRefuses(t *testing.T) {
	bomb := svg(`<g id="a"><rect/></g><g id="b"><use href="#a"/><use href="#a"/></g><use href="#b"/>`)
	for name, c := range map[string]struct{ source, want string }{
		"doctype":     {`<!DOCTYPE svg [<!ENTITY a "aaaa">]>` + svg(`<text>&a;</text>`), "DOCTYPE"},
		"entity":      {svg(`<text>&lol;</text>`), "lisible"},
		"style sheet": {svg(`<style>@import url(https://evil.example/x.css);</style>`), "feuille de style"},
		"html":        {`<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>`, "pas un dessin SVG"},
		"text":        {`hello`, "ne contient pas"},
		"two roots":   {svg(``) + svg(``), "pas un dessin SVG"},
		"copies":      {bomb, "copies"},
		"depth":       {svg(strings.Repeat("<g>", 60) + strings.Repeat("</g>", 60)), "trop compliqué"},
		"elements":    {svg(strings.Repeat("<rect/>", 6000)), "trop compliqué"},
		"weight":      {svg(`<title>` + strings.Repeat("a", 300<<10) + `</title>`), "256 Kio"},
		"cut":         {`<svg xmlns="http://www.w3.org/2000/svg"><g>`, "lisible"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := theme.SanitizeSVG([]byte(c.source))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
		})
	}
}

func TestSanitizeSVGKeepsTheDrawing(t *testing.T) {
	source := svg(`<defs><linearGradient id="g"><stop offset="0" style="stop-color:#fff; stop-opacity: .5"/></linearGradient></defs>` +
		`<path d="M0 0h4v4z" fill="url(#g)" transform="rotate(3)"/><text x="1">Été &amp; mer</text>`)
	clean, err := theme.SanitizeSVG([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`viewBox="0 0 10 10"`, `id="g"`, `stop-color="#fff"`, `stop-opacity=".5"`, `d="M0 0h4v4z"`, `fill="url(#g)"`, `transform="rotate(3)"`, `Été &amp; mer`} {
		if !strings.Contains(string(clean), part) {
			t.Errorf("lost %s in %s", part, clean)
		}
	}
	again, err := theme.SanitizeSVG(clean)
	if err != nil || string(again) != string(clean) {
		t.Errorf("a clean drawing changed: %s, %v", again, err)
	}
}

func FuzzSanitizeSVG(f *testing.F) {
	f.Add(svg(`<rect onload="x" style="fill:red"/>`))
	f.Add(svg(`<a xlink:href="javascript:alert(1)"/>`))
	f.Fuzz(func(t *testing.T, source string) {
		clean, err := theme.SanitizeSVG([]byte(source))
		if err != nil {
			return
		}
		again, err := theme.SanitizeSVG(clean)
		if err != nil {
			t.Fatalf("a clean drawing was refused: %v\n%s", err, clean)
		}
		if string(again) != string(clean) {
			t.Fatalf("a clean drawing changed:\n%s\n%s", clean, again)
		}
	})
}
