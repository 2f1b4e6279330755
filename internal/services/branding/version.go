package branding

import (
	"time"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
	"elyco/internal/theme"
)

// Version is a draft or a published version as the editor needs it: everything but the pictures themselves.
type Version struct {
	ID          uuid.UUID
	Number      int // zero for the draft
	Source      string
	Accent      string
	LogoType    string // empty: none of its own
	FaviconType string
	BannerType  string
	Author      school.PersonID
	AuthorName  string
	Note        string
	Revision    int // grows with every change of the draft
	ChangedAt   time.Time
	PublishedAt time.Time
}

// Draft reports whether the version is still being prepared.
func (v Version) Draft() bool { return v.Number == 0 }

// Exists reports whether the version is stored; the zero version stands for nothing set.
func (v Version) Exists() bool { return v.ID != uuid.Nil }

// Has reports whether the version has a picture of its own in a place.
func (v Version) Has(p Place) bool {
	return map[Place]string{Logo: v.LogoType, Favicon: v.FaviconType, Banner: v.BannerType}[p] != ""
}

// Worn is the version as the wardrobe lays it over others, without pictures.
func (v Version) Worn(scope school.ScopeID) theme.Version {
	return theme.Version{Scope: scope, Source: v.Source, Accent: v.Accent}
}

// mayBeChangedBy refuses to overwrite what somebody else did since the page was shown. One's own changes follow each other
// faster than pages do, and never stand in one's own way.
func (v Version) mayBeChangedBy(who school.PersonID, revision int) error {
	if v.Revision == revision || v.Author == who {
		return nil
	}
	return conflict()
}

// mayBePublished holds to what the person saw: a draft that changed since is to be looked at again.
func (v Version) mayBePublished(revision int) error {
	if v.Revision != revision {
		return conflict()
	}
	if v.Revision == 0 {
		return fault.New(fault.Invalid, "Il n’y a rien de nouveau à publier : changez d’abord quelque chose.")
	}
	return nil
}

// refuse is nil when everything can be read.
func refuse(verdicts []theme.Verdict) error {
	if len(verdicts) == 0 {
		return nil
	}
	return fault.New(fault.Invalid, "Cette apparence ne peut pas être publiée : certaines couleurs sont trop proches pour être lues. La page indique lesquelles, et ce qui conviendrait.")
}

func conflict() error {
	return fault.New(fault.Conflict, "L’apparence a été modifiée entre-temps, peut-être par une autre personne. Ouvrez de nouveau la page pour voir où elle en est : rien n’a été publié ni perdu.")
}

// Place is where a picture of a theme stands.
type Place string

// The places of pictures.
const (
	Logo    Place = "logo"
	Favicon Place = "favicon"
	Banner  Place = "banner"
)

// Places lists where a space of a rank may put pictures of its own.
func Places(full bool) []Place {
	if full {
		return []Place{Logo, Favicon, Banner}
	}
	return []Place{Logo, Banner}
}

const (
	maxNote       = 300
	maxTitle      = 120
	maxText       = 600
	maxDrawing    = 300 << 10
	maxUpload     = 9 << 20
	historyLength = 20
)
