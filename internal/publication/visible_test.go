package publication_test

import (
	"testing"
	"time"

	"elyco/internal/audience"
	"elyco/internal/fault"
	"elyco/internal/publication"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

func TestEachAudienceIsSeenByExactlyThose(t *testing.T) {
	six, four := h.Class(t, h.Rochelle, "vis 6A", "6e"), h.Class(t, h.Rochelle, "vis 4B", "4e")
	sixLucon, sixLaval, seconde := h.Class(t, h.Lucon, "vis 6", "6e"), h.Class(t, h.Laval, "vis 6", "6e"), h.Class(t, h.Lycee, "vis 2de", "2de")
	latin := h.Group(t, h.Rochelle, "vis latin")
	type reader struct {
		at *tenant.Tenant
		id school.PersonID
	}
	who := map[string]reader{}
	add := func(name string, at *tenant.Tenant, id school.PersonID) { who[name] = reader{at, id} }
	p6, g6 := h.child(t, h.Rochelle, six)
	p4, g4 := h.child(t, h.Rochelle, four)
	h.Import(t, `insert into group_member (tenant_id, group_id, person_id, profile) values ($1, $2, $3, 'pupil')`, h.Rochelle.ID, latin.UUID, p4.UUID)
	pL, gL := h.child(t, h.Lucon, sixLucon)
	pM, gM := h.child(t, h.Laval, sixLaval)
	pS, gS := h.child(t, h.Lycee, seconde)
	for name, r := range map[string]reader{"pupil 6e": {h.Rochelle, p6}, "guardian 6e": {h.Rochelle, g6}, "pupil 4e": {h.Rochelle, p4},
		"guardian 4e": {h.Rochelle, g4}, "pupil Luçon": {h.Lucon, pL}, "guardian Luçon": {h.Lucon, gL}, "pupil Laval": {h.Laval, pM},
		"guardian Laval": {h.Laval, gM}, "pupil lycée": {h.Lycee, pS}, "guardian lycée": {h.Lycee, gS}} {
		add(name, r.at, r.id)
	}
	add("teacher 6e", h.Rochelle, h.member(t, h.Rochelle, school.Teacher, six))
	add("agent", h.Vendee, h.member(t, h.Vendee, school.Collectivity))
	head := h.member(t, h.Rochelle, school.Head)
	agent := h.member(t, h.Vendee, school.Collectivity)
	h.Entrust(t, h.Vendee, agent, "transport")
	academy := h.member(t, h.Academy, school.AcademyAgent)
	h.Entrust(t, h.Academy, academy, "culture")
	if err := audience.Recount(t.Context(), h.DB, h.Vendee.ID, h.Academy.ID); err != nil {
		t.Fatal(err)
	}
	guardians, pupils := []school.Profile{school.Guardian}, []school.Profile{school.Pupil}

	for _, c := range []struct {
		name string
		desk *publication.Desk
		at   *tenant.Tenant
		by   school.PersonID
		sec  string
		a    audience.Audience
		want []string
	}{
		{"a school's guardians", h.news.Desk, h.Rochelle, head, "", audience.Audience{Profiles: guardians}, []string{"guardian 6e", "guardian 4e"}},
		{"a level", h.news.Desk, h.Rochelle, head, "", audience.Audience{Levels: []string{"6e"}}, []string{"pupil 6e", "guardian 6e", "teacher 6e"}},
		{"pupils of a class", h.news.Desk, h.Rochelle, head, "", audience.Audience{Profiles: pupils, Classes: []school.ClassID{four}}, []string{"pupil 4e"}},
		{"a group and its guardians", h.news.Desk, h.Rochelle, head, "", audience.Audience{Groups: []school.GroupID{latin}}, []string{"pupil 4e", "guardian 4e"}},
		{"the guardians of the collèges of Vendée", h.territory.Desk, h.Vendee, agent, "transport",
			audience.Audience{Profiles: guardians, Natures: []string{"college"}, Departments: []string{"85"}}, []string{"guardian 6e", "guardian 4e", "guardian Luçon"}},
		{"a level of the department", h.territory.Desk, h.Vendee, agent, "transport", audience.Audience{Profiles: pupils, Levels: []string{"6e"}}, []string{"pupil 6e", "pupil Luçon"}},
		{"one school of the department", h.territory.Desk, h.Vendee, agent, "transport", audience.Audience{Establishments: []school.ScopeID{h.Lucon.ID}}, []string{"pupil Luçon", "guardian Luçon"}},
		{"the whole department", h.territory.Desk, h.Vendee, agent, "transport", audience.Audience{Whole: true},
			[]string{"pupil 6e", "guardian 6e", "pupil 4e", "guardian 4e", "pupil Luçon", "guardian Luçon", "teacher 6e", "agent"}},
		{"the academy's schools in Vendée", h.territory.Desk, h.Academy, academy, "culture", audience.Audience{Profiles: pupils, Departments: []string{"85"}},
			[]string{"pupil 6e", "pupil 4e", "pupil Luçon", "pupil lycée"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := input(c.name, c.a)
			in.Section = c.sec
			p := publish(t, h.as(t, c.at, c.by), c.desk, in)
			for name, r := range who {
				wanted := false
				for _, w := range c.want {
					wanted = wanted || w == name
				}
				ctx := h.as(t, r.at, r.id)
				if got := sees(t, ctx, c.desk, p.ID); got != wanted {
					t.Errorf("%s: listed %v, want %v", name, got, wanted)
				}
				if _, err := c.desk.Find(ctx, p.ID); (err == nil) != wanted || err != nil && !fault.Is(err, fault.NotFound) {
					t.Errorf("%s: found %v, want %v", name, err, wanted)
				}
				if err := c.desk.Acknowledge(ctx, p.ID); (err == nil) != wanted {
					t.Errorf("%s: acknowledged %v, want %v", name, err, wanted)
				}
			}
		})
	}
}

func TestSeenFromItsTimeToItsEnd(t *testing.T) {
	start := h.Clock.At
	t.Cleanup(func() { h.Clock.At = start })
	head, reader := h.as(t, h.Rochelle, h.member(t, h.Rochelle, school.Head)), h.as(t, h.Rochelle, h.member(t, h.Rochelle, school.Librarian))
	in := input("À son heure", audience.Audience{Whole: true})
	in.PublishAt, in.EndsAt = start.Add(time.Hour), start.Add(2*time.Hour)
	p := publish(t, head, h.news.Desk, in)
	for _, c := range []struct {
		after time.Duration
		want  bool
	}{{0, false}, {time.Hour - time.Second, false}, {time.Hour, true}, {2*time.Hour - time.Second, true}, {2 * time.Hour, false}} {
		h.Clock.At = start.Add(c.after)
		if got := sees(t, reader, h.news.Desk, p.ID); got != c.want {
			t.Errorf("after %v: listed %v", c.after, got)
		}
		if _, err := h.news.Find(reader, p.ID); (err == nil) != c.want {
			t.Errorf("after %v: found %v", c.after, err)
		}
	}
}

func TestWithdrawnIsUnseenUntilPutBack(t *testing.T) {
	head, reader := h.as(t, h.Rochelle, h.member(t, h.Rochelle, school.Head)), h.as(t, h.Rochelle, h.member(t, h.Rochelle, school.Librarian))
	p := publish(t, head, h.news.Desk, input("Retirée", audience.Audience{Whole: true}))
	if err := h.news.Withdraw(head, p.ID, p.Version); err != nil {
		t.Fatal(err)
	}
	if sees(t, reader, h.news.Desk, p.ID) {
		t.Error("a withdrawn article is listed")
	}
	if err := h.news.Restore(head, p.ID, p.Version+1); err != nil {
		t.Fatal(err)
	}
	if !sees(t, reader, h.news.Desk, p.ID) {
		t.Error("an article that was put back is not listed")
	}
}

func TestDraftsAreSeenByNobodyBelow(t *testing.T) {
	agent := h.member(t, h.Vendee, school.Collectivity)
	h.Entrust(t, h.Vendee, agent, "works")
	in := input("Brouillon du Département", audience.Audience{Whole: true})
	in.Section = "works"
	if _, err := h.territory.Save(h.as(t, h.Vendee, agent), in); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := countRows(t, h.Rochelle, `select count(*) from publication where id = ?`, &n, in.ID); err != nil || n != 0 {
		t.Errorf("a school sees %d drafts of its department, %v", n, err)
	}
}
