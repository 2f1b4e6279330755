// Package accounts is where an establishment looks after the accounts of its people: who has come in already, who still
// waits for a code, whose account is closed and why. It prints the sheets with which a class comes in, sends the same by
// e-mail, and gives a new code to somebody who lost the way in: teachers to the pupils of their classes, and guardians to
// their children where the establishment lets them.
//
// Codes are drawn while a sheet is printed and only their hashes are kept, so that a sheet cannot be printed twice: printing
// again makes new codes, and the older ones serve no more. The printed pages are kept for a day.
package accounts
