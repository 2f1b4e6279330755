package app_test

import (
	"fmt"
	"go/ast"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// floors is the house from the roof to the ground: a package imports packages that stand below it, never beside or
// above. Rooms stand where "internal/services/*" does, side by side.
var floors = []string{
	"cmd/elyco",
	"cmd/elyco-store",
	"internal/bench", // measures the program from outside
	fixtures,
	"internal/app",
	"internal/local/s3/child",
	"internal/demo",
	"internal/services",
	"internal/services/*",
	"internal/publication", // what the rooms that publish have in common
	"internal/dav",         // opens documents in file managers
	"internal/drive",       // what keeps people's documents, for the rooms and the listener that show them
	"internal/service",
	// The school floor knows tenants and people, and no room.
	"internal/notice",
	"internal/search",
	"internal/audience",
	"internal/policy",
	"internal/calendar",
	"internal/roster", // reads a school's own lists as a feed
	"internal/feed",   // makes people from what a source says of them
	"internal/directory",
	"internal/session",
	"internal/privacy",
	"internal/theme",
	"internal/hours", // when what is sent may be seen and heard
	"internal/setting",
	"internal/tenant",
	"internal/bridge",
	"internal/audit",
	"internal/fact",
	"internal/school",
	// The ground floor knows no school.
	"internal/web",
	"internal/ui",
	"internal/picture",
	"internal/aaf", // knows the format of a feed, and nothing of what becomes of it
	"internal/extract",
	"internal/mail", // its letters are handed over by jobs
	"internal/job",
	"internal/live", // tells open pages, across replicas
	"internal/sheet",
	"internal/scan",
	"internal/blob",
	"internal/local/s3",
	"internal/local/pg",
	"internal/db",
	"internal/words",
	"internal/observe",
	"internal/config",
	"internal/readonly",
	"internal/fault",
	"tenants",
	"themes",
	"migrations",
}

// fixtures are the packages that only tests import: below testkit, and those whose name ends in "test". They stand
// above the roof, so that nothing of the program can import them, and may use any library.
const fixtures = "internal/testkit"

func fixture(pkg string) bool {
	return pkg == fixtures || strings.HasPrefix(pkg, fixtures+"/") || strings.HasSuffix(pkg, "test")
}

// kept says where each library may be used. A file that matches one of the patterns may import it.
var kept = []struct {
	library string
	files   []string
}{
	{"github.com/uptrace/bun", []string{"internal/db/*", "*/store*.go", "*/sync_store.go", "*/privacy.go"}},
	{"github.com/jackc/pgx", []string{"internal/db/*", "*/store*.go", "*/*_store.go", "*/privacy.go", "internal/local/pg/*",
		"internal/observe/watch.go", "internal/bench/*"}},
	{"github.com/gofiber/fiber", []string{"internal/web/*", "internal/app/*", "internal/service/*", "*/service.go",
		"*/handlers*.go", "*/middleware.go", "internal/bench/*"}},
	{"github.com/valyala/fasthttp", []string{"internal/web/*", "internal/bench/*"}},
	{"github.com/pquerna/otp", []string{"internal/session/*"}},
	{"github.com/go-webauthn/webauthn", []string{"internal/session/*"}},
	{"github.com/casbin/casbin", []string{"internal/policy/*"}},
	{"github.com/minio/minio-go", []string{"internal/blob/*"}},
	{"github.com/spf13/viper", []string{"internal/config/*"}},
	{"github.com/wneessen/go-mail", []string{"internal/mail/*"}},
	{"github.com/SherClockHolmes/webpush-go", []string{"internal/mail/push.go"}},
	{"github.com/versity/versitygw", []string{"internal/local/s3/child/*"}},
	{"github.com/pressly/goose", []string{"internal/db/migrate.go"}},
	{"github.com/chromedp", []string{"cmd/elyco/screenshots*.go"}},
	{"database/sql", []string{"internal/db/*", "*/store*.go", "internal/blob/key.go"}},
}

// banned libraries hand requests to code that was not written for fiber's reused buffers.
var banned = []string{
	"github.com/gofiber/fiber/v2/middleware/adaptor",
	"github.com/valyala/fasthttp/fasthttpadaptor",
	"github.com/gofiber/fiber/v3",
}

// importers may run transactions that row security does not bind, each for its reason.
var importers = map[string]string{
	"internal/db":        "it is the door",
	"internal/job":       "takes work of every scope, and does it in the scope of the row",
	"internal/tenant":    "writes the registry of the territory",
	"internal/directory": "loads feeds and issues passports",
	"internal/feed":      "sets feeds down by COPY, and applies them to establishments of which none is the request's",
	"internal/setting":   "holds in memory what every space decided",
	"internal/audience":  "counts whom the spaces above reach, and keeps sums",
	"internal/audit":     "seals the trails of every scope",
	"internal/bridge":    "holds the bridges of all establishments, and carries news from one side to the other",
	"internal/demo":      "fills an empty database with invented schools",
	"internal/policy":    "reads what every space changed, in one query",
	"internal/notice":    "gathers a person's digest from every school",
}

// clocks may read the machine's time. All others take the transaction's, or the house's, so that a rule sees one
// instant and a test can choose it.
var clocks = map[string]string{
	"internal/db":             "it is the house's clock",
	"internal/job":            "leases are counted in real time",
	"internal/observe":        "measures durations",
	"internal/app":            "measures durations and bounds shutdowns",
	"internal/blob":           "dates what it stores",
	"internal/scan":           "bounds how long it waits for an answer",
	"internal/dav":            "bounds how slow a connection may be",
	"internal/local/s3":       "waits for a real server",
	"internal/local/s3/child": "waits for a real server",
	"internal/local/pg":       "waits for a real server",
	"internal/mail":           "dates letters and bounds talks with a server",
	"internal/theme":          "paces how often it asks for what is not there",
	"internal/bench":          "measures durations",
	"internal/web":            "bounds how long a sender or a reader keeps still",
	"internal/demo":           "says how long the loading took",
	"cmd/elyco":               "measures durations",
}

// trueTime may ask the database's handle for the house's own time. All others ask with the context, because somebody may
// be looking at a later day.
var trueTime = map[string]string{
	"internal/db":      "it is the house's clock",
	"internal/dav":     "file managers sign in as the person, and never look through a preview",
	"internal/session": "sessions and previews end in true time",
	"internal/bridge":  "a bridge stands or has ended, whoever asks",
	"internal/theme":   "paces how often it asks for what is not there",
	"internal/app":     "the demonstration is loaded at the true time",
}

const module = "elyco/"

func TestImports(t *testing.T) {
	files := sources(t)
	report(t, checkFloors(files))
	report(t, checkRooms(files))
	report(t, checkLibraries(files))
	report(t, checkImporters(files))
	report(t, checkClocks(files))
	report(t, checkTrueTime(files))
	report(t, checkGlobals(files))
	report(t, staleImports(files))
}

func floorOf(pkg string) int {
	if i := slices.Index(floors, pkg); i >= 0 {
		return i
	}
	if fixture(pkg) {
		return slices.Index(floors, fixtures)
	}
	if strings.HasPrefix(pkg, "internal/services/") {
		return slices.Index(floors, "internal/services/*")
	}
	return -1
}

func checkFloors(files []source) []string {
	var bad []string
	for _, f := range files {
		here := floorOf(f.dir())
		if here < 0 {
			bad = append(bad, fmt.Sprintf("%s: package %s stands on no floor; give it its place in the list", f.path, f.dir()))
			continue
		}
		for _, i := range f.imports {
			below, ours := strings.CutPrefix(i, module)
			if !ours {
				continue
			}
			if there := floorOf(below); there <= here && !(fixture(f.dir()) && fixture(below)) {
				bad = append(bad, fmt.Sprintf("%s imports %s, which does not stand below it", f.path, below))
			}
		}
	}
	return bad
}

// checkRooms holds rooms apart, and each file of a room to its layer.
func checkRooms(files []source) []string {
	var bad []string
	for _, f := range files {
		if f.room() == "" {
			continue
		}
		layer := layerOf(f.name())
		for _, i := range f.imports {
			for _, wall := range []string{"elyco/internal/services", "elyco/internal/app", "elyco/internal/config"} {
				if i == wall || strings.HasPrefix(i, wall+"/") {
					bad = append(bad, fmt.Sprintf("%s: a room imports %s", f.path, i))
				}
			}
			if slices.Contains(layer.never, strings.TrimPrefix(i, module+"internal/")) {
				bad = append(bad, fmt.Sprintf("%s: %s do not import %s", f.path, layer.what, i))
			}
		}
	}
	return bad
}

type layer struct {
	pattern *regexp.Regexp
	what    string
	never   []string
}

// layers says what the files of a room may not do. The last one is for the files named after a noun.
var layers = []layer{
	{regexp.MustCompile(`^doc\.go$`), "explanations", []string{"db", "web", "ui", "session", "context"}},
	{regexp.MustCompile(`^views(_[a-z_]+)?_templ\.go$`), "views", []string{"db", "session", "policy", "audit", "job", "fact", "blob", "web"}},
	{regexp.MustCompile(`^handlers(_[a-z_]+)?\.go$`), "handlers", []string{"db", "audit", "job", "fact"}},
	{regexp.MustCompile(`^store(_[a-z_]+)?\.go$`), "stores", []string{"web", "ui", "job", "fact", "audit"}},
	{regexp.MustCompile(`^actions(_[a-z_]+)?\.go$`), "actions", []string{"web", "ui"}},
	{regexp.MustCompile(`^(privacy|reactions|jobs|calendar|search|widget)(_[a-z_]+)?\.go$`), "reactions and jobs", []string{"ui"}},
	{regexp.MustCompile(`^service\.go$`), "declarations", []string{"audit"}},
	{regexp.MustCompile(`^(shape|form|frame)(_[a-z_]+)?\.go$`), "shapes of views", []string{"db", "audit", "job", "fact"}},
	{regexp.MustCompile(`^[a-z_]+\.go$`), "rules", []string{"db", "web", "ui", "session", "audit", "job", "fact", "blob", "policy", "database/sql"}},
}

func layerOf(name string) layer {
	for _, l := range layers {
		if l.pattern.MatchString(name) {
			return l
		}
	}
	return layer{}
}

func allowed(patterns []string, file string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool {
		expr := "^" + strings.ReplaceAll(regexp.QuoteMeta(p), `\*`, `.*`) + "$"
		return regexp.MustCompile(expr).MatchString(file)
	})
}

