// Package people is the address book of a space: who is there, with which profile and in which class. Staff who work
// with everybody see everybody; a pupil sees the people of the own classes and groups, a guardian the teachers of the
// own children, and both the staff to whom one turns. It keeps nothing: what it shows is the directory's.
package people
