package app_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/testkit/page"
)

// pages calls look with every page and every file that the player can open in a space. A page of one thing is tried with what is
// planted there and above.
func (s *stage) pages(t *testing.T, p player, in *tenant.Tenant, look func(r service.Route, path string, a *testkit.Answer)) {
	t.Helper()
	for _, room := range s.App.Rooms() {
		for _, r := range room.Routes {
			if r.Method != http.MethodGet || !opens(room, r, in) || !may(room, r.Action, p.subjectsIn(in)) {
				continue
			}
			if !takesID(r.Path) && chosenBy[r.Path] == "" {
				path := fill(r.Path, "")
				if a := p.client.Get(t, in, path); a.Status == http.StatusOK {
					look(r, path, a)
				}
				continue
			}
			for _, thing := range s.things(t, r.Path, in) {
				path := fill(r.Path, thing.id)
				if q := chosenBy[r.Path]; q != "" {
					path += "?" + q + "=" + thing.id
				}
				if a := p.client.Get(t, in, path); a.Status == http.StatusOK {
					s.opened[r.Path] = append(s.opened[r.Path], thing.tables...)
					look(r, path, a)
					break
				}
			}
		}
	}
}

// things lists what a route of one thing is tried with: all that is planted, until somebody opened it; from then on what lies in
// the tables that the thing was in. A bare route is tried with nothing.
func (s *stage) things(t *testing.T, path string, in *tenant.Tenant) []thing {
	t.Helper()
	if bare[path] != "" {
		return nil
	}
	var spaces []*tenant.Tenant
	for space := in; space != nil; space = space.Parent {
		spaces = append(spaces, space)
	}
	tables := s.opened[path]
	return s.thingsOf(t, func(name string) bool { return tables == nil || slices.Contains(tables, name) }, spaces...)
}

// chosenBy names what says in an address which thing is meant, where the path does not.
var chosenBy = map[string]string{"/documents/archive": "node"}

// bare are routes that answer something else than a page: a redirect, a file, or a page that nothing planted can show.
var bare = map[string]string{
	"/mustread/messages/:id/edit": "changes what is not sent yet, and the planted one is told",
	"/live":                       "streams events to a script",
	"/notices/count":              "answers a script with the figure of the bell",
	"/notices/open/:id":           "leads to what a notice tells of",
	"/notices/off/:token":         "opens for a word that only this house can make",
	"/r/:code":                    "opens for a word that only this house can make",

	"/sign-on":      "passes a sign-on from host to host",
	"/sign-on/land": "passes a sign-on from host to host",

	"/support/enter/:id": "enters a visit of support that nothing planted began",

	"/feeds/:id/establishments/:number": "tells the academy what a feed changes in one school, which nothing planted was read for",

	"/handin/boxes/:id/archive":     "gives an archive of files that nothing planted stored",
	"/handin/boxes/:id/files/:file": "gives a file that nothing planted stored",

	"/accounts/sheets/:id/:place": "gives a document that nothing planted made",
	"/recover/:token":             "opens for a secret of which only the hash is kept",
	"/roster/:id/lines":           "shows the lines of a list whose columns nothing planted has matched",
	"/roster/:id/report":          "tells what a comparison found that nothing planted made",

	"/chat/channels/:id/line": "answers a script",

	"/people/:id/photo":                 "shows the face of a member of today, and nothing planted is one's",
	"/messages/letters/:id/files/:file": "gives a file that nothing planted stored",
	"/slips/:id/files/:file":            "gives a file that nothing planted stored",

	"/documents/uploads/:id":           "answers a script",
	"/documents/extractions/:id":       "tells how far a work has come that nothing planted began",
	"/documents/links/:secret":         "opens for a secret of which only the hash is kept",
	"/mydata/exports/:id/file":         "is a file that only who asked for it takes away",
	"/documents/links/:secret/content": "opens for a secret of which only the hash is kept",
}

// fragments are routes that answer a part of a page, for browsers that run scripts.
var fragments = map[string]string{
	"/news/audience":          "tells, while one chooses, whom the choice reaches",
	"/announcements/audience": "tells, while one chooses, whom the choice reaches",
	"/territory/audience":     "tells, while one chooses, whom the choice reaches",
	"/documents/audience":     "tells, while one chooses, whom the choice reaches",
	"/mustread/audience":      "tells, while one chooses, whom the choice reaches",
	"/slips/audience":         "tells, while one chooses, whom the choice reaches",
}

// letters are previews of what is sent by mail: a page of its own kind, with its styles inside and no house around it.
var letters = map[string]string{
	"/branding/preview/letter": "a letter in the space's colours",
	"/gateways/:id/page":       "a letter as it was sent",
}

// findings keeps each fault once, with the first place where it was met.
type findings map[string]string

func (f findings) add(where, what string) {
	if f[what] == "" {
		f[what] = where
	}
}

func (f findings) report(t *testing.T) {
	t.Helper()
	for _, what := range sortedKeys(f) {
		t.Errorf("%s: %s", f[what], what)
	}
}

