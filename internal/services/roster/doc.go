// Package roster is where an establishment that the academy's directory does not feed brings its own lists of pupils,
// guardians and staff: send a table, match its columns, see what is wrong line by line, compare with the house, apply.
//
// Reading tables is package roster of the floor below; comparing, holding back and applying is package feed, the same for
// all sources. The room keeps a file only as long as somebody works on it, and remembers how columns were matched. An
// establishment that the academy feeds is told so and sends nothing: two sources would make everybody twice.
package roster
