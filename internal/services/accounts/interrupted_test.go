package accounts_test

import (
	"testing"

	"elyco/internal/school"
	"elyco/internal/testkit"
)

// TestASheetThatWasInterruptedIsWhole kills the printing after its codes serve and before its sheet is there: nobody has read those
// codes, so that the sheet has them anew. A code that somebody holds is left alone.
func TestASheetThatWasInterruptedIsWhole(t *testing.T) {
	h := testkit.NewHouse(t)
	office := h.SignInAs(t, h.College, school.Head)
	class := h.NewClass(t, h.College, "6A", "6EME")
	var pupils []testkit.Person
	for range 3 {
		p := h.NewPerson(t, testkit.In(h.College, school.Pupil, testkit.OfClass(class)))
		pend(t, h, p)
		pupils = append(pupils, p)
	}
	giveCode(t, h, office, h.College, pupils[2])
	form := office.Get(t, h.College, "/accounts/sheets").Is(t, 200).Page(t).All(`form[action="/accounts/sheets"]`)[0].Values()
	form["class"], form["audience"] = []string{class.String()}, []string{"pupils"}
	office.Post(t, h.College, "/accounts/sheets", form).Is(t, 303)
	conn := h.As(t, "postgres")
	scan := func(sql string, into ...any) {
		t.Helper()
		if err := conn.QueryRow(t.Context(), sql).Scan(into...); err != nil {
			t.Fatal(err)
		}
	}
	var payload, held, first, second string
	var printed int
	scan(`select payload::text from job where kind = 'accounts.print'`, &payload)
	hash := func(p testkit.Person, into *string) {
		t.Helper()
		scan(`select encode(code_hash, 'hex') from activation_code where person_id = '`+p.ID.String()+`'`, into)
	}
	hash(pupils[2], &held)
	work(t, h)
	scan(`select people from sheet_part`, &printed)
	hash(pupils[0], &first)
	if printed != 2 {
		t.Fatalf("%d codes are on the sheet", printed)
	}
	_, err := conn.Exec(t.Context(), `with part as (update sheet_part set state = 'waiting', people = 0, object_key = '')
		insert into job (tenant_id, id, kind, payload, run_at) values ($1, gen_random_uuid(), 'accounts.print', $2::jsonb, now() - interval '1 minute')`, int64(h.College.ID), payload)
	if err != nil {
		t.Fatal(err)
	}
	work(t, h)
	scan(`select people from sheet_part`, &printed)
	hash(pupils[0], &second)
	if printed != 2 || first == second {
		t.Errorf("after the interruption %d codes are on the sheet", printed)
	}
	var still string
	if hash(pupils[2], &still); still != held {
		t.Error("a code that somebody holds serves no more")
	}
}
