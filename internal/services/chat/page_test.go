package chat_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"elyco/internal/school"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

type talk struct {
	*testkit.House
	class, other                                                        school.ClassID
	leaP, hugoP, tomP, nadiaP, paulP, parentP                           testkit.Person
	lea, hugo, tom, nadia, paul, parent, cpe, head, foreign, foreignCPE *testkit.Client
}

// noon lets time pass until ten in the morning of a Tuesday, when families may write.
func noon(h *testkit.House) {
	now := h.Clock.Now().In(words.Zone())
	day := time.Date(now.Year(), now.Month(), now.Day()+(int(time.Tuesday-now.Weekday())+7)%7, 10, 0, 0, 0, words.Zone())
	if !day.After(now) {
		day = day.AddDate(0, 0, 7)
	}
	h.Clock.Pass(day.Sub(now))
}

func newTalk(t *testing.T) *talk {
	h := testkit.NewHouse(t)
	noon(h)
	k := &talk{House: h, class: h.NewClass(t, h.College, "5e B", "5e"), other: h.NewClass(t, h.College, "4e A", "4e")}
	c := h.College
	k.leaP = h.NewPerson(t, testkit.Named("Léa", "Martin"), testkit.In(c, school.Pupil, testkit.OfClass(k.class)))
	k.hugoP = h.NewPerson(t, testkit.Named("Hugo", "Petit"), testkit.In(c, school.Pupil, testkit.OfClass(k.class)))
	k.tomP = h.NewPerson(t, testkit.Named("Tom", "Durand"), testkit.In(c, school.Pupil, testkit.OfClass(k.other)))
	k.nadiaP = h.NewPerson(t, testkit.Named("Nadia", "Benali"), testkit.In(c, school.Teacher, testkit.OfClass(k.class)))
	k.paulP = h.NewPerson(t, testkit.Named("Paul", "Guérin"), testkit.In(c, school.Teacher, testkit.OfClass(k.class)))
	k.parentP = h.NewPerson(t, testkit.Named("Camille", "Martin"), testkit.In(c, school.Guardian, testkit.Of(k.leaP)))
	cpe := h.NewPerson(t, testkit.Named("Samia", "Haddad"), testkit.In(c, school.SchoolLife))
	k.lea, k.hugo, k.tom, k.nadia, k.paul, k.parent, k.cpe = h.SignIn(t, k.leaP), h.SignIn(t, k.hugoP), h.SignIn(t, k.tomP), h.SignIn(t, k.nadiaP), h.SignIn(t, k.paulP), h.SignIn(t, k.parentP), h.SignIn(t, cpe)
	k.head = h.SignInAs(t, c, school.Head)
	k.foreign = h.SignInAs(t, h.Sibling, school.Pupil, testkit.OfClass(h.NewClass(t, h.Sibling, "5e B", "5e")))
	k.foreignCPE = h.SignInAs(t, h.Sibling, school.SchoolLife)
	return k
}

// form opens a channel for the class, at all hours of the space unless changed.
func (k *talk) form() url.Values {
	return url.Values{"id": {school.NewID().String()}, "target": {"class:" + k.class.String()}, "title": {"Entraide maths"}, "about": {"On s’aide."}, "teachers": {"1"},
		"days": {"mon", "tue", "wed", "thu", "fri", "sat", "sun"}, "opens": {"00:00"}, "closes": {"24:00"}, "slow": {"0"}}
}

// open opens a channel and gives its path.
func (k *talk) open(t *testing.T, by *testkit.Client, f url.Values) string {
	t.Helper()
	path := "/chat/channels/" + f.Get("id")
	by.Post(t, k.College, "/chat/channels", f).LeadsTo(t, path)
	return path
}

func saying(text string) url.Values {
	return url.Values{"id": {school.NewID().String()}, "body": {text}}
}

// say posts a message and gives its id.
func (k *talk) say(t *testing.T, who *testkit.Client, path, text string) string {
	t.Helper()
	f := saying(text)
	who.Post(t, k.College, path+"/messages", f).LeadsTo(t, path+"#end")
	return f.Get("id")
}

