// Package directory is what rooms ask about people: who is in this space, in which class and group, in which school
// year, and what their names are here. Rooms of every rank use it.
//
// A person has one account for life in the academy; a membership ties the person to one space with a profile and two
// dates, and the space keeps its own copy of the names. What a session needs of a person is the passport, computed from
// all memberships: whoever changes a membership, a class or a guardianship has the passports issued anew by Reissue, in
// the same transaction.
package directory
