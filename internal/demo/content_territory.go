package demo

import "elyco/internal/school"

func vendeePieces() []Piece {
	const room, here = "territory", "vendee"
	return []Piece{
		{Room: room, Section: "transport", Space: here, Author: "agent.vendee", DaysAgo: 1, To: homes(), Title: "Cars scolaires : horaires d’hiver à partir du 30 novembre",
			Summary: "Certains départs sont avancés de cinq minutes le matin.",
			Body:    "Vérifiez l’horaire de votre arrêt. Le gilet jaune est remis gratuitement à chaque élève transporté : **il se porte de la maison au collège**."},
		{Room: room, Section: "transport", Space: here, Author: "agent.vendee", DaysAgo: 9, To: families(), Title: "Carte de transport perdue : comment la faire refaire",
			Summary: "Le duplicata est envoyé à la maison sous huit jours.",
			Body:    "En attendant, une attestation provisoire est délivrée par le secrétariat du collège."},
		{Room: room, Section: "canteen", Space: here, Author: "agent.vendee", DaysAgo: 2, To: homes(), Title: "La semaine vendéenne au self",
			Summary: "Du 7 au 11 décembre, tous les plats viennent de fermes du département.",
			Body:    "- lundi : jambon ou galette de mogettes\n- mardi : poulet de Challans\n- jeudi : poisson de la criée des Sables-d’Olonne\n- vendredi : curry de légumes et brioche\n\nUn plat sans viande est proposé chaque jour."},
		{Room: room, Section: "canteen", Space: here, Author: "agent.vendee", DaysAgo: 16, To: families(), Title: "Tarif de la demi-pension selon le quotient familial",
			Summary: "Sept tranches à partir de janvier : la demande se fait avant le 15 décembre.",
			Body:    "Sans demande de votre part, le tarif actuel est conservé. Le gestionnaire du collège peut vous aider."},
		{Room: room, Section: "equipment", Space: here, Author: "admin.vendee", DaysAgo: 5, To: Audience{Profiles: []school.Profile{school.Guardian, school.Pupil}, Levels: []string{"6e"}},
			Title:   "Une tablette pour chaque élève de 6e",
			Summary: "La remise a lieu dans chaque collège entre le 4 et le 15 janvier.",
			Body:    "La tablette est prêtée pour quatre ans avec sa coque. Une convention est signée par la famille ; aucune participation n’est demandée."},
		{Room: room, Section: "works", Space: here, Author: "admin.vendee", DaysAgo: 7, To: staff(), Title: "Rénovation énergétique : quatre collèges en chantier en 2027",
			Summary: "Isolation, chaudières bois, panneaux solaires : le calendrier par collège.",
			Body:    "Les travaux bruyants se font pendant les vacances. Une réunion d’information est organisée dans chaque collège concerné."},
		{Room: room, Section: "culture", Space: here, Author: "agent.vendee", DaysAgo: 3, Public: true, Title: "Collège au cinéma : trois films cette année",
			Summary: "Plus de neuf mille collégiens découvrent des films en salle, avec leur classe.",
			Body:    "Le Département finance le billet et le transport. Un dossier accompagne chaque film."},
		{Room: room, Section: "culture", Space: here, Author: "agent.vendee", DaysAgo: 20, To: homes(), Title: "Concours « Dessine ton littoral »",
			Summary: "Dessins, photos et maquettes sont attendus avant les vacances d’hiver.",
			Body:    "Les œuvres retenues seront exposées aux Sables-d’Olonne au printemps."},
	}
}

