// Package services lists the rooms of the house. Adding a room touches its own folder and this list.
package services

import (
	"cmp"
	"context"
	"slices"

	"elyco/internal/audience"
	"elyco/internal/blob"
	"elyco/internal/bridge"
	"elyco/internal/calendar"
	"elyco/internal/dav"
	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/drive"
	"elyco/internal/feed"
	"elyco/internal/hours"
	"elyco/internal/live"
	"elyco/internal/mail"
	"elyco/internal/notice"
	"elyco/internal/policy"
	"elyco/internal/privacy"
	"elyco/internal/publication"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/services/account"
	"elyco/internal/services/accounts"
	"elyco/internal/services/announcements"
	"elyco/internal/services/branding"
	"elyco/internal/services/bridges"
	"elyco/internal/services/chat"
	"elyco/internal/services/classes"
	"elyco/internal/services/console"
	"elyco/internal/services/documents"
	"elyco/internal/services/feeds"
	"elyco/internal/services/gateways"
	"elyco/internal/services/handin"
	"elyco/internal/services/home"
	"elyco/internal/services/messages"
	"elyco/internal/services/mustread"
	"elyco/internal/services/mydata"
	"elyco/internal/services/news"
	"elyco/internal/services/notices"
	"elyco/internal/services/oversight"
	"elyco/internal/services/people"
	"elyco/internal/services/portal"
	"elyco/internal/services/preview"
	"elyco/internal/services/rights"
	"elyco/internal/services/roster"
	"elyco/internal/services/search"
	"elyco/internal/services/slips"
	"elyco/internal/services/support"
	"elyco/internal/services/territory"
	"elyco/internal/services/why"
	"elyco/internal/session"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/theme"
)

// House is what the rooms are built from.
type House struct {
	DB       *db.DB
	Registry *tenant.Registry
	Sessions *session.Sessions
	Skins    *theme.Wardrobe
	Blobs    *blob.Store
	Scanner  drive.Scanner // nil: files are not looked at
	Reader   drive.Reader  // nil: documents are found by their names alone
	Bridges  *bridge.Registry
	Letters  *mail.Office
	Settings *setting.Book // of which the rooms declare the settings
	Live     *live.Hub     // the open pages of this replica
	Herald   *notice.Herald
	Secret   [32]byte // of the program: the keys of sealed urns are made of it

	// Mount is the address under which a file manager opens the documents of a space; empty where none does.
	Mount func(t *tenant.Tenant) string

	Feeds string // folder of the server where archives of the directory are put; empty: commands alone bring them in

	Plan []tenant.WaveTotal // how many establishments each school year was to open
}

// Built is the house, furnished.
type Built struct {
	Rooms  []service.Service // in the order in which people meet them
	Policy *policy.Policy    // made of the rooms' grants

	Desks   map[string]*publication.Desk
	Rights  *rights.Room
	Bridges *bridges.Room
	Drive   *drive.Drive
	HandIn  *handin.Room
	MyData  *mydata.Room
	Privacy *privacy.House // every declaration of what is kept about people
	Looks   session.Judge  // whose previews stand
	Account *account.Room
	Mail    *messages.Room
	Chat    *chat.Room
	Slips   *slips.Room

	MustRead *mustread.Room
}

