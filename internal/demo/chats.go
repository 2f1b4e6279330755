package demo

// Chat is a channel of the demonstration, with what was said in it one afternoon.
type Chat struct {
	Space     string // as in Document
	Author    string
	Class     string // one of the author's
	Title     string
	About     string
	Guardians bool
	Slow      int
	DaysAgo   int // on the last school day at least so long ago
	Said      []Words
	Reported  int // the number of the line that a pupil reported, from one; zero for none
}

// Words are one message. Who is the login of a ready-made account; without one, the Pupil says it, counted among the pupils of
// the class who have none.
type Words struct {
	Who     string
	Pupil   int
	Text    string
	Answers int // the line that it answers, from one; zero for none
}

// Chats lists the channels of the demonstration, that which was last spoken in at the end.
func Chats() []Chat {
	return []Chat{
		{Space: stageCollege, Author: "paul.prof", Class: stageClass, Title: "Sortie au musée maritime", DaysAgo: 4, Guardians: true,
			About: "Les questions pratiques sur la sortie du 17 décembre.",
			Said: []Words{
				{Who: "paul.prof", Text: "Bonjour à tous. Le car part à 8 h 15 devant le gymnase. Posez ici vos questions, j’y réponds chaque soir."},
				{Who: "karim.parent", Text: "Bonjour, faut-il prévoir le pique-nique, ou la demi-pension le fournit-elle ?"},
				{Who: "paul.prof", Text: "La demi-pension le fournit pour ceux qui y sont inscrits. Pour les autres, c’est à apporter.", Answers: 2},
				{Who: "lea.eleve", Text: "Est-ce qu’on peut prendre un appareil photo ?"},
				{Who: "paul.prof", Text: "Oui, sans flash dans les salles.", Answers: 4},
			}},
		{Space: stageCollege, Author: "nadia.prof", Class: stageClass, Title: "Entraide maths", DaysAgo: 1, Reported: 7,
			About: "Pour s’aider entre élèves sur les exercices. On explique, on ne donne pas la réponse.",
			Said: []Words{
				{Who: "nadia.prof", Text: "Ce salon est à vous : posez vos questions sur le devoir 3, et aidez-vous. Je passe en fin de journée."},
				{Who: "lea.eleve", Text: "Pour l’exercice 17, comment on trouve le dénominateur commun quand il y a trois fractions ?"},
				{Pupil: 0, Text: "Tu cherches un nombre qui est dans les trois tables. Pour 4, 6 et 9, c’est 36.", Answers: 2},
				{Who: "lea.eleve", Text: "Ah oui, merci ! Et après je multiplie en haut pareil ?"},
				{Pupil: 0, Text: "Oui, par le même nombre qu’en bas."},
				{Pupil: 1, Text: "Il y a une vidéo qui explique bien : https://lesfondamentaux.reseau-canope.fr"},
				{Pupil: 2, Text: "Franchement c’est pour les bébés cet exo, faut être nul pour pas y arriver"},
				{Who: "nadia.prof", Text: "On reste aimables : personne n’est nul, et l’exercice 17 est le plus difficile de la feuille.", Answers: 7},
				{Who: "lea.eleve", Text: "J’ai trouvé 23/36 au final."},
				{Who: "nadia.prof", Text: "Bravo Léa. Écris bien toutes les étapes sur ta copie."},
			}},
	}
}
