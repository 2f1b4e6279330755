package publication_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"elyco/internal/audience"
	"elyco/internal/audience/audiencetest"
	"elyco/internal/db"
	"elyco/internal/fault"
	"elyco/internal/publication"
	"elyco/internal/school"
	"elyco/internal/tenant"
)

func countRows(t *testing.T, at *tenant.Tenant, sql string, n *int, args ...any) error {
	t.Helper()
	return h.DB.Read(audiencetest.In(t.Context(), at), func(ctx context.Context, tx db.Tx) error {
		return tx.NewRaw(sql, args...).Scan(ctx, n)
	})
}

func everybody() audience.Audience { return audience.Audience{Whole: true} }

func TestDraftIsReadOverBeforeItIsPublished(t *testing.T) {
	teacher, head := h.as(t, h.Rochelle, h.member(t, h.Rochelle, school.Teacher)), h.as(t, h.Rochelle, h.member(t, h.Rochelle, school.Head))
	p, err := h.news.Save(teacher, input("Sortie au musée", everybody()))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.news.Publish(teacher, p.ID, p.Version); !fault.Is(err, fault.Forbidden) {
		t.Errorf("a teacher publishes: %v", err)
	}
	if err := h.news.Submit(teacher, p.ID, p.Version); err != nil {
		t.Fatal(err)
	}
	if err := h.news.Publish(head, p.ID, p.Version); !fault.Is(err, fault.Conflict) {
		t.Errorf("a version that was not checked is published: %v", err)
	}
	if err := h.news.Publish(head, p.ID, p.Version+1); err != nil {
		t.Fatal(err)
	}
	again := input("Sortie au musée, changée", everybody())
	again.ID, again.Version = p.ID, p.Version+2
	if _, err := h.news.Save(teacher, again); !fault.Is(err, fault.NotFound) {
		t.Errorf("a teacher changes what is published: %v", err)
	}
	if err := h.news.Withdraw(teacher, p.ID, p.Version+2); err != nil {
		t.Errorf("an author withdraws: %v", err)
	}
	again.Version = p.Version + 3
	if _, err := h.news.Save(teacher, again); !fault.Is(err, fault.NotFound) {
		t.Errorf("a teacher changes what was reviewed, and could put it back: %v", err)
	}
	if err := h.news.Restore(teacher, p.ID, p.Version+3); err != nil {
		t.Errorf("an author puts back: %v", err)
	}
}

func TestOthersDraftsAreNotFound(t *testing.T) {
	author, other := h.as(t, h.Rochelle, h.member(t, h.Rochelle, school.Teacher)), h.as(t, h.Rochelle, h.member(t, h.Rochelle, school.Teacher))
	elsewhere := h.as(t, h.Lucon, h.member(t, h.Lucon, school.Head))
	p, err := h.news.Save(author, input("À moi", everybody()))
	if err != nil {
		t.Fatal(err)
	}
	for name, ctx := range map[string]context.Context{"a colleague": other, "the head of another school": elsewhere} {
		if _, _, err := h.news.Own(ctx, p.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s opens it: %v", name, err)
		}
		if err := h.news.Submit(ctx, p.ID, p.Version); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s hands it in: %v", name, err)
		}
		taken := input("Pris", everybody())
		taken.ID, taken.Version = p.ID, p.Version
		if saved, err := h.news.Save(ctx, taken); err == nil && saved.Author == p.Author {
			t.Errorf("%s overwrites it", name)
		}
	}
	mine, _, err := h.news.Own(author, p.ID)
	if err != nil || mine.Title != "À moi" || mine.State != publication.Draft {
		t.Errorf("the draft is %q, %s, %v", mine.Title, mine.State, err)
	}
	for name, who := range map[string]school.Profile{"a pupil": school.Pupil, "a guardian": school.Guardian} {
		ctx := h.as(t, h.Rochelle, h.member(t, h.Rochelle, who))
		if _, err := h.news.Save(ctx, input("Non", everybody())); !fault.Is(err, fault.Forbidden) {
			t.Errorf("%s writes: %v", name, err)
		}
	}
}

