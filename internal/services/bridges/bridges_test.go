package bridges_test

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"elyco/internal/audit"
	"elyco/internal/bridge"
	"elyco/internal/db"
	"elyco/internal/job"
	"elyco/internal/local/pg"
	"elyco/internal/school"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
	"elyco/internal/words"
)

// form is a proposal as a head of the collège sends it to the lycée.
func form(h *testkit.House, with *tenant.Tenant, ends int) url.Values {
	return url.Values{"id": {school.NewID().String()}, "with": {strconv.FormatInt(int64(with.ID), 10)}, "mine": {"teacher", "head"}, "theirs": {"teacher"},
		"purposes": {"write"}, "ends_on": {h.Clock.Now().In(words.Zone()).AddDate(0, 0, ends).Format(time.DateOnly)}, "reason": {"Un atelier commun de théâtre"}}
}

// propose has a head propose, and returns the bridge's path.
func propose(t *testing.T, h *testkit.House, head *testkit.Client, from, to *tenant.Tenant) string {
	t.Helper()
	f := form(h, to, 60)
	path := "/bridges/" + f.Get("id")
	head.Post(t, from, "/bridges", f).LeadsTo(t, path)
	return path
}

func standing(t *testing.T, h *testkit.House) *bridge.Registry {
	t.Helper()
	r := bridge.NewRegistry(h.DB)
	if err := r.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	return r
}

func TestTwoHeadsOpenABridge(t *testing.T) {
	h := testkit.NewHouse(t)
	ours, theirs := h.SignIn(t, h.NewPerson(t, testkit.Named("Claire", "Ollivier"), testkit.In(h.College, school.Head))), h.SignInAs(t, h.Lycee, school.Head)
	ours.Get(t, h.College, "/bridges").Is(t, 200).Sees(t, "h1", "Passerelles").Sees(t, "main", "Aucune passerelle")
	ours.Get(t, h.College, "/bridges/new?q=lucon+GABRIEL").Is(t, 200).Sees(t, "main a", "Lycée Saint-Gabriel").SeesNot(t, "Colette")
	ours.Get(t, h.College, "/bridges/new?q=0859997w").Sees(t, "main a", "Lycée Saint-Gabriel")
	ours.Get(t, h.College, "/bridges/new?q=dolto").Sees(t, "main", "Aucun établissement")
	ours.Get(t, h.College, "/bridges/new?with=11").Is(t, 200).Sees(t, "h1", "Lycée Saint-Gabriel").Sees(t, "legend", "Que permettra")

	bad := form(h, h.Lycee, 500)
	bad.Del("mine")
	ours.Post(t, h.College, "/bridges", bad).Is(t, 422).Sees(t, ".error", "un an au plus").Sees(t, "main", "au moins un profil").Sees(t, "textarea", "Un atelier commun")
	bad.Set("ends_on", "demain")
	ours.Post(t, h.College, "/bridges", bad).Is(t, 422)
	for _, with := range []*tenant.Tenant{h.College, h.Vendee, h.Academy} {
		ours.Post(t, h.College, "/bridges", form(h, with, 60)).Is(t, 422)
	}

	f := form(h, h.Lycee, 60)
	path := "/bridges/" + f.Get("id")
	ours.Post(t, h.College, "/bridges", f).LeadsTo(t, path)
	ours.Post(t, h.College, "/bridges", f).LeadsTo(t, path)
	ours.Post(t, h.College, "/bridges", form(h, h.Lycee, 60)).Is(t, 409)
	theirs.Post(t, h.Lycee, "/bridges", form(h, h.College, 60)).Is(t, 409)
	if standing(t, h).Between(10, 11, school.Teacher, school.Teacher, bridge.Write) {
		t.Error("a proposal opens the bridge")
	}
	ours.Get(t, h.College, path).Is(t, 200).Sees(t, "main", "n’a pas encore répondu").SeesNot(t, "Accepter et ouvrir")
	theirs.Get(t, h.Lycee, "/home").Sees(t, "main", "Collège Françoise-Dolto vous propose une passerelle")
	theirs.Get(t, h.Lycee, "/bridges").Sees(t, "main h2", "En attente de votre réponse")
	theirs.Get(t, h.Lycee, path).Is(t, 200).Sees(t, "main", "Claire Ollivier attend votre réponse").Sees(t, "main", "Un atelier commun de théâtre")

	theirs.Post(t, h.Lycee, path+"/answer", url.Values{"answer": {"refuse"}, "note": {" "}}).Is(t, 422).Sees(t, ".error", "pourquoi")
	theirs.Post(t, h.Lycee, path+"/answer", url.Values{"answer": {"maybe"}, "note": {""}}).Is(t, 422)
	ours.Post(t, h.College, path+"/answer", url.Values{"answer": {"accept"}, "note": {""}}).Is(t, 404)
	theirs.Post(t, h.Lycee, path+"/answer", url.Values{"answer": {"accept"}, "note": {"Avec plaisir"}}).LeadsTo(t, path)
	theirs.Post(t, h.Lycee, path+"/answer", url.Values{"answer": {"refuse"}, "note": {"Non"}}).Is(t, 409)
	ours.Get(t, h.College, path).Sees(t, "main", "Avec plaisir").Sees(t, "main", "ouverte jusqu’au")
	ours.Get(t, h.College, "/bridges").Sees(t, "main h2", "Ouvertes")

	h.SignInAs(t, h.College, school.Teacher).Get(t, h.College, "/bridges").Is(t, 200).Sees(t, "main", "Lycée Saint-Gabriel").SeesNot(t, "Ollivier")
	h.SignInAs(t, h.Lycee, school.Teacher).Get(t, h.Lycee, "/home").Sees(t, "main", "Une passerelle est ouverte avec Collège Françoise-Dolto")
	h.SignInAs(t, h.College, school.Pupil).Get(t, h.College, "/bridges").Is(t, 200).Sees(t, "main", "Aucune passerelle ne concerne votre profil")
}

