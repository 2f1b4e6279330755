// Package rights is where a space sees what each profile may do in each service, and changes single lines of it within
// what the spaces above left open. Every change says its effect before it is made, can be undone, and is kept.
package rights
