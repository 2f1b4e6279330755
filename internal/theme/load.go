package theme

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"
)

// Theme is a folder read: a layer of tokens, and the drawings and words that go with it.
type Theme struct {
	Slug    string
	Name    string
	Layer   Layer
	Logo    []byte // SVG
	Favicon []byte // SVG
	Banner  []byte // SVG
	Login   Login
}

// Login is what the sign-in page says.
type Login struct {
	Title string
	Text  string
}

// Load reads themes/<slug> of a file system: theme.yaml, logo.svg, favicon.svg, banner.svg. The errors are in French and name
// the file, the line and what to do; an unknown key is one, and so is an unsafe drawing.
func Load(files fs.FS, slug string) (Theme, error) {
	if !fs.ValidPath(slug) || strings.ContainsAny(slug, "/.") {
		return Theme{}, fmt.Errorf("« %s » n’est pas un nom de thème", shorten(slug))
	}
	source, err := fs.ReadFile(files, path.Join(slug, "theme.yaml"))
	if err != nil {
		return Theme{}, fmt.Errorf("le thème « %s » n’a pas de fichier theme.yaml : %w", slug, err)
	}
	t, err := Parse(source)
	if err != nil {
		return Theme{}, fmt.Errorf("%s/theme.yaml, %w", slug, err)
	}
	t.Slug = slug
	for name, place := range map[string]*[]byte{"logo.svg": &t.Logo, "favicon.svg": &t.Favicon, "banner.svg": &t.Banner} {
		drawing, err := fs.ReadFile(files, path.Join(slug, name))
		if err != nil {
			return Theme{}, fmt.Errorf("le thème « %s » n’a pas de fichier %s : %w", slug, name, err)
		}
		if *place, err = SanitizeSVG(drawing); err != nil {
			return Theme{}, fmt.Errorf("%s/%s : %w", slug, name, err)
		}
	}
	return t, nil
}

// Parse reads the text of a theme.yaml, as Load does, without the drawings.
func Parse(source []byte) (Theme, error) {
	const most = 64 << 10
	if len(source) > most {
		return Theme{}, errors.New("le fichier dépasse 64 Kio : un thème n’est qu’une courte liste de couleurs")
	}
	var document yaml.Node
	if err := yaml.Unmarshal(source, &document); err != nil {
		return Theme{}, fmt.Errorf("le texte n’est pas du YAML lisible : %w", err)
	}
	if len(document.Content) != 1 {
		return Theme{}, errors.New("le fichier est vide")
	}
	t := Theme{Layer: Layer{Light: Palette{}, Dark: Palette{}}}
	shape := &t.Layer.Shape
	err := eachKey(document.Content[0], map[string]func(*yaml.Node) error{
		"name": text(&t.Name, 80),
		"login": func(n *yaml.Node) error {
			return eachKey(n, map[string]func(*yaml.Node) error{"title": text(&t.Login.Title, 120), "text": text(&t.Login.Text, 600)})
		},
		"fonts": func(n *yaml.Node) error {
			return eachKey(n, map[string]func(*yaml.Node) error{"body": oneOf(&shape.BodyFont, FontNames()),
				"heading": oneOf(&shape.HeadingFont, FontNames()), "weight": number(400, 900, func(v int) { shape.Weight = v })})
		},
		"shape": func(n *yaml.Node) error {
			return eachKey(n, map[string]func(*yaml.Node) error{"radius": number(0, 24, func(v int) { shape.Radius = &v }),
				"density": oneOf(&shape.Density, DensityNames()), "motif": oneOf(&shape.Motif, MotifNames())})
		},
		"light": colours(t.Layer.Light),
		"dark":  colours(t.Layer.Dark),
	})
	return t, err
}

// eachKey hands every value of a mapping to the reader of its key, and refuses a key nobody reads or one said twice.
func eachKey(n *yaml.Node, readers map[string]func(*yaml.Node) error) error {
	if n.Kind != yaml.MappingNode {
		return fmt.Errorf("ligne %d : une liste de clés est attendue ici", n.Line)
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		read, known := readers[key.Value]
		if !known {
			return fmt.Errorf("ligne %d : la clé « %s » est inconnue ; les clés possibles sont %s", key.Line, shorten(key.Value), strings.Join(sortedKeys(readers), ", "))
		}
		if seen[key.Value] {
			return fmt.Errorf("ligne %d : la clé « %s » est écrite deux fois", key.Line, key.Value)
		}
		seen[key.Value] = true
		if err := read(value); err != nil {
			return err
		}
	}
	return nil
}

func text(place *string, most int) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.ScalarNode {
			return fmt.Errorf("ligne %d : un texte est attendu ici", n.Line)
		}
		if len([]rune(n.Value)) > most {
			return fmt.Errorf("ligne %d : ce texte dépasse %d caractères", n.Line, most)
		}
		*place = strings.TrimSpace(n.Value)
		return nil
	}
}

func oneOf(place *string, names []string) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		if n.Kind != yaml.ScalarNode || !slices.Contains(names, n.Value) {
			return fmt.Errorf("ligne %d : « %s » n’est pas proposé ; choisissez parmi %s", n.Line, shorten(n.Value), strings.Join(names, ", "))
		}
		*place = n.Value
		return nil
	}
}

func number(least, most int, set func(int)) func(*yaml.Node) error {
	return func(n *yaml.Node) error {
		value, err := strconv.Atoi(n.Value)
		if err != nil || n.Kind != yaml.ScalarNode || value < least || value > most {
			return fmt.Errorf("ligne %d : un nombre entier de %d à %d est attendu ici", n.Line, least, most)
		}
		set(value)
		return nil
	}
}

func colours(p Palette) func(*yaml.Node) error {
	readers := map[string]func(*yaml.Node) error{}
	for _, role := range Roles() {
		readers[string(role)] = func(n *yaml.Node) error {
			c, err := ParseColour(n.Value)
			if err != nil {
				return fmt.Errorf("ligne %d : %w", n.Line, err)
			}
			p[role] = c
			return nil
		}
	}
	return func(n *yaml.Node) error { return eachKey(n, readers) }
}
