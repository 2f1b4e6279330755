package console

import (
	"context"
	"strconv"
	"time"

	"elyco/internal/directory"
	"elyco/internal/school"
	"elyco/internal/service"
	"elyco/internal/session"
	"elyco/internal/tenant"
	"elyco/internal/ui"
	"elyco/internal/words"
)

// around is what stands on every page of the console.
type around struct {
	Title, Lead string
	Nav         []ui.Link
	Errors      []ui.FieldError
}

func frame(ctx context.Context, current, title, lead string) around {
	a := around{Title: words.T(ctx, title), Lead: words.T(ctx, lead)}
	for _, s := range []struct {
		url, label string
		icon       ui.Icon
	}{
		{home, "console.overview", ui.IconHome},
		{home + "/identity", "console.identity", ui.IconSchool},
		{home + "/services", "console.services", ui.IconSwitch},
		{home + "/administrators", "console.administrators", ui.IconKey},
		{home + "/calendar", "console.calendar", ui.IconAgenda},
		{home + "/fields", "console.fields", ui.IconEye},
		{home + "/quotas", "console.quotas", ui.IconFolder},
		{home + "/usage", "console.usage", ui.IconChart},
		{home + "/trail", "console.trail", ui.IconList},
	} {
		a.Nav = append(a.Nav, ui.Link{Label: words.T(ctx, s.label), URL: s.url, Icon: s.icon, Current: s.url == current})
	}
	return a
}

// refuse puts the sentences of a refused form above it; at tells the id of the input that a field leads to.
func (a *around) refuse(wrong map[string]string, at func(field string) string) {
	for field, text := range wrong {
		a.Errors = append(a.Errors, ui.FieldError{FieldID: at(field), Text: text})
	}
}

func same(field string) string {
	if field == "" {
		return "main"
	}
	return field
}

type overviewView struct {
	around
	Steps    []stepView
	Progress ui.Progress
	Complete bool
	MayOpen  bool
	State    string
	Tone     ui.Tone
	Figures  []ui.Stat
	Rooms    []roomCard
}

type stepView struct {
	Title, Hint, URL string
	Done             bool
}

type roomCard struct {
	Title, About, URL string
	Icon              ui.Icon
}

func (r *Room) shapeOverview(ctx context.Context, s standing, people []counts) overviewView {
	t := tenant.From(ctx)
	v := overviewView{around: frame(ctx, home, "console.title", "console.lead")}
	steps := s.steps()
	for _, p := range steps {
		v.Steps = append(v.Steps, stepView{Title: words.T(ctx, "console.step."+p.Key), Hint: words.T(ctx, "console.step_hint."+p.Key), URL: p.URL, Done: p.Done})
	}
	n := done(steps)
	v.Complete = n == len(steps)
	v.MayOpen = v.Complete && t.State == tenant.Opening
	v.State, v.Tone = words.T(ctx, "console.state."+string(t.State)), ui.ToneSuccess
	if t.State != tenant.Open {
		v.Tone = ui.ToneWarning
	}
	v.Progress = ui.Progress{ID: "console-progress", Label: words.T(ctx, "console.opening.done"), Value: n, Max: len(steps),
		Words: words.N(ctx, "console.opening.progress", n, "total", len(steps))}
	v.Figures = figures(ctx, s, people)
	v.Rooms = r.cards(ctx)
	return v
}

func figures(ctx context.Context, s standing, people []counts) []ui.Stat {
	byProfile := map[school.Profile]int{}
	staff := 0
	for _, c := range people {
		byProfile[c.Profile] = c.People
		if c.Profile.Adult() {
			staff += c.People
		}
	}
	return []ui.Stat{
		{Label: words.T(ctx, "console.figure.pupils"), Value: words.Number(byProfile[school.Pupil]), Icon: ui.IconUser, URL: home + "/usage", Tone: ui.ToneBrand},
		{Label: words.T(ctx, "console.figure.guardians"), Value: words.Number(byProfile[school.Guardian]), Icon: ui.IconGroup, URL: home + "/usage", Tone: ui.ToneBrand},
		{Label: words.T(ctx, "console.figure.staff"), Value: words.Number(staff), Icon: ui.IconWork, URL: home + "/usage", Tone: ui.ToneBrand},
		{Label: words.T(ctx, "console.figure.classes"), Value: words.Number(s.Classes), Icon: ui.IconBook, Tone: ui.ToneBrand},
	}
}

// cards lists the other rooms of administration that the actor may open here.
func (r *Room) cards(ctx context.Context) []roomCard {
	t, actor := tenant.From(ctx), session.Actor(ctx)
	var cards []roomCard
	for _, s := range r.rooms {
		for _, m := range s.Menu {
			_, may := r.policy.For(actor, s.Name, m.Action)
			if m.Group != service.Administration || m.Hub || !may || !s.Has(t.Kind) || !s.Always && !t.Offers(s.Name) {
				continue
			}
			cards = append(cards, roomCard{words.T(ctx, m.Label), words.T(ctx, s.About), m.URL, ui.Icon(m.Icon)})
		}
	}
	return cards
}

