package branding

import "elyco/internal/theme"

// RoleWords names a colour for the person who chooses it: the keys of its name and of what it is for.
type RoleWords struct {
	Role       theme.Role
	Name, Hint string
}

// RoleGroup is colours that go together, in the order of the form.
type RoleGroup struct {
	Title string
	Roles []RoleWords
}

// RoleGroups lists every colour that a theme may set, grouped by what it means.
func RoleGroups() []RoleGroup {
	return []RoleGroup{
		{"branding.group.ground", []RoleWords{
			{theme.Background, "branding.role.background", "branding.hint.background"},
			{theme.Surface, "branding.role.surface", "branding.hint.surface"},
			{theme.Raised, "branding.role.raised", "branding.hint.raised"},
		}},
		{"branding.group.letters", []RoleWords{
			{theme.Text, "branding.role.text", "branding.hint.text"},
			{theme.Muted, "branding.role.muted", "branding.hint.muted"},
			{theme.LinkRole, "branding.role.link", "branding.hint.link"},
			{theme.Line, "branding.role.line", "branding.hint.line"},
			{theme.Edge, "branding.role.edge", "branding.hint.edge"},
			{theme.Focus, "branding.role.focus", "branding.hint.focus"},
		}},
		{"branding.group.identity", []RoleWords{
			{theme.Masthead, "branding.role.masthead", "branding.hint.masthead"},
			{theme.OnMasthead, "branding.role.on_masthead", "branding.hint.on_masthead"},
			{theme.Brand, "branding.role.brand", "branding.hint.brand"},
			{theme.OnBrand, "branding.role.on_brand", "branding.hint.on_brand"},
			{theme.Accent, "branding.role.accent", "branding.hint.accent"},
			{theme.OnAccent, "branding.role.on_accent", "branding.hint.on_accent"},
		}},
		{"branding.group.meaning", []RoleWords{
			{theme.Success, "branding.role.success", "branding.hint.success"},
			{theme.OnSuccess, "branding.role.on_success", "branding.hint.on_success"},
			{theme.Warning, "branding.role.warning", "branding.hint.warning"},
			{theme.OnWarning, "branding.role.on_warning", "branding.hint.on_warning"},
			{theme.Danger, "branding.role.danger", "branding.hint.danger"},
			{theme.OnDanger, "branding.role.on_danger", "branding.hint.on_danger"},
		}},
	}
}

// Roles lists the colours in the order of the form.
func Roles() []theme.Role {
	var roles []theme.Role
	for _, g := range RoleGroups() {
		for _, r := range g.Roles {
			roles = append(roles, r.Role)
		}
	}
	return roles
}

// nameOf is the key of a role's name, of those too that are made from what people set.
func nameOf(r theme.Role) string {
	for _, g := range RoleGroups() {
		for _, one := range g.Roles {
			if one.Role == r {
				return one.Name
			}
		}
	}
	for _, d := range derivedNames() {
		if d.Role == r {
			return d.Name
		}
	}
	return "branding.role.derived"
}

// derivedNames are the colours that are made from the others and that a finding may name.
func derivedNames() []RoleWords {
	return []RoleWords{
		{Role: "sunken", Name: "branding.role.sunken"},
		{Role: "brand-strong", Name: "branding.role.brand_strong"},
		{Role: "on-masthead-muted", Name: "branding.role.on_masthead_muted"},
		{Role: "brand-soft", Name: "branding.role.brand_soft"},
		{Role: "brand-ink", Name: "branding.role.brand_ink"},
		{Role: "accent-soft", Name: "branding.role.accent_soft"},
		{Role: "accent-ink", Name: "branding.role.accent_ink"},
		{Role: "info-soft", Name: "branding.role.info_soft"},
		{Role: "info-ink", Name: "branding.role.info_ink"},
		{Role: "success-soft", Name: "branding.role.success_soft"},
		{Role: "success-ink", Name: "branding.role.success_ink"},
		{Role: "warning-soft", Name: "branding.role.warning_soft"},
		{Role: "warning-ink", Name: "branding.role.warning_ink"},
		{Role: "danger-soft", Name: "branding.role.danger_soft"},
		{Role: "danger-ink", Name: "branding.role.danger_ink"},
	}
}
