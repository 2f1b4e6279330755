package chat_test

import (
	"fmt"
	"net/url"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/testkit/browser"
)

// TestInTheBrowser talks as a person does: the page takes new messages in, sends without being drawn anew, and passes axe on a
// desk and on a phone, in light and in dark.
func TestInTheBrowser(t *testing.T) {
	k := newTalk(t)
	path := k.open(t, k.nadia, k.form())
	for i := range 30 {
		k.say(t, k.nadia, path, fmt.Sprintf("Consigne %d : relire la page %d, puis faire l’exercice.", i, i+10))
	}
	k.nadia.Get(t, k.College, path)
	b := browser.Start(t)
	b.SetCookie(t, k.College.Host(), session.Cookie, k.nadia.Cookie(k.College.Host(), session.Cookie))
	at := "http://" + k.College.Host()
	b.Open(t, at+path)
	const distance = "(() => { const s = document.querySelector('.chat-scroll'); return Math.abs(s.scrollTop); })()"
	b.Await(t, "the page to open on the last message", distance+" < 2 && document.querySelector('.chat-scroll').scrollHeight > document.querySelector('.chat-scroll').clientHeight")
	b.Await(t, "the presence", "document.querySelector('#chat-here h2').textContent.includes('1 personne')")
	id := k.say(t, k.lea, path, "Bonjour de Léa")
	b.Value(t, "window.here = 'the same page'; window.htmx.trigger('#chat-live', 'live')")
	b.Await(t, "the new message", "document.querySelector('.chat-lines').textContent.includes('Bonjour de Léa') && "+distance+" < 2")
	k.lea.Post(t, k.College, "/chat/messages/"+id, url.Values{"body": {"Bonsoir de Léa"}}).LeadsTo(t, path)
	b.Value(t, "window.htmx.trigger('#chat-live', 'live')")
	b.Await(t, "the changed message in its place", "!document.body.textContent.includes('Bonjour de Léa') && document.querySelectorAll('.chat-lines > [id=m-32]').length === 1")
	// Two events at once leave nothing out.
	k.say(t, k.lea, path, "Un")
	b.Value(t, "window.htmx.trigger('#chat-live', 'live'); window.htmx.trigger('#chat-live', 'live')")
	b.Focus(t, "#chat-body")
	b.Press(t, "Réponse au clavier"+kb.Enter)
	b.Await(t, "the own message, once", "[...document.querySelectorAll('.chat-mine')].filter(e => e.textContent.includes('Réponse au clavier')).length === 1")
	b.Await(t, "an empty field with the focus", "document.activeElement.id === 'chat-body' && document.activeElement.value === ''")
	if same, _ := b.Value(t, "window.here === 'the same page' && document.querySelectorAll('[id=chat-mark]').length === 1 && document.querySelectorAll('[id=write]').length === 1").(bool); !same {
		t.Error("the page was drawn anew, or a part of it is there twice")
	}
	if text, _ := b.Value(t, "[...document.querySelectorAll('.chat-text')].at(-1).textContent").(string); text != "Réponse au clavier" {
		t.Errorf("the text is shown as %q", text)
	}
	k.looks(t, b, path, id)
}

func (k *talk) looks(t *testing.T, b *browser.Browser, path, message string) {
	t.Helper()
	k.hugo.Post(t, k.College, "/chat/messages/"+message+"/report", url.Values{"report": {school.NewID().String()}, "reason": {"other"}}).LeadsTo(t, path)
	k.nadia.Post(t, k.College, path+"/silences", url.Values{"person": {k.hugoP.ID.String()}, "minutes": {"60"}, "reason": {"Propos blessants"}}).LeadsTo(t, path+"/members")
	for _, page := range []string{"/chat", "/chat/new", path, path + "?reply=32", path + "/members?who=" + k.leaP.ID.String(), path + "/settings", "/chat/messages/" + message, "/chat/moderation"} {
		for _, look := range []browser.Look{{Width: 1280}, {Width: 1280, Dark: true}, {Width: 320}} {
			b.Wear(t, look)
			b.Open(t, "http://"+k.College.Host()+page)
			for _, bad := range b.Check(t) {
				t.Errorf("%s, %v: %s", page, look, bad)
			}
			if over, by := b.Scrolls(t); over > 0 {
				t.Errorf("%s, %v: scrolls sideways because of %v", page, look, by)
			}
		}
	}
}
