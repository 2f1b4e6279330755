package app_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"
	"testing"

	"elyco/internal/audit"
)

// TestAuditWords holds every action that anything records to a sentence, and every sentence to an action: the trail is
// read by people.
func TestAuditWords(t *testing.T) {
	code := sources(t)
	actions, bad := recorded(code)
	report(t, bad)
	if len(actions) < 20 {
		t.Errorf("only %d recorded actions were found: %v", len(actions), actions)
	}
	report(t, checkAuditWords(actions, wordsFiles(t)))
}

func checkAuditWords(actions []string, files []wordsFile) []string {
	wanted := map[string]bool{}
	for _, a := range actions {
		wanted[audit.Key(a)] = true
	}
	var bad []string
	known := map[string]bool{}
	for _, f := range files {
		for _, key := range f.keys {
			known[key] = true
			if sentenceOfTrail(key) && !wanted[key] {
				bad = append(bad, fmt.Sprintf("%s: nothing records what %q says", f.path, key))
			}
		}
	}
	for _, a := range actions {
		if !known[audit.Key(a)] {
			bad = append(bad, fmt.Sprintf("the trail records %q, and nobody wrote %q", a, audit.Key(a)))
		}
	}
	return bad
}

func sentenceOfTrail(key string) bool { return strings.Contains(key, ".audit.") }

// recorded lists the actions of every audit.Entry of the program. An action that is not spelled out where the entry is
// made is followed through the parameters of the package's functions; d.room.Name is each room that uses the package.
func recorded(code []source) (actions []string, bad []string) {
	for _, f := range code {
		tr := tracer{file: f, code: code}
		for _, d := range f.tree.Decls {
			fn, _ := d.(*ast.FuncDecl)
			ast.Inspect(d, func(n ast.Node) bool {
				lit, ok := n.(*ast.CompositeLit)
				if !ok || !isEntry(lit) {
					return true
				}
				found, err := tr.action(lit, fn)
				if err != "" {
					bad = append(bad, f.line(lit)+": "+err)
				}
				actions = append(actions, found...)
				return true
			})
		}
	}
	slices.Sort(actions)
	return slices.Compact(actions), bad
}

func isEntry(lit *ast.CompositeLit) bool {
	sel, ok := lit.Type.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	pkg, ok := sel.X.(*ast.Ident)
	return ok && pkg.Name == "audit" && sel.Sel.Name == "Entry"
}

// tracer follows strings through the functions of one package.
type tracer struct {
	file source
	code []source
}

func (tr tracer) action(lit *ast.CompositeLit, fn *ast.FuncDecl) ([]string, string) {
	for _, e := range lit.Elts {
		if kv, ok := e.(*ast.KeyValueExpr); ok {
			if field, ok := kv.Key.(*ast.Ident); ok && field.Name == "Action" {
				found := tr.values(kv.Value, fn, 4)
				if len(found) == 0 {
					return nil, "the action of this entry cannot be told; spell it out, or pass it on as a parameter"
				}
				return found, ""
			}
		}
	}
	return nil, "an entry without an action"
}

// values lists what an expression may be, within a few calls.
func (tr tracer) values(e ast.Expr, fn *ast.FuncDecl, depth int) []string {
	if s, ok := text(e); ok {
		return []string{s}
	}
	switch e := e.(type) {
	case *ast.BinaryExpr:
		var all []string
		for _, x := range tr.values(e.X, fn, depth) {
			for _, y := range tr.values(e.Y, fn, depth) {
				if e.Op == token.ADD {
					all = append(all, x+y)
				}
			}
		}
		return all
	case *ast.SelectorExpr:
		if inner, ok := e.X.(*ast.SelectorExpr); ok && inner.Sel.Name == "room" && e.Sel.Name == "Name" {
			return tr.users()
		}
	case *ast.Ident:
		return tr.passed(e.Name, fn, depth-1)
	}
	return nil
}

// users lists the rooms that import the package.
func (tr tracer) users() []string {
	var rooms []string
	for _, f := range tr.code {
		if f.room() != "" && slices.Contains(f.imports, module+tr.file.dir()) && !slices.Contains(rooms, f.room()) {
			rooms = append(rooms, f.room())
		}
	}
	return rooms
}

// passed lists what the calls of fn in its package give to its parameter.
func (tr tracer) passed(param string, fn *ast.FuncDecl, depth int) []string {
	place := placeOf(param, fn)
	if place < 0 || depth == 0 {
		return nil
	}
	var all []string
	for _, f := range tr.code {
		if path.Dir(f.path) != tr.file.dir() {
			continue
		}
		for _, d := range f.tree.Decls {
			caller, _ := d.(*ast.FuncDecl)
			ast.Inspect(d, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok && called(call) == fn.Name.Name && len(call.Args) > place {
					all = append(all, tr.values(call.Args[place], caller, depth)...)
				}
				return true
			})
		}
	}
	return all
}

func placeOf(param string, fn *ast.FuncDecl) int {
	if fn == nil {
		return -1
	}
	place := 0
	for _, field := range fn.Type.Params.List {
		for _, name := range field.Names {
			if name.Name == param {
				return place
			}
			place++
		}
	}
	return -1
}

func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

func TestAuditWordsCanFail(t *testing.T) {
	planted := func(body string) []source {
		return []source{read(t, "internal/services/planted/actions.go", "package planted\n"+body)}
	}
	for what, body := range map[string]string{
		"spelled out":     `func x() { audit.Record(ctx, tx, audit.Entry{Action: "planted.keep"}) }`,
		"through a call":  `func x(action string) { audit.Record(ctx, tx, audit.Entry{Action: action}) }; func y() { x("planted.keep") }`,
		"put together":    `func x(verb string) { audit.Record(ctx, tx, audit.Entry{Action: "planted." + verb}) }; func y() { r.x("keep") }`,
		"through a chain": `func x(a string) { _ = audit.Entry{Action: a} }; func y(b int, c string) { x(c) }; func z() { y(1, "planted.keep") }`,
	} {
		if got, bad := recorded(planted(body)); len(bad) > 0 || !slices.Equal(got, []string{"planted.keep"}) {
			t.Errorf("%s: %v, %v", what, got, bad)
		}
	}
	_, bad := recorded(planted(`func x() { audit.Record(ctx, tx, audit.Entry{Action: choose()}) }`))
	mustFind(t, "an action that cannot be told", bad)
	_, bad = recorded(planted(`func x() { audit.Record(ctx, tx, audit.Entry{Subject: "1"}) }`))
	mustFind(t, "an entry without an action", bad)
	file := []wordsFile{readWords(t, "internal/services/planted/words.fr.yaml", []byte("planted.audit.keep: a gardé"))}
	mustFind(t, "an action without a sentence", checkAuditWords([]string{"planted.keep", "planted.lose"}, file))
	mustFind(t, "a sentence without an action", checkAuditWords(nil, file))
}
