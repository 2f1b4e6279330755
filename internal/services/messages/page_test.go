package messages_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"elyco/internal/school"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

type mail struct {
	*testkit.House
	class, other                                           school.ClassID
	lea, tom, teacher, colleague, guardian, father, cpe    *testkit.Client
	stranger, head                                         *testkit.Client
	leaP, tomP, teacherP, colleagueP, guardianP, strangerP testkit.Person
}

func newMail(t *testing.T) mail {
	h := testkit.NewHouse(t)
	atWork(h)
	m := mail{House: h, class: h.NewClass(t, h.College, "5e B", "5e"), other: h.NewClass(t, h.College, "4e A", "4e")}
	m.leaP = h.NewPerson(t, testkit.Named("Léa", "Martin"), testkit.In(h.College, school.Pupil, testkit.OfClass(m.class)))
	m.tomP = h.NewPerson(t, testkit.Named("Tom", "Petit"), testkit.In(h.College, school.Pupil, testkit.OfClass(m.other)))
	m.teacherP = h.NewPerson(t, testkit.Named("Nadia", "Benali"), testkit.In(h.College, school.Teacher, testkit.OfClass(m.class)))
	m.colleagueP = h.NewPerson(t, testkit.Named("Paul", "Guérin"), testkit.In(h.College, school.Teacher, testkit.OfClass(m.other)))
	m.guardianP = h.NewPerson(t, testkit.Named("Camille", "Martin"), testkit.In(h.College, school.Guardian, testkit.Of(m.leaP)))
	father := h.NewPerson(t, testkit.Named("Karim", "Martin"), testkit.In(h.College, school.Guardian, testkit.Of(m.leaP)))
	m.strangerP = h.NewPerson(t, testkit.Named("Zoé", "Petit"), testkit.In(h.College, school.Guardian, testkit.Of(m.tomP)))
	m.lea, m.tom, m.teacher, m.colleague = h.SignIn(t, m.leaP), h.SignIn(t, m.tomP), h.SignIn(t, m.teacherP), h.SignIn(t, m.colleagueP)
	m.guardian, m.father, m.stranger = h.SignIn(t, m.guardianP), h.SignIn(t, father), h.SignIn(t, m.strangerP)
	m.cpe, m.head = h.SignInAs(t, h.College, school.SchoolLife), h.SignInAs(t, h.College, school.Head)
	m.Exec(t, `update sign_on set device_since = now() - interval '90 days'`)
	return m
}

// atWork moves the house's clock on to a Monday at ten: everybody may be reached then.
func atWork(h *testkit.House) { goTo(h, time.Monday, 10) }

// goTo moves the house's clock on to the next day of the week, at an hour.
func goTo(h *testkit.House, day time.Weekday, hour int) {
	now := h.Clock.Now().In(words.Zone())
	at := time.Date(now.Year(), now.Month(), now.Day(), hour, 0, 0, 0, words.Zone())
	for at.Weekday() != day || !at.After(now) {
		at = at.AddDate(0, 0, 1)
	}
	h.Clock.Pass(at.Sub(now))
}

func to(p testkit.Person) string { return "to:person:" + p.ID.String() + ":" }

func form(subject, body string, addresses ...string) url.Values {
	return url.Values{"id": {school.NewID().String()}, "subject": {subject}, "body": {body}, "addr": addresses, "do": {"send"}}
}

func (m mail) send(t *testing.T, c *testkit.Client, f url.Values) string {
	t.Helper()
	c.Post(t, m.College, "/messages/drafts", f).LeadsTo(t, "/messages")
	return "/messages/letters/" + f.Get("id")
}

