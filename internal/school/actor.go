package school

import (
	"log/slog"
	"slices"

	"github.com/google/uuid"
)

// ClassRef names a class that a membership is tied to.
type ClassRef struct {
	ID    ClassID `json:"i"`
	Name  string  `json:"n"`
	Level string  `json:"l,omitempty"`
}

// GroupRef names a group that a membership is tied to.
type GroupRef struct {
	ID   GroupID `json:"i"`
	Name string  `json:"n"`
}

// ChildRef names a child whom a guardian follows in one establishment.
type ChildRef struct {
	ID      PersonID   `json:"i"`
	Name    string     `json:"n"`
	Classes []ClassRef `json:"c,omitempty"`
	Groups  []GroupRef `json:"g,omitempty"`
}

// Membership ties a person to one scope with one profile, as the passport holds it.
type Membership struct {
	Scope    ScopeID    `json:"s"`
	Profile  Profile    `json:"p"`
	Admin    bool       `json:"a,omitempty"`
	Sections []string   `json:"e,omitempty"`
	Classes  []ClassRef `json:"c,omitempty"`
	Groups   []GroupRef `json:"g,omitempty"`
	Children []ChildRef `json:"k,omitempty"`
}

// Comfort is how a person wants every page to look. The zero value follows the device.
type Comfort struct {
	Scheme   string `json:"scheme,omitempty"`   // "", light, dark
	Contrast string `json:"contrast,omitempty"` // "", high
	TextSize string `json:"text,omitempty"`     // "", large, larger
	Font     string `json:"font,omitempty"`     // "", dyslexic
	Motion   string `json:"motion,omitempty"`   // "", reduced
}

// Actor is the person who acts, seen from the scope of the request. One without a Person is a visitor who has not
// signed in.
type Actor struct {
	Scope       ScopeID // where the actor stands: what Here and the policy look at
	Person      PersonID
	Name        string
	SignOn      uuid.UUID    // the sign-on that the session belongs to
	Here        []Membership // in the very scope of the request: what policies look at
	Everywhere  []Membership // in the whole territory, for pages that follow a family
	Comfort     Comfort
	PreviewOnly bool // looks through another's eyes: nothing may be written
}

// SignedIn reports whether somebody is there.
func (a Actor) SignedIn() bool { return a.Person != PersonID{} }

// In returns the actor as seen from another scope, for pages that gather what several spaces hold.
func (a Actor) In(s ScopeID) Actor {
	a.Scope, a.Here = s, nil
	for _, m := range a.Everywhere {
		if m.Scope == s {
			a.Here = append(a.Here, m)
		}
	}
	return a
}

// Scopes lists the spaces where the actor is a member, each once, in the order of the passport.
func (a Actor) Scopes() []ScopeID {
	var scopes []ScopeID
	for _, m := range a.Everywhere {
		if !slices.Contains(scopes, m.Scope) {
			scopes = append(scopes, m.Scope)
		}
	}
	return scopes
}

// Has reports whether the actor holds the profile here.
func (a Actor) Has(p Profile) bool {
	for _, m := range a.Here {
		if m.Profile == p {
			return true
		}
	}
	return false
}

// Subjects lists what the actor is for a policy here: profiles, the administrator's delegation, a signed-in person,
// anyone.
func (a Actor) Subjects() []Profile {
	subjects := make([]Profile, 0, len(a.Here)+3)
	admin := false
	for _, m := range a.Here {
		subjects = append(subjects, m.Profile)
		admin = admin || m.Admin
	}
	if admin {
		subjects = append(subjects, Administrator)
	}
	if a.SignedIn() {
		subjects = append(subjects, Someone)
	}
	return append(subjects, Anyone)
}

// Sections lists the collectivity's sections that the actor edits here.
func (a Actor) Sections() []string {
	var sections []string
	for _, m := range a.Here {
		sections = append(sections, m.Sections...)
	}
	return sections
}

// LogValue keeps names out of logs: an actor is logged by id.
func (a Actor) LogValue() slog.Value { return slog.StringValue(a.Person.String()) }
