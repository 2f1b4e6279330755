package tenant

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"elyco/internal/db"
	"elyco/internal/school"
)

// SyncKind says what happens to one space when the files are brought into the registry.
type SyncKind string

// The three things that can happen. Nothing is ever deleted: what a school kept stays with the school.
const (
	SyncCreated SyncKind = "created"
	SyncChanged SyncKind = "changed"
	SyncKept    SyncKind = "kept" // the files no longer name it
)

// FieldChange is one field that the files change, named for the operator who reads the report.
type FieldChange struct {
	Field string
	Old   string
	New   string
}

// SyncChange is what happens to one space.
type SyncChange struct {
	Kind   SyncKind
	Path   string // nantes, vendee, vendee/haxo
	Name   string
	State  State
	Fields []FieldChange // of SyncChanged

	after Tenant // what the row becomes
	up    string // slug of the collectivity above, for an establishment that is created or moved
}

// String says the change in French, one line a space.
func (c SyncChange) String() string {
	switch c.Kind {
	case SyncCreated:
		return fmt.Sprintf("%s (%s) : créé, %s", c.Path, c.Name, stateWords(c.State))
	case SyncKept:
		return fmt.Sprintf("%s (%s) : n’est plus dans les fichiers, conservé, %s", c.Path, c.Name, stateWords(c.State))
	}
	parts := make([]string, len(c.Fields))
	for i, f := range c.Fields {
		parts[i] = fmt.Sprintf("%s : « %s » devient « %s »", f.Field, f.Old, f.New)
	}
	return fmt.Sprintf("%s (%s) : %s", c.Path, c.Name, strings.Join(parts, " ; "))
}

func stateWords(s State) string {
	words := map[State]string{Planned: "prévu", Opening: "en cours d’ouverture", Open: "ouvert", Suspended: "suspendu",
		Closed: "fermé", Merged: "fusionné"}
	return words[s]
}

// Report tells what a synchronisation changes, or would change.
type Report struct {
	Changes []SyncChange
	Applied bool
}

// Count tells how many spaces a kind of change concerns.
func (r Report) Count(k SyncKind) int {
	n := 0
	for _, c := range r.Changes {
		if c.Kind == k {
			n++
		}
	}
	return n
}

// Pending reports whether applying would write anything.
func (r Report) Pending() bool { return r.Count(SyncCreated)+r.Count(SyncChanged) > 0 }

// Sync brings the files' territory into the registry in one transaction of the importer, and tells what that changes.
// Without apply nothing is written. Doing it again changes nothing. A fault says what an operator must put right.
func Sync(ctx context.Context, d *db.DB, t Territory, apply bool) (Report, error) {
	var report Report
	err := inRegistry(ctx, d, apply, func(ctx context.Context, w registryTx) error {
		current, err := w.read(ctx)
		if err != nil {
			return err
		}
		if err := checkAcademy(current); err != nil {
			return err
		}
		report = Report{Changes: PlanSync(current, t), Applied: apply}
		if !apply {
			return nil
		}
		return w.apply(ctx, report.Changes)
	})
	if err != nil {
		return Report{}, fmt.Errorf("synchronise the territory: %w", err)
	}
	return report, nil
}

// Accounts live in scope 1: a database whose academy bears another number cannot be used.
func checkAcademy(current []*Tenant) error {
	for _, t := range current {
		if t.Kind == KindAcademy && t.ID != school.Academy {
			return errors.New("l’académie n’a pas le numéro 1 dans le registre : cette base n’est pas celle d’E-LYCO")
		}
		if t.Kind != KindAcademy && t.ID == school.Academy {
			return errors.New("le numéro 1 du registre n’est pas une académie : cette base n’est pas celle d’E-LYCO")
		}
	}
	return nil
}

