// Package tenants carries the territory as data: the academy, a folder for each collectivity, and the establishments
// that it funds. What the files say is what is true; README.md explains how to change them.
package tenants

import "embed"

// FS holds academy.yaml and, in one folder per collectivity, collectivity.yaml and establishments.tsv.
//
//go:embed academy.yaml */collectivity.yaml */establishments.tsv
var FS embed.FS
