package mustread_test

import (
	"context"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/school"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

func goal(h *testkit.House, in time.Duration) string {
	return h.Clock.Now().Add(in).In(words.Zone()).Format("2006-01-02T15:04")
}

func form(h *testkit.House, id uuid.UUID) url.Values {
	return url.Values{"id": {id.String()}, "title": {"Collège fermé demain"}, "body": {"Le chauffage est en panne. Les élèves restent chez eux."},
		"goal": {goal(h, 48*time.Hour)}, "way": {"text", "letter"}, "to_profile": {"guardian"}, "urgent": {"1"}, "reason": {"Panne de chauffage"}}
}

type family struct {
	*testkit.House
	head             *testkit.Client
	mother           *testkit.Client
	motherP, fatherP testkit.Person
}

func newFamily(t *testing.T) family {
	h := testkit.NewHouse(t)
	f := family{House: h, head: h.SignInAs(t, h.College, school.Head)}
	child := h.NewPerson(t, testkit.Named("Léa", "Martin"), testkit.In(h.College, school.Pupil))
	f.motherP = h.NewPerson(t, testkit.Named("Camille", "Martin"), testkit.In(h.College, school.Guardian, testkit.Of(child)))
	f.fatherP = h.NewPerson(t, testkit.Named("Karim", "Martin"), testkit.In(h.College, school.Guardian, testkit.Of(child)))
	h.Exec(t, `insert into account_contact (tenant_id, person_id, kind, value, verified_at) values (1, $1, 'email', 'camille@exemple.fr', now())`, f.motherP.ID.UUID)
	f.mother = h.SignIn(t, f.motherP)
	return f
}

func pathOf(id uuid.UUID) string { return "/mustread/messages/" + id.String() }

func (f family) send(t *testing.T, id uuid.UUID) string {
	t.Helper()
	f.head.Post(t, f.College, "/mustread/messages", form(f.House, id)).LeadsTo(t, pathOf(id))
	f.head.Post(t, f.College, pathOf(id)+"/sending", nil).LeadsTo(t, pathOf(id))
	return pathOf(id)
}

// TestAMessageReachesAndIsAcknowledged goes from the draft to the last acknowledgement, as head and as a parent.
func TestAMessageReachesAndIsAcknowledged(t *testing.T) {
	f := newFamily(t)
	id := school.NewID()
	path := pathOf(id)
	f.head.Post(t, f.College, "/mustread/messages", form(f.House, id)).LeadsTo(t, path)
	f.head.Get(t, f.College, path).Is(t, 200).Sees(t, "main", "2 personnes").Sees(t, "main", "maintenant pour 2 personnes").Sees(t, "main", "Une personne n’a ni e-mail")
	f.mother.Get(t, f.College, "/notices").Is(t, 200).SeesNot(t, "Collège fermé")
	for range 2 { // a form that is sent twice sends once
		f.head.Post(t, f.College, path+"/sending", nil).LeadsTo(t, path)
	}
	f.head.Get(t, f.College, path).Is(t, 200).Sees(t, "main", "0 % joints : 0 sur 2, il en reste 2").SeesNot(t, "Une personne notée")
	f.mother.Get(t, f.College, "/notices").Is(t, 200).Sees(t, "main", "Collège fermé demain").Sees(t, "main", "Au sujet de Léa")
	for range 2 {
		f.mother.Post(t, f.College, "/notices/acknowledge/"+id.String(), nil).LeadsTo(t, "/notices")
	}
	f.head.Get(t, f.College, path).Sees(t, "main", "50 % joints : 1 sur 2, il en reste une").Sees(t, "main", "Karim Martin (Léa)")
	note := ""
	for _, form := range f.head.Get(t, f.College, path).Page(t).All("form") {
		if action := form.Attr("action"); strings.HasSuffix(action, f.fatherP.ID.String()) {
			note = action
		}
	}
	f.head.Post(t, f.College, path+"/reached/"+school.NewID().String(), nil).Is(t, http.StatusNotFound)
	f.head.Post(t, f.College, note, nil).LeadsTo(t, path)
	f.head.Get(t, f.College, path).Sees(t, "main", "100 % joints").Sees(t, "main", "Une personne notée")
	f.head.Get(t, f.College, "/mustread").Is(t, 200).Sees(t, "main", "Collège fermé demain").Sees(t, "main", "100 % joints")
	f.head.Get(t, f.College, path+"/ledger").Is(t, 200).Sees(t, "main", "dans son espace").Sees(t, "main", "noté par l’établissement")
	table := string(f.head.Get(t, f.College, path+"/table").Is(t, 200).Body)
	if strings.Count(table, "\n") != 3 || !strings.Contains(table, "Camille Martin;Léa;") {
		t.Errorf("the table is %s", table)
	}
}

// TestALinkNeedsNoAccount acknowledges as somebody who only has the e-mail.
func TestALinkNeedsNoAccount(t *testing.T) {
	f := newFamily(t)
	id := school.NewID()
	f.send(t, id)
	code := f.Linked(t, f.College, id, f.motherP)
	visitor := f.Visitor()
	visitor.Get(t, f.College, "/r/"+code).Is(t, 200).Sees(t, "h1", "Collège fermé demain").Sees(t, "main", "Au sujet de Léa")
	if n := f.Count(t, `select count(*) from notice_person where acknowledged_at is not null`); n != 0 {
		t.Error("a link that is only looked at acknowledges")
	}
	visitor.Post(t, f.College, "/r/"+code, nil).LeadsTo(t, "/r/"+code)
	visitor.Get(t, f.College, "/r/"+code).Sees(t, "main", "Merci")
	f.head.Get(t, f.College, pathOf(id)).Sees(t, "main", "50 % joints").Sees(t, "main", "Une confirmation par le lien")
	for _, wrong := range []string{"AAAAAAAAAAAA", "x", code[:10] + "77", strings.Repeat("A", 500)} {
		if got := visitor.Get(t, f.College, "/r/"+wrong).Status; got != http.StatusNotFound {
			t.Errorf("the code %.20s: %d", wrong, got)
		}
		if got := visitor.Post(t, f.College, "/r/"+wrong, nil).Status; got != http.StatusNotFound {
			t.Errorf("the code %.20s acknowledges: %d", wrong, got)
		}
	}
	if got := visitor.Get(t, f.Sibling, "/r/"+code).Status; got != http.StatusNotFound {
		t.Errorf("another school knows the code: %d", got)
	}
}

func TestWhatCannotBeSentIsSaid(t *testing.T) {
	f := newFamily(t)
	admin := f.SignInAs(t, f.College, school.Administrative)
	for what, change := range map[string]func(url.Values){
		"no title":           func(v url.Values) { v.Set("title", "") },
		"a long text":        func(v url.Values) { v.Set("body", strings.Repeat("a", 1501)) },
		"a goal in the past": func(v url.Values) { v.Set("goal", goal(f.House, -time.Hour)) },
		"a goal too far":     func(v url.Values) { v.Set("goal", goal(f.House, 90*24*time.Hour)) },
		"no reason":          func(v url.Values) { v.Set("reason", "") },
		"nobody":             func(v url.Values) { v.Del("to_profile") },
		"a foreign class":    func(v url.Values) { v.Set("to_class", school.NewID().String()) },
	} {
		v := form(f.House, school.NewID())
		change(v)
		if got := f.head.Post(t, f.College, "/mustread/messages", v).Status; got != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d", what, got)
		}
	}
	v := form(f.House, school.NewID())
	admin.Post(t, f.College, "/mustread/messages", v).Is(t, http.StatusUnprocessableEntity)
	v.Del("urgent")
	admin.Post(t, f.College, "/mustread/messages", v).Is(t, http.StatusSeeOther)
	if got := f.mother.Get(t, f.College, "/mustread").Status; got != http.StatusForbidden {
		t.Errorf("a guardian opens the room: %d", got)
	}
	if got := f.SignInAs(t, f.Sibling, school.Head).Get(t, f.Sibling, "/mustread/messages/"+v.Get("id")).Status; got != http.StatusNotFound {
		t.Errorf("another school's head reads it: %d", got)
	}
}

