// Package publication is what the rooms that publish share: news, the collectivity's space, announcements. An author
// writes a draft, sees in words and figures who will get it, and publishes at once or at a chosen time; readers see what
// is published to a key that they hold, until its end; who has opened and who has acknowledged is kept in the reader's
// own space. What is published can be withdrawn, and a withdrawal undone.
//
// A room makes a Desk from the few things in which it differs, and takes its routes, widget, jobs and privacy record from
// it.
package publication
