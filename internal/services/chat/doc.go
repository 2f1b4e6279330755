// Package chat is the room in which a class or a group talks. A teacher opens a channel for a class or group of the own, the
// school's leaders and school life for any; pupils may where the establishment lets them.
//
// Who belongs to a channel is whom its class or group holds on the day, and is kept nowhere: who leaves the class leaves the
// channel. Guardians belong only where the opener wanted them. Moderators of the whole school may open a channel that is not
// theirs; it is then said among the messages, and noted in the journal of the people whose words they read. Whoever looks with
// another's eyes reads no conversation at all.
//
// Families write within the hours of the space, which the opener may narrow; staff write at any hour. A channel and all that was
// said in it are removed some weeks after the end of the school year.
package chat
