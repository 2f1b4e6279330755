// Package mydata is where people use their rights over what is kept about them, and where those who answer for the data see
// to it. Everybody, and a guardian for each minor child, sees what every service keeps in every space, why, and for how
// long; takes all of it away as one archive; sees who of the staff looked at it; and says what is not right. Administrators
// and secretaries answer these requests, and read what the nightly clocks removed and will remove, and the register of
// processing, which is made of the rooms' own declarations.
package mydata
