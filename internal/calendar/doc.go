// Package calendar knows the school year of an establishment: its first and last day, its terms, and the days without
// lessons, which are Sundays, public holidays, the vacations of its zone and the days that it closes itself. Rooms ask it on
// which days there is school; the console lets an establishment decide.
package calendar
