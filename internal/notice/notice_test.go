package notice_test

import (
	"context"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/hours"
	"elyco/internal/job"
	"elyco/internal/mail"
	"elyco/internal/notice"
	"elyco/internal/school"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/theme"
	"elyco/internal/words"
	"elyco/themes"
)

func TestMain(m *testing.M) { os.Exit(testkit.Main(m)) }

// stand is a herald in a territory, with a clock of the test's.
type stand struct {
	*testkit.Territory
	*notice.Herald
	ctx context.Context
	now *time.Time
	set *setting.Book
}

// monday is a working day, at ten in the morning.
var monday = time.Date(2026, 11, 30, 10, 0, 0, 0, words.Zone())

func newStand(t *testing.T) stand {
	t.Helper()
	now := monday
	w := testkit.NewTerritory(t, "localhost:8080", func() time.Time { return now })
	b := setting.NewBook(w.DB)
	if err := b.Declare(append(hours.Settings(), notice.Settings()...)...); err != nil {
		t.Fatal(err)
	}
	skins, err := theme.NewWardrobe(w.DB, themes.FS)
	if err != nil {
		t.Fatal(err)
	}
	h := notice.New(w.DB, w.Registry, b, skins, []byte("secret"))
	if err := h.Declare(notice.Kind{Name: "trial.said", Title: "x", Default: []notice.Channel{notice.Mail, notice.Digest}},
		notice.Kind{Name: "trial.quiet", Title: "x"}); err != nil {
		t.Fatal(err)
	}
	c := words.NewCatalog("fr")
	if err := c.Add("notice", notice.Words()); err != nil {
		t.Fatal(err)
	}
	return stand{Territory: w, Herald: h, ctx: words.With(tenant.Enter(t.Context(), w.College), c), now: &now, set: b}
}

func (s stand) tell(t *testing.T, n notice.Notice, to ...notice.To) uuid.UUID {
	t.Helper()
	if n.ID == uuid.Nil {
		n.ID = school.NewID()
	}
	if n.Kind == "" {
		n.Kind = "trial.said"
	}
	if n.Title == "" {
		n.Title, n.Path = "Sortie au musée", "/news"
	}
	err := s.DB.Write(s.ctx, func(ctx context.Context, tx db.Tx) error { return s.Tell(ctx, tx, n, to) })
	if err != nil {
		t.Fatal(err)
	}
	return n.ID
}

func (s stand) climb(t *testing.T) {
	t.Helper()
	if err := s.Climb(s.ctx); err != nil {
		t.Fatal(err)
	}
}

func (s stand) reaches(t *testing.T, p testkit.Person, kind, value string) {
	t.Helper()
	s.Exec(t, `insert into account_contact (tenant_id, person_id, kind, value, verified_at) values (1, $1, $2, $3, now())`, p.ID.UUID, kind, value)
}

func (s stand) parent(t *testing.T) testkit.Person {
	child := s.NewPerson(t, testkit.Named("Léa", "Martin"), testkit.In(s.College, school.Pupil))
	return s.NewPerson(t, testkit.Named("Camille", "Martin"), testkit.In(s.College, school.Guardian, testkit.Of(child)))
}

