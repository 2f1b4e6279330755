// Package gateways is where a space sees what left the house: letters, texts, calls and notifications, to whom, what became of
// each and what it cost. Heads and administrators read it; what was said is gone as soon as it is sent, unless a simulator kept
// it. A simulator stands in for every channel that is not configured: the page shows the message as its recipient would see it,
// and lets one play the recipient, who gets it, does not, or confirms.
//
// The room also answers those who have no account: gateways that say what became of a message, with a signature that is
// checked, and browsers that ask for the script with which they show notifications. Who is signed in has notifications shown
// on the device at hand, and may end that.
package gateways
