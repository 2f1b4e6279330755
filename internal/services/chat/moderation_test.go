package chat_test

import (
	"context"
	"elyco/internal/notice"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"elyco/internal/db"
	"elyco/internal/live"
	"elyco/internal/privacy"
	"elyco/internal/school"
	"elyco/internal/services/chat"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/testkit"
)

func TestReportsLeadToADecision(t *testing.T) {
	k := newTalk(t)
	c := k.College
	path := k.open(t, k.nadia, k.form())
	id := k.say(t, k.hugo, path, "Tu es nul")
	at := "/chat/messages/" + id
	report := url.Values{"report": {school.NewID().String()}, "reason": {"insult"}, "note": {"Cela me blesse."}}
	k.lea.Post(t, c, at+"/report", url.Values{"report": {school.NewID().String()}}).Is(t, 422).Sees(t, ".error", "Choisissez")
	k.hugo.Post(t, c, at+"/report", report).Is(t, 404)
	for range 2 {
		k.lea.Post(t, c, at+"/report", report).LeadsTo(t, path)
	}
	// Its author removes it: what was reported stays before the moderators.
	k.hugo.Post(t, c, at+"/removal", url.Values{}).LeadsTo(t, path)
	k.lea.Get(t, c, "/chat/moderation").Is(t, 403)
	k.paul.Get(t, c, "/chat/moderation").Sees(t, ".chat-reported", "Tu es nul").Sees(t, "main", "Léa Martin")
	k.cpe.Get(t, c, "/chat/moderation").Sees(t, ".chat-reported", "Tu es nul")
	stranger := k.SignInAs(t, c, school.Teacher, testkit.OfClass(k.other))
	decide := "/chat/moderation/" + report.Get("report")
	stranger.Get(t, c, "/chat/moderation").SeesNot(t, "Tu es nul")
	stranger.Post(t, c, decide, url.Values{"do": {"keep"}}).Is(t, 404)
	k.cpe.Post(t, c, decide, url.Values{"do": {"remove"}}).LeadsTo(t, "/chat/moderation")
	k.paul.Post(t, c, decide, url.Values{"do": {"keep"}}).Is(t, 409)
	second := k.say(t, k.hugo, path, "Vraiment nul")
	k.lea.Post(t, c, "/chat/messages/"+second+"/removal", url.Values{"reason": {"x"}}).Is(t, 404)
	k.nadia.Post(t, c, "/chat/messages/"+second+"/removal", url.Values{}).Is(t, 422).Sees(t, ".error", "Écrivez pourquoi")
	k.nadia.Post(t, c, "/chat/messages/"+second+"/removal", url.Values{"reason": {"Insulte"}}).LeadsTo(t, path)
	k.lea.Get(t, c, path).Sees(t, ".chat-removed", "retiré par un modérateur").SeesNot(t, "Vraiment nul")
	k.lea.Get(t, c, "/chat/messages/"+second).SeesNot(t, "Vraiment nul")
	k.nadia.Get(t, c, "/chat/messages/"+second).Sees(t, "main", "Vraiment nul")
	log := string(k.nadia.Get(t, c, path+"/log").Is(t, 200).Body)
	if !strings.Contains(log, "Vraiment nul") || !strings.Contains(log, "Insulte") {
		t.Errorf("the log is %q", log)
	}
	k.lea.Get(t, c, path+"/log").Is(t, 403)
	for _, action := range []string{"chat.open", "chat.decide", "chat.remove", "chat.export"} {
		if n := k.count(t, `select count(*) from audit_entry where action = $1`, action); n == 0 {
			t.Errorf("the trail says nothing of %s", action)
		}
	}
}

