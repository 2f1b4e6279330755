package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const root = "../.."

// source is one Go file of the project, by its path from the project's root.
type source struct {
	path    string
	imports []string
	tree    *ast.File
	set     *token.FileSet
}

func (s source) dir() string  { return path.Dir(s.path) }
func (s source) name() string { return path.Base(s.path) }

func (s source) generated() bool { return strings.HasSuffix(s.path, "_templ.go") }

// room is the name of the room that the file belongs to, or "".
func (s source) room() string {
	if path.Dir(s.dir()) != "internal/services" {
		return ""
	}
	return path.Base(s.dir())
}

func (s source) line(n ast.Node) string {
	return s.path + ":" + strconv.Itoa(s.set.Position(n.Pos()).Line)
}

// read parses a file whose text is given: of the project, or planted to prove that a test can fail.
func read(t *testing.T, name, text string) source {
	t.Helper()
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, name, text, parser.ParseComments)
	if err != nil {
		t.Fatalf("read %s: %v", name, err)
	}
	s := source{path: name, tree: tree, set: set}
	for _, i := range tree.Imports {
		s.imports = append(s.imports, strings.Trim(i.Path.Value, `"`))
	}
	return s
}

// sources reads every Go file of the program, its tests left out.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	for _, top := range []string{"cmd", "internal", "migrations", "tenants", "themes"} {
		start := filepath.Join(root, top)
		if _, err := os.Stat(start); err != nil {
			continue
		}
		err := filepath.WalkDir(start, func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
				return err
			}
			text, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(root, p)
			if err != nil {
				return err
			}
			all = append(all, read(t, filepath.ToSlash(rel), string(text)))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(all) < 50 {
		t.Fatalf("only %d files were found: the test looks in the wrong place", len(all))
	}
	return all
}

// report makes each finding a failure of its own.
func report(t *testing.T, findings []string) {
	t.Helper()
	for _, f := range findings {
		t.Error(f)
	}
}

// mustFind fails unless the check found something in what was planted: a check that cannot fail proves nothing.
func mustFind(t *testing.T, what string, findings []string) {
	t.Helper()
	if len(findings) == 0 {
		t.Errorf("planted and not found: %s", what)
	}
}
