package rights_test

import (
	"context"
	"testing"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/services/rights"
	"elyco/internal/session"
)

func TestASpaceChangesALineForItself(t *testing.T) {
	d := newDesk(t)
	ctx := d.as(t, d.College)
	c := of(policy.None, 0)
	if err := d.room.Set(ctx, c); err != nil {
		t.Fatal(err)
	}
	if d.may(d.College, school.Teacher) || !d.may(d.Sibling, school.Teacher) || !d.may(d.College, school.Librarian) {
		t.Error("the change does not hold for teachers of the school alone")
	}
	if n := d.count(t, `select count(*) from audit_entry where tenant_id = $1 and action = 'rights.change' and subject = $2 and actor_id = $3
		and detail ->> 'before' = 'inherited' and detail ->> 'after' = 'none' and title like 'Actualités%Un enseignant ne peut pas%'`, d.College.ID, c.ID.String(), session.Actor(ctx).Person.UUID); n != 1 {
		t.Errorf("%d entries in the trail", n)
	}
	if err := d.room.Set(ctx, c); err != nil {
		t.Errorf("sending twice fails: %v", err)
	}
	if n := d.count(t, `select count(*) from policy_delta`); n != 1 {
		t.Errorf("%d changes were made", n)
	}
	if err := d.room.Set(ctx, of(policy.Inherited, 1)); err != nil || !d.may(d.College, school.Teacher) {
		t.Errorf("the line is not given back: %v", err)
	}
}

func TestWhatIsClosedAboveCannotBeChanged(t *testing.T) {
	d := newDesk(t)
	above, below := d.as(t, d.Vendee), d.as(t, d.College)
	if err := d.room.Set(below, of(policy.None, 0)); err != nil {
		t.Fatal(err)
	}
	c := of(policy.Establishment, 0)
	c.Closed = true
	if err := d.room.Set(above, c); err != nil {
		t.Fatal(err)
	}
	if !d.may(d.College, school.Teacher) {
		t.Error("the school's own line still counts")
	}
	for _, reach := range []policy.Reach{policy.None, policy.Establishment, policy.Inherited} {
		if err := d.room.Set(below, of(reach, 1)); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s: got %v", reach, err)
		}
	}
	if err := d.room.Set(above, of(policy.Establishment, 1)); err != nil {
		t.Fatal(err)
	}
	if d.may(d.College, school.Teacher) {
		t.Error("the school's own line does not come back when the line is opened again")
	}
}

