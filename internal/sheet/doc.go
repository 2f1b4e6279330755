// Package sheet prints pages in the colours of a space: a band with its logo and name, a title, text, a footer with the number
// of the page. The letters are those of the Go fonts, so that every sign of French is there and nothing has to be installed.
package sheet
