package rights_test

import (
	"context"
	"testing"

	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/services/rights"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

// desk is the room on a territory, with the rooms of the house.
type desk struct {
	*testkit.Territory
	room   *rights.Room
	policy *policy.Policy
	rooms  []service.Service
}

func newDesk(t *testing.T) desk {
	t.Helper()
	h := testkit.NewHouse(t)
	d := desk{Territory: h.Territory, room: rights.New(h.DB, h.Registry), policy: h.App.Policy(), rooms: h.App.Rooms()}
	d.room.Furnish(d.policy, d.rooms)
	return d
}

// as is somebody who administers a space, acting in it.
func (d desk) as(t *testing.T, space *tenant.Tenant) context.Context {
	t.Helper()
	profile := school.Collectivity
	if space.Kind == tenant.KindEstablishment {
		profile = school.Administrative
	}
	p := d.NewPerson(t, testkit.In(space, profile, testkit.Admin()))
	catalog := words.NewCatalog("fr")
	for _, s := range d.rooms {
		if err := catalog.Add(s.Name, s.Words); err != nil {
			t.Fatal(err)
		}
	}
	return session.With(words.With(tenant.Enter(t.Context(), space), catalog), d.Actor(t, space, p))
}

// of is a change of what teachers may write in the news.
func of(reach policy.Reach, number int) rights.Change {
	return rights.Change{ID: school.NewID(), Room: "news", Action: "write", Profile: school.Teacher, Reach: reach, Number: number}
}

// may tells whether somebody of the profile may write news in a space.
func (d desk) may(space *tenant.Tenant, p school.Profile) bool {
	a := school.Actor{Person: school.PersonID{UUID: school.NewID()}, Scope: space.ID, Here: []school.Membership{{Scope: space.ID, Profile: p}}}
	_, may := d.policy.For(a, "news", "write")
	return may
}

func (d desk) count(t *testing.T, sql string, args ...any) (n int) {
	t.Helper()
	conn := d.As(t, "postgres")
	defer conn.Close(context.Background())
	if err := conn.QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
