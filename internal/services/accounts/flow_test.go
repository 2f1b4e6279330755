package accounts_test

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// answers are the fields of the form that a code leads to.
func answers(code string, more ...string) url.Values {
	v := url.Values{"code": {code}, "new": {phrase}, "again": {phrase}, "charter": {"yes"}}
	for i := 0; i+1 < len(more); i += 2 {
		v.Set(more[i], more[i+1])
	}
	return v
}

func TestSomebodyComesToTheAccount(t *testing.T) {
	h := testkit.NewHouse(t)
	class := h.NewClass(t, h.College, "6e A", "6EME")
	office := h.SignInAs(t, h.College, school.Administrative)
	pupil := h.NewPerson(t, testkit.Named("Zélie", "Kerouac"), testkit.In(h.College, school.Pupil, testkit.OfClass(class)))
	pend(t, h, pupil)
	old := giveCode(t, h, office, h.College, pupil)
	code := giveCode(t, h, office, h.College, pupil)
	v := h.Visitor()
	v.Post(t, h.College, "/activate", url.Values{"code": {old}}).Is(t, 422).Sees(t, ".error-summary, .errors, main", "plus récent")
	a := v.Post(t, h.College, "/activate", url.Values{"code": {strings.ToLower(strings.ReplaceAll(code, "-", " "))}}).Is(t, 200)
	a.Sees(t, "h1", "Bonjour Zélie").SeesNot(t, "Kerouac")
	a.SeesNot(t, pupil.Login)
	for name, c := range map[string]struct{ field, value, sees string }{
		"common":     {"new", "motdepasse123", "trop courant"},
		"two":        {"again", "autre chose", "pas les mêmes"},
		"no charter": {"charter", "", "charte"},
		"address":    {"email", "zelie@", "complète"},
	} {
		form := answers(code, c.field, c.value)
		if name == "common" {
			form.Set("again", c.value)
		}
		if b := v.Post(t, h.College, "/activate/finish", form); b.Status != 422 {
			t.Errorf("%s: answered %d", name, b.Status)
		} else if name != "two" && !strings.Contains(b.Page(t).Text(), c.sees) {
			t.Errorf("%s: %q is not said", name, c.sees)
		}
	}
	land(t, h, v, v.Post(t, h.College, "/activate/finish", answers(code, "email", "zelie@famille.example")), "/account/contacts").Is(t, 200).Sees(t, "body", "Votre compte est activé")
	v.Get(t, h.Academy, "/account").Is(t, 200).Sees(t, "main", "Zélie")
	if s := state(t, h, pupil); s != "active" {
		t.Errorf("the account is %s", s)
	}
	v.Get(t, h.College, "/account/contacts").Is(t, 200).Sees(t, "main", "zelie@famille.example")
	h.Visitor().Post(t, h.College, "/activate/finish", answers(code)).Is(t, 422)
	h.Visitor().Post(t, h.College, "/sign-in", url.Values{"login": {pupil.Login}, "password": {phrase}}).Is(t, 303)
}

// land goes where an answer leads, from host to host, and fails unless that is a path of the collège.
func land(t *testing.T, h *testkit.House, v *testkit.Client, a *testkit.Answer, path string) *testkit.Answer {
	t.Helper()
	for range 6 {
		if a.Status != 303 {
			break
		}
		u, err := url.Parse(a.Location())
		if err != nil {
			t.Fatal(err)
		}
		to := h.College
		if u.Host == h.Academy.Host() {
			to = h.Academy
		}
		if a = v.Get(t, to, u.RequestURI()); u.Path == path && to == h.College {
			return a
		}
	}
	t.Fatalf("it ends with %d, not on %s", a.Status, path)
	return nil
}