// PlanSync compares the registry with the files. An establishment is recognised by its national code, or else by its
// place (collectivity and slug), so that a provisional code may be replaced on either side.
func PlanSync(current []*Tenant, t Territory) []SyncChange {
	wishes := wishesOf(t)
	matched := match(current, wishes)
	seen := map[school.ScopeID]bool{}
	var changes []SyncChange
	for i, w := range wishes {
		now := matched[i]
		if now == nil {
			changes = append(changes, SyncChange{Kind: SyncCreated, Path: w.path(), Name: w.Name, State: w.State, after: w.Tenant, up: w.up})
			continue
		}
		seen[now.ID] = true
		after, fields := merge(now, w)
		if len(fields) > 0 {
			changes = append(changes, SyncChange{Kind: SyncChanged, Path: w.path(), Name: after.Name, State: now.State,
				Fields: fields, after: after, up: w.up})
		}
	}
	for _, now := range current {
		if !seen[now.ID] {
			changes = append(changes, SyncChange{Kind: SyncKept, Path: pathOf(now), Name: now.Name, State: now.State})
		}
	}
	return changes
}

// wish is a space as the files want it. up is the slug of the collectivity above an establishment.
type wish struct {
	Tenant
	up string
}

func (w wish) path() string { return strings.TrimPrefix(w.up+"/"+w.Slug, "/") }

func pathOf(t *Tenant) string {
	if t.Kind == KindEstablishment {
		return t.Parent.Slug + "/" + t.Slug
	}
	return t.Slug
}

func wishesOf(t Territory) []wish {
	wishes := []wish{{Tenant: Tenant{Kind: KindAcademy, Slug: t.Academy.Slug, Name: t.Academy.Name, State: Open,
		Presentation: t.Academy.Presentation, ContactEmail: t.Academy.ContactEmail}}}
	for _, c := range t.Collectivities {
		wishes = append(wishes, wish{Tenant: Tenant{Kind: KindCollectivity, Slug: c.Slug, Name: c.Name, Nature: c.Kind,
			Department: c.Department, Theme: c.Theme, Services: c.Services, State: Open,
			Presentation: c.Presentation, ContactEmail: c.ContactEmail}})
	}
	for _, c := range t.Collectivities {
		for _, e := range c.Establishments {
			wishes = append(wishes, wish{up: c.Slug, Tenant: Tenant{Kind: KindEstablishment, Slug: e.Slug, Name: e.Name,
				UAI: string(e.UAI), Provisional: e.Provisional, MadeUp: e.MadeUp, Nature: e.Nature, Sector: e.Sector,
				City: e.City, Department: e.Department, Wave: e.Wave, Pilot: e.Pilot, State: Open,
				OpenedOn: firstDay(e.Wave)}})
		}
	}
	return wishes
}

// firstDay is the first of September of a school year, or no day when the year is not known.
func firstDay(wave string) time.Time {
	year := schoolYearStart(wave)
	if year == 0 {
		return time.Time{}
	}
	return time.Date(year, time.September, 1, 0, 0, 0, 0, time.UTC)
}

// match finds for each wish the space that it describes, or nil. A code is a surer sign than a place.
func match(current []*Tenant, wishes []wish) []*Tenant {
	byCode, byPath := map[string]*Tenant{}, map[string]*Tenant{}
	for _, t := range current {
		byPath[string(t.Kind)+" "+pathOf(t)] = t
		if t.UAI != "" {
			byCode[t.UAI] = t
		}
	}
	found := make([]*Tenant, len(wishes))
	taken := map[school.ScopeID]bool{}
	for i, w := range wishes {
		t := byCode[w.UAI]
		if w.Kind == KindAcademy {
			t = academyOf(current)
		}
		if t != nil {
			found[i], taken[t.ID] = t, true
		}
	}
	for i, w := range wishes {
		t := byPath[string(w.Kind)+" "+w.path()]
		if found[i] == nil && t != nil && !taken[t.ID] {
			found[i], taken[t.ID] = t, true
		}
	}
	return found
}

func academyOf(current []*Tenant) *Tenant {
	for _, t := range current {
		if t.Kind == KindAcademy {
			return t
		}
	}
	return nil
}