func fragment(t *testing.T, k *talk, who *testkit.Client, path string) *testkit.Answer {
	t.Helper()
	return who.Do(t, testkit.Request{To: k.College, Path: path, Header: http.Header{"Hx-Request": {"true"}}})
}

func TestAClassTalks(t *testing.T) {
	k := newTalk(t)
	c := k.College
	f := k.form()
	path := k.open(t, k.nadia, f)
	k.nadia.Post(t, c, "/chat/channels", f).LeadsTo(t, path)
	if n := len(k.nadia.Get(t, c, "/chat").Page(t).All(".items li")); n != 1 {
		t.Errorf("sending the form twice opened %d channels", n)
	}
	k.lea.Get(t, c, "/chat").Sees(t, ".item-unread", "Entraide maths")
	k.lea.Get(t, c, "/home").Sees(t, "main", "Entraide maths")
	said := saying("Qui a compris <b>l’exercice</b> 4 ? Voir https://exemple.fr/a?b=1).")
	k.lea.Post(t, c, path+"/messages", said).LeadsTo(t, path+"#end")
	k.lea.Post(t, c, path+"/messages", said).LeadsTo(t, path+"#end")
	page := k.hugo.Get(t, c, path).Is(t, 200).Sees(t, ".chat-line", "<b>l’exercice</b>").Sees(t, ".chat-text", "Voir https://exemple.fr/a?b=1).").Sees(t, ".chat-name", "Léa Martin").Sees(t, "[id=chat-here]", "4 membres")
	if n := len(page.Page(t).All(".chat-line")); n != 1 {
		t.Errorf("a message sent twice is said %d times", n)
	}
	if href := page.Page(t).All(".chat-text a")[0].Attr("href"); href != "https://exemple.fr/a?b=1" {
		t.Errorf("the link leads to %q", href)
	}
	answer := saying("Moi !")
	answer.Set("reply", "2")
	k.hugo.Post(t, c, path+"/messages", answer).LeadsTo(t, path+"#end")
	k.lea.Get(t, c, path).Sees(t, ".chat-quote", "Léa Martin")
	k.lea.Get(t, c, "/search?q=compris").Sees(t, "main", "Entraide maths")
	k.tom.Get(t, c, "/search?q=compris").SeesNot(t, "Entraide maths")
	k.nadia.Get(t, c, "/chat").Sees(t, ".badge", "2 nouveaux messages")
	k.nadia.Post(t, c, path+"/reading", url.Values{"after": {"3"}}).LeadsTo(t, "/chat")
	if k.nadia.Get(t, c, "/chat").Page(t).Has(".item-unread") {
		t.Error("what was read stays unread")
	}
	answer.Set("id", school.NewID().String())
	answer.Set("reply", "99")
	k.hugo.Post(t, c, path+"/messages", answer).Is(t, 422).Sees(t, ".error", "n’est plus là")
	k.hugo.Post(t, c, path+"/messages", saying(strings.Repeat("é", 2001))).Is(t, 422).Sees(t, ".error", "2 000 caractères")
	k.tom.Post(t, c, path+"/messages", said).Is(t, 404)
}

