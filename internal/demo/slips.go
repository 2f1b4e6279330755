package demo

import "elyco/internal/school"

// Slip is what somebody of the demonstration asks of people. Days count from the day on which the demonstration is filled.
type Slip struct {
	Space       string // as in Document
	Author      string
	Kind        string // slip, survey or ballot
	Title, Body string
	Class       string // one of the author's; empty: the whole school
	Whom        school.Profile
	Days        int // until its end
	Over        bool
	Draft       bool // not sent yet
	Anonymous   bool
	Both        bool
	Results     bool
	Questions   []SlipQuestion
	Texts       []SlipText
	Given       [][][]string // the answers of those who answer, in turn; an empty one is none
}

// SlipQuestion is one question.
type SlipQuestion struct {
	Form, Title string
	Options     []string
	Needed      bool
}

// SlipText is the notice in another language.
type SlipText struct{ Lang, Title, Body string }

// Slips lists what is asked in the demonstration.
func Slips() []Slip {
	return []Slip{
		{Space: stageCollege, Author: "nadia.prof", Kind: "slip", Class: stageClass, Whom: school.Guardian, Days: 9, Title: "Sortie à la Cité des sciences\u00a0: autorisation",
			Body: "Madame, Monsieur,\n\nLa classe part à la **Cité des sciences** le jeudi 17 décembre.\n\n- **Départ** : 7 h 30 devant le collège, en car\n- **Retour** : 18 h 30 au même endroit\n- **Repas** : pique-nique à prévoir\n\n" +
				"La sortie est gratuite. Les élèves qui n’y participent pas sont accueillis au collège.\n\nNadia Belkacem, mathématiques",
			Questions: []SlipQuestion{{Form: "consent", Title: "Autorisez-vous votre enfant à participer à cette sortie\u00a0?", Needed: true},
				{Form: "one", Title: "Au retour, votre enfant", Options: []string{"rentre seul", "est attendu par un adulte"}, Needed: true},
				{Form: "text", Title: "Ce que les accompagnateurs doivent savoir (santé, allergie)"}},
			Texts: []SlipText{
				{Lang: "en", Title: "Trip to the science museum: permission", Body: "Dear parents,\n\nThe class is going to the science museum on Thursday 17 December.\n\nDeparture: 7.30 am in front of the school, by coach.\nReturn: 6.30 pm, same place.\nPlease provide a packed lunch.\n\nThe trip is free. Pupils who do not take part are looked after at school."},
				{Lang: "ar", Title: "رحلة إلى متحف العلوم: إذن", Body: "السيدات والسادة،\n\nيذهب القسم إلى متحف العلوم يوم الخميس 17 ديسمبر.\n\nالانطلاق: الساعة 7:30 أمام المدرسة بالحافلة.\nالعودة: الساعة 18:30 في المكان نفسه.\nيُرجى تحضير وجبة باردة.\n\nالرحلة مجانية."},
				{Lang: "tr", Title: "Bilim müzesi gezisi: izin", Body: "Sayın veliler,\n\nSınıf 17 Aralık Perşembe günü bilim müzesine gidiyor.\n\nKalkış: 7.30, okulun önünden, otobüsle.\nDönüş: 18.30, aynı yerde.\nLütfen yanına yiyecek verin.\n\nGezi ücretsizdir."}},
			Given: [][][]string{{{"yes"}, {"0"}, nil}, {{"yes"}, {"1"}, {"Asthme : le traitement est dans son sac."}}, nil, {{"yes"}, {"1"}, nil}, {{"no"}, {"1"}, nil},
				{{"yes"}, {"0"}, nil}, {{"yes"}, {"1"}, nil}, {{"yes"}, {"0"}, nil}, {{"yes"}, {"1"}, {"Malade en car."}}, {{"yes"}, {"0"}, nil}, nil}},
		{Space: stageCollege, Author: "chef.haxo", Kind: "slip", Whom: school.Guardian, Days: 14, Both: true, Title: "Droit à l’image de votre enfant",
			Body: "Madame, Monsieur,\n\nLe collège photographie et filme parfois les élèves. Aucune image où votre enfant est reconnaissable n’est utilisée sans l’accord de **ses deux responsables**.\n\n" +
				"Vous pouvez retirer cet accord à tout moment. Un refus n’a aucune conséquence pour votre enfant.\n\nClaire Ollivier, principale",
			Questions: []SlipQuestion{{Form: "consent", Title: "Autorisez-vous les images sur l’espace numérique, réservé à ses membres\u00a0?", Needed: true},
				{Form: "consent", Title: "Autorisez-vous les images sur le site public du collège\u00a0?", Needed: true}}},
		{Space: stageCollege, Author: "nadia.prof", Kind: "ballot", Class: stageClass, Whom: school.Pupil, Days: 4, Title: "Élection des délégués de la 4B, second tour",
			Body:      "Chacun vote une fois, pour une candidature ou blanc. Le résultat sera donné en heure de vie de classe.",
			Questions: []SlipQuestion{{Form: "one", Title: "Pour qui votez-vous\u00a0?", Options: []string{"Inès Caradec / Malo Guérin", "Yanis Hamon / Chloé Perrot", "Louise Texier / Adam Sy"}, Needed: true}},
			Given:     [][][]string{{{"0"}}, {{"1"}}, nil}},
		{Space: stageCollege, Author: "nadia.prof", Kind: "ballot", Class: stageClass, Whom: school.Pupil, Days: 2, Over: true, Results: true, Title: "Élection des délégués de la 4B, premier tour",
			Body:      "Chacun vote une fois, pour une candidature ou blanc.",
			Questions: []SlipQuestion{{Form: "one", Title: "Pour qui votez-vous\u00a0?", Options: []string{"Inès Caradec / Malo Guérin", "Yanis Hamon / Chloé Perrot", "Louise Texier / Adam Sy"}, Needed: true}},
			Given:     [][][]string{{{"0"}}, {{"1"}}, {{"0"}}, {{"2"}}, {{"0"}}, {{"1"}}, {{"2"}}, {{"blank"}}}},
		{Space: stageCollege, Author: "chef.haxo", Kind: "survey", Whom: school.Guardian, Days: 20, Anonymous: true, Results: true, Title: "La demi-pension\u00a0: votre avis",
			Body: "Dix minutes suffisent. Les réponses, **anonymes**, seront présentées au conseil d’administration.",
			Questions: []SlipQuestion{{Form: "scale", Title: "Votre enfant mange à sa faim", Needed: true},
				{Form: "many", Title: "Ce qu’il faudrait changer", Options: []string{"La durée du repas", "Le bruit", "La variété des menus", "Un menu végétarien plus souvent"}},
				{Form: "text", Title: "Une remarque, une idée"}}},
		{Space: stageCollege, Author: "nadia.prof", Kind: "survey", Class: stageClass, Whom: school.Guardian, Days: 3, Over: true, Results: true, Title: "Réunion de la 4B\u00a0: quel jour vous convient\u00a0?",
			Questions: []SlipQuestion{{Form: "many", Title: "Les soirs où vous pouvez venir", Options: []string{"Mardi 18 h", "Jeudi 18 h", "Vendredi 17 h 30"}, Needed: true},
				{Form: "number", Title: "Combien serez-vous\u00a0?"}},
			Given: [][][]string{{{"0", "1"}, {"2"}}, {{"1"}, {"1"}}, {{"1", "2"}, {"2"}}, nil, {{"2"}, {"1"}}}},
		{Space: stageCollege, Author: "nadia.prof", Kind: "survey", Class: stageClass, Whom: school.Pupil, Days: 12, Draft: true, Title: "Le travail à la maison\u00a0: comment t’organises-tu\u00a0?",
			Body: "Ce sondage n’est pas noté. Il servira à la prochaine heure de vie de classe.",
			Questions: []SlipQuestion{{Form: "one", Title: "Quand fais-tu tes devoirs\u00a0?", Options: []string{"En rentrant", "Après le dîner", "Le matin", "Le week-end"}, Needed: true},
				{Form: "scale", Title: "Tu te sens à l’aise pour travailler seul"}, {Form: "text", Title: "Ce qui t’aiderait"}}},
	}
}
