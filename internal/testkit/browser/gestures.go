package browser

import (
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// Choose puts files of this machine into a field of files, as its window of choice would.
func (b *Browser) Choose(t testing.TB, selector string, files ...string) {
	t.Helper()
	b.run(t, chromedp.SetUploadFiles(selector, files, chromedp.ByQuery, chromedp.NodeReady))
}

// Press sends keys to what has the focus.
func (b *Browser) Press(t testing.TB, keys string) {
	t.Helper()
	b.run(t, chromedp.KeyEvent(keys))
}

// Focus gives the focus to an element, as the tabulator would.
func (b *Browser) Focus(t testing.TB, selector string) {
	t.Helper()
	b.run(t, chromedp.Focus(selector, chromedp.ByQuery, chromedp.NodeReady))
}

// Value is what an expression is worth in the page.
func (b *Browser) Value(t testing.TB, expression string) any {
	t.Helper()
	var v any
	b.run(t, chromedp.Evaluate(expression, &v))
	return v
}

// Await waits until an expression is true in the page; what says what is waited for.
func (b *Browser) Await(t testing.TB, what, expression string) {
	t.Helper()
	end := time.Now().Add(15 * time.Second)
	for {
		if v, _ := b.Value(t, expression).(bool); v {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("Chromium: in vain waited for: %s; the page: %.1500v", what, b.Value(t, "document.body.innerText"))
		}
		time.Sleep(50 * time.Millisecond)
	}
}
