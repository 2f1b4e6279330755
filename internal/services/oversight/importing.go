package oversight

import (
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/google/uuid"

	"elyco/internal/school"
	"elyco/internal/tenant"
)

// ImportState is how far an import of the national directory has come.
type ImportState string

// The states of an import.
const (
	ImportRead    ImportState = "read"    // shown, agreed by nobody
	ImportWaiting ImportState = "waiting" // agreed, under way
	ImportApplied ImportState = "applied"
	ImportFailed  ImportState = "failed" // the registry had changed since it was shown
)

// Import is a national directory that was read: the lines of this academy, and what could not be read.
type Import struct {
	ID         uuid.UUID
	FileName   string
	Lines      []tenant.NationalEstablishment
	Problems   []tenant.Problem
	State      ImportState
	Agreed     string // fingerprint of the changes that somebody agreed to
	Report     ImportReport
	Author     school.PersonID
	AuthorName string
	CreatedAt  time.Time
}

// ImportReport is what came of an import.
type ImportReport struct {
	Changed  int `json:"changed"`
	Added    int `json:"added"`
	ToDecide int `json:"to_decide"`
}

// fingerprint tells two sets of changes apart, so that what is applied is what was seen.
func fingerprint(changes []tenant.Change) string {
	h := sha256.New()
	for _, c := range changes {
		h.Write([]byte(c.Words() + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

// applies counts the changes that are applied; the others are for people to decide.
func applies(changes []tenant.Change) int {
	n := 0
	for _, c := range changes {
		if c.Kind != tenant.ChangeDoubt && c.Kind != tenant.ChangeMissing {
			n++
		}
	}
	return n
}
