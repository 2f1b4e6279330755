package accounts_test

import (
	"net/url"
	"testing"

	"github.com/google/uuid"

	"elyco/internal/school"
	"elyco/internal/testkit"
)

// twice is a mother with two accounts, one for each of her children.
type twice struct {
	*testkit.House
	elder, younger, kept, gone testkit.Person
	head                       *testkit.Client
}

func newTwice(t *testing.T) twice {
	t.Helper()
	h := testkit.NewHouse(t)
	class := h.NewClass(t, h.College, "6e A", "6EME")
	w := twice{House: h, head: h.SignInAs(t, h.College, school.Head)}
	w.elder = h.NewPerson(t, testkit.Named("Noé", "Kerouac"), testkit.In(h.College, school.Pupil, testkit.OfClass(class)))
	w.younger = h.NewPerson(t, testkit.Named("Zélie", "Kerouac"), testkit.In(h.College, school.Pupil, testkit.OfClass(class)))
	w.kept = h.NewPerson(t, testkit.Named("Inès", "Kerouac"), testkit.Password(phrase), testkit.In(h.College, school.Guardian, testkit.Of(w.elder)))
	w.gone = h.NewPerson(t, testkit.Named("Inès", "Kerouac"), testkit.Password(phrase), testkit.In(h.College, school.Guardian, testkit.Of(w.younger)))
	return w
}

