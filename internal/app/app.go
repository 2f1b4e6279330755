package app

import (
	"context"
	"fmt"
	"io/fs"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofiber/fiber/v2"

	"elyco/internal/audience"
	"elyco/internal/audit"
	"elyco/internal/bridge"
	"elyco/internal/directory"
	"elyco/internal/drive"
	"elyco/internal/extract"
	"elyco/internal/fact"
	"elyco/internal/job"
	"elyco/internal/live"
	"elyco/internal/mail"
	"elyco/internal/notice"
	"elyco/internal/policy"
	"elyco/internal/privacy"
	"elyco/internal/publication"
	"elyco/internal/scan"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/services"
	"elyco/internal/services/account"
	"elyco/internal/services/bridges"
	"elyco/internal/services/chat"
	"elyco/internal/services/handin"
	"elyco/internal/services/messages"
	"elyco/internal/services/mustread"
	"elyco/internal/services/mydata"
	"elyco/internal/services/rights"
	"elyco/internal/services/slips"
	"elyco/internal/session"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/theme"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// App is the house, ready to answer.
type App struct {
	ground   *Ground
	registry *tenant.Registry
	sessions *session.Sessions
	policy   *policy.Policy
	rooms    []service.Service
	desks    map[string]*publication.Desk
	rights   *rights.Room
	drive    *drive.Drive
	handIn   *handin.Room
	myData   *mydata.Room
	privacy  *privacy.House
	mail     *messages.Room
	chat     *chat.Room
	slips    *slips.Room
	mustread *mustread.Room
	looks    session.Judge
	account  *account.Room
	words    *words.Catalog
	assets   ui.AssetSet
	skins    *theme.Wardrobe
	settings *setting.Book
	fiber    *fiber.App
	worker   *job.Worker
	keeper   *audit.Keeper
	bridges  *bridge.Registry
	spanning *bridges.Room
	letters  *mail.Office
	live     *live.Hub
	herald   *notice.Herald
	counter  *audience.Counter
	sweeper  *drive.Sweeper
	crowd    crowd
	senders  crowd       // of bodies that handlers read themselves
	ending   atomic.Bool // connections end with their next answer
}

// New builds the house on its ground. The territory must have been loaded into the database before.
func New(ctx context.Context, g *Ground) (*App, error) {
	a := &App{ground: g, crowd: newCrowd(inside), senders: newCrowd(sending),
		registry: tenant.NewRegistry(g.DB, g.Config.BaseHost, g.Config.Scheme)}
	if err := a.registry.Load(ctx); err != nil {
		return nil, err
	}
	var err error
	if a.assets, err = ui.Assets(); err != nil {
		return nil, fmt.Errorf("put the assets together: %w", err)
	}
	if a.skins, err = theme.NewWardrobe(g.DB, g.Themes); err != nil {
		return nil, err
	}
	a.sessions = session.New(g.DB)
	a.sessions.SetKey(g.Config.Secret[:])
	if err := a.sessions.ServePasskeys(g.Config.Scheme+"://"+g.Config.BaseHost, "E-LYCO"); err != nil {
		return nil, err
	}
	a.settings = setting.NewBook(g.DB)
	a.live = live.NewHub(g.DB)
	a.herald = notice.New(g.DB, a.registry, a.settings, a.skins, g.Config.Secret[:])
	a.counter = audience.NewCounter(g.DB, a.registry)
	a.bridges = bridge.NewRegistry(g.DB)
	if err := a.bridges.Load(ctx); err != nil {
		return nil, err
	}
	var scanner drive.Scanner
	if address := g.Config.Antivirus.Address; address != "" {
		if scanner, err = scan.New(address); err != nil {
			return nil, err
		}
	}
	if a.letters, err = office(g, a.registry); err != nil {
		return nil, err
	}
	a.letters.Heard(a.herald.Heard)
	var reader drive.Reader
	if g.Program != "" {
		reader = extract.NewReader(g.Program)
	}
	built, err := services.All(services.House{
		DB:       g.DB,
		Registry: a.registry,
		Sessions: a.sessions,
		Skins:    a.skins,
		Blobs:    g.Blobs,
		Scanner:  scanner,
		Reader:   reader,
		Settings: a.settings,
		Live:     a.live,
		Herald:   a.herald,
		Secret:   g.Config.Secret,
		Bridges:  a.bridges,
		Letters:  a.letters,
		Mount:    a.mount,
		Feeds:    g.Config.FeedsDir,
		Plan:     planOf(g.Tenants),
	})
	if err != nil {
		return nil, err
	}
	if err := a.settings.Load(ctx); err != nil {
		return nil, err
	}
	a.rooms, a.policy = built.Rooms, built.Policy
	a.desks = built.Desks
	a.rights = built.Rights
	a.spanning = built.Bridges
	a.drive = built.Drive
	a.handIn = built.HandIn
	a.myData, a.privacy = built.MyData, built.Privacy
	a.mail = built.Mail
	a.chat = built.Chat
	a.slips = built.Slips
	a.mustread = built.MustRead
	a.looks = built.Looks
	a.account = built.Account
	if err := a.policy.Load(ctx); err != nil {
		return nil, err
	}
	if a.words, err = services.Words(a.rooms); err != nil {
		return nil, err
	}
	if a.sweeper, err = drive.NewSweeper(g.DB, g.Blobs, a.objects()); err != nil {
		return nil, err
	}
	if a.worker, err = job.NewWorker(g.DB, a.jobs(), max(1, g.Config.Workers), a.enter); err != nil {
		return nil, err
	}
	a.keeper = audit.NewKeeper(g.DB, g.Config.Secret)
	a.keeper.Retain(func() int { return a.settings.TrailMonths(a.registry.Academy()) })
	a.fiber = a.pipeline()
	return a, nil
}

// planOf is the deployment plan of the territory's files. Files that cannot be read are told where the territory is
// brought in; the console then shows what is, without a plan beside it.
func planOf(files fs.FS) []tenant.WaveTotal {
	if files == nil {
		return nil
	}
	t, _ := tenant.LoadTerritory(files)
	return t.Academy.Deployment
}

func (a *App) jobs() []job.Handler {
	var reactions []fact.Listener
	for _, s := range a.rooms {
		reactions = append(reactions, s.Reacts...)
	}
	handlers := append(fact.Handlers(a.ground.DB, reactions), directory.Jobs(a.ground.DB)...)
	handlers = append(handlers, a.herald.Jobs()...)
	handlers = append(handlers, a.counter.Jobs()...)
	handlers = append(handlers, bridge.Jobs(a.ground.DB)...)
	handlers = append(handlers, a.sweeper.Jobs()...)
	handlers = append(handlers, a.letters.Jobs()...)
	handlers = append(handlers, a.privacy.Jobs()...)
	for _, s := range a.rooms {
		handlers = append(handlers, s.Jobs...)
	}
	return handlers
}

// objects lists every column that names objects of the store.
func (a *App) objects() []string {
	columns := drive.Objects()
	for _, s := range a.rooms {
		columns = append(columns, s.Objects...)
	}
	return columns
}

// rounds is how often the work of the night is looked after: a space that opened since is swept the next night.
const rounds = time.Hour

// work runs jobs until ctx ends, and sees to it that those of the night and of the digests are there.
func (a *App) work(ctx context.Context) {
	var scheduling sync.WaitGroup
	scheduling.Go(func() {
		again := time.NewTicker(rounds)
		defer again.Stop()
		for {
			a.schedule(ctx)
			select {
			case <-ctx.Done():
				return
			case <-again.C:
			}
		}
	})
	a.worker.Work(ctx)
	scheduling.Wait()
}

// schedule has each job that comes by the clock done next time; what waits already stays as it is. A house without a
// territory has none.
func (a *App) schedule(ctx context.Context) {
	if a.registry.Academy() == nil {
		return
	}
	for _, s := range []struct {
		what string
		put  func(context.Context) error
	}{
		{"the sweep of the object store", func(ctx context.Context) error { return a.sweeper.Schedule(ctx, a.registry.All()...) }},
		{"the nightly clocks", func(ctx context.Context) error { return a.privacy.Schedule(ctx, a.registry.All()...) }},
		{"the digests", a.herald.Schedule},
		{"the count of people", a.counter.Schedule},
	} {
		if err := s.put(ctx); err != nil && ctx.Err() == nil {
			a.ground.Observer.Log.WarnContext(ctx, "not scheduled", "what", s.what, "error", err)
		}
	}
}

// enter puts a job's context where a request's would be.
func (a *App) enter(ctx context.Context, scope int64) (context.Context, bool) {
	t := a.registry.ByID(school.ScopeID(scope))
	if t == nil {
		return ctx, false
	}
	return words.With(tenant.Enter(ctx, t), a.words), true
}

// Once runs the jobs that are due, and reports how many they were.
func (a *App) Once(ctx context.Context) (int, error) { return a.worker.Once(ctx) }

// Herald tells people what happens.
func (a *App) Herald() *notice.Herald { return a.herald }

// Registry is the territory as the house sees it.
func (a *App) Registry() *tenant.Registry { return a.registry }

// Settings are what the levels of the territory decide.
func (a *App) Settings() *setting.Book { return a.settings }

// Rooms lists the rooms of the house.
func (a *App) Rooms() []service.Service { return a.rooms }

// Privacy is every declaration of what is kept about people.
func (a *App) Privacy() *privacy.House { return a.privacy }

// Policy judges what people may do.
func (a *App) Policy() *policy.Policy { return a.policy }

// Fiber is the handler of every page, for servers and tests.
func (a *App) Fiber() *fiber.App { return a.fiber }
