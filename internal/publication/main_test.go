package publication_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/google/uuid"

	"elyco/internal/audience"
	"elyco/internal/audience/audiencetest"
	"elyco/internal/blob"
	"elyco/internal/db"
	"elyco/internal/fact"
	"elyco/internal/hours"
	"elyco/internal/job"
	"elyco/internal/local/s3"
	"elyco/internal/local/s3/child"
	"elyco/internal/notice"
	"elyco/internal/policy"
	"elyco/internal/publication"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/services/announcements"
	"elyco/internal/services/news"
	"elyco/internal/services/territory"
	"elyco/internal/session"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/theme"
	"elyco/internal/words"
	"elyco/themes"
)

// house is the three rooms on a real database and a real object store.
type house struct {
	*audiencetest.World
	files         *blob.Store
	news          *news.Room
	territory     *territory.Room
	announcements *announcements.Room
	rooms         []service.Service
	policy        *policy.Policy
	words         *words.Catalog
}

var h house

func TestMain(m *testing.M) {
	if len(os.Args) == 4 && os.Args[1] == s3.ChildCommand {
		if err := child.Main(os.Args[2], os.Args[3]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "elyco-s3-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	store, err := s3.Start(context.Background(), s3.Config{Dir: dir})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer store.Stop()
	return audiencetest.Main(m, func(w *audiencetest.World) { h.furnish(w, store) })
}

func (h *house) furnish(w *audiencetest.World, s *s3.Server) {
	h.World = w
	must(func() (err error) {
		keys := s.Credentials()
		h.files, err = blob.Open(blob.Config{Endpoint: s.Endpoint(), AccessKey: keys.AccessKey, SecretKey: keys.SecretKey, Bucket: "elyco", Transport: s.Transport()})
		return err
	}())
	must(h.files.EnsureBucket(context.Background()))
	settings := setting.NewBook(w.DB)
	must(settings.Declare(append(hours.Settings(), notice.Settings()...)...))
	skins, err := theme.NewWardrobe(w.DB, themes.FS)
	must(err)
	herald := notice.New(w.DB, w.Registry, settings, skins, []byte("secret"))
	h.news, h.territory = news.New(w.DB, w.Registry, h.files, herald), territory.New(w.DB, w.Registry, h.files, herald)
	h.announcements = announcements.New(w.DB, w.Registry, h.files, herald)
	h.rooms = []service.Service{h.news.Service(), h.territory.Service(), h.announcements.Service()}
	h.words = words.NewCatalog("fr")
	must(h.words.Add("publication", publication.Words()))
	must(h.words.Add("audience", audience.Words()))
	grants := map[string][]policy.Grant{}
	for _, s := range h.rooms {
		must(service.Validate(s))
		must(herald.Declare(s.Notices...))
		must(h.words.Add(s.Name, s.Words))
		grants[s.Name] = s.Grants
	}
	p, err := policy.New(grants)
	must(err)
	h.policy = p
	for _, d := range []*publication.Desk{h.news.Desk, h.territory.Desk, h.announcements.Desk} {
		d.Furnish(p)
	}
}

// told runs what follows a publication, as workers do, and says how often a person was told of it and can still find that.
func (h *house) told(t testing.TB, p publication.Publication, who school.PersonID) (n int) {
	t.Helper()
	var handlers []job.Handler
	var reacts []fact.Listener
	for _, s := range h.rooms {
		handlers, reacts = append(handlers, s.Jobs...), append(reacts, s.Reacts...)
	}
	w, err := job.NewWorker(h.DB, append(handlers, fact.Handlers(h.DB, reacts)...), 1, func(ctx context.Context, scope int64) (context.Context, bool) {
		return words.With(tenant.Enter(ctx, h.Registry.ByID(school.ScopeID(scope))), h.words), true
	})
	if err != nil {
		t.Fatal(err)
	}
	for done := 1; done > 0; {
		h.Import(t, `update job set run_at = now() where state = 'ready' and run_at <= $1 and kind <> 'notice.climb'`, h.Clock.At)
		if done, err = w.Once(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	for _, at := range h.Registry.All() {
		err := h.DB.Read(tenant.Enter(t.Context(), at), func(ctx context.Context, tx db.Tx) error {
			var here int
			err := tx.NewRaw(`select count(*) from notice_person p join notice n on n.tenant_id = p.tenant_id and n.id = p.notice_id
				where n.ref = ? and p.person_id = ? and n.withdrawn_at is null`, p.ID, who.UUID).Scan(ctx, &here)
			n += here
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return n
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// as is the context of a request by who in a space.
func (h *house) as(t testing.TB, at *tenant.Tenant, who school.PersonID) context.Context {
	t.Helper()
	return h.with(t, at, h.Actor(t, at, who))
}

func (h *house) with(t testing.TB, at *tenant.Tenant, a school.Actor) context.Context {
	return session.With(words.With(audiencetest.In(t.Context(), at), h.words), a)
}

// member makes a person of one profile in a space.
func (h *house) member(t testing.TB, at *tenant.Tenant, p school.Profile, ties ...any) school.PersonID {
	t.Helper()
	id := h.Person(t, string(p), fmt.Sprintf("Essai %s", uuid.NewString()[:8]))
	h.Join(t, at, id, p, ties...)
	return id
}

// child makes a pupil of a class and a guardian who follows the pupil.
func (h *house) child(t testing.TB, at *tenant.Tenant, class school.ClassID) (pupil, guardian school.PersonID) {
	t.Helper()
	pupil, guardian = h.member(t, at, school.Pupil, class), h.member(t, at, school.Guardian)
	h.Follow(t, at, guardian, pupil)
	return pupil, guardian
}

func input(title string, a audience.Audience) publication.Input {
	return publication.Input{ID: school.NewID(), Title: title, Body: "Un **texte**.", Audience: a}
}

// publish saves and publishes as who.
func publish(t testing.TB, ctx context.Context, d *publication.Desk, in publication.Input) publication.Publication {
	t.Helper()
	p, err := d.Save(ctx, in)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Publish(ctx, p.ID, p.Version); err != nil {
		t.Fatal(err)
	}
	p, _, err = d.Own(ctx, p.ID)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func sees(t testing.TB, ctx context.Context, d *publication.Desk, id uuid.UUID) bool {
	t.Helper()
	page, err := d.List(ctx, "", "")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range page.Items {
		if l.ID == id {
			return true
		}
	}
	return false
}
