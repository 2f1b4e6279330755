// Package audiencetest makes a small territory of real people in a real PostgreSQL, for the tests of what is published
// and who sees it.
package audiencetest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/local/pg"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/migrations"
)

// World is a territory: the academy, the departments of Vendée and Mayenne, the region, and six establishments.
type World struct {
	DB       *db.DB
	Registry *tenant.Registry
	Clock    *Clock

	Academy, Vendee, Mayenne, Region      *tenant.Tenant
	Rochelle, Lucon, Laval, Lycee, LP, Up *tenant.Tenant

	server *pg.Server
}

// Clock is the time of the tests, which they may move.
type Clock struct{ At time.Time }

// Now is what the database's clock says.
func (c *Clock) Now() time.Time { return c.At }

// Main starts one world for a package's tests, runs them and takes it down.
func Main(m *testing.M, use func(w *World)) int {
	w, err := start(context.Background())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer w.server.Stop()
	defer w.DB.Close()
	use(w)
	return m.Run()
}

func start(ctx context.Context) (*World, error) {
	ctx, cancel := context.WithTimeout(ctx, time.Minute)
	defer cancel()
	s, err := pg.Throwaway(ctx, pg.Config{})
	if err != nil {
		return nil, err
	}
	w := &World{server: s, Clock: &Clock{At: time.Now().UTC().Truncate(time.Second)}}
	if err := w.prepare(ctx); err != nil {
		s.Stop()
		return nil, err
	}
	return w, nil
}

func (w *World) prepare(ctx context.Context) error {
	if err := pg.Bootstrap(ctx, w.server, "elyco"); err != nil {
		return err
	}
	if _, err := db.Migrate(ctx, w.server.DSN(pg.Owner, "elyco"), migrations.FS); err != nil {
		return err
	}
	d, err := db.Open(ctx, db.Config{App: w.server.DSN(pg.App, "elyco"), Import: w.server.DSN(pg.Import, "elyco"), Pool: 4, Clock: w.Clock.Now})
	if err != nil {
		return err
	}
	w.DB = d
	if err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, territory)
		return err
	}); err != nil {
		return fmt.Errorf("make the territory: %w", err)
	}
	w.Registry = tenant.NewRegistry(d, "localhost:8080", "http")
	if err := w.Registry.Load(ctx); err != nil {
		return err
	}
	for id, t := range map[school.ScopeID]**tenant.Tenant{1: &w.Academy, 2: &w.Vendee, 3: &w.Mayenne, 4: &w.Region, 10: &w.Rochelle,
		11: &w.Lucon, 12: &w.Laval, 13: &w.Lycee, 14: &w.LP, 15: &w.Up} {
		*t = w.Registry.ByID(id)
	}
	return nil
}

const territory = `
	insert into tenant (id, kind, parent_id, slug, name, nature, sector, city, department, theme) values
	(1, 'academy', null, 'nantes', 'Académie de Nantes', '', '', 'Nantes', '', 'academie'),
	(2, 'collectivity', 1, 'vendee', 'Département de la Vendée', 'departement', '', 'La Roche-sur-Yon', '85', 'vendee'),
	(3, 'collectivity', 1, 'mayenne', 'Département de la Mayenne', 'departement', '', 'Laval', '53', 'mayenne'),
	(4, 'collectivity', 1, 'pdl', 'Région Pays de la Loire', 'region', '', 'Nantes', '', 'region'),
	(10, 'establishment', 2, 'roche', 'Collège de la Roche', 'college', 'public', 'La Roche-sur-Yon', '85', ''),
	(11, 'establishment', 2, 'lucon', 'Collège de Luçon', 'college', 'private', 'Luçon', '85', ''),
	(12, 'establishment', 3, 'laval', 'Collège de Laval', 'college', 'public', 'Laval', '53', ''),
	(13, 'establishment', 4, 'lycee', 'Lycée de Luçon', 'legt', 'public', 'Luçon', '85', ''),
	(14, 'establishment', 4, 'lp', 'Lycée professionnel de Laval', 'lp', 'public', 'Laval', '53', ''),
	(15, 'establishment', 2, 'erea', 'EREA de Vendée', 'erea', 'public', 'Aizenay', '85', '');
	insert into school_year (tenant_id, id, label, starts_on, ends_on)
	select id, gen_random_uuid(), '2026-2027', current_date - 100, current_date + 200 from tenant where kind = 'establishment'`

