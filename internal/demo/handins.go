package demo

// HandIn is a box for pupils' work in the demonstration, with what some of them have given already. Days count from the
// day on which the demonstration is filled.
type HandIn struct {
	Space        string // as in Document
	Author       string
	Class        string // one of the author's
	Title        string
	Instructions string
	Days         int // until its end
	Late, Teams  bool
	Given        []Given
}

// Given is what one pupil has handed in.
type Given struct {
	Pupil   string // login of a ready-made account
	Comment string
	Name    string
	Lines   []string
}

// HandIns lists the boxes of the demonstration.
func HandIns() []HandIn {
	return []HandIn{
		{Space: stageCollege, Author: "nadia.prof", Class: stageClass, Title: "Devoir maison n° 3 : fractions", Days: 6, Late: true,
			Instructions: "Exercices 12, 14 et 17 page 48.\nÉcrivez toutes les étapes. Une photo nette de votre copie convient.",
			Given: []Given{{Pupil: "lea.eleve", Comment: "Je n’ai pas réussi la dernière question.", Name: "Devoir 3 - Léa.txt",
				Lines: []string{"Exercice 12 : 1/2 + 1/3 = 5/6", "Exercice 14 : 3/4 - 1/8 = 5/8", "Exercice 17 : ?"}}}},
		{Space: stageCollege, Author: "paul.prof", Class: stageClass, Title: "Exposé : un paysage du littoral", Days: 12, Teams: true,
			Instructions: "À deux ou trois. Choisissez un paysage, décrivez-le, dites comment on le protège."},
	}
}
