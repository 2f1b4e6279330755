// Package notices is where a person finds what the house has to tell: one list for all schools and children, the bell above
// every page with the stream that keeps open pages fresh, the choice of how to hear of each kind of thing and when, and the
// links by which a message is acknowledged, or its e-mails stopped, without an account.
//
// It keeps notices for a year; what was acknowledged stays in the ledger for as long.
package notices
