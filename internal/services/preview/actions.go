package preview

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/audit"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// lasting is long enough to walk through a portal, and short enough to forget nothing on a screen.
const lasting = 30 * time.Minute

// Allows reports whether somebody may still look through a preview. It is asked with every request, and answers from
// memory.
func (r *Room) Allows(by school.Actor, p session.Preview) bool { return r.mayPlay(by, p.Profile).may }

// verdict says whether somebody may play a profile, or the action in which the profile goes too far.
type verdict struct {
	may          bool
	room, action string
}

func (r *Room) mayPlay(by school.Actor, p school.Profile) verdict {
	_, may := r.policy.For(by, "preview", start)
	if !may || p == school.Health || !slices.Contains(school.SchoolProfiles(), p) {
		return verdict{}
	}
	if !p.Adult() {
		return verdict{may: true}
	}
	if _, may := r.policy.For(by, "preview", staff); !may {
		return verdict{}
	}
	room, action, exceeds := r.policy.Exceeds(by, p)
	return verdict{!exceeds, room, action}
}

// Board is what the page shows.
type Board struct {
	Roles    map[school.Profile]verdict
	Children []school.ChildRef // the reader's own, here
	Classes  []school.ClassRef
	Groups   []school.GroupRef
	Now      time.Time
	Last     time.Time // the last day that can be chosen
	Trail    bool      // Runs may be seen
	Runs     []Run
}

// Run is a preview of the past.
type Run struct {
	Who     string // who looked
	What    string
	Begun   time.Time
	Ended   time.Time // zero: it ended by itself
	Minutes int       // how long it could last
}

// Open reads what can be chosen, and for those who may the last previews.
func (r *Room) Open(ctx context.Context) (Board, error) {
	by := session.Actor(ctx)
	b, err := r.choices(ctx)
	if err != nil {
		return Board{}, err
	}
	b.Roles = map[school.Profile]verdict{}
	for _, p := range school.SchoolProfiles() {
		b.Roles[p] = r.mayPlay(by, p)
	}
	for _, m := range by.Here {
		if m.Profile == school.Guardian {
			b.Children = append(b.Children, m.Children...)
		}
	}
	if _, b.Trail = r.policy.For(by, "preview", trail); !b.Trail {
		return b, nil
	}
	const shown = 20
	var page audit.Page
	err = r.db.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		page, err = audit.List(ctx, tx, audit.Filter{Action: "preview.", Limit: 2 * shown})
		return err
	})
	if err != nil {
		return Board{}, fmt.Errorf("read the last previews: %w", err)
	}
	b.Runs = runs(page.Lines)
	b.Runs = b.Runs[:min(shown, len(b.Runs))]
	return b, nil
}

// runs joins the entries of beginnings, the newest first, with those of ends.
func runs(lines []audit.Line) []Run {
	ended := map[string]time.Time{}
	var all []Run
	for _, l := range lines {
		switch l.Action {
		case "preview.leave":
			ended[l.Subject] = l.At
		case "preview.start":
			all = append(all, Run{Who: l.ActorName, What: l.Title, Begun: l.At, Ended: ended[l.Subject], Minutes: int(lasting.Minutes())})
		}
	}
	return all
}

func (r *Room) choices(ctx context.Context) (Board, error) {
	c, err := audience.ChoicesOf(ctx, r.db, tenant.From(ctx))
	if err != nil {
		return Board{}, err
	}
	b := Board{Classes: c.Classes, Groups: c.Groups, Now: r.db.NowIn(ctx)}
	var found bool
	err = r.db.Batch(ctx, func(batch *db.Batch) { queueYearEnd(batch, &found, &b.Last, directory.Day(b.Now)) })
	if err != nil {
		return Board{}, fmt.Errorf("read the end of the school year: %w", err)
	}
	if !found {
		b.Last = b.Now.AddDate(1, 0, 0)
	}
	return b, nil
}