func (s stand) ledger(t *testing.T, id uuid.UUID) (list []notice.Reached) {
	t.Helper()
	err := s.DB.Read(s.ctx, func(ctx context.Context, tx db.Tx) (err error) {
		list, err = notice.Ledger(ctx, tx, id, notice.LedgerPage{Limit: 100})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func (s stand) letters(t *testing.T, in context.Context) (list []mail.Sent) {
	t.Helper()
	err := s.DB.Read(in, func(ctx context.Context, tx db.Tx) (err error) {
		list, err = mail.List(ctx, tx, mail.Filter{}, 100)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func channels(r notice.Reached) string {
	out := ""
	for _, a := range r.Attempts {
		out += string(a.Channel) + ":" + a.Outcome + " "
	}
	return out
}

func TestToldTwiceIsToldOnce(t *testing.T) {
	s := newStand(t)
	p := s.parent(t)
	s.reaches(t, p, "email", "camille@exemple.fr")
	to := notice.To{Person: p.ID.UUID, Name: p.Name(), AboutNames: "Léa"}
	id := s.tell(t, notice.Notice{}, to, to)
	s.tell(t, notice.Notice{ID: id}, to)
	s.climb(t)
	s.climb(t)
	s.tell(t, notice.Notice{ID: id}, to)
	s.climb(t)
	list := s.ledger(t, id)
	if len(list) != 1 || channels(list[0]) != "mail:sent " {
		t.Errorf("the ledger says %+v", list)
	}
	if letters := s.letters(t, s.ctx); len(letters) != 1 || letters[0].Address != "camille@exemple.fr" {
		t.Errorf("the letters are %+v", letters)
	}
}

// TestNothingRingsAtNight tells a family on a Sunday evening, and a colleague.
func TestNothingRingsAtNight(t *testing.T) {
	s := newStand(t)
	*s.now = time.Date(2026, 11, 29, 21, 0, 0, 0, words.Zone())
	p := s.parent(t)
	s.reaches(t, p, "email", "camille@exemple.fr")
	id := s.tell(t, notice.Notice{}, notice.To{Person: p.ID.UUID})
	urgent := s.tell(t, notice.Notice{Urgent: true}, notice.To{Person: p.ID.UUID})
	s.climb(t)
	if list := s.ledger(t, id); channels(list[0]) != "" || !list[0].VisibleAt.Equal(time.Date(2026, 11, 30, 7, 0, 0, 0, words.Zone())) {
		t.Errorf("on a Sunday evening: %+v", list)
	}
	if list := s.ledger(t, urgent); channels(list[0]) != "mail:sent " || !list[0].VisibleAt.Equal(*s.now) {
		t.Errorf("what is urgent waits: %+v", list)
	}
	*s.now = monday
	s.climb(t)
	if list := s.ledger(t, id); channels(list[0]) != "mail:sent " {
		t.Errorf("on Monday morning: %s", channels(list[0]))
	}
}

func TestWhoHasReadIsLeftInPeace(t *testing.T) {
	s := newStand(t)
	p := s.parent(t)
	s.reaches(t, p, "email", "camille@exemple.fr")
	ref := school.NewID()
	opened := s.tell(t, notice.Notice{Ref: ref}, notice.To{Person: p.ID.UUID})
	withdrawn := s.tell(t, notice.Notice{}, notice.To{Person: p.ID.UUID})
	err := s.DB.Write(s.ctx, func(ctx context.Context, tx db.Tx) error {
		if err := s.Opened(ctx, tx, ref, p.ID.UUID); err != nil {
			return err
		}
		return s.Withdraw(ctx, tx, withdrawn)
	})
	if err != nil {
		t.Fatal(err)
	}
	s.climb(t)
	for _, id := range []uuid.UUID{opened, withdrawn} {
		if list := s.ledger(t, id); channels(list[0]) != "" {
			t.Errorf("told of what needs no telling: %s", channels(list[0]))
		}
	}
}

// ladder climbs from the page to a letter.
var ladder = notice.Ladder{{Channel: notice.Page}, {Channel: notice.Mail, After: 5}, {Channel: notice.Text, After: 60}, {Channel: notice.Voice, After: 60}, {Channel: notice.Letter, After: 60}}

func TestALadderClimbsUntilSomebodyAcknowledges(t *testing.T) {
	s := newStand(t)
	reached, silent, without := s.parent(t), s.parent(t), s.parent(t)
	s.reaches(t, reached, "email", "a@exemple.fr")
	s.reaches(t, silent, "email", "b@exemple.fr")
	s.reaches(t, silent, "phone", "+33612345678")
	id := s.tell(t, notice.Notice{Ladder: ladder}, notice.To{Person: reached.ID.UUID, Name: "A"}, notice.To{Person: silent.ID.UUID, Name: "B"}, notice.To{Person: without.ID.UUID, Name: "C"})
	pass := func(d time.Duration) {
		t.Helper()
		*s.now = s.now.Add(d)
		s.climb(t)
		s.climb(t) // a job that runs twice does nothing twice
	}
	want := func(what string, lines ...string) {
		t.Helper()
		for i, r := range s.ledger(t, id) {
			if got := channels(r); got != lines[i] {
				t.Errorf("%s, %s: %q, not %q", what, r.Name, got, lines[i])
			}
		}
	}
	pass(0)
	want("at first", "page:shown ", "page:shown ", "page:shown ")
	pass(6 * time.Minute)
	// Who has no address is not kept waiting: the letter is the next way that leads there.
	want("after five minutes", "page:shown mail:sent ", "page:shown mail:sent ", "page:shown letter:waiting mail:no_address text:no_address voice:no_address ")
	l, found, err := s.Linked(s.ctx, s.Code(int64(s.College.ID), id, reached.ID.UUID))
	if err != nil || !found || l.Person != reached.ID.UUID || !l.Must {
		t.Fatalf("the link leads to %+v: %v", l, err)
	}
	if _, found, _ := s.Linked(s.ctx, s.Code(int64(s.Sibling.ID), id, reached.ID.UUID)); found {
		t.Error("a link of another school leads here")
	}
	for i, first := range []bool{true, false} {
		err := s.DB.Write(s.ctx, func(ctx context.Context, tx db.Tx) error {
			done, err := s.Acknowledge(ctx, tx, id, reached.ID.UUID, "link", uuid.Nil)
			if done != first {
				t.Errorf("the %dth acknowledgement: %t", i+1, done)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	pass(61 * time.Minute)
	pass(61 * time.Minute)
	pass(61 * time.Minute)
	want("in the end", "page:shown mail:withdrawn ", "page:shown mail:sent text:sent voice:sent letter:waiting ", "page:shown letter:waiting mail:no_address text:no_address voice:no_address ")
	err = s.DB.Read(s.ctx, func(ctx context.Context, tx db.Tx) error {
		p, found, err := notice.ProgressOf(ctx, tx, id)
		if !found || p.People != 3 || p.Acknowledged != 1 || p.Climbing != 0 || p.Exhausted != 2 || p.Ways[notice.Mail].NoAddress != 1 || p.Ways[notice.Letter].Waiting != 2 || p.By["link"] != 1 {
			t.Errorf("the progress is %+v", p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	// Whoever acknowledges before the letters are printed needs none; once the ladder is ended nobody does.
	waiting := func(want int, change func(ctx context.Context, tx db.Tx) error) {
		t.Helper()
		err := s.DB.Write(s.ctx, func(ctx context.Context, tx db.Tx) error {
			if err := change(ctx, tx); err != nil {
				return err
			}
			p, _, err := notice.ProgressOf(ctx, tx, id)
			if p.Ways[notice.Letter].Waiting != want {
				t.Errorf("%d letters wait for a printer, not %d", p.Ways[notice.Letter].Waiting, want)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	late := s.ledger(t, id)[1].Person
	waiting(1, func(ctx context.Context, tx db.Tx) error {
		_, err := s.Acknowledge(ctx, tx, id, late, "voice", uuid.Nil)
		return err
	})
	waiting(0, func(ctx context.Context, tx db.Tx) error { return s.End(ctx, tx, id) })
}

func TestAClosedWayIsPassedOver(t *testing.T) {
	s := newStand(t)
	p := s.parent(t)
	s.reaches(t, p, "phone", "+33612345678")
	if err := s.set.Set(s.ctx, p.ID, setting.Change{Name: "notice.payer.text", Value: setting.Value{Text: "nobody"}}); err != nil {
		t.Fatal(err)
	}
	id := s.tell(t, notice.Notice{Ladder: notice.Ladder{{Channel: notice.Text}, {Channel: notice.Voice, After: 600}}}, notice.To{Person: p.ID.UUID})
	s.climb(t)
	if got := channels(s.ledger(t, id)[0]); got != "text:closed voice:sent " {
		t.Errorf("the ways are %q", got)
	}
}

func TestChoicesDecide(t *testing.T) {
	s := newStand(t)
	p := s.parent(t)
	s.reaches(t, p, "email", "camille@exemple.fr")
	academy := tenant.Enter(s.ctx, s.Academy)
	said := s.Kinds()[0]
	choose := func(do func(ctx context.Context, tx db.Tx) error) {
		t.Helper()
		if err := s.DB.Write(academy, do); err != nil {
			t.Fatal(err)
		}
	}
	person, kind, ok := s.ReadOffToken(s.OffToken(p.ID.UUID, said.Name))
	if !ok || person != p.ID.UUID || kind.Name != said.Name {
		t.Fatal("a token cannot be read")
	}
	if _, _, ok := s.ReadOffToken(s.OffToken(p.ID.UUID, said.Name) + "x"); ok {
		t.Error("a forged token was read")
	}
	choose(func(ctx context.Context, tx db.Tx) error { return s.Off(ctx, tx, p.ID, kind) })
	id := s.tell(t, notice.Notice{}, notice.To{Person: p.ID.UUID})
	s.climb(t)
	if got := channels(s.ledger(t, id)[0]); got != "" {
		t.Errorf("who wants no e-mail got %q", got)
	}
	choose(func(ctx context.Context, tx db.Tx) error {
		return s.Choose(ctx, tx, p.ID, notice.Choices{Digest: notice.Daily, Language: "fr", Kinds: []notice.Choice{{Kind: said, Ways: []notice.Channel{notice.Digest}}}})
	})
}

// TestADigestGathersEverySchool has a parent with a child in two schools, and runs the jobs as a worker does.
func TestADigestGathersEverySchool(t *testing.T) {
	s := newStand(t)
	p := s.parent(t)
	s.reaches(t, p, "email", "camille@exemple.fr")
	odd, returned, ended := s.parent(t), s.parent(t), s.parent(t)
	s.Exec(t, `update person set email = 'n’en a pas' where id = $1`, odd.ID.UUID)
	s.reaches(t, returned, "email", "parti@exemple.fr")
	s.reaches(t, ended, "email", "assez@exemple.fr")
	s.bounces(t, returned, "parti@exemple.fr")
	s.off(t, ended, "notice.digest")
	s.tell(t, notice.Notice{Title: "Sortie au musée", Path: "/news"}, notice.To{Person: p.ID.UUID, Name: p.Name(), AboutNames: "Léa"},
		notice.To{Person: odd.ID.UUID}, notice.To{Person: returned.ID.UUID}, notice.To{Person: ended.ID.UUID})
	elsewhere := s
	elsewhere.ctx = tenant.Enter(s.ctx, s.Lycee)
	elsewhere.tell(t, notice.Notice{Title: "Réunion de rentrée", Path: "/news"}, notice.To{Person: p.ID.UUID, Name: p.Name(), AboutNames: "Tom"})
	academy := tenant.Enter(s.ctx, s.Academy)
	for range 2 {
		if err := s.Schedule(s.ctx); err != nil {
			t.Fatal(err)
		}
	}
	*s.now = monday.AddDate(0, 0, 4).Add(8 * time.Hour) // Friday, 18:00
	s.Exec(t, `update job set run_at = now() - interval '1 second' where kind = 'notice.digest'`)
	worker, err := job.NewWorker(s.DB, s.Jobs(), 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		return words.With(tenant.Enter(ctx, s.Registry.ByID(school.ScopeID(scope))), words.Of(s.ctx)), true
	})
	if err != nil {
		t.Fatal(err)
	}
	for range 3 {
		if _, err := worker.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.Exec(t, `update job set run_at = now() - interval '1 second' where kind = 'notice.digest' and payload ->> 'after' <> '00000000-0000-0000-0000-000000000000'`)
	}
	letters := s.letters(t, academy)
	if len(letters) != 1 || letters[0].Address != "camille@exemple.fr" {
		t.Fatalf("the digests are %+v", letters)
	}
	err = s.DB.Read(academy, func(ctx context.Context, tx db.Tx) error {
		_, text, _, err := mail.Open(ctx, tx, letters[0].ID)
		if off := notice.OffPath + s.OffToken(p.ID.UUID, "notice.digest"); !strings.Contains(text, "Réunion de rentrée") || !strings.Contains(text, off) {
			t.Errorf("the digest lacks a school, or the link that ends it:\n%s", text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// bounces has everything come back from an address of a person.
func (s stand) bounces(t *testing.T, p testkit.Person, address string) {
	t.Helper()
	err := s.DB.Write(tenant.Enter(s.ctx, s.Academy), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into bounced_address (person_id, address, reason, bounced_at) values (?, ?, 'inconnue', now())`, p.ID.UUID, address)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// off follows the link that ends e-mails of a kind.
func (s stand) off(t *testing.T, p testkit.Person, kind string) {
	t.Helper()
	person, k, ok := s.ReadOffToken(s.OffToken(p.ID.UUID, kind))
	if !ok {
		t.Fatalf("the link that ends %s is not known", kind)
	}
	err := s.DB.Write(tenant.Enter(s.ctx, s.Academy), func(ctx context.Context, tx db.Tx) error {
		return s.Off(ctx, tx, school.PersonID{UUID: person}, k)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestWhatIsHeardMovesTheLadder has a call answered with its key, a text that does not arrive, and an address that bounced.
func TestWhatIsHeardMovesTheLadder(t *testing.T) {
	s := newStand(t)
	answers, unreached, returned, unknown := s.parent(t), s.parent(t), s.parent(t), s.parent(t)
	for _, p := range []testkit.Person{answers, unreached} {
		s.reaches(t, p, "phone", "+33612345678")
	}
	s.reaches(t, returned, "email", "parti@exemple.fr")
	s.bounces(t, returned, "parti@exemple.fr")
	s.reaches(t, unknown, "phone", "+33612345679")
	s.bounces(t, unknown, "+33612345679")
	steps := notice.Ladder{{Channel: notice.Mail}, {Channel: notice.Text, After: 1}, {Channel: notice.Voice, After: 600}, {Channel: notice.Letter, After: 600}}
	id := s.tell(t, notice.Notice{Ladder: steps}, notice.To{Person: answers.ID.UUID, Name: "A"}, notice.To{Person: unreached.ID.UUID, Name: "B"}, notice.To{Person: returned.ID.UUID, Name: "C"},
		notice.To{Person: unknown.ID.UUID, Name: "D"})
	s.climb(t)
	if got := channels(s.ledger(t, id)[3]); got != "letter:waiting mail:no_address text:bounced voice:bounced " {
		t.Errorf("a number that nobody has is written to: %q", got)
	}
	if got := channels(s.ledger(t, id)[2]); got != "letter:waiting mail:bounced text:no_address voice:no_address " {
		t.Errorf("an address that bounced is written to: %q", got)
	}
	hear := func(p testkit.Person, channel, step string) {
		t.Helper()
		err := s.DB.Write(s.ctx, func(ctx context.Context, tx db.Tx) error {
			return s.Heard(ctx, tx, mail.Delivery{NoticeID: id, Person: p.ID.UUID, Channel: channel, Step: step})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	hear(answers, mail.ByVoice, mail.Acknowledged)
	hear(answers, mail.ByVoice, mail.Acknowledged)
	hear(unreached, mail.ByText, mail.Failed)
	s.climb(t)
	list := s.ledger(t, id)
	if list[0].AcknowledgedBy != "voice" || !list[0].NextAt.IsZero() {
		t.Errorf("a key that was pressed: %+v", list[0])
	}
	if got := channels(list[1]); got != "mail:no_address text:sent voice:sent " {
		t.Errorf("what did not arrive keeps somebody waiting: %q", got)
	}
	// A gateway took the text, and said later that the number is nobody's: the ledger must not prove the contrary.
	err := s.DB.Write(s.ctx, func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `update letter_delivery d set state = 'sent', heard = 'failed', error = 'Numéro inconnu' from letter l
			where l.tenant_id = d.tenant_id and l.id = d.letter_id and l.channel = 'text' and d.person_id = ?`, unreached.ID.UUID)
		if err != nil {
			return err
		}
		p, _, err := notice.ProgressOf(ctx, tx, id)
		if err == nil && p.Ways[notice.Text].Failed != 1 {
			t.Errorf("texts that did not arrive: %+v", p.Ways[notice.Text])
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range s.ledger(t, id)[1].Attempts {
		if a.Channel == notice.Text && (a.Delivery != "failed" || a.Error != "Numéro inconnu") {
			t.Errorf("the ledger says of the text: %+v", a)
		}
	}
}

// TestWhoHasSomethingIsGivenTime has a guardian with an e-mail address and nothing else: the letter waits for its turn.
func TestWhoHasSomethingIsGivenTime(t *testing.T) {
	s := newStand(t)
	p := s.parent(t)
	s.reaches(t, p, "email", "camille@exemple.fr")
	id := s.tell(t, notice.Notice{Ladder: notice.Ladder{{Channel: notice.Page}, {Channel: notice.Mail}, {Channel: notice.Push}, {Channel: notice.Text, After: 60}, {Channel: notice.Letter, After: 60}}},
		notice.To{Person: p.ID.UUID})
	s.climb(t)
	s.climb(t)
	if got := channels(s.ledger(t, id)[0]); got != "mail:sent page:shown push:no_address " {
		t.Errorf("at first: %q", got)
	}
	*s.now = s.now.Add(61 * time.Minute)
	s.climb(t)
	if got := channels(s.ledger(t, id)[0]); got != "mail:sent page:shown push:no_address text:no_address " {
		t.Errorf("an hour later: %q", got)
	}
	*s.now = s.now.Add(61 * time.Minute)
	s.climb(t)
	if got := channels(s.ledger(t, id)[0]); got != "mail:sent page:shown push:no_address text:no_address letter:waiting " {
		t.Errorf("in the end: %q", got)
	}
}