// On a computer of a family, a child's code opens the child's account everywhere, whoever is still signed on elsewhere.
func TestACodeOpensEveryHostForWhomItIsMeant(t *testing.T) {
	h := testkit.NewHouse(t)
	office := h.SignInAs(t, h.College, school.Head)
	child := h.NewPerson(t, testkit.Named("Zélie", "Kerouac"), testkit.In(h.College, school.Pupil))
	parent := h.NewPerson(t, testkit.Named("Yvonne", "Kerouac"), testkit.In(h.College, school.Guardian), testkit.Password(phrase))
	pend(t, h, child)
	code := giveCode(t, h, office, h.College, child)
	v := h.Visitor()
	v.Post(t, h.Academy, "/sign-in", url.Values{"login": {parent.Login}, "password": {phrase}}).Is(t, 303)
	v.Get(t, h.Academy, "/account").Is(t, 200).Sees(t, "main", "Yvonne")
	land(t, h, v, v.Post(t, h.College, "/activate/finish", answers(code)), "/home").Is(t, 200)
	for _, host := range []*tenant.Tenant{h.College, h.Academy} {
		v.Get(t, host, "/account").Is(t, 200).Sees(t, "main", "Zélie").SeesNot(t, "Yvonne")
	}
}

func TestACodeIsUsedOnceByManyAtATime(t *testing.T) {
	h := testkit.NewHouse(t)
	office := h.SignInAs(t, h.College, school.Head)
	p := h.NewPerson(t, testkit.In(h.College, school.Guardian))
	pend(t, h, p)
	code := giveCode(t, h, office, h.College, p)
	var mu sync.Mutex
	in := 0
	var together sync.WaitGroup
	for range 6 {
		together.Go(func() {
			if h.Visitor().Post(t, h.College, "/activate/finish", answers(code)).Status == 303 {
				mu.Lock()
				in++
				mu.Unlock()
			}
		})
	}
	together.Wait()
	if in != 1 {
		t.Errorf("%d came in with one code", in)
	}
}

func TestACodeEnds(t *testing.T) {
	h := testkit.NewHouse(t)
	office := h.SignInAs(t, h.College, school.Head)
	p := h.NewPerson(t, testkit.In(h.College, school.Guardian))
	pend(t, h, p)
	code := giveCode(t, h, office, h.College, p)
	h.Clock.Pass(91 * 24 * time.Hour)
	h.Visitor().Post(t, h.College, "/activate", url.Values{"code": {code}}).Is(t, 422)
	h.Clock.Pass(-91 * 24 * time.Hour)
	h.Visitor().Post(t, h.College, "/activate", url.Values{"code": {code}}).Is(t, 200)
}

func TestANewPasswordByCodeEndsWhatTheOldOneOpened(t *testing.T) {
	h := testkit.NewHouse(t)
	class := h.NewClass(t, h.College, "6e A", "6EME")
	teacher := h.SignInAs(t, h.College, school.Teacher, testkit.OfClass(class))
	pupil := h.NewPerson(t, testkit.In(h.College, school.Pupil, testkit.OfClass(class)), testkit.Password("ancienne phrase de passe"))
	device := h.SignIn(t, pupil)
	device.Get(t, h.College, "/account").Is(t, 200)
	code := giveCode(t, h, teacher, h.College, pupil)
	device.Get(t, h.College, "/account/contacts").Is(t, 200).Sees(t, "#account-events", "Un code a été préparé").Sees(t, "#account-events", teacher.Person.Name())
	h.Visitor().Post(t, h.College, "/activate/finish", answers(code)).LeadsTo(t, "/sign-in")
	device.Get(t, h.College, "/account").Is(t, 303)
	h.Visitor().Post(t, h.College, "/sign-in", url.Values{"login": {pupil.Login}, "password": {"ancienne phrase de passe"}}).Is(t, 422)
}

