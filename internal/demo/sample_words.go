package demo

import (
	"strings"

	"elyco/internal/school"
)

// programme is what a class follows, as the national list calls it.
type programme struct{ stem, code, label, level string }

// programmes names those of the classes' stems. The last one stands for what has no line of its own.
var programmes = []programme{
	{"6", "10010012110", "6EME", "6EME"},
	{"5", "10110001110", "5EME", "5EME"},
	{"4", "10210001110", "4EME", "4EME"},
	{"3", "10310019110", "3EME", "3EME GENERALE"},
	{"2GT", "20010015110", "2NDE GENERALE ET TECHNOLOGIQUE", "SECONDE GENERALE & TECHNO YC BT"},
	{"1G", "20110019110", "1ERE GENERALE", "PREMIERE GENERALE & TECHNO YC BT"},
	{"1STMG", "21131022111", "1ERE STMG", "PREMIERE GENERALE & TECHNO YC BT"},
	{"TG", "20210019110", "TERMINALE GENERALE", "TERMINALE GENERALE & TECHNO YC BT"},
	{"TSTMG", "21231022112", "TERMINALE STMG", "TERMINALE GENERALE & TECHNO YC BT"},
	{"2PRO", "24732402310", "2NDPRO", "BAC PRO 3 ANS : 2NDE PRO (OU 1ERE ANNEE)"},
	{"1PRO", "24731402320", "1ERPRO", "BAC PRO 3 ANS : 1ERE PRO (OU 2EME ANNEE)"},
	{"TPRO", "24731402330", "TLEPRO", "BAC PRO 3 ANS : TERM PRO (OU 3EME ANNEE)"},
	{"1CAP", "24133401321", "1CAP2", "CAP EN 2 ANS : 1ERE ANNEE"},
	{"2CAP", "24133401322", "2CAP2", "CAP EN 2 ANS : 2EME ANNEE"},
	{"", "1060000A11A", "ULIS DE L'ACADEMIE", "UNITE PEDAGOGIQUE D'INTEGRATION"},
}

// programmeOf finds the programme of a class: the longest stem that begins its name.
func programmeOf(className string) programme {
	best := programmes[len(programmes)-1]
	for _, p := range programmes {
		if strings.HasPrefix(className, p.stem) && len(p.stem) > len(best.stem) {
			best = p
		}
	}
	return best
}

// taught is a subject as the national list calls it; discipline is how its teachers' functions do.
type taught struct{ name, code, label, discipline string }

var taughts = []taught{
	{"Français", "020700", "FRANCAIS", "L0202$LETTRES MODERNES"},
	{"Mathématiques", "061300", "MATHEMATIQUES", "L1300$MATHEMATIQUES"},
	{"Éducation physique et sportive", "100100", "EDUCATION PHYSIQUE ET SPORTIVE", "L1900$EDUCATION PHYSIQUE ET SPORTIVE"},
	{"Histoire-géographie", "043700", "HISTOIRE-GEOGRAPHIE", "L1000$HISTOIRE GEOGRAPHIE"},
	{"Anglais", "030201", "ANGLAIS LV1", "L0422$ANGLAIS"},
	{"Espagnol", "030602", "ESPAGNOL LV2", "L0426$ESPAGNOL"},
	{"Allemand", "030102", "ALLEMAND LV2", "L0421$ALLEMAND"},
	{"Sciences de la vie et de la Terre", "062900", "SCIENCES DE LA VIE ET DE LA TERRE", "L1600$SCIENCES DE LA VIE ET DE LA TERRE"},
	{"Physique-chimie", "062300", "PHYSIQUE-CHIMIE", "L1500$PHYSIQUE CHIMIE"},
	{"Technologie", "070800", "TECHNOLOGIE", "L1400$TECHNOLOGIE"},
	{"Arts plastiques", "090100", "ARTS PLASTIQUES", "L1800$ARTS PLASTIQUES"},
	{"Éducation musicale", "081300", "EDUCATION MUSICALE", "L1700$EDUCATION MUSICALE"},
	{"Latin", "020100", "LATIN", "L0201$LETTRES CLASSIQUES"},
	{"Philosophie", "010300", "PHILOSOPHIE", "L0100$PHILOSOPHIE"},
	{"Sciences économiques et sociales", "050700", "SCIENCES ECONOMIQUES ET SOCIALES", "L1100$SCIENCES ECONOMIQUES ET SOCIALES"},
	{"Sciences numériques et technologie", "074600", "SCIENCES NUMERIQUES ET TECHNOLOGIE", "L1510$SCIENCES INDUSTRIELLES"},
	{"Prévention, santé, environnement", "312800", "PREVENTION-SANTE-ENVIRONNEMENT", "P7200$SCIENCES ET TECHNIQUES MEDICO-SOCIALES"},
	{"Économie et gestion", "150400", "ECONOMIE ET GESTION", "P8010$ECONOMIE ET GESTION"},
	{"Enseignement professionnel", "270500", "ENSEIGNEMENT PROFESSIONNEL", "P4200$GENIE MECANIQUE"},
	{"Mathématiques et sciences", "061900", "MATHEMATIQUES SCIENCES", "P1315$MATHS SCIENCES PHYSIQUES"},
	{"Lettres et histoire-géographie", "021700", "LETTRES HISTOIRE GEOGRAPHIE", "P0210$LETTRES HISTOIRE GEOGRAPHIE"},
	{"Arts appliqués", "091700", "ARTS APPLIQUES", "P6500$ENSEIGNEMENTS ARTISTIQUES APPLIQUES"},
	{"", "008400", "VIE DE CLASSE", "L0000$SANS OBJET"},
}

