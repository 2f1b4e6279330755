package oversight

import (
	_ "embed"
	"fmt"

	"elyco/internal/db"
	"elyco/internal/directory"
	"elyco/internal/policy"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/setting"
	"elyco/internal/tenant"
	"elyco/internal/theme"
)

//go:embed words.fr.yaml
var wordsFR []byte

// The actions of the room.
const (
	view     = "view"     // figures, table, map, sheets
	decide   = "decide"   // open, suspend, close, merge, move to another wave
	load     = "import"   // the national directory
	defaults = "defaults" // what the establishments inherit, and copies between them
	editors  = "editors"  // who writes in the sections
)

// House is what the room is built from.
type House struct {
	DB        *db.DB
	Registry  *tenant.Registry
	Directory *directory.Directory
	Settings  *setting.Book
	Skins     *theme.Wardrobe
	Sections  []Section          // of the collectivity's space
	Plan      []tenant.WaveTotal // how many establishments were to open in each school year; may be empty
}

// Section is a part of the collectivity's space that has editors. Title is a key.
type Section struct{ Name, Title string }

// Room is the console of the spaces above.
type Room struct {
	House
	land   Geography
	policy *policy.Policy
	rooms  []service.Service
}

// New makes the room. The policy and the rooms come later, by Furnish.
func New(h House) (*Room, error) {
	land, err := ReadGeography()
	if err != nil {
		return nil, fmt.Errorf("read the map of the academy: %w", err)
	}
	return &Room{House: h, land: land}, nil
}

// Furnish gives the room the policy, and the rooms whose names a sheet shows. It is called once, before the first request.
func (r *Room) Furnish(p *policy.Policy, rooms []service.Service) { r.policy, r.rooms = p, rooms }

// Service declares the room.
func (r *Room) Service() service.Service {
	return service.Service{
		Name: "oversight", Title: "oversight.title", Icon: "chart", About: "oversight.about", Words: wordsFR, Always: true,
		Levels: []tenant.Kind{tenant.KindAcademy, tenant.KindCollectivity},
		Actions: []service.Action{
			{Name: view, Words: "oversight.action.view", Kept: []school.Profile{school.Administrator}},
			{Name: decide, Words: "oversight.action.decide"},
			{Name: load, Words: "oversight.action.import"},
			{Name: defaults, Words: "oversight.action.defaults"},
			{Name: editors, Words: "oversight.action.editors"},
		},
		Grants: []policy.Grant{
			policy.Allow(view, policy.Collectivity, school.Collectivity, school.Administrator),
			policy.Allow(view, policy.Academy, school.AcademyAgent),
			policy.Allow(decide, policy.Academy, school.Administrator),
			policy.Allow(load, policy.Academy, school.Administrator),
			policy.Allow(defaults, policy.Collectivity, school.Administrator),
			policy.Allow(editors, policy.Collectivity, school.Administrator),
		},
		Routes:  r.routes(),
		Menu:    []service.MenuItem{{Label: "oversight.title", URL: home, Icon: "chart", Action: view, Order: 70}},
		Jobs:    r.jobs(),
		Privacy: record(),
	}
}

func (r *Room) routes() []service.Route {
	academy, collectivity := []tenant.Kind{tenant.KindAcademy}, []tenant.Kind{tenant.KindCollectivity}
	return []service.Route{
		{Method: "GET", Path: "/oversight", Action: view, Handler: r.getOverview},
		{Method: "POST", Path: "/oversight/count", Action: view, Handler: r.postCount},
		{Method: "GET", Path: "/oversight/establishments", Action: view, Handler: r.getTable},
		{Method: "GET", Path: "/oversight/export", Action: view, Handler: r.getExport},
		{Method: "GET", Path: "/oversight/map", Action: view, Handler: r.getMap},
		{Method: "GET", Path: "/oversight/establishments/:number", Action: view, Handler: r.getSheet},
		{Method: "GET", Path: "/oversight/establishments/:number/decision", Action: decide, Levels: academy, StepUp: true, Handler: r.getDecision},
		{Method: "POST", Path: "/oversight/establishments/:number/decision", Action: decide, Levels: academy, StepUp: true, Handler: r.postDecision},
		{Method: "POST", Path: "/oversight/establishments/:number/return", Action: decide, Levels: academy, Handler: r.postReturn},
		{Method: "POST", Path: "/oversight/establishments/:number/wave", Action: decide, Levels: academy, Handler: r.postWave},
		{Method: "GET", Path: "/oversight/defaults", Action: defaults, Handler: r.getDefaults},
		{Method: "POST", Path: "/oversight/defaults", Action: defaults, Handler: r.postDefault},
		{Method: "GET", Path: "/oversight/copies/new", Action: defaults, Handler: r.getNewCopy},
		{Method: "POST", Path: "/oversight/copies", Action: defaults, Handler: r.postCopy},
		{Method: "GET", Path: "/oversight/copies/:id", Action: defaults, Handler: r.getCopy},
		{Method: "POST", Path: "/oversight/copies/:id/application", Action: defaults, Handler: r.postApplication},
		{Method: "POST", Path: "/oversight/copies/:id/return", Action: defaults, Handler: r.postTakeBack},
		{Method: "GET", Path: "/oversight/editors", Action: editors, Levels: collectivity, StepUp: true, Handler: r.getEditors},
		{Method: "POST", Path: "/oversight/editors", Action: editors, Levels: collectivity, StepUp: true, Handler: r.postEditor},
		{Method: "POST", Path: "/oversight/editors/:id", Action: editors, Levels: collectivity, StepUp: true, Handler: r.postSections},
		{Method: "GET", Path: "/oversight/imports", Action: load, Levels: academy, Handler: r.getImports},
		{Method: "POST", Path: "/oversight/imports", Action: load, Levels: academy, Handler: r.postImport, MaxBody: maxDirectory},
		{Method: "GET", Path: "/oversight/imports/:id", Action: load, Levels: academy, Handler: r.getImport},
		{Method: "POST", Path: "/oversight/imports/:id/application", Action: load, Levels: academy, Handler: r.postAgreement},
		{Method: "GET", Path: "/oversight/waves", Action: view, Levels: academy, Handler: r.getWaves},
	}
}