func checkLibraries(files []source) []string {
	var bad []string
	for _, f := range files {
		if fixture(f.dir()) {
			continue
		}
		for _, i := range f.imports {
			if slices.Contains(banned, i) {
				bad = append(bad, fmt.Sprintf("%s imports %s, which is banned", f.path, i))
			}
			for _, k := range kept {
				if (i == k.library || strings.HasPrefix(i, k.library+"/")) && !allowed(k.files, f.path) {
					bad = append(bad, fmt.Sprintf("%s imports %s, which is kept to %s", f.path, i, strings.Join(k.files, ", ")))
				}
			}
		}
	}
	return bad
}

// checkImporters finds calls of the method Import with a context and a function: transactions without a wall.
func checkImporters(files []source) []string {
	var bad []string
	for _, f := range files {
		if importers[f.dir()] != "" || fixture(f.dir()) {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) != 2 {
				return true
			}
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Import" {
				bad = append(bad, f.line(n)+": only "+strings.Join(sortedKeys(importers), ", ")+" may call Import")
			}
			return true
		})
	}
	return bad
}

func checkClocks(files []source) []string {
	var bad []string
	for _, f := range files {
		if clocks[f.dir()] != "" || fixture(f.dir()) || f.generated() {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := sel.X.(*ast.Ident)
			if ok && pkg.Name == "time" && slices.Contains([]string{"Now", "Since", "Until"}, sel.Sel.Name) {
				bad = append(bad, f.line(n)+": reads the machine's clock; take tx.Now() or db.Now()")
			}
			return true
		})
	}
	return bad
}

