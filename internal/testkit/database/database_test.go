package database_test

import (
	"context"
	"os"
	"testing"

	"elyco/internal/db"
	"elyco/internal/testkit/database"
)

func TestMain(m *testing.M) { os.Exit(database.Main(m)) }

func TestDatabasesAreApart(t *testing.T) {
	one, other := database.New(t, nil), database.New(t, nil)
	one.Exec(t, `insert into tenant (id, kind, slug, name) values (1, 'academy', 'nantes', 'Académie de Nantes')`)
	if n := tenants(t, one.DB); n != 1 {
		t.Errorf("the database has %d spaces, not the one that was put in", n)
	}
	if n := tenants(t, other.DB); n != 0 {
		t.Errorf("another test's database has %d spaces", n)
	}
}

func tenants(t *testing.T, d *db.DB) (n int) {
	t.Helper()
	err := d.Read(db.WithScope(t.Context(), db.NewScope(1)), func(ctx context.Context, tx db.Tx) error {
		return tx.QueryRowContext(ctx, `select count(*) from tenant`).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
