package oversight

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// Editor is an agent of the collectivity, with the sections that the agent writes in.
type Editor struct {
	Person        school.PersonID
	Name          string
	Function      string
	Administrator bool // writes in every section
	Sections      []string
	Until         time.Time // zero: without end
	From          time.Time
}

// Editors lists the agents of the context's collectivity, in the order of their names.
func (r *Room) Editors(ctx context.Context) ([]Editor, error) {
	var list []Editor
	err := r.DB.Batch(ctx, func(b *db.Batch) { queueEditors(b, &list, directory.Day(r.DB.NowIn(ctx))) })
	if err != nil {
		return nil, fmt.Errorf("read the editors of sections: %w", err)
	}
	return list, nil
}

// Entrust gives an agent sections in place of those that the page showed; none withdraws them all, and the agent stays one.
func (r *Room) Entrust(ctx context.Context, person school.PersonID, was, sections []string, until time.Time) error {
	if err := r.checkSections(sections); err != nil {
		return err
	}
	return r.Directory.SetSections(ctx, session.Actor(ctx).Person, person, was, sections, until)
}

// Invite makes a person of the academy, found by the login, an agent who writes in sections.
func (r *Room) Invite(ctx context.Context, login string, sections []string, from, until time.Time) error {
	if len(sections) == 0 {
		return fault.Field("sections", "Choisissez au moins une rubrique.")
	}
	if err := r.checkSections(sections); err != nil {
		return err
	}
	var person school.PersonID
	var found bool
	err := r.DB.Batch(tenant.Enter(ctx, r.Registry.Academy()), func(b *db.Batch) { queueLogin(b, &found, &person, strings.ToLower(login)) })
	if err != nil {
		return fmt.Errorf("look up a login: %w", err)
	}
	if !found {
		return fault.Field("login", "Personne n’a cet identifiant. Vérifiez-le auprès de la personne.")
	}
	return r.Directory.AddMembership(ctx, session.Actor(ctx).Person, directory.Membership{Person: person, Profile: school.Collectivity,
		Sections: sections, StartsOn: from, EndsOn: until})
}

func (r *Room) checkSections(sections []string) error {
	for _, s := range sections {
		if !slices.ContainsFunc(r.Sections, func(k Section) bool { return k.Name == s }) {
			return fault.Field("sections", "Choisissez parmi les rubriques proposées.")
		}
	}
	return nil
}
