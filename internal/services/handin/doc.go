// Package handin is the room where teachers ask for work and pupils hand it in. A box is asked of one class or group until
// a date; each pupil, or each team, gives files that no other pupil sees; the teacher sees who has given, takes all of it
// away at once, and gives every annotated copy back in the same moment.
//
// Three circles see three things. The author of a box opens what was given. Heads and school life read who has given, not
// the work: the follow-up of a class needs no more. Guardians read that work is asked and whether their child has given
// it, and not the files, because a team's files are also other children's.
//
// The files are in a space of package drive that opens to nobody; every way in passes by this room's rules first.
package handin