func TestWhatWasJustClosedIsSeenInTheTransaction(t *testing.T) {
	d := newDesk(t)
	below := d.as(t, d.College)
	// Another replica closed the line; nobody told this one yet.
	err := d.DB.Write(d.as(t, d.Vendee), func(ctx context.Context, tx db.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into policy_delta (id, room, action, profile, number, reach, closed, set_at)
			values (?, 'news', 'write', 'teacher', 1, 'none', true, ?)`, school.NewID(), tx.Now())
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := d.room.Set(below, of(policy.None, 0)); !fault.Is(err, fault.Forbidden) {
		t.Errorf("got %v", err)
	}
}

func TestWhatALineDoesNotAllowIsRefused(t *testing.T) {
	d := newDesk(t)
	school1, above := d.as(t, d.College), d.as(t, d.Vendee)
	closing := of(policy.None, 0)
	closing.Closed = true
	wide := of(policy.Academy, 0)
	for name, c := range map[string]struct {
		ctx    context.Context
		change rights.Change
		want   fault.Kind
	}{
		"beyond the default":     {school1, wide, fault.Invalid},
		"nothing below to close": {school1, closing, fault.Invalid},
		"an unknown room":        {school1, rights.Change{ID: school.NewID(), Room: "nothing", Action: "write", Profile: school.Teacher, Reach: policy.None}, fault.NotFound},
		"an unknown action":      {school1, rights.Change{ID: school.NewID(), Room: "news", Action: "burn", Profile: school.Teacher, Reach: policy.None}, fault.NotFound},
		"a profile without it":   {school1, rights.Change{ID: school.NewID(), Room: "news", Action: "write", Profile: school.Pupil, Reach: policy.Establishment}, fault.NotFound},
		"the administrators out": {school1, rights.Change{ID: school.NewID(), Room: "rights", Action: "change", Profile: school.Administrator, Reach: policy.None}, fault.Forbidden},
		"from above as well":     {above, rights.Change{ID: school.NewID(), Room: "rights", Action: "read", Profile: school.Administrator, Reach: policy.None}, fault.Forbidden},
		"the way in":             {above, rights.Change{ID: school.NewID(), Room: "account", Action: "sign_on", Profile: school.Anyone, Reach: policy.None}, fault.Forbidden},
		"an offer from above":    {above, rights.Change{ID: school.NewID(), Room: "rights", Action: "change", Profile: school.Head, Reach: policy.Establishment}, fault.Invalid},
		"undoing nothing":        {school1, rights.Change{ID: school.NewID(), Room: "news", Action: "write", Profile: school.Teacher, Reach: policy.None, Undoes: school.NewID()}, fault.NotFound},
	} {
		if err := d.room.Set(c.ctx, c.change); !fault.Is(err, c.want) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	if n := d.count(t, `select count(*) from policy_delta`); n != 0 {
		t.Errorf("%d changes were made", n)
	}
}

func TestAnEstablishmentTakesAnOffer(t *testing.T) {
	d := newDesk(t)
	c := rights.Change{ID: school.NewID(), Room: "rights", Action: "change", Profile: school.Head, Reach: policy.Establishment}
	if err := d.room.Set(d.as(t, d.College), c); err != nil {
		t.Fatal(err)
	}
	head := school.Actor{Person: school.PersonID{UUID: school.NewID()}, Scope: d.College.ID, Here: []school.Membership{{Scope: d.College.ID, Profile: school.Head}}}
	if _, may := d.policy.For(head, "rights", "change"); !may {
		t.Error("the head was not let in")
	}
}

func TestWhoComesSecondIsTold(t *testing.T) {
	d := newDesk(t)
	if err := d.room.Set(d.as(t, d.College), of(policy.None, 0)); err != nil {
		t.Fatal(err)
	}
	if err := d.room.Set(d.as(t, d.College), of(policy.Inherited, 0)); !fault.Is(err, fault.Conflict) {
		t.Errorf("got %v", err)
	}
	// Two at the very same moment: one of them meets the unique number.
	results := make(chan error, 6)
	for range cap(results) {
		ctx := d.as(t, d.Sibling)
		go func() { results <- d.room.Set(ctx, of(policy.None, 0)) }()
	}
	for range cap(results) {
		if err := <-results; err != nil && !fault.Is(err, fault.Conflict) {
			t.Errorf("got %v", err)
		}
	}
	if n := d.count(t, `select count(*) from policy_delta where tenant_id = $1`, d.Sibling.ID); n != 1 {
		t.Errorf("%d changes were made", n)
	}
}

func TestUndoingIsAChange(t *testing.T) {
	d := newDesk(t)
	ctx := d.as(t, d.College)
	first := of(policy.None, 0)
	if err := d.room.Set(ctx, first); err != nil {
		t.Fatal(err)
	}
	undo := of(policy.Inherited, 1)
	undo.Undoes = first.ID
	if err := d.room.Set(ctx, undo); err != nil || !d.may(d.College, school.Teacher) {
		t.Fatalf("undoing: %v", err)
	}
	redo := of(policy.None, 2)
	redo.Undoes = undo.ID
	if err := d.room.Set(ctx, redo); err != nil || d.may(d.College, school.Teacher) {
		t.Fatalf("undoing what was undone: %v", err)
	}
	past, more, err := d.room.History(ctx, "news", uuid.Nil)
	if err != nil || more || len(past) != 3 {
		t.Fatalf("%d changes, %v", len(past), err)
	}
	if past[0].Undoes != undo.ID || past[0].Before.Reach != "inherited" || past[0].After.Reach != "none" || past[2].Before.Reach != "inherited" {
		t.Errorf("the history is %+v", past)
	}
	if n := d.count(t, `select count(*) from audit_entry where action = 'rights.undo' and detail ->> 'undoes' = $1`, first.ID.String()); n != 1 {
		t.Errorf("%d entries in the trail", n)
	}
	other := of(policy.None, 0)
	other.Profile, other.Undoes = school.Librarian, first.ID
	if err := d.room.Set(ctx, other); !fault.Is(err, fault.NotFound) {
		t.Errorf("a change of another line was undone: %v", err)
	}
	if past, _, err = d.room.History(d.as(t, d.Sibling), "", uuid.Nil); err != nil || len(past) != 0 {
		t.Errorf("another school reads %d changes, %v", len(past), err)
	}
	if past, _, err = d.room.History(d.as(t, d.Vendee), "", uuid.Nil); err != nil || len(past) != 0 {
		t.Errorf("the collectivity reads %d changes, %v", len(past), err)
	}
}

func TestHistoryGoesByPages(t *testing.T) {
	d := newDesk(t)
	ctx := d.as(t, d.College)
	for n := range 35 {
		reach := policy.None
		if n%2 == 1 {
			reach = policy.Inherited
		}
		if err := d.room.Set(ctx, of(reach, n)); err != nil {
			t.Fatal(err)
		}
	}
	first, more, err := d.room.History(ctx, "", uuid.Nil)
	if err != nil || !more || len(first) != 30 || first[0].Number != 35 {
		t.Fatalf("%d, %v, %v", len(first), more, err)
	}
	second, more, err := d.room.History(ctx, "", first[29].ID)
	if err != nil || more || len(second) != 5 || second[0].Number != 5 {
		t.Fatalf("%d, %v, %v", len(second), more, err)
	}
}

func TestForeseeCountsWhomALineConcerns(t *testing.T) {
	d := newDesk(t)
	ctx := d.as(t, d.College)
	foresee := func(room, action string, p school.Profile) rights.Prospect {
		l, ok := d.policy.Line(d.College, room, action, p)
		if !ok {
			t.Fatalf("no line for %s", p)
		}
		got, err := d.room.Foresee(ctx, l)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	if p := foresee("news", "write", school.Administrative); p.People != 1 || !p.Counted {
		t.Errorf("administrative staff: %+v", p)
	}
	if p := foresee("news", "write", school.Administrator); p.People != 1 || !p.Counted {
		t.Errorf("administrators: %+v", p)
	}
	if p := foresee("news", "write", school.Teacher); p.People != 0 || !p.Counted || p.Number != 0 {
		t.Errorf("teachers: %+v", p)
	}
	if p := foresee("news", "read_public", school.Anyone); p.Counted {
		t.Errorf("visitors: %+v", p)
	}
}
