package roster

import "strings"

// Kind is what a table lists.
type Kind string

// The kinds of tables.
const (
	Pupils Kind = "pupils" // with their guardians
	Staff  Kind = "staff"
)

// Field is something that a column may say. Its name stays the same for ever: mappings are remembered by it.
type Field string

// The fields of pupils.
const (
	PupilID   Field = "pupil_id"
	INE       Field = "ine"
	Family    Field = "family"
	Given     Field = "given"
	Born      Field = "born"
	Class     Field = "class"
	Level     Field = "level"
	Groups    Field = "groups"
	Mail      Field = "mail"
	OneID     Field = "one_id"
	OneFamily Field = "one_family"
	OneGiven  Field = "one_given"
	OneMail   Field = "one_mail"
	OneKin    Field = "one_kin"
	TwoID     Field = "two_id"
	TwoFamily Field = "two_family"
	TwoGiven  Field = "two_given"
	TwoMail   Field = "two_mail"
	TwoKin    Field = "two_kin"
)

// The fields of staff, beside Family, Given, Born and Mail.
const (
	StaffID  Field = "staff_id"
	Function Field = "function"
	Subject  Field = "subject"
	Classes  Field = "classes"
	Form     Field = "form"
)

// shape is what a field is called, and by which names of columns it is known.
type shape struct {
	field    Field
	label    string // as people read it
	help     string
	required bool
	aliases  string // folded, separated by "|"
}

var pupilFields = []shape{
	{Family, "Nom de l’élève", "", true, "nom|nom eleve|nom de l eleve|nom de famille|eleve nom|nom usage|nom d usage|nom usuel|nom famille"},
	{Given, "Prénom de l’élève", "", true, "prenom|prenom eleve|prenom de l eleve|eleve prenom|prenom 1|prenom usage|prenom usuel|prenom d usage"},
	{Class, "Classe", "", true, "classe|division|code classe|code division|code structure|classes|division code|lib structure|structure"},
	{Born, "Date de naissance", "Elle distingue les homonymes.", false, "date de naissance|date naissance|date naiss|ne le|nee le|ne e le|naissance|datenaissance|date nais eleve"},
	{Level, "Niveau", "6e, 5e, 2de… Il se déduit souvent de la formation.", false, "niveau|formation|libelle mef|mef|libelle formation|lib mef|code mef|mef libelle"},
	{Groups, "Groupes", "Plusieurs groupes se séparent par une virgule.", false, "groupe|groupes|regroupement|regroupements|options groupes"},
	{INE, "INE", "Le numéro national suit l’élève d’un établissement à l’autre.", false, "ine|numero national|no national|n national|num national|id national|identifiant national|numero ine|ine ben"},
	{PupilID, "Identifiant de l’élève", "Le numéro que votre logiciel donne à l’élève.", false, "identifiant|identifiant eleve|id eleve|num eleve|numero eleve|no interne|numero interne|id interne|code eleve|eleve id|matricule"},
	{Mail, "Courriel de l’élève", "", false, "mail|email|e mail|courriel|adresse mail|adresse electronique|mail eleve|email eleve|courriel eleve"},
	{OneFamily, "Nom du 1er responsable légal", "", false, "nom responsable 1|nom resp 1|nom resp legal 1|nom resp legal1|nom resp1|resp legal 1 nom|responsable 1 nom|nom rl1|rl1 nom|nom du responsable 1|nom responsable legal 1|nom responsable|nom representant 1|nom parent 1"},
	{OneGiven, "Prénom du 1er responsable légal", "", false, "prenom responsable 1|prenom resp 1|prenom resp legal 1|prenom resp legal1|prenom resp1|resp legal 1 prenom|responsable 1 prenom|prenom rl1|rl1 prenom|prenom du responsable 1|prenom responsable legal 1|prenom responsable|prenom representant 1|prenom parent 1"},
	{OneMail, "Courriel du 1er responsable légal", "Il reconnaît un même parent chez ses frères et sœurs.", false, "mail responsable 1|mail resp 1|mail resp legal 1|mail resp legal1|email responsable 1|email resp legal 1|email resp1|courriel resp legal 1|courriel resp legal1|courriel responsable 1|email rl1|mail rl1|mel resp1|mail representant 1|mail parent 1|email parent 1|courriel resp 1|courriel parent 1|courriel rl1|courriel responsable|mail responsable"},
	{OneKin, "Lien du 1er responsable légal", "Mère, père, tuteur…", false, "lien responsable 1|lien resp 1|lien resp legal 1|lien resp legal1|lien de parente 1|parente 1|lien parente resp 1|lien rl1|lien parente|lien de parente"},
	{OneID, "Identifiant du 1er responsable légal", "", false, "identifiant responsable 1|id responsable 1|id resp 1|id resp legal 1|id rl1|code responsable 1|identifiant responsable"},
	{TwoFamily, "Nom du 2e responsable légal", "", false, "nom responsable 2|nom resp 2|nom resp legal 2|nom resp legal2|nom resp2|resp legal 2 nom|responsable 2 nom|nom rl2|rl2 nom|nom du responsable 2|nom responsable legal 2|nom representant 2|nom parent 2"},
	{TwoGiven, "Prénom du 2e responsable légal", "", false, "prenom responsable 2|prenom resp 2|prenom resp legal 2|prenom resp legal2|prenom resp2|resp legal 2 prenom|responsable 2 prenom|prenom rl2|rl2 prenom|prenom du responsable 2|prenom responsable legal 2|prenom representant 2|prenom parent 2"},
	{TwoMail, "Courriel du 2e responsable légal", "", false, "mail responsable 2|mail resp 2|mail resp legal 2|mail resp legal2|email responsable 2|email resp legal 2|email resp2|courriel resp legal 2|courriel resp legal2|courriel responsable 2|email rl2|mail rl2|mel resp2|mail representant 2|mail parent 2|email parent 2|courriel resp 2|courriel parent 2|courriel rl2"},
	{TwoKin, "Lien du 2e responsable légal", "", false, "lien responsable 2|lien resp 2|lien resp legal 2|lien resp legal2|lien de parente 2|parente 2|lien parente resp 2|lien rl2"},
	{TwoID, "Identifiant du 2e responsable légal", "", false, "identifiant responsable 2|id responsable 2|id resp 2|id resp legal 2|id rl2|code responsable 2"},
}