type identityView struct {
	around
	Name, Email, Phone ui.Field
	Presentation       ui.TextArea
	Address            ui.TextArea
	Facts              []ui.Fact
	Version            string
}

func shapeIdentity(ctx context.Context, own tenant.Own, wrong map[string]string) identityView {
	t := tenant.From(ctx)
	v := identityView{around: frame(ctx, home+"/identity", "console.identity", "console.identity.lead"), Version: strconv.Itoa(own.Version)}
	v.refuse(wrong, same)
	or := func(typed, held string) string {
		if typed == "" && wrong == nil {
			return held
		}
		return typed
	}
	v.Name = ui.Field{ID: "name", Name: "name", Label: words.T(ctx, "console.identity.name"), Hint: words.T(ctx, "console.identity.name_hint"), Value: or(own.Name, t.Name), MaxLength: 120, Error: wrong["name"]}
	v.Email = ui.Field{ID: "contact_email", Name: "contact_email", Type: "email", Label: words.T(ctx, "console.identity.email"), Hint: words.T(ctx, "console.identity.email_hint"), Value: or(own.ContactEmail, t.ContactEmail), MaxLength: 254, Autocomplete: "off", Error: wrong["contact_email"], Width: ui.WidthMedium}
	v.Phone = ui.Field{ID: "contact_phone", Name: "contact_phone", Type: "tel", Label: words.T(ctx, "console.identity.phone"), Value: or(own.ContactPhone, t.ContactPhone), MaxLength: 40, Autocomplete: "off", Error: wrong["contact_phone"], Width: ui.WidthMedium}
	v.Presentation = ui.TextArea{ID: "presentation", Name: "presentation", Label: words.T(ctx, "console.identity.presentation"), Hint: words.T(ctx, "console.identity.presentation_hint"), Value: or(own.Presentation, t.Presentation), MaxLength: 2000, Rows: 6, Error: wrong["presentation"]}
	v.Address = ui.TextArea{ID: "address", Name: "address", Label: words.T(ctx, "console.identity.address"), Value: or(own.Address, t.Address), MaxLength: 300, Rows: 3, Error: wrong["address"]}
	v.Facts = []ui.Fact{
		{Label: words.T(ctx, "console.identity.domain"), Text: t.Host()},
		{Label: words.T(ctx, "console.identity.uai"), Text: t.UAI},
		{Label: words.T(ctx, "console.identity.kind"), Text: t.KindWords()},
		{Label: words.T(ctx, "console.identity.funder"), Text: t.Parent.Name},
	}
	return v
}

type servicesView struct {
	around
	Services []serviceView
	Always   []roomCard
	Today    string
}

type serviceView struct {
	Name, Title, About, Key string
	Icon                    ui.Icon
	On                      bool
	Noted                   string // what was decided, when and by whom
	ClosedBy                string
	Version                 string
	Open                    ui.RadioGroup
	Date                    ui.Field
	Note                    ui.Field
	Unfold                  bool
}

func (r *Room) shapeServices(ctx context.Context, noted map[string]Decision, names map[school.PersonID]string, typed Decision, wrong map[string]string) servicesView {
	t := tenant.From(ctx)
	v := servicesView{around: frame(ctx, home+"/services", "console.services", "console.services.lead"), Today: r.DB.NowIn(ctx).Format(time.DateOnly)}
	v.refuse(wrong, func(field string) string { return typed.Service + "-" + field })
	for _, s := range r.optional() {
		d := noted[s.Name]
		e := serviceView{Name: s.Name, Title: words.T(ctx, s.Title), About: words.T(ctx, s.About), Icon: ui.Icon(s.Icon), On: t.Offers(s.Name),
			Version: strconv.Itoa(d.Version)}
		if above := t.ClosedBy(s.Name); above != nil {
			e.ClosedBy = above.Name
		}
		e.Noted = saidOf(ctx, d, names[d.By])
		open, date, note := e.On, d.DecidedOn, d.Note
		var bad map[string]string
		if typed.Service == s.Name && wrong != nil {
			open, date, note, bad, e.Unfold = typed.Open, typed.DecidedOn, typed.Note, wrong, true
		}
		e.form(ctx, open, date, note, bad, v.Today)
		v.Services = append(v.Services, e)
	}
	for _, s := range r.rooms {
		if s.Always && s.Has(tenant.KindEstablishment) {
			v.Always = append(v.Always, roomCard{Title: words.T(ctx, s.Title), About: words.T(ctx, s.About), Icon: ui.Icon(s.Icon)})
		}
	}
	return v
}

