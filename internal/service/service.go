// Package service says what a room of the house declares about itself. A room is one value; the house lists its
// rooms by hand and inspects each without its help.
package service

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/a-h/templ"
	"github.com/gofiber/fiber/v2"

	"elyco/internal/db"
	"elyco/internal/fact"
	"elyco/internal/job"
	"elyco/internal/notice"
	"elyco/internal/policy"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/search"
	"elyco/internal/setting"
	"elyco/internal/tenant"
)

// Service is everything that a room says about itself.
type Service struct {
	Name    string         // address prefix, casbin object, prefix of message keys and tables
	Title   string         // key of the name that people read
	Icon    string         // name of an icon of package ui
	About   string         // key of the sentence in the administrator's list of services
	Words   []byte         // words.fr.yaml
	Levels  []tenant.Kind  // ranks of the territory where the room exists
	Actions []Action       // every action, named for people
	Grants  []policy.Grant // who may, by default
	Routes  []Route
	Menu    []MenuItem
	Widgets []Widget
	Search  []Search
	Jobs    []job.Handler
	Privacy privacy.Record
	Objects []string // columns that name objects of the store, as "table.column": what none names is swept
	Always  bool     // part of the house itself: cannot be switched off

	Settings []setting.Def   // what the levels of the territory decide about the room
	Notices  []notice.Kind   // what the room may tell people
	Reacts   []fact.Listener // what the room does when something happens elsewhere
}

// Action is a right that a policy can give. Words is the key of a sentence that completes "peut …". A space may refuse
// it to a profile that has it by default, and give it back; Offers says what an establishment may give beside that,
// and Kept from whom it is never taken.
type Action struct {
	Name, Words string
	Offers      []policy.Offer
	Kept        []school.Profile
}

// Limits says of every action how spaces may change it.
func (s Service) Limits() []policy.Limit {
	limits := make([]policy.Limit, len(s.Actions))
	for i, a := range s.Actions {
		limits[i] = policy.Limit{Room: s.Name, Action: a.Name, Offers: a.Offers, Kept: a.Kept}
	}
	return limits
}

// Route is one address of the room. Action names the right that it needs; the guard asks before the handler runs.
type Route struct {
	Method  string
	Path    string
	Action  string
	Levels  []tenant.Kind // empty: those of the service
	Always  bool          // answers even where the room is switched off
	MaxBody int64         // bytes that may be sent; zero: a megabyte, which is plenty for a form without files
	StepUp  bool          // asks again who is there when the password or a factor was last given some time ago
	Stream  bool          // the handler reads the body as it arrives, with web.Body or web.Parts
	Looks   *Look         // the page shows the data of one person, who may ask who looked
	Handler fiber.Handler
}

// Look has a page noted in the journal of the person whose data it shows, whenever somebody of the staff is shown it. Param
// names the part of the path that holds the person's id; What is the key of the sentence that the person reads.
type Look struct {
	Param, What string
}

// MenuItem is an entry of the main menu, shown to those who have the action.
type MenuItem struct {
	Label  string // key
	URL    string
	Icon   string
	Action string
	Order  int
	Group  string        // entries of a group stand together: Administration, or "" for none
	Levels []tenant.Kind // where it is shown; empty: those of the service
	Always bool          // shown even where the room is switched off
	Hub    bool          // leads to a page that shows the others of its group, which then leave the menu
}

// Administration is the group of the rooms with which a space is governed.
const Administration = "administration"

// Personal is the group of what is one's own, whatever the space: its entries stand in the person's own menu.
const Personal = "personal"

// Widget is the room's part of the home page. Load queues its reads on the batch of one scope, so that the whole
// page costs one round trip a scope; the result is turned into items after the batch has run.
type Widget struct {
	Name   string // unique in the house
	Title  string // key
	Icon   string
	Action string
	Order  int
	Seldom bool // has something to say so seldom that it is shown only then
	Load   func(ctx context.Context, b *db.Batch, who Reader) func() []Item
}

