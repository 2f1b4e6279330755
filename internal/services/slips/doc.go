// Package slips is the room in which a school asks and people answer: slips to sign, surveys, and votes by secret ballot.
//
// A slip is a text and a question to the guardians of each child. Both guardians have equal rights: the author says whether
// one answer for a child is enough or each of them answers, and a disagreement is shown under either rule. A survey asks
// several questions, under names or without. A ballot is always secret.
//
// # Who is asked
//
// The audience is written out when a slip is published: a line for each person, or for each guardian and child. A job goes
// over it each night and adds who has come, takes out who is no longer meant and has not answered, and sends reminders.
//
// # The secrecy of anonymous answers
//
// Who has voted is on a roll: no time, no order, no class. What was voted is not kept as ballots at all. The urn of a vote
// is one row of sums, sealed with a key that is derived from the program's secret; the database never holds that key. To
// vote is one transaction: the name goes on the roll, the urn is locked, opened in the memory of the program, one is added
// to the sums, and the urn is sealed anew, at the same length. A stop at any point leaves both or neither, so nothing that
// was acknowledged is lost and nobody votes twice. Afterwards the number inside the urn is compared with the roll.
//
// An anonymous survey works alike. The answers to one question are summed apart from those to another, so that no answer
// sheet can be put together again, and texts are kept sorted. The urn of a large survey has several parts, chosen by chance.
//
// Against whom this holds:
//
//   - Somebody who reads the database, all of it, system columns, dead rows, backups and the log of changes included, sees
//     who has voted and perhaps in which order, and of the votes only what looks like chance. There is no row of a vote
//     whose transaction or place could be set beside the roll.
//   - Somebody who has the program's secret and one copy of the database opens the urn and reads the sums: what the results
//     tell. Of a survey in several parts, the sums of each part.
//   - It does not hold against somebody who has the program's secret and copies of the database from before and after one
//     vote, or the log of changes between: one sum taken from the next is that vote. Nor against somebody who reads the
//     program's memory, or changes the program. Backups and the secret therefore belong in different hands.
//   - The length of a sealed urn moves in steps of 16 KiB. A ballot's never does; long texts in a survey can move it, and
//     tell about how much was written, not what.
//   - The notices of the house may know when somebody opened one, and so about when somebody voted; never what.
//   - Without the program's secret nobody opens an urn, the program included: a space that changes its secret closes its
//     votes first, and reads their results.
//   - Where everybody votes alike, the result itself tells what each voted. Fewer than five anonymous answers to a survey
//     show no results, and no class is told apart in which fewer than five answered.
//
// Results of anonymous answers are read after the end alone, and an end that has passed is not moved.
package slips
