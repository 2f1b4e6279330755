package publication_test

import (
	"bytes"
	"image"
	"image/png"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/fault"
	"elyco/internal/readonly"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/web"
	"elyco/internal/words"
)

// visit is a browser of one person in one space, through the rooms' own routes and the policy.
type visit struct {
	t   testing.TB
	app *fiber.App
}

func (h *house) visit(t testing.TB, at *tenant.Tenant, who school.Actor) visit {
	app := fiber.New(fiber.Config{Immutable: true, BodyLimit: 60 << 20, ErrorHandler: web.Failure(slog.New(slog.DiscardHandler))})
	app.Use(func(c *fiber.Ctx) error {
		c.SetUserContext(session.With(words.With(tenant.Enter(c.UserContext(), at), h.words), who))
		web.WithFramer(c, func(_ *fiber.Ctx, p web.Page) ui.Frame {
			return ui.Frame{Title: p.Title, SiteName: at.Name, Public: p.Public}
		})
		return c.Next()
	})
	for _, s := range h.rooms {
		for _, r := range s.Routes {
			levels := r.Levels
			if len(levels) == 0 {
				levels = s.Levels
			}
			app.Add(r.Method, r.Path, func(c *fiber.Ctx) error {
				ok := false
				for _, l := range levels {
					ok = ok || l == at.Kind
				}
				if !ok {
					return fault.Missing()
				}
				if _, may := h.policy.Can(c.UserContext(), s.Name, r.Action); !may {
					return fault.New(fault.Forbidden, "")
				}
				return r.Handler(c)
			})
		}
	}
	return visit{t, app}
}

