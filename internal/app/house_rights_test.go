package app_test

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/google/uuid"

	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
)

// refusal is a right that a space refuses to a profile, for itself and those below.
type refusal struct {
	in           *tenant.Tenant
	room, action string
	profile      school.Profile
	closed       bool
}

// TestRightsHoldEverywhere takes rights away in a school, its collectivity and the academy, then asks every route as
// everybody everywhere: what comes back is what is left of the grants, and the reason that is given is the answer.
func TestRightsHoldEverywhere(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	refusals := []refusal{
		{s.College, "news", "read", school.Pupil, false},
		{s.College, "news", "write", school.Teacher, false},
		{s.College, "branding", "edit", school.Head, false},
		{s.College, "home", "arrange", school.Someone, false},
		{s.Vendee, "announcements", "read", school.Guardian, true},
		{s.Vendee, "territory", "publish", school.Collectivity, false},
		{s.Vendee, "rights", "read", school.Head, true},
		{s.Academy, "news", "read_public", school.Anyone, true},
		{s.Academy, "news", "publish", school.Administrator, false},
	}
	s.refuse(t, refusals)
	left := func(room service.Service, action string, p player, in *tenant.Tenant) bool {
		subjects := slices.DeleteFunc(p.subjectsIn(in), func(subject school.Profile) bool {
			return slices.ContainsFunc(refusals, func(r refusal) bool {
				return in.Within(r.in) && r.room == room.Name && r.action == action && r.profile == subject
			})
		})
		return may(room, action, subjects)
	}
	actions, changed := 0, 0
	for _, p := range s.cast {
		for _, in := range s.Everywhere() {
			ctx := session.With(tenant.Enter(t.Context(), in), s.actorOf(t, p, in))
			for _, room := range s.App.Rooms() {
				for _, a := range room.Actions {
					actions++
					want := left(room, a.Name, p, in)
					if want != may(room, a.Name, p.subjectsIn(in)) {
						changed++
					}
					if wrong := s.answers(ctx, t, room.Name, a.Name, want); wrong != "" {
						t.Errorf("%s.%s in %s as %s: %s", room.Name, a.Name, in.Name, p.name, wrong)
					}
				}
				for _, r := range room.Routes {
					if r.Method != http.MethodGet {
						continue
					}
					want := absent
					if opens(room, r, in) {
						want = outcomeOf(left(room, r.Action, p, in), p)
					}
					if wrong := judge(want, r.Method, s.ask(t, p, in, r, uuid.NewString())); wrong != "" {
						t.Errorf("%s %s in %s: the %s %s", r.Method, r.Path, in.Name, p.name, wrong)
					}
				}
			}
		}
	}
	if changed < len(refusals) {
		t.Errorf("only %d of %d answers differ: the refusals touch nobody", changed, actions)
	}
	t.Logf("%d answers, %d of them changed", actions, changed)
}

// answers says what is wrong with the answer of the policy, or with the reason that it gives, or "".
func (s *stage) answers(ctx context.Context, t *testing.T, room, action string, want bool) string {
	t.Helper()
	reach, can := s.App.Policy().Can(ctx, room, action)
	reason, err := s.App.Policy().Explain(ctx, room, action)
	switch {
	case err != nil:
		return err.Error()
	case can != want:
		return fmt.Sprintf("the answer is %v, the grants leave %v", can, want)
	case reason.Allowed != can, can && reason.Reach != reach:
		return fmt.Sprintf("the answer is %v (%s), the reason %+v", can, reach, reason)
	}
	return ""
}

func outcomeOf(may bool, p player) outcome {
	switch {
	case may:
		return taken
	case p.known:
		return refused
	}
	return askedIn
}

// actorOf is the player as a session in the space makes them.
func (s *stage) actorOf(t *testing.T, p player, in *tenant.Tenant) school.Actor {
	t.Helper()
	if !p.known {
		return school.Actor{Scope: in.ID}
	}
	return s.Actor(t, in, p.person)
}

func (s *stage) refuse(t *testing.T, refusals []refusal) {
	t.Helper()
	conn := s.As(t, superuser)
	defer conn.Close(context.Background())
	for _, r := range refusals {
		_, err := conn.Exec(t.Context(), `insert into policy_delta (tenant_id, id, room, action, profile, number, reach, closed, author_name, set_at)
			values ($1, $2, $3, $4, $5, 1, 'none', $6, 'Dominique Roy', now())`, r.in.ID, school.NewID(), r.room, r.action, string(r.profile), r.closed)
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.App.Policy().Load(t.Context()); err != nil {
		t.Fatal(err)
	}
}
