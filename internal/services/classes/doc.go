// Package classes is where an establishment keeps its structure: school years, classes, groups, subjects, and who teaches
// what to whom. The administration and the secretariat edit it; the staff read it. Years that are over stay readable and
// change no more; the next one is prepared beforehand, and the preparation can be undone until it begins. The tables of
// classes and people are the school floor's, because every room reads them.
package classes
