// Package console is where the administrators and the direction of an establishment decide about its space: how it presents
// itself, which services are on and when the board decided so, who administers it and until when, the calendar of the year,
// which fields of a profile others see, how much files may take. It shows how far the opening of the space has come, how the
// space is used, and who changed what. The decisions about services keep their author's name for five years; the rest of what
// it shows belongs to other parts of the house, which answer for it.
package console
