// Package support lets the academy's support see a space as one person sees it, to understand what that person asks about.
// A visit has a reason, lasts half an hour at the most, keeps nothing and is announced on every page; the person reads in
// the own account who looked, when and why. Nobody is visited who administers a space or sees what is about others' health,
// and neither the account of the visited person nor anything sensitive opens.
//
// Visits are kept for a year.
package support
