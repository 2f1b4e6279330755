package rights_test

import (
	"context"
	"testing"

	"elyco/internal/db"
	"elyco/internal/session"
)

func TestNamesAreForgottenAndChangesStay(t *testing.T) {
	d := newDesk(t)
	ctx := d.as(t, d.College)
	if err := d.room.Set(ctx, of("none", 0)); err != nil {
		t.Fatal(err)
	}
	who, record := session.Actor(ctx).Person, d.room.Service().Privacy
	write := func(fn func(ctx context.Context, tx db.Tx) error) {
		t.Helper()
		if err := d.DB.Write(ctx, fn); err != nil {
			t.Fatal(err)
		}
	}
	purge := func(want int) {
		t.Helper()
		write(func(ctx context.Context, tx db.Tx) error {
			n, err := record.Purge(ctx, tx)
			if n != want {
				t.Errorf("%d names were purged, not %d", n, want)
			}
			return err
		})
	}
	named := func(want int) {
		t.Helper()
		if n := d.count(t, `select count(*) from policy_delta where author_name <> '' or author_id is not null`); n != want {
			t.Errorf("%d changes are named, not %d", n, want)
		}
	}
	write(func(ctx context.Context, tx db.Tx) error {
		held, err := record.Export(ctx, tx, who)
		if len(held) != 1 {
			t.Errorf("the author is given %v", held)
		}
		return err
	})
	purge(0)
	named(1)
	conn := d.As(t, "postgres")
	if _, err := conn.Exec(t.Context(), `update policy_delta set set_at = set_at - interval '6 years'`); err != nil {
		t.Fatal(err)
	}
	purge(1)
	named(0)
	if err := d.room.Set(ctx, of("inherited", 1)); err != nil {
		t.Fatal(err)
	}
	write(func(ctx context.Context, tx db.Tx) error { return record.Erase(ctx, tx, who) })
	named(0)
	if n := d.count(t, `select count(*) from policy_delta`); n != 2 {
		t.Errorf("%d changes remain", n)
	}
}