func TestPages(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	shown, found := map[string]bool{}, findings{}
	for _, p := range s.cast {
		followed := map[string]bool{}
		for _, in := range s.Everywhere() {
			if in != s.College && p.subjects[in.ID] == nil && p.name != "visitor" {
				continue
			}
			s.pages(t, p, in, func(r service.Route, path string, a *testkit.Answer) {
				shown[r.Path] = true
				where := fmt.Sprintf("%s %s, as %s", in.Name, path, p.name)
				if fragments[r.Path] != "" || !a.HTML() {
					return
				}
				check := inspect
				if letters[r.Path] != "" {
					check = inspectLetter
				}
				for _, what := range check(t, a.Body) {
					found.add(where, what)
				}
				s.follow(t, p, in, a, followed, func(to string, status int) {
					if status >= 400 {
						found.add(where, fmt.Sprintf("leads to %s, which answers %d", volatile.ReplaceAllString(to, "…"), status))
						return
					}
					shown[s.routeOf(to)] = true
				})
			})
		}
	}
	found.report(t)
	for _, room := range s.App.Rooms() {
		for _, r := range room.Routes {
			if r.Method == http.MethodGet && !shown[r.Path] && bare[r.Path] == "" {
				t.Errorf("nobody could open a page at %s: teach the planting what it needs, or say that it is bare", r.Path)
			}
		}
	}
	for path := range bare {
		if shown[path] {
			t.Errorf("%s is a page now; it is no longer bare", path)
		}
	}
}

// follow asks for everything that a page leads to on its own host, once for each player.
func (s *stage) follow(t *testing.T, p player, in *tenant.Tenant, a *testkit.Answer, followed map[string]bool, tell func(to string, status int)) {
	t.Helper()
	for _, l := range a.Page(t).All("a[href],img[src],link[href],script[src]") {
		to, _, _ := strings.Cut(l.Attr("href")+l.Attr("src"), "#")
		if !strings.HasPrefix(to, "/") || followed[in.Host()+to] {
			continue
		}
		followed[in.Host()+to] = true
		tell(to, p.client.Get(t, in, to).Status)
	}
}

// routeOf finds the route that answers a path, the most exact first.
func (s *stage) routeOf(path string) string {
	path, _, _ = strings.Cut(path, "?")
	best := ""
	for _, room := range s.App.Rooms() {
		for _, r := range room.Routes {
			shape := "^" + parameter.ReplaceAllString(regexp.QuoteMeta(r.Path), "[^/]+") + "$"
			if regexp.MustCompile(shape).MatchString(path) && (best == "" || strings.Count(r.Path, ":") < strings.Count(best, ":")) {
				best = r.Path
			}
		}
	}
	return best
}

var missing = regexp.MustCompile(`\[[a-z_]+(\.[a-z0-9_]+)+\]|\{[a-z_]+\}|%!|<nil>`)

// inspect says what is wrong with a page, whatever it shows.
func inspect(t *testing.T, body []byte) []string {
	t.Helper()
	p, err := page.Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	bad := checkNesting(body)
	add := func(format string, args ...any) { bad = append(bad, fmt.Sprintf(format, args...)) }
	if root, _ := p.First("html"); root.Attr("lang") != "fr" {
		add("the language is not said")
	}
	if title, ok := p.First("title"); !ok || title.FirstChild == nil || strings.TrimSpace(title.FirstChild.Data) == "" {
		add("there is no title")
	}
	for _, only := range []string{"h1", "main", "html", "body"} {
		if n := len(p.All(only)); n != 1 {
			add("there are %d %s", n, only)
		}
	}
	if m := missing.FindString(p.Text()); m != "" {
		add("shows %s", m)
	}
	bad = append(bad, checkIDs(p)...)
	bad = append(bad, checkNames(p)...)
	return append(bad, checkInline(p)...)
}