// In puts ctx in a space.
func In(ctx context.Context, t *tenant.Tenant) context.Context { return tenant.Enter(ctx, t) }

// Import runs a statement as the importer and fails the test when it fails.
func (w *World) Import(t testing.TB, sql string, args ...any) {
	t.Helper()
	err := w.DB.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql, args...)
		return err
	})
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// Class makes a class of a level.
func (w *World) Class(t testing.TB, in *tenant.Tenant, name, level string) school.ClassID {
	t.Helper()
	id := school.ClassID{UUID: uuid.New()}
	w.Import(t, `insert into class (tenant_id, id, school_year_id, name, level)
		select $1, $2, id, $3, $4 from school_year where tenant_id = $1`, in.ID, id.UUID, name, level)
	return id
}

// Group makes a teaching group.
func (w *World) Group(t testing.TB, in *tenant.Tenant, name string) school.GroupID {
	t.Helper()
	id := school.GroupID{UUID: uuid.New()}
	w.Import(t, `insert into teaching_group (tenant_id, id, school_year_id, name)
		select $1, $2, id, $3 from school_year where tenant_id = $1`, in.ID, id.UUID, name)
	return id
}

// Person makes somebody who belongs nowhere yet.
func (w *World) Person(t testing.TB, given, family string) school.PersonID {
	t.Helper()
	id := school.PersonID{UUID: uuid.New()}
	w.Import(t, `insert into person (tenant_id, id, given_name, family_name) values (1, $1, $2, $3)`, id.UUID, given, family)
	return id
}

// Join makes a person a member of a space, tied to classes and groups.
func (w *World) Join(t testing.TB, in *tenant.Tenant, who school.PersonID, p school.Profile, ties ...any) {
	t.Helper()
	w.Import(t, `insert into membership (tenant_id, person_id, profile, given_name, family_name)
		select $1, id, $3, given_name, family_name from person where tenant_id = 1 and id = $2`, in.ID, who.UUID, string(p))
	for _, tie := range ties {
		switch tie := tie.(type) {
		case school.ClassID:
			w.Import(t, `insert into class_member (tenant_id, class_id, person_id, profile) values ($1, $2, $3, $4)`, in.ID, tie.UUID, who.UUID, string(p))
		case school.GroupID:
			w.Import(t, `insert into group_member (tenant_id, group_id, person_id, profile) values ($1, $2, $3, $4)`, in.ID, tie.UUID, who.UUID, string(p))
		default:
			t.Fatalf("no tie: %T", tie)
		}
	}
}

// Administer delegates the administration of a space to a member.
func (w *World) Administer(t testing.TB, in *tenant.Tenant, who school.PersonID) {
	t.Helper()
	w.Import(t, `update membership set admin = true where tenant_id = $1 and person_id = $2`, in.ID, who.UUID)
}

// Entrust gives an agent sections to edit.
func (w *World) Entrust(t testing.TB, in *tenant.Tenant, who school.PersonID, sections ...string) {
	t.Helper()
	w.Import(t, `update membership set sections = $3 where tenant_id = $1 and person_id = $2`, in.ID, who.UUID, sections)
}

// Follow ties a guardian to a child of the same establishment.
func (w *World) Follow(t testing.TB, in *tenant.Tenant, guardian, child school.PersonID) {
	t.Helper()
	w.Import(t, `insert into guardianship (tenant_id, child_id, guardian_id, tie) values ($1, $2, $3, 'parent')`, in.ID, child.UUID, guardian.UUID)
}

// Exclude takes a guardian's access to a child away for a while.
func (w *World) Exclude(t testing.TB, in *tenant.Tenant, guardian, child school.PersonID) {
	t.Helper()
	w.Import(t, `update guardianship set excluded_until = current_date + 30 where tenant_id = $1 and child_id = $2 and guardian_id = $3`, in.ID, child.UUID, guardian.UUID)
}

// Actor issues the person's passport and reads it as a session does, from the space in.
func (w *World) Actor(t testing.TB, in *tenant.Tenant, who school.PersonID) school.Actor {
	t.Helper()
	var body []byte
	a := school.Actor{Person: who}
	err := w.DB.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `select issue_passports($1)`, []uuid.UUID{who.UUID}); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `select name, body from passport where person_id = $1`, who.UUID).Scan(&a.Name, &body)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(body, &a.Everywhere); err != nil {
		t.Fatal(err)
	}
	return a.In(in.ID)
}
