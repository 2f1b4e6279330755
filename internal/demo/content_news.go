package demo

import "elyco/internal/school"

func collegeNews() []Piece {
	const news, here = "news", stageCollege
	return []Piece{
		{Room: news, Space: here, Author: "chef.haxo", DaysAgo: 1, Public: true, Title: "Portes ouvertes le samedi 30 janvier",
			Summary: "Les familles de CM2 visitent le collège de 9 h à 12 h 30, guidées par des élèves de 6e.",
			Body:    "Venez découvrir les salles de sciences, le CDI, le self et les ateliers.\n\n## Au programme\n\n- **9 h** : accueil dans le hall\n- **9 h 30 et 11 h** : visites guidées par les élèves\n- **10 h 30** : rencontre avec l’équipe de direction\n\nLe collège est accessible aux fauteuils roulants par l’entrée de la cour."},
		{Room: news, Space: here, Author: "chef.haxo", DaysAgo: 3, To: families(), Title: "Rencontres parents-professeurs : prenez rendez-vous",
			Summary: "Les rencontres des 4e et des 3e ont lieu le jeudi 3 décembre, de 17 h à 20 h.",
			Body:    "Chaque rendez-vous dure **huit minutes**. Choisissez vos créneaux avec votre enfant dans le carnet, avant le vendredi 27 novembre.\n\nSi vous ne pouvez pas venir, la professeure principale vous proposera un échange par téléphone."},
		{Room: news, Space: here, Author: "cdi.haxo", DaysAgo: 2, To: homes(), Title: "Le CDI lance son club lecture",
			Summary: "Un mardi sur deux, de 12 h 45 à 13 h 30 : on lit, on partage, on vote.",
			Body:    "Le premier livre est choisi ensemble. Aucun achat n’est nécessaire : le CDI prête les exemplaires.\n\nInscription auprès de Mme Lemoine, sur place ou avec la fiche affichée à l’entrée."},
		{Room: news, Space: here, Author: "cpe.haxo", DaysAgo: 4, To: homes(), Title: "Élection du conseil de la vie collégienne",
			Summary: "Dix-huit candidats, huit sièges : le vote a lieu jeudi en salle d’étude.",
			Body:    "Chaque élève vote une fois, pendant son heure d’étude. Les résultats sont affichés vendredi à la récréation.\n\nLe conseil donne son avis sur la cour, les clubs et les menus."},
		{Room: news, Space: here, Author: "nadia.prof", DaysAgo: 2, To: Audience{Classes: []string{"4B"}}, Title: "4B : sortie au planétarium le 8 décembre",
			Summary: "Départ à 8 h 15, retour à 16 h 45. Un pique-nique est à prévoir.",
			Body:    "Nous partons en car avec M. Guéguen et Mme Belkacem.\n\n- un pique-nique et une gourde\n- un carnet et un crayon\n- une veste chaude\n\nL’autorisation de sortie est à rendre **avant le 1er décembre**."},
		{Room: news, Space: here, Author: "nadia.prof", DaysAgo: 6, To: Audience{Classes: []string{"4B"}, Profiles: []school.Profile{school.Pupil}}, Title: "4B : préparer le contrôle sur les fractions",
			Summary: "Trois exercices pour s’entraîner avant vendredi.",
			Body:    "1. Refaire les exercices 12 et 15 de la page 48.\n2. Relire la fiche « additionner deux fractions ».\n3. Venir poser ses questions au soutien, mercredi à 11 h."},
		{Room: news, Space: here, Author: "sante.haxo", DaysAgo: 8, To: families(), Title: "Vaccination contre les papillomavirus en 5e",
			Summary: "La séance a lieu au collège, gratuitement, avec l’accord des deux responsables.",
			Body:    "Un document d’information et une autorisation sont remis aux élèves de 5e. Rien n’est obligatoire.\n\nL’infirmière répond à vos questions le lundi et le jeudi."},
		{Room: news, Space: here, Author: "secretariat.haxo", DaysAgo: 10, To: families(), Title: "Bourse de collège : une aide pour constituer le dossier",
			Summary: "Le secrétariat reçoit les familles sans rendez-vous le mercredi matin.",
			Body:    "Apportez votre dernier avis d’imposition. La demande peut aussi se faire en ligne.\n\nToute aide reste confidentielle."},
		{Room: news, Space: here, Author: "paul.prof", DaysAgo: 12, Public: true, Title: "Le 11 novembre, des élèves de 3e ont lu des lettres de poilus",
			Summary: "Douze élèves ont participé à la cérémonie, place Napoléon.",
			Body:    "Les lettres avaient été choisies en classe. La lecture a été suivie d’un échange avec des anciens combattants.\n\nMerci aux familles venues nombreuses malgré la pluie."},
		{Room: news, Space: here, Author: "adjoint.haxo", DaysAgo: 5, To: homes(), Title: "L’atelier théâtre cherche des techniciens",
			Summary: "Lumières, son, décors : pas besoin d’aimer monter sur scène.",
			Body:    "L’atelier se réunit le vendredi de 16 h 30 à 18 h. La représentation aura lieu en mai."},
		{Room: news, Space: here, Author: "adjoint.haxo", DaysAgo: 1, To: staff(), Title: "Conseils de classe du premier trimestre",
			Summary: "Le calendrier est définitif. Les appréciations sont attendues deux jours avant.",
			Body:    "| Jour | Niveaux |\n| --- | --- |\n| lundi 30 novembre | 3e |\n| mardi 1er décembre | 4e |\n| jeudi 3 décembre | 5e |\n| vendredi 4 décembre | 6e |\n\nLes salles sont affichées en salle des professeurs."},
		{Room: news, Space: here, Author: "adjoint.haxo", DaysAgo: 7, To: staff(), Title: "Ménage des salles : les chaises sur les tables le soir",
			Summary: "Un geste de chaque classe à la dernière heure aide toute l’équipe.",
			Body:    "Merci de demander aux élèves de lever les chaises et de fermer les fenêtres à la dernière heure de cours."},
		{Room: news, Space: here, Author: "chef.haxo", DaysAgo: 15, Public: true, Title: "Le collège obtient le label « établissement en démarche de développement durable »",
			Summary: "Potager, tri au self, mare pédagogique : trois ans d’efforts récompensés.",
			Body:    "Les éco-délégués ont présenté leur bilan au jury. Prochaine étape : **réduire de moitié le gaspillage du pain** d’ici à juin."},
		{Room: news, Space: here, Author: "cpe.haxo", DaysAgo: 18, To: families(), Title: "Téléphone portable : rappel de la règle",
			Summary: "Éteint et rangé dans le sac, du portail au portail.",
			Body:    "Un téléphone utilisé est remis à la vie scolaire, puis rendu en fin de journée. Pour joindre votre enfant, appelez la vie scolaire."},
		{Room: news, Space: here, Author: "secretariat.haxo", DaysAgo: 21, To: families(), Title: "Assurance scolaire : derniers documents attendus",
			Summary: "L’attestation est nécessaire pour les sorties.",
			Body:    "Déposez-la au secrétariat ou confiez-la à votre enfant avant le 30 novembre."},
	}
}

