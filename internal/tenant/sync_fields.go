package tenant

import "strings"

// Who decides about a field of the registry.
type owner int

const (
	files    owner = iota // the files, at every synchronisation
	national              // the files, until the national directory has confirmed the establishment's code
	console               // the files say the first word; what people write stands in a row of their own space, over it
	decided               // the files, until somebody decides by hand
)

// syncField is a field that the files know. The services are theirs at every synchronisation, so that a room that came with
// a release opens where the files offer it; a space that has decided keeps its decision, which stands over them. State, its note, opening date, domain, telephone and address are not
// here: the files never say them. What a space says of itself (see Own) no file and no directory touches, its name
// included: they go on changing what stands below, which pages show again once the space takes its own words back.
type syncField struct {
	label string
	owner owner
	get   func(t *Tenant) string
	take  func(t, from *Tenant)
}

func syncFields() []syncField {
	return []syncField{
		{"adresse web", files, func(t *Tenant) string { return t.Slug }, func(t, f *Tenant) { t.Slug = f.Slug }},
		{"code UAI", national, func(t *Tenant) string { return t.UAI }, func(t, f *Tenant) { t.UAI = f.UAI }},
		{"code provisoire", national, func(t *Tenant) string { return yesNo(t.Provisional) }, func(t, f *Tenant) { t.Provisional = f.Provisional }},
		{"nom", national, func(t *Tenant) string { return t.Name }, func(t, f *Tenant) { t.Name = f.Name }},
		{"nature", national, func(t *Tenant) string { return t.Nature }, func(t, f *Tenant) { t.Nature = f.Nature }},
		{"secteur", national, func(t *Tenant) string { return t.Sector }, func(t, f *Tenant) { t.Sector = f.Sector }},
		{"commune", national, func(t *Tenant) string { return t.City }, func(t, f *Tenant) { t.City = f.City }},
		{"département", national, func(t *Tenant) string { return t.Department }, func(t, f *Tenant) { t.Department = f.Department }},
		{"établissement d’exemple", files, func(t *Tenant) string { return yesNo(t.MadeUp) }, func(t, f *Tenant) { t.MadeUp = f.MadeUp }},
		{"vague", decided, func(t *Tenant) string { return t.Wave }, func(t, f *Tenant) { t.Wave = f.Wave }},
		{"pilote", files, func(t *Tenant) string { return yesNo(t.Pilot) }, func(t, f *Tenant) { t.Pilot = f.Pilot }},
		{"thème", console, func(t *Tenant) string { return t.Theme }, func(t, f *Tenant) { t.Theme = f.Theme }},
		{"services", files, func(t *Tenant) string { return strings.Join(t.Services, ", ") }, func(t, f *Tenant) { t.Services = f.Services }},
		{"présentation", console, func(t *Tenant) string { return t.Presentation }, func(t, f *Tenant) { t.Presentation = f.Presentation }},
		{"adresse électronique", console, func(t *Tenant) string { return t.ContactEmail }, func(t, f *Tenant) { t.ContactEmail = f.ContactEmail }},
	}
}

func yesNo(b bool) string {
	if b {
		return "oui"
	}
	return "non"
}

// merge gives what now becomes under the files' wish, and the fields that change.
func merge(now *Tenant, w wish) (Tenant, []FieldChange) {
	after := *now
	var changes []FieldChange
	confirmed := now.UAI != "" && !now.Provisional && w.Provisional
	for _, f := range syncFields() {
		was, wanted := f.get(now), f.get(&w.Tenant)
		if was == wanted || (f.owner == national && confirmed) || (f.owner == console && was != "") || (f.owner == decided && now.WaveDecided) {
			continue
		}
		f.take(&after, &w.Tenant)
		changes = append(changes, FieldChange{Field: f.label, Old: was, New: wanted})
	}
	if now.Kind == KindEstablishment && now.Parent.Slug != w.up {
		changes = append(changes, FieldChange{Field: "collectivité", Old: now.Parent.Slug, New: w.up})
	}
	return after, changes
}
