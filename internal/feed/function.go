package feed

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/school"
)

// Role is what a function of the source makes of somebody in an establishment.
type Role struct {
	Code    string // ENS, DIR …
	Label   string
	Profile school.Profile // empty: the function is passed over
	Version int            // that was seen; 0 for a new one
}

// RoleProfiles lists the profiles that a function may give: those of staff.
func RoleProfiles() []school.Profile {
	return slices.DeleteFunc(school.SchoolProfiles(), func(p school.Profile) bool { return !p.Adult() })
}

// Roles lists what functions make of people, by code. ctx is in the academy's space.
func (e *Engine) Roles(ctx context.Context) ([]Role, error) {
	var list []Role
	err := e.db.Batch(ctx, func(b *db.Batch) { queueRoles(b, &list) })
	return list, wrap("list the functions", err)
}

// SetRole says what a function makes of somebody from the next feed on; by is who decides. It refuses with Invalid a code
// or a profile that cannot be, and with Conflict a line that somebody else has changed since.
func (e *Engine) SetRole(ctx context.Context, by school.PersonID, role Role) error {
	role.Code, role.Label = strings.ToUpper(clean(role.Code)), clean(role.Label)
	wrong := fault.Fields{}
	if n := len([]rune(role.Code)); n < 1 || n > 20 || strings.ContainsAny(role.Code, " $") {
		wrong.Add("code", "Un code a de 1 à 20 lettres ou chiffres, sans espace, comme la source l’écrit : ENS, DIR…")
	}
	if role.Label == "" {
		wrong.Add("label", "Dites en quelques mots ce que ce code veut dire.")
	}
	if role.Profile != "" && !slices.Contains(RoleProfiles(), role.Profile) {
		wrong.Add("profile", "Choisissez l’un des profils de la liste.")
	}
	if err := wrong.OrNil(); err != nil {
		return err
	}
	return e.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		done, err := writeRole(ctx, tx, role)
		if err != nil {
			return fmt.Errorf("set what a function gives: %w", err)
		}
		if !done {
			return fault.New(fault.Conflict, "Cette fonction a été modifiée entre-temps, ou existe déjà. Ouvrez de nouveau la page pour la voir.")
		}
		return audit.Record(ctx, tx, audit.Entry{Actor: by, Action: "feeds.function", Subject: role.Code, Title: role.Label,
			Detail: map[string]any{"profile": string(role.Profile)}})
	})
}
