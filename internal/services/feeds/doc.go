// Package feeds is where the academy's administrators bring its directory in: they have an archive read, look at what it
// would change in each establishment, say that a part which changes too much is right, and apply it. Each establishment's
// administrators read the report of their own part. Archives are put into a folder of the server, because an academy's is
// as large as a film; small tables of single schools come in by pages of their own. What a function of the source makes of
// somebody is a table that the academy edits here.
package feeds