// TestBetween is the question that other rooms ask.
func TestBetween(t *testing.T) {
	h := testkit.NewHouse(t)
	ours, theirs := h.SignInAs(t, h.College, school.Head), h.SignInAs(t, h.Lycee, school.Head)
	path := propose(t, h, ours, h.College, h.Lycee)
	theirs.Post(t, h.Lycee, path+"/answer", url.Values{"answer": {"accept"}, "note": {""}}).LeadsTo(t, path)
	r := standing(t, h)
	for _, c := range []struct {
		a, b        school.ScopeID
		here, there school.Profile
		p           bridge.Purpose
		want        bool
	}{
		{10, 11, school.Teacher, school.Teacher, bridge.Write, true},
		{10, 11, school.Head, school.Teacher, bridge.Write, true},
		{11, 10, school.Teacher, school.Head, bridge.Write, true},
		{11, 10, school.Head, school.Teacher, bridge.Write, false},
		{10, 11, school.Teacher, school.Pupil, bridge.Write, false},
		{10, 11, school.Pupil, school.Teacher, bridge.Write, false},
		{10, 11, school.Teacher, school.Teacher, bridge.Share, false},
		{10, 12, school.Teacher, school.Teacher, bridge.Write, false},
		{12, 11, school.Teacher, school.Teacher, bridge.Write, false},
		{10, 10, school.Teacher, school.Teacher, bridge.Write, false},
	} {
		if got := r.Between(c.a, c.b, c.here, c.there, c.p); got != c.want {
			t.Errorf("%d to %d, %s to %s, %s: %v", c.a, c.b, c.here, c.there, c.p, got)
		}
	}
	if spans := r.From(11, school.Teacher, bridge.Write); len(spans) != 1 || spans[0].Peer != 10 || len(spans[0].Theirs) != 2 {
		t.Errorf("%+v", spans)
	}
	asks := func() bool { return r.Between(10, 11, school.Teacher, school.Teacher, bridge.Write) }
	h.Clock.Pass(60 * 24 * time.Hour)
	if !asks() {
		t.Error("it ended before its last day was over")
	}
	h.Clock.Pass(2 * 24 * time.Hour)
	if asks() {
		t.Error("it goes on after its last day")
	}
	h.Clock.Pass(-62 * 24 * time.Hour)
	ours.Post(t, h.College, path+"/end", url.Values{"end_note": {"L’atelier est fini"}}).LeadsTo(t, path)
	ours.Post(t, h.College, path+"/end", url.Values{"end_note": {""}}).Is(t, 404)
	if r = standing(t, h); asks() {
		t.Error("it goes on after its end")
	}
	h.SignInAs(t, h.Lycee, school.Teacher).Get(t, h.Lycee, "/bridges").SeesNot(t, "Dolto")
	theirs.Get(t, h.Lycee, path).Sees(t, "main", "L’atelier est fini").SeesNot(t, "Fermer cette passerelle")
	propose(t, h, theirs, h.Lycee, h.College)
}

