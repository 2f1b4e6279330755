package messages_test

import (
	"context"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/services/messages"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

// TestWhatIsSentAtNightIsReadInTheMorning writes on a Saturday evening: the family finds it on Monday, the author sees so at once.
func TestWhatIsSentAtNightIsReadInTheMorning(t *testing.T) {
	m := newMail(t)
	goTo(m.House, time.Saturday, 21)
	teacher, guardian, colleague := m.SignIn(t, m.Teacher()), m.SignIn(t, m.guardianP), m.SignIn(t, m.colleagueP)
	f := form("Devoir de lundi", "N’oubliez pas le carburateur.", to(m.guardianP), "cc:person:"+m.colleagueP.ID.String()+":")
	f.Set("receipt", "1")
	f.Set("do", "save")
	teacher.Post(t, m.College, "/messages/drafts", f).Is(t, 200).Sees(t, "#when", "lundi").Sees(t, "#when", "à 7 h pour un collègue et un responsable")
	f.Set("do", "send")
	path := m.send(t, teacher, f)
	teacher.Get(t, m.College, path).Sees(t, ".letter-later", "un responsable").Sees(t, ".letter-clocks", "Écrit")
	teacher.Get(t, m.College, path+"/receipts").Sees(t, "table", "Visible lundi")
	hidden := func(c *testkit.Client, there bool) {
		t.Helper()
		want := 404
		if there {
			want = 200
		}
		for _, page := range []string{"/messages", "/home", "/messages/search?q=carburateur", "/search?q=carburateur"} {
			if got := strings.Contains(string(c.Get(t, m.College, page).Is(t, 200).Body), "Devoir de lundi"); got != there {
				t.Errorf("%s shows the message: %v, want %v", page, got, there)
			}
		}
		c.Get(t, m.College, path).Is(t, want)
	}
	hidden(guardian, false)
	hidden(colleague, false)
	guardian.Get(t, m.College, "/messages/new?reply="+f.Get("id")).Is(t, 404)
	report := url.Values{"report": {school.NewID().String()}, "reason": {"spam"}}
	guardian.Post(t, m.College, path+"/report", report).Is(t, 404)
	guardian.Post(t, m.College, "/messages/changes", url.Values{"do": {"trash"}, "ids": {f.Get("id")}})
	goTo(m.House, time.Monday, 7)
	guardian, colleague = m.SignIn(t, m.guardianP), m.SignIn(t, m.colleagueP)
	m.Clock.Pass(time.Second)
	hidden(guardian, true)
	hidden(colleague, true)
	guardian.Get(t, m.College, path).Sees(t, ".letter-clocks", "Visible pour vous")
}

// Teacher is the one of the class.
func (m mail) Teacher() testkit.Person { return m.teacherP }

// TestAPersonsOwnHoursCount lets somebody see at once, and be told in the morning.
func TestAPersonsOwnHoursCount(t *testing.T) {
	m := newMail(t)
	m.write(t, m.Academy, `insert into person_hours (person_id, sees) values (?, 'at_once')`, m.colleagueP.ID.UUID)
	goTo(m.House, time.Sunday, 12)
	teacher, colleague := m.SignIn(t, m.teacherP), m.SignIn(t, m.colleagueP)
	path := m.send(t, teacher, form("Dimanche", "Bonjour", to(m.colleagueP), to(m.guardianP)))
	colleague.Get(t, m.College, path).Is(t, 200)
	m.SignIn(t, m.guardianP).Get(t, m.College, path).Is(t, 404)
}

func TestAnUrgentMessageGivesItsReason(t *testing.T) {
	m := newMail(t)
	goTo(m.House, time.Sunday, 12)
	head, teacher, guardian := m.SignIn(t, m.head.Person), m.SignIn(t, m.teacherP), m.SignIn(t, m.guardianP)
	f := form("Collège fermé demain", "La chaudière est en panne.", to(m.guardianP))
	f.Set("urgent", "1")
	teacher.Post(t, m.College, "/messages/drafts", f).Is(t, 422).Sees(t, "main", "ne pouvez pas envoyer de message urgent")
	f.Set("id", school.NewID().String())
	head.Post(t, m.College, "/messages/drafts", f).Is(t, 422).Sees(t, "main", "ne peut pas attendre")
	f.Set("reason", "Le chauffage est en panne")
	path := m.send(t, head, f)
	guardian.Get(t, m.College, path).Is(t, 200).Sees(t, "main", "Urgent").SeesNot(t, "Le chauffage est en panne")
	guardian.Get(t, m.College, "/messages").Sees(t, ".items", "Urgent")
	head.Get(t, m.College, path).Sees(t, "#delivery", "Le chauffage est en panne")
	head.Get(t, m.College, "/messages/moderation").Sees(t, "main", "Messages urgents en 30 jours").Sees(t, ".stat", "1")
	var audited int
	m.query(t, `select count(*) from audit_entry where action = 'messages.urgent'`, &audited)
	if audited != 1 {
		t.Errorf("%d entries of the trail tell of it", audited)
	}
}

func (m mail) query(t *testing.T, sql string, dest ...any) {
	t.Helper()
	err := m.DB.Read(tenant.Enter(t.Context(), m.College), func(ctx context.Context, tx db.Tx) error {
		return tx.QueryRowContext(ctx, sql).Scan(dest...)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (m mail) write(t *testing.T, in *tenant.Tenant, sql string, args ...any) {
	t.Helper()
	err := m.DB.Write(tenant.Enter(t.Context(), in), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, sql, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func local(at time.Time) string { return at.In(words.Zone()).Format("2006-01-02T15:04") }

func (m mail) jobs() messages.Delivery { return messages.NewDelivery(m.DB, m.App.Settings()) }

// TestAScheduledMessageLeavesAtItsHour schedules, cancels, schedules again, and lets the job be cut short once.
func TestAScheduledMessageLeavesAtItsHour(t *testing.T) {
	m := newMail(t)
	at := m.Clock.Now().Add(2 * time.Hour).Truncate(time.Minute)
	f := form("Plus tard", "Bonjour", to(m.guardianP))
	f.Set("do", "later")
	m.teacher.Post(t, m.College, "/messages/drafts", f).Is(t, 422).Sees(t, "main", "le jour et l’heure")
	f.Set("later", local(m.Clock.Now().Add(-time.Hour)))
	m.teacher.Post(t, m.College, "/messages/drafts", f).Is(t, 422).Sees(t, "main", "à venir")
	f.Set("later", local(at))
	draft := "/messages/drafts/" + f.Get("id")
	for range 2 {
		m.teacher.Post(t, m.College, "/messages/drafts", f).LeadsTo(t, draft)
	}
	m.teacher.Get(t, m.College, draft).Is(t, 200).Sees(t, "h1", "Message programmé")
	m.teacher.Get(t, m.College, "/messages?in=drafts").Sees(t, ".items", "Partira")
	m.guardian.Get(t, m.College, "/messages").SeesNot(t, "Plus tard")
	m.colleague.Post(t, m.College, draft+"/recovery", nil).Is(t, 404)
	m.teacher.Post(t, m.College, draft+"/recovery", nil).LeadsTo(t, draft)
	m.teacher.Get(t, m.College, draft).Sees(t, "h1", "Écrire")
	d, in, id := m.jobs(), tenant.Enter(t.Context(), m.College), uuid.MustParse(f.Get("id"))
	if err := d.SendScheduled(in, id, at); err != nil { // the job of what was cancelled finds nothing
		t.Fatal(err)
	}
	m.teacher.Post(t, m.College, "/messages/drafts", f).LeadsTo(t, draft)
	m.Clock.Pass(2*time.Hour + time.Minute)
	for range 2 {
		if err := d.SendScheduled(in, id, at); err != nil {
			t.Fatal(err)
		}
	}
	m.guardian.Get(t, m.College, "/messages/letters/"+f.Get("id")).Is(t, 200)
	if len(d.Told.Notices) != 1 || len(d.Told.To[0]) != 1 {
		t.Errorf("told: %+v", d.Told.Notices)
	}
	m.teacher.Post(t, m.College, draft+"/recovery", nil).Is(t, 409)
}

// TestTheGuardiansGetACopy writes to a pupil, with a copy that the pupil does not see.
func TestTheGuardiansGetACopy(t *testing.T) {
	m := newMail(t)
	f := form("Travail à rendre", "Pense à ton exposé.", to(m.leaP))
	f.Set("guardians", "bcc")
	path := m.send(t, m.teacher, f)
	m.lea.Get(t, m.College, path).Is(t, 200).SeesNot(t, "les responsables des élèves")
	m.guardian.Get(t, m.College, path).Is(t, 200).Sees(t, ".stamp", "Léa").Sees(t, "main", "copie cachée")
	m.father.Get(t, m.College, path).Is(t, 200)
	m.stranger.Get(t, m.College, path).Is(t, 404)
	g := form("Au vu de tous", "Pense à ton exposé.", to(m.leaP))
	g.Set("guardians", "cc")
	open := m.send(t, m.teacher, g)
	m.lea.Get(t, m.College, open).Sees(t, "main", "les responsables des élèves")
	h := form("Astuce", "x", to(m.teacherP))
	h.Set("guardians", "cc")
	m.lea.Post(t, m.College, "/messages/drafts", h).Is(t, 422)
}

// TestWhatFamiliesHadIsSaid counts, and finds what says nearly the same.
func TestWhatFamiliesHadIsSaid(t *testing.T) {
	m := newMail(t)
	m.send(t, m.head, form("Sortie au musée de Nantes le 17 décembre", "La classe part à 8 h devant le collège. Prévoir un pique-nique.", "to:class:"+m.class.String()+":guardian"))
	f := form("Sortie au musée de Nantes, 17 décembre", "La classe part à 8 h devant le collège. Prévoyez un pique-nique.", "to:class:"+m.class.String()+":guardian")
	f.Set("do", "save")
	page := m.teacher.Post(t, m.College, "/messages/drafts", f).Is(t, 200)
	page.Sees(t, "#noise", "en sept jours : 1 en moyenne, 1 au plus").Sees(t, "main", "Un message proche est déjà arrivé à 2 de ces personnes")
	n, err := m.jobs().Noise(tenant.Enter(t.Context(), m.College), []uuid.UUID{m.guardianP.ID.UUID, m.strangerP.ID.UUID})
	if err != nil || n.Most != 1 || n.Average != 0.5 {
		t.Errorf("other rooms are told %+v, %v", n, err)
	}
	g := form("Réunion de rentrée", "Elle se tiendra au réfectoire.", "to:class:"+m.class.String()+":guardian")
	g.Set("do", "save")
	m.teacher.Post(t, m.College, "/messages/drafts", g).Is(t, 200).SeesNot(t, "Un message proche")
	h := form("Sortie au musée de Nantes, 17 décembre", "La classe part à 8 h devant le collège. Prévoyez un pique-nique.", to(m.strangerP), to(m.colleagueP))
	h.Set("do", "save")
	m.teacher.Post(t, m.College, "/messages/drafts", h).Is(t, 200).SeesNot(t, "Un message proche")
}

// TestThePlaceOfDocumentsIsBounded fills what a person may attach.
func TestThePlaceOfDocumentsIsBounded(t *testing.T) {
	m := newMail(t)
	f := form("Avec document", "Voir", to(m.guardianP))
	f.Set("do", "files")
	draft := "/messages/drafts/" + f.Get("id")
	m.teacher.Post(t, m.College, "/messages/drafts", f).LeadsTo(t, draft+"/files")
	upload(t, m.teacher, m.College, draft+"/files", "un.txt", "x").LeadsTo(t, draft)
	m.teacher.Get(t, m.College, "/messages/setup").Sees(t, "#quota-of", "sur 2 Go")
	m.write(t, m.College, `update message_file set size = 3000000000`)
	upload(t, m.teacher, m.College, draft+"/files", "deux.txt", "x").Is(t, 422).Sees(t, "main", "toute la place")
}

// TestWhomAnotherMayReach looks with the rights of a moderator at what a pupil may do.
func TestWhomAnotherMayReach(t *testing.T) {
	m := newMail(t)
	path := "/messages/reach?person=" + m.leaP.ID.String()
	m.head.Get(t, m.College, path).Is(t, 200).Sees(t, "h1", "Léa Martin").Sees(t, "main", "Nadia Benali").SeesNot(t, "Paul Guérin")
	m.head.Get(t, m.College, "/messages/reach?person="+m.guardianP.ID.String()).Is(t, 200).Sees(t, "main", "Nadia Benali").SeesNot(t, "Zoé")
	m.teacher.Get(t, m.College, path).Is(t, 404)
	m.lea.Get(t, m.College, path).Is(t, 404)
}
