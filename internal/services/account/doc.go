// Package account is where people sign in and out, and where each finds an account: who one is here and elsewhere,
// how pages should look, the password, the devices that are signed on.
//
// One sign-on opens every host of the territory. It is anchored on the academy's host: a host that does not know its
// visitor asks there, and comes back with a ticket or with leave to show its own sign-in page. The answers never tell
// whether an account exists.
//
// The account is kept as long as its owner is in the directory; a sign-on at most fourteen days, twelve hours when it
// is not used; failed tries a day.
package account
