package mydata

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/fault"
	"elyco/internal/school"
)

// CorrectionState is where a request for a correction stands.
type CorrectionState string

// The states.
const (
	Open     CorrectionState = "open"
	Accepted CorrectionState = "accepted"
	Refused  CorrectionState = "refused"
)

// Correction is what somebody says is not right, and what was answered.
type Correction struct {
	ID         uuid.UUID
	Person     school.PersonID
	PersonName string
	Author     school.PersonID
	AuthorName string
	Field      string
	Shown      string // what the page said
	Fed        bool   // it came from a feed
	Asked      string
	State      CorrectionState
	Reason     string
	Handler    string
	CreatedAt  time.Time
	HandledAt  time.Time // zero while it is open
	Version    int
}

const longestText = 2000

// checkAsked refuses a request that says nothing.
func checkAsked(text string) error {
	bad := fault.Fields{}
	switch {
	case strings.TrimSpace(text) == "":
		bad.Add("asked", "Écrivez ce qui n’est pas juste, et ce qui le serait.")
	case utf8.RuneCountInString(text) > longestText:
		bad.Add("asked", "Raccourcissez ce texte : 2 000 caractères au plus.")
	}
	return bad.OrNil()
}

// checkAnswer refuses an answer that is none, and a refusal that says no reason.
func checkAnswer(state CorrectionState, reason string) error {
	bad := fault.Fields{}
	if state != Accepted && state != Refused {
		bad.Add("state", "Choisissez une réponse.")
	}
	if state == Refused && strings.TrimSpace(reason) == "" {
		bad.Add("reason", "Dites pourquoi : la personne le lira.")
	}
	if utf8.RuneCountInString(reason) > longestText {
		bad.Add("reason", "Raccourcissez ce texte : 2 000 caractères au plus.")
	}
	return bad.OrNil()
}
