// Package feed makes people from what a source says of them, and keeps them right: the academy's directory (AAF), or a
// table of a private school. A source streams neutral rows; the engine sets them down beside the house, compares both as
// sets, shows what would change in each establishment, and applies it one establishment at a time.
//
// Three promises hold it together. What a source sent before is what it may change: people whom an establishment added by
// hand are never touched, and a source speaks for no other establishment than its own. Who is missing keeps an account
// for a while, and nothing is ever erased here. The same feed twice changes nothing, in whatever order its rows come.
package feed
