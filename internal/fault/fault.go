// Package fault holds the few kinds of error that a person can be told about. Everything else is a defect: it is
// logged and shown as a reference.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what went wrong in a way that a page can show.
type Kind int

// The kinds, from the one a person can do least about.
const (
	Internal  Kind = iota // a defect of ours
	Invalid               // what was sent cannot be right; fields say where
	NotFound              // absent, or not the asker's: the answer is the same
	Forbidden             // signed in, but the policy says no
	SignIn                // needs a signed-in person
	Conflict              // somebody was faster, or it was already done
	Busy                  // try again in a moment
	TooLarge              // more than the house accepts
	Suspended             // the space is closed for the moment
	ReadOnly              // the asker only looks: nothing is kept
)

// Error is a fault with a sentence for the person (French) and a cause for the operator.
type Error struct {
	Kind   Kind
	Words  string            // what the person reads: what is wrong and what to do
	Fields map[string]string // field name to sentence, for Invalid
	Cause  error
}

func (e *Error) Error() string {
	if e.Cause != nil {
		return fmt.Sprintf("fault %d: %v", e.Kind, e.Cause)
	}
	return fmt.Sprintf("fault %d: %s", e.Kind, e.Words)
}

func (e *Error) Unwrap() error { return e.Cause }

// New makes a fault of a kind with the person's sentence.
func New(k Kind, words string) *Error { return &Error{Kind: k, Words: words} }

// Missing is the answer for what is absent and for what is not the asker's.
func Missing() *Error { return &Error{Kind: NotFound} }

// Field is an invalid field with its sentence.
func Field(name, words string) *Error {
	return &Error{Kind: Invalid, Fields: map[string]string{name: words}}
}

// Fields collects the sentences about a form; OrNil gives an error only when there is one.
type Fields map[string]string

// Add keeps the first sentence about a field.
func (f Fields) Add(name, words string) {
	if _, ok := f[name]; !ok {
		f[name] = words
	}
}

// OrNil returns an Invalid fault, or nil when every field is right.
func (f Fields) OrNil() error {
	if len(f) == 0 {
		return nil
	}
	return &Error{Kind: Invalid, Fields: f}
}

// KindOf tells the kind of any error; unknown errors are Internal.
func KindOf(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is a fault of kind k.
func Is(err error, k Kind) bool { return err != nil && KindOf(err) == k }

// Refused reports whether something was refused, so that nothing of it was written. Any other error of a transaction leaves
// that open: the connection may have ended between the commit and its answer. What was stored for it must then stay.
func Refused(err error) bool {
	var f *Error
	return errors.As(err, &f)
}

// Doing says in an error what was being done, for the operator; nil stays nil, and the kind stays what it was.
func Doing(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}