func (w twice) count(t *testing.T, query string, args ...any) (n int) {
	t.Helper()
	if err := w.As(t, "postgres").QueryRow(t.Context(), query, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func (w twice) children(t *testing.T, of testkit.Person) int {
	t.Helper()
	return w.count(t, `select count(*) from guardianship g join membership m on m.tenant_id = g.tenant_id and m.person_id = g.guardian_id and m.profile = 'guardian'
		where g.guardian_id = $1 and (m.ends_on is null or m.ends_on >= current_date)`, of.ID.UUID)
}

func form(id string, other, keep testkit.Person) url.Values {
	return url.Values{"id": {id}, "other": {other.ID.String()}, "keep": {keep.ID.String()}}
}

func TestTwoAccountsBecomeOneAndTwoAgain(t *testing.T) {
	w := newTwice(t)
	author := w.SignIn(t, w.gone)
	author.Get(t, w.College, "/home").Is(t, 200)
	_, err := w.As(t, "postgres").Exec(t.Context(), `insert into message_folder (tenant_id, id, person_id, name) values ($1, gen_random_uuid(), $2, 'Cantine')`,
		int64(w.College.ID), w.gone.ID.UUID)
	if err != nil {
		t.Fatal(err)
	}
	const before = 1
	w.head.Get(t, w.College, "/accounts").Is(t, 200).Sees(t, "a", "Doublons")
	w.SignInAs(t, w.College, school.Administrative).Get(t, w.College, "/accounts").Is(t, 200).SeesNot(t, "Doublons")
	w.head.Get(t, w.College, "/accounts/doubles").Is(t, 200).Sees(t, "main", "1 paire").Sees(t, "main", w.gone.Login)
	path := "/accounts/doubles/" + w.kept.ID.String()
	w.head.Get(t, w.College, path).Is(t, 200).Sees(t, "td", w.gone.Login).Sees(t, "legend", "Quel compte reste")
	id := uuid.NewString()
	w.head.Post(t, w.College, path+"/merge", url.Values{"id": {id}, "other": {w.gone.ID.String()}}).Is(t, 422).Sees(t, "fieldset", "Dites lequel")
	for range 2 { // the form comes twice
		w.head.Post(t, w.College, path+"/merge", form(id, w.gone, w.kept)).LeadsTo(t, "/accounts/doubles")
	}
	if n, m := w.children(t, w.kept), w.children(t, w.gone); n != 2 || m != 0 {
		t.Errorf("after the merge the one has %d children and the other %d", n, m)
	}
	if n := w.count(t, `select count(*) from message_folder where person_id = $1`, w.kept.ID.UUID); n != before {
		t.Errorf("%d folders came along, not %d", n, before)
	}
	w.SignIn(t, w.kept).Get(t, w.College, "/home").Is(t, 200).Sees(t, "body", "Zélie").Sees(t, "body", "Noé")
	w.Visitor().Post(t, w.College, "/sign-in", url.Values{"login": {w.gone.Login}, "password": {phrase}}).SeesNot(t, "Bonjour")
	if a := author.Get(t, w.College, "/home"); a.Status == 200 {
		t.Error("the account that went is still signed in")
	}
	list := w.head.Get(t, w.College, "/accounts/doubles").Is(t, 200).Sees(t, "main", "Aucun doublon").Sees(t, "main", "Comptes réunis")
	undo := ""
	for _, f := range list.Page(t).All("form[action$=undo]") {
		undo = f.Attr("action")
	}
	w.SignInAs(t, w.Sibling, school.Head).Post(t, w.Sibling, undo, nil).Is(t, 404)
	w.head.Post(t, w.College, undo, nil).LeadsTo(t, "/accounts/doubles")
	w.head.Post(t, w.College, undo, nil).Is(t, 409)
	if n, m := w.children(t, w.kept), w.children(t, w.gone); n != 1 || m != 1 {
		t.Errorf("after the undoing the one has %d children and the other %d", n, m)
	}
	if n := w.count(t, `select count(*) from message_folder where person_id = $1`, w.gone.ID.UUID); n != before {
		t.Errorf("%d folders came back, not %d", n, before)
	}
	w.SignIn(t, w.gone).Get(t, w.College, "/home").Is(t, 200).Sees(t, "body", "Zélie").SeesNot(t, "Noé Kerouac")
}

func TestTwoPeopleStayTwo(t *testing.T) {
	w := newTwice(t)
	path := "/accounts/doubles/" + w.kept.ID.String()
	w.head.Post(t, w.College, path+"/apart", url.Values{"other": {w.gone.ID.String()}}).LeadsTo(t, "/accounts/doubles")
	w.head.Get(t, w.College, "/accounts/doubles").Is(t, 200).Sees(t, "main", "Aucun doublon")
	stray := uuid.NewString()
	w.head.Post(t, w.College, path+"/apart", url.Values{"other": {stray}}).Is(t, 404)
	// Parent and child are two, whatever their names.
	w.head.Post(t, w.College, path+"/merge", form(uuid.NewString(), w.elder, w.kept)).Is(t, 409).Sees(t, "main", "deux personnes")
	// Whoever is at home elsewhere too is the academy's to judge.
	both := w.NewPerson(t, testkit.Named("Inès", "Kerouac"), testkit.In(w.College, school.Guardian, testkit.Of(w.elder)), testkit.In(w.Sibling, school.Teacher))
	w.head.Post(t, w.College, path+"/merge", form(uuid.NewString(), both, w.kept)).Is(t, 409).Sees(t, "main", "seule l’académie")
	if n := w.children(t, both); n != 1 {
		t.Errorf("a refused merge left %d children", n)
	}
	// A school does not merge people of another.
	stranger := w.NewPerson(t, testkit.Named("Inès", "Kerouac"), testkit.In(w.Sibling, school.Teacher))
	w.head.Post(t, w.College, path+"/merge", form(uuid.NewString(), stranger, w.kept)).Is(t, 404)
	w.head.Get(t, w.College, "/accounts/doubles/"+stranger.ID.String()).Is(t, 404)
	academy := w.SignIn(t, w.NewPerson(t, testkit.In(w.Academy, school.AcademyAgent, testkit.Admin())))
	academy.Get(t, w.Academy, "/accounts/doubles").Is(t, 200).Sees(t, "main", "Cherchez un nom")
	academy.Get(t, w.Academy, "/accounts/doubles?q=k").Is(t, 200).Sees(t, "main", "Cherchez un nom")
	academy.Post(t, w.Academy, "/accounts/doubles/"+stranger.ID.String()+"/apart", url.Values{"other": {both.ID.String()}}).LeadsTo(t, "/accounts/doubles")
	if n := w.count(t, `select count(*) from person_apart where tenant_id = 1`); n != 1 {
		t.Errorf("the academy noted %d pairs", n)
	}
	academy.Get(t, w.Academy, "/accounts/doubles?q=kerouac").Is(t, 200).Sees(t, "main", both.Login)
	academy.Post(t, w.Academy, path+"/merge", form(uuid.NewString(), both, w.kept)).LeadsTo(t, "/accounts/doubles")
	w.SignIn(t, w.kept).Get(t, w.Sibling, "/home").Is(t, 200)
	if n := w.count(t, `select count(*) from membership where person_id = $1 and tenant_id = $2`, w.kept.ID.UUID, int64(w.Sibling.ID)); n != 1 {
		t.Errorf("%d memberships at the other school", n)
	}
	// What is closed is merged into nothing and with nothing; and what was merged further comes apart in the order of its merges.
	academy.Post(t, w.Academy, "/accounts/doubles/"+w.gone.ID.String()+"/merge", url.Values{"id": {uuid.NewString()}, "other": {both.ID.String()}, "keep": {w.gone.ID.String()}}).Is(t, 409).Sees(t, "main", "bloqué")
	first := academy.Get(t, w.Academy, "/accounts/doubles").Is(t, 200).Page(t).All("form[action$=undo]")[0].Attr("action")
	academy.Post(t, w.Academy, path+"/merge", form(uuid.NewString(), w.gone, w.gone)).LeadsTo(t, "/accounts/doubles")
	academy.Post(t, w.Academy, first, nil).Is(t, 409).Sees(t, "main", "séparez d’abord")
}