func (v visit) do(req *http.Request) (*http.Response, string) {
	v.t.Helper()
	res, err := v.app.Test(req, 20000)
	if err != nil {
		v.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	return res, string(body)
}

func (v visit) get(path string) (*http.Response, string) {
	return v.do(httptest.NewRequest("GET", path, nil))
}

func (v visit) post(path string, form url.Values) (*http.Response, string) {
	req := httptest.NewRequest("POST", path, strings.NewReader(form.Encode()))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.do(req)
}

func (v visit) send(path string, form url.Values, files map[string][]byte) (*http.Response, string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for k, vs := range form {
		for _, one := range vs {
			w.WriteField(k, one)
		}
	}
	for name, content := range files {
		field, file, _ := strings.Cut(name, ":")
		part, _ := w.CreateFormFile(field, file)
		part.Write(content)
	}
	w.Close()
	req := httptest.NewRequest("POST", path, &b)
	req.Header.Set("Content-Type", w.FormDataContentType())
	return v.do(req)
}

func want(t testing.TB, what string, status, wanted int, body string, texts ...string) {
	t.Helper()
	if status != wanted {
		t.Fatalf("%s: status %d, want %d\n%.600s", what, status, wanted, body)
	}
	for _, s := range texts {
		if !strings.Contains(body, s) {
			t.Errorf("%s does not say %q", what, s)
		}
	}
}

func picturePNG() []byte {
	var b bytes.Buffer
	png.Encode(&b, image.NewRGBA(image.Rect(0, 0, 40, 20)))
	return b.Bytes()
}

// TestAnArticleFromDraftToReader walks the whole way as forms do without JavaScript.
func TestAnArticleFromDraftToReader(t *testing.T) {
	head := h.visit(t, h.Rochelle, h.Actor(t, h.Rochelle, h.member(t, h.Rochelle, school.Head)))
	reader := h.visit(t, h.Rochelle, h.Actor(t, h.Rochelle, h.member(t, h.Rochelle, school.Guardian)))
	pupil := h.visit(t, h.Rochelle, h.Actor(t, h.Rochelle, h.member(t, h.Rochelle, school.Pupil)))
	visitor := h.visit(t, h.Rochelle, school.Actor{})
	stranger := h.visit(t, h.Lucon, h.Actor(t, h.Lucon, h.member(t, h.Lucon, school.Guardian)))

	res, body := head.get("/news/new")
	want(t, "the empty form", res.StatusCode, 200, body, "À qui vous adressez-vous", "Voir qui le recevra")
	id := school.NewID().String()
	form := url.Values{"version": {"0"}, "title": {"Voyage à Rome"}, "body": {"Départ <script>alert(1)</script> **lundi**."}, "cover_alt": {"Le Colisée"},
		"to_profile": {"guardian"}, "wants_receipt": {"1"}, "public": {"1"}, "then": {"check"}}
	files := map[string][]byte{"cover:rome.png": picturePNG(), "files:../programme.html": []byte("<script>alert(1)</script>")}
	bad := url.Values{"version": {"0"}, "title": {""}, "body": {"gardé"}, "to_profile": {"guardian"}}
	res, body = head.send("/news/"+id, bad, nil)
	want(t, "a form without title", res.StatusCode, 422, body, "Donnez un titre", "gardé", `value="guardian" checked`)
	res, body = head.send("/news/"+id, form, files)
	want(t, "saving", res.StatusCode, 303, body)
	res, body = head.get("/news/" + id + "/check")
	want(t, "the check", res.StatusCode, 200, body, "les responsables légaux de l’établissement", "Publier maintenant")
	res, _ = reader.get("/news/" + id)
	want(t, "a draft", res.StatusCode, 404, "")
	res, body = head.post("/news/"+id+"/publication", url.Values{"version": {"1"}})
	want(t, "publishing", res.StatusCode, 303, body)

	res, body = reader.get("/news")
	want(t, "the list", res.StatusCode, 200, body, "Voyage à Rome", "Le Colisée", "à confirmer")
	res, body = reader.get("/news/" + id)
	want(t, "the article", res.StatusCode, 200, body, "<strong>lundi</strong>", "programme.html", "J’ai lu")
	if strings.Contains(body, "<script>alert") {
		t.Error("the author's script is in the page")
	}
	file := between(body, `href="/news/`+id+`/files/`, `"`)
	for name, v := range map[string]visit{"a pupil": pupil, "another school": stranger} {
		for _, path := range []string{"/news/" + id, "/news/" + id + "/cover", "/news/" + id + "/files/" + file} {
			if res, _ := v.get(path); res.StatusCode != 404 {
				t.Errorf("%s gets %s: %d", name, path, res.StatusCode)
			}
		}
	}
	checkFile(t, reader, "/news/"+id+"/files/"+file)
	res, body = reader.get("/news/" + id + "/cover")
	want(t, "the cover", res.StatusCode, 200, "")
	if !strings.HasPrefix(res.Header.Get("Content-Type"), "image/") || !strings.Contains(res.Header.Get("Cache-Control"), "private") || len(body) == 0 {
		t.Errorf("the cover: %v, %d bytes", res.Header, len(body))
	}
	res, body = reader.post("/news/"+id+"/receipt", nil)
	want(t, "the receipt", res.StatusCode, 303, body)
	res, body = reader.get("/news/" + id)
	want(t, "the article again", res.StatusCode, 200, body, "Vous avez confirmé votre lecture")
	res, body = head.get("/news/" + id + "/receipts")
	want(t, "the readers", res.StatusCode, 200, body, "guardian", "Ont confirmé")
	res, body = visitor.get("/news/public")
	want(t, "the public list", res.StatusCode, 200, body, "Voyage à Rome", "/news/public/"+id)
	res, body = visitor.get("/news/public/" + id)
	want(t, "the public article", res.StatusCode, 200, body, "<strong>lundi</strong>")
	if res, _ := visitor.get("/news/" + id); res.StatusCode != 403 {
		t.Errorf("a visitor on the private side: %d", res.StatusCode)
	}
	res, body = head.get("/news/" + id + "/withdrawal")
	want(t, "the withdrawal", res.StatusCode, 200, body, "Retirer cette publication")
	res, _ = head.post("/news/"+id+"/withdrawal", url.Values{"version": {"2"}})
	want(t, "withdrawing", res.StatusCode, 303, "")
	for _, path := range []string{"/news/public/" + id, "/news/public/" + id + "/cover"} {
		if res, _ := visitor.get(path); res.StatusCode != 404 {
			t.Errorf("withdrawn, yet %s: %d", path, res.StatusCode)
		}
	}
}

func checkFile(t *testing.T, v visit, path string) {
	t.Helper()
	res, body := v.get(path)
	if res.StatusCode != 200 || body != "<script>alert(1)</script>" || !strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment;") ||
		res.Header.Get("X-Content-Type-Options") != "nosniff" || !strings.HasSuffix(res.Header.Get("Content-Security-Policy"), "; sandbox") {
		t.Errorf("the file: %d %v %q", res.StatusCode, res.Header, body)
	}
	req := httptest.NewRequest("GET", path, nil)
	req.Header.Set("Range", "bytes=1-6")
	if res, body := v.do(req); res.StatusCode != 206 || body != "script" || res.Header.Get("Content-Range") != "bytes 1-6/25" {
		t.Errorf("a part: %d %q %q", res.StatusCode, body, res.Header.Get("Content-Range"))
	}
}

func between(s, from, to string) string {
	_, s, _ = strings.Cut(s, from)
	s, _, _ = strings.Cut(s, to)
	return s
}

func TestWhoIsMeantIsSaidBeforeSending(t *testing.T) {
	head := h.visit(t, h.Laval, h.Actor(t, h.Laval, h.member(t, h.Laval, school.Head)))
	h.member(t, h.Laval, school.Teacher)
	res, body := head.get("/news/audience?to_profile=teacher&to_profile=head")
	want(t, "the live answer", res.StatusCode, 200, body, "les enseignants et la direction")
	if _, body := head.get("/news/audience?to_establishment=10"); !strings.Contains(body, "dépasse votre espace") {
		t.Errorf("another school is counted: %.300s", body)
	}
	form := url.Values{"id": {school.NewID().String()}, "title": {"Gardé"}, "to_profile": {"teacher"}}
	res, body = head.send("/news/audience", form, nil)
	want(t, "the answer without scripts", res.StatusCode, 200, body, "les enseignants de l’établissement", `value="Gardé"`)
	form["body"] = []string{"# Un titre"}
	res, body = head.send("/news/preview", form, nil)
	want(t, "the preview", res.StatusCode, 200, body, "<h2>Un titre</h2>", `value="Gardé"`)
}

func TestEveryPageOfEveryDesk(t *testing.T) {
	agent := h.member(t, h.Vendee, school.Collectivity)
	h.Entrust(t, h.Vendee, agent, "transport")
	for name, c := range map[string]struct {
		v     visit
		paths map[string]int
	}{
		"head": {h.visit(t, h.Rochelle, h.Actor(t, h.Rochelle, h.member(t, h.Rochelle, school.Head))), map[string]int{"/news": 200, "/news/desk": 200,
			"/news/desk?state=scheduled": 200, "/news/desk?state=no": 404, "/announcements": 200, "/announcements/new": 200, "/announcements/desk?state=archived": 200,
			"/territory": 200, "/territory?section=works": 200, "/territory/new": 404, "/news/not-an-id": 404, "/news/" + school.NewID().String(): 404}},
		"agent": {h.visit(t, h.Vendee, h.Actor(t, h.Vendee, agent)), map[string]int{"/territory": 200, "/territory/desk": 200, "/territory/new": 200,
			"/announcements/new": 200, "/news": 404}},
		"pupil": {h.visit(t, h.Rochelle, h.Actor(t, h.Rochelle, h.member(t, h.Rochelle, school.Pupil))), map[string]int{"/news": 200, "/news/desk": 403,
			"/news/new": 403, "/territory": 200, "/announcements": 200, "/announcements/desk": 403}},
	} {
		for path, status := range c.paths {
			res, body := c.v.get(path)
			if res.StatusCode != status {
				t.Errorf("%s, %s: %d, want %d", name, path, res.StatusCode, status)
			}
			if status == 200 && strings.Count(body, "<h1") != 1 {
				t.Errorf("%s, %s: %d h1", name, path, strings.Count(body, "<h1"))
			}
			if strings.Contains(body, "[publication.") || strings.Contains(body, "[audience.") {
				t.Errorf("%s, %s: words are missing", name, path)
			}
		}
	}
}

func TestAnAnnouncementIsConfirmed(t *testing.T) {
	head := h.visit(t, h.Lycee, h.Actor(t, h.Lycee, h.member(t, h.Lycee, school.Head)))
	reader := h.visit(t, h.Lycee, h.Actor(t, h.Lycee, h.member(t, h.Lycee, school.Pupil)))
	id := school.NewID().String()
	form := url.Values{"version": {"0"}, "title": {"Fermeture"}, "body": {"Le lycée ferme à midi."}, "urgent": {"1"}, "wants_receipt": {"1"}, "to_whole": {"1"},
		"ends_at": {h.Clock.At.Add(5 * time.Hour).In(words.Zone()).Format("2006-01-02T15:04")}, "then": {"check"}}
	res, body := head.post("/announcements/"+id, form)
	want(t, "saving", res.StatusCode, 303, body)
	res, body = head.post("/announcements/"+id+"/publication", url.Values{"version": {"1"}})
	want(t, "publishing", res.StatusCode, 303, body)
	res, body = reader.get("/announcements")
	want(t, "the list", res.StatusCode, 200, body, "Le lycée ferme à midi.", "Urgent", `action="/announcements/`+id+`/receipt"`)
	reader.post("/announcements/"+id+"/receipt", nil)
	_, body = reader.get("/announcements")
	if strings.Contains(body, "/announcements/"+id+"/receipt") {
		t.Error("it is still to be confirmed")
	}
}

func TestPreviewOfAnotherWritesNothing(t *testing.T) {
	actor := h.Actor(t, h.Rochelle, h.member(t, h.Rochelle, school.Head))
	looking := readonly.With(h.with(t, h.Rochelle, actor))
	if _, err := h.news.Save(looking, input("Non", everybody())); !fault.Is(err, fault.ReadOnly) {
		t.Errorf("saved: %v", err)
	}
	p := publish(t, h.as(t, h.Rochelle, h.member(t, h.Rochelle, school.Head)), h.news.Desk, input("Regardée", everybody()))
	if _, err := h.news.Find(looking, p.ID); err != nil {
		t.Fatal(err)
	}
	if err := h.news.Acknowledge(looking, p.ID); !fault.Is(err, fault.ReadOnly) {
		t.Errorf("acknowledged: %v", err)
	}
	var n int
	if err := countRows(t, h.Rochelle, `select count(*) from publication_read where publication_id = ?`, &n, p.ID); err != nil || n != 0 {
		t.Error("looking through another's eyes left a trace")
	}
}
