// Package drive keeps people's documents: a tree of folders and files in each space, personal, of a class, of a group or
// of the house; the versions of each file, the trash, shares, links, uploads that resume, and what all of it weighs. Rooms
// show it; the package itself knows no page.
//
// Bytes go to the object store first, and a row names them afterwards: what a row names is there, and what no row names is
// swept a day later. No transaction waits for the store.
//
// Personal spaces are rows of the academy's scope, because a person keeps them from school to school; there the owner, and
// not the scope, is the wall, and every way in passes by the same question, who may do what here. The other spaces
// are rows of the request's own scope.
package drive
