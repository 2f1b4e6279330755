package aaf

import (
	"strings"
	"time"
)

// The views give the values of a record by what they mean. In a modification only the attributes that Has knows say
// anything; the others are empty because they were not named. Values that are not of the format are told and left out.

// Structure is an establishment, or a technical place to which staff are attached (zone de remplacement).
type Structure struct {
	Key            string // what all other records call it; not the UAI
	UAI            string
	SIRET          string
	Name           []string // one part in old feeds; abbreviation, name and city in new ones
	Nature         string   // label
	NatureCode     string
	Ministry       string
	MinistryCode   string // 06: éducation nationale
	Contract       string // PU public; CA, CS, HC private
	PostBox        string
	Street         string
	PostalCode     string
	City           string
	Phone          string
	Fax            string
	Mail           string
	AttachedTo     []string // join keys: a SEGPA's collège, the head of a cité scolaire
	Basin          []string // code, label
	Academy        string
	AcademyCode    string // 017 for Nantes
	Classes        []Class
	Groups         []Group
	LegacyOnlyCode bool // the UAI stands only in the attribute that old feeds use
}

// Technical reports whether people do not go there: no portal is made of it.
func (s Structure) Technical() bool {
	return s.UAI == "" || strings.EqualFold(s.Nature, "SANS OBJET") || strings.HasPrefix(strings.ToUpper(strings.Join(s.Name, " ")), "Z.REMP")
}

// Class is a division of a structure.
type Class struct {
	Code, Label string
	Programmes  []string // MEF
}

// Group gathers pupils of one or several divisions.
type Group struct {
	Code, Label string
	Classes     []string
}

// Structure reads a record of the category Structures.
func (r *Record) Structure(tell func(Notice)) Structure {
	in := reading{r, tell}
	s := Structure{Key: r.ID, UAI: strings.ToUpper(r.One("ENTStructureUAI")), SIRET: r.One("ENTStructureSIREN"),
		Name: lines(r.One("ENTStructureNomCourant")), Nature: r.One("ENTStructureTypeStruct"), NatureCode: r.One("ENTStructureCodeTypeStruct"),
		Ministry: r.One("ENTEtablissementMinistereTutelle"), MinistryCode: r.One("ENTEtablissementCodeMinistereTutelle"),
		Contract: r.One("ENTEtablissementContrat"), PostBox: r.One("postOfficeBox"), Street: strings.Join(lines(r.One("street")), ", "),
		PostalCode: r.One("postalCode"), City: r.One("l"), Phone: r.One("telephoneNumber"), Fax: r.One("facsimileTelephoneNumber"),
		Mail: r.One("ENTStructureMailSI"), AttachedTo: r.All("ENTEtablissementStructRattachFctl"), Basin: lines(r.One("ENTEtablissementBassin")),
		Academy: r.One("ENTServAcAcademie"), AcademyCode: r.One("ENTServAcCodeAcademie")}
	if old := strings.ToUpper(r.One("ENTEtablissementUAI")); s.UAI == "" && old != "" {
		s.UAI, s.LegacyOnlyCode = old, true
	}
	for _, p := range in.parts("ENTStructureClasses", 3, 1) {
		s.Classes = append(s.Classes, Class{Code: p[0], Label: p[1], Programmes: lines(p[2])})
	}
	for _, p := range in.parts("ENTStructureGroupes", 3, 1) {
		s.Groups = append(s.Groups, Group{Code: p[0], Label: p[1], Classes: lines(p[2])})
	}
	return s
}

// Subject is a line of the nomenclature of subjects.
type Subject struct {
	Code, Label string
	National    string // code of the national subject that it belongs to
}

// Subject reads a record of the category Subjects.
func (r *Record) Subject() Subject {
	return Subject{Code: r.ID, Label: r.One("ENTLibelleMatiere"), National: r.One("ENTMatiereRattach")}
}

// Programme is a line of the nomenclature of programmes (MEF).
type Programme struct {
	Code, Label string
	National    string // empty for those of the academy
	Statistical string // MEFSTAT11
	Level       string
	Stream      string
}

// Programme reads a record of the category Programmes.
func (r *Record) Programme() Programme {
	return Programme{Code: r.ID, Label: r.One("ENTLibelleMef"), National: r.One("ENTMEFRattach"), Statistical: r.One("ENTMEFSTAT11"),
		Level: r.One("ENTNivFormation"), Stream: r.One("ENTFiliere")}
}

// Person is what the three kinds of people have in common.
type Person struct {
	Key        string
	BirthName  string
	Family     string // the usual name; the name of birth where the feed says no other
	Given      string // may be empty: a relative can be a service
	GivenNames []string
	Title      string // M., Mme, or nothing, which says that the sex is not known
	Born       time.Time
	Mail       string
	HomePhone  string
	Address    []string // its lines
	PostalCode string
	City       string
	Country    string
}

func (r reading) person() Person {
	p := Person{Key: r.ID, BirthName: r.One("ENTPersonNomPatro"), Family: r.One("sn"), Given: r.One("givenName"),
		GivenNames: r.All("ENTPersonAutresPrenoms"), Title: r.One("personalTitle"), Born: r.date("ENTPersonDateNaissance"),
		Mail: strings.ToLower(r.One("mail")), HomePhone: r.One("homePhone"), Address: lines(r.One("ENTPersonAdresse")),
		PostalCode: r.One("ENTPersonCodePostal"), City: r.One("ENTPersonVille"), Country: r.One("ENTPersonPays")}
	if p.Title == "Mlle" {
		p.Title = "Mme"
	}
	if p.Family == "" {
		p.Family = p.BirthName
	}
	if p.Family == "" && r.Operation == Add {
		r.odd("sn", "cette personne n’a pas de nom")
	}
	return p
}

// Relative is a person to whom pupils' records tie pupils; on its own it has no right.
type Relative struct {
	Person
	WorkPhone    string
	Mobiles      []string
	MobileForSMS string
	ShareAddress bool     // with parents' associations
	Pupils       []string // join keys; the ties themselves are in the pupils' records
}

// Relative reads a record of the category Relatives.
func (r *Record) Relative(tell func(Notice)) Relative {
	in := reading{r, tell}
	return Relative{Person: in.person(), WorkPhone: r.One("telephoneNumber"), Mobiles: r.All("mobile"), MobileForSMS: r.One("ENTPersonMobileSMS"),
		ShareAddress: in.flag("ENTPersonAdresseDiffusion") == Yes, Pupils: r.All("ENTAuxPersRelEleveEleve")}
}