func regionPieces() []Piece {
	const room, here = "territory", "pays-de-la-loire"
	return []Piece{
		{Room: room, Section: "transport", Space: here, Author: "admin.region", DaysAgo: 2, To: homes(), Title: "Internes : un car de plus le dimanche soir",
			Summary: "À partir du 6 décembre, au départ de Cholet et de La Roche-sur-Yon.",
			Body:    "La réservation est gratuite pour les élèves internes. Elle se fait la semaine précédente."},
		{Room: room, Section: "equipment", Space: here, Author: "agent.region", DaysAgo: 4, To: Audience{Profiles: []school.Profile{school.Guardian, school.Pupil}, Levels: []string{"2de", "2de pro", "CAP 1"}},
			Title:   "Premier équipement professionnel : la Région aide les élèves",
			Summary: "Blouses, outils, chaussures de sécurité : jusqu’à 150 € selon la formation.",
			Body:    "Le lycée commande l’équipement avec vous. Vous n’avez rien à avancer."},
		{Room: room, Section: "works", Space: here, Author: "agent.region", DaysAgo: 1, To: Audience{Departments: []string{"85"}}, Title: "Réseau de chaleur : coupures de nuit dans les lycées de Vendée",
			Summary: "Du 1er au 4 décembre, de 22 h à 5 h. Les internats ne sont pas concernés.",
			Body:    "Les équipes sont sur place chaque matin avant l’ouverture. Signalez toute salle froide à l’accueil du lycée."},
		{Room: room, Section: "works", Space: here, Author: "agent.region", DaysAgo: 12, To: staff(), Title: "Accessibilité : quinze ascenseurs remplacés cet été",
			Summary: "Le bilan des travaux de l’été, lycée par lycée.",
			Body:    "Trois chantiers se terminent pendant les vacances de Noël. Merci aux équipes pour leur patience."},
		{Room: room, Section: "canteen", Space: here, Author: "admin.region", DaysAgo: 8, To: homes(), Title: "Restauration : le repas reste au même prix en 2027",
			Summary: "La Région prend en charge la hausse du coût des denrées.",
			Body:    "La moitié des produits servis viennent désormais de la région, dont un quart de l’agriculture biologique."},
		{Room: room, Section: "culture", Space: here, Author: "admin.region", DaysAgo: 6, Public: true, Title: "Pass culture sport : pensez à l’activer",
			Summary: "Des places de cinéma, de concert et un coup de pouce pour la licence sportive.",
			Body:    "Le pass est ouvert à tous les jeunes de 15 à 19 ans qui étudient en Pays de la Loire, dans le public comme dans le privé."},
		{Room: "news", Space: "nantes", Author: "rectorat", DaysAgo: 2, Public: true, Title: "Calendrier de l’orientation après la 3e",
			Summary: "Les grandes étapes, de janvier à juillet, pour les élèves et leurs familles.",
			Body:    "- **janvier** : intentions des familles\n- **mars** : avis provisoire du conseil de classe\n- **mai** : vœux définitifs\n- **fin juin** : affectation\n\nLe professeur principal et le psychologue de l’Éducation nationale vous accompagnent."},
		{Room: "news", Space: "nantes", Author: "rectorat", DaysAgo: 13, To: staff(), Title: "Formation : protéger son compte et reconnaître un message trompeur",
			Summary: "Une heure en ligne, ouverte à tous les personnels.",
			Body:    "Aucun service de l’académie ne demande votre mot de passe. Dans le doute, ne cliquez pas et prévenez l’administrateur de votre espace."},
	}
}

func flashes() []Piece {
	const room = "announcements"
	return []Piece{
		{Room: room, Space: stageCollege, Author: "chef.haxo", DaysAgo: 0, EndsAfter: 2, Urgent: true, Receipt: true, To: families(),
			Title: "Vigilance météo : sortie avancée à 15 h 30 aujourd’hui", Summary: "Les cars passent à 15 h 40. L’étude reste ouverte jusqu’à 18 h pour qui en a besoin.",
			Body: "En raison de vents forts annoncés en fin d’après-midi, les cours s’arrêtent à 15 h 30. **Aucun élève ne sera laissé seul** : les demi-pensionnaires non transportés restent en étude."},
		{Room: room, Space: stageCollege, Author: "cpe.haxo", DaysAgo: 1, EndsAfter: 5, To: homes(), Title: "Objets trouvés : exposition jusqu’à vendredi",
			Summary: "Manteaux, gourdes et trousses attendent dans le hall.", Body: "Ce qui n’est pas réclamé vendredi soir est donné à une association."},
		{Room: room, Space: stageCollege, Author: "adjoint.haxo", DaysAgo: 2, EndsAfter: 10, Receipt: true, To: staff(), Title: "Exercice d’évacuation le jeudi 26 novembre",
			Summary: "Relisez le parcours affiché dans votre salle.", Body: "L’alarme sonnera dans la matinée. Le point de rassemblement est le plateau sportif."},
		{Room: room, Space: stageLycee, Author: "chef.lycee", DaysAgo: 0, EndsAfter: 3, Urgent: true, To: homes(), Title: "Pas d’eau chaude à l’internat jusqu’à mardi",
			Summary: "Les douches du gymnase sont ouvertes de 18 h à 21 h.", Body: "La pièce est commandée ; la réparation est prévue mardi matin."},
		{Room: room, Space: "vendee", Author: "agent.vendee", DaysAgo: 0, EndsAfter: 1, Urgent: true, To: homes(), Title: "Verglas : aucun car scolaire demain matin dans le Bocage",
			Summary: "Les collèges accueillent les élèves qui peuvent venir ; l’absence n’est pas comptée.",
			Body:    "La circulation est interdite aux cars de 5 h à 11 h. Un nouveau point est fait à 10 h pour le retour."},
		{Room: room, Space: "nantes", Author: "rectorat", DaysAgo: 3, EndsAfter: 14, Title: "Interruption de service dimanche de 6 h à 8 h",
			Summary: "E-LYCO est mis à jour : les pages seront indisponibles deux heures.", Body: "Rien n’est à faire de votre côté. Les travaux rendus avant l’interruption sont conservés."},
	}
}