func TestWhoMayGiveCodes(t *testing.T) {
	h := testkit.NewHouse(t)
	mine, other := h.NewClass(t, h.College, "6e A", "6EME"), h.NewClass(t, h.College, "6e B", "6EME")
	pupil := h.NewPerson(t, testkit.In(h.College, school.Pupil, testkit.OfClass(mine)))
	far := h.NewPerson(t, testkit.In(h.College, school.Pupil, testkit.OfClass(other)))
	head := h.NewPerson(t, testkit.In(h.College, school.Head))
	elsewhere := h.NewPerson(t, testkit.In(h.Sibling, school.Pupil))
	guardian := h.NewPerson(t, testkit.In(h.College, school.Guardian, testkit.Of(pupil)))
	teacher := h.SignInAs(t, h.College, school.Teacher, testkit.OfClass(mine))
	office := h.SignInAs(t, h.College, school.Administrative)
	parent := h.SignIn(t, guardian)
	ask := func(by *testkit.Client, of testkit.Person) int {
		return by.Post(t, h.College, "/accounts/people/"+of.ID.String()+"/code", nil).Status
	}
	for name, c := range map[string]struct {
		by   *testkit.Client
		of   testkit.Person
		want int
	}{
		"teacher, own class":     {teacher, pupil, 200},
		"teacher, another class": {teacher, far, 404},
		"teacher, a guardian":    {teacher, guardian, 404},
		"teacher, the head":      {teacher, head, 404},
		"office, a guardian":     {office, guardian, 200},
		"office, the head":       {office, head, 403},
		"office, another school": {office, elsewhere, 404},
		"guardian, own child":    {parent, pupil, 403},
		"pupil, oneself":         {h.SignIn(t, pupil), pupil, 403},
	} {
		if got := ask(c.by, c.of); got != c.want {
			t.Errorf("%s: %d, not %d", name, got, c.want)
		}
	}
	if got := teacher.Post(t, h.College, "/accounts/people/"+pupil.ID.String()+"/block", url.Values{"reason": {"x"}}).Status; got != 403 {
		t.Errorf("a teacher blocks: %d", got)
	}
}

func TestRecovery(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.In(h.College, school.Guardian), testkit.Password("ancienne phrase de passe"))
	shown(t, h, p, "Parent@Famille.example")
	device := h.SignIn(t, p)
	device.Get(t, h.College, "/account").Is(t, 200)
	v := h.Visitor()
	v.Get(t, h.College, "/recover").Is(t, 200)
	known := v.Post(t, h.College, "/recover", url.Values{"who": {p.Login}}).Is(t, 200)
	unknown := v.Post(t, h.College, "/recover", url.Values{"who": {"personne.inconnue"}}).Is(t, 200)
	if a, b := known.Page(t).Text(), unknown.Page(t).Text(); a != b || known.Statements != unknown.Statements {
		t.Errorf("the answers differ, or the %d and %d statements behind them", known.Statements, unknown.Statements)
	}
	work(t, h)
	texts, sent := letters(t, h, h.Academy)
	if len(texts) != 1 || sent[0].Address != "Parent@famille.example" {
		t.Fatalf("%d letters: %+v", len(texts), sent)
	}
	link := linkShape.FindString(texts[0])
	if link == "" || !strings.Contains(texts[0], h.College.Host()) {
		t.Fatalf("no link to the school: %s", texts[0])
	}
	v.Get(t, h.College, link).Is(t, 200).Sees(t, "main", p.Login)
	v.Get(t, h.College, link).Is(t, 200) // a mail server looked first
	v.Post(t, h.College, link, url.Values{"new": {"azertyuiop12"}, "again": {"azertyuiop12"}}).Is(t, 422)
	v.Post(t, h.College, link, url.Values{"new": {phrase}, "again": {phrase}}).LeadsTo(t, "/sign-in")
	v.Post(t, h.College, link, url.Values{"new": {phrase}, "again": {phrase}}).Is(t, 404)
	v.Get(t, h.College, "/recover/"+strings.Repeat("A", 43)).Is(t, 404)
	device.Get(t, h.College, "/account").Is(t, 303)
	work(t, h)
	texts, _ = letters(t, h, h.Academy)
	if len(texts) != 2 {
		t.Fatalf("%d letters after the change", len(texts))
	}
	contains(t, "the notice", texts[0], "vient d’être changé")
	h.Visitor().Post(t, h.College, "/sign-in", url.Values{"login": {p.Login}, "password": {phrase}}).Is(t, 303)
}

