// Package bench measures the pages under load, beside the floor: a bare server of the same stack that asks the database
// the same questions and writes as many bytes, and does nothing else. It prints figures and ratios; it fails on wrong
// answers, never on time.
//
// The floor never grows stale, because nobody writes its questions down: the program is first asked for the pages one
// after the other through a recorder between it and PostgreSQL. What was recorded (the statements of each round trip,
// with their parameters) is what the floor sends, as prepared statements in pgx batches over a pool of the same size,
// with row security on. From the rows it makes a list with the same components, and fills the page to the very length
// of the program's own. It has no menu, no policy, no words, no headers but two, no log, and it decodes no passport.
//
// At the end some thousands of pages are held open, on one program and on two, and told of changes: what each costs in
// memory, what all of them cost while nothing happens, and how soon they hear.
package bench
