package ui

func galleryLessons() []Item {
	return []Item{
		{Time: "13 h 45", Title: "Mathématiques", Meta: "Salle 204 · M. Aubert", URL: "#", Badges: []Badge{{Label: "Contrôle", Tone: ToneAccent}}},
		{Time: "14 h 40", Title: "Histoire-géographie", Meta: "Salle 112 · Mme Rabreau", URL: "#", Badges: []Badge{{Label: "Salle changée", Tone: ToneWarning}}},
		{Time: "15 h 45", Title: "Anglais", Meta: "Professeur absent", Badges: []Badge{{Label: "Annulé", Tone: ToneDanger}}},
	}
}

func galleryAsked() []Item {
	return []Item{
		{Icon: IconSignature, Title: "Signer le mot sur la sortie au musée", URL: "#", Meta: "avant vendredi", Unread: true},
		{Icon: IconPayment, Title: "Régler le trimestre de cantine", URL: "#", Meta: "162,40 €"},
		{Icon: IconHomework, Title: "Rendre l’exposé sur les marais", URL: "#", Meta: "demain, 8 h"},
	}
}

func galleryMail() []Item {
	return []Item{
		{Avatar: &Avatar{Initials: "HR", Hue: 1}, Title: "Hélène Rabreau", URL: "#", Text: "Bonjour, pensez à apporter le carnet de croquis pour la sortie de jeudi, ainsi qu’un pique-nique.", Meta: "10 h 12", Unread: true},
		{Avatar: &Avatar{Initials: "VS", Hue: 3}, Title: "Vie scolaire", URL: "#", Text: "Le justificatif a bien été reçu.", Meta: "hier"},
	}
}

func galleryFamily() []Item {
	noe := &Stamp{Name: "Noé", Initials: "NL", School: "Collège Les Dunes", Hue: 1}
	jade := &Stamp{Name: "Jade", Initials: "JL", School: "Lycée des Deux Rives", Hue: 2}
	return []Item{
		{Icon: IconSignature, Title: "Autorisation de sortie", URL: "#", Stamps: []Stamp{*noe}, Meta: "à signer avant le 27 novembre", Action: ButtonLink{Label: "Signer", URL: "#", Small: true}},
		{Icon: IconGrades, Title: "Bulletin du premier trimestre", URL: "#", Stamps: []Stamp{*jade}, Meta: "à lire", Unread: true},
		{Icon: IconForum, Title: "Réunion avec les professeurs principaux", URL: "#", Stamps: []Stamp{*jade}, Meta: "répondre avant lundi"},
	}
}

func galleryArticles() []ArticleCard {
	return []ArticleCard{
		{URL: "#", Title: "Trois classes embarquent pour une semaine au bord de l’eau", Summary: "Carnets de bord, relevés de marée et veillées : les 4e racontent leur voyage jour après jour, photos et dessins à l’appui.", Section: "Voyages", SectionHue: 1, Date: "23 novembre 2026", DateTime: "2026-11-23", CoverURL: "banner.svg", Lead: true},
		{URL: "#", Title: "La cour retrouve ses arbres", Summary: "Les travaux d’ombrage s’achèvent avant l’hiver.", Section: "Travaux", SectionHue: 3, Date: "20 novembre 2026", DateTime: "2026-11-20", Source: "Le Département"},
		{URL: "#", Title: "Menus de la semaine", Summary: "Produits locaux mardi et jeudi.", Section: "Restauration", SectionHue: 2, Date: "19 novembre 2026", DateTime: "2026-11-19"},
		{URL: "#", Title: "Les gagnants du concours d’éloquence", Section: "Vie de l’élève", SectionHue: 4, Date: "17 novembre 2026", DateTime: "2026-11-17"},
	}
}

func galleryRows() []Row {
	return []Row{
		{Cells: []Cell{{Text: "Anglais", URL: "#"}, {Text: "12 novembre"}, {Text: "15,5"}, {Text: "13,1"}, {Body: Badge{Label: "Publiée", Tone: ToneSuccess}}}},
		{Cells: []Cell{{Text: "Mathématiques", URL: "#"}, {Text: "9 novembre"}, {Text: "8", Tone: ToneDanger}, {Text: "11,4"}, {Body: Badge{Label: "Publiée", Tone: ToneSuccess}}}},
		{Cells: []Cell{{Text: "Physique-chimie", URL: "#"}, {Text: "6 novembre"}, {Text: "absent", Tone: ToneWarning}, {Text: "12,0"}, {Body: Badge{Label: "À rattraper", Tone: ToneWarning}}}},
	}
}
