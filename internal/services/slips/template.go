package slips

import "github.com/google/uuid"

// Content is what a template holds: a slip without its author, its people and its dates.
type Content struct {
	Kind        Kind       `json:"kind"`
	Title       string     `json:"title"`
	Body        string     `json:"body"`
	Questions   []Question `json:"questions"`
	Texts       []Text     `json:"texts,omitempty"`
	Anonymous   bool       `json:"anonymous,omitempty"`
	PerChild    bool       `json:"per_child,omitempty"`
	Both        bool       `json:"both,omitempty"`
	Required    bool       `json:"required,omitempty"`
	ResultsOpen bool       `json:"results_open,omitempty"`
	Reminds     bool       `json:"reminds,omitempty"`
}

// Template is a beginning that the house or the establishment keeps ready.
type Template struct {
	ID         uuid.UUID
	Title      string
	Author     uuid.UUID
	AuthorName string
	Own        bool // of the establishment
	Content    Content
}

func (s Slip) content() Content {
	return Content{Kind: s.Kind, Title: s.Title, Body: s.Body, Questions: s.Questions, Texts: s.Texts, Anonymous: s.Anonymous, PerChild: s.PerChild,
		Both: s.Both, Required: s.Required, ResultsOpen: s.ResultsOpen, Reminds: s.Reminds}
}

// begin makes a draft of a template.
func (c Content) begin(id uuid.UUID) Slip {
	return Slip{ID: id, Kind: c.Kind, State: Draft, Title: c.Title, Body: c.Body, Questions: c.Questions, Texts: c.Texts, Anonymous: c.Anonymous,
		PerChild: c.PerChild, Both: c.Both, Required: c.Required, ResultsOpen: c.ResultsOpen, Reminds: c.Reminds}
}

// blankOf is an empty draft of a kind.
func blankOf(k Kind) Content {
	c := Content{Kind: k, Reminds: true, Required: k != Survey, ResultsOpen: k == Ballot}
	switch k {
	case Coupon:
		c.PerChild = true
		c.Questions = []Question{{Form: Consent, Title: "Autorisez-vous votre enfant à participer\u00a0?", Needed: true}}
	case Ballot:
		c.Questions = []Question{{Form: One, Title: "Pour qui votez-vous\u00a0?", Needed: true}}
	default:
		c.Questions = []Question{{Form: One, Needed: true}}
	}
	return c
}

func shippedID(name string) uuid.UUID {
	return uuid.NewSHA1(uuid.NameSpaceURL, []byte("elyco/slips/"+name))
}

// Shipped lists the templates that come with the house.
func Shipped() []Template {
	return []Template{
		{ID: shippedID("outing"), Title: "Autorisation de sortie", Content: Content{Kind: Coupon, PerChild: true, Required: true, Reminds: true,
			Title: "Sortie scolaire\u00a0: autorisation",
			Body: "Madame, Monsieur,\n\nVotre enfant participera à une **sortie scolaire** :\n\n- **Lieu** : \n- **Date** : \n- **Départ et retour** : devant l’établissement, à … h et à … h\n" +
				"- **Transport** : en car\n- **Repas** : pique-nique à prévoir\n\nLa sortie est encadrée par les enseignants. Elle est gratuite et obligatoire, sauf mention contraire.",
			Questions: []Question{
				{Form: Consent, Title: "Autorisez-vous votre enfant à participer à cette sortie\u00a0?", Needed: true},
				{Form: One, Title: "Au retour, votre enfant", Options: []string{"rentre seul", "est attendu par un adulte"}, Needed: true},
				{Form: Free, Title: "Ce que les accompagnateurs doivent savoir (santé, allergie)"},
			}}},
		{ID: shippedID("meeting"), Title: "Réunion parents-professeurs", Content: Content{Kind: Coupon, PerChild: true, Reminds: true,
			Title: "Réunion parents-professeurs\u00a0: votre présence",
			Body: "Madame, Monsieur,\n\nNous vous invitons à rencontrer les professeurs de votre enfant :\n\n- **Date** : \n- **Heure** : de … h à … h\n- **Lieu** : \n\n" +
				"Merci de nous dire si vous viendrez, afin que nous préparions les salles.",
			Questions: []Question{
				{Form: One, Title: "Serez-vous présent\u00a0?", Options: []string{"Oui", "Non", "Je souhaite un autre rendez-vous"}, Needed: true},
				{Form: Number, Title: "Combien de personnes viendront\u00a0?"},
				{Form: Free, Title: "Les professeurs que vous souhaitez rencontrer, ou une question"},
			}}},
		{ID: shippedID("image"), Title: "Droit à l’image", Content: Content{Kind: Coupon, PerChild: true, Both: true, Required: true, Reminds: true,
			Title: "Droit à l’image de votre enfant",
			Body: "Madame, Monsieur,\n\nDans le cadre de ses activités, l’établissement peut être amené à photographier ou à filmer les élèves. " +
				"Aucune image où votre enfant est reconnaissable n’est utilisée sans l’accord de **ses deux responsables**.\n\n" +
				"L’autorisation vaut pour l’année scolaire, sans contrepartie. Vous pouvez la retirer à tout moment, en écrivant à l’établissement. Un refus n’a aucune conséquence pour votre enfant.",
			Questions: []Question{
				{Form: Consent, Title: "Autorisez-vous les images dans l’établissement et sur l’espace numérique, réservé à ses membres\u00a0?", Needed: true},
				{Form: Consent, Title: "Autorisez-vous les images sur le site public de l’établissement\u00a0?", Needed: true},
				{Form: Consent, Title: "Autorisez-vous les images dans la presse locale\u00a0?", Needed: true},
			}}},
	}
}