func TestRecoveryIsBounded(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.In(h.College, school.Guardian), testkit.Password(phrase))
	shown(t, h, p, "parent@famille.example")
	for range 6 {
		h.Visitor().Post(t, h.College, "/recover", url.Values{"who": {"parent@famille.example"}}).Is(t, 200)
	}
	work(t, h)
	if texts, _ := letters(t, h, h.Academy); len(texts) != 3 {
		t.Errorf("six wishes made %d letters", len(texts))
	}
	for _, bad := range []string{"", strings.Repeat("a", 300), "a\nb"} {
		h.Visitor().Post(t, h.College, "/recover", url.Values{"who": {bad}}).Is(t, 422)
	}
	blocked := h.NewPerson(t, testkit.In(h.College, school.Guardian), testkit.Blocked())
	shown(t, h, blocked, "bloque@famille.example")
	unshown := h.NewPerson(t, testkit.In(h.College, school.Guardian), testkit.Password(phrase))
	h.Exec(t, `update person set email = 'fiche@famille.example' where id = $1`, unshown.ID.UUID)
	for _, who := range []string{blocked.Login, unshown.Login, "fiche@famille.example"} {
		h.Visitor().Post(t, h.College, "/recover", url.Values{"who": {who}}).Is(t, 200)
	}
	work(t, h)
	if texts, _ := letters(t, h, h.Academy); len(texts) != 3 {
		t.Errorf("a blocked account or an address that nobody showed got a link")
	}
}

func TestContacts(t *testing.T) {
	h := testkit.NewHouse(t)
	p := h.NewPerson(t, testkit.In(h.College, school.Guardian), testkit.Password(phrase))
	shown(t, h, p, "avant@famille.example")
	c := h.SignIn(t, p)
	for _, bad := range []string{"", "x", "a@b.fr\r\nBcc: c@d.fr", "Nom <a@b.fr>"} {
		c.Post(t, h.College, "/account/contacts", url.Values{"kind": {"email"}, "value": {bad}}).Is(t, 422)
	}
	c.Post(t, h.College, "/account/contacts", url.Values{"kind": {"fax"}, "value": {"a@b.fr"}}).Is(t, 404)
	c.Post(t, h.College, "/account/contacts", url.Values{"kind": {"email"}, "value": {"apres@famille.example"}}).LeadsTo(t, "/account/contacts")
	work(t, h)
	texts, sent := letters(t, h, h.Academy)
	if len(sent) != 1 || sent[0].Address != "apres@famille.example" {
		t.Fatalf("the code went to %+v", sent)
	}
	code := sixFigures.FindString(texts[0])
	c.Post(t, h.College, "/account/contacts/confirm", url.Values{"kind": {"email"}, "code": {"000000"}}).Is(t, 422)
	c.Post(t, h.College, "/account/contacts/confirm", url.Values{"kind": {"email"}, "code": {code}}).LeadsTo(t, "/account/contacts")
	work(t, h)
	texts, sent = letters(t, h, h.Academy)
	if len(sent) != 2 || sent[0].Address != "avant@famille.example" || strings.Contains(texts[0], "apres@") {
		t.Errorf("the old address is told: %+v", sent)
	}
	c.Post(t, h.College, "/account/contacts", url.Values{"kind": {"phone"}, "value": {"06 12 34 56 78"}}).LeadsTo(t, "/account/contacts")
	work(t, h)
	texts, sent = letters(t, h, h.Academy)
	if sent[0].Channel != "text" || sent[0].Address != "+33612345678" {
		t.Fatalf("the short message: %+v", sent[0])
	}
	for range 5 {
		c.Post(t, h.College, "/account/contacts/confirm", url.Values{"kind": {"phone"}, "code": {"12"}}).Is(t, 422)
	}
	c.Post(t, h.College, "/account/contacts/confirm", url.Values{"kind": {"phone"}, "code": {sixFigures.FindString(texts[0])}}).Is(t, 422)
	c.Post(t, h.College, "/account/contacts/drop", url.Values{"kind": {"email"}}).LeadsTo(t, "/account/contacts")
	c.Get(t, h.College, "/account/contacts").SeesNot(t, "apres@famille.example")
}