// TestReminder tells both sides, in good time, that a bridge is about to close.
func TestReminder(t *testing.T) {
	h := testkit.NewHouse(t)
	ours, theirs := h.SignInAs(t, h.College, school.Head), h.SignInAs(t, h.Lycee, school.Head)
	path := propose(t, h, ours, h.College, h.Lycee)
	theirs.Post(t, h.Lycee, path+"/answer", url.Values{"answer": {"accept"}, "note": {""}}).LeadsTo(t, path)
	ours.Get(t, h.College, "/home").SeesNot(t, "se ferme le")
	h.Clock.Pass(31 * 24 * time.Hour)
	for head, in := range map[school.Profile]*tenant.Tenant{school.Head: h.College, school.Administrative: h.Lycee} {
		h.SignInAs(t, in, head, testkit.Admin()).Get(t, in, "/home").Sees(t, "main", "se ferme le")
	}
}

func TestWhoMay(t *testing.T) {
	h := testkit.NewHouse(t)
	path := propose(t, h, h.SignInAs(t, h.College, school.Head), h.College, h.Lycee)
	admin := h.SignInAs(t, h.Lycee, school.Administrative, testkit.Admin())
	admin.Get(t, h.Lycee, path).Is(t, 200).SeesNot(t, "Accepter et ouvrir")
	admin.Get(t, h.Lycee, "/bridges").Is(t, 200).SeesNot(t, "Proposer une passerelle")
	for _, c := range []*testkit.Client{admin, h.SignInAs(t, h.Lycee, school.Teacher)} {
		c.Post(t, h.Lycee, path+"/answer", url.Values{"answer": {"accept"}, "note": {""}}).Is(t, 403)
		c.Post(t, h.Lycee, path+"/end", url.Values{"end_note": {""}}).Is(t, 403)
		c.Get(t, h.Lycee, "/bridges/new").Is(t, 403)
	}
	h.SignInAs(t, h.Lycee, school.Teacher).Get(t, h.Lycee, path).Is(t, 403)
	third := h.SignInAs(t, h.Sibling, school.Head)
	third.Get(t, h.Sibling, path).Is(t, 404)
	third.Get(t, h.Sibling, "/bridges").Is(t, 200).SeesNot(t, "Dolto")
	for _, what := range []string{"/answer", "/end"} {
		third.Post(t, h.Sibling, path+what, url.Values{"answer": {"accept"}, "note": {""}, "end_note": {""}}).Is(t, map[string]int{"/answer": 422, "/end": 422}[what])
	}
	third.Post(t, h.Sibling, path+"/answer", url.Values{"answer": {"accept"}, "note": {""}}).Is(t, 404)
	third.Post(t, h.Sibling, path+"/end", url.Values{"end_note": {""}}).Is(t, 404)
}

// TestNobodySignsForAnother tries, with the rights of the role that serves pages, what the pages do not offer.
func TestNobodySignsForAnother(t *testing.T) {
	h := testkit.NewHouse(t)
	head := h.SignInAs(t, h.College, school.Head)
	path := propose(t, h, head, h.College, h.Lycee)
	id := strings.TrimPrefix(path, "/bridges/")
	try := func(scope string, sql string) (int64, error) {
		t.Helper()
		var rows int64
		err := pgx.BeginFunc(t.Context(), h.As(t, pg.App), func(tx pgx.Tx) error {
			if _, err := tx.Exec(t.Context(), `set local app.tenant = '`+scope+`'; set local app.above = '{`+scope+`}'`, pgx.QueryExecModeSimpleProtocol); err != nil {
				return err
			}
			tag, err := tx.Exec(t.Context(), strings.ReplaceAll(sql, "$id", "'"+id+"'"))
			rows = tag.RowsAffected()
			return err
		})
		return rows, err
	}
	const answer = `insert into bridge_paper (tenant_id, id, peer_id, part, proposer_profiles, answerer_profiles, purposes, ends_on, reason, signer_name, signed_at)
		select %tenant, id, %peer, 'acceptance', proposer_profiles, answerer_profiles, purposes, ends_on, reason, 'X', now() from bridge_paper where id = $id`
	as := func(tenant, peer string) string {
		return strings.NewReplacer("%tenant", tenant, "%peer", peer).Replace(answer)
	}
	if _, err := try("10", as("11", "10")); err == nil || !strings.Contains(err.Error(), "42501") {
		t.Errorf("the collège signed for the lycée: %v", err)
	}
	if _, err := try("10", as("10", "11")); err == nil {
		t.Error("the collège answered itself")
	}
	if n, err := try("12", as("12", "10")); err != nil || n != 0 {
		t.Errorf("a third school answered what it cannot read: %d, %v", n, err)
	}
	if n, err := try("12", `select from bridge_paper`); err != nil || n != 0 {
		t.Errorf("a third school reads %d papers: %v", n, err)
	}
	if n, err := try("11", `select from bridge_paper`); err != nil || n != 1 {
		t.Errorf("the lycée reads %d papers: %v", n, err)
	}
	for _, sql := range []string{`update bridge_paper set signer_name = 'x' where id = $id`, `update bridge_paper set ended_at = now() where id = $id`, `delete from bridge_paper where id = $id`} {
		if n, err := try("11", sql); n != 0 {
			t.Errorf("the lycée changed the collège's paper: %s: %v", sql, err)
		}
	}
	for _, change := range []string{"reason = 'x'", "ends_on = ends_on + 1", "purposes = '{share}'", "answerer_profiles = '{pupil}'", "part = 'acceptance'", "peer_id = 12", "signed_at = now()"} {
		if _, err := try("10", `update bridge_paper set `+change+` where id = $id`); err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("a signed paper took %s: %v", change, err)
		}
	}

	theirs := h.SignInAs(t, h.Lycee, school.Head)
	theirs.Post(t, h.Lycee, path+"/answer", url.Values{"answer": {"accept"}, "note": {""}}).LeadsTo(t, path)
	if !standing(t, h).Between(10, 11, school.Teacher, school.Teacher, bridge.Write) {
		t.Fatal("the bridge does not stand")
	}
	// A paper that is written anew with other terms is not the one that was accepted.
	if _, err := try("10", `with old as (delete from bridge_paper where tenant_id = 10 and id = $id returning *)
		insert into bridge_paper (tenant_id, id, peer_id, part, proposer_profiles, answerer_profiles, purposes, ends_on, reason, signer_name, signed_at)
		select 10, gen_random_uuid(), peer_id, part, proposer_profiles, '{teacher,pupil}', purposes, ends_on, reason, signer_name, signed_at from old`); err != nil {
		t.Fatal(err)
	}
	if _, err := try("10", `update bridge_paper set id = $id where tenant_id = 10`); err == nil {
		t.Error("a paper took another's number")
	}
	if r := standing(t, h); r.Between(10, 11, school.Teacher, school.Pupil, bridge.Write) || r.Between(10, 11, school.Teacher, school.Teacher, bridge.Write) {
		t.Error("terms that nobody accepted hold")
	}
}

