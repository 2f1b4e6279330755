package demo

// Document is a file of the demonstration. Nothing here knows how files are kept: whoever loads them finds the space, the
// author and the folders.
type Document struct {
	Space  string // vendee/haxo, vendee, nantes; see StageLycee
	In     string // perso, etablissement, or the name of a class
	Author string // login of a ready-made account of the space
	Path   string // folders, with slashes between; empty: the top
	Open   bool   // those who see the folder may add to it
	Name   string
	Title  string   // of a sheet, when it is one
	Lines  []string // what a sheet or a text says
	Cover  string   // title of the piece whose drawing it is
}

// Documents lists the files of the demonstration's spaces.
func Documents() []Document {
	return append(append(houseDocuments(), classDocuments()...), personalDocuments()...)
}

func houseDocuments() []Document {
	house := func(path, name, title string, lines ...string) Document {
		return Document{Space: stageCollege, In: "etablissement", Author: "chef.haxo", Path: path, Name: name, Title: title, Lines: lines}
	}
	return []Document{
		house("", "Règlement intérieur 2026-2027.pdf", "Règlement intérieur",
			"Adopté par le conseil d’administration. Il s’applique à toute personne présente dans l’établissement.",
			"Article 1. Les élèves sont accueillis de 7 h 45 à 17 h 30. Les cours commencent à 8 h 05.",
			"Article 2. Toute absence est signalée le jour même à la vie scolaire, puis justifiée par écrit.",
			"Article 3. L’usage du téléphone est interdit dans l’enceinte du collège, sauf usage pédagogique encadré.",
			"Article 4. Chacun respecte les personnes, les lieux et le travail des autres."),
		house("", "Liste de fournitures 4e.pdf", "Fournitures pour la classe de 4e",
			"Cette liste est commune à toutes les classes de 4e. Le matériel de l’an passé convient s’il est en bon état.",
			"Un classeur souple, des feuilles perforées à grands carreaux, quatre cahiers de 96 pages.",
			"Mathématiques : une calculatrice de collège, un compas, une équerre et un rapporteur.",
			"Arts plastiques : une pochette de papier à dessin et un crayon 2B."),
		house("Conseils d’administration", "Compte rendu du 3 novembre.pdf", "Conseil d’administration du 3 novembre 2026",
			"Présents : vingt-deux membres sur vingt-quatre. Le quorum est atteint.",
			"Le budget 2027 est présenté. Le conseil l’adopte par dix-neuf voix pour et trois abstentions.",
			"Les voyages et sorties du deuxième trimestre sont approuvés à l’unanimité."),
		{Space: stageCollege, In: "etablissement", Author: "chef.haxo", Path: "Affiches", Name: "Portes ouvertes.png", Cover: "Portes ouvertes le samedi 30 janvier"},
		{Space: stageCollege, In: "etablissement", Author: "chef.haxo", Path: "Affiches", Name: "Collège au cinéma.png", Cover: "Collège au cinéma : trois films cette année"},
		{Space: stageCollege, In: "etablissement", Author: "chef.haxo", Path: "Affiches", Name: "Dessine ton littoral.png", Cover: "Concours « Dessine ton littoral »"},
		{Space: "vendee", In: "etablissement", Author: "admin.vendee", Name: "Guide des transports scolaires.pdf", Title: "Transports scolaires en Vendée",
			Lines: []string{"Les inscriptions se font en ligne avant le 15 juillet.", "La carte de transport est à présenter à chaque montée."}},
	}
}

func classDocuments() []Document {
	lesson := func(path, name, title string, lines ...string) Document {
		return Document{Space: stageCollege, In: stageClass, Author: "nadia.prof", Path: path, Name: name, Title: title, Lines: lines}
	}
	return []Document{
		lesson("Mathématiques", "Chapitre 3 - Fractions.pdf", "Additionner des fractions",
			"Pour additionner deux fractions, on les écrit d’abord avec le même dénominateur.",
			"Exemple : 1/2 + 1/3 = 3/6 + 2/6 = 5/6.", "À faire pour jeudi : exercices 12, 14 et 17 page 48."),
		lesson("Mathématiques", "Chapitre 4 - Pythagore.pdf", "Le théorème de Pythagore",
			"Dans un triangle rectangle, le carré de l’hypoténuse est égal à la somme des carrés des deux autres côtés.",
			"Réciproque : si l’égalité est vraie, le triangle est rectangle."),
		lesson("Mathématiques", "Conseils pour le contrôle.txt", "",
			"Contrôle du vendredi 27 novembre", "", "À revoir : chapitres 3 et 4.", "Apportez votre calculatrice et votre matériel de géométrie.", "Durée : 50 minutes."),
		{Space: stageCollege, In: stageClass, Author: "nadia.prof", Path: "Exposés à déposer ici", Open: true, Name: "Consignes.txt",
			Lines: []string{"Déposez votre exposé dans ce dossier avant le 4 décembre.", "Un fichier par groupe, avec les noms dans le titre."}},
		{Space: stageCollege, In: stageClass, Author: "paul.prof", Path: "Histoire-géographie", Name: "Carte du littoral.png", Cover: "Concours « Dessine ton littoral »"},
	}
}

func personalDocuments() []Document {
	return []Document{
		{Space: stageCollege, In: "perso", Author: "lea.eleve", Path: "Exposé sur les marais", Name: "Brouillon.txt",
			Lines: []string{"Le marais poitevin", "", "1. Où se trouve-t-il ?", "2. Les animaux : la loutre, le héron cendré", "3. Comment le protéger"}},
		{Space: stageCollege, In: "perso", Author: "lea.eleve", Path: "Exposé sur les marais", Name: "Dessin.png", Cover: "Le collège obtient le label « établissement en démarche de développement durable »"},
		{Space: stageCollege, In: "perso", Author: "lea.eleve", Name: "Convention de stage.pdf", Title: "Séquence d’observation",
			Lines: []string{"Du 8 au 12 février 2027, à la médiathèque de La Roche-sur-Yon."}},
		{Space: stageCollege, In: "perso", Author: "nadia.prof", Path: "Préparations", Name: "Progression 4e.pdf", Title: "Progression de mathématiques, 4e",
			Lines: []string{"Période 1 : nombres relatifs, fractions.", "Période 2 : Pythagore, calcul littéral.", "Période 3 : proportionnalité, statistiques."}},
		{Space: stageCollege, In: "perso", Author: "nadia.prof", Path: "Préparations", Name: "Sortie au planétarium.png", Cover: "4B : sortie au planétarium le 8 décembre"},
	}
}
