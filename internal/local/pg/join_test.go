package pg_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"elyco/internal/local/pg"
)

// TestACommandBesideTheServer uses the server that another program runs, and finds none once that has stopped it.
func TestACommandBesideTheServer(t *testing.T) {
	c := pg.Config{Dir: folder(t)}
	if _, err := pg.Join(c); err == nil {
		t.Error("a server was found where none runs")
	}
	s, err := pg.Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	r, err := pg.Join(c)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := pgx.Connect(t.Context(), r.DSN("postgres", "postgres"))
	if err != nil {
		t.Fatal(err)
	}
	if err := conn.Close(t.Context()); err != nil {
		t.Error(err)
	}
	if err := s.Stop(); err != nil {
		t.Fatal(err)
	}
	if _, err := pg.Join(c); err == nil {
		t.Error("a server was found after it had stopped")
	}
}