func lyceeNews() []Piece {
	const news, here = "news", stageLycee
	return []Piece{
		{Room: news, Space: here, Author: "chef.lycee", DaysAgo: 1, To: Audience{Profiles: []school.Profile{school.Guardian, school.Pupil}, Levels: []string{"2de"}},
			Title:   "Choisir ses spécialités : réunion des parents de 2de",
			Summary: "Mardi 8 décembre à 18 h 30, dans l’amphithéâtre. Les élèves sont les bienvenus.",
			Body:    "Nous présenterons les spécialités, le calendrier des choix et les attentes de l’enseignement supérieur.\n\nDes élèves de Tle raconteront comment ils ont choisi."},
		{Room: news, Space: here, Author: "prof.lycee", DaysAgo: 3, To: homes(), Title: "Concours de mathématiques : inscriptions ouvertes",
			Summary: "Une heure trente, en équipe de trois, le 21 janvier.",
			Body:    "Aucune note, beaucoup de plaisir. Entraînement le jeudi midi en salle B12."},
		{Room: news, Space: here, Author: "chef.lycee", DaysAgo: 6, Public: true, Title: "Marché de Noël des lycéens",
			Summary: "Vendredi 11 décembre, de 16 h à 19 h, au profit du voyage à Lisbonne.",
			Body:    "Gâteaux, bougies, livres d’occasion : les élèves de 1re vous attendent dans la cour."},
		{Room: news, Space: here, Author: "chef.lycee", DaysAgo: 9, To: families(), Title: "Contribution des familles : échéancier du deuxième trimestre",
			Summary: "Le prélèvement a lieu le 10 janvier. Des facilités sont possibles.",
			Body:    "En cas de difficulté, écrivez au service de gestion : chaque situation est étudiée avec discrétion."},
		{Room: news, Space: here, Author: "admin.lycee", DaysAgo: 11, To: staff(), Title: "Nouveaux vidéoprojecteurs au bâtiment B",
			Summary: "Une prise en main de vingt minutes est proposée lundi et mardi à 13 h.",
			Body:    "Les télécommandes sont à retirer à l’accueil. Pensez à éteindre l’appareil en quittant la salle."},
		{Room: news, Space: here, Author: "chef.lycee", DaysAgo: 14, Public: true, Title: "Don du sang : cinquante-trois lycéens majeurs ont répondu",
			Summary: "Merci à eux, et aux bénévoles de la collation.",
			Body:    "La prochaine collecte au lycée aura lieu en mars."},
	}
}
