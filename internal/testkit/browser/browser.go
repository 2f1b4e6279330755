// Package browser drives a real Chromium for tests: what a person sees and reaches, and what axe-core says of it.
package browser

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/storage"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Browser is one window of one Chromium, which ends with the test.
type Browser struct {
	ctx context.Context
	axe string

	at string // the address that was opened last

	mu         sync.Mutex
	complaints []string
}

// Start opens a Chromium. It fails, and says what to install, when there is none.
func Start(t testing.TB) *Browser {
	t.Helper()
	program, err := find()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := os.MkdirTemp("", "elyco-chromium-")
	if err != nil {
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.NoFirstRun,
		chromedp.DisableGPU, chromedp.UserDataDir(dir), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true), chromedp.Flag("disable-dev-shm-usage", true),
		chromedp.Flag("host-resolver-rules", "MAP * 127.0.0.1"), chromedp.Flag("lang", "fr-FR"), chromedp.WSURLReadTimeout(time.Minute))
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeWindow := chromedp.NewContext(alloc)
	b := &Browser{ctx: ctx}
	t.Cleanup(func() {
		// Closing waits for Chromium; what its last processes still write goes with the second try.
		_ = chromedp.Cancel(ctx)
		closeWindow()
		stop()
		for range 20 {
			if os.RemoveAll(dir) == nil {
				return
			}
			time.Sleep(100 * time.Millisecond)
		}
	})
	if b.axe, err = axe(); err != nil {
		t.Fatal(err)
	}
	chromedp.ListenTarget(ctx, b.hear)
	b.run(t, network.Enable(), log.Enable(), runtime.Enable())
	return b
}

func find() (string, error) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("the pages are tried in a real browser and Chromium is not installed; install it, for example: apt-get install chromium")
}

// hear notes what the browser says of a page: scripts that failed, and what the content policy refused.
func (b *Browser) hear(event any) {
	b.mu.Lock()
	defer b.mu.Unlock()
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		b.complaints = append(b.complaints, e.ExceptionDetails.Error())
	case *log.EventEntryAdded:
		if e.Entry.Level == log.LevelError && e.Entry.Source != log.SourceNetwork {
			b.complaints = append(b.complaints, e.Entry.Text)
		}
	case *runtime.EventConsoleAPICalled:
		if e.Type == runtime.APITypeError {
			b.complaints = append(b.complaints, fmt.Sprintf("console: %s", e.Args[0].Value))
		}
	}
}

// Complaints returns what the browser said since it was last asked.
func (b *Browser) Complaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	said := b.complaints
	b.complaints = nil
	return said
}

// limit is how long one step may take on a busy machine.
const limit = time.Minute

func (b *Browser) try(actions ...chromedp.Action) error {
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	return chromedp.Run(ctx, actions...)
}

func (b *Browser) run(t testing.TB, actions ...chromedp.Action) {
	t.Helper()
	// The first run starts the browser and ties it to its context, which must outlive the step.
	if err := chromedp.Run(b.ctx); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	if err := b.try(actions...); err != nil {
		t.Fatalf("Chromium, at %s: %v", b.at, err)
	}
}

// Forget drops every cookie.
func (b *Browser) Forget(t testing.TB) {
	t.Helper()
	b.run(t, storage.ClearCookies())
}

// SetCookie gives the browser a cookie of a host, bound to it as the house binds its own.
func (b *Browser) SetCookie(t testing.TB, host, name, value string) {
	t.Helper()
	b.run(t, network.SetCookie(name, value).WithURL("https://"+host+"/").WithPath("/").WithSecure(true).WithHTTPOnly(true).
		WithSameSite(network.CookieSameSiteLax))
}

// Look is how wide the window is and what the person prefers.
type Look struct {
	Width int64
	Dark  bool
}

func (l Look) String() string {
	if l.Dark {
		return fmt.Sprintf("%d px, dark", l.Width)
	}
	return fmt.Sprintf("%d px, light", l.Width)
}

// Wear changes the window without loading the page again. A phone's own zooming is left out: it would hide what is too
// wide.
func (b *Browser) Wear(t testing.TB, l Look) {
	t.Helper()
	scheme := "light"
	if l.Dark {
		scheme = "dark"
	}
	b.run(t, emulation.SetDeviceMetricsOverride(l.Width, 900, 1, false),
		emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
			{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}}))
}

// Open goes to an address and waits for the page.
func (b *Browser) Open(t testing.TB, address string) {
	t.Helper()
	b.at = address
	b.run(t, chromedp.Navigate(address))
}