// Search is what the search box finds in the room. Load queues its reads, like those of a widget; it finds at most limit
// things that the reader may open, the best first. Own, where there is one, does the same for what is the reader's own and
// kept in the academy's scope, whose batch it is given; the reader is the one in the space of the request.
type Search struct {
	Name   string // unique in the house
	Title  string // key
	Icon   string
	Action string
	Order  int
	Load   func(ctx context.Context, b *db.Batch, who Reader, q search.Query, limit int) func() []Item
	Own    func(ctx context.Context, b *db.Batch, who Reader, q search.Query, limit int) func() []Item
}

// Reader is for whom a widget loads: the actor in one of the actor's spaces.
type Reader struct {
	Actor       school.Actor
	Tenant      *tenant.Tenant
	Memberships []school.Membership // those in Tenant
	Keys        []string            // audience keys in Tenant
}

// Item is one line of a widget or of the family line.
type Item struct {
	ID         string // the same thing met in two schools has the same id
	Scope      school.ScopeID
	At         int64 // unix seconds; newest first
	Urgent     bool
	Unread     bool
	Source     string // who says it: the school, the collectivity
	Colour     string // theme slug of the source
	Section    string // already in words
	Title      string
	Summary    string
	URL        string // absolute
	Picture    string
	PictureAlt string            // what the picture shows
	Asks       string            // what is expected, already in words: lire, signer, répondre
	About      []school.ChildRef // whom it concerns
	Also       []Item            // the same thing, met in the other schools of the family
	Body       templ.Component   // shown instead of the line when a widget draws itself
}

var nameShape = regexp.MustCompile(`^[a-z][a-z_]{2,20}$`)

// Validate refuses a room that misses a part. It is called at start and by the house test.
func Validate(s Service) error {
	if !nameShape.MatchString(s.Name) {
		return fmt.Errorf("room %q: the name is lower-case letters", s.Name)
	}
	if s.Title == "" || s.About == "" || len(s.Words) == 0 || len(s.Levels) == 0 {
		return fmt.Errorf("room %s: title, about, words and levels are needed", s.Name)
	}
	actions := map[string]bool{}
	for _, a := range s.Actions {
		if a.Words == "" || actions[a.Name] {
			return fmt.Errorf("room %s: action %q lacks words or is there twice", s.Name, a.Name)
		}
		actions[a.Name] = true
	}
	granted := map[string]bool{}
	for _, g := range s.Grants {
		if !actions[g.Action] {
			return fmt.Errorf("room %s grants the unknown action %q", s.Name, g.Action)
		}
		granted[g.Action] = true
	}
	for a := range actions {
		if !granted[a] {
			return fmt.Errorf("room %s: nobody may %q", s.Name, a)
		}
	}
	return validateParts(s, actions)
}

func validateParts(s Service, actions map[string]bool) error {
	for _, r := range s.Routes {
		if !actions[r.Action] {
			return fmt.Errorf("room %s: %s %s needs the unknown action %q", s.Name, r.Method, r.Path, r.Action)
		}
		if r.Handler == nil || r.Path == "" || r.Method == "" {
			return fmt.Errorf("room %s: a route lacks method, path or handler", s.Name)
		}
		if r.Looks != nil && (r.Looks.What == "" || r.Method != "GET" || !strings.Contains(r.Path+"/", "/:"+r.Looks.Param+"/")) {
			return fmt.Errorf("room %s: %s notes a look without naming the person", s.Name, r.Path)
		}
	}
	for _, m := range s.Menu {
		if !actions[m.Action] {
			return fmt.Errorf("room %s: menu entry %q needs the unknown action %q", s.Name, m.Label, m.Action)
		}
	}
	for _, w := range s.Widgets {
		if !actions[w.Action] || w.Load == nil || w.Name == "" || w.Title == "" {
			return fmt.Errorf("room %s: widget %q is incomplete", s.Name, w.Name)
		}
	}
	for _, q := range s.Search {
		if !actions[q.Action] || q.Load == nil || q.Name == "" || q.Title == "" {
			return fmt.Errorf("room %s: search %q is incomplete", s.Name, q.Name)
		}
	}
	if err := s.Privacy.Validate(); err != nil {
		return fmt.Errorf("room %s: %w", s.Name, err)
	}
	return nil
}

// Has reports whether the room exists at a rank of the territory.
func (s Service) Has(k tenant.Kind) bool { return slices.Contains(s.Levels, k) }