func TestOnlyThoseOfTheClassComeIn(t *testing.T) {
	k := newTalk(t)
	c := k.College
	f := k.form()
	f.Del("teachers")
	path := k.open(t, k.nadia, f)
	id := k.say(t, k.lea, path, "Bonjour")
	for name, who := range map[string]*testkit.Client{"a pupil of another class": k.tom, "a guardian": k.parent, "a teacher who was left out": k.paul} {
		for _, at := range []string{path, path + "/members", path + "/settings", path + "/log", "/chat/messages/" + id} {
			if got := who.Get(t, c, at).Status; got != 404 && got != 403 {
				t.Errorf("%s opens %s: %d", name, at, got)
			}
		}
		if got := fragment(t, k, who, path+"/line?after=0&since=0").Status; got != 404 {
			t.Errorf("%s reads the new messages: %d", name, got)
		}
		who.Post(t, c, path+"/messages", saying("x")).Is(t, 404)
		who.Post(t, c, "/chat/messages/"+id+"/report", url.Values{"report": {school.NewID().String()}, "reason": {"insult"}}).Is(t, 404)
		who.Get(t, c, "/chat").SeesNot(t, "Entraide")
	}
	for _, who := range []*testkit.Client{k.foreign, k.foreignCPE} {
		who.Get(t, k.Sibling, path).Is(t, 404)
		who.Post(t, k.Sibling, path+"/messages", saying("x")).Is(t, 404)
	}
	k.foreignCPE.Post(t, k.Sibling, path+"/visit", url.Values{}).Is(t, 404)
	k.lea.Get(t, c, path+"/settings").Is(t, 403)
	stolen := k.form()
	stolen.Set("target", "class:"+k.other.String())
	k.nadia.Post(t, c, "/chat/channels", stolen).Is(t, 422).Sees(t, ".error", "Choisissez une de vos classes")
	k.lea.Post(t, c, "/chat/channels", k.form()).Is(t, 403)
	// Who leaves the class leaves the channel, at once.
	k.Exec(t, `delete from class_member where person_id = $1`, k.hugoP.ID.UUID)
	k.hugo.Get(t, c, path).Is(t, 404)
	k.hugo.Post(t, c, path+"/messages", saying("x")).Is(t, 404)
	f = k.form()
	f.Set("guardians", "1")
	family := k.open(t, k.head, f)
	k.say(t, k.parent, family, "Merci")
	k.paul.Get(t, c, family).Sees(t, ".chat-profile", "Responsable")
}

func TestFamiliesWriteWithinTheHours(t *testing.T) {
	k := newTalk(t)
	c := k.College
	f := k.form()
	f["days"], f["opens"], f["closes"] = []string{"tue"}, []string{"08:00"}, []string{"09:30"}
	path := k.open(t, k.nadia, f)
	refused := k.lea.Post(t, c, path+"/messages", saying("Trop tard ?")).Is(t, 422)
	refused.Sees(t, ".error", "à partir du mardi").Sees(t, ".error", "8 h")
	k.lea.Get(t, c, path).Is(t, 200).Sees(t, ".chat-compose", "fermé à cette heure")
	k.say(t, k.nadia, path, "Demain, c’est moi qui réponds.")
	f = k.form()
	f["days"], f["opens"], f["closes"] = []string{"mon"}, []string{"21:00"}, []string{"23:00"}
	k.nadia.Post(t, c, "/chat/channels", f).Is(t, 422).Sees(t, ".error", "ne laisse pas les familles")
	f["opens"], f["closes"] = []string{"9h"}, []string{"08:00"}
	k.nadia.Post(t, c, "/chat/channels", f).Is(t, 422).Sees(t, ".error", "08:00")
	// The space closes at eight in the evening, whatever the channel says.
	wide := k.open(t, k.nadia, k.form())
	k.say(t, k.lea, wide, "Le matin")
	k.Clock.Pass(11 * time.Hour)
	k.lea.Post(t, c, wide+"/messages", saying("Le soir")).Is(t, 422).Sees(t, ".error", "7 h")
	k.say(t, k.nadia, wide, "Bonne soirée")
}