// Show replaces the page by HTML of the test's own.
func (b *Browser) Show(t testing.TB, html string) {
	t.Helper()
	text, _ := json.Marshal(html)
	b.run(t, chromedp.Navigate("about:blank"), chromedp.Evaluate(`document.open(); document.write(`+string(text)+`); document.close()`, nil))
}

// Scripts lets pages run their scripts, or not.
func (b *Browser) Scripts(t testing.TB, run bool) {
	t.Helper()
	b.run(t, emulation.SetScriptExecutionDisabled(!run))
}

// Address is where the browser is.
func (b *Browser) Address(t testing.TB) string {
	t.Helper()
	var at string
	b.run(t, chromedp.Location(&at))
	return at
}

// Type writes into the field that the selector means.
func (b *Browser) Type(t testing.TB, selector, text string) {
	t.Helper()
	b.run(t, chromedp.Focus(selector, chromedp.ByQuery, chromedp.NodeReady), chromedp.KeyEvent(text))
}

// Enter sends the form of the field that has the focus, and waits for the page that follows.
func (b *Browser) Enter(t testing.TB) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, limit)
	defer cancel()
	if _, err := chromedp.RunResponse(ctx, chromedp.KeyEvent(kb.Enter)); err != nil {
		t.Fatalf("Chromium: send the form: %v", err)
	}
}

// Title is the page's.
func (b *Browser) Title(t testing.TB) string {
	t.Helper()
	var title string
	b.run(t, chromedp.Title(&title))
	return title
}

// Scrolls reports how many pixels of the page hang over the side, and which elements reach furthest.
func (b *Browser) Scrolls(t testing.TB) (over int, by []string) {
	t.Helper()
	var found struct {
		Over int
		By   []string
	}
	b.run(t, chromedp.Evaluate(`(() => {
		const over = document.documentElement.scrollWidth - window.innerWidth
		const by = over <= 0 ? [] : [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > window.innerWidth)
			.slice(0, 3).map(e => e.tagName.toLowerCase() + '.' + e.className)
		return {Over: over, By: by}
	})()`, &found))
	return found.Over, found.By
}

// Focused tells whether the page gave the focus to one of its elements, as one that shows what was wrong does.
func (b *Browser) Focused(t testing.TB) bool {
	t.Helper()
	var focused bool
	b.run(t, chromedp.Evaluate(`document.activeElement !== document.body && document.activeElement !== null`, &focused))
	return focused
}

// FirstTab presses the tabulator on a fresh page and tells what has the focus, which it then takes away: a way past the
// menu shows itself over it.
func (b *Browser) FirstTab(t testing.TB) (href string, visible bool) {
	t.Helper()
	var found struct {
		Href    string
		Visible bool
	}
	b.run(t, chromedp.KeyEvent(kb.Tab), chromedp.Evaluate(`(() => {
		const e = document.activeElement, r = e.getBoundingClientRect()
		e.blur()
		return {Href: e.getAttribute('href') || e.tagName, Visible: r.width > 8 && r.height > 8 && r.bottom > 0 && r.right > 0}
	})()`, &found))
	return found.Href, found.Visible
}

// Check asks axe-core for what breaks WCAG 2.2 at level AA, in one line each. With rules, only those are asked.
func (b *Browser) Check(t testing.TB, rules ...string) []string {
	t.Helper()
	only := `{type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}`
	if len(rules) > 0 {
		only = `{type: 'rule', values: ['` + strings.Join(rules, "', '") + `']}`
	}
	var violations []struct {
		ID, Help string
		Nodes    []struct {
			HTML           string
			FailureSummary string
		}
	}
	var loaded bool
	b.run(t, chromedp.Evaluate(`typeof axe === 'object'`, &loaded))
	if !loaded {
		b.run(t, chromedp.Evaluate(b.axe+"; 1", nil))
	}
	b.run(t, chromedp.Evaluate(`axe.run(document, {runOnly: `+only+`, resultTypes: ['violations']}).then(r => r.violations)`, &violations,
		func(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }))
	var lines []string
	for _, v := range violations {
		n := v.Nodes[0]
		lines = append(lines, fmt.Sprintf("%s: %s (%d times): %.160s — %.200s", v.ID, v.Help, len(v.Nodes), n.HTML,
			strings.Join(strings.Fields(n.FailureSummary), " ")))
	}
	return lines
}

// Picture is what the window shows, as PNG.
func (b *Browser) Picture(t testing.TB) []byte {
	t.Helper()
	var png []byte
	b.run(t, chromedp.CaptureScreenshot(&png))
	return png
}
