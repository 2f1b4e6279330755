package tenant_test

import (
	"context"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/local/pg"
	"elyco/internal/tenant"
	"elyco/migrations"
	"elyco/tenants"
)

// database starts a private server with an empty, migrated database.
func database(t *testing.T) *db.DB {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "tenant-test-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	os.Chmod(dir, 0o755)
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	s, err := pg.Start(ctx, pg.Config{Dir: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Stop() })
	if err := pg.Bootstrap(ctx, s, "elyco"); err != nil {
		t.Fatal(err)
	}
	if _, err := db.Migrate(ctx, s.DSN(pg.Owner, "elyco"), migrations.FS); err != nil {
		t.Fatal(err)
	}
	d, err := db.Open(ctx, db.Config{App: s.DSN(pg.App, "elyco"), Import: s.DSN(pg.Import, "elyco"), Pool: 2})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(d.Close)
	return d
}

func territory(t *testing.T) tenant.Territory {
	t.Helper()
	found, problems := tenant.LoadTerritory(tenants.FS)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return found
}

func sync(t *testing.T, d *db.DB, files tenant.Territory, apply bool) tenant.Report {
	t.Helper()
	r, err := tenant.Sync(t.Context(), d, files, apply)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func edit(t *testing.T, d *db.DB, sql string) {
	t.Helper()
	err := d.Import(t.Context(), func(ctx context.Context, tx pgx.Tx) error {
		_, err := tx.Exec(ctx, sql)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func load(t *testing.T, d *db.DB) *tenant.Registry {
	t.Helper()
	r := tenant.NewRegistry(d, "localhost:8080", "http")
	if err := r.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
}

const haxo = "haxo.vendee.localhost:8080"

func TestSync(t *testing.T) {
	d, files := database(t), territory(t)
	want := 1 + len(files.Collectivities)
	for _, c := range files.Collectivities {
		want += len(c.Establishments)
	}

	if plan := sync(t, d, files, false); plan.Count(tenant.SyncCreated) != want || plan.Applied {
		t.Fatalf("the plan creates %d spaces, want %d", plan.Count(tenant.SyncCreated), want)
	}
	if r := load(t, d); len(r.All()) != 0 {
		t.Fatalf("a dry run wrote %d spaces", len(r.All()))
	}
	sync(t, d, files, true)
	reg := load(t, d)
	if reg.Academy() == nil || reg.Academy().ID != 1 || len(reg.All()) != want {
		t.Fatalf("academy %v, %d spaces, want number 1 and %d", reg.Academy(), len(reg.All()), want)
	}
	h := reg.Resolve(haxo)
	if h == nil || h.Name != "Collège Haxo" || !h.Pilot || h.OpenedOn.Year() != 2009 {
		t.Fatalf("haxo is %+v", h)
	}
	if again := sync(t, d, files, true); len(again.Changes) != 0 {
		t.Fatalf("the second run changes %v", again.Changes)
	}
	t.Run("what people wrote stays", func(t *testing.T) { keepsEdits(t, d, files) })
	t.Run("files change a name and exchange two slugs", func(t *testing.T) { changesFields(t, d, files) })
	t.Run("what the files no longer name is kept", func(t *testing.T) { keepsDropped(t, d, files) })
	t.Run("a national code survives provisional files", func(t *testing.T) { keepsNational(t, d, files) })
}

func keepsEdits(t *testing.T, d *db.DB, files tenant.Territory) {
	edit(t, d, `update tenant set presentation = 'Écrit ici', state = 'suspended', contact_phone = '02' where slug = 'vendee'`)
	if r := sync(t, d, files, true); len(r.Changes) != 0 {
		t.Fatalf("edits were overwritten: %v", r.Changes)
	}
	v := load(t, d).Resolve("vendee.localhost:8080")
	if v.Presentation != "Écrit ici" || v.State != tenant.Suspended || v.ContactPhone != "02" {
		t.Fatalf("edits were lost: %+v", v)
	}
}

// vendee gives a copy of the territory whose Vendée can be changed, and the two establishments to change.
func vendee(files tenant.Territory) (tenant.Territory, *tenant.Collectivity) {
	files.Collectivities = append([]tenant.Collectivity(nil), files.Collectivities...)
	for i := range files.Collectivities {
		c := &files.Collectivities[i]
		if c.Slug == "vendee" {
			c.Establishments = append([]tenant.Establishment(nil), c.Establishments...)
			return files, c
		}
	}
	panic("no Vendée in the territory")
}

func changesFields(t *testing.T, d *db.DB, files tenant.Territory) {
	before := load(t, d)
	files, c := vendee(files)
	a, b := &c.Establishments[0], &c.Establishments[1]
	a.Slug, b.Slug, a.Name = b.Slug, a.Slug, "Collège Renommé"
	c.Services = append(slices.Clone(c.Services), "wiki")
	r := sync(t, d, files, true)
	if r.Count(tenant.SyncChanged) != 3 || len(r.Changes[1].Fields) != 2 {
		t.Fatalf("got %v", r.Changes)
	}
	after := load(t, d)
	if !after.Resolve("vendee.localhost:8080").Offers("wiki") {
		t.Error("a service that the files now offer stays shut")
	}
	moved := after.Resolve(a.Slug + ".vendee.localhost:8080")
	if moved.Name != "Collège Renommé" || moved.ID != before.Resolve(b.Slug+".vendee.localhost:8080").ID {
		t.Fatalf("the number did not follow the code: %+v", moved)
	}
}

func keepsDropped(t *testing.T, d *db.DB, files tenant.Territory) {
	sync(t, d, files, true)
	cut, c := vendee(files)
	gone := c.Establishments[len(c.Establishments)-1]
	c.Establishments = c.Establishments[:len(c.Establishments)-1]
	r := sync(t, d, cut, true)
	if r.Count(tenant.SyncKept) != 1 || len(r.Changes) != 1 || r.Changes[0].Path != "vendee/"+gone.Slug {
		t.Fatalf("got %v", r.Changes)
	}
	if load(t, d).Resolve(gone.Slug+".vendee.localhost:8080") == nil {
		t.Fatal("the establishment was deleted")
	}
}

func keepsNational(t *testing.T, d *db.DB, files tenant.Territory) {
	h := load(t, d).Resolve(haxo)
	national := tenant.NationalEstablishment{UAI: "0850025A", Name: "Collège Nicolas Haxo", City: h.City, Address: "1 rue du Collège"}
	report, err := tenant.ApplyNational(t.Context(), d, []tenant.Change{
		{Kind: tenant.ChangeCode, UAI: tenant.UAI(h.UAI), Field: "uai", After: string(national.UAI), National: national},
		{Kind: tenant.ChangeField, UAI: tenant.UAI(h.UAI), Field: "name", After: national.Name, National: national},
		{Kind: tenant.ChangeAdd, UAI: "0850099F", Label: "Collège Haxo, Ailleurs", National: tenant.NationalEstablishment{
			UAI: "0850099F", Name: "Collège Haxo", Nature: "college", Sector: "public", City: "Ailleurs", Department: "85"}},
		{Kind: tenant.ChangeMissing, UAI: "0851234A"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if report.Changed != 1 || report.Added != 1 || len(report.ToDecide) != 1 {
		t.Fatalf("got %+v", report)
	}
	if r := sync(t, d, files, true); r.Pending() {
		t.Fatalf("provisional files took back the national code: %v", r.Changes)
	}
	reg := load(t, d)
	now := reg.Resolve(haxo)
	if now.ID != h.ID || now.UAI != "0850025A" || now.Provisional || now.Name != "Collège Nicolas Haxo" || now.Address == "" {
		t.Fatalf("got %+v", now)
	}
	added := reg.Resolve("college-haxo.vendee.localhost:8080")
	if added == nil || added.State != tenant.Planned {
		t.Fatalf("the addition is %+v", added)
	}
}
