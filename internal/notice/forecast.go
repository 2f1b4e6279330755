package notice

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/db"
	"elyco/internal/tenant"
	"elyco/internal/words"
)

// Forecast is what an author is told before a notice is sent: when its people would see it, how they can be reached, and how
// much they have had to read of late.
type Forecast struct {
	When       []Moment        // when it would be visible, and for how many, the first instants first
	With       map[Channel]int // people who have an address on a way
	Without    int             // people who have none at all, whom a letter alone reaches
	Noise      Noise
	Alike      []Alike // what was told lately and says nearly the same
	Altogether int
}

// Moment is an instant and for how many people.
type Moment struct {
	At     time.Time
	People int
}

// Noise is how many notices people had within a week: on the average, in tenths, and the most that one of them had.
type Noise struct {
	Tenths int
	Most   int
}

// Alike is a notice of the last week that says nearly the same to some of the same people.
type Alike struct {
	ID         uuid.UUID
	Title      string
	AuthorName string
	SentAt     time.Time
	Shared     int // people whom both are for
}

// likeness above which two texts are taken for the same: a word changed, a date, a greeting.
const likeness = 0.55

// mostSeen bounds whom a forecast looks at; no establishment has more.
const mostSeen = 20000

// Foresee works out what would become of a notice for an audience of the establishment of ctx, were it sent now.
func (h *Herald) Foresee(ctx context.Context, n Notice, a audience.Audience) (Forecast, error) {
	var people []audience.Member
	err := h.db.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		people, err = audience.Members(ctx, tx, a, uuid.Nil, mostSeen)
		return err
	})
	if err != nil {
		return Forecast{}, err
	}
	return h.Forecast(ctx, n, ToMembers(people))
}

// ToMembers makes of members whom a notice is for.
func ToMembers(people []audience.Member) []To {
	to := make([]To, len(people))
	for i, p := range people {
		to[i] = To{Person: p.Person, Name: p.Name, About: p.About, AboutNames: p.AboutNames, Staff: p.Staff}
	}
	return to
}

// Said is what a forecast tells an author, label and text.
type Said struct{ Label, Text string }

// Words are when the notice would be seen, by how many, and how much they have had to read of late.
func (f Forecast) Words(ctx context.Context, now time.Time) []Said {
	var when []string
	for _, m := range f.When {
		if !m.At.After(now) {
			when = append(when, words.N(ctx, "notice.when.now", m.People))
			continue
		}
		when = append(when, words.N(ctx, "notice.when.at", m.People, "when", words.DateTime(m.At)))
	}
	if len(when) == 0 {
		return nil
	}
	return []Said{{words.T(ctx, "notice.when"), strings.Join(when, " ; ")},
		{words.T(ctx, "notice.noise"), words.T(ctx, "notice.noise.n", "mean", fmt.Sprintf("%d,%d", f.Noise.Tenths/10, f.Noise.Tenths%10), "most", f.Noise.Most)}}
}

// Warnings name what was told lately to the same people and says nearly the same.
func (f Forecast) Warnings(ctx context.Context, now time.Time) (list []string) {
	for _, a := range f.Alike {
		list = append(list, words.T(ctx, "notice.alike", "title", a.Title, "name", a.AuthorName, "when", words.Since(a.SentAt, now), "n", words.Number(a.Shared)))
	}
	return list
}

// Forecast works out what would become of a notice in the space of ctx, were it sent now.
func (h *Herald) Forecast(ctx context.Context, n Notice, to []To) (Forecast, error) {
	f := Forecast{With: map[Channel]int{}, Altogether: len(to)}
	if len(to) == 0 {
		return f, nil
	}
	families, staff := h.weeks(tenant.From(ctx))
	err := h.db.Read(ctx, func(ctx context.Context, tx db.Tx) (err error) {
		if f.When, err = selectMoments(ctx, tx, n, to, families, staff); err != nil {
			return err
		}
		if f.Noise, err = selectNoise(ctx, tx, to); err != nil {
			return err
		}
		f.Alike, err = selectAlike(ctx, tx, n, to)
		return err
	})
	if err != nil {
		return f, fmt.Errorf("foresee a notice: %w", err)
	}
	people := make([]uuid.UUID, len(to))
	for i, p := range to {
		people[i] = p.Person
	}
	at, err := h.addresses(ctx, people)
	if err != nil {
		return f, err
	}
	for _, p := range people {
		found := false
		for way, address := range at[p] {
			if address != bounced {
				found = true
				f.With[way]++
			}
		}
		if !found {
			f.Without++
		}
	}
	return f, nil
}
