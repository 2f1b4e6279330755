package documents

import (
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"elyco/internal/fault"
)

// Comment is what somebody said of a file or a folder, to all who see it.
type Comment struct {
	ID         uuid.UUID
	Author     uuid.UUID // zero once the author's account is gone
	AuthorName string
	Body       string
	At         time.Time
}

// checkComment gives a text its one form, or says what is wrong with it.
func checkComment(body string) (string, error) {
	body = strings.TrimSpace(body)
	if body == "" {
		return "", fault.Field("body", "Écrivez d’abord votre commentaire.")
	}
	if utf8.RuneCountInString(body) > longComment {
		return "", fault.Field("body", "Ce commentaire est trop long : deux mille caractères au plus.")
	}
	return body, nil
}
