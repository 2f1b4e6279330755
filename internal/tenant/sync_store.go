package tenant

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/jackc/pgx/v5"

	"elyco/internal/db"
	"elyco/internal/school"
)

// registryTx is the importer's transaction on the registry of the territory.
type registryTx struct{ tx pgx.Tx }

// inRegistry runs fn in one transaction. When it is going to write, others wait, so that what was compared is what is
// written.
func inRegistry(ctx context.Context, d *db.DB, write bool, fn func(context.Context, registryTx) error) error {
	return d.Import(ctx, func(ctx context.Context, tx pgx.Tx) error {
		if write {
			if _, err := tx.Exec(ctx, "lock table tenant in share row exclusive mode"); err != nil {
				return err
			}
		}
		return fn(ctx, registryTx{tx})
	})
}

// read lists every space with its parent.
func (w registryTx) read(ctx context.Context) ([]*Tenant, error) {
	rows, err := w.tx.Query(ctx, `
		select id, kind, coalesce(parent_id, 0), slug, name, coalesce(uai, ''), provisional, made_up, nature, sector,
		       city, department, wave, pilot, state, state_note, theme, coalesce(domain, ''), presentation,
		       contact_email, contact_phone, address, coalesce(opened_on, '0001-01-01'), coalesce(merged_into, 0),
		       wave_decided, services, updated_at
		from tenant order by id`)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByPos[row])
	if err != nil {
		return nil, err
	}
	byID := make(map[school.ScopeID]*Tenant, len(found))
	all := make([]*Tenant, len(found))
	for i, r := range found {
		all[i] = r.tenant()
		byID[all[i].ID] = all[i]
	}
	for i, r := range found {
		all[i].Parent = byID[r.ParentID]
	}
	return all, nil
}

// written is a space as it travels to the database.
type written struct {
	N            int      `json:"n"` // keeps the order of the files, which is the order of new numbers
	ID           int64    `json:"id"`
	Up           string   `json:"up"`
	Slug         string   `json:"slug"`
	Name         string   `json:"name"`
	UAI          string   `json:"uai"`
	Provisional  bool     `json:"provisional"`
	MadeUp       bool     `json:"made_up"`
	Nature       string   `json:"nature"`
	Sector       string   `json:"sector"`
	City         string   `json:"city"`
	Department   string   `json:"department"`
	Wave         string   `json:"wave"`
	Pilot        bool     `json:"pilot"`
	State        string   `json:"state"`
	Theme        string   `json:"theme"`
	Services     []string `json:"services"`
	Presentation string   `json:"presentation"`
	ContactEmail string   `json:"contact_email"`
	OpenedOn     *string  `json:"opened_on"`
}

const writtenColumns = `as w(n int, id bigint, up text, slug text, name text, uai text, provisional boolean,
	made_up boolean, nature text, sector text, city text, department text, wave text, pilot boolean, state text,
	theme text, services text[], presentation text, contact_email text, opened_on date)`

func writtenOf(n int, c SyncChange) written {
	t := c.after
	w := written{N: n, ID: int64(t.ID), Up: c.up, Slug: t.Slug, Name: t.Name, UAI: t.UAI, Provisional: t.Provisional,
		MadeUp: t.MadeUp, Nature: t.Nature, Sector: t.Sector, City: t.City, Department: t.Department, Wave: t.Wave,
		Pilot: t.Pilot, State: string(t.State), Theme: t.Theme, Services: t.Services, Presentation: t.Presentation,
		ContactEmail: t.ContactEmail}
	if w.Services == nil {
		w.Services = []string{}
	}
	if !t.OpenedOn.IsZero() {
		day := t.OpenedOn.Format("2006-01-02")
		w.OpenedOn = &day
	}
	return w
}

// apply writes the changes, a statement for each rank of the territory and one for all that changes. What moves or
// changes its name gives up its old place first, so that two spaces may exchange theirs.
func (w registryTx) apply(ctx context.Context, changes []SyncChange) error {
	created := map[Kind][]written{}
	var changed []written
	for n, c := range changes {
		switch c.Kind {
		case SyncCreated:
			created[c.after.Kind] = append(created[c.after.Kind], writtenOf(n, c))
		case SyncChanged:
			changed = append(changed, writtenOf(n, c))
		}
	}
	if err := w.free(ctx, changed); err != nil {
		return err
	}
	for _, kind := range []Kind{KindAcademy, KindCollectivity, KindEstablishment} {
		if err := w.create(ctx, kind, created[kind]); err != nil {
			return fmt.Errorf("create the spaces of rank %s: %w", kind, err)
		}
	}
	return w.change(ctx, changed)
}

func (w registryTx) free(ctx context.Context, changed []written) error {
	ids := make([]int64, len(changed))
	for i, c := range changed {
		ids[i] = c.ID
	}
	_, err := w.tx.Exec(ctx, `update tenant set slug = 'moving-' || id, uai = null where id = any ($1) and kind = 'establishment'`, ids)
	return err
}

func (w registryTx) create(ctx context.Context, kind Kind, rows []written) error {
	if len(rows) == 0 {
		return nil
	}
	body, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = w.tx.Exec(ctx, `
		insert into tenant (kind, parent_id, slug, name, uai, provisional, made_up, nature, sector, city, department,
		                    wave, pilot, state, theme, services, presentation, contact_email, opened_on)
		select $2, up.id, w.slug, w.name, nullif(w.uai, ''), w.provisional, w.made_up, w.nature, w.sector, w.city,
		       w.department, w.wave, w.pilot, w.state, w.theme, w.services, w.presentation, w.contact_email, w.opened_on
		from jsonb_to_recordset($1) `+writtenColumns+`
		left join tenant up on ($2 = 'collectivity' and up.kind = 'academy')
		                    or ($2 = 'establishment' and up.kind = 'collectivity' and up.slug = w.up)
		order by w.n`, string(body), string(kind))
	if err != nil || kind != KindAcademy {
		return err
	}
	// Numbers that an interrupted synchronisation consumed are lost; the academy is number 1 all the same.
	_, err = w.tx.Exec(ctx, `update tenant set id = $1 where kind = 'academy' and id <> $1`, int64(school.Academy))
	return err
}

func (w registryTx) change(ctx context.Context, rows []written) error {
	if len(rows) == 0 {
		return nil
	}
	body, err := json.Marshal(rows)
	if err != nil {
		return err
	}
	_, err = w.tx.Exec(ctx, `
		update tenant t
		set parent_id = coalesce(up.id, t.parent_id), slug = w.slug, name = w.name, uai = nullif(w.uai, ''),
		    provisional = w.provisional, made_up = w.made_up, nature = w.nature, sector = w.sector, city = w.city,
		    department = w.department, wave = w.wave, pilot = w.pilot, theme = w.theme, services = w.services,
		    presentation = w.presentation, contact_email = w.contact_email, updated_at = now()
		from jsonb_to_recordset($1) `+writtenColumns+`
		left join tenant up on up.kind = 'collectivity' and up.slug = w.up
		where t.id = w.id`, string(body))
	if err != nil {
		return fmt.Errorf("change spaces: %w", err)
	}
	return nil
}

func (w registryTx) setState(ctx context.Context, id school.ScopeID, to State, note string) (int64, error) {
	tag, err := w.tx.Exec(ctx, `
		update tenant
		set state = $2, state_note = $3, updated_at = now(),
		    opened_on = case when $2 in ('opening', 'open') then coalesce(opened_on, current_date) else opened_on end
		where id = $1`, int64(id), string(to), note)
	return tag.RowsAffected(), err
}
