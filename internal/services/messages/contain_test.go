package messages_test

import (
	"fmt"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// teachers are people to whom the pupils of the class may write.
func (m mail) teachers(t *testing.T, n int) (list []string) {
	t.Helper()
	for i := range n {
		p := m.NewPerson(t, testkit.Named("Prof", fmt.Sprint("Numéro", i)), testkit.In(m.College, school.Teacher, testkit.OfClass(m.class)))
		list = append(list, to(p))
	}
	return list
}

// young makes the device of every sign-on of a person one of this minute.
func (m mail) young(t *testing.T, p testkit.Person) {
	t.Helper()
	m.Exec(t, `update sign_on set device_since = $1 where person_id = $2`, m.Clock.Now(), p.ID.UUID)
}

// TestAHijackedPupilIsHeld writes from a new device to many, with a link: a moderator reads it first.
func TestAHijackedPupilIsHeld(t *testing.T) {
	m := newMail(t)
	list := m.teachers(t, 6)
	m.young(t, m.leaP)
	f := form("Regardez vite", "Cliquez ici : https://piege.example", list...)
	draft := "/messages/drafts/" + f.Get("id")
	m.lea.Post(t, m.College, "/messages/drafts", f).LeadsTo(t, draft)
	waiting := m.lea.Get(t, m.College, draft).Is(t, 200)
	waiting.Sees(t, "h1", "en attente de lecture").Sees(t, "main", "un appareil que vous utilisez depuis peu").Sees(t, "main", m.cpe.Person.Name())
	m.lea.Get(t, m.College, "/messages?in=drafts").Sees(t, ".items", "En attente de lecture")
	m.lea.Post(t, m.College, "/messages/drafts", f).LeadsTo(t, draft)
	m.lea.Post(t, m.College, draft+"/recovery", nil).Is(t, 409)
	m.lea.Post(t, m.College, draft+"/removal", nil).Is(t, 404)
	queue := m.cpe.Get(t, m.College, "/messages/moderation").Is(t, 200)
	queue.Sees(t, "#held", "Regardez vite").Sees(t, "#held", "https://piege.example").Sees(t, "#held", "Appareil récent").Sees(t, "#held", "Contient un lien").
		Sees(t, "#held", "Firefox sur Linux").Sees(t, "#held", "6 personnes")
	m.teacher.Get(t, m.College, "/messages/moderation").Is(t, 403)
	var hold string
	m.query(t, `select id from message_hold`, &hold)
	held := "/messages/moderation/held/" + hold
	m.lea.Post(t, m.College, held, url.Values{"do": {"release"}}).Is(t, 403)
	m.cpe.Post(t, m.College, held, url.Values{"do": {"refuse"}}).Is(t, 422).Sees(t, "#held", "Donnez une raison")
	m.cpe.Post(t, m.College, held, url.Values{"do": {"refuse"}, "reason": {"Ce lien est un piège."}}).LeadsTo(t, "/messages/moderation")
	m.head.Post(t, m.College, held, url.Values{"do": {"release"}}).Is(t, 409)
	m.lea.Get(t, m.College, draft).Sees(t, "main", "Ce lien est un piège.")

	// What was refused once is read again, whatever it says now; nothing of it has reached anybody.
	f.Set("body", "Bonjour, une question.")
	f["addr"] = []string{to(m.teacherP)}
	m.Exec(t, `update sign_on set device_since = now() - interval '90 days'`)
	m.lea.Post(t, m.College, "/messages/drafts", f).LeadsTo(t, draft)
	m.cpe.Get(t, m.College, "/messages/moderation").Sees(t, "#held", "Déjà refusé")
	m.query(t, `select id from message_hold where state = 'open'`, &hold)
	m.head.Post(t, m.College, "/messages/moderation/held/"+hold, url.Values{"do": {"release"}}).LeadsTo(t, "/messages/moderation")
	m.teacher.Get(t, m.College, "/messages/letters/"+f.Get("id")).Is(t, 200)
	var text string
	m.query(t, `select string_agg(body, '|' order by held_at) from message_hold`, &text)
	if !strings.Contains(text, "piege.example") {
		t.Errorf("what was held first is gone: %q", text)
	}
}

// TestWhoIsUsualIsNotHeld lets the same message pass from a device that the account knows.
func TestWhoIsUsualIsNotHeld(t *testing.T) {
	m := newMail(t)
	m.send(t, m.lea, form("Regardez", "https://exemple.fr", m.teachers(t, 6)...))
	m.young(t, m.guardianP)
	m.send(t, m.guardian, form("Absence", "Voir www.medecin.example", to(m.teacherP)))
}

// TestOneDoesNotJudgeOneself holds a head's own message for somebody else, and names who is told.
func TestOneDoesNotJudgeOneself(t *testing.T) {
	m := newMail(t)
	crowd(t, m.House, 40)
	m.young(t, m.head.Person)
	f := form("À tous", "https://exemple.fr", "to:school::pupil")
	m.head.Post(t, m.College, "/messages/drafts", f).LeadsTo(t, "/messages/drafts/"+f.Get("id"))
	var hold string
	m.query(t, `select id from message_hold`, &hold)
	m.head.Get(t, m.College, "/messages/drafts/"+f.Get("id")).Sees(t, "main", m.cpe.Person.Name()).SeesNot(t, "lu par "+m.head.Person.Name())
	var toSelf int
	m.query(t, `select count(*) from notice_person p join notice n on n.id = p.notice_id where n.kind = 'messages.queue' and p.person_id = '`+m.head.Person.ID.String()+`'`, &toSelf)
	if toSelf > 0 {
		t.Error("the author was asked to decide")
	}
	m.head.Get(t, m.College, "/messages/moderation").Sees(t, "#held", "une autre personne doit en décider")
	m.head.Post(t, m.College, "/messages/moderation/held/"+hold, url.Values{"do": {"release"}}).Is(t, 409)
	team := url.Values{"people": {m.cpe.Person.ID.String()}}
	m.head.Post(t, m.College, "/messages/moderation/team", url.Values{"people": {m.teacherP.ID.String()}}).Is(t, 422)
	m.head.Post(t, m.College, "/messages/moderation/team", team).LeadsTo(t, "/messages/moderation")
	m.head.Get(t, m.College, "/messages/drafts/"+f.Get("id")).Sees(t, "main", m.cpe.Person.Name()).SeesNot(t, "lu par "+m.head.Person.Name())
	m.cpe.Post(t, m.College, "/messages/moderation/held/"+hold, url.Values{"do": {"release"}}).LeadsTo(t, "/messages/moderation")
	m.lea.Get(t, m.College, "/messages/letters/"+f.Get("id")).Is(t, 200)
}

// TestAHijackedPupilStaysWithinTheLimit tries in parallel, by answers, forwards, groups, and for later.
func TestAHijackedPupilStaysWithinTheLimit(t *testing.T) {
	m := newMail(t)
	m.set(t, m.College, "messages.hold", setting.Value{})
	list := m.teachers(t, 30)
	reach := func() (n int) {
		m.query(t, `select count(distinct k.person_id) from message_copy k join message m on m.tenant_id = k.tenant_id and m.id = k.message_id
			where m.author_name = 'Léa Martin' and k.field <> 'author'`, &n)
		return n
	}
	if got := m.lea.Post(t, m.College, "/messages/drafts", form("Groupe", "x", "to:class:"+m.class.String()+":teacher")).Status; got != 422 {
		t.Errorf("a pupil writes to a class: %d", got)
	}
	all := form("Réunion", "x", append([]string{to(m.leaP)}, list[:12]...)...)
	m.send(t, m.teacher, all)
	answer := form("Re : Réunion", "x", list[:11]...)
	answer.Set("parent", all.Get("id"))
	m.lea.Post(t, m.College, "/messages/drafts", answer).Is(t, 422).Sees(t, "main", "11 personnes")
	answer["subject"], answer["id"] = []string{"Tr : Réunion"}, []string{school.NewID().String()}
	m.lea.Post(t, m.College, "/messages/drafts", answer).Is(t, 422)

	// Three times ten fit into a day; then eight try at once, to others.
	for i := range 3 {
		m.send(t, m.lea, form("Un", "x", list[i*3:i*3+10]...))
	}
	var wg sync.WaitGroup
	passed := make(chan int, 8)
	for range 8 {
		wg.Go(func() {
			passed <- m.lea.Post(t, m.College, "/messages/drafts", form("Vite", "x", list[20:30]...)).Status
		})
	}
	wg.Wait()
	close(passed)
	through := 0
	for status := range passed {
		if status == 303 {
			through++
		}
	}
	if through != 1 {
		t.Errorf("%d of eight messages passed at once; one fits", through)
	}
	later := form("Demain", "x", list[:5]...)
	later.Set("do", "later")
	later.Set("later", local(m.Clock.Now().Add(48*time.Hour)))
	m.lea.Post(t, m.College, "/messages/drafts", later).Is(t, 422).Sees(t, "main", "par jour")
	if n := reach(); n > 40 {
		t.Errorf("%d people have something of hers", n)
	}
}

// set decides about a setting.
func (m mail) set(t *testing.T, in *tenant.Tenant, name string, v setting.Value) {
	t.Helper()
	if err := m.App.Settings().Set(tenant.Enter(t.Context(), in), school.PersonID{UUID: school.NewID()}, setting.Change{Name: name, Value: v}); err != nil {
		t.Fatal(err)
	}
}

// TestSendingIsStoppedOnEveryLevel throws the switch in the school, the collectivity and the academy.
func TestSendingIsStoppedOnEveryLevel(t *testing.T) {
	m := newMail(t)
	other := m.Replica(t)
	agent := m.SignInAs(t, m.Vendee, school.Collectivity)
	above := m.SignInAs(t, m.Academy, school.AcademyAgent)
	page := "/messages/stop"
	m.teacher.Get(t, m.College, page).Is(t, 403)
	m.cpe.Get(t, m.College, page).Is(t, 403)
	m.head.Get(t, m.College, page).Is(t, 200).Sees(t, "h1", "Suspendre les envois")
	for name, c := range map[string]struct {
		who *testkit.Client
		in  *tenant.Tenant
	}{"the school": {m.head, m.College}, "the collectivity": {agent, m.Vendee}, "the academy": {above, m.Academy}} {
		t.Run(name, func(t *testing.T) {
			id := school.NewID().String()
			f := url.Values{"id": {id}, "categories": {"pupil"}, "reason": {"Comptes détournés : " + name}}
			c.who.Post(t, c.in, page, url.Values{"id": {id}, "reason": {"Rien de coché"}}).Is(t, 422)
			c.who.Post(t, c.in, page, url.Values{"id": {id}, "categories": {"teacher"}, "reason": {"Personne"}}).Is(t, 422)
			c.who.Post(t, c.in, page, url.Values{"id": {id}, "categories": {"pupil"}}).Is(t, 422).Sees(t, "main", "Dites pourquoi")
			for range 2 {
				c.who.Post(t, c.in, page, f).LeadsTo(t, page)
			}
			began := time.Now()
			stopped := other.SignIn(t, m.leaP).Post(t, m.College, "/messages/drafts", form("Non", "x", to(m.teacherP)))
			stopped.Is(t, 422).Sees(t, "main", "Votre brouillon est gardé").Sees(t, "main", "Comptes détournés : "+name)
			t.Logf("the other replica refuses %s after the switch", time.Since(began))
			m.lea.Get(t, m.College, "/messages/new").Sees(t, "main", "Comptes détournés : "+name)
			for kind, want := range map[string]bool{"pupil": true, "guardian": false} {
				if got, err := m.jobs().Stopped(tenant.Enter(t.Context(), m.College), kind); err != nil || got != want {
					t.Errorf("other rooms are told that %s is stopped: %v, %v", kind, got, err)
				}
			}
			m.send(t, m.guardian, form("Oui", "x", to(m.teacherP)))
			m.send(t, m.teacher, form("Oui", "x", to(m.leaP)))
			if c.in != m.College {
				m.head.Get(t, m.College, page).Sees(t, "main", "ne se lève pas ici")
				m.head.Post(t, m.College, page+"/"+id+"/end", nil)
				m.lea.Post(t, m.College, "/messages/drafts", form("Non", "x", to(m.teacherP))).Is(t, 422)
			}
			c.who.Post(t, c.in, page+"/"+id+"/end", nil).LeadsTo(t, page)
			m.send(t, m.lea, form("Oui", "x", to(m.teacherP)))
		})
	}
}

// TestAStopHoldsWhatWaits keeps scheduled and held messages, and answers, and ends at its hour.
func TestAStopHoldsWhatWaits(t *testing.T) {
	m := newMail(t)
	at := m.Clock.Now().Add(time.Hour).Truncate(time.Minute)
	f := form("Plus tard", "x", to(m.teacherP))
	f.Set("do", "later")
	f.Set("later", local(at))
	m.lea.Post(t, m.College, "/messages/drafts", f).Is(t, 303)
	m.young(t, m.leaP)
	held := form("Retenu", "https://x.example", m.teachers(t, 6)...)
	m.lea.Post(t, m.College, "/messages/drafts", held).LeadsTo(t, "/messages/drafts/"+held.Get("id"))
	asked := form("Une question", "x", to(m.leaP))
	m.send(t, m.teacher, asked)
	stop := url.Values{"id": {school.NewID().String()}, "categories": {"pupil", "guardian"}, "reason": {"Menaces reçues"}, "until": {local(at.Add(time.Hour))}}
	m.head.Post(t, m.College, "/messages/stop", stop).LeadsTo(t, "/messages/stop")
	var hold string
	m.query(t, `select id from message_hold`, &hold)
	m.cpe.Post(t, m.College, "/messages/moderation/held/"+hold, url.Values{"do": {"release"}}).Is(t, 409)
	answer := form("Re : Une question", "x", to(m.teacherP))
	answer.Set("parent", asked.Get("id"))
	refused := m.lea.Post(t, m.College, "/messages/drafts", answer).Is(t, 422)
	refused.Sees(t, "h1", "Écrire").Sees(t, "main", "Menaces reçues")
	if subject, there := refused.Page(t).First("input[name=subject]"); !there || subject.Attr("value") != "Re : Une question" {
		t.Error("the page has lost the subject")
	}
	m.lea.Get(t, m.College, "/messages?in=drafts").Sees(t, ".items", "Re : Une question")
	m.Clock.Pass(time.Hour + time.Minute)
	if err := m.jobs().SendScheduled(tenant.Enter(t.Context(), m.College), uuid.MustParse(f.Get("id")), at); err != nil {
		t.Fatal(err)
	}
	m.teacher.Get(t, m.College, "/messages/letters/"+f.Get("id")).Is(t, 404)
	m.lea.Get(t, m.College, "/messages/drafts/"+f.Get("id")).Is(t, 200).Sees(t, "main", "suspendu")
	m.Clock.Pass(2 * time.Hour)
	m.send(t, m.lea, answer)
	m.cpe.Post(t, m.College, "/messages/moderation/held/"+hold, url.Values{"do": {"release"}}).LeadsTo(t, "/messages/moderation")
}

// TestAllThatAnAccountSentIsWithdrawn takes back every copy, names who had opened them, and closes the account.
func TestAllThatAnAccountSentIsWithdrawn(t *testing.T) {
	m := newMail(t)
	m.set(t, m.College, "messages.hold", setting.Value{})
	var paths []string
	for i := range 3 {
		paths = append(paths, m.send(t, m.lea, form(fmt.Sprint("Menace ", i), "Une bombe", to(m.teacherP), to(m.cpe.Person))))
	}
	later := form("Encore", "x", to(m.teacherP))
	later.Set("do", "later")
	later.Set("later", local(m.Clock.Now().Add(5*time.Hour)))
	m.lea.Post(t, m.College, "/messages/drafts", later).Is(t, 303)
	m.teacher.Get(t, m.College, paths[0]).Is(t, 200)
	account := "/messages/moderation/accounts/" + m.leaP.ID.String()
	m.teacher.Get(t, m.College, account).Is(t, 403)
	m.cpe.Get(t, m.College, "/messages/moderation/accounts?q=martin+lea").Is(t, 200).Sees(t, ".items", "Léa Martin")
	page := m.cpe.Get(t, m.College, account).Is(t, 200).Sees(t, "main", "3 messages envoyés, reçus 6 fois").Sees(t, "#openers", "Benali Nadia").SeesNot(t, "Guérin")
	from, until := page.Page(t).All("#withdraw [name=from]")[0].Attr("value"), page.Page(t).All("#withdraw [name=to]")[0].Attr("value")
	span := url.Values{"from": {from}, "to": {until}}.Encode()
	table := string(m.cpe.Get(t, m.College, account+"/openers?"+span).Is(t, 200).Body)
	if strings.Count(table, "\n") != 2 || !strings.Contains(table, "Benali Nadia;") {
		t.Errorf("the list of readers holds %q", table)
	}
	f := url.Values{"id": {school.NewID().String()}, "from": {from}, "to": {until}}
	m.cpe.Post(t, m.College, account+"/recall", f).Is(t, 422)
	f.Set("reason", "Compte détourné")
	for range 2 {
		m.cpe.Post(t, m.College, account+"/recall", f).Is(t, 303)
	}
	d, in := m.jobs(), tenant.Enter(t.Context(), m.College)
	for range 2 {
		if err := d.Sweep(in, uuid.MustParse(f.Get("id"))); err != nil {
			t.Fatal(err)
		}
	}
	if len(d.Told.Withdrawn) != 3 {
		t.Errorf("%d notices are withdrawn", len(d.Told.Withdrawn))
	}
	for _, p := range paths {
		m.teacher.Get(t, m.College, p).Is(t, 200).SeesNot(t, "Une bombe").Sees(t, "main", "retiré")
	}
	m.lea.Get(t, m.College, "/messages/drafts/"+later.Get("id")).Sees(t, "main", "Compte détourné")
	m.cpe.Get(t, m.College, account).Sees(t, "#sweeps", "3 messages retirés sur 3").Sees(t, "#openers", "Benali Nadia").SeesNot(t, "Bloquer ce compte")
	m.cpe.Post(t, m.College, account+"/block", url.Values{"reason": {"Compte détourné"}}).Is(t, 403)
	m.head.Post(t, m.College, account+"/block", url.Values{"reason": {"Compte détourné"}}).Is(t, 303)
	if got := m.lea.Get(t, m.College, "/messages").Status; got == 200 {
		t.Error("a closed account still reads")
	}
}

// TestAReporterLearnsTheOutcome tells what came of a report, without naming anybody.
func TestAReporterLearnsTheOutcome(t *testing.T) {
	m := newMail(t)
	path := m.send(t, m.lea, form("Insulte", "x", to(m.teacherP)))
	report := url.Values{"report": {school.NewID().String()}, "reason": {"insult"}}
	m.teacher.Post(t, m.College, path+"/report", report).LeadsTo(t, path)
	m.teacher.Get(t, m.College, path).Sees(t, "main", "attend une décision")
	m.cpe.Post(t, m.College, "/messages/moderation/"+report.Get("report"), url.Values{"do": {"keep"}}).Is(t, 303)
	m.teacher.Get(t, m.College, path).Sees(t, "main", "Il reste en place").SeesNot(t, m.cpe.Person.Family)
}

// TestWhoAloneModeratesLetsTheOwnMessageGo holds what the head wrote, in a school where somebody else moderates, then nobody.
func TestWhoAloneModeratesLetsTheOwnMessageGo(t *testing.T) {
	m := newMail(t)
	m.set(t, m.College, "messages.hold.points.staff", setting.Value{Number: 2})
	head := m.head
	m.young(t, head.Person)
	f := form("Un lien", "Voir https://exemple.fr/a", to(m.teacherP))
	head.Post(t, m.College, "/messages/drafts", f).LeadsTo(t, "/messages/drafts/"+f.Get("id"))
	var hold string
	m.query(t, `select id from message_hold`, &hold)
	own := "/messages/moderation/held/" + hold + "/own"
	head.Get(t, m.College, "/messages/moderation").Sees(t, "#held", "une autre personne")
	head.Post(t, m.College, own, nil).Is(t, 409)
	m.cpe.Post(t, m.College, own, nil).Is(t, 404)
	m.Exec(t, `update membership set profile = 'technical' where profile = 'school_life'`)
	head.Get(t, m.College, "/messages/moderation").Sees(t, "#held", "Je l’ai écrit")
	m.teacher.Post(t, m.College, own, nil).Is(t, 403)
	m.teacher.Get(t, m.College, "/messages/letters/"+f.Get("id")).Is(t, 404)
	head.Post(t, m.College, own, nil).LeadsTo(t, "/messages/moderation")
	m.teacher.Get(t, m.College, "/messages/letters/"+f.Get("id")).Is(t, 200)
}
