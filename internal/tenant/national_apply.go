package tenant

import (
	"context"
	"fmt"

	"elyco/internal/db"
)

// NationalReport tells what came of the national directory's proposals.
type NationalReport struct {
	Changed  int      // establishments that the registry knew
	Added    int      // new ones, planned until somebody opens them
	ToDecide []Change // doubts and the like, which only a person settles
}

// ApplyNational brings proposals of DiffNational into the registry, in one transaction of the importer. A closed
// establishment is marked closed and keeps all it holds; a new one is planned, under the collectivity that funds its
// nature in its department. Doubts are handed back.
func ApplyNational(ctx context.Context, d *db.DB, changes []Change) (NationalReport, error) {
	var report NationalReport
	err := inRegistry(ctx, d, true, func(ctx context.Context, w registryTx) error {
		current, err := w.read(ctx)
		if err != nil {
			return err
		}
		patches, toDecide := patchesOf(changes)
		added, err := additionsOf(changes, current)
		if err != nil {
			return err
		}
		report = NationalReport{Added: len(added), ToDecide: toDecide}
		if report.Changed, err = w.patch(ctx, patches); err != nil {
			return err
		}
		return w.create(ctx, KindEstablishment, added)
	})
	if err != nil {
		return NationalReport{}, fmt.Errorf("apply the national directory: %w", err)
	}
	return report, nil
}

// patch gathers what changes for one establishment. An empty field stays as it is.
type patch struct {
	UAI     string `json:"uai"`
	Code    string `json:"code"`
	Name    string `json:"name"`
	City    string `json:"city"`
	Sector  string `json:"sector"`
	Address string `json:"address"`
	Phone   string `json:"phone"`
	Closed  bool   `json:"closed"`
}

func patchesOf(changes []Change) (patches []patch, toDecide []Change) {
	place := map[UAI]int{}
	for _, c := range changes {
		switch c.Kind {
		case ChangeAdd:
			continue
		case ChangeMissing, ChangeDoubt:
			toDecide = append(toDecide, c)
			continue
		}
		i, known := place[c.UAI]
		if !known {
			i = len(patches)
			place[c.UAI] = i
			patches = append(patches, patch{UAI: string(c.UAI), Address: c.National.Address, Phone: c.National.Phone})
		}
		patches[i].take(c)
	}
	return patches, toDecide
}

func (p *patch) take(c Change) {
	switch {
	case c.Kind == ChangeClose:
		p.Closed = true
	case c.Kind == ChangeCode:
		p.Code = c.After
	case c.Field == "name":
		p.Name = c.After
	case c.Field == "city":
		p.City = c.After
	case c.Field == "sector":
		p.Sector = c.After
	}
}

// additionsOf places each new establishment under its funder with a slug that is free there.
func additionsOf(changes []Change, current []*Tenant) ([]written, error) {
	taken := map[string]bool{}
	for _, t := range current {
		if t.Kind == KindEstablishment {
			taken[pathOf(t)] = true
		}
	}
	var added []written
	for _, c := range changes {
		if c.Kind != ChangeAdd {
			continue
		}
		n := c.National
		up := funderOf(n, current)
		if up == nil {
			return nil, fmt.Errorf("%s : aucune collectivité ne finance un établissement de cette nature dans le département %s", c.Label, n.Department)
		}
		slug := freeSlug(n, up.Slug, taken)
		taken[up.Slug+"/"+slug] = true
		added = append(added, written{N: len(added), Up: up.Slug, Slug: slug, Name: n.Name, UAI: string(n.UAI),
			Nature: n.Nature, Sector: n.Sector, City: n.City, Department: n.Department, State: string(Planned),
			Services: []string{}})
	}
	return added, nil
}

func funderOf(n NationalEstablishment, current []*Tenant) *Tenant {
	for _, t := range current {
		if t.Kind != KindCollectivity {
			continue
		}
		if n.Nature == "college" && t.Nature == Departement && t.Department == n.Department {
			return t
		}
		if n.Nature != "college" && t.Nature == Region {
			return t
		}
	}
	return nil
}

func freeSlug(n NationalEstablishment, up string, taken map[string]bool) string {
	base := Slugify(nameKey(n.Name))
	for _, slug := range []string{base, Slugify(n.Name), Slugify(nameKey(n.Name) + " " + n.City)} {
		if ValidSlug(slug) && !taken[up+"/"+slug] {
			return slug
		}
	}
	// A national code is a slug that nobody else has.
	return Slugify("etab " + string(n.UAI))
}

// PlanNational compares the registry with the national directory, and changes nothing.
func PlanNational(ctx context.Context, d *db.DB, national []NationalEstablishment) ([]Change, error) {
	var known []Establishment
	err := inRegistry(ctx, d, false, func(ctx context.Context, w registryTx) error {
		current, err := w.read(ctx)
		for _, t := range current {
			if t.Kind == KindEstablishment && t.State != Closed && t.State != Merged {
				known = append(known, Establishment{UAI: UAI(t.UAI), Provisional: t.Provisional, MadeUp: t.MadeUp, Slug: t.Slug,
					Nature: t.Nature, Sector: t.Sector, Name: t.Name, City: t.City, Department: t.Department, Wave: t.Wave, Pilot: t.Pilot})
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the registry: %w", err)
	}
	return DiffNational(known, national), nil
}