// All builds every room.
func All(h House) (Built, error) {
	if err := h.Settings.Declare(slices.Concat(setting.Quotas(), setting.Trail(), directory.Settings(), calendar.Settings(), hours.Settings(), notice.Settings())...); err != nil {
		return Built{}, err
	}
	homeRoom := home.New(h.DB, h.Registry, audience.Held)
	whyRoom := why.New()
	newsRoom := news.New(h.DB, h.Registry, h.Blobs, h.Herald)
	territoryRoom := territory.New(h.DB, h.Registry, h.Blobs, h.Herald)
	announcementsRoom := announcements.New(h.DB, h.Registry, h.Blobs, h.Herald)
	peopleRoom := people.New(h.DB, h.Registry, h.Settings, h.Blobs)
	classesRoom := classes.New(h.DB, h.Settings)
	searchRoom := search.New(h.DB, h.Registry, audience.Held)
	brandingRoom := branding.New(h.DB, h.Registry, h.Skins)
	rightsRoom := rights.New(h.DB, h.Registry)
	accountsRoom := accounts.New(accounts.House{DB: h.DB, Registry: h.Registry, Sessions: h.Sessions, Skins: h.Skins, Blobs: h.Blobs, Letters: h.Letters})
	accountRoom := account.New(h.Sessions, h.Registry, h.Skins, h.Letters)
	oversightRoom, err := oversight.New(oversight.House{DB: h.DB, Registry: h.Registry, Directory: directory.New(h.DB), Settings: h.Settings,
		Skins: h.Skins, Sections: sectionsOf(territory.Sections()), Plan: h.Plan})
	if err != nil {
		return Built{}, err
	}
	bridgesRoom := bridges.New(h.DB, h.Registry, h.Bridges)
	files := drive.New(h.DB, h.Blobs, h.Registry)
	files.Configure(func(ctx context.Context) drive.Settings { return driveSettings(h.Settings, tenant.From(ctx)) })
	if h.Scanner != nil {
		files.Scan(h.Scanner)
	}
	if h.Reader != nil {
		files.ReadWith(h.Reader)
	}
	documentsRoom := documents.New(h.DB, files, h.Blobs, h.Registry)
	handinRoom := handin.New(h.DB, files, h.Registry)
	mydataRoom := mydata.New(h.DB, h.Registry, h.Blobs, h.Skins, files, h.Herald, floor())
	messagesRoom := messages.New(messages.House{DB: h.DB, Drive: files, Registry: h.Registry, Settings: h.Settings, Accounts: h.Sessions, Guard: accountsRoom,
		Notices: h.Herald, Text: publication.NewRenderer()})
	mustreadRoom := mustread.New(h.DB, h.Herald, h.Skins)
	gatewaysRoom := gateways.New(h.DB, h.Registry, h.Letters)
	chatRoom := chat.New(h.DB, h.Registry, h.Settings, h.Herald, messagesRoom)
	slipsRoom := slips.New(h.DB, files, h.Registry, publication.NewRenderer(), h.Herald, h.Secret)
	previewRoom := preview.New(h.DB, h.Sessions)
	supportRoom := support.New(h.DB, h.Registry, h.Sessions)
	consoleRoom := console.New(console.House{DB: h.DB, Registry: h.Registry, Sessions: h.Sessions, Settings: h.Settings,
		News: publicNews{newsRoom.Desk}, Stores: []console.Store{newsRoom.Desk, announcementsRoom.Desk, files}})
	rooms := []service.Service{
		homeRoom.Service(),
		announcementsRoom.Service(),
		newsRoom.Service(),
		territoryRoom.Service(),
		peopleRoom.Service(),
		classesRoom.Service(),
		searchRoom.Service(),
		oversightRoom.Service(),
		documentsRoom.Service(),
		handinRoom.Service(),
		messagesRoom.Service(),
		mustreadRoom.Service(),
		notices.New(h.DB, h.Registry, h.Herald, h.Live, h.Letters).Service(),
		chatRoom.Service(),
		slipsRoom.Service(),
		consoleRoom.Service(),
		brandingRoom.Service(),
		rightsRoom.Service(),
		accountsRoom.Service(),
		accountRoom.Service(),
		gatewaysRoom.Service(),
		mydataRoom.Service(),
		bridgesRoom.Service(),
		previewRoom.Service(),
		feeds.New(h.DB, h.Registry, h.Settings, h.Feeds).Service(),
		supportRoom.Service(),
		roster.New(h.DB, feed.New(h.DB, h.Registry, feed.LimitsBy(h.Settings))).Service(),
		portal.New(h.Registry, h.Skins, publicNews{newsRoom.Desk, territoryRoom.Desk}).Service(),
		whyRoom.Service(),
	}
	grants := map[string][]policy.Grant{}
	var limits []policy.Limit
	var widgets []home.Widget
	var sources []search.Source
	for _, s := range rooms {
		if err := service.Validate(s); err != nil {
			return Built{}, err
		}
		if err := h.Settings.Declare(s.Settings...); err != nil {
			return Built{}, err
		}
		if err := h.Herald.Declare(s.Notices...); err != nil {
			return Built{}, err
		}
		grants[s.Name] = s.Grants
		limits = append(limits, s.Limits()...)
		for _, w := range s.Widgets {
			widgets = append(widgets, home.Widget{Widget: w, Room: s.Name, URL: "/" + s.Name, Levels: s.Levels})
		}
		for _, q := range s.Search {
			sources = append(sources, search.Source{Search: q, Room: s.Name, Levels: s.Levels})
		}
	}
	slices.SortStableFunc(sources, func(a, b search.Source) int { return cmp.Compare(a.Order, b.Order) })
	p, err := policy.New(grants, limits...)
	if err != nil {
		return Built{}, err
	}
	p.Over(h.DB, h.Registry)
	homeRoom.Furnish(p, widgets)
	whyRoom.Furnish(p, rooms)
	accountRoom.Furnish(p, h.Mount, h.Settings)
	gatewaysRoom.Furnish(p)
	peopleRoom.Furnish(p)
	classesRoom.Furnish(p)
	searchRoom.Furnish(p, sources)
	rightsRoom.Furnish(p, rooms)
	newsRoom.Furnish(p)
	territoryRoom.Furnish(p)
	announcementsRoom.Furnish(p)
	brandingRoom.Furnish(p)
	oversightRoom.Furnish(p, rooms)
	previewRoom.Furnish(p, rooms)
	supportRoom.Furnish(p)
	bridgesRoom.Furnish(p)
	files.Furnish(p)
	documentsRoom.Furnish(p)
	handinRoom.Furnish(p)
	messagesRoom.Furnish(p)
	mustreadRoom.Furnish(p)
	chatRoom.Furnish(p)
	slipsRoom.Furnish(p)
	consoleRoom.Furnish(p, rooms)
	mydataRoom.Furnish(p, rooms)
	accountsRoom.Furnish(p, directory.NewMerger(h.DB, h.Registry, personColumns(mydataRoom.House().Holdings())))
	return Built{
		Rooms:   rooms,
		Policy:  p,
		Desks:   map[string]*publication.Desk{"news": newsRoom.Desk, "territory": territoryRoom.Desk, "announcements": announcementsRoom.Desk},
		Rights:  rightsRoom,
		Bridges: bridgesRoom,
		Drive:   files,
		HandIn:  handinRoom,
		MyData:  mydataRoom,
		Privacy: mydataRoom.House(),
		Mail:    messagesRoom,
		Chat:    chatRoom,
		Slips:   slipsRoom,

		MustRead: mustreadRoom,
		Looks: func(by school.Actor, p session.Preview) bool {
			if p.Support() {
				return supportRoom.Allows(by, p)
			}
			return previewRoom.Allows(by, p)
		},
		Account: accountRoom,
	}, nil
}