func TestWhoSavesFirstWins(t *testing.T) {
	head := h.as(t, h.Rochelle, h.member(t, h.Rochelle, school.Head))
	p, err := h.news.Save(head, input("Version", everybody()))
	if err != nil {
		t.Fatal(err)
	}
	one, two := input("Première", everybody()), input("Seconde", everybody())
	one.ID, one.Version, two.ID, two.Version = p.ID, p.Version, p.ID, p.Version
	if _, err := h.news.Save(head, one); err != nil {
		t.Fatal(err)
	}
	if _, err := h.news.Save(head, two); !fault.Is(err, fault.Conflict) {
		t.Errorf("the second is saved over the first: %v", err)
	}
}

func TestSentTwiceIsOneDraft(t *testing.T) {
	head := h.as(t, h.Rochelle, h.member(t, h.Rochelle, school.Head))
	in := input("Deux clics", everybody())
	in.Files = []publication.Upload{file("note.txt", "bonjour")}
	var wait sync.WaitGroup
	errs := make([]error, 6)
	for i := range errs {
		wait.Go(func() { _, errs[i] = h.news.Save(head, in) })
	}
	wait.Wait()
	for i, err := range errs {
		if err != nil {
			t.Errorf("click %d: %v", i, err)
		}
	}
	p, _, err := h.news.Own(head, in.ID)
	if err != nil || p.Version != 1 || len(p.Attachments) != 1 {
		t.Errorf("version %d with %d files, %v", p.Version, len(p.Attachments), err)
	}
}

