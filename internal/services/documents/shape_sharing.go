package documents

import (
	"context"
	"sort"
	"time"

	"elyco/internal/audience"
	"elyco/internal/drive"
	"elyco/internal/school"
	"elyco/internal/session"
	"elyco/internal/ui"
	"elyco/internal/words"
)

const dayLayout = "2006-01-02"

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(words.Zone()).Format(dayLayout)
}

func (r *Room) shapeSharing(ctx context.Context, n drive.Node, s sharingState) (sharingView, error) {
	now := r.db.NowIn(ctx)
	v := sharingView{Title: words.T(ctx, "documents.sharing.title", "name", n.Name), Name: n.Name, ID: n.ID.String(), ShareID: school.NewID().String(),
		Trail: []ui.Link{{Label: words.T(ctx, "documents.title"), URL: home}, {Label: n.Name, URL: itemPath(n.ID)}},
		Roles: roleChoices(ctx, n, s.form.Role), RoleError: s.errors["role"], Until: day(s.form.Until), UntilError: s.errors["until"], UntilMin: day(now),
		Problems: summaryOf(s.errors),
		Link: linkForm{ID: school.NewID().String(), Until: day(now.AddDate(0, 0, 30)), UntilError: s.link["until"], PasswordError: s.link["password"],
			Min: day(now), Max: day(now.AddDate(1, 0, -1))}}
	if !s.until.IsZero() {
		v.Link.Until = day(s.until)
	}
	if s.fresh != "" {
		v.Fresh = &freshLink{URL: s.fresh, Until: words.Date(s.until)}
	}
	_, v.MayLink = r.policy.For(session.Actor(ctx), drive.Room, drive.Publish)
	if err := r.shapePicker(ctx, &v, n, s); err != nil {
		return v, err
	}
	return v, r.listShares(ctx, &v, n, now)
}

func (r *Room) shapePicker(ctx context.Context, v *sharingView, n drive.Node, s sharingState) error {
	choices, err := r.choices(ctx)
	if err != nil {
		return err
	}
	chosen, _ := s.form.audience() // what cannot be read was not chosen
	v.Picker = audience.Picker{Choices: choices, Chosen: chosen, Error: s.errors[audience.Field], LiveURL: home + "/audience",
		AskURL: itemPath(n.ID, "audience"), Narrow: !r.sharesWidely(ctx)}
	if chosen.Empty() {
		return nil
	}
	reach, err := r.reach(ctx, chosen)
	v.Picker.Reach = &reach
	return err
}

func (r *Room) listShares(ctx context.Context, v *sharingView, n drive.Node, now time.Time) error {
	shares, err := r.drive.SharesOf(ctx, n.ID)
	if err != nil {
		return err
	}
	for _, s := range shares {
		v.Shares = append(v.Shares, shareView{Who: s.Words, Removal: itemPath(n.ID, "shares", s.ID.String(), "removal"),
			Words: roleWords(ctx, s.Role) + " · " + untilWords(ctx, s.Until) + " · " + words.T(ctx, "documents.share.by", "who", s.By)})
	}
	if !v.MayLink {
		return nil
	}
	links, err := r.drive.LinksOf(ctx, n.ID)
	if err != nil {
		return err
	}
	for _, l := range links {
		meta := words.T(ctx, "documents.link.meta", "when", words.Since(l.CreatedAt, now), "who", l.By, "times", words.N(ctx, "documents.link.opened", l.Opened))
		if l.Password {
			meta += " · " + words.T(ctx, "documents.link.locked")
		}
		v.Links = append(v.Links, linkView{Words: untilWords(ctx, l.Until), Meta: meta, Removal: itemPath(n.ID, "links", l.ID.String(), "removal")})
	}
	return nil
}

// untilWords is the last day of what ends when the next one begins.
func untilWords(ctx context.Context, t time.Time) string {
	if t.IsZero() {
		return words.T(ctx, "documents.share.endless")
	}
	return words.T(ctx, "documents.share.ends", "day", words.Date(t.Add(-time.Minute)))
}

func roleWords(ctx context.Context, role drive.Role) string {
	switch role {
	case drive.Add:
		return words.T(ctx, "documents.role.add")
	case drive.Editor:
		return words.T(ctx, "documents.role.edit")
	}
	return words.T(ctx, "documents.role.view")
}

func roleChoices(ctx context.Context, n drive.Node, chosen string) []ui.Choice {
	choices := []ui.Choice{{Value: "view", Label: words.T(ctx, "documents.role.view")}}
	if n.Folder {
		choices = append(choices, ui.Choice{Value: "add", Label: words.T(ctx, "documents.role.add"), Hint: words.T(ctx, "documents.role.add_hint")})
	}
	choices = append(choices, ui.Choice{Value: "edit", Label: words.T(ctx, "documents.role.edit")})
	for i := range choices {
		choices[i].Selected = choices[i].Value == chosen || chosen == "" && i == 0
	}
	return choices
}

// summaryOf leads from the top of a refused form to each field that is wrong.
func summaryOf(errors map[string]string) ui.ErrorSummary {
	var s ui.ErrorSummary
	for field, text := range errors {
		s.Errors = append(s.Errors, ui.FieldError{FieldID: field, Text: text})
	}
	sort.Slice(s.Errors, func(i, j int) bool { return s.Errors[i].FieldID < s.Errors[j].FieldID })
	return s
}

func (r *Room) shapeReceived(ctx context.Context, all []drive.Received, after, next string) receivedView {
	v := receivedView{Trail: r.trail(ctx, drive.Space{})[:1], Items: r.receivedItems(ctx, all)}
	if after != "" {
		v.Pager.Previous, v.Pager.Words = home+"/received", words.T(ctx, "documents.pager.start")
	}
	if next != "" {
		v.Pager.Next = home + "/received?after=" + next
	}
	return v
}

func (r *Room) receivedItems(ctx context.Context, all []drive.Received) []ui.Item {
	var items []ui.Item
	for _, one := range all {
		e := r.entry(ctx, one.Document)
		meta := words.T(ctx, "documents.received.meta", "who", one.By, "when", words.Since(one.CreatedAt, r.db.NowIn(ctx)), "role", roleWords(ctx, one.Role))
		if !one.Until.IsZero() {
			meta += " · " + untilWords(ctx, one.Until)
		}
		icon := ui.IconDocument
		if one.Document.Folder {
			icon = ui.IconFolder
		}
		items = append(items, ui.Item{Title: e.Name, URL: e.URL, Icon: icon, Meta: meta, Badges: e.Badges})
	}
	return items
}