// personColumns are all columns that name a person, as rooms and the floor declare them.
func personColumns(holdings []privacy.Holding) (list []directory.Column) {
	for _, h := range holdings {
		for _, t := range h.Tables {
			for _, name := range t.Persons {
				list = append(list, directory.Column{Table: t.Name, Name: name})
			}
		}
	}
	return list
}

// floor are the declarations of the parts of the house that hold personal data and are no rooms.
func floor() []privacy.Holding {
	people := privacy.Holding{Name: "directory", Title: "mydata.directory.title", Identity: true,
		Record: directory.Record("mydata.directory.purpose", "mydata.directory.ground", "mydata.directory.retention", "mydata.directory.data")}
	locks := privacy.Holding{Name: "file_managers", Title: "mydata.file_managers.title",
		Record: dav.Record("mydata.file_managers.purpose", "mydata.file_managers.ground", "mydata.file_managers.retention", "mydata.file_managers.holds")}
	return append([]privacy.Holding{people, locks}, privacy.Floor()...)
}

// driveSettings are what the space decided about quotas, over what the drive comes with.
func driveSettings(b *setting.Book, t *tenant.Tenant) drive.Settings {
	s := drive.Defaults()
	for p := range s.Personal {
		s.Personal[p] = b.PersonQuota(t, p)
	}
	s.Whole, s.File = b.SchoolQuota(t), b.FileQuota(t)
	return s
}

// sectionsOf are the sections of the collectivity's space, as the console that names their editors knows them.
func sectionsOf(list []publication.Section) []oversight.Section {
	var out []oversight.Section
	for _, s := range list {
		out = append(out, oversight.Section{Name: s.Name, Title: s.Title})
	}
	return out
}

// publicNews is what a portal shows of the rooms that publish for everybody.
type publicNews []*publication.Desk

// PublicNews merges what the desks show, the newest first.
func (p publicNews) PublicNews(ctx context.Context, limit int) ([]service.Item, error) {
	var all []service.Item
	for _, desk := range p {
		items, err := desk.PublicNews(ctx, limit)
		if err != nil {
			return nil, err
		}
		all = append(all, items...)
	}
	slices.SortStableFunc(all, func(a, b service.Item) int { return cmp.Compare(b.At, a.At) })
	return all[:min(limit, len(all))], nil
}
