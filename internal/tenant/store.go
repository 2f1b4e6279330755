package tenant

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

type row struct {
	ID           int64
	Kind         string
	ParentID     school.ScopeID
	Slug         string
	Name         string
	UAI          string
	Provisional  bool
	MadeUp       bool
	Nature       string
	Sector       string
	City         string
	Department   string
	Wave         string
	Pilot        bool
	State        string
	StateNote    string
	Theme        string
	Domain       string
	Presentation string
	ContactEmail string
	ContactPhone string
	Address      string
	OpenedOn     time.Time
	MergedInto   school.ScopeID
	WaveDecided  bool
	Services     []string
	UpdatedAt    time.Time

	chosen      bool
	closedBelow []string
}

func (r row) tenant() *Tenant {
	return &Tenant{
		ID: school.ScopeID(r.ID), Kind: Kind(r.Kind), Slug: r.Slug, Name: r.Name, UAI: r.UAI,
		Provisional: r.Provisional, MadeUp: r.MadeUp, Nature: r.Nature, Sector: r.Sector, City: r.City,
		Department: r.Department, Wave: r.Wave, Pilot: r.Pilot, State: State(r.State), StateNote: r.StateNote,
		Theme: r.Theme, Domain: r.Domain, Presentation: r.Presentation, ContactEmail: r.ContactEmail,
		ContactPhone: r.ContactPhone, Address: r.Address, OpenedOn: r.OpenedOn, MergedInto: r.MergedInto, WaveDecided: r.WaveDecided,
		Services: r.Services, UpdatedAt: r.UpdatedAt, Chosen: r.chosen, ClosedBelow: r.closedBelow,
	}
}

// readAll reads every space, and over what the registry says, what each has said of itself. It takes the importer's role,
// because row security would show one scope's words at a time. The registry is bounded by the territory itself: a few
// thousand rows at the most.
func readAll(ctx context.Context, d *db.DB) ([]row, error) {
	var found []row
	err := d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			select t.id, t.kind, coalesce(t.parent_id, 0), t.slug, coalesce(s.name, t.name), coalesce(t.uai, ''), t.provisional, t.made_up,
			       t.nature, t.sector, t.city, t.department, t.wave, t.pilot,
			       t.state, t.state_note, t.theme,
			       coalesce(t.domain, ''), coalesce(s.presentation, t.presentation), coalesce(s.contact_email, t.contact_email),
			       coalesce(s.contact_phone, t.contact_phone), coalesce(s.address, t.address),
			       coalesce(t.opened_on, '0001-01-01'), coalesce(t.merged_into, 0), t.wave_decided,
			       coalesce(s.services, t.services), greatest(t.updated_at, s.changed_at),
			       s.services is not null, coalesce(s.closed_below, '{}')
			from tenant t
			left join space s on s.tenant_id = t.id
			order by t.id`)
		if err != nil {
			return err
		}
		found, err = pgx.CollectRows(rows, func(r pgx.CollectableRow) (x row, err error) {
			err = r.Scan(&x.ID, &x.Kind, &x.ParentID, &x.Slug, &x.Name, &x.UAI, &x.Provisional, &x.MadeUp, &x.Nature, &x.Sector, &x.City,
				&x.Department, &x.Wave, &x.Pilot, &x.State, &x.StateNote, &x.Theme, &x.Domain, &x.Presentation, &x.ContactEmail,
				&x.ContactPhone, &x.Address, &x.OpenedOn, &x.MergedInto, &x.WaveDecided, &x.Services, &x.UpdatedAt, &x.chosen, &x.closedBelow)
			return x, err
		})
		return err
	})
	return found, err
}