func TestAMessageArrivesOnceAndIsAnswered(t *testing.T) {
	m := newMail(t)
	f := form("Sortie au musée", "Bonjour,\n**N’oubliez pas** le pique-nique.", "to:guardians:"+m.leaP.ID.String()+":", "cc:class:"+m.class.String()+":pupil")
	path := m.send(t, m.teacher, f)
	m.send(t, m.teacher, f)
	m.guardian.Get(t, m.College, "/home").Sees(t, "main", "Sortie au musée")
	m.guardian.Get(t, m.College, "/messages").Sees(t, ".item-unread", "Sortie au musée").Sees(t, ".stamp", "Léa")
	m.guardian.Get(t, m.College, path).Is(t, 200).Sees(t, ".letter-body strong", "N’oubliez pas").Sees(t, "main", "responsables de Léa Martin").Sees(t, "main", "5e B")
	if n := len(m.guardian.Get(t, m.College, "/messages").Page(t).All(".item-unread")); n != 0 {
		t.Errorf("%d messages stay unread", n)
	}
	m.lea.Get(t, m.College, path).Is(t, 200)
	for who, c := range map[string]*testkit.Client{"another pupil": m.tom, "another guardian": m.stranger, "a colleague": m.colleague, "the head": m.head} {
		if got := c.Get(t, m.College, path).Status; got != 404 {
			t.Errorf("%s reads the message: %d", who, got)
		}
	}
	answer := m.guardian.Get(t, m.College, "/messages/new?reply="+f.Get("id")).Is(t, 200).Sees(t, ".mail-to", "Nadia Benali")
	if got := answer.Page(t).All("#subject")[0].Attr("value"); got != "Re : Sortie au musée" {
		t.Errorf("the subject of the answer is %q", got)
	}
	reply := form("Re : Sortie au musée", "Merci.", to(m.teacherP))
	reply.Set("parent", f.Get("id"))
	reply.Set("child", m.leaP.ID.String())
	second := m.send(t, m.guardian, reply)
	m.teacher.Get(t, m.College, second).Is(t, 200).Sees(t, "#thread", "Sortie au musée").Sees(t, ".letter-about", "Léa")
	m.teacher.Get(t, m.College, path).Sees(t, "#delivery", "3 personnes sur 3")
}

func TestHiddenCopiesStayHidden(t *testing.T) {
	m := newMail(t)
	f := form("Réunion", "À mardi.", to(m.colleagueP), "bcc:person:"+m.guardianP.ID.String()+":")
	path := m.send(t, m.teacher, f)
	m.colleague.Get(t, m.College, path).Is(t, 200).SeesNot(t, "Camille")
	m.colleague.Get(t, m.College, "/messages").SeesNot(t, "Camille")
	m.colleague.Get(t, m.College, "/messages/new?all="+f.Get("id")).Is(t, 200).SeesNot(t, "Camille")
	m.guardian.Get(t, m.College, path).Is(t, 200).Sees(t, "main", "copie cachée")
	m.teacher.Get(t, m.College, path).Sees(t, "main", "Camille Martin")
}

