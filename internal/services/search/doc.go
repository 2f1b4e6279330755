// Package search is the search box at the top of every page. It looks at once through everything that the rooms let the
// person find, in all the person's schools: people, publications, documents. It keeps nothing of what was asked.
package search
