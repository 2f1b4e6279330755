// Package setting keeps what the levels of the territory decide: the academy sets what its collectivities inherit, these
// what their establishments inherit, and each may lock what it sets. Rooms declare their settings, with a type, a default
// and the ranks that may decide; pages show, for each one, what holds, who decided it and who locked it.
//
// Every replica holds the settings of every space in memory and follows what others change, so that asking costs no query.
package setting
