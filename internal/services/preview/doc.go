// Package preview lets the heads of an establishment see it with the eyes of somebody else: a pupil or a guardian of a
// class, the guardian of one's own child, somebody of the staff; today, or on a later day. Whoever looks plays nobody: a
// member of that profile and class whom no person is, so that nothing that belongs to a person is shown, and nothing can be
// kept while it lasts. It ends by itself after half an hour.
//
// Families are what an establishment publishes for, so those who answer for it may look with their eyes. The staff's eyes
// are for administrators, and only for profiles that may do nothing that they themselves may not: a preview opens nothing.
// Nobody looks with the eyes of the health staff, and nobody plays an administrator.
//
// Every preview is in the trail of the establishment. What is looked through stands on the session and ends with it; the
// room keeps nothing else.
package preview