func TestIncompleteIsNotPublished(t *testing.T) {
	head := h.as(t, h.Rochelle, h.member(t, h.Rochelle, school.Head))
	for name, c := range map[string]struct {
		desk  *publication.Desk
		in    publication.Input
		field string
	}{
		"nobody":          {h.news.Desk, publication.Input{Title: "T", Body: "b"}, audience.Field},
		"no text":         {h.news.Desk, publication.Input{Title: "T", Audience: everybody()}, "body"},
		"without end":     {h.announcements.Desk, publication.Input{Title: "T", Body: "b", Audience: everybody()}, "ends_at"},
		"end in the past": {h.news.Desk, publication.Input{Title: "T", Body: "b", Audience: everybody(), EndsAt: h.Clock.At.Add(-time.Hour)}, "ends_at"},
		"long flash": {h.announcements.Desk, publication.Input{Title: "T", Body: strings.Repeat("a", 700), Audience: everybody(),
			EndsAt: h.Clock.At.Add(time.Hour)}, "body"},
	} {
		t.Run(name, func(t *testing.T) {
			c.in.ID = school.NewID()
			p, err := c.desk.Save(head, c.in)
			if err != nil {
				t.Fatal(err)
			}
			var f *fault.Error
			err = c.desk.Publish(head, p.ID, p.Version)
			if !fault.Is(err, fault.Invalid) || !asFault(err, &f) || f.Fields[c.field] == "" {
				t.Errorf("%v", err)
			}
		})
	}
	for name, in := range map[string]publication.Input{
		"no title":       {Body: "b"},
		"long title":     {Title: strings.Repeat("é", 161)},
		"long summary":   {Title: "T", Summary: strings.Repeat("a", 401)},
		"another school": {Title: "T", Audience: audience.Audience{Establishments: []school.ScopeID{11}}},
		"unknown class":  {Title: "T", Audience: audience.Audience{Classes: []school.ClassID{h.Class(t, h.Lucon, "inc", "6e")}}},
	} {
		in.ID = school.NewID()
		if _, err := h.news.Save(head, in); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAgentsWriteInTheirSections(t *testing.T) {
	agent, all := h.member(t, h.Vendee, school.Collectivity), h.member(t, h.Vendee, school.Collectivity)
	h.Entrust(t, h.Vendee, agent, "canteen")
	h.Administer(t, h.Vendee, all)
	in := input("Menus", everybody())
	for section, want := range map[string]fault.Kind{"canteen": -1, "works": fault.Invalid, "": fault.Invalid, "nonsense": fault.Invalid} {
		in.ID, in.Section = school.NewID(), section
		_, err := h.territory.Save(h.as(t, h.Vendee, agent), in)
		if want == -1 && err != nil || want != -1 && !fault.Is(err, want) {
			t.Errorf("section %q: %v", section, err)
		}
	}
	in.ID, in.Section = school.NewID(), "works"
	p, err := h.territory.Save(h.as(t, h.Vendee, all), in)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.territory.Own(h.as(t, h.Vendee, agent), p.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("an agent opens another section: %v", err)
	}
}

func TestItIsAnnouncedOnce(t *testing.T) {
	start := h.Clock.At
	t.Cleanup(func() { h.Clock.At = start })
	head := h.as(t, h.Rochelle, h.member(t, h.Rochelle, school.Head))
	facts := func(p publication.Publication) int {
		var n int
		if err := countRows(t, h.Rochelle, `select count(*) from job where kind = 'fact' and payload->'body'->>'id' = ?`, &n, p.ID.String()); err != nil {
			t.Fatal(err)
		}
		return n
	}
	now := publish(t, head, h.news.Desk, input("Maintenant", everybody()))
	if facts(now) != 1 {
		t.Errorf("%d facts at once", facts(now))
	}
	if err := h.news.Withdraw(head, now.ID, now.Version); err != nil {
		t.Fatal(err)
	}
	if err := h.news.Restore(head, now.ID, now.Version+1); err != nil || facts(now) != 1 {
		t.Errorf("%d facts after it was put back, %v", facts(now), err)
	}
	in := input("Plus tard", everybody())
	in.PublishAt = start.Add(time.Hour)
	later := publish(t, head, h.news.Desk, in)
	runJobs(t, "news.announce")
	if facts(later) != 0 {
		t.Error("announced before its time")
	}
	h.Clock.At = start.Add(time.Hour)
	runJobs(t, "news.announce")
	runJobs(t, "news.announce")
	if facts(later) != 1 {
		t.Errorf("%d facts at its time", facts(later))
	}
}

func TestReceipts(t *testing.T) {
	head := h.as(t, h.Up, h.member(t, h.Up, school.Head))
	in := input("À confirmer", everybody())
	in.WantsReceipt = true
	p := publish(t, head, h.news.Desk, in)
	opened, confirmed := h.as(t, h.Up, h.member(t, h.Up, school.Teacher)), h.as(t, h.Up, h.member(t, h.Up, school.Guardian))
	for range 2 {
		if _, err := h.news.Find(opened, p.ID); err != nil {
			t.Fatal(err)
		}
		if err := h.news.Acknowledge(confirmed, p.ID); err != nil {
			t.Fatal(err)
		}
	}
	r, err := h.news.Receipts(head, p.ID, 1)
	if err != nil || r.Meant.People != 3 || r.Read != 2 || r.Acknowledged != 1 || len(r.Readers) != 2 {
		t.Errorf("meant %d, read %d, confirmed %d, names %d, %v", r.Meant.People, r.Read, r.Acknowledged, len(r.Readers), err)
	}
}

func TestLongListsComeInPages(t *testing.T) {
	head, reader := h.as(t, h.LP, h.member(t, h.LP, school.Head)), h.as(t, h.LP, h.member(t, h.LP, school.Teacher))
	for range 15 {
		publish(t, head, h.news.Desk, input("Une parmi d’autres", everybody()))
	}
	first, err := h.news.List(reader, "", "")
	if err != nil || len(first.Items) != 12 || first.Next == "" {
		t.Fatalf("%d items, next %q, %v", len(first.Items), first.Next, err)
	}
	second, err := h.news.List(reader, "", first.Next)
	if err != nil || len(second.Items) != 3 || second.Next != "" {
		t.Fatalf("%d items, next %q, %v", len(second.Items), second.Next, err)
	}
	met := map[string]bool{}
	for _, l := range append(first.Items, second.Items...) {
		met[l.ID.String()] = true
	}
	if len(met) != 15 {
		t.Errorf("%d of 15 met", len(met))
	}
	if again, err := h.news.List(reader, "", "nonsense"); err != nil || len(again.Items) != 12 {
		t.Errorf("a cursor made by hand: %d, %v", len(again.Items), err)
	}
}
