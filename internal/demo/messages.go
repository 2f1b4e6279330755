package demo

// Message is one of the demonstration’s mail.
type Message struct {
	Space   string // as in Document
	Author  string // login of a ready-made account
	To      []string
	Hidden  []string // logins who get a hidden copy
	Child   string   // login of the pupil whose guardians it is for, or whom a guardian writes about
	Class   string   // one of the author's, for Whom
	Whom    string   // profile: of the class, or of the school
	Subject string
	Body    string
	Answers int // the number of the message that it answers, from one; zero for none
	Receipt bool
	NoReply bool
	Read    []string // logins who have read it
	Draft   bool
	Late    bool   // written late in the evening, and so held when it shows other signs
	Later   bool   // leaves tomorrow morning
	Urgent  string // why it did not wait
}

// Messages lists the messages of the demonstration, the oldest first.
func Messages() []Message {
	return []Message{
		{Space: stageCollege, Author: "chef.haxo", Whom: "teacher", Subject: "Conseil pédagogique du 8 décembre", Receipt: true,
			Body: "Chers collègues,\n\nLe conseil pédagogique se réunit le **mardi 8 décembre à 17 h** en salle polyvalente.\n\n- Bilan du premier trimestre\n- Semaine de l’orientation\n- Questions diverses\n\nMerci de me faire parvenir vos points avant vendredi.\n\nClaire Ollivier", Read: []string{"nadia.prof"}},
		{Space: stageCollege, Author: "secretariat.haxo", Whom: "guardian", Subject: "Fermeture du secrétariat vendredi après-midi", NoReply: true,
			Body: "Mesdames, Messieurs,\n\nLe secrétariat sera exceptionnellement fermé ce vendredi à partir de 14 h. Pour une urgence, appelez la vie scolaire.", Read: []string{"camille.parent"}},
		{Space: stageCollege, Author: "nadia.prof", Class: stageClass, Whom: "guardian", Subject: "Sortie à la Cité des sciences : autorisation à rapporter", Receipt: true,
			Body: "Bonjour,\n\nLa classe part à la Cité des sciences le **jeudi 17 décembre**. Merci de signer l’autorisation dans le carnet et de la rendre avant le 10.\n\nPrévoir un pique-nique et un vêtement de pluie.\n\nNadia Belkacem, mathématiques", Read: []string{"karim.parent"}},
		{Space: stageCollege, Author: "karim.parent", To: []string{"nadia.prof"}, Child: "lea.eleve", Answers: 3, Subject: "Re : Sortie à la Cité des sciences : autorisation à rapporter",
			Body: "Bonjour,\n\nL’autorisation est dans le carnet de Léa. Peut-elle garder ses lunettes de rechange dans son sac ?\n\nKarim Benali"},
		{Space: stageCollege, Author: "lea.eleve", To: []string{"nadia.prof"}, Subject: "Question sur l’exercice 17",
			Body: "Bonjour Madame,\n\nJe ne comprends pas comment réduire au même dénominateur quand il y a trois fractions. Est-ce que je peux venir vous voir mardi ?\n\nLéa", Read: []string{"nadia.prof"}},
		{Space: stageCollege, Author: "nadia.prof", To: []string{"lea.eleve"}, Answers: 5, Subject: "Re : Question sur l’exercice 17",
			Body: "Bonjour Léa,\n\nOui, passe mardi à la récréation de 10 h en salle 12. En attendant, cherche d’abord un multiple commun aux **trois** dénominateurs.\n\nN. B."},
		{Space: stageCollege, Author: "cpe.haxo", Child: "lea.eleve", Subject: "Retard de ce matin", Receipt: true,
			Body: "Bonjour,\n\nLéa est arrivée ce matin à 8 h 25. Elle a pu entrer en cours. Pouvez-vous nous indiquer le motif ?\n\nSamia Haddad, vie scolaire"},
		{Space: stageCollege, Author: "cpe.haxo", To: []string{"chef.haxo", "adjoint.haxo"}, Hidden: []string{"sante.haxo"}, Subject: "Point de la semaine",
			Body: "Bonjour,\n\nLe point de la semaine est dans le dossier commun. Je passe vous voir jeudi pour l’organisation de la demi-pension.\n\nSamia", Read: []string{"chef.haxo"}},
		{Space: stageCollege, Author: "paul.prof", To: []string{"nadia.prof"}, Subject: "Salle informatique jeudi",
			Body: "Salut Nadia,\n\nEst-ce que tu peux me laisser la salle informatique jeudi de 9 h à 10 h ? Je te rends ton créneau la semaine prochaine.\n\nPaul"},
		{Space: stageCollege, Author: "camille.parent", To: []string{"cpe.haxo"}, Subject: "Rendez-vous médical mardi prochain",
			Body: "Bonjour,\n\nMon enfant a un rendez-vous mardi à 15 h. Je viendrai le chercher à 14 h 30 à la vie scolaire.\n\nMerci, Camille Morvan", Read: []string{"cpe.haxo"}},
		{Space: stageCollege, Author: "cdi.haxo", To: []string{"nadia.prof", "paul.prof"}, Subject: "Nouveautés du CDI",
			Body: "Bonjour à tous les deux,\n\nLes albums que vous aviez demandés sont arrivés. Je vous les garde jusqu’à vendredi.\n\nAgathe"},
		{Space: stageLycee, Author: "chef.lycee", Whom: "guardian", Subject: "Réunion d’information sur l’orientation", Receipt: true,
			Body: "Mesdames, Messieurs,\n\nLa réunion d’information sur l’orientation aura lieu le **jeudi 3 décembre à 18 h** dans l’amphithéâtre.\n\nSolenn Kermarrec"},
		{Space: stageCollege, Author: "chef.haxo", Whom: "guardian", Subject: "Pas de cantine ce midi : panne d’électricité", Urgent: "Les repas ne peuvent pas être servis ce midi", NoReply: true,
			Body: "Mesdames, Messieurs,\n\nUne panne d’électricité empêche de servir le repas de ce midi. Les élèves demi-pensionnaires peuvent rentrer chez eux avec votre accord, ou rester au collège avec un pique-nique froid.\n\nClaire Ollivier", Read: []string{"karim.parent"}},
		{Space: stageCollege, Author: "lea.eleve", To: []string{"nadia.prof", "chef.haxo", "cpe.haxo", "adjoint.haxo", "cdi.haxo"}, Subject: "regardez ça vite", Late: true,
			Body: "clique ici pour voir les photos : https://photos-classe.example/voir"},
		{Space: stageCollege, Author: "nadia.prof", Class: stageClass, Whom: "guardian", Subject: "Rappel : évaluation de jeudi", Later: true,
			Body: "Bonjour,\n\nL’évaluation sur les fractions a lieu jeudi. La fiche de révision est dans les documents de la classe.\n\nNadia Belkacem"},
		{Space: stageCollege, Author: "nadia.prof", To: []string{"chef.haxo"}, Subject: "Projet de sortie : budget", Draft: true,
			Body: "Bonjour Claire,\n\nVoici le budget de la sortie :"},
	}
}