func saidOf(ctx context.Context, d Decision, by string) string {
	switch {
	case d.Version == 0:
		return words.T(ctx, "console.services.undecided")
	case by == "":
		return words.T(ctx, "console.services.noted_by_nobody", "date", words.Date(d.DecidedOn))
	}
	return words.T(ctx, "console.services.noted", "date", words.Date(d.DecidedOn), "name", by)
}

func (e *serviceView) form(ctx context.Context, open bool, date time.Time, note string, wrong map[string]string, today string) {
	e.Open = ui.RadioGroup{ID: e.Name + "-open", Name: "open", Legend: words.T(ctx, "console.services.state"), Inline: true, Error: wrong["open"], Choices: []ui.Choice{
		{Value: "1", Label: words.T(ctx, "console.services.on"), Selected: open, Disabled: e.ClosedBy != ""},
		{Value: "0", Label: words.T(ctx, "console.services.off"), Selected: !open}}}
	e.Date = ui.Field{ID: e.Name + "-decided_on", Name: "decided_on", Type: "date", Label: words.T(ctx, "console.services.date"), Value: dateValue(date),
		Max: today, Required: true, Width: ui.WidthShort, Error: wrong["decided_on"]}
	e.Note = ui.Field{ID: e.Name + "-note", Name: "note", Label: words.T(ctx, "console.services.note"), Hint: words.T(ctx, "console.services.note_hint"), Value: note,
		MaxLength: 300, Optional: true, Error: wrong["note"]}
}

func dateValue(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

type administratorsView struct {
	around
	List    []administratorView
	Query   ui.Field
	Asked   bool
	People  *ui.RadioGroup
	From    ui.Field
	To      ui.Field
	ID      string
	Limited string
}

type administratorView struct {
	Name, Role, Dates, Person string
	Badge                     ui.Badge
	Dialog                    string
}

func shapeAdministrators(ctx context.Context, now time.Time, list []directory.Administrator, query string, found []directory.Member, typed directory.Delegation, wrong map[string]string) administratorsView {
	v := administratorsView{around: frame(ctx, home+"/administrators", "console.administrators", "console.administrators.lead"), ID: typed.ID.String()}
	v.refuse(wrong, same)
	today := directory.Day(now)
	for i, a := range list {
		e := administratorView{Name: a.Name, Role: words.T(ctx, "profile."+string(a.Profile)), Person: a.Person.String(), Dialog: "withdraw-" + strconv.Itoa(i)}
		if a.Function != "" {
			e.Role += " · " + a.Function
		}
		e.Dates, e.Badge = datesOf(ctx, a, today)
		v.List = append(v.List, e)
	}
	v.Query = ui.Field{ID: "name", Name: "name", Type: "search", Label: words.T(ctx, "console.administrators.search"), Hint: words.T(ctx, "console.administrators.search_hint"), Value: query, MaxLength: 80, Width: ui.WidthMedium, Autocomplete: "off"}
	v.Asked = query != ""
	if len(found) > 0 {
		g := ui.RadioGroup{ID: "person", Name: "person", Legend: words.T(ctx, "console.administrators.who"), Required: true, Error: wrong["person"]}
		for i, m := range found {
			g.Choices = append(g.Choices, ui.Choice{Value: m.Person.String(), Label: m.GivenName + " " + m.FamilyName, Hint: words.T(ctx, "profile."+string(m.Profile)), Selected: m.Person == typed.Person || i == 0 && len(found) == 1})
		}
		v.People = &g
	}
	from := dateValue(typed.From)
	if from == "" {
		from = dateValue(today)
	}
	v.From = ui.Field{ID: "from", Name: "from", Type: "date", Label: words.T(ctx, "console.administrators.from"), Value: from, Min: dateValue(today), Required: true, Width: ui.WidthShort, Error: wrong["from"]}
	v.To = ui.Field{ID: "to", Name: "to", Type: "date", Label: words.T(ctx, "console.administrators.to"), Hint: words.T(ctx, "console.administrators.to_hint"), Value: dateValue(typed.To), Min: dateValue(today), Optional: true, Width: ui.WidthShort, Error: wrong["to"]}
	return v
}

func datesOf(ctx context.Context, a directory.Administrator, today time.Time) (string, ui.Badge) {
	active := ui.Badge{Label: words.T(ctx, "console.administrators.active"), Tone: ui.ToneSuccess}
	switch {
	case a.Standing || a.To.IsZero() && a.Active(today):
		return words.T(ctx, "console.administrators.endless"), active
	case !a.Active(today):
		return words.T(ctx, "console.administrators.later", "from", words.Date(a.From)), ui.Badge{Label: words.T(ctx, "console.administrators.coming"), Tone: ui.ToneInfo}
	}
	return words.T(ctx, "console.administrators.until", "to", words.Date(a.To)), active
}

// kicker names the room above the title of each of its pages but the first.
func kicker(ctx context.Context, a around) string {
	if a.Nav[0].Current {
		return ""
	}
	return words.T(ctx, "console.title")
}
