package documents_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"elyco/internal/job"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/sheet"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/testkit/browser"
)

// canary marks the page that it runs in, and tries to reach the house.
const canary = `<script>parent.document.title='CANARI';document.title='CANARI';fetch('/documents?canari')</script>`

func picturePNG(t *testing.T) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 900, 600))
	for i := range img.Pix {
		img.Pix[i] = 200
	}
	img.Set(3, 3, color.RGBA{R: 255, A: 255})
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func pagePDF(t *testing.T) string {
	t.Helper()
	b, err := sheet.Page{Site: "Collège Françoise-Dolto", Title: "Règlement"}.PDF()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// hostile are files that would run if a browser took them at their word.
func hostile(t *testing.T) []sent {
	t.Helper()
	return []sent{
		{"page.html", "<!doctype html><title>a</title>" + canary},
		{"dessin.svg", `<svg xmlns="http://www.w3.org/2000/svg" onload="document.title='CANARI'">` + canary + `</svg>`},
		{"image.png", "<html>" + canary + "</html>"},
		{"gif.gif", "GIF89a/*" + canary + "*/=1;"},
		{"notes.txt", canary},
		{"photo.jpg", "\xff\xd8\xff\xe0" + canary},
		{"doc.pdf", "%PDF-1.4\n" + canary},
		{"feuille.xml", `<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="#"?><html xmlns="http://www.w3.org/1999/xhtml">` + canary + `</html>`},
		{"script.js", "document.title='CANARI'"},
		{"mixte.pdf.html", "   \n<!-- x --><html>" + canary},
	}
}

func TestWhatIsSentNeverRuns(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	shown := map[string]string{} // address by name, of what may be shown
	for _, f := range hostile(t) {
		item := stored(t, h, c, h.College, f.name, f.text)
		for _, path := range []string{item + "/content", item + "/content?show=1"} {
			a := c.Get(t, h.College, path).Is(t, http.StatusOK)
			kind, policy := a.Header.Get("Content-Type"), a.Header.Get("Content-Security-Policy")
			for _, runs := range []string{"html", "svg", "xml", "javascript"} {
				if strings.Contains(kind, runs) {
					t.Errorf("%s goes as %s", f.name, kind)
				}
			}
			if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "script-src") || a.Header.Get("X-Content-Type-Options") != "nosniff" {
				t.Errorf("%s: %v", f.name, a.Header)
			}
			inline := strings.HasPrefix(a.Header.Get("Content-Disposition"), "inline")
			if kind != "application/pdf" && !strings.Contains(policy, "sandbox") {
				t.Errorf("%s is shown without a sandbox: %s", f.name, policy)
			}
			if inline {
				shown[f.name] = path
			}
		}
		shown[f.name+", its page"] = item
	}
	for _, f := range []string{"page.html", "dessin.svg", "image.png", "feuille.xml", "mixte.pdf.html"} {
		if shown[f] != "" {
			t.Errorf("%s is shown", f)
		}
	}
	b := browser.Start(t)
	b.SetCookie(t, h.College.Host(), session.Cookie, c.Cookie(h.College.Host(), session.Cookie))
	for name, path := range shown {
		b.Open(t, "http://"+h.College.Host()+path)
		time.Sleep(200 * time.Millisecond)
		if title := b.Title(t); strings.Contains(title, "CANARI") {
			t.Errorf("%s ran", name)
		}
	}
	// The canary is alive: where it may run, it does.
	b.Show(t, "<!doctype html><title>a</title>"+canary)
	b.Await(t, "the canary to sing", "document.title === 'CANARI'")
}