// A school of eight hundred comes in at eight, behind one address, and some mistype.
func TestAWholeSchoolComesInBehindOneAddress(t *testing.T) {
	h := testkit.NewHouse(t)
	sessions := session.New(h.DB)
	sessions.SetKey([]byte("a key of the test's own"))
	const people, together = 800, 40
	issue := session.Issue{Space: h.College.ID, Via: session.OnSheet}
	h.Exec(t, `insert into person (tenant_id, id, given_name, family_name) select 1, gen_random_uuid(), 'Élève', 'Numéro-' || n from generate_series(1, 800) n`)
	rows, err := h.As(t, "elyco_import").Query(t.Context(), `select id from person where family_name like 'Numéro-%'`)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var id school.PersonID
		if err := rows.Scan(&id.UUID); err != nil {
			t.Fatal(err)
		}
		issue.People = append(issue.People, id)
	}
	drafts, err := sessions.Draw(t.Context(), issue)
	if err != nil || len(drafts) != people {
		t.Fatalf("%d codes: %v", len(drafts), err)
	}
	if err := sessions.Keep(t.Context(), drafts[0].Person, issue, drafts, nil); err != nil {
		t.Fatal(err)
	}
	queue := make(chan session.Draft, people)
	for _, d := range drafts {
		queue <- d
	}
	close(queue)
	var met, slow sync.Map
	var crowd sync.WaitGroup
	for range together {
		crowd.Go(func() {
			for d := range queue {
				if d.Person.UUID[15]%8 == 0 { // somebody read another code
					_, _ = sessions.Meet(t.Context(), "ABCDEFGHJKMA", "192.0.2.0/24")
				}
				start := time.Now()
				n, err := sessions.Meet(t.Context(), d.Code, "192.0.2.0/24")
				if err != nil || n.Given != "Élève" {
					t.Errorf("kept out: %v", err)
					return
				}
				met.Store(d.Person, true)
				slow.Store(d.Person, time.Since(start))
			}
		})
	}
	crowd.Wait()
	n := 0
	met.Range(func(any, any) bool { n++; return true })
	if n != people {
		t.Errorf("%d of %d came in", n, people)
	}
	worst := time.Duration(0)
	slow.Range(func(_, v any) bool { worst = max(worst, v.(time.Duration)); return true })
	t.Logf("the slowest waited %s", worst)
}

// Where a letter came back from is said to whoever can mend it: the owner of the address, and the school that helps.
func TestAnAddressThatSentALetterBackIsSaid(t *testing.T) {
	h := testkit.NewHouse(t)
	office := h.SignInAs(t, h.College, school.Administrative)
	p := h.NewPerson(t, testkit.In(h.College, school.Guardian))
	person := "/accounts/people/" + p.ID.String()
	shown(t, h, p, "parent@famille.example")
	office.Get(t, h.College, person).Is(t, 200).Sees(t, "main", "peut retrouver son compte seule")
	err := h.DB.Write(tenant.Enter(t.Context(), h.Academy), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into bounced_address (person_id, address, status, reason, bounced_at)
			values (?, 'parent@famille.example', '5.1.1', 'Cette adresse n’existe pas.', now())`, p.ID)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	office.Get(t, h.College, person).Is(t, 200).Sees(t, "main", "Cette adresse n’existe pas.").SeesNot(t, "peut retrouver son compte seule")
	h.SignIn(t, p).Get(t, h.College, "/account/contacts").Is(t, 200).Sees(t, "#email-contact", "Cette adresse n’existe pas.")
}
