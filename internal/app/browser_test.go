package app_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/testkit/browser"
)

// TestInChromium walks every page in a real browser: in the themes of two collectivities, on a phone and on a desk, in
// light and in dark. axe-core finds nothing, nothing hangs over the side of a phone, the first tabulator leads to the
// content, and the browser has nothing to complain of. What is built alike and dressed otherwise is looked at for its colours.
func TestInChromium(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	b := browser.Start(t)
	walked, dressed, found, built, seen := 0, 0, findings{}, map[string]bool{}, map[string]bool{}
	for _, name := range []string{"visitor", "pupil", "guardian of two schools", "teacher", "head", "administrator", "head of another school",
		"agent of the collectivity", "administrator of the collectivity", "agent of the academy"} {
		p := s.player(t, name)
		b.Forget(t)
		for _, in := range s.Everywhere() {
			if p.subjects[in.ID] == nil && (name != "visitor" || in == s.Sibling) {
				continue
			}
			type look struct {
				path   string
				letter []byte // an e-mail, whose answer lets no script run, that of axe included
				alike  bool   // built like a page that was walked in another theme
			}
			var looks []look
			s.pages(t, p, in, func(r service.Route, path string, a *testkit.Answer) {
				// A page of the same route made of the same parts looks the same to everybody, but for the theme.
				if !a.HTML() || fragments[r.Path] != "" {
					return
				}
				parts := r.Path + string(in.Kind) + partsOf(t, a)
				theme := in.Theme + collectivity(in) + parts
				if seen[theme] {
					return
				}
				l := look{path: path, alike: built[parts]}
				built[parts], seen[theme] = true, true
				if letters[r.Path] != "" {
					l.letter = a.Body
				}
				looks = append(looks, l)
			})
			if p.known {
				b.SetCookie(t, in.Host(), session.Cookie, p.client.Cookie(in.Host(), session.Cookie))
			}
			for _, l := range looks {
				look := walk
				if walked++; l.alike {
					look = colours
					dressed++
				}
				for _, what := range look(t, b, "http://"+in.Host()+l.path, l.letter) {
					found.add(fmt.Sprintf("%s %s, as %s", in.Name, l.path, name), what)
				}
			}
		}
	}
	found.report(t)
	t.Logf("%d pages, %d of them for their colours", walked, dressed)
}

func collectivity(in *tenant.Tenant) string {
	if c := in.Collectivity(); c != nil {
		return c.Slug
	}
	return ""
}

// walk looks at a page on a phone as axe does, and on a desk for its colours.
func walk(t *testing.T, b *browser.Browser, address string, letter []byte) []string {
	t.Helper()
	bad := colours(t, b, address, letter)
	b.Wear(t, browser.Look{Width: 320})
	bad = append(bad, about("320 px, light", b.Check(t))...)
	if over, by := b.Scrolls(t); over > 0 {
		bad = append(bad, "320 px: the page scrolls sideways, because of "+strings.Join(by, ", "))
	}
	return append(bad, about("the browser says", b.Complaints())...)
}

// colours looks at a page on a desk, in light and in dark.
func colours(t *testing.T, b *browser.Browser, address string, letter []byte) (bad []string) {
	t.Helper()
	b.Wear(t, browser.Look{Width: 1280})
	if letter != nil {
		b.Show(t, string(letter))
	} else {
		bad = open(t, b, address)
	}
	bad = append(bad, about("1280 px, light", b.Check(t, "color-contrast"))...)
	b.Wear(t, browser.Look{Width: 1280, Dark: true})
	return append(bad, about("1280 px, dark", b.Check(t, "color-contrast"))...)
}

// open goes to a page, and says what is wrong with how it begins.
func open(t *testing.T, b *browser.Browser, address string) (bad []string) {
	t.Helper()
	b.Open(t, address)
	if at := b.Address(t); at != address {
		bad = append(bad, "the browser ended at "+at)
	}
	if b.Focused(t) {
		return bad
	}
	if href, visible := b.FirstTab(t); href != "#main" || !visible {
		bad = append(bad, "the first tabulator leads to "+href)
	}
	return bad
}

func about(what string, lines []string) []string {
	for i, l := range lines {
		lines[i] = what + ": " + l
	}
	return lines
}

// TestChromiumCanFail shows pages with one fault each.
func TestChromiumCanFail(t *testing.T) {
	b := browser.Start(t)
	b.Wear(t, browser.Look{Width: 320})
	b.Show(t, `<!doctype html><html lang="fr"><title>A</title><main><h1>A</h1><img src="data:,"><p style="color:#ccc;background:#fff">pâle</p></main>`)
	mustFind(t, "a picture without a text and pale words", b.Check(t))
	if over, _ := b.Scrolls(t); over > 0 {
		t.Errorf("a page that fits scrolls by %d", over)
	}
	b.Show(t, `<!doctype html><html lang="fr"><title>A</title><main><h1>A</h1><div style="width:900px">large</div></main>`)
	if over, _ := b.Scrolls(t); over <= 0 {
		t.Error("a page that is too wide was not noticed")
	}
	b.Show(t, `<!doctype html><html lang="fr"><title>A</title><a href="/x">x</a>`)
	if href, _ := b.FirstTab(t); href == "#main" {
		t.Error("a page without a way to its content was not noticed")
	}
	b.Complaints()
	b.Show(t, `<!doctype html><html lang="fr"><title>A</title><script>throw new Error('planté')</script>`)
	b.Address(t)
	mustFind(t, "a script that fails", b.Complaints())
}

// TestFamilySignsInOnce goes through the pages as a guardian of two schools does: one password, both schools, with
// scripts and without.
func TestFamilySignsInOnce(t *testing.T) {
	t.Parallel()
	const password = "girafe lente sous la pluie"
	s := newStage(t)
	for _, scripts := range []bool{true, false} {
		elder := s.NewPerson(t, testkit.In(s.Lycee, school.Pupil))
		younger := s.NewPerson(t, testkit.In(s.College, school.Pupil))
		parent := s.NewPerson(t, testkit.Named("Karim", "Roy"), testkit.Password(password),
			testkit.In(s.College, school.Guardian, testkit.Of(younger)), testkit.In(s.Lycee, school.Guardian, testkit.Of(elder)))
		b := browser.Start(t)
		b.Scripts(t, scripts)
		b.Open(t, "http://"+s.College.Host()+"/home")
		b.Type(t, "input[name=login]", parent.Login)
		b.Type(t, "input[name=password]", password)
		b.Enter(t)
		if at, want := b.Address(t), "http://"+s.College.Host()+"/home"; at != want {
			t.Fatalf("scripts %t: signed in, and stands at %s, not at %s", scripts, at, want)
		}
		b.Open(t, "http://"+s.Lycee.Host()+"/home")
		if at, want := b.Address(t), "http://"+s.Lycee.Host()+"/home"; at != want {
			t.Errorf("scripts %t: the other school asks again: at %s, not at %s", scripts, at, want)
		}
		if title := b.Title(t); !strings.Contains(title, s.Lycee.Name) {
			t.Errorf("scripts %t: the other school's page is %q", scripts, title)
		}
		s.Visitor().Get(t, s.Lycee, "/home").Is(t, http.StatusSeeOther)
	}
}

// partsOf lists what the main part of a page is made of: each kind of element with its classes, once.
func partsOf(t *testing.T, a *testkit.Answer) string {
	t.Helper()
	var parts []string
	for _, n := range a.Page(t).All("main *") {
		if part := n.Data + "." + n.Attr("class") + n.Attr("type"); !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, " ")
}