// TestBothTrails finds each step in the trails of both sides, once.
func TestBothTrails(t *testing.T) {
	h := testkit.NewHouse(t)
	ours, theirs := h.SignInAs(t, h.College, school.Head), h.SignInAs(t, h.Lycee, school.Head)
	path := propose(t, h, ours, h.College, h.Lycee)
	theirs.Post(t, h.Lycee, path+"/answer", url.Values{"answer": {"accept"}, "note": {""}}).LeadsTo(t, path)
	theirs.Post(t, h.Lycee, path+"/end", url.Values{"end_note": {""}}).LeadsTo(t, path)
	w := worker(t, h)
	for range 3 {
		if _, err := w.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	h.Exec(t, `update job set state = 'ready', run_at = now() - interval '1 second' where kind like 'bridge%'`)
	for range 3 {
		if _, err := w.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for in, want := range map[*tenant.Tenant]string{
		h.College: "bridges.heard_acceptance bridges.heard_end bridges.propose",
		h.Lycee:   "bridges.accept bridges.end bridges.heard_proposal",
	} {
		if got := trail(t, h, in); got != want {
			t.Errorf("%s: %s, not %s", in.Name, got, want)
		}
	}
	if got := trail(t, h, h.Sibling); got != "" {
		t.Errorf("a third trail says %s", got)
	}
}

func worker(t *testing.T, h *testkit.House) *job.Worker {
	t.Helper()
	handlers := bridge.Jobs(h.DB)
	for _, s := range h.App.Rooms() {
		handlers = append(handlers, s.Jobs...)
	}
	w, err := job.NewWorker(h.DB, handlers, 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		space := h.Registry.ByID(school.ScopeID(scope))
		return tenant.Enter(ctx, space), space != nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// trail lists what the trail of a space says of bridges, in the order of words.
func trail(t *testing.T, h *testkit.House, in *tenant.Tenant) string {
	t.Helper()
	var actions []string
	err := h.DB.Read(tenant.Enter(t.Context(), in), func(ctx context.Context, tx db.Tx) error {
		page, err := audit.List(ctx, tx, audit.Filter{Action: "bridges."})
		for _, l := range page.Lines {
			actions = append(actions, l.Action)
			if !strings.Contains(l.Title, "Collège") && !strings.Contains(l.Title, "Lycée") {
				t.Errorf("%s names %q", l.Action, l.Title)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return sorted(actions)
}

func sorted(list []string) string {
	slices.Sort(list)
	return strings.Join(list, " ")
}
