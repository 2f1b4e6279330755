package demo

// Looked is a person's sheet that somebody of the staff opened.
type Looked struct {
	Space, Reader, Whom string
	DaysAgo             int
}

// Looks lists who opened whose sheet in the weeks before.
func Looks() []Looked {
	return []Looked{
		{stageCollege, "nadia.prof", "lea.eleve", 1},
		{stageCollege, "cpe.haxo", "lea.eleve", 3},
		{stageCollege, "secretariat.haxo", "lea.eleve", 9},
		{stageCollege, "chef.haxo", "lea.eleve", 16},
		{stageCollege, "secretariat.haxo", "camille.parent", 9},
		{stageCollege, "chef.haxo", "nadia.prof", 12},
	}
}

// Correction is what somebody says is not right, and the answer, where there is one.
type Correction struct {
	Space, Author string
	Field, Asked  string
	DaysAgo       int
	By, Answer    string // who accepted it, and why
}

// Corrections lists what people of the demonstration ask to have corrected.
func Corrections() []Correction {
	return []Correction{
		{Space: stageCollege, Author: "camille.parent", Field: "family_name", DaysAgo: 2,
			Asked: "Mon nom d’usage s’écrit maintenant Morvan-Le Goff. J’ai déposé l’acte de mariage au secrétariat."},
		{Space: stageCollege, Author: "nadia.prof", Field: "function", DaysAgo: 20, Asked: "Je suis aussi professeure principale cette année.",
			By: "secretariat.haxo", Answer: "C’est corrigé dans le fichier des personnels : vous le verrez après la prochaine mise à jour."},
	}
}