var staffFields = []shape{
	{Family, "Nom", "", true, "nom|nom de famille|nom usage|nom d usage|nom usuel|nom enseignant|nom professeur|nom du professeur"},
	{Given, "Prénom", "", true, "prenom|prenom usage|prenom d usage|prenom usuel|prenom enseignant|prenom professeur|prenom du professeur"},
	{Born, "Date de naissance", "Elle distingue les homonymes.", false, "date de naissance|date naissance|date naiss|ne le|nee le|ne e le|naissance|datenaissance"},
	{Mail, "Courriel", "", false, "mail|email|e mail|courriel|adresse mail|adresse electronique|mel|mail professionnel|email professionnel"},
	{StaffID, "Identifiant", "Le numéro que votre logiciel donne à la personne.", false, "identifiant|id|code|matricule|numero|numen|code enseignant|id enseignant|id professeur"},
	{Function, "Fonction", "Professeur, CPE, surveillant, secrétaire… Sans cette colonne, tout le monde est enseignant.", false, "fonction|fonctions|statut|categorie|profil|poste|emploi|type"},
	{Subject, "Matière", "", false, "matiere|matieres|discipline|disciplines|matiere enseignee|specialite"},
	{Classes, "Classes", "Plusieurs classes se séparent par une virgule.", false, "classe|classes|divisions|classes enseignees|division"},
	{Form, "Professeur principal de", "", false, "professeur principal|prof principal|pp|professeur principal de|classe pp|principal|pp de"},
}

func fieldsOf(k Kind) []shape {
	if k == Staff {
		return staffFields
	}
	return pupilFields
}

// Fields lists the fields of a kind, in the order of forms.
func Fields(k Kind) []Field {
	var all []Field
	for _, s := range fieldsOf(k) {
		all = append(all, s.field)
	}
	return all
}

// Label is what people call a field.
func (k Kind) Label(f Field) string { return k.shape(f).label }

// Help says more of a field, or nothing.
func (k Kind) Help(f Field) string { return k.shape(f).help }

// Required reports whether nobody can be read without the field.
func (k Kind) Required(f Field) bool { return k.shape(f).required }

func (k Kind) shape(f Field) shape {
	for _, s := range fieldsOf(k) {
		if s.field == f {
			return s
		}
	}
	return shape{}
}

// known reports whether a column's name, folded, is one that programs give to the field.
func (s shape) known(header string) bool {
	return header != "" && strings.Contains("|"+s.aliases+"|", "|"+header+"|")
}
