package testkit

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/local/pg"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit/database"
)

// Main runs a package's tests and stops the servers that they needed. TestMain ends with it.
func Main(m *testing.M) int { return stopStore(database.Main(m)) }

// DB is a database of the test's own, with nothing in it but the schema.
func DB(t testing.TB) *db.DB {
	t.Helper()
	return database.New(t, nil).DB
}

// The spaces of the made territory.
const (
	vendeeID  school.ScopeID = 2
	regionID  school.ScopeID = 3
	collegeID school.ScopeID = 10
	lyceeID   school.ScopeID = 11
	siblingID school.ScopeID = 12
)

// Territory is an academy with two collectivities and three establishments, in a database of the test's own.
type Territory struct {
	*database.Database
	Registry *tenant.Registry

	Academy *tenant.Tenant
	Vendee  *tenant.Tenant // the department: collèges
	Region  *tenant.Tenant // the region: lycées
	College *tenant.Tenant // a public collège of Vendée
	Lycee   *tenant.Tenant // a private lycée of the region
	Sibling *tenant.Tenant // another collège of Vendée

	schools atomic.Int64
	people  atomic.Int64
}

const spaces = `
	insert into tenant (id, kind, parent_id, slug, name, uai, nature, sector, city, department, theme, contact_email) values
	(1, 'academy', null, 'nantes', 'Académie de Nantes', null, '', '', 'Nantes', '', 'academie', ''),
	(2, 'collectivity', 1, 'vendee', 'Département de la Vendée', null, 'departement', '', 'La Roche-sur-Yon', '85', 'vendee', ''),
	(3, 'collectivity', 1, 'pdl', 'Région Pays de la Loire', null, 'region', '', 'Nantes', '', 'region', ''),
	(10, 'establishment', 2, 'dolto', 'Collège Françoise-Dolto', '0859998X', 'college', 'public', 'La Roche-sur-Yon', '85', '', 'contact@dolto.example'),
	(11, 'establishment', 3, 'saint-gabriel', 'Lycée Saint-Gabriel', '0859997W', 'legt', 'private', 'Luçon', '85', '', ''),
	(12, 'establishment', 2, 'colette', 'Collège Colette', '0859996V', 'college', 'public', 'Luçon', '85', '', '')`

const years = `
	insert into school_year (tenant_id, id, label, starts_on, ends_on)
	select id, gen_random_uuid(), '2026-2027', current_date - 100, current_date + 200 from tenant where kind = 'establishment'`

// NewTerritory makes the territory, as hosts under base ("localhost:8080").
func NewTerritory(t testing.TB, base string, clock func() time.Time) *Territory {
	t.Helper()
	return onDatabase(t, database.New(t, clock), base)
}

// NewTerritoryOn is NewTerritory on a database server of the test's own.
func NewTerritoryOn(t testing.TB, server pg.Addresses, base string) *Territory {
	t.Helper()
	return onDatabase(t, database.On(t, server, nil), base)
}

func onDatabase(t testing.TB, d *database.Database, base string) *Territory {
	t.Helper()
	w := &Territory{Database: d}
	w.Exec(t, spaces)
	w.Exec(t, years)
	w.Registry = tenant.NewRegistry(w.DB, base, "http")
	w.settle(t, w.Registry)
	return w
}

// settle reads the territory into r and names its spaces.
func (w *Territory) settle(t testing.TB, r *tenant.Registry) {
	t.Helper()
	if err := r.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.Registry = r
	for id, space := range map[school.ScopeID]**tenant.Tenant{school.Academy: &w.Academy, vendeeID: &w.Vendee, regionID: &w.Region,
		collegeID: &w.College, lyceeID: &w.Lycee, siblingID: &w.Sibling} {
		*space = r.ByID(id)
	}
}

// NewSchool opens one more collège of Vendée, so that a test that shares a house has a school of its own.
func (w *Territory) NewSchool(t testing.TB) *tenant.Tenant {
	t.Helper()
	id := 1000 + w.schools.Add(1)
	w.Exec(t, `insert into tenant (id, kind, parent_id, slug, name, nature, sector, city, department)
		values ($1, 'establishment', 2, $2, $3, 'college', 'public', 'Challans', '85')`, id, fmt.Sprintf("ecole-%d", id), fmt.Sprintf("Collège n° %d", id))
	w.Exec(t, `insert into school_year (tenant_id, id, label, starts_on, ends_on) values ($1, gen_random_uuid(), '2026-2027', current_date - 100, current_date + 200)`, id)
	if err := w.Registry.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w.Registry.ByID(school.ScopeID(id))
}

// NewClass opens a class of a level in a school's year.
func (w *Territory) NewClass(t testing.TB, in *tenant.Tenant, name, level string) school.ClassID {
	t.Helper()
	id := school.ClassID{UUID: school.NewID()}
	w.Exec(t, `insert into class (tenant_id, id, school_year_id, name, level) select $1, $2, id, $3, $4 from school_year where tenant_id = $1`,
		in.ID, id.UUID, name, level)
	return id
}

// NewGroup opens a teaching group in a school's year.
func (w *Territory) NewGroup(t testing.TB, in *tenant.Tenant, name string) school.GroupID {
	t.Helper()
	id := school.GroupID{UUID: school.NewID()}
	w.Exec(t, `insert into teaching_group (tenant_id, id, school_year_id, name) select $1, $2, id, $3 from school_year where tenant_id = $1`,
		in.ID, id.UUID, name)
	return id
}

// Everywhere lists the spaces of the territory that tests name, from the top.
func (w *Territory) Everywhere() []*tenant.Tenant {
	return []*tenant.Tenant{w.Academy, w.Vendee, w.Region, w.College, w.Lycee, w.Sibling}
}

func uuids(people []Person) []uuid.UUID {
	ids := make([]uuid.UUID, len(people))
	for i, p := range people {
		ids[i] = p.ID.UUID
	}
	return ids
}
