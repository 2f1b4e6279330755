package tenant

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"gopkg.in/yaml.v3"
)

// field is one field that a file may have, and where its value goes: into a variable, or into the fields of a
// mapping.
type field struct {
	name     string
	into     any
	nested   []field
	optional bool
}

// fields is a file that was read, with the line of each of its fields, so that a rule can say where it is broken.
type fields struct {
	loader *loader
	file   string
	lines  map[string]int
	broken map[string]bool
}

// readFields reads a YAML mapping with exactly the fields wanted. It returns nil when the file cannot be read at all.
func (l *loader) readFields(file string, want []field) *fields {
	content, err := fs.ReadFile(l.fsys, file)
	if err != nil {
		l.report(Problem{File: file, Sentence: "ce fichier manque ou ne peut pas être lu"})
		return nil
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(content, &doc); err != nil {
		l.report(Problem{File: file, Sentence: fmt.Sprintf("ce n’est pas du YAML lisible (%v)", err)})
		return nil
	}
	if len(doc.Content) != 1 || doc.Content[0].Kind != yaml.MappingNode {
		l.report(Problem{File: file, Sentence: "ce fichier doit être une suite de champs « nom: valeur »"})
		return nil
	}
	f := &fields{loader: l, file: file, lines: map[string]int{}, broken: map[string]bool{}}
	f.read(doc.Content[0], "", want)
	return f
}

func (f *fields) read(node *yaml.Node, prefix string, want []field) {
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		name := prefix + key.Value
		at := slices.IndexFunc(want, func(w field) bool { return w.name == key.Value })
		if at < 0 {
			f.fail(name, key.Line, "ce champ n’existe pas ici")
			continue
		}
		if _, twice := f.lines[name]; twice {
			f.fail(name, key.Line, "ce champ est donné deux fois")
			continue
		}
		f.lines[name] = key.Line
		f.decode(name, value, want[at])
	}
	for _, w := range want {
		if _, given := f.lines[prefix+w.name]; !given && !w.optional {
			f.fail(prefix+w.name, node.Line, "ce champ manque")
		}
	}
}

func (f *fields) decode(name string, value *yaml.Node, to field) {
	if to.nested != nil {
		if value.Kind != yaml.MappingNode {
			f.fail(name, value.Line, "il faut ici des champs « nom: valeur »")
			return
		}
		f.read(value, name+".", to.nested)
		return
	}
	if value.Decode(to.into) != nil {
		f.fail(name, value.Line, "cette valeur n’a pas la forme attendue")
	}
}

// refuse reports a broken rule of a field, unless the field is already known to be missing or unreadable.
func (f *fields) refuse(name string, wrong bool, sentence string) {
	if wrong {
		f.fault(name, sentence)
	}
}

func (f *fields) fault(name, sentence string) {
	parent, _, _ := strings.Cut(name, ".")
	if !f.broken[name] && !f.broken[parent] {
		f.fail(name, f.lines[name], sentence)
	}
}

func (f *fields) fail(name string, line int, sentence string) {
	f.broken[name] = true
	f.loader.report(Problem{File: f.file, Line: line, Column: name, Sentence: sentence})
}

// hasStrayRunes finds what a copy and paste leaves behind and nobody sees.
func hasStrayRunes(s string) bool {
	if strings.Contains(s, "  ") {
		return true
	}
	return strings.ContainsFunc(s, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar
	})
}