func TestAChannelClosesAndOpens(t *testing.T) {
	k := newTalk(t)
	c := k.College
	path := k.open(t, k.nadia, k.form())
	k.lea.Post(t, c, path+"/state", url.Values{"to": {"closed"}}).Is(t, 404)
	k.paul.Post(t, c, path+"/state", url.Values{"to": {"closed"}}).LeadsTo(t, path)
	k.lea.Post(t, c, path+"/messages", saying("x")).Is(t, 422).Sees(t, ".error", "Ce salon est fermé")
	k.nadia.Post(t, c, path+"/messages", saying("x")).Is(t, 422)
	k.lea.Get(t, c, path).Sees(t, ".chat-event", "Paul Guérin a fermé le salon.")
	k.nadia.Post(t, c, path+"/state", url.Values{"to": {"open"}}).LeadsTo(t, path)
	k.say(t, k.lea, path, "De retour")
	k.nadia.Post(t, c, path+"/state", url.Values{"to": {"archived"}}).LeadsTo(t, path)
	k.lea.Get(t, c, "/chat").SeesNot(t, "Entraide")
	k.lea.Get(t, c, "/chat?in=archived").Sees(t, "main", "Entraide")
	f := k.form()
	f.Set("until", k.Clock.Now().Add(2*time.Hour).In(words.Zone()).Format("2006-01-02T15:04"))
	dated := k.open(t, k.nadia, f)
	k.say(t, k.lea, dated, "Encore ouvert")
	k.Clock.Pass(3 * time.Hour)
	k.lea.Post(t, c, dated+"/messages", saying("x")).Is(t, 422).Sees(t, ".error", "fermé depuis")
	f.Del("id")
	f.Del("target")
	f.Set("version", "7")
	f.Set("until", "")
	k.nadia.Post(t, c, dated+"/settings", f).Is(t, 409)
	f.Set("version", "1")
	f.Set("title", "")
	k.nadia.Post(t, c, dated+"/settings", f).Is(t, 422).Sees(t, ".error", "Donnez un nom")
	f.Set("title", "Entraide du soir")
	k.nadia.Post(t, c, dated+"/settings", f).LeadsTo(t, dated)
	k.say(t, k.lea, dated, "Rouvert")
}

func TestPupilsWriteAtAPace(t *testing.T) {
	k := newTalk(t)
	c := k.College
	path := k.open(t, k.nadia, k.form())
	for i := range 10 {
		k.say(t, k.lea, path, fmt.Sprintf("Message %d", i))
	}
	k.lea.Post(t, c, path+"/messages", saying("Trop")).Is(t, 422).Sees(t, ".error", "trop vite").Sees(t, "textarea", "Trop")
	k.say(t, k.hugo, path, "Moi, je peux.")
	k.Clock.Pass(61 * time.Second)
	k.say(t, k.lea, path, "Après une minute")
	f := k.form()
	f.Set("slow", "60")
	slow := k.open(t, k.nadia, f)
	k.say(t, k.hugo, slow, "Un")
	k.hugo.Post(t, c, slow+"/messages", saying("Deux")).Is(t, 422).Sees(t, ".error", "on attend un peu")
	k.say(t, k.nadia, slow, "Un")
	k.say(t, k.nadia, slow, "Deux")
	k.Clock.Pass(61 * time.Second)
	k.say(t, k.hugo, slow, "Deux")
}

func TestAuthorsChangeTheirMindsForTenMinutes(t *testing.T) {
	k := newTalk(t)
	c := k.College
	path := k.open(t, k.nadia, k.form())
	id := k.say(t, k.lea, path, "Bonjuor")
	at := "/chat/messages/" + id
	k.lea.Get(t, c, at).Is(t, 200).Sees(t, "textarea", "Bonjuor")
	k.hugo.Post(t, c, at, url.Values{"body": {"x"}}).Is(t, 404)
	k.hugo.Post(t, c, at+"/removal", url.Values{}).Is(t, 404)
	k.lea.Post(t, c, at, url.Values{"body": {""}}).Is(t, 422)
	k.lea.Post(t, c, at, url.Values{"body": {"Bonjour"}}).LeadsTo(t, path)
	k.hugo.Get(t, c, path).Sees(t, ".chat-text", "Bonjour").Sees(t, ".chat-tools", "modifié").SeesNot(t, "Bonjuor")
	second := k.say(t, k.lea, path, "Secret")
	k.lea.Post(t, c, "/chat/messages/"+second+"/removal", url.Values{}).LeadsTo(t, path)
	k.hugo.Get(t, c, path).Sees(t, ".chat-removed", "Message retiré").SeesNot(t, "Secret")
	k.Clock.Pass(11 * time.Minute)
	k.lea.Post(t, c, at, url.Values{"body": {"Salut"}}).Is(t, 409)
	k.lea.Post(t, c, at+"/removal", url.Values{}).Is(t, 409)
}