// Start has the actor look at the establishment as the choice says, for half an hour. The faults name the fields "who",
// "class", "group" and "day".
func (r *Room) Start(ctx context.Context, c Choice) error {
	by := session.Actor(ctx)
	p, child, err := r.cast(ctx, by, c)
	if err != nil {
		return err
	}
	title := strings.TrimPrefix(p.As, "comme ")
	if child {
		title = words.T(ctx, "preview.own_child_trail")
	}
	// The trail comes first: a look that nobody could trace must not begin.
	err = r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return audit.Record(ctx, tx, audit.Entry{Actor: by.Person, Action: "preview.start", Subject: p.ID.String(),
			Title:  words.T(ctx, "preview.trail", "who", title, "date", words.Date(p.At(tx.Now()))),
			Detail: map[string]any{"profile": p.Profile, "classes": ids(p.Classes), "groups": groupIDs(p.Groups), "days": p.Days, "own_child": p.Own}})
	})
	if err != nil {
		return fmt.Errorf("record the beginning of a preview: %w", err)
	}
	return r.sessions.BeginPreview(ctx, p)
}

// cast makes the preview of a choice, and tells whether it is about the actor's own child.
func (r *Room) cast(ctx context.Context, by school.Actor, c Choice) (session.Preview, bool, error) {
	profile, child, err := c.role()
	if err != nil {
		return session.Preview{}, false, err
	}
	if !r.mayPlay(by, profile).may {
		return session.Preview{}, false, fault.Field("who", "Vous ne pouvez pas voir l’établissement avec ce profil. La page dit pourquoi.")
	}
	b, err := r.choices(ctx)
	if err != nil {
		return session.Preview{}, false, err
	}
	// The id is drawn here and never taken from a form: it is whom the preview plays.
	p := session.Preview{ID: school.NewID(), Profile: profile, Until: b.Now.Add(lasting)}
	if p.Days, err = c.days(b.Now, b.Last); err != nil {
		return p, false, err
	}
	if (child != school.PersonID{}) {
		return r.castOwn(ctx, by, p, child)
	}
	if p.Classes, p.Groups, err = c.places(profile, b.Classes, b.Groups); err != nil {
		return p, false, err
	}
	p.As = as(ctx, profile, p.Classes, p.Groups)
	p.Name = words.T(ctx, "preview.name", "who", strings.TrimPrefix(p.As, "comme "))
	p.Child = school.ChildRef{ID: school.PersonID{UUID: uuid.NewSHA1(p.ID, []byte("child"))}, Name: words.T(ctx, "preview.child"),
		Classes: p.Classes, Groups: p.Groups}
	return p, false, nil
}

func (r *Room) castOwn(ctx context.Context, by school.Actor, p session.Preview, child school.PersonID) (session.Preview, bool, error) {
	for _, m := range by.Here {
		for _, c := range m.Children {
			if m.Profile != school.Guardian || c.ID != child {
				continue
			}
			p.Own, p.Child = true, c
			p.As = words.T(ctx, "preview.of", "as", words.T(ctx, "profile.as."+string(school.Guardian)), "place", c.Name)
			p.Name = words.T(ctx, "preview.name", "who", strings.TrimPrefix(p.As, "comme "))
			return p, true, nil
		}
	}
	return p, false, unknownRole()
}

// as says who is played: "comme élève de 4e B, groupe Latin".
func as(ctx context.Context, p school.Profile, classes []school.ClassRef, groups []school.GroupRef) string {
	s := words.T(ctx, "profile.as."+string(p))
	for _, c := range classes {
		s = words.T(ctx, "preview.of", "as", s, "place", c.Name)
	}
	for _, g := range groups {
		s = words.T(ctx, "preview.in_group", "as", s, "group", g.Name)
	}
	return s
}

func ids(classes []school.ClassRef) []string {
	list := []string{}
	for _, c := range classes {
		list = append(list, c.ID.String())
	}
	return list
}

func groupIDs(groups []school.GroupRef) []string {
	list := []string{}
	for _, g := range groups {
		list = append(list, g.ID.String())
	}
	return list
}

// Leave gives the person who looks the own eyes again. Without a preview it does nothing.
func (r *Room) Leave(ctx context.Context) error {
	look, running := session.Looking(ctx)
	if !running {
		return nil
	}
	if err := r.sessions.EndPreview(ctx, look.By); err != nil {
		return err
	}
	return r.db.Write(ctx, func(ctx context.Context, tx db.Tx) error {
		return audit.Record(ctx, tx, audit.Entry{Actor: look.By.Person, Action: "preview.leave", Subject: look.ID.String()})
	})
}