func taughtOf(name string) taught {
	for _, t := range taughts {
		if t.name == name {
			return t
		}
	}
	return taughts[len(taughts)-1]
}

// functionOf writes what a member of staff does, without the structure; empty for who is no matter of the rectorat's. One
// label has its stroke escaped twice, as some exports do.
func functionOf(m *member) string {
	begins := func(words ...string) bool {
		for _, w := range words {
			if strings.HasPrefix(m.function, w) {
				return true
			}
		}
		return false
	}
	switch m.profile {
	case school.Teacher:
		return "ENS$ENSEIGNEMENT$" + taughtOf(m.function).discipline
	case school.Librarian:
		return "DOC$DOCUMENTATION$L0080$DOCUMENTATION"
	case school.Head:
		if strings.Contains(m.function, "djoint") {
			return "DIR$DIRECTION$D0011$DIRECTION ADJOINT AU CHEF ETABLISSEMENT"
		}
		return "DIR$DIRECTION$D0010$DIRECTION CHEF D&apos;ETABLISSEMENT"
	case school.SchoolLife:
		if begins("CPE") {
			return "EDU$EDUCATION$E0030$EDUCATION  (CE ,CPE)"
		}
		return "AED$ASSISTANT D'EDUCATION$S0054$ENCADRE. SUR. DES ELEVES (HORS INTERNAT)"
	case school.Administrative:
		if begins("Adjoint") {
			return "ADF$PERSONNELS ADMINISTRATIFS$A0020$GESTION"
		}
		return "ADM$PERSONNELS ADMINISTRATIFS$A0010$ADMINISTRATION"
	case school.Health:
		if begins("Psychologue") {
			return "ORI$ORIENTATION$O0030$PSYCHOLOGUE DE L'EDUCATION NATIONALE"
		}
		return "MDS$PERSONNELS MEDICO-SOCIAUX$M0010$SANTE ET SOCIAL"
	case school.Technical:
		return "OUV$PERSONNELS OUVRIERS ET DE SERVICE$-$SANS OBJET"
	}
	return ""
}

// kinCodes are the codes of the national list for what guardians are.
var kinCodes = map[string]string{"mother": "10", "father": "20", "step_parent": "39", "grandparent": "38", "guardian": "50"}

var regimes = []string{"DEMI-PENSIONNAIRE DANS L'ETABLISSEMENT", "DEMI-PENSIONNAIRE DANS L'ETABLISSEMENT 4", "EXTERNE LIBRE",
	"DEMI-PENSIONNAIRE DANS L'ETABLISSEMENT 5", "EXTERNE SURVEILLE", "DEMI-PENSIONNAIRE AU TICKET", "INTERNE DANS L'ETABLISSEMENT", "INTERNE 5 JOURS"}

var streets = []string{"rue du Moulin", "rue des Lilas", "impasse des Chênes", "avenue de la Loire", "chemin du Bois d'Amour", "rue de l'Église",
	"place du Marché", "allée des Tilleuls", "rue Jean-Jaurès", "route de Nantes", "la Basse Rivière", "square Jules-Verne"}

var natures = map[string][2]string{"college": {"340", "COLLEGE"}, "lycee": {"300", "LYCEE D ENSEIGNEMENT GENERAL"}, "lp": {"320", "LYCEE PROFESSIONNEL"},
	"lpo": {"306", "LYCEE POLYVALENT"}, "legt": {"302", "LYCEE D ENSEIGNEMENT GENERAL ET TECHNOLOGIQUE"},
	"lgt": {"302", "LYCEE D ENSEIGNEMENT GENERAL ET TECHNOLOGIQUE"}, "erea": {"370", "ETABLISSEMENT REGIONAL D'ENSEIGNT ADAPTE"}}
