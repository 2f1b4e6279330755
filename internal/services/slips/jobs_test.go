package slips_test

import (
	"context"
	"elyco/internal/audience"
	"elyco/internal/notice"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/services/slips"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

// ear notes what is told, as often as it is.
type ear struct {
	mu    sync.Mutex
	heard map[string]map[uuid.UUID]int // by kind, by person
	about map[uuid.UUID][]uuid.UUID
	names map[uuid.UUID]string
}

func (e *ear) Tell(_ context.Context, _ db.Tx, n notice.Notice, to []notice.To) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, one := range to {
		if e.heard[n.Kind] == nil {
			e.heard[n.Kind] = map[uuid.UUID]int{}
		}
		e.heard[n.Kind][one.Person]++
		e.about[one.Person], e.names[one.Person] = one.About, one.Name+" / "+one.AboutNames
	}
	return nil
}
func (e *ear) Withdraw(context.Context, db.Tx, ...uuid.UUID) error { return nil }
func (e *ear) Foresee(context.Context, notice.Notice, audience.Audience) (notice.Forecast, error) {
	return notice.Forecast{}, nil
}

func (e *ear) Opened(context.Context, db.Tx, uuid.UUID, uuid.UUID) error { return nil }

// once fails unless exactly these people heard of a kind, once each.
func (e *ear) once(t *testing.T, kind string, people ...*testkit.Client) {
	t.Helper()
	want := map[uuid.UUID]int{}
	for _, p := range people {
		want[p.Person.ID.UUID] = 1
	}
	if !maps.Equal(e.heard[kind], want) {
		t.Errorf("%s was heard %v, not %v", kind, e.heard[kind], want)
	}
}

