// Package messages is the room of the school's internal mail. A message is kept once; each person who receives it has a
// copy that says where it lies, when it is visible and makes itself heard, whether it was read, and through which child it
// concerns a guardian.
//
// An author names people, the guardians of a child, or the members of a class, a group, a level or the school. The lines
// are kept with the message; whom they mean is worked out when it is delivered, a bounded batch at a time, and each batch
// moves a cursor in its own transaction: a message to a whole school is accepted at once, and a stop at any point gives
// nobody two copies and leaves nobody out.
//
// Anyone writes and sends at any hour. A copy is visible from the hour on that its recipient's side, the space and the person
// decided; until then no list, count, search, answer or file knows of it, and the author sees when it will be. An urgent message
// does not wait; it gives a reason, which is kept and counted. A message may also leave at an hour that its author chooses.
//
// Who may write to whom is a circle of profiles for each kind of author, decided by the levels of the territory. Whoever
// received a message may always answer its author, unless the author asked for no answer.
//
// An account that somebody else has taken over does little harm. What shows several signs of it waits for a moderator, and
// never leaves by itself; pupils and guardians reach a bounded number of people in a message and in a day, however they try; a
// school, a collectivity and the academy stop the sending of pupils and guardians at once, while what schools say to families
// goes on; and all that an account sent is withdrawn in one action, with the list of who had opened it.
package messages
