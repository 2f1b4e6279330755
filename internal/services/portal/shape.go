package portal

import (
	"context"
	"net/url"
	"path"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"elyco/internal/service"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

func heroOf(ctx context.Context, t *tenant.Tenant, banner string) templ.Component {
	return ui.Hero{Title: t.Name, Kicker: t.KindWords(), BannerURL: banner, Lead: words.T(ctx, "portal.home.lead"), Actions: heroActions(len(t.Children()) > 0)}
}

func (r *Room) shapeHome(t *tenant.Tenant, news []service.Item) home {
	v := home{Name: t.Name, Paragraphs: paragraphs(t.Presentation), HasEstablishments: len(t.Children()) > 0}
	for i, n := range news {
		at := time.Unix(n.At, 0)
		v.News = append(v.News, ui.ArticleCard{URL: n.URL, Title: n.Title, Summary: n.Summary, CoverURL: n.Picture, CoverAlt: n.PictureAlt, Section: n.Section,
			Lead: i == 0 && n.Picture != "", Source: sourceAbove(n, t), Date: words.Date(at), DateTime: at.UTC().Format("2006-01-02")})
	}
	if len(news) > 0 {
		v.AllNewsURL = path.Dir(news[0].URL)
	}
	v.Reach = reach(t)
	for p := t.Parent; p != nil; p = p.Parent {
		v.Above = append(v.Above, ui.Item{Title: p.Name, URL: r.registry.URL(p, "/"), Text: p.KindWords(), Icon: ui.IconBuilding})
	}
	return v
}

// sourceAbove names who publishes when it is not the space itself.
func sourceAbove(n service.Item, t *tenant.Tenant) string {
	if n.Source == t.Name {
		return ""
	}
	return n.Source
}

func paragraphs(text string) []string {
	return strings.FieldsFunc(strings.TrimSpace(text), func(c rune) bool { return c == '\n' })
}

// contactLine is a way to reach the space.
type contactLine struct{ Kind, Text, URL string }

func reach(t *tenant.Tenant) []contactLine {
	var list []contactLine
	if t.Address != "" {
		list = append(list, contactLine{Kind: "address", Text: t.Address})
	}
	if t.ContactPhone != "" {
		list = append(list, contactLine{Kind: "phone", Text: t.ContactPhone, URL: "tel:" + digits(t.ContactPhone)})
	}
	if t.ContactEmail != "" {
		list = append(list, contactLine{Kind: "email", Text: t.ContactEmail, URL: "mailto:" + t.ContactEmail})
	}
	return list
}

func digits(phone string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, phone)
}

func shapeContact(t *tenant.Tenant) contact {
	v := contact{Name: t.Name, Reach: reach(t)}
	if t.Kind == tenant.KindEstablishment && t.Parent != nil {
		v.Above = t.Parent.Name
		v.AboveReach = reach(t.Parent)
	}
	return v
}

func shapeNotice(t *tenant.Tenant) notice {
	n := notice{Name: t.Name, Academy: t.Academy().Name, Establishment: t.Kind == tenant.KindEstablishment, Reach: reach(t)}
	if funder := t.Collectivity(); funder != nil {
		n.Funder = funder.Name
	}
	return n
}

func (r *Room) shapeEstablishments(ctx context.Context, t *tenant.Tenant, f filter) establishments {
	all := below(t)
	answer := f.apply(all)
	v := establishments{Query: f.Text, Count: words.N(ctx, "portal.establishments.count", answer.Total), Filtered: f.Text != "" || f.City != "" || f.Nature != ""}
	v.Cities = choices(words.T(ctx, "portal.establishments.every_city"), cities(all), f.City, func(s string) string { return s })
	v.Natures = choices(words.T(ctx, "portal.establishments.every_nature"), natures(all), f.Nature, func(s string) string { return natureWords(ctx, s) })
	for _, e := range answer.Spaces {
		item := ui.Item{Title: e.Name, URL: r.registry.URL(e, "/"), Text: e.KindWords(), Icon: ui.IconSchool}
		if t.Kind == tenant.KindAcademy && e.Parent != nil {
			item.Meta = e.Parent.Name
		}
		v.Items = append(v.Items, item)
	}
	v.Pager = ui.Pager{Words: words.T(ctx, "portal.establishments.page", "page", answer.Page, "pages", answer.Pages)}
	if answer.Page > 1 {
		v.Pager.Previous = f.at(answer.Page - 1)
	}
	if answer.Page < answer.Pages {
		v.Pager.Next = f.at(answer.Page + 1)
	}
	return v
}

func (f filter) at(page int) string {
	q := url.Values{"page": {strconv.Itoa(page)}}
	for name, value := range map[string]string{"q": f.Text, "city": f.City, "nature": f.Nature} {
		if value != "" {
			q.Set(name, value)
		}
	}
	return "/establishments?" + q.Encode()
}

func choices(every string, values []string, chosen string, label func(string) string) []ui.Choice {
	list := []ui.Choice{{Label: every}}
	for _, v := range values {
		list = append(list, ui.Choice{Value: v, Label: label(v), Selected: v == chosen})
	}
	return list
}

func natureWords(ctx context.Context, nature string) string {
	switch nature {
	case "college":
		return words.T(ctx, "portal.nature.college")
	case "lycee":
		return words.T(ctx, "portal.nature.lycee")
	case "lp":
		return words.T(ctx, "portal.nature.lp")
	case "lpo":
		return words.T(ctx, "portal.nature.lpo")
	case "legt", "lgt":
		return words.T(ctx, "portal.nature.legt")
	case "erea":
		return words.T(ctx, "portal.nature.erea")
	}
	return nature
}

type suspendedView struct {
	Name, Note string
	Reach      []contactLine
}

// suspended is what a space that lets nobody in says of itself.
func suspended(t *tenant.Tenant) templ.Component {
	return suspendedPage(suspendedView{Name: t.Name, Note: t.StateNote, Reach: reach(t)})
}
