package dav

import (
	"errors"
	"fmt"
	"net/http"

	"elyco/internal/fault"
	"elyco/internal/session"
)

// status is a refusal: a status of the protocol, a sentence for the person whom a program may show it to, and the name of
// the precondition that failed, where the protocol has one.
type status struct {
	code      int
	words     string
	condition string
}

func (s *status) Error() string { return fmt.Sprintf("dav: %d %s", s.code, s.words) }

func refuse(code int, words string) error { return &status{code: code, words: words} }

// statusOf turns any error into what is answered. What is none of the person's is a 500, and a line in the log.
func statusOf(err error) *status {
	var s *status
	if errors.As(err, &s) {
		return s
	}
	var wait *session.Throttled
	if errors.As(err, &wait) {
		return &status{code: http.StatusTooManyRequests, words: "Trop d’essais. Attendez un moment, puis vérifiez le mot de passe d’application."}
	}
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return &status{code: http.StatusRequestEntityTooLarge}
	}
	var f *fault.Error
	if !errors.As(err, &f) {
		return &status{code: http.StatusInternalServerError, words: "Une erreur est survenue de notre côté. Réessayez dans un moment."}
	}
	s = &status{code: codeOf(f.Kind), words: f.Words}
	for _, words := range f.Fields {
		s.words = words
	}
	if s.code == http.StatusInsufficientStorage {
		s.condition = "quota-not-exceeded"
	}
	return s
}

func codeOf(k fault.Kind) int {
	switch k {
	case fault.Invalid:
		return http.StatusBadRequest
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.SignIn:
		return http.StatusUnauthorized
	case fault.Conflict:
		return http.StatusConflict
	case fault.TooLarge:
		return http.StatusInsufficientStorage
	case fault.Busy, fault.Suspended:
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}
