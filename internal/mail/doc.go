// Package mail is the outbox of the house: letters by e-mail, short texts to telephones, calls that read a text aloud, and
// notifications on devices. It began with letters and keeps their name. It also writes the letters themselves, in the colours
// of a space: HTML that mail readers of every kind accept, and the same in plain text. Styles stand on the elements and the
// layout is made of tables, because many readers drop everything else; colours are plain values.
//
// Queue, QueueText and QueueFor write a message in the author's transaction; a job hands it over, one message to each person.
// A message is handed over by one worker at a time and under one name for ever, which is its Message-ID and the key by which
// a gateway tells a repetition: who dies after taking a message and before saying so may get it a second time. What is refused
// for good is kept with the answer, for a page to show.
//
// The name is signed and holds the scope, so that what comes back (a gateway's callback, a letter that bounced) finds its
// message and nobody invents one. Reports only move a message forward. A channel without a transport is a simulator: it keeps
// what it is given, and a page plays the recipient, by the same way as a gateway's callback.
package mail
