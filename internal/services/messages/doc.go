// Package messages is the room of the school's internal mail. A message is kept once; each person who receives it has a
// copy that says where it lies, whether it was read, and through which child it concerns a guardian.
//
// An author names people, the guardians of a child, or the members of a class, a group, a level or the school. The lines
// are kept with the message; whom they mean is worked out when it is delivered, a bounded batch at a time, and each batch
// moves a cursor in its own transaction: a message to a whole school is accepted at once, and a stop at any point gives
// nobody two copies and leaves nobody out.
//
// Who may write to whom is a circle of profiles for each kind of author, decided by the levels of the territory. Whoever
// received a message may always answer its author, unless the author asked for no answer.
package messages
