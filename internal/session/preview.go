package session

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/school"
	"elyco/internal/words"
)

// paris is where days begin and end.
var paris = words.Zone()

// Preview is a look at a space with the eyes of a profile. It is kept on the session of one host and ends by itself.
type Preview struct {
	ID      uuid.UUID         `json:"id"`   // names it in the trail
	Name    string            `json:"name"` // of who is played, as pages show it
	As      string            `json:"as"`   // the same after "Vous voyez l’établissement": "comme élève de 4e B"
	Profile school.Profile    `json:"profile"`
	Classes []school.ClassRef `json:"classes,omitempty"`
	Groups  []school.GroupRef `json:"groups,omitempty"`
	Child   school.ChildRef   `json:"child,omitzero"` // of a guardian: one's own when Own, else nobody
	Own     bool              `json:"own,omitempty"`
	Days    int               `json:"days,omitempty"` // after the true day
	Until   time.Time         `json:"until"`

	// Visits is set when support looks as this very person: the profile and all that goes with it are then not read.
	Visits school.PersonID `json:"visits,omitzero"`
}

// At is the instant that the preview shows: the same hour, on the day that was chosen.
func (p Preview) At(now time.Time) time.Time { return now.In(paris).AddDate(0, 0, p.Days) }

// eyes is the actor through whom the preview looks: nobody, with one membership in the space of by. It is false when by
// is no longer a guardian of the child that the preview is about.
//
// The id is the preview's own, which no person ever had: whatever is kept about persons is not found under it.
func (p Preview) eyes(by school.Actor) (school.Actor, bool) {
	m := school.Membership{Scope: by.Scope, Profile: p.Profile, Classes: p.Classes, Groups: p.Groups}
	if p.Profile == school.Guardian {
		child := p.Child
		if p.Own {
			var still bool
			if child, still = childOf(by, p.Child.ID); !still {
				return school.Actor{}, false
			}
		}
		m.Classes, m.Groups, m.Children = nil, nil, []school.ChildRef{child}
	}
	here := []school.Membership{m}
	return school.Actor{Scope: by.Scope, Person: school.PersonID{UUID: p.ID}, Name: p.Name, Here: here, Everywhere: here,
		Comfort: by.Comfort, PreviewOnly: true}, true
}

func childOf(a school.Actor, id school.PersonID) (school.ChildRef, bool) {
	for _, m := range a.Here {
		for _, c := range m.Children {
			if m.Profile == school.Guardian && c.ID == id {
				return c, true
			}
		}
	}
	return school.ChildRef{}, false
}

// Judge says whether somebody may still look through a preview that was begun. It is asked with every request, because
// rights change meanwhile.
type Judge func(by school.Actor, p Preview) bool

// Look is a preview that runs, with who really looks.
type Look struct {
	Preview
	By school.Actor
}

type (
	lookKey struct{}
	overKey struct{}
)

// Looking returns the preview that runs in ctx.
func Looking(ctx context.Context) (Look, bool) {
	l, ok := ctx.Value(lookKey{}).(Look)
	return l, ok
}

// LookOver reports whether a preview was found to be over with this very request.
func LookOver(ctx context.Context) bool { return ctx.Value(overKey{}) != nil }

// unpackPreview reads what the session holds. What cannot be read is a preview that stands no longer.
func unpackPreview(raw []byte) *Preview {
	if len(raw) == 0 {
		return nil
	}
	p := &Preview{}
	if err := json.Unmarshal(raw, p); err != nil {
		return &Preview{}
	}
	return p
}

// BeginPreview has the actor look through p on the actor's host from the next request on, in every tab.
func (s *Sessions) BeginPreview(ctx context.Context, p Preview) error {
	body, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("write a preview: %w", err)
	}
	if err := s.keepPreview(ctx, Actor(ctx), body); err != nil {
		return fmt.Errorf("begin preview %s: %w", p.ID, err)
	}
	return nil
}

// EndPreview gives by the own eyes again on by's host.
func (s *Sessions) EndPreview(ctx context.Context, by school.Actor) error {
	if err := s.keepPreview(ctx, by, nil); err != nil {
		return fmt.Errorf("end a preview of %s: %w", by.Person, err)
	}
	return nil
}

func (s *Sessions) keepPreview(ctx context.Context, by school.Actor, body []byte) error {
	return s.db.Write(academy(ctx), func(ctx context.Context, tx db.Tx) error { return updatePreview(ctx, tx, by, body) })
}
