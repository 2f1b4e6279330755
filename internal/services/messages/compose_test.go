package messages_test

import (
	"net/url"
	"testing"
	"time"

	"elyco/internal/school"
	"elyco/internal/testkit"
)

// TestAnAnswerIsAboutTheSameChild opens what a guardian of two answers: it names the child whom the message named.
func TestAnAnswerIsAboutTheSameChild(t *testing.T) {
	m := newMail(t)
	both := m.SignIn(t, m.NewPerson(t, testkit.Named("Inès", "Petit"), testkit.In(m.College, school.Guardian, testkit.Of(m.leaP, m.tomP))))
	f := form("Rendez-vous", "Pouvez-vous passer jeudi ?", "to:guardians:"+m.leaP.ID.String()+":")
	m.send(t, m.teacher, f)
	chosen := "select[name=child] option[selected]"
	both.Get(t, m.College, "/messages/new?reply="+f.Get("id")).Is(t, 200).Sees(t, chosen, "Léa")
	both.Get(t, m.College, "/messages/new").Is(t, 200).SeesNot(t, `selected>Léa`)
	m.guardian.Get(t, m.College, "/messages/new").Is(t, 200).Sees(t, chosen, "Léa")
}

// TestWhoIsNeitherFamilyNorColleagueIsCountedApart writes to the whole school, with a guest in it.
func TestWhoIsNeitherFamilyNorColleagueIsCountedApart(t *testing.T) {
	m := newMail(t)
	m.NewPerson(t, testkit.Named("Julien", "Salaün"), testkit.In(m.College, school.Guest))
	f := form("À tous", "Bonjour", "to:school::*")
	f.Set("do", "save")
	m.head.Post(t, m.College, "/messages/drafts", f).Is(t, 200).Sees(t, "#when", "un partenaire").Sees(t, "#when", "3 responsables")
}

// TestWhatIsWithdrawnIsNotExpected withdraws at night what would have been seen in the morning.
func TestWhatIsWithdrawnIsNotExpected(t *testing.T) {
	m := newMail(t)
	goTo(m.House, time.Saturday, 21)
	teacher := m.SignIn(t, m.teacherP)
	path := m.send(t, teacher, form("Trop vite", "x", to(m.guardianP)))
	teacher.Get(t, m.College, path).Sees(t, "main", "Pas encore visible")
	teacher.Post(t, m.College, path+"/recall", url.Values{}).LeadsTo(t, path)
	teacher.Get(t, m.College, path).Is(t, 200).SeesNot(t, "Pas encore visible")
}