// checkTrueTime finds calls of Now on a field or variable named db.
func checkTrueTime(files []source) []string {
	var bad []string
	for _, f := range files {
		if trueTime[f.dir()] != "" || fixture(f.dir()) {
			continue
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok || sel.Sel.Name != "Now" {
				return true
			}
			of := ""
			switch x := sel.X.(type) {
			case *ast.SelectorExpr:
				of = x.Sel.Name
			case *ast.Ident:
				of = x.Name
			}
			if of == "db" || of == "DB" {
				bad = append(bad, f.line(n)+": asks for the house's own time; take NowIn(ctx), for somebody may be looking at a later day")
			}
			return true
		})
	}
	return bad
}

// checkGlobals finds init functions, and package variables that are assigned after their declaration.
func checkGlobals(files []source) []string {
	var bad []string
	for _, f := range files {
		if f.generated() {
			continue
		}
		for _, d := range f.tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				bad = append(bad, f.line(fn)+": init runs unseen; call it by name")
			}
		}
		ast.Inspect(f.tree, func(n ast.Node) bool {
			assign, ok := n.(*ast.AssignStmt)
			if !ok {
				return true
			}
			for _, left := range assign.Lhs {
				if id, ok := left.(*ast.Ident); ok && id.Obj != nil && id.Obj.Kind == ast.Var && f.tree.Scope.Objects[id.Name] == id.Obj {
					bad = append(bad, f.line(n)+": changes the package variable "+id.Name)
				}
			}
			return true
		})
	}
	return bad
}