func TestNewMessagesAloneComeByThemselves(t *testing.T) {
	k := newTalk(t)
	path := k.open(t, k.nadia, k.form())
	first := k.say(t, k.lea, path, "Un")
	shown := k.hugo.Get(t, k.College, path).Page(t)
	value := func(name string) string { return shown.All("[id=chat-mark] input[name=" + name + "]")[0].Attr("value") }
	ask := path + "/line?after=" + value("after") + "&since=" + value("since")
	k.say(t, k.nadia, path, "Deux")
	k.lea.Post(t, k.College, "/chat/messages/"+first, url.Values{"body": {"Un, corrigé"}}).LeadsTo(t, path)
	part := fragment(t, k, k.hugo, ask).Is(t, 200)
	lines := part.Page(t).All(".chat-line")
	if len(lines) != 2 || !strings.Contains(lines[0].Text(), "Deux") || lines[0].Attr("hx-swap-oob") != "" || !strings.Contains(lines[1].Text(), "corrigé") || lines[1].Attr("hx-swap-oob") != "true" {
		t.Errorf("the part is %s", part.Body)
	}
	if part.Page(t).Has("h1") || !part.Page(t).Has("[id=chat-mark]") {
		t.Error("the part is a page, or lacks the mark")
	}
	sent := saying("Trois")
	sent.Set("after", "3")
	sent.Set("since", "0")
	posted := k.hugo.Do(t, testkit.Request{Method: http.MethodPost, To: k.College, Path: path + "/messages", Form: sent, Header: http.Header{"Hx-Request": {"true"}}}).Is(t, 200)
	posted.Sees(t, ".chat-line", "Trois")
	if id := posted.Page(t).All("form input[name=id]")[0].Attr("value"); id == sent.Get("id") || id == "" {
		t.Errorf("the next message would have the id %q", id)
	}
	sent.Set("body", "")
	sent.Set("id", school.NewID().String())
	k.hugo.Do(t, testkit.Request{Method: http.MethodPost, To: k.College, Path: path + "/messages", Form: sent, Header: http.Header{"Hx-Request": {"true"}}}).Is(t, 422).Sees(t, ".error", "Écrivez votre message")
}

func TestHistoryIsReadUpwards(t *testing.T) {
	k := newTalk(t)
	path := k.open(t, k.nadia, k.form())
	for i := range 60 {
		k.say(t, k.nadia, path, fmt.Sprintf("N%02d.", i))
	}
	page := k.lea.Get(t, k.College, path).Sees(t, ".chat-text", "N59.").SeesNot(t, "N05.")
	if n := len(page.Page(t).All(".chat-line")); n != 50 {
		t.Errorf("a page holds %d messages", n)
	}
	link := page.Page(t).All("[id=chat-earlier] a")[0]
	older := k.lea.Get(t, k.College, link.Attr("href")).Is(t, 200).Sees(t, ".chat-text", "N05.").SeesNot(t, "N59.")
	if older.Page(t).Has("[id=chat-live]") {
		t.Error("history takes new messages in")
	}
	fragment(t, k, k.lea, link.Attr("hx-get")).Is(t, 200).Sees(t, ".chat-text", "N05.")
	for _, n := range []int{1, 2} {
		if trips := k.lea.Get(t, k.College, path).RoundTrips; trips > 3 {
			t.Errorf("the page costs %d round trips the %d. time", trips, n)
		}
	}
	if trips := fragment(t, k, k.lea, path+"/line?after=1&since=0").RoundTrips; trips > 3 {
		t.Errorf("what is new costs %d round trips", trips)
	}
}
