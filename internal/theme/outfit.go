package theme

import (
	"elyco/internal/school"
	"elyco/internal/tenant"
)

// Drawing is a picture of a theme: cleaned SVG, or a raster picture written anew. The zero value is none.
type Drawing struct {
	Bytes       []byte
	ContentType string
}

// Version is what a space sets upon what it inherits, as it is kept: the text of a theme file with only the space's own
// lines, an accent, drawings.
type Version struct {
	Scope   school.ScopeID
	Source  string // what Parse reads; empty for nothing
	Accent  string // "#rrggbb" or empty
	Logo    Drawing
	Favicon Drawing
	Banner  Drawing
}

// Outfit is everything that a space wears, put together from its layers.
type Outfit struct {
	Tokens  Tokens
	Login   Login
	Logo    Drawing
	Favicon Drawing
	Banner  Drawing
}

// wear lays a version over the outfit's layers. An establishment adds marks of its own and leaves the colours of who funds
// it: whatever else its version holds is not worn.
func (w *Wardrobe) wear(o *Outfit, layers []Layer, v Version, kind tenant.Kind) ([]Layer, error) {
	layer, login, err := v.read()
	if err != nil {
		return layers, err
	}
	if kind == tenant.KindEstablishment {
		layer = Layer{Accent: layer.Accent}
	}
	o.Login = o.Login.over(login)
	o.Logo, o.Banner = orDrawing(v.Logo, o.Logo), orDrawing(v.Banner, o.Banner)
	if kind != tenant.KindEstablishment {
		o.Favicon = orDrawing(v.Favicon, o.Favicon)
	}
	return append(layers, layer), nil
}

func (v Version) read() (Layer, Login, error) {
	var t Theme
	var err error
	if v.Source != "" {
		if t, err = Parse([]byte(v.Source)); err != nil {
			return Layer{}, Login{}, err
		}
	}
	if v.Accent != "" {
		accent, err := ParseColour(v.Accent)
		if err != nil {
			return Layer{}, Login{}, err
		}
		t.Layer.Accent = &accent
	}
	return t.Layer, t.Login, nil
}

func (l Login) over(top Login) Login {
	if top.Title != "" {
		l.Title = top.Title
	}
	if top.Text != "" {
		l.Text = top.Text
	}
	return l
}

func orDrawing(d, otherwise Drawing) Drawing {
	if len(d.Bytes) == 0 {
		return otherwise
	}
	return d
}

// Dress puts together what t wears when the given versions lie upon the shipped theme: the collectivity's first, then the
// establishment's own. Versions of other spaces are ignored. An error names what of a version cannot be read.
func (w *Wardrobe) Dress(t *tenant.Tenant, versions ...Version) (Outfit, error) {
	shipped := w.shipped[w.slugOf(t)]
	o := Outfit{Login: shipped.Login, Logo: svg(shipped.Logo), Favicon: svg(shipped.Favicon), Banner: svg(shipped.Banner)}
	layers := []Layer{w.shipped[fallback].Layer, shipped.Layer}
	for _, space := range wornBy(t) {
		for _, v := range versions {
			if v.Scope != space.ID {
				continue
			}
			var err error
			if layers, err = w.wear(&o, layers, v, space.Kind); err != nil {
				return Outfit{}, err
			}
		}
	}
	o.Tokens = Compose(layers...)
	return o, nil
}

// wornBy lists the spaces whose versions t wears, the lowest layer first.
func wornBy(t *tenant.Tenant) []*tenant.Tenant {
	if c := t.Collectivity(); c != nil && c != t {
		return []*tenant.Tenant{c, t}
	}
	return []*tenant.Tenant{t}
}

func svg(content []byte) Drawing {
	return Drawing{Bytes: content, ContentType: "image/svg+xml"}
}
