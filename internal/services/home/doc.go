// Package home is the first page after sign-on: what is new and what is asked of a person, by service, and for a
// family one line across all its children in all their schools. People arrange it; an establishment chooses what
// each profile finds at first. It keeps the arrangement until the account ends.
package home
