// Package theme turns a few colours by role into the look of a portal, and refuses what people could not read.
//
// A theme is a small file of tokens beside a logo, a favicon, a banner and a welcome text. Layers stand upon each other: the
// product's own theme, the collectivity's, the establishment's branding. What the style sheet needs besides (tints, inks,
// high contrast) is derived, so that it always fits what was chosen. Check measures every pair of colours that the pages use
// against WCAG 2.2, and names the nearest colour that would do.
//
// The look itself is computed, without any I/O. The Wardrobe alone reads a database: it knows which versions a space has
// published, and keeps what it read until a replica announces a change.
package theme