func TestWhoMayWriteToWhom(t *testing.T) {
	m := newMail(t)
	for name, c := range map[string]struct {
		who  *testkit.Client
		to   string
		want int
	}{
		"a pupil to the own teacher":          {m.lea, to(m.teacherP), 303},
		"a pupil to another teacher":          {m.lea, to(m.colleagueP), 422},
		"a pupil to a pupil":                  {m.lea, to(m.tomP), 422},
		"a pupil to a guardian":               {m.lea, to(m.strangerP), 422},
		"a guardian to the child's teacher":   {m.guardian, to(m.teacherP), 303},
		"a guardian to another teacher":       {m.guardian, to(m.colleagueP), 422},
		"a guardian to a guardian":            {m.guardian, to(m.strangerP), 422},
		"a teacher to any guardian":           {m.teacher, to(m.strangerP), 303},
		"a teacher to the own class":          {m.teacher, "to:class:" + m.class.String() + ":*", 303},
		"a teacher to another class":          {m.teacher, "to:class:" + m.other.String() + ":*", 422},
		"a teacher to the school":             {m.teacher, "to:school::*", 422},
		"a pupil to the own class":            {m.lea, "to:class:" + m.class.String() + ":pupil", 422},
		"a pupil to the school":               {m.lea, "to:school::*", 422},
		"a guardian through a child's name":   {m.guardian, "to:guardians:" + m.tomP.ID.String() + ":", 422},
		"the head to the school":              {m.head, "to:school::*", 303},
		"the head to a level":                 {m.head, "to:level:5e:guardian", 303},
		"somebody who is not there":           {m.head, "to:person:" + school.NewID().String() + ":", 422},
		"what is no address":                  {m.head, "to:person:x:", 422},
		"a field that is none":                {m.head, "from:person:" + m.tomP.ID.String() + ":", 422},
		"a profile that is none":              {m.head, "to:school::admin", 422},
		"lines to the same, in several forms": {m.head, "to:class:" + m.class.String() + ":*:x", 422},
	} {
		if got := c.who.Post(t, m.College, "/messages/drafts", form("Objet", "Texte", c.to)).Status; got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
	page := m.lea.Post(t, m.College, "/messages/drafts", url.Values{"id": {school.NewID().String()}, "q": {"petit"}, "do": {"find"}}).Is(t, 200)
	page.SeesNot(t, "Tom").SeesNot(t, "Zoé")
	found := url.Values{"id": {school.NewID().String()}, "q": {"martin lea"}, "do": {"find"}}
	m.teacher.Post(t, m.College, "/messages/drafts", found).Sees(t, ".mail-found", "Responsables de Léa Martin")
}

// TestATechnicianWritesToColleagues, and to families where the school opens that.
func TestATechnicianWritesToColleagues(t *testing.T) {
	m := newMail(t)
	p := m.NewPerson(t, testkit.Named("Manuel", "Pereira"), testkit.In(m.College, school.Technical))
	technician := m.SignIn(t, p)
	m.Exec(t, `update sign_on set device_since = now() - interval '90 days'`)
	m.send(t, technician, form("Chaudière", "x", to(m.teacherP)))
	technician.Post(t, m.College, "/messages/drafts", form("Chaudière", "x", to(m.guardianP))).Is(t, 422)
	technician.Get(t, m.College, "/messages/reach").SeesNot(t, m.guardianP.Family)
	asked := form("Une clé perdue", "x", to(p))
	m.send(t, m.guardian, asked)
	answer := form("Re : Une clé perdue", "x", to(m.guardianP))
	answer.Set("parent", asked.Get("id"))
	m.send(t, technician, answer)
	m.set(t, m.College, "messages.reach.technical", setting.Value{Many: []string{"guardians"}})
	m.send(t, technician, form("Chaudière", "x", to(m.guardianP)))
}

func TestAPupilCannotReachManyPeople(t *testing.T) {
	m := newMail(t)
	var list []string
	for range 10000 {
		list = append(list, "to:person:"+school.NewID().String()+":")
	}
	m.lea.Post(t, m.College, "/messages/drafts", form("Objet", "Texte", list...)).Is(t, 422).Sees(t, "main", "100 au plus")
	list = nil
	for range 11 {
		p := m.NewPerson(t, testkit.Named("Prof", "Nouveau"), testkit.In(m.College, school.Teacher, testkit.OfClass(m.class)))
		list = append(list, to(p))
	}
	many := form("Objet", "Texte", list...)
	m.lea.Post(t, m.College, "/messages/drafts", many).Is(t, 422).Sees(t, "main", "11 personnes")
	many["addr"] = list[:10]
	m.send(t, m.lea, many)
	for range 3 {
		m.send(t, m.lea, form("Objet", "Texte", list[:10]...))
	}
	m.lea.Post(t, m.College, "/messages/drafts", form("Objet", "Texte", list[0])).Is(t, 422).Sees(t, "main", "par jour")
}

func TestHostileTextsAreInert(t *testing.T) {
	m := newMail(t)
	f := form("Objet\r\nBcc: x@y.fr <script>alert(1)</script>\u202e", `<img src=x onerror=alert(1)> [a](javascript:alert(1)) <script>x</script>`, to(m.guardianP))
	path := m.send(t, m.teacher, f)
	page := m.guardian.Get(t, m.College, path).Is(t, 200)
	for _, n := range page.Page(t).All("main script, main img, main [onerror]") {
		t.Errorf("the page holds %s", n.Text())
	}
	if body := string(page.Body); strings.Contains(body, "javascript:alert") || strings.Contains(body, "\u202e") {
		t.Error("a hostile text is shown as it was sent")
	}
	m.guardian.Get(t, m.College, "/messages").Is(t, 200).Sees(t, ".item-title", "Bcc: x@y.fr <script>")
}

func TestWhatIsWrongIsSaidAndKept(t *testing.T) {
	m := newMail(t)
	f := form("", "", "")
	m.teacher.Post(t, m.College, "/messages/drafts", f).Is(t, 422).Sees(t, "#to", "au moins un destinataire").Sees(t, "main", "Écrivez l’objet")
	m.teacher.Get(t, m.College, "/messages?in=drafts").Sees(t, ".item-title", "(sans objet)")
	f.Set("do", "autosave")
	f.Set("subject", "Gardé tout seul")
	m.teacher.Post(t, m.College, "/messages/drafts", f).Is(t, 204)
	m.teacher.Get(t, m.College, "/messages/drafts/"+f.Get("id")).Is(t, 200)
	m.colleague.Get(t, m.College, "/messages/drafts/"+f.Get("id")).Is(t, 404)
	m.colleague.Post(t, m.College, "/messages/drafts", f).Is(t, 404)
	m.teacher.Post(t, m.College, "/messages/drafts", form(strings.Repeat("é", 151), "x", to(m.guardianP))).Is(t, 422).Sees(t, "main", "150 signes")
	m.teacher.Post(t, m.College, "/messages/drafts/"+f.Get("id")+"/removal", url.Values{}).LeadsTo(t, "/messages?in=drafts")
	m.teacher.Get(t, m.College, "/messages?in=drafts").SeesNot(t, "Gardé tout seul")
	m.teacher.Post(t, m.College, "/messages/drafts", url.Values{"id": {"x"}, "unknown": {"y"}}).Is(t, 422)
}

func TestAMessageIsWithdrawn(t *testing.T) {
	m := newMail(t)
	f := form("Erreur", "Un texte parti trop vite", "to:guardians:"+m.leaP.ID.String()+":")
	path := m.send(t, m.teacher, f)
	m.guardian.Get(t, m.College, path).Sees(t, "main", "trop vite")
	m.guardian.Post(t, m.College, path+"/recall", url.Values{}).Is(t, 404)
	m.colleague.Post(t, m.College, path+"/recall", url.Values{}).Is(t, 404)
	m.teacher.Get(t, m.College, path+"/receipts").Is(t, 404)
	for range 2 {
		m.teacher.Post(t, m.College, path+"/recall", url.Values{}).LeadsTo(t, path)
	}
	m.guardian.Get(t, m.College, path).Is(t, 200).SeesNot(t, "trop vite").Sees(t, "main", "retiré")
	m.guardian.Get(t, m.College, "/messages").SeesNot(t, "trop vite")
	m.guardian.Get(t, m.College, "/messages/new?forward="+f.Get("id")).Is(t, 409)
	m.father.Get(t, m.College, "/home").SeesNot(t, "Erreur")
	m.teacher.Get(t, m.College, path+"/receipts?opened=1").Is(t, 200).Sees(t, "table", "Martin Camille").SeesNot(t, "Karim")
}

func TestReceiptsNameTheChild(t *testing.T) {
	m := newMail(t)
	f := form("Bulletin", "À lire", "to:guardians:"+m.leaP.ID.String()+":")
	f.Set("receipt", "1")
	f.Set("no_reply", "1")
	path := m.send(t, m.teacher, f)
	m.guardian.Get(t, m.College, path).Sees(t, "main", "L’auteur sait").Sees(t, "main", "n’attend pas de réponse")
	m.guardian.Get(t, m.College, "/messages/new?reply="+f.Get("id")).Is(t, 409)
	m.teacher.Get(t, m.College, path+"/receipts").Is(t, 200).Sees(t, "table", "Camille").Sees(t, "table", "Léa Martin").Sees(t, "table", "Pas encore ouvert")
	m.guardian.Get(t, m.College, path+"/receipts").Is(t, 404)
}

func TestBoxesAndFolders(t *testing.T) {
	m := newMail(t)
	first, second := form("Un", "x", to(m.guardianP)), form("Deux", "Le carburateur", to(m.guardianP))
	m.send(t, m.teacher, first)
	m.send(t, m.teacher, second)
	change := func(c *testkit.Client, do, folder string, ids ...string) *testkit.Answer {
		return c.Post(t, m.College, "/messages/changes", url.Values{"do": {do}, "folder": {folder}, "ids": ids})
	}
	change(m.guardian, "read", "", first.Get("id"), second.Get("id")).LeadsTo(t, "/messages")
	if n := len(m.guardian.Get(t, m.College, "/messages").Page(t).All(".item-unread")); n != 0 {
		t.Errorf("%d are unread", n)
	}
	folder := school.NewID().String()
	m.guardian.Post(t, m.College, "/messages/setup/folders", url.Values{"id": {folder}, "name": {"Orientation"}}).LeadsTo(t, "/messages/setup")
	change(m.father, "move", folder, first.Get("id")).LeadsTo(t, "/messages")
	change(m.guardian, "move", folder, first.Get("id")).LeadsTo(t, "/messages")
	m.guardian.Get(t, m.College, "/messages").SeesNot(t, "Nadia Benali · Un")
	m.guardian.Get(t, m.College, "/messages?in="+folder).Sees(t, ".items", "Un").SeesNot(t, "Deux")
	m.father.Get(t, m.College, "/messages?in="+folder).Is(t, 404)
	change(m.guardian, "trash", "", first.Get("id")).LeadsTo(t, "/messages")
	m.guardian.Get(t, m.College, "/messages?in=trash").Sees(t, ".items", "Un")
	change(m.guardian, "restore", "", first.Get("id")).LeadsTo(t, "/messages")
	m.guardian.Get(t, m.College, "/messages?in="+folder).Sees(t, ".items", "Un")
	m.guardian.Post(t, m.College, "/messages/setup/folders/"+folder+"/removal", url.Values{}).LeadsTo(t, "/messages/setup")
	m.guardian.Get(t, m.College, "/messages").Sees(t, ".items", "Un")
	change(m.guardian, "erase", "", first.Get("id")).LeadsTo(t, "/messages")
	m.guardian.Get(t, m.College, "/messages").Sees(t, ".items", "Un") // only what is in the trash goes for good
	change(m.guardian, "trash", "", first.Get("id"))
	change(m.guardian, "erase", "", first.Get("id"))
	m.guardian.Get(t, m.College, "/messages/letters/"+first.Get("id")).Is(t, 404)
	m.teacher.Get(t, m.College, "/messages/letters/"+first.Get("id")).Is(t, 200)
	change(m.guardian, "", "").Is(t, 422)
	change(m.guardian, "trash", "").Is(t, 422).Sees(t, "main", "Cochez")
	m.guardian.Get(t, m.College, "/messages/search?q=carburateur").Sees(t, ".items", "Deux")
	m.father.Get(t, m.College, "/messages/search?q=carburateur").SeesNot(t, "Deux")
	m.guardian.Get(t, m.College, "/search?q=carburateur").Sees(t, "main", "Deux")
}

func TestReportsAreDecidedAndAuthorsBlocked(t *testing.T) {
	m := newMail(t)
	f := form("Tu vas voir", "Une menace", to(m.teacherP))
	path := m.send(t, m.lea, f)
	report := url.Values{"report": {school.NewID().String()}, "reason": {"threat"}, "note": {"Cela m’inquiète."}}
	m.teacher.Post(t, m.College, path+"/report", url.Values{"report": {school.NewID().String()}, "reason": {"x"}}).Is(t, 422)
	m.colleague.Post(t, m.College, path+"/report", report).Is(t, 404)
	for range 2 {
		m.teacher.Post(t, m.College, path+"/report", report).LeadsTo(t, path)
	}
	m.teacher.Get(t, m.College, "/messages/moderation").Is(t, 403)
	m.cpe.Get(t, m.College, "/messages/moderation").Sees(t, "main", "Une menace").Sees(t, "main", "Menace")
	decide := "/messages/moderation/" + report.Get("report")
	m.lea.Post(t, m.College, decide, url.Values{"do": {"keep"}}).Is(t, 403)
	m.head.Post(t, m.College, decide, url.Values{"do": {"withdraw"}}).LeadsTo(t, "/messages/moderation")
	m.cpe.Post(t, m.College, decide, url.Values{"do": {"keep"}}).Is(t, 409)
	m.teacher.Get(t, m.College, path).SeesNot(t, "Une menace")
	m.teacher.Post(t, m.College, path+"/block", url.Values{}).LeadsTo(t, path)
	m.lea.Post(t, m.College, "/messages/drafts", form("Encore", "x", to(m.teacherP))).Is(t, 422).Sees(t, "main", "Personne ne recevrait")
	official := form("Officiel", "x", "to:guardians:"+m.leaP.ID.String()+":")
	m.guardian.Post(t, m.College, m.send(t, m.teacher, official)+"/block", url.Values{}).Is(t, 409)
	m.teacher.Post(t, m.College, "/messages/setup/blocks/"+m.leaP.ID.String()+"/removal", url.Values{}).LeadsTo(t, "/messages/setup")
	m.send(t, m.lea, form("Pardon", "x", to(m.teacherP)))
}

func upload(t *testing.T, c *testkit.Client, in *tenant.Tenant, path, name, text string) *testkit.Answer {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("files", name)
	if err == nil {
		_, err = part.Write([]byte(text))
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return c.Do(t, testkit.Request{Method: http.MethodPost, To: in, Path: path, Body: &b, Header: http.Header{"Content-Type": {w.FormDataContentType()}}})
}

func TestFilesGoWithTheMessage(t *testing.T) {
	m := newMail(t)
	f := form("Avec document", "Voir le document", to(m.guardianP))
	f.Set("do", "files")
	draft := "/messages/drafts/" + f.Get("id")
	m.teacher.Post(t, m.College, "/messages/drafts", f).LeadsTo(t, draft+"/files")
	upload(t, m.colleague, m.College, draft+"/files", "vol.txt", "x").Is(t, 404)
	upload(t, m.teacher, m.College, draft+"/files", "plan.txt", "le plan").LeadsTo(t, draft)
	m.teacher.Get(t, m.College, draft).Sees(t, ".mail-files", "plan.txt")
	f.Set("do", "send")
	path := m.send(t, m.teacher, f)
	m.guardian.Get(t, m.College, "/messages/new?forward="+f.Get("id")).Is(t, 200).Sees(t, "#carried", "Les documents")
	var file string
	for _, n := range m.guardian.Get(t, m.College, path).Page(t).All("article a") {
		if strings.Contains(n.Text(), "plan.txt") {
			file = n.Attr("href")
		}
	}
	if got := string(m.guardian.Get(t, m.College, file).Is(t, 200).Body); got != "le plan" {
		t.Errorf("the file holds %q", got)
	}
	m.colleague.Get(t, m.College, file).Is(t, 404)
	m.stranger.Get(t, m.College, file).Is(t, 404)
	forward := form("Tr : Avec document", "Pour vous", to(m.teacherP))
	forward.Set("parent", f.Get("id"))
	forward.Set("carry", "1")
	passed := m.send(t, m.guardian, forward)
	again := strings.Replace(file, path, passed, 1)
	m.teacher.Get(t, m.College, again).Is(t, 200)
	m.teacher.Post(t, m.College, path+"/recall", url.Values{}).LeadsTo(t, path)
	m.guardian.Get(t, m.College, file).Is(t, 404)
}