// inspectLetter says what is wrong with a letter, which readers of mail show without the house's rules.
func inspectLetter(t *testing.T, body []byte) []string {
	t.Helper()
	p, err := page.Parse(bytes.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	bad := append(checkNesting(body), checkIDs(p)...)
	if p.Has("script") || p.Has("form") {
		bad = append(bad, "a letter holds a script or a form")
	}
	return append(bad, checkNames(p)...)
}

func checkIDs(p page.Node) []string {
	var bad []string
	ids := map[string]bool{}
	for _, n := range p.All("[id]") {
		if id := n.Attr("id"); ids[id] || id == "" {
			bad = append(bad, fmt.Sprintf("the id %q is there twice or empty", id))
		}
		ids[n.Attr("id")] = true
	}
	for _, name := range []string{"for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget", "commandfor", "list", "form"} {
		for _, n := range p.All("[" + name + "]") {
			for _, id := range strings.Fields(n.Attr(name)) {
				if !ids[id] {
					bad = append(bad, fmt.Sprintf("%s of <%s> names %q, which is not there", name, n.Data, id))
				}
			}
		}
	}
	return bad
}

// checkNames finds what assistive technology could not name.
func checkNames(p page.Node) []string {
	var bad []string
	for _, f := range append(p.Fields(), p.All("button,a[href]")...) {
		if f.Label(p) == "" {
			bad = append(bad, fmt.Sprintf("a <%s> has no name: name=%q href=%q", f.Data, f.Attr("name"), f.Attr("href")))
		}
	}
	for _, i := range p.All("img") {
		if _, ok := i.Lookup("alt"); !ok {
			bad = append(bad, fmt.Sprintf("the picture %s has no text", i.Attr("src")))
		}
	}
	for _, f := range p.All("fieldset") {
		if !f.Has("legend") {
			bad = append(bad, "a fieldset has no legend")
		}
	}
	return bad
}

// checkInline finds what the content policy would refuse: styles and scripts without the request's word.
func checkInline(p page.Node) []string {
	var bad []string
	for _, n := range p.All("*") {
		for _, a := range n.Node.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.HasPrefix(a.Key, "hx-on") || strings.HasPrefix(strings.TrimSpace(a.Val), "javascript:") {
				bad = append(bad, fmt.Sprintf("<%s> carries %s=%q", n.Data, a.Key, a.Val))
			}
		}
		if (n.Data == "script" || n.Data == "style") && n.Attr("nonce") == "" {
			bad = append(bad, fmt.Sprintf("a <%s> has no nonce", n.Data))
		}
	}
	return bad
}

var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
	"path", "circle", "rect", "line", "polyline", "polygon", "ellipse", "use"}

// checkNesting reads the tags as they are written, before a browser mends them.
func checkNesting(body []byte) []string {
	var open, bad []string
	z := html.NewTokenizer(bytes.NewReader(body))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				bad = append(bad, z.Err().Error())
			}
			if len(open) > 0 {
				bad = append(bad, fmt.Sprintf("%v are not closed", open))
			}
			return bad
		case html.StartTagToken:
			if t := z.Token(); !slices.Contains(void, t.Data) {
				open = append(open, t.Data)
				bad = append(bad, misplaced(open)...)
			}
		case html.EndTagToken:
			t := z.Token()
			if slices.Contains(void, t.Data) {
				continue
			}
			if len(open) == 0 || open[len(open)-1] != t.Data {
				return append(bad, fmt.Sprintf("</%s> closes %v", t.Data, open))
			}
			open = open[:len(open)-1]
		}
	}
}

// misplaced names elements that a browser would move out of where they are written.
func misplaced(open []string) []string {
	last := open[len(open)-1]
	around := open[:len(open)-1]
	inside := func(names ...string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return slices.Contains(around, n) })
	}
	blocks := []string{"div", "p", "ul", "ol", "table", "form", "section", "article", "h1", "h2", "h3", "h4", "dl", "fieldset", "nav", "main", "details"}
	switch {
	case inside("p") && slices.Contains(blocks, last),
		inside("a") && slices.Contains([]string{"a", "button", "input", "select", "textarea"}, last),
		inside("button") && slices.Contains([]string{"a", "button", "input", "select", "textarea", "form"}, last),
		inside("form") && last == "form",
		inside("label") && last == "label":
		return []string{fmt.Sprintf("<%s> stands inside %v", last, around)}
	}
	return nil
}

func TestPagesCanFail(t *testing.T) {
	const good = `<!doctype html><html lang="fr"><head><title>A</title></head><body><main><h1>A</h1>%s</main></body></html>`
	if bad := inspect(t, fmt.Appendf(nil, good, `<p>Bonjour</p>`)); len(bad) > 0 {
		t.Fatalf("a good page is not: %v", bad)
	}
	for what, part := range map[string]string{
		"a second h1":              `<h1>B</h1>`,
		"an id twice":              `<p id="a">x</p><p id="a">y</p>`,
		"a field without a label":  `<input name="a">`,
		"a label of nothing":       `<label for="none">A</label>`,
		"a button without a name":  `<button><svg></svg></button>`,
		"a picture without a text": `<img src="/a.png">`,
		"an inline style":          `<p style="color:red">x</p>`,
		"a script without a nonce": `<script src="/a.js"></script>`,
		"a handler in a tag":       `<p onclick="x()">x</p>`,
		"words that are missing":   `<p>[news.title]</p>`,
		"a value that is missing":  `<p>Bonjour {name}</p>`,
		"a tag left open":          `<div><p>x</p>`,
		"a block in a paragraph":   `<p><div>x</div></p>`,
		"a link in a link":         `<a href="/a">x <a href="/b">y</a></a>`,
		"a group without a legend": `<fieldset></fieldset>`,
	} {
		mustFind(t, what, inspect(t, fmt.Appendf(nil, good, part)))
	}
	mustFind(t, "a letter with a script", inspectLetter(t, []byte(`<html><body><script></script></body></html>`)))
	mustFind(t, "no language", inspect(t, []byte(`<!doctype html><html><head><title>A</title></head><body><main><h1>A</h1></main></body></html>`)))
	mustFind(t, "no title", inspect(t, []byte(`<!doctype html><html lang="fr"><head></head><body><main><h1>A</h1></main></body></html>`)))
}
