package messages_test

import (
	"context"
	"errors"
	"testing"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/services/messages"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

// crowd fills a school with pupils in one statement.
func crowd(t *testing.T, h *testkit.House, n int) {
	t.Helper()
	err := h.DB.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `insert into membership (tenant_id, person_id, profile, given_name, family_name)
			select $1, gen_random_uuid(), 'pupil', 'Élève', 'Numéro ' || i from generate_series(1, $2) i`, h.College.ID, n)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

type tally struct{ copies, people, expected, reached, jobs int }

func count(t *testing.T, h *testkit.House, id uuid.UUID) (c tally, state string) {
	t.Helper()
	err := h.DB.Read(tenant.Enter(t.Context(), h.College), func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(`select m.expected, m.reached, m.state, (select count(*) from message_copy k where k.message_id = m.id and k.field <> 'author'),
			(select count(distinct person_id) from message_copy k where k.message_id = m.id and k.field <> 'author'),
			(select count(*) from job j where j.kind = 'messages.deliver')
			from message m where m.id = ?`, id).Scan(ctx, &c.expected, &c.reached, &state, &c.copies, &c.people, &c.jobs)
	})
	if err != nil {
		t.Fatal(err)
	}
	return c, state
}

// TestAMessageToManyArrivesOnceEach sends to a whole school, and breaks off each batch once before it is done.
func TestAMessageToManyArrivesOnceEach(t *testing.T) {
	h := testkit.NewHouse(t)
	atWork(h)
	const many = 1730
	crowd(t, h, many)
	head := h.SignInAs(t, h.College, school.Head)
	id := school.NewID()
	form := map[string][]string{"id": {id.String()}, "subject": {"À tous"}, "body": {"Bonjour"}, "addr": {"to:school::pupil"}, "do": {"send"}}
	head.Post(t, h.College, "/messages/drafts", form).LeadsTo(t, "/messages")
	c, state := count(t, h, id)
	if state != "sending" || c.expected != many || c.copies != messages.BatchSize || c.jobs != 1 {
		t.Fatalf("after sending: %+v, %s", c, state)
	}
	d := messages.NewDelivery(h.DB, h.App.Settings())
	in := tenant.Enter(t.Context(), h.College)
	stop := errors.New("the program is killed")
	for range 10 {
		err := h.DB.Write(in, func(ctx context.Context, tx db.Tx) error {
			if err := d.Batch(ctx, tx, id); err != nil {
				return err
			}
			return stop
		})
		if !errors.Is(err, stop) {
			t.Fatal(err)
		}
		for range 2 { // a job that runs again does what is left, and no more
			if err := d.Run(in, id); err != nil {
				t.Fatal(err)
			}
		}
	}
	if c, state = count(t, h, id); state != "sent" || c.copies != many || c.people != many || c.reached != many {
		t.Errorf("at the end: %+v, %s", c, state)
	}
}

// TestARecallStopsADelivery withdraws a message that has not reached everybody yet.
func TestARecallStopsADelivery(t *testing.T) {
	h := testkit.NewHouse(t)
	atWork(h)
	crowd(t, h, messages.BatchSize+20)
	head := h.SignInAs(t, h.College, school.Head)
	id := school.NewID()
	form := map[string][]string{"id": {id.String()}, "subject": {"Erreur"}, "body": {"Bonjour"}, "addr": {"to:school::pupil"}, "do": {"send"}}
	head.Post(t, h.College, "/messages/drafts", form).LeadsTo(t, "/messages")
	head.Post(t, h.College, "/messages/letters/"+id.String()+"/recall", nil).LeadsTo(t, "/messages/letters/"+id.String())
	d := messages.NewDelivery(h.DB, h.App.Settings())
	if err := d.Run(tenant.Enter(t.Context(), h.College), id); err != nil {
		t.Fatal(err)
	}
	if c, _ := count(t, h, id); c.copies != messages.BatchSize {
		t.Errorf("a withdrawn message goes on: %+v", c)
	}
}

// TestABoxCostsLittle counts the round trips of the list, which many people open at once.
func TestABoxCostsLittle(t *testing.T) {
	h := testkit.NewHouse(t)
	atWork(h)
	pupil := h.NewPerson(t, testkit.In(h.College, school.Pupil))
	teacher, reader := h.SignInAs(t, h.College, school.Teacher), h.SignIn(t, pupil)
	cost := func() (int, int) {
		a := reader.Get(t, h.College, "/messages").Is(t, 200)
		return a.RoundTrips, a.Statements
	}
	cost() // the first page also takes the sign-on over
	trips, statements := cost()
	for range 5 {
		teacher.Post(t, h.College, "/messages/drafts", map[string][]string{"id": {school.NewID().String()}, "subject": {"Un"}, "body": {"x"},
			"addr": {"to:person:" + pupil.ID.String() + ":"}, "do": {"send"}}).LeadsTo(t, "/messages")
	}
	if more, again := cost(); more > 3 || more != trips || again != statements {
		t.Errorf("the list costs %d round trips and %d statements when empty, %d and %d with messages", trips, statements, more, again)
	}
}