func (k *talk) count(t *testing.T, sql string, args ...any) (n int) {
	t.Helper()
	if err := k.As(t, "postgres").QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func TestSilence(t *testing.T) {
	k := newTalk(t)
	c := k.College
	path := k.open(t, k.nadia, k.form())
	form := url.Values{"person": {k.hugoP.ID.String()}, "minutes": {"60"}, "reason": {"Propos blessants"}}
	k.lea.Post(t, c, path+"/silences", form).Is(t, 403)
	for _, who := range []testkit.Person{k.tomP, k.paulP} {
		k.nadia.Post(t, c, path+"/silences", url.Values{"person": {who.ID.String()}, "minutes": {"60"}, "reason": {"x"}}).Is(t, 404)
	}
	k.nadia.Post(t, c, path+"/silences", url.Values{"person": {k.hugoP.ID.String()}, "minutes": {"61"}, "reason": {"x"}}).Is(t, 422)
	k.nadia.Post(t, c, path+"/silences", form).LeadsTo(t, path+"/members")
	id := k.say(t, k.lea, path, "Ici")
	k.hugo.Post(t, c, path+"/messages", saying("Là")).Is(t, 422).Sees(t, ".error", "retiré la parole")
	k.hugo.Get(t, c, path).Is(t, 200).Sees(t, ".chat-compose", "retiré la parole").Sees(t, ".chat-text", "Ici")
	k.hugo.Get(t, c, "/chat/messages/"+id).Is(t, 200)
	k.lea.Get(t, c, path+"/members").Sees(t, ".badge", "Sans parole jusqu").SeesNot(t, "Propos blessants")
	k.nadia.Get(t, c, path+"/members").Sees(t, "main", "Propos blessants")
	k.paul.Post(t, c, path+"/silences/"+k.hugoP.ID.String()+"/removal", url.Values{}).LeadsTo(t, path+"/members")
	k.say(t, k.hugo, path, "Merci")
	k.nadia.Post(t, c, path+"/silences", form).LeadsTo(t, path+"/members")
	k.Clock.Pass(61 * time.Minute)
	k.say(t, k.hugo, path, "Après une heure")
}

func TestAModeratorOfTheSchoolSaysSoBeforeReading(t *testing.T) {
	k := newTalk(t)
	c := k.College
	path := k.open(t, k.nadia, k.form())
	id := k.say(t, k.lea, path, "Entre nous")
	k.cpe.Get(t, c, "/chat").SeesNot(t, "Entraide")
	k.cpe.Get(t, c, "/chat?in=all").Sees(t, "main", "Entraide").SeesNot(t, "Entre nous")
	k.nadia.Get(t, c, "/chat?in=all").Is(t, 404)
	k.cpe.Get(t, c, path).Is(t, 200).Sees(t, "main", "avertis dans la discussion").SeesNot(t, "Entre nous")
	for _, at := range []string{path + "/members", path + "/log", "/chat/messages/" + id} {
		k.cpe.Get(t, c, at).Is(t, 404)
	}
	k.cpe.Post(t, c, path+"/messages", saying("x")).Is(t, 404)
	k.paul.Post(t, c, path+"/visit", url.Values{}).Is(t, 404)
	for range 2 {
		k.cpe.Post(t, c, path+"/visit", url.Values{}).LeadsTo(t, path)
	}
	k.cpe.Get(t, c, path).Sees(t, ".chat-text", "Entre nous").Sees(t, "main", "comme modérateur")
	said := k.lea.Get(t, c, path).Sees(t, ".chat-event", "Samia Haddad, qui modère")
	if n := len(said.Page(t).All(".chat-event")); n != 2 {
		t.Errorf("%d things happened, not an opening and a visit", n)
	}
	if n := k.count(t, `select count(*) from access_entry where person_id = $1 and what = 'chat.looked.channel'`, k.leaP.ID.UUID); n != 1 {
		t.Errorf("the journal of the pupil holds %d looks", n)
	}
	k.say(t, k.cpe, path, "Je suis passée.")
	k.Clock.Pass(9 * time.Hour)
	k.cpe.Get(t, c, path).SeesNot(t, "Entre nous")
}

func TestPresenceIsShownAndForgotten(t *testing.T) {
	k := newTalk(t)
	c := k.College
	path := k.open(t, k.nadia, k.form())
	beat := func(who *testkit.Client) *testkit.Answer {
		return who.Do(t, testkit.Request{Method: http.MethodPost, To: c, Path: path + "/presence", Form: url.Values{"after": {"1"}, "since": {"1"}}, Header: http.Header{"Hx-Request": {"true"}}})
	}
	beat(k.lea).Is(t, 200)
	k.hugo.Get(t, c, path).Sees(t, ".chat-people", "Léa Martin").Sees(t, ".chat-here h2", "2 personnes ici")
	seen := func() string {
		var at time.Time
		if err := k.As(t, "postgres").QueryRow(t.Context(), `select seen_at from chat_seat where person_id = $1`, k.leaP.ID.UUID).Scan(&at); err != nil {
			t.Fatal(err)
		}
		return at.String()
	}
	before := seen()
	beat(k.lea).Is(t, 200)
	if seen() != before {
		t.Error("each beat is written")
	}
	k.Clock.Pass(70 * time.Second)
	k.hugo.Get(t, c, path).Sees(t, ".chat-here h2", "1 personne ici")
	k.lea.Post(t, c, "/chat/discretion", url.Values{"hidden": {"1"}}).LeadsTo(t, "/chat")
	beat(k.lea).Is(t, 200).Sees(t, ".chat-here", "n’est pas montrée")
	k.hugo.Get(t, c, path).Sees(t, ".chat-here h2", "1 personne ici")
	beat(k.tom).Is(t, 404)
}

// follow has a hub hear as a replica does, and opens a page of somebody there.
func follow(t *testing.T, d *db.DB, who uuid.UUID) *live.Page {
	t.Helper()
	h := live.NewHub(d)
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { h.Follow(ctx); close(done) }()
	t.Cleanup(func() { stop(); <-done })
	p, err := h.Open(who)
	if err != nil {
		t.Fatal(err)
	}
	hear(t, p) // anything may have changed: the connection stands
	return p
}

func hear(t *testing.T, p *live.Page) []live.Event {
	t.Helper()
	select {
	case <-p.Wake():
	case <-time.After(10 * time.Second):
		t.Fatal("nothing was heard")
	}
	return p.Take()
}

// TestAnotherReplicaHears has a message posted on one replica be heard, and read, on another.
func TestAnotherReplicaHears(t *testing.T) {
	k := newTalk(t)
	path := k.open(t, k.nadia, k.form())
	other := k.Replica(t)
	there := other.SignIn(t, k.hugoP)
	open := follow(t, k.DB, k.hugoP.ID.UUID)
	stranger := follow(t, k.DB, k.tomP.ID.UUID)
	k.say(t, k.lea, path, "Entends-tu ?")
	channel := uuid.MustParse(strings.TrimPrefix(path, "/chat/channels/"))
	if got := hear(t, open); !slices.Contains(got, live.Event{Room: "chat", Ref: channel}) {
		t.Errorf("heard %v", got)
	}
	there.Do(t, testkit.Request{To: k.College, Path: path + "/line?after=1&since=1", Header: http.Header{"Hx-Request": {"true"}}}).Is(t, 200).Sees(t, ".chat-text", "Entends-tu ?")
	if got := stranger.Take(); got != nil {
		t.Errorf("a pupil of another class heard %v", got)
	}
}

// record keeps what people would be told.
type record struct {
	told []notice.Notice
	whom [][]notice.To
}

// has reports whether somebody was told with the nth notice, under the name and on the side of want.
func (r *record) has(n int, want notice.To) bool {
	return slices.ContainsFunc(r.whom[n], func(p notice.To) bool { return p.Person == want.Person && p.Name == want.Name && p.Staff == want.Staff })
}

func (r *record) Tell(_ context.Context, _ db.Tx, n notice.Notice, to []notice.To) error {
	r.told, r.whom = append(r.told, n), append(r.whom, to)
	return nil
}

func TestMembersAreTold(t *testing.T) {
	k := newTalk(t)
	told := &record{}
	room := chat.New(k.DB, k.Registry, k.App.Settings(), told, unstopped{})
	room.Furnish(k.App.Policy())
	as := func(p testkit.Person) context.Context {
		return session.With(tenant.Enter(t.Context(), k.College), k.Actor(t, k.College, p))
	}
	id := school.NewID()
	if err := room.Open(as(k.nadiaP), chat.Channel{ID: id, Target: chat.Target{Kind: "class", ID: k.class.UUID}, Title: "Entraide", Teachers: true, Days: 127, Closes: 1440}); err != nil {
		t.Fatal(err)
	}
	if len(told.told) != 1 || told.told[0].Kind != chat.NoticeOpened || len(told.whom[0]) != 3 || !told.has(0, notice.To{Person: k.paulP.ID.UUID, Name: "Paul Guérin", Staff: true}) {
		t.Fatalf("told %+v to %v", told.told, told.whom)
	}
	post := func(p testkit.Person, reply int) {
		t.Helper()
		if err := room.Post(as(p), chat.Draft{ID: school.NewID(), Channel: id, Body: "Oui", Reply: reply}); err != nil {
			t.Fatal(err)
		}
	}
	post(k.leaP, 0)
	post(k.leaP, 2)
	if len(told.told) != 1 {
		t.Error("somebody is told of an own answer")
	}
	post(k.hugoP, 2)
	if len(told.told) != 2 || told.told[1].Kind != chat.NoticeAnswer || len(told.whom[1]) != 1 || !told.has(1, notice.To{Person: k.leaP.ID.UUID, Name: "Léa Martin"}) {
		t.Errorf("told %+v to %v", told.told, told.whom)
	}
}

func TestAPersonLeavesTheChat(t *testing.T) {
	k := newTalk(t)
	path := k.open(t, k.nadia, k.form())
	id := k.say(t, k.lea, path, "Un mot de Léa")
	k.say(t, k.hugo, path, "Un mot de Hugo")
	k.hugo.Post(t, k.College, "/chat/messages/"+id+"/report", url.Values{"report": {school.NewID().String()}, "reason": {"other"}}).LeadsTo(t, path)
	k.lea.Post(t, k.College, "/chat/discretion", url.Values{"hidden": {"1"}}).LeadsTo(t, "/chat")
	var kept privacy.Record
	for _, s := range k.App.Rooms() {
		if s.Name == "chat" {
			kept = s.Privacy
		}
	}
	in := tenant.Enter(t.Context(), k.College)
	run := func(do func(ctx context.Context, tx db.Tx) error) {
		t.Helper()
		if err := k.DB.Write(in, do); err != nil {
			t.Fatal(err)
		}
	}
	run(func(ctx context.Context, tx db.Tx) error {
		held, err := kept.Export(ctx, tx, k.leaP.ID)
		if said := fmt.Sprint(held); !strings.Contains(said, "Un mot de Léa") || !strings.Contains(said, "not_shown") || strings.Contains(said, "Hugo") {
			t.Errorf("the export holds %s", said)
		}
		return err
	})
	run(func(ctx context.Context, tx db.Tx) error { return kept.Erase(ctx, tx, k.leaP.ID) })
	k.hugo.Get(t, k.College, path).Sees(t, ".chat-name", "Une personne partie").Sees(t, ".chat-text", "Un mot de Léa")
	run(func(ctx context.Context, tx db.Tx) error {
		held, err := kept.Export(ctx, tx, k.leaP.ID)
		if len(held) > 0 {
			t.Errorf("after the erasure the export holds %v", held)
		}
		return err
	})
	purge := func() (n int) {
		run(func(ctx context.Context, tx db.Tx) (err error) { n, err = kept.Purge(ctx, tx); return err })
		return n
	}
	k.Clock.Pass(200 * 24 * time.Hour) // the year's last days
	purge()
	if n := k.count(t, `select count(*) from chat_message`); n != 3 {
		t.Errorf("%d messages are left before the time", n)
	}
	k.Clock.Pass(40 * 24 * time.Hour)
	if n := purge(); n < 4 {
		t.Errorf("%d rows went", n)
	}
	if n := k.count(t, `select (select count(*) from chat_message) + (select count(*) from chat_channel) + (select count(*) from chat_report)`); n != 0 {
		t.Errorf("%d rows are left", n)
	}
}

// TestPupilsOpenChannelsWhereTheSchoolLetsThem gives pupils the right that they do not have by default.
func TestPupilsOpenChannelsWhereTheSchoolLetsThem(t *testing.T) {
	k := newTalk(t)
	c := k.College
	if _, err := k.As(t, "postgres").Exec(t.Context(), `insert into policy_delta (tenant_id, id, room, action, profile, number, reach, set_at)
		values ($1, $2, 'chat', 'open', 'pupil', 1, 'classes', now())`, int64(c.ID), school.NewID()); err != nil {
		t.Fatal(err)
	}
	if err := k.App.Policy().Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	f := k.form()
	f.Del("teachers")
	f.Set("guardians", "1")
	path := k.open(t, k.lea, f)
	id := k.say(t, k.hugo, path, "Entre élèves")
	k.paul.Get(t, c, path).Sees(t, ".chat-text", "Entre élèves")
	k.parent.Get(t, c, path).Is(t, 404)
	k.paul.Post(t, c, "/chat/messages/"+id+"/removal", url.Values{"reason": {"Hors sujet"}}).LeadsTo(t, path)
	k.hugo.Get(t, c, path+"/settings").Is(t, 404)
	k.lea.Get(t, c, path+"/settings").Is(t, 200)
	k.lea.Post(t, c, path+"/silences", url.Values{"person": {k.hugoP.ID.String()}, "minutes": {"60"}, "reason": {"x"}}).Is(t, 403)
	k.lea.Post(t, c, path+"/state", url.Values{"to": {"closed"}}).LeadsTo(t, path)
	stolen := k.form()
	stolen.Set("target", "class:"+k.other.String())
	k.lea.Post(t, c, "/chat/channels", stolen).Is(t, 422)
}

// unstopped is a switch that stops nobody.
type unstopped struct{}

func (unstopped) Stopped(context.Context, string) (bool, error) { return false, nil }

// TestAStopHoldsTheChat stops the pupils of a department, whose teachers go on.
func TestAStopHoldsTheChat(t *testing.T) {
	k := newTalk(t)
	path := k.open(t, k.nadia, k.form())
	agent := k.SignInAs(t, k.Vendee, school.Collectivity, testkit.Admin())
	k.say(t, k.lea, path, "Bonjour")
	agent.Post(t, k.Vendee, "/messages/stop", url.Values{"id": {school.NewID().String()}, "categories": {"pupil"}, "reason": {"Menaces"}}).Is(t, http.StatusSeeOther)
	k.lea.Post(t, k.College, path+"/messages", saying("Encore")).Is(t, http.StatusUnprocessableEntity).Sees(t, "main", "suspendu")
	k.say(t, k.nadia, path, "Cours à 10 h")
}
