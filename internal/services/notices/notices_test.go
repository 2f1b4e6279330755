package notices_test

import (
	"bufio"
	"context"
	"net"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/notice"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

type family struct {
	*testkit.House
	parentP testkit.Person
	parent  *testkit.Client
}

// newFamily is a parent with a child in a collège and another in a lycée.
func newFamily(t *testing.T) family {
	h := testkit.NewHouse(t)
	lea, tom := h.NewPerson(t, testkit.Named("Léa", "Roy"), testkit.In(h.College, school.Pupil)), h.NewPerson(t, testkit.Named("Tom", "Roy"), testkit.In(h.Lycee, school.Pupil))
	f := family{House: h, parentP: h.NewPerson(t, testkit.Named("Karim", "Roy"), testkit.In(h.College, school.Guardian, testkit.Of(lea)), testkit.In(h.Lycee, school.Guardian, testkit.Of(tom)))}
	f.parent = h.SignIn(t, f.parentP)
	return f
}

// tell tells the parent something in a school, as a room would.
func (f family) tell(t *testing.T, in *tenant.Tenant, title, about string) uuid.UUID {
	t.Helper()
	id := school.NewID()
	err := f.DB.Write(tenant.Enter(t.Context(), in), func(ctx context.Context, tx db.Tx) error {
		return f.App.Herald().Tell(ctx, tx, notice.Notice{ID: id, Kind: "slips.asked", Ref: id, Title: title, Path: "/slips", Urgent: true},
			[]notice.To{{Person: f.parentP.ID.UUID, AboutNames: about}})
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func fragment(t *testing.T, c *testkit.Client, in *tenant.Tenant, path string) *testkit.Answer {
	t.Helper()
	return c.Do(t, testkit.Request{To: in, Path: path, Header: http.Header{"Hx-Request": {"true"}}})
}

// TestOneListForAllSchools shows what two schools told, each with its child, and what another parent never sees.
func TestOneListForAllSchools(t *testing.T) {
	f := newFamily(t)
	f.parent.Get(t, f.College, "/notices").Is(t, 200).Sees(t, "main", "Rien de nouveau")
	here := f.tell(t, f.College, "Sortie au musée", "Léa")
	f.tell(t, f.Lycee, "Réunion de rentrée", "Tom")
	f.parent.Get(t, f.College, "/notices").Is(t, 200).Sees(t, "main", "Sortie au musée").Sees(t, "main", "Au sujet de Tom").Sees(t, "main", f.Lycee.Name)
	fragment(t, f.parent, f.Lycee, "/notices/count").Is(t, 200).Sees(t, ".count", "2")
	stranger := f.SignInAs(t, f.College, school.Guardian)
	stranger.Get(t, f.College, "/notices").SeesNot(t, "Sortie au musée")
	for _, path := range []string{"/notices/open/" + here.String(), "/notices/open/x"} {
		if got := stranger.Get(t, f.College, path).Status; got != http.StatusNotFound {
			t.Errorf("a stranger opens %s: %d", path, got)
		}
	}
	f.parent.Get(t, f.College, "/notices/open/"+here.String()).LeadsTo(t, "/slips")
	fragment(t, f.parent, f.College, "/notices/count").Sees(t, ".count", "1")
	f.parent.Post(t, f.College, "/notices/read", nil).LeadsTo(t, "/notices")
	f.parent.Get(t, f.College, "/notices?unread=1").Sees(t, "main", "Rien de nouveau")
}

// listen opens the stream of a person on a program, and gives what comes.
func listen(t *testing.T, h *testkit.House, c *testkit.Client, in *tenant.Tenant) <-chan string {
	t.Helper()
	fragment(t, c, in, "/notices/count").Is(t, 200) // takes the sign-on over to the host
	client := http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", h.Address)
	}}}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+in.Host()+"/live", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept", "text/event-stream")
	req.AddCookie(&http.Cookie{Name: session.Cookie, Value: c.Cookie(in.Host(), session.Cookie)})
	res, err := client.Do(req)
	if err != nil || res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != "text/event-stream" {
		t.Fatalf("the stream answers %+v: %v", res, err)
	}
	lines := make(chan string, 100)
	go func() {
		defer res.Body.Close()
		for scan := bufio.NewScanner(res.Body); scan.Scan(); {
			lines <- scan.Text()
		}
		close(lines)
	}()
	return lines
}

// TestAnOpenPageOfAnotherReplicaHears tells on one program what a page of the other one hears within a second.
func TestAnOpenPageOfAnotherReplicaHears(t *testing.T) {
	f := newFamily(t)
	other := f.Replica(t)
	lines := listen(t, other, other.SignIn(t, f.parentP), f.College)
	deadline := time.After(10 * time.Second)
	told := map[string]time.Time{}
	again := time.NewTicker(300 * time.Millisecond) // the hub of the replica may not hear yet
	defer again.Stop()
	for {
		select {
		case line := <-lines:
			id, found := strings.CutPrefix(line, "data: notices ")
			if at, ours := told[id]; found && ours {
				if took := time.Since(at); took > time.Second {
					t.Errorf("it took %s", took)
				}
				return
			}
		case <-again.C:
			told[f.tell(t, f.College, "Sortie", "Léa").String()] = time.Now()
		case <-deadline:
			t.Fatal("the page heard nothing")
		}
	}
}

func TestAStreamNeedsSomebody(t *testing.T) {
	f := newFamily(t)
	if got := f.Visitor().Do(t, testkit.Request{To: f.College, Path: "/live", Header: http.Header{"Accept": {"text/event-stream"}}}).Status; got == http.StatusOK {
		t.Error("a visitor hears what others are told")
	}
}

// TestNobodyIsAskedInVain offers a choice only of what may come, and where there is one.
func TestNobodyIsAskedInVain(t *testing.T) {
	f := newFamily(t)
	staff := f.SignInAs(t, f.College, school.SchoolLife)
	for who, c := range map[string]struct {
		client *testkit.Client
		queue  bool
	}{"a parent": {f.parent, false}, "a CPE": {staff, true}} {
		offered := map[string]bool{}
		for _, n := range c.client.Get(t, f.College, "/notices/choices").Is(t, 200).Page(t).All("input[name=way]") {
			offered[n.Attr("value")] = true
		}
		if !offered["messages.received mail"] || offered["messages.queue mail"] != c.queue || offered["mustread.asked mail"] {
			t.Errorf("%s chooses among %v", who, offered)
		}
	}
}

func TestWhatSomebodyChose(t *testing.T) {
	f := newFamily(t)
	v := url.Values{"way": {"slips.asked mail", "messages.received digest"}, "digest": {"day"}, "language": {"ar"}, "own": {"1"}, "days": {"mon", "sat"},
		"from": {"18:00"}, "to": {"22:00"}, "sees": {"mine"}}
	f.parent.Post(t, f.College, "/notices/choices", v).LeadsTo(t, "/notices/choices")
	page := f.parent.Get(t, f.Lycee, "/notices/choices").Is(t, 200).Page(t)
	checked := map[string]bool{}
	for _, n := range page.All("input[checked]") {
		checked[n.Attr("name")+" "+n.Attr("value")] = true
	}
	for _, want := range []string{"way slips.asked mail", "way messages.received digest", "digest day", "days mon", "days sat", "sees mine"} {
		if !checked[want] {
			t.Errorf("%s was not kept: %v", want, checked)
		}
	}
	if checked["way messages.received mail"] || checked["days tue"] {
		t.Error("what was taken away is still there")
	}
	for what, change := range map[string]func(url.Values){
		"no day":         func(v url.Values) { v.Del("days") },
		"hours backward": func(v url.Values) { v.Set("from", "22:00"); v.Set("to", "08:00") },
		"no digest":      func(v url.Values) { v.Set("digest", "hourly") },
		"no language":    func(v url.Values) { v.Set("language", "tlh") },
	} {
		bad := url.Values{}
		for k, list := range v {
			bad[k] = list
		}
		change(bad)
		answer := f.parent.Post(t, f.College, "/notices/choices", bad)
		if _, told := answer.Page(t).First(".error-summary"); answer.Status != http.StatusUnprocessableEntity || !told {
			t.Errorf("%s: %d, above the page: %v", what, answer.Status, told)
		}
	}
}

// TestOneClickStopsAKindOfEmail follows the link at the end of an e-mail, as its reader and as a mail program do.
func TestOneClickStopsAKindOfEmail(t *testing.T) {
	f := newFamily(t)
	path := "/notices/off/" + f.App.Herald().OffToken(f.parentP.ID.UUID, "slips.asked")
	visitor := f.Visitor()
	visitor.Get(t, f.College, path).Is(t, 200).Sees(t, "main", "signature")
	visitor.Do(t, testkit.Request{Method: http.MethodPost, To: f.College, Path: path, Form: url.Values{"List-Unsubscribe": {"One-Click"}}}).Is(t, 200).Sees(t, "main", "ne recevrez plus")
	for _, n := range f.parent.Get(t, f.College, "/notices/choices").Page(t).All("input[checked]") {
		if n.Attr("value") == "slips.asked mail" {
			t.Error("the e-mails go on")
		}
	}
	for _, wrong := range []string{path + "x", "/notices/off/x", strings.Replace(path, "slips", "chat", 1)} {
		if got := visitor.Get(t, f.College, wrong).Status; got != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, got)
		}
	}
}

// TestWhatMustBeKnownStandsAtHome shows the home page before and after the parent has acknowledged.
func TestWhatMustBeKnownStandsAtHome(t *testing.T) {
	f := newFamily(t)
	head := f.SignInAs(t, f.College, school.Head)
	id := school.NewID()
	path := "/mustread/messages/" + id.String()
	head.Post(t, f.College, "/mustread/messages", url.Values{"id": {id.String()}, "title": {"Collège fermé"}, "body": {"Demain."}, "to_profile": {"guardian"}, "urgent": {"1"},
		"reason": {"Panne"}, "goal": {f.Clock.Now().Add(72 * time.Hour).Format("2006-01-02T15:04")}}).LeadsTo(t, path)
	head.Post(t, f.College, path+"/sending", nil).LeadsTo(t, path)
	f.parent.Get(t, f.Lycee, "/home").Is(t, 200).Sees(t, "main", "Collège fermé").Sees(t, "main", "confirmer")
	f.parent.Post(t, f.College, "/notices/acknowledge/"+id.String(), nil).LeadsTo(t, "/notices")
	f.parent.Get(t, f.Lycee, "/home").Is(t, 200).SeesNot(t, "Collège fermé")
}
