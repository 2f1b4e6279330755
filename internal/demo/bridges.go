package demo

import "elyco/internal/school"

// Bridge is an agreement of two establishments of the demonstration, by the names of their spaces.
type Bridge struct {
	From, To     string
	Mine, Theirs []school.Profile
	Reason       string
	Days         int // until its last day
	Accepted     bool
	Answer       string // what the other head wrote
}

// Bridges lists the bridges of the demonstration: one that is open between a collège and a lycée that two collectivities
// fund, and one that waits for an answer of the collège.
func Bridges() []Bridge {
	staff := []school.Profile{school.Head, school.Teacher, school.Librarian}
	return []Bridge{
		{From: stageCollege, To: stageLycee, Mine: staff, Theirs: staff, Days: 220, Accepted: true,
			Reason: "Préparer ensemble l’arrivée des élèves de 3e en seconde : visites, dossiers de liaison, club de mathématiques commun.",
			Answer: "Avec plaisir. Nos professeurs de seconde attendaient cela."},
		{From: stageLP, To: stageCollege, Mine: []school.Profile{school.Head, school.Teacher}, Theirs: []school.Profile{school.Head, school.SchoolLife, school.Teacher}, Days: 150,
			Reason: "Organiser les mini-stages de découverte des métiers pour les élèves de 4e et de 3e."},
	}
}
