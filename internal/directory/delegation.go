package directory

import (
	"time"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
)

// Administrator is a member of a space who administers it, today or on days to come.
type Administrator struct {
	Person     school.PersonID
	Name       string
	Profile    school.Profile
	Function   string
	Standing   bool      // the directory says so, without dates
	Delegation uuid.UUID // what an administrator gave; Nil for none
	From, To   time.Time // of the delegation; To is zero while no end is known
	GivenBy    school.PersonID
}

// Endless reports whether nothing on a day says when the person will stop administering.
func (a Administrator) Endless(day time.Time) bool {
	return a.Standing || a.Delegation != uuid.Nil && a.To.IsZero() && !a.From.After(day)
}

// Active reports whether the person administers on a day.
func (a Administrator) Active(day time.Time) bool {
	return a.Standing || a.Delegation != uuid.Nil && !a.From.After(day) && (a.To.IsZero() || !a.To.Before(day))
}

// Delegation gives a member the administration of the context's space. Its scope is that space and no other.
type Delegation struct {
	ID       uuid.UUID // the form's, so that sending it twice gives once
	Person   school.PersonID
	From, To time.Time // zero From: today; zero To: no end is known
}

// check refuses dates that cannot be.
func (g Delegation) check(today time.Time) error {
	wrong := fault.Fields{}
	if g.Person == (school.PersonID{}) {
		wrong.Add("person", "Choisissez une personne.")
	}
	if g.From.Before(today) {
		wrong.Add("from", "Une délégation ne commence pas dans le passé. Choisissez aujourd’hui ou un jour à venir.")
	}
	if !g.To.IsZero() && g.To.Before(g.From) {
		wrong.Add("to", "La date de fin précède la date de début. Corrigez l’une des deux.")
	}
	return wrong.OrNil()
}

// within refuses to give more than the giver holds: who administers until a day gives until that day at the latest.
func (g Delegation) within(list []Administrator, giver school.PersonID) error {
	for _, a := range list {
		if a.Person != giver || a.Standing || a.To.IsZero() {
			continue
		}
		if g.To.IsZero() || g.To.After(a.To) {
			return fault.Field("to", "Vous administrez cet espace jusqu’au "+a.To.Format("02/01/2006")+" : votre délégation ne peut pas aller au-delà.")
		}
	}
	return nil
}

// endures refuses that a space remains without an administrator: one other than who leaves has no date of end.
func endures(list []Administrator, leaving school.PersonID, today time.Time) error {
	for _, a := range list {
		if a.Person != leaving && a.Endless(today) {
			return nil
		}
	}
	return fault.New(fault.Invalid, "Il doit toujours rester au moins un administrateur sans date de fin. Nommez-en un autre avant de retirer celui-ci.")
}