// TestInTheBrowser sends files as a person does: with the keyboard, in pieces, through a broken line, and looks at them.
func TestInTheBrowser(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	c.Get(t, h.College, "/documents")
	dir := t.TempDir()
	file := func(name string, content []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	large, pdf, small := file("Film.bin", random(9<<20)), file("Règlement.pdf", []byte(pagePDF(t))), file("Photo.png", []byte(picturePNG(t)))
	b := browser.Start(t)
	b.SetCookie(t, h.College.Host(), session.Cookie, c.Cookie(h.College.Host(), session.Cookie))
	at := "http://" + h.College.Host()
	b.Open(t, at+"/documents/spaces/perso")
	b.Choose(t, "#deposit-files", large, pdf, small)
	b.Await(t, "three files", "document.querySelectorAll('.sending-file[data-state=done]').length === 3")
	b.Await(t, "the list to show them", "document.querySelectorAll('#listing .tick-entry').length === 3")
	if said, _ := b.Value(t, "document.querySelector('[data-sending-total]').textContent").(string); !strings.Contains(said, "3 fichiers déposés sur 3") {
		t.Errorf("those who listen are told %q", said)
	}
	// What is wrong with a file is said beside it.
	b.Choose(t, "#deposit-files", file("CON.txt", []byte("x")))
	b.Await(t, "the fourth file", "document.querySelectorAll('.sending-file[data-state=done]').length === 4")
	resumes(t, h, b, c, file)
	runWork(t, h)
	keyboard(t, b, at)
	looks(t, h, b, c, at)
}

// resumes begins an upload past the browser, as a page that was closed would have left it, and chooses the file again.
func resumes(t *testing.T, h *testkit.House, b *browser.Browser, c *testkit.Client, file func(string, []byte) string) {
	t.Helper()
	content := random(9 << 20)
	path := file("Voyage.bin", content)
	b.Value(t, `(() => { const open = XMLHttpRequest.prototype.open; window.asked = [];
		XMLHttpRequest.prototype.open = function (method, url) { window.asked.push(method + ' ' + url); if (window.cut && url.includes('offset=8388608')) { url = '/nowhere'; this.cut = true } return open.call(this, method, url) };
		const send = XMLHttpRequest.prototype.send; XMLHttpRequest.prototype.send = function (body) { if (this.cut) { setTimeout(() => this.dispatchEvent(new Event('error'))); return } return send.call(this, body) };
		window.cut = true; return true })()`)
	b.Choose(t, "#deposit-files", path)
	b.Await(t, "the line to break", "[...document.querySelectorAll('[data-state-words]')].some(e => e.textContent.includes('connexion est perdue'))")
	b.Value(t, "[...document.querySelectorAll('.sending-file[data-state=sending] [data-do=pause]')].forEach(e => e.click()), true")
	// The page is opened anew: what is kept of the upload is its number, and no name.
	b.Open(t, "http://"+h.College.Host()+"/documents/spaces/perso")
	if kept, _ := b.Value(t, "JSON.stringify(localStorage)").(string); !strings.Contains(kept, "elyco-upload-") || strings.Contains(kept, "Voyage") {
		t.Errorf("the browser keeps %s", kept)
	}
	b.Value(t, `(() => { const open = XMLHttpRequest.prototype.open; window.asked = [];
		XMLHttpRequest.prototype.open = function (method, url) { window.asked.push(method + ' ' + url); return open.call(this, method, url) }; return true })()`)
	b.Choose(t, "#deposit-files", path)
	b.Await(t, "the rest", "document.querySelectorAll('.sending-file[data-state=done]').length === 1")
	if asked, _ := b.Value(t, "window.asked.join(' ')").(string); strings.Contains(asked, "offset=0") || !strings.Contains(asked, "offset=8388608") {
		t.Errorf("the upload did not go on where it stood: %s", asked)
	}
	got := c.Get(t, h.College, only(t, c, h.College, "/documents/spaces/perso", "Voyage.bin")+"/content")
	if !bytes.Equal(got.Body, content) {
		t.Errorf("%d bytes came, changed", len(got.Body))
	}
	if kept, _ := b.Value(t, "localStorage.length").(float64); kept != 0 {
		t.Errorf("the browser keeps %v things of what is done", kept)
	}
}

// keyboard ticks a line and puts it into the trash without a mouse.
func keyboard(t *testing.T, b *browser.Browser, at string) {
	t.Helper()
	b.Open(t, at+"/documents/spaces/perso")
	name, _ := b.Value(t, "document.querySelector('.tick-entry').getAttribute('aria-label')").(string)
	b.Focus(t, ".tick-entry")
	b.Press(t, " ")
	b.Await(t, "the tick", "document.querySelector('.tick-entry').checked")
	b.Focus(t, ".selection-bar button:last-of-type")
	b.Press(t, kb.Enter)
	b.Await(t, "the notice", "!!document.querySelector('.undo')")
	b.Focus(t, ".undo button")
	b.Press(t, kb.Enter)
	b.Await(t, "what came back", fmt.Sprintf("!document.querySelector('.undo') && [...document.querySelectorAll('.tick-entry')].some(e => e.getAttribute('aria-label') === %q)", name))
}

// looks opens the pages on a desk and on a phone, in light and in dark, with what the uploads left there.
func looks(t *testing.T, h *testkit.House, b *browser.Browser, c *testkit.Client, at string) {
	t.Helper()
	photo := only(t, c, h.College, "/documents/spaces/perso", "Photo.png")
	pages := []string{"/documents", "/documents/spaces/perso", "/documents/spaces/perso?view=grid", photo, photo + "/sharing", "/documents/trash", "/documents/received",
		only(t, c, h.College, "/documents/spaces/perso", "Règlement.pdf"), "/documents/destination?how=move&space=perso&node=" + idIn(photo)}
	made := c.Post(t, h.College, photo+"/links", url.Values{"id": {school.NewID().String()}, "until": {h.Clock.Now().AddDate(0, 0, 3).Format(time.DateOnly)}, "password": {"girafe lente"}})
	if link, ok := made.Page(t).First("#fresh-link"); ok {
		_, path, _ := strings.Cut(link.Attr("value"), h.College.Host())
		pages = append(pages, path)
	}
	for _, path := range pages {
		for _, look := range []browser.Look{{Width: 1280}, {Width: 1280, Dark: true}, {Width: 320}} {
			b.Wear(t, look)
			b.Open(t, at+path)
			for _, bad := range b.Check(t) {
				t.Errorf("%s, %v: %s", path, look, bad)
			}
			if over, by := b.Scrolls(t); over > 0 {
				t.Errorf("%s, %v: scrolls sideways because of %v", path, look, by)
			}
		}
	}
	b.Wear(t, browser.Look{Width: 1280})
	b.Open(t, at+photo)
	b.Await(t, "the picture", "document.querySelector('.preview-image').naturalWidth === 900")
	for _, bad := range b.Complaints() {
		t.Errorf("the browser complains: %s", bad)
	}
}

// runWork does what waits for a worker.
func runWork(t *testing.T, h *testkit.House) {
	t.Helper()
	var handlers []job.Handler
	for _, s := range h.App.Rooms() {
		handlers = append(handlers, s.Jobs...)
	}
	w, err := job.NewWorker(h.DB, handlers, 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		in := h.Registry.ByID(school.ScopeID(scope))
		return tenant.Enter(ctx, in), in != nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := w.Once(t.Context()); err != nil || n == 0 {
		t.Fatalf("%d jobs, %v", n, err)
	}
}

func TestPreviews(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	files := map[string]string{"Photo.png": picturePNG(t), "Texte.txt": "x", "Faux.png": "\x89PNG\r\n\x1a\nxxxx"}
	if _, err := exec.LookPath("pdftoppm"); err == nil {
		files["Règlement.pdf"] = pagePDF(t)
	}
	for name, text := range files {
		stored(t, h, c, h.College, name, text)
	}
	runWork(t, h)
	page := c.Get(t, h.College, "/documents/spaces/perso?view=grid").Page(t)
	thumbs := page.All("img.thumb")
	if len(thumbs) != len(files)-2 {
		t.Errorf("%d pictures for %d files", len(thumbs), len(files))
	}
	for _, i := range thumbs {
		a := c.Get(t, h.College, i.Attr("src")).Is(t, http.StatusOK)
		config, format, err := image.DecodeConfig(bytes.NewReader(a.Body))
		if err != nil || max(config.Width, config.Height) != 400 {
			t.Errorf("%s: %d×%d %s, %v", i.Attr("src"), config.Width, config.Height, format, err)
		}
		stranger := h.SignInAs(t, h.College, school.Teacher)
		stranger.Get(t, h.College, i.Attr("src")).Is(t, http.StatusNotFound)
	}
}

func TestArchivesAreUnpacked(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range []string{"Sortie/liste.txt", "../dehors.txt"} {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write([]byte("Bonjour"))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	item := stored(t, h, c, h.College, "Sortie.zip", b.String())
	c.Get(t, h.College, item).Sees(t, "button", "Décompresser ici")
	begun := c.Post(t, h.College, item+"/extraction", nil)
	a := c.Get(t, h.College, begun.Location()).Is(t, http.StatusOK).Sees(t, ".progress-label", "Fichiers décompressés")
	if a.Header.Get("Refresh") == "" {
		t.Error("without scripts nobody would ask again")
	}
	h.SignInAs(t, h.College, school.Teacher).Get(t, h.College, begun.Location()).Is(t, http.StatusNotFound)
	runWork(t, h)
	c.Get(t, h.College, begun.Location()).Is(t, http.StatusOK).Sees(t, ".notice-title", "L’archive est décompressée").Sees(t, ".left-out", "dehors.txt")
}

// TestWordsOfOfficeDocuments shows what a letter says on its page, once it has been read.
func TestWordsOfOfficeDocuments(t *testing.T) {
	h := testkit.NewHouse(t)
	c := h.SignInAs(t, h.College, school.Teacher)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{"[Content_Types].xml": "<x/>",
		"word/document.xml": `<w:document xmlns:w="w"><w:p><w:t>Chers parents,</w:t></w:p><w:p><w:t>la sortie &lt;b&gt;est&lt;/b&gt; reportée.</w:t></w:p></w:document>`} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	at := stored(t, h, c, h.College, "Lettre.docx", b.String())
	c.Get(t, h.College, at).Sees(t, "main", "Pas d’aperçu")
	runWork(t, h)
	c.Get(t, h.College, at).Sees(t, ".preview-words", "Chers parents, la sortie <b>est</b> reportée.").SeesNot(t, "Pas d’aperçu")
	h.SignInAs(t, h.College, school.Teacher).Get(t, h.College, at).Is(t, http.StatusNotFound)
}
