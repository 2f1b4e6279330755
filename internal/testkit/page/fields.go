package page

import (
	"net/url"
	"slices"
	"strings"
)

// Fields lists the controls that a person fills in.
func (n Node) Fields() []Node {
	return slices.DeleteFunc(n.All("input,select,textarea"), func(f Node) bool {
		return slices.Contains([]string{"hidden", "submit", "button", "reset", "image"}, f.Attr("type"))
	})
}

// Label is the name that assistive technology gives to a field or a button of the page top, or "".
func (n Node) Label(top Node) string {
	if ids := n.Attr("aria-labelledby"); ids != "" {
		var words []string
		for _, id := range strings.Fields(ids) {
			if l, ok := top.First("[id=" + id + "]"); ok {
				words = append(words, l.Text())
			}
		}
		return strings.Join(words, " ")
	}
	if l := strings.TrimSpace(n.Attr("aria-label")); l != "" {
		return l
	}
	if id := n.Attr("id"); id != "" {
		if l, ok := top.First("label[for=" + id + "]"); ok {
			return l.Text()
		}
	}
	if l, ok := n.Up("label"); ok {
		return l.Text()
	}
	if n.Data == "button" || n.Data == "a" {
		return n.nameFromContent()
	}
	return strings.TrimSpace(n.Attr("title"))
}

func (n Node) nameFromContent() string {
	words := []string{n.Text()}
	for _, i := range n.All("img[alt]") {
		words = append(words, i.Attr("alt"))
	}
	for _, i := range n.All("[aria-label]") {
		words = append(words, i.Attr("aria-label"))
	}
	return strings.TrimSpace(strings.Join(words, " "))
}

// Values is what a browser would send when nobody changed the form, its buttons left out.
func (n Node) Values() url.Values {
	v := url.Values{}
	for _, f := range n.All("input,select,textarea") {
		name := f.Attr("name")
		if _, off := f.Lookup("disabled"); name == "" || off {
			continue
		}
		switch {
		case f.Data == "textarea":
			v.Add(name, strings.TrimPrefix(f.raw(), "\n"))
		case f.Data == "select":
			f.chosen(func(value string) { v.Add(name, value) })
		case f.Attr("type") == "checkbox" || f.Attr("type") == "radio":
			if _, on := f.Lookup("checked"); on {
				v.Add(name, f.boxValue())
			}
		case !slices.Contains([]string{"submit", "button", "reset", "image", "file"}, f.Attr("type")):
			v.Add(name, f.Attr("value"))
		}
	}
	return v
}

func (n Node) raw() string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		b.WriteString(c.Data)
	}
	return b.String()
}

func (n Node) boxValue() string {
	if v, ok := n.Lookup("value"); ok {
		return v
	}
	return "on"
}

// chosen calls add for each option that a select sends.
func (n Node) chosen(add func(value string)) {
	options := n.All("option")
	picked := slices.DeleteFunc(slices.Clone(options), func(o Node) bool { _, on := o.Lookup("selected"); return !on })
	if _, many := n.Lookup("multiple"); !many && len(picked) == 0 && len(options) > 0 {
		picked = options[:1]
	}
	for _, o := range picked {
		if v, ok := o.Lookup("value"); ok {
			add(v)
			continue
		}
		add(o.Text())
	}
}
