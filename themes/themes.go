// Package themes carries the theme folders inside the program. It holds data only: internal/theme reads it.
package themes

import "embed"

// FS holds one folder per theme: theme.yaml, logo.svg, favicon.svg and banner.svg.
//
//go:embed */theme.yaml */*.svg
var FS embed.FS