func TestPeopleAreToldAndRemindedOnce(t *testing.T) {
	s := newStage(t)
	path := s.publish(t, s.teacher, "slip", nil)
	id := uuid.MustParse(strings.TrimPrefix(path, "/slips/"))
	e := &ear{heard: map[string]map[uuid.UUID]int{}, about: map[uuid.UUID][]uuid.UUID{}, names: map[uuid.UUID]string{}}
	r := slips.NewForTest(s.DB, s.Registry, s.App.Policy(), e, [32]byte{1})
	ctx := words.With(tenant.Enter(t.Context(), s.College), words.NewCatalog("fr"))
	tend := func(rounds ...string) {
		t.Helper()
		for range 2 { // a job may run again
			if err := r.Tend(ctx, id); err != nil {
				t.Fatal(err)
			}
			for _, stage := range rounds {
				if err := r.Round(ctx, id, stage); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	tend()
	e.once(t, slips.NoticeAsked, s.mother, s.father, s.aunt)
	if got := e.about[s.mother.Person.ID.UUID]; !slices.Equal(got, []uuid.UUID{s.lea.ID.UUID}) {
		t.Errorf("the notice is about %v", got)
	}
	if got := e.names[s.mother.Person.ID.UUID]; got != "Anne Martin / Léa Martin" {
		t.Errorf("the notice is for %q", got)
	}
	if len(e.heard[slips.NoticeReminder]) != 0 {
		t.Error("people are reminded at once")
	}
	// Who comes is asked, who goes is not, at the next visit.
	kid := s.NewPerson(t, testkit.In(s.College, school.Pupil, testkit.OfClass(s.class)))
	newcomer := s.SignIn(t, s.NewPerson(t, testkit.Named("Nour", "Neuf"), testkit.In(s.College, school.Guardian, testkit.Of(kid))))
	s.Exec(t, `update guardianship set excluded_until = current_date + 90 where guardian_id = $1`, s.aunt.Person.ID.UUID)
	tend()
	e.once(t, slips.NoticeAsked, s.mother, s.father, s.aunt, newcomer)
	s.mother.Post(t, s.College, path+"/replies", map[string][]string{"child": {s.lea.ID.String()}, "q1": {"yes"}, "signature": {"Anne Martin"}}).LeadsTo(t, path)
	s.Clock.Pass(7*24*time.Hour + time.Hour)
	tend("three")
	e.once(t, slips.NoticeReminder, newcomer) // one answer for Léa is enough, and an excluded guardian hears nothing
	s.Clock.Pass(2 * 24 * time.Hour)
	clear(e.heard)
	tend("three", "one")
	e.once(t, slips.NoticeReminder, newcomer)
	s.Clock.Pass(24 * time.Hour)
	clear(e.heard)
	tend("one", "closed")
	if n := len(e.heard[slips.NoticeReminder]); n != 0 {
		t.Errorf("%d are reminded after the end", n)
	}
	if n := e.heard[slips.NoticeClosed][s.teacher.Person.ID.UUID]; n != 1 {
		t.Errorf("the author hears of the end %d times", n)
	}
	if n := e.heard[slips.NoticeClosed][s.father.Person.ID.UUID]; n != 1 {
		t.Errorf("who may read the results hears of the end %d times", n)
	}
	if n := count(t, s, `select count(*) from slip where state = 'closed'`); n != 1 {
		t.Error("the slip is not closed")
	}
}

func TestReminderByHand(t *testing.T) {
	s := newStage(t)
	path := s.publish(t, s.teacher, "slip", nil)
	form := map[string][]string{"id": {school.NewID().String()}}
	for range 2 {
		s.teacher.Post(t, s.College, path+"/reminders", form).LeadsTo(t, path+"/results")
	}
	if n := count(t, s, `select count(*) from slip_round`); n != 1 {
		t.Errorf("%d rounds", n)
	}
	s.teacher.Post(t, s.College, path+"/reminders", map[string][]string{"id": {school.NewID().String()}}).Is(t, 409)
	s.mother.Post(t, s.College, path+"/reminders", form).Is(t, 403)
	s.colleague.Post(t, s.College, path+"/reminders", map[string][]string{"id": {school.NewID().String()}}).Is(t, 404)
}

func TestErasureAndClocks(t *testing.T) {
	s := newStage(t)
	c := s.College
	path := s.publish(t, s.teacher, "slip", nil)
	urn := s.publish(t, s.teacher, "ballot", ballotOf)
	s.mother.Post(t, c, path+"/replies", map[string][]string{"child": {s.lea.ID.String()}, "q1": {"yes"}, "signature": {"Anne Martin"}}).LeadsTo(t, path)
	s.pupil.Post(t, c, urn+"/votes", vote("0")).LeadsTo(t, urn)
	s.other.Post(t, c, urn+"/votes", vote("1")).LeadsTo(t, urn)
	in := tenant.Enter(t.Context(), c)
	exported := func(who school.PersonID) string {
		for _, one := range s.App.Privacy().Holdings() {
			if one.Name == "slips" {
				found, err := s.App.Privacy().Export(in, one, who)
				if err != nil {
					t.Fatal(err)
				}
				if len(found) > 0 {
					return toText(t, found)
				}
			}
		}
		return ""
	}
	if got := exported(s.mother.Person.ID); !strings.Contains(got, "Anne Martin") {
		t.Errorf("the archive holds %s", got)
	}
	if got := exported(s.lea.ID); !strings.Contains(got, `"voted":true`) || strings.Contains(got, "Tom Roy") {
		t.Errorf("the archive of who voted holds %s", got)
	}
	for range 2 {
		if err := s.App.Privacy().Erase(t.Context(), school.PersonID{}, s.lea.ID); err != nil {
			t.Fatal(err)
		}
	}
	if got := exported(s.lea.ID); got != "" {
		t.Errorf("after the erasure: %s", got)
	}
	if n := count(t, s, `select count(*) from slip_reply`); n != 0 {
		t.Errorf("%d answers for who was erased", n)
	}
	s.end(t, urn, 3)
	s.teacher.Get(t, c, urn+"/results").Is(t, 200).SeesNot(t, "pas bon") // the urn and the roll still count as many
	if _, err := s.App.Privacy().Purge(in); err != nil {
		t.Fatal(err)
	}
	if n := count(t, s, `select count(*) from slip`); n != 2 {
		t.Errorf("the clocks left %d slips", n)
	}
	later := db.WithClock(in, func(now time.Time) time.Time { return now.AddDate(1, 1, 0) })
	if _, err := s.App.Privacy().Purge(later); err != nil {
		t.Fatal(err)
	}
	if n := count(t, s, `select (select count(*) from slip) + (select count(*) from slip_asked) + (select count(*) from slip_roll) + (select count(*) from slip_urn)`); n != 0 {
		t.Errorf("the clocks left %d rows", n)
	}
}

// TestAnUrnThatWasChangedIsTold puts an older urn back, and a false one.
func TestAnUrnThatWasChangedIsTold(t *testing.T) {
	s := newStage(t)
	urn := s.publish(t, s.teacher, "ballot", ballotOf)
	s.pupil.Post(t, s.College, urn+"/votes", vote("0")).LeadsTo(t, urn)
	conn := s.As(t, "postgres")
	var kept []byte
	if err := conn.QueryRow(t.Context(), `select sealed from slip_urn`).Scan(&kept); err != nil {
		t.Fatal(err)
	}
	s.other.Post(t, s.College, urn+"/votes", vote("1")).LeadsTo(t, urn)
	if _, err := conn.Exec(t.Context(), `update slip_urn set sealed = $1`, kept); err != nil {
		t.Fatal(err)
	}
	s.end(t, urn, 3)
	s.teacher.Get(t, s.College, urn+"/results").Is(t, 200).Sees(t, "main", "Le compte n’est pas bon")
	if _, err := conn.Exec(t.Context(), `update slip_urn set sealed = set_byte(sealed, 100, (get_byte(sealed, 100) + 1) % 256)`); err != nil {
		t.Fatal(err)
	}
	s.teacher.Get(t, s.College, urn+"/results").Is(t, 500)
}

func toText(t *testing.T, v any) string {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