// staleImports finds permissions that nothing uses any more in packages that exist.
func staleImports(files []source) []string {
	var bad []string
	has := map[string]bool{}
	for _, f := range files {
		has[f.dir()] = true
	}
	for dir := range importers {
		var own []source
		for _, f := range files {
			if f.dir() == dir {
				own = append(own, source{path: "planted/" + f.name(), tree: f.tree, set: f.set})
			}
		}
		if has[dir] && dir != "internal/db" && len(checkImporters(own)) == 0 {
			bad = append(bad, dir+" may call Import and does not; take it off the list")
		}
	}
	return bad
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func TestImportsCanFail(t *testing.T) {
	room := func(file, imports string) []source {
		return []source{read(t, "internal/services/planted/"+file, "package planted\n"+imports)}
	}
	mustFind(t, "a room that imports a room", checkRooms(room("actions.go", `import _ "elyco/internal/services/home"`)))
	mustFind(t, "a room that imports a room, by floors", checkFloors(room("actions.go", `import _ "elyco/internal/services/home"`)))
	mustFind(t, "a room that imports the roof", checkFloors(room("actions.go", `import _ "elyco/internal/app"`)))
	mustFind(t, "a room that reads the settings", checkRooms(room("service.go", `import _ "elyco/internal/config"`)))
	mustFind(t, "a rule that reads the database", checkRooms(room("article.go", `import _ "elyco/internal/db"`)))
	mustFind(t, "a view that knows who acts", checkRooms(room("views_templ.go", `import _ "elyco/internal/session"`)))
	mustFind(t, "a handler with SQL", checkLibraries(room("handlers.go", `import _ "github.com/uptrace/bun"`)))
	mustFind(t, "an action with fiber", checkLibraries(room("actions.go", `import _ "github.com/gofiber/fiber/v2"`)))
	mustFind(t, "casbin outside policy", checkLibraries(room("service.go", `import _ "github.com/casbin/casbin/v2"`)))
	mustFind(t, "the raw adaptor", checkLibraries(room("handlers.go", `import _ "github.com/gofiber/fiber/v2/middleware/adaptor"`)))
	mustFind(t, "a transaction without a wall", checkImporters(room("actions.go", `func x() { d.Import(ctx, nil) }`)))
	mustFind(t, "a rule that reads the clock", checkClocks(room("article.go", `import "time"; var x = time.Now`)))
	mustFind(t, "a page that ignores the day that is looked at", checkTrueTime(room("actions.go", `var x = r.db.Now()`)))
	mustFind(t, "an init", checkGlobals(room("service.go", `func init() {}`)))
	mustFind(t, "a changed package variable", checkGlobals(room("service.go", "var n int\nfunc x() { n = 2 }")))
	mustFind(t, "a package on no floor", checkFloors([]source{read(t, "internal/utils/x.go", "package utils")}))
	mustFind(t, "a room that imports what tests are made of", checkFloors(room("actions.go", `import _ "elyco/internal/testkit"`)))
	ground := []source{read(t, "internal/db/planted.go", `package db; import _ "elyco/internal/web"`)}
	mustFind(t, "the ground floor that imports upwards", checkFloors(ground))
}