// TestAWholeSchoolIsToldOnceEach sends to more people than one batch holds.
func TestAWholeSchoolIsToldOnceEach(t *testing.T) {
	f := newFamily(t)
	const many = 1203
	err := f.DB.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into membership (tenant_id, person_id, profile, given_name, family_name)
			select $1, gen_random_uuid(), 'guardian', 'Responsable', 'Numéro ' || i from generate_series(1, $2) i`, f.College.ID, many-2)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	path := f.send(t, school.NewID())
	f.Work(t)
	told, people := f.Count(t, `select count(*) from notice_person`), f.Count(t, `select count(distinct person_id) from notice_person`)
	if told != many || people != many {
		t.Errorf("%d were told, %d people", told, people)
	}
	f.head.Get(t, f.College, path).Sees(t, "main", "il en reste 1 203")
}

// TestLettersArePrintedOnce waits until the letters are due.
func TestLettersArePrintedOnce(t *testing.T) {
	f := newFamily(t)
	path := f.send(t, school.NewID())
	f.Work(t)
	f.Clock.Pass(40 * time.Hour)
	f.Work(t)
	f.head = f.SignInAs(t, f.College, school.Head)
	f.head.Get(t, f.College, path).Sees(t, "main", "Imprimer")
	pdf := f.head.Post(t, f.College, path+"/letters", nil).Is(t, 200)
	if !strings.HasPrefix(string(pdf.Body), "%PDF-") {
		t.Errorf("the letters are %.40s", pdf.Body)
	}
	if got := f.head.Post(t, f.College, path+"/letters", nil).Status; got != http.StatusNotFound {
		t.Errorf("printed twice: %d", got)
	}
}

// TestStoppedIsStopped ends a message and lets time pass; what was told may still be acknowledged.
func TestStoppedIsStopped(t *testing.T) {
	f := newFamily(t)
	id := school.NewID()
	path := f.send(t, id)
	f.Work(t)
	f.head.Post(t, f.College, path+"/end", nil).LeadsTo(t, path)
	before := f.Count(t, `select count(*) from notice_way`)
	f.Clock.Pass(47 * time.Hour)
	f.Work(t)
	f.head, f.mother = f.SignInAs(t, f.College, school.Head), f.SignIn(t, f.motherP)
	if after := f.Count(t, `select count(*) from notice_way`); after != before {
		t.Errorf("%d ways were taken after the end", after-before)
	}
	f.mother.Post(t, f.College, "/notices/acknowledge/"+id.String(), nil).LeadsTo(t, "/notices")
	f.head.Get(t, f.College, path).Sees(t, "main", "50 % joints")
}
