package aaf

import (
	"slices"
	"strings"
)

// attributesOf lists what the format names for each category: what the views read, and what feeds also say and nobody
// needs. Whatever else a feed names is told once.
func attributesOf(c Category) string {
	switch c {
	case Structures:
		return `ENTStructureJointure ENTStructureUAI ENTEtablissementUAI ENTStructureSIREN ENTStructureNomCourant
			ENTStructureTypeStruct ENTStructureCodeTypeStruct ENTEtablissementMinistereTutelle
			ENTEtablissementCodeMinistereTutelle ENTEtablissementContrat postOfficeBox street postalCode l telephoneNumber
			facsimileTelephoneNumber ENTStructureMailSI ENTEtablissementStructRattachFctl ENTEtablissementBassin
			ENTServAcAcademie ENTServAcCodeAcademie ENTStructureClasses ENTStructureGroupes`
	case Subjects:
		return `ENTMatJointure ENTLibelleMatiere ENTMatiereRattach`
	case Programmes:
		return `ENTMefJointure ENTLibelleMef ENTMEFRattach ENTMEFSTAT11 ENTNivFormation ENTFiliere`
	case Pupils:
		return person + ` ENTEleveINE ENTEleveStructRattachId ENTEleveStructureRattachIdMEN ENTElevePersRelEleve
			ENTEleveParents ENTElevePere ENTEleveMere ENTEleveAutoriteParentale ENTElevePersRelEleve1 ENTElevePersRelEleve2
			ENTEleveQualitePersRelEleve1 ENTEleveQualitePersRelEleve2 ENTEleveBoursier ENTEleveTransport ENTEleveRegime
			ENTEleveAdresseRel ENTEleveStatutEleve ENTEleveMEF ENTEleveLibelleMEF ENTEleveNivFormation ENTEleveFiliere
			ENTEleveEnseignements ENTEleveCodeEnseignements ENTPersonStructRattach ENTEleveClasses ENTEleveGroupes
			ENTEleveDateEntreeClasses ENTEleveDateSortieClasses ENTEleveDateEntreeStructRattach
			ENTEleveDateSortieStructRattach ENTEleveMajeur ENTEleveMajeurAnticipe ENTEleveVilleNaissance
			ENTEleveDeptNaissance ENTElevePaysNaissance ENTEleveDelegClasse`
	case Relatives:
		return person + ` telephoneNumber mobile ENTPersonMobileSMS ENTPersonAdresseDiffusion ENTAuxPersRelEleveEleve`
	case StaffMembers:
		return person + ` ENTPersonStructRattach ENTAuxEnsCategoDiscipline ENTAuxEnsDisciplinesPoste ENTAuxEnsMEF
			ENTAuxEnsMatiereEnseignEtab ENTAuxEnsClasses ENTAuxEnsGroupes ENTAuxEnsClassesMatieres ENTAuxEnsGroupesMatieres
			ENTAuxEnsClassesPrincipal ENTEnsFonctionDir ENTPersonFonctions ENTPersonCategorieEnseignant
			PersEducNatPresenceDevantEleves ENTPersonSTSId telephoneNumber mobile`
	}
	return ""
}

const person = `ENTPersonJointure ENTPersonDateNaissance ENTPersonNomPatro sn givenName ENTPersonAutresPrenoms personalTitle
	mail homePhone ENTPersonAdresse ENTPersonCodePostal ENTPersonVille ENTPersonPays`

func known(c Category) bool { return slices.Contains(Categories(), c) }

// book tells known attributes from others, and remembers which of those it has told.
type book struct {
	known map[Category]map[string]bool
	told  map[string]bool
}

func newBook() *book {
	b := &book{known: map[Category]map[string]bool{}, told: map[string]bool{}}
	for _, c := range Categories() {
		b.known[c] = map[string]bool{}
		for _, name := range strings.Fields(attributesOf(c)) {
			b.known[c][name] = true
		}
	}
	return b
}

// maxTold bounds how many unknown names are told.
const maxTold = 200

// news lists the attributes of a record that are unknown and not told yet. Recent feeds date each assignment of staff in an
// attribute of its own, which nobody needs.
func (b *book) news(r *Record) []attribute {
	var news []attribute
	for _, a := range r.attributes {
		if b.known[r.Category][a.name] || r.Category == StaffMembers && strings.HasSuffix(a.name, "Date") {
			continue
		}
		if key := string(r.Category) + " " + a.name; !b.told[key] && len(b.told) < maxTold {
			b.told[key] = true
			news = append(news, a)
		}
	}
	return news
}
