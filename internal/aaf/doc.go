// Package aaf reads the feeds in which a rectorat tells a workspace who is where: the "annuaire académique fédérateur", in
// its export for the second degree (XML, annex 4bis of the SDET, complete and delta). It knows the format and no database.
//
// A feed is a folder or an archive of files; Open puts them in order and says whether the set is whole, Each reads all
// their records. A file is read as a stream, in constant memory, whatever its size.
//
// Real feeds are met with tolerance: an encoding that is not the one announced, entities escaped twice, attributes nobody
// knows. What cannot be a feed is refused with the line: a file that ends too early, elements in the wrong place, values
// without bound. Nothing outside the file is ever fetched and no entity is defined by it.
package aaf
