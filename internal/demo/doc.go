// Package demo fills a territory with made-up people, for demonstrations, tests and measures. The same seed gives the
// same people. No name is that of a real person: given and family names are drawn apart.
//
// Two scales: the pilot one gives every space a head and an administrator and fills the pilot establishments and one
// private lycée; the full one gives every establishment its pupils, families and staff, about a million people. Loading
// again completes what is missing and touches nothing that is there.
package demo
